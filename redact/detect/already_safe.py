"""Labels that stand in a text already are blanked before anybody looks: a safe transcript stays so.

What our own actions write is taken for a label: `[Person 12]`, `[date]`, `[aged 40–49]`,
`[February 2019]`, `[a town in East Ayrshire]`, `[team leader 2]`; and what people put where a name
was: `[Name]`, `<anonymised>`, `(name of hospital removed)`, XXXX, ████. Other brackets are read as
talk: transcribers put names in them. A role or category counts only if no word of it is a known
name. Times of the recording are passed over too.
"""

from __future__ import annotations

import re
from functools import cache

from redact.core import LABELS
from redact.detect.gazetteer import is_place, name_fact
from redact.detect.lexicon import is_word_too
from redact.transcript.vocabulary import MONTHS, one_of, word_list
from redact.transcript.words import fold

_BRACKETED = re.compile(r"\[([^\[\]\r\n]{1,80})\]|@@([^@#\r\n]{1,80})##")
# What others put where a name was: nothing but words of that, with a number at most.
_STANDS_FOR = one_of(word_list("what stands for a name"))
_BESIDE = one_of(word_list("beside what stands for a name"))
_EMPTIED = re.compile(
    rf"(?:[\[(<{{]|<<)[ ]?(?:{_BESIDE}(?:['’]s)?[ -])*{_STANDS_FOR}(?:['’]s)?"
    rf"(?:[ -](?:{_BESIDE}|{_STANDS_FOR})(?:['’]s)?)*(?:[ ]?\d{{1,3}})?[ ]?(?:[\])>}}]|>>)"
    r"|(?<!\w)[Xx]{3,}(?!\w)|[█▇■]{2,}|(?<![\w*_])(?:_{3,}|\*{3,})(?![\w*_])",
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"(?:(?:Person|Place|Organisation|Org|date|age|grammar) \d{1,4}"
    r"|date|age|phone number|email address|web address|identifier"
    rf"|aged (?:under 10|\d\d[–-]\d\d|90 or over)|{one_of(MONTHS)}(?: \d{{4}})?|(?:18|19|20)\d\d"
    r"|ZIP code \d{3}|postcode area [A-Z]{1,2}|[A-Z]{2,6}(?: \d{1,4})?"
    r"|\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?)\Z"  # a time of the recording
)
_OF_SOMEBODY = re.compile(r"([\w' ]+?) of (Person \d{1,4})\Z")
_PLACE = re.compile(
    r"(?:an? )?(?:city|town|village|place|neighbourhood|county|state|council area|region|island|"
    r"country|institution|said form|abbreviation)(?: [A-Z]{1,2})?(?: in (?:the )?(.+)| abroad)\Z",
    re.IGNORECASE,
)
# Without a figure: a number that was never read stands in no label of ours.
_KIND = re.compile(
    r"(?:[^\W\d]|[' ])*\b(?:number|code|reference|handle|plate|address|PIN|NINO|licen[cs]e|"
    r"registration|passport|identifier)\Z"
)
_ROLE = re.compile(r"([^\W\d]\D*?)(?: \d{1,4})?\Z")
_NAMED_IN_ROLES = frozenset("scotland scottish united states us usa uk".split())


def without_labels(text: str) -> str:
    """The text with our own labels, and what others put for a name, blanked; of the same length."""
    text = _EMPTIED.sub(lambda found: " " * len(found[0]), text)
    if "[" not in text and "@@" not in text:
        return text
    return _BRACKETED.sub(
        lambda found: " " * len(found[0]) if _is_ours(found[1] or found[2]) else found[0], text
    )


@cache
def _is_ours(inside: str) -> bool:
    if _FIXED.match(inside):
        return inside not in LABELS
    place = _PLACE.match(inside)
    if place:
        return place[1] is None or _is_area(place[1])
    owned = _OF_SOMEBODY.match(inside)
    if owned:
        return _FIXED.match(owned[1]) is not None or _KIND.match(owned[1]) is not None
    if _KIND.match(inside):
        return not _has_name(inside)
    return _is_role(inside)


def _is_area(said: str) -> bool:
    """True for an area as places are generalised to: "Fife", "Anoka County, Minnesota"."""
    parts = [fold(part) for part in said.split(", ")]
    return all(is_place(part) or part in _REGIONS for part in parts)


_REGIONS = frozenset(
    tuple(region.split())
    for region in (
        "highlands and islands,forth valley,south of scotland,united states,scotland,grampian,"
        "tayside,clydeside,lothians,lanarkshire,ayrshire"
    ).split(",")
)


def _is_role(inside: str) -> bool:
    """A role or category with its number, all in small letters but for a nation and the first."""
    match = _ROLE.match(inside)
    words = match[1].split() if match else []
    numbered = inside[-1:].isdigit()
    small = all(
        word[:1].islower() or (fold(word)[:1] and fold(word)[0] in _NAMED_IN_ROLES)
        for word in words[1:]
    )
    listed = numbered or ", " in inside
    return bool(words) and small and listed and not _has_name(match[1] if match else "")


def _has_name(said: str) -> bool:
    for word in fold(said):
        if word in _NAMED_IN_ROLES or is_word_too(word):
            continue
        fact = name_fact(word)
        if fact.given or fact.family or is_place((word,)):
            return True
    return False
