"""What the talk or a transcriber says of other names of a person: by-names, former names, slips.

All of it stands between two names that follow each other, or right behind the second:
`Gregor Orr ("Zandy")`, "Davie cries her Pip", "she was a Gilmour before", "Marto. Marta,
sorry", "And who's Buster? – Gordon Dunmore". Whose name a speaker's own words give (I was, they
call me) is for voices.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from redact.detect.gazetteer import gender_of_given, name_fact
from redact.link.names import gender_of_title
from redact.link.scenes import NameUse
from redact.link.sounds import is_heard_as

_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Rev)\.?\s+)?"
# `GILLAN, Winifred, "Bunty"`, `Ishbel Bain (Mrs Oldhall)`, `Bunty = Winifred Gillan`
_OPENS = re.compile(rf"\s*,?\s*(?P<mark>\(\s*[\"“‘']?|\[|[\"“‘])\s*{_TITLE}\Z")
_CLOSES = {"(": re.compile(r"[\"”’']?\s*\)"), "[": re.compile(r"\s*\]")}
_QUOTE_CLOSES = re.compile(r"[\"”’]")
_HEARD = re.compile(r"\s+heard as\s+[\"“‘']?\Z")
_EQUALS = re.compile(r"\s*=\s*\Z")
# "Marto. Marta, sorry", "Wanda-- no, Wren", "Ele-, Elena"
_SLIP = re.compile(
    r"\s*(?:--|[-–—,.…]|\.\.\.)+\s*(?:(?:oh,? )?(?:no|sorry|I mean|rather)[,.]?\s+)\Z",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\s*(?:--|[-–—])[,.]?\s+(?:\[[\d:.]+\]\s*)?\Z")
_STOP = re.compile(r"[.,;–—-]+\s*\Z")
_SORRY = re.compile(r",?\s*(?:sorry|I mean|I should say)\b", re.IGNORECASE)
# Without any of these nothing between two names says that they are one person's.
_CAN_TELL = re.compile(r"[(\[\"“=.,;?!…\n–—-]|heard", re.IGNORECASE)
# What stands between the parts of a name that a line, a time or a quotation breaks.
_BROKEN = re.compile(
    r"(?:\s*\n[>\s]*(?:\d{1,3}(?=[ \t]))?[>\s]*|\s*\[[\d:.]+\]\s*|"
    r"\s*\n\s*(?:\d+\s*\n)?[\d:.,]+\s*-->\s*[\d:.,]+[^\n]*\n\s*)\Z"
)
_COMMA = re.compile(r",\s+(?P<title>(?:Mr|Mrs|Ms|Miss|Dr|Rev)\.?\s+)?\Z")
_PAUSES = re.compile(r"\s*[,.;?!]")
_AGAIN = re.compile(r"\s*[.?!…]+\s*(?:\n+\s*[^\s:]{1,20}(?: \d+)?:\s*)?\Z")
_STOPS = re.compile(r"\s*[.;?!]")
_LISTED = re.compile(r"\s*(?:,|;|&|\band\b|\bor\b)\s*(?:\w+\s+)?[A-Z]")
_WHO_IS = re.compile(r"\bwho(?:['’]s| is| was|['’]re| are)\s+(?:this |that )?\Z", re.IGNORECASE)
_LABEL_ENDS = re.compile(r"\s*(?::|\t|\n|[\[(]?\d)")  # of a label that was taken for talk
_THATS = re.compile(r",\s+that['’]?s\s+\Z", re.IGNORECASE)
_KNOWN = 10  # bearers in a million
_CALLED = re.compile(
    r"\b(?:call|cry|cri|know|knew|start)(?:s|ed|es|n)? (?P<who>her|him)(?: as)?"
    rf"(?: (?:still|just|only|always|a|an|the))*\s+{_TITLE}[\"“‘']?\Z",
    re.IGNORECASE,
)
_SHE_WAS = re.compile(
    rf"\b(?P<who>she|he) (?:was|wis|used to be)(?: born)?(?: (?:just|only|a|an))*\s+{_TITLE}\Z",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r",?\s+(?:before|afore|till|until|as wis|as was|originally|then|back then|at birth)\b|"
    r",\s+(?:from|oot o'|out of|old order)\b",
    re.IGNORECASE,
)
_HER = re.compile(r"he[r ]|him", re.IGNORECASE)  # her, she, he or him
_SAID_BEFORE = 40  # code points
_LOOKED_AT = 4  # names before
_REACH = 200  # code points
_OFTENER = 3  # times that a word is a family name rather than a given one


def is_called(last: NameUse, use: NameUse) -> bool:
    """Whether it is said that two names that follow each other are one person's."""
    between = between_names(last, use)
    if between is None or last.words == use.words or not (last.words and use.words):
        return False
    if not _CAN_TELL.search(between):
        return False
    return (
        _is_in_marks(between, use)
        or bool(_EQUALS.match(between) or _HEARD.match(between))
        or _is_slip(last, between, use)
        or is_broken_name(last, use)
        or _is_said_again(last, between, use)
        or bool(_THATS.match(between) and _PAUSES.match(use.after))
    )


def between_names(last: NameUse, use: NameUse) -> str | None:
    """What stands between two names of one transcript; nothing if they are far apart."""
    gap = use.mention.start - last.mention.end
    if last.transcript != use.transcript or not 0 <= gap <= len(last.after):
        return None
    return last.after[:gap]


def is_answered(last: NameUse, use: NameUse) -> bool:
    """True for "And who's Buster?" where the next turn begins with a full name."""
    if last.transcript != use.transcript or last.full or not use.full or use.labelled:
        return False
    asked = use.opening == "" and use.turn == last.turn + 1 and _WHO_IS.search(last.before)
    is_label = _LABEL_ENDS.match(use.after)
    return bool(asked) and not is_label and last.after.lstrip().startswith("?")


def is_put_right(last: NameUse, use: NameUse) -> bool:
    """True for "Lindner?" where the next turn begins with the name as it is: "Lintner." """
    if last.transcript != use.transcript or use.labelled or not last.words or not use.words:
        return False
    asked = use.opening == "" and use.turn == last.turn + 1 and last.after.startswith("?")
    return asked and not last.title and is_heard_as(last.words[-1], use.words[-1])


def is_broken_name(last: NameUse, use: NameUse) -> bool:
    """Given and family name of one person, with a line's end, a time or a comma between them."""
    between = between_names(last, use)
    if between is None or last.full or use.full or last.labelled != use.labelled:
        return False
    if not (last.words and use.words) or last.initials or use.initials:
        return False
    if last.title:
        return _is_given_behind_title(last, between, use)
    given, family = name_fact(last.words[0]), name_fact(use.words[0])
    is_listed = last.before.rstrip(" ").endswith(",") or use.after.startswith(",")
    is_apart = "\n\n" in between and "-->" not in between
    if _BROKEN.match(between) and not is_apart and not is_listed:
        return given.family <= given.given and (family.family >= family.given)
    comma = _COMMA.match(between)
    if not comma or not _PAUSES.match(use.after):
        return False
    if comma["title"] or use.title:
        return given.family <= given.given and not _LISTED.match(use.after)
    plain = family.family >= _OFTENER * max(family.given, 1) and given.given > given.family
    return plain and not _LISTED.match(use.after) and not last.before.rstrip().endswith(",")


def _is_given_behind_title(last: NameUse, between: str, use: NameUse) -> bool:
    """True for "Mrs Mackay, Ishbel.": a title and family name, and the given name behind them."""
    given = name_fact(use.words[0])
    if last.kin or use.title or not _COMMA.match(between) or not _STOPS.match(use.after):
        return False
    return given.given > given.family


def _is_said_again(last: NameUse, between: str, use: NameUse) -> bool:
    """True for "Resendo. Rosendo.": said again at once, for it was written as it sounds."""
    if last.full != use.full or not _AGAIN.match(between):
        return False
    return is_heard_as(" ".join(last.words), " ".join(use.words))


def _is_in_marks(between: str, use: NameUse) -> bool:
    opened = _OPENS.match(between)
    if not opened:
        return False
    mark = opened["mark"][0]
    closes = _CLOSES.get(mark, _QUOTE_CLOSES)
    return bool(closes.match(use.after))


def _is_slip(last: NameUse, between: str, use: NameUse) -> bool:
    """A name taken back for another that begins alike."""
    if last.words[0][0] != use.words[0][0] or name_fact(last.words[0]).given >= _KNOWN:
        return False
    if _SLIP.match(between):
        return True
    if _CUT_OFF.match(between) and use.words[-1].startswith(last.words[-1]):
        return True
    return bool(_STOP.match(between) and _SORRY.match(use.after))


def whose_other_name(uses: Sequence[NameUse], number: int) -> int | None:
    """The number of the use of whom this one is said to be another name; None if it is not said.

    "Davie cries her Pip", "she was a Gilmour before": the person of the turn who was named last,
    but not the one who says it.
    """
    use = uses[number]
    last_words = use.before[-_SAID_BEFORE:]
    if not _HER.search(last_words):
        return None
    called = _CALLED.search(last_words)
    was = _SHE_WAS.search(last_words) if _FORMERLY.match(use.after) else None
    said = called or was
    if said is None:
        return None
    gender = "woman" if said["who"].casefold() in ("her", "she") else "man"
    start = use.mention.start - len(last_words) + said.start()
    saying: tuple[str, ...] = ()
    for at in range(number - 1, max(-1, number - _LOOKED_AT), -1):
        last = uses[at]
        beside = last.transcript == use.transcript and last.turn == use.turn and not last.labelled
        if not beside or start - last.mention.end > _REACH:
            return None
        if called is not None and 0 <= start - last.mention.end <= 1:
            saying = last.words
        given = gender_of_title(last.title) or gender_of_given(last.words[0] if last.words else "")
        is_other = bool(last.words) and last.words[:1] != saying[:1]
        if is_other and given in (None, gender):
            return at if last.words[0] != use.words[0] else None
    return None
