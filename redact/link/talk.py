"""What the talk around a name says about whose it is: relations, by-names, changed names."""

from __future__ import annotations

import re

from redact.link.names import is_form_of
from redact.link.scenes import NameUse
from redact.transcript.vocabulary import KIN, PEOPLE, one_of
from redact.transcript.words import fold

_RELATION = one_of((*KIN, *PEOPLE))
_RELATIVE_OF = re.compile(
    rf"(?:(?P<whose>[^\W\d_]+)['’]s|\b(?:his|her|their))\s+(?:\w+\s+)?{_RELATION}\b"
    r"[^.?!]{0,20}(?:\w+\.\s+)?\Z",
    re.IGNORECASE,
)
_NOT_THE_OTHER = re.compile(r"[,.]?\s+(?:but\s+)?(?:no|not)\s+the\s+other\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"[,:]\s*(?:\w+\.?\s+)?\Z")
_BY_ME = re.compile(r"\bI(?: just)? (?:said|says|say|went|go|asked|goes|told \w+)[,:]?\s*\Z")
_OTHER = re.compile(r"\b(?:other|another|different|second)\s+\Z", re.IGNORECASE)
# What stands between two names of one person: "Hugh, but everybody calls him Shuggie".
_ALSO = re.compile(
    r"\b(?:(?:everybody|everyone|folk|people|they|we|I|you|all|most|some)(?: (?:all|just|always))?"
    r" (?:call|cry|used to call)(?:s|ed)? (?:me|him|her|them)|cried (?:him|her)|"
    r"(?:people|folk|some|everybody) says?|"
    r"known as|know(?:s)? (?:him|her|them) as|goes by|go by|went by|short for|née|nee|aka|formerly|"
    r"fmr\.?|as was|"
    r"(?:(?:real|proper|full|right|birth|given|maiden|married|own) |(?:his|her|my|their) )"
    r"name(?:['’]s)?(?: is| was)?|"
    r"(?:she|he|I) (?:used to be|was born))[\s,]*\Z",
    re.IGNORECASE,
)
_THAT_IS = re.compile(r"[.,;]?\s+(?:that|it|he|she)['’]s\s+", re.IGNORECASE)
# "Sister Orr and a porter they called Comet", "she's Toby Vail's mam": another person.
_SOMEBODY_ELSE = re.compile(
    r"\b(?:an?|some|another|and the)\s+(?:\w+\s+){1,2}(?:that\s+|who\s+)?\Z"
)
_CALLED = re.compile(r"\b(?:call|cr[iy]|know|knew|goes by|go by|went by)", re.IGNORECASE)
_GOES_BY = re.compile(r"\b(?:go|goes|went) by\b", re.IGNORECASE)
_IS_POSSESSIVE = re.compile(r"['’]s\b")
# "In the book of Kerstin she's Tulloch M": she is not Kerstin.
_OF_SOMEBODY = re.compile(r"\b(?:of|to|for|with|from|by|at|like|than)\s+\Z", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\s+\w")
# What follows the second of them: "Margaret Orr. Peggy, she gets."
_ALSO_AFTER = re.compile(
    r"(?:,?\s*(?:(?:everybody|everyone|we|they|folk|people|all)(?: (?:just|all))? "
    r"(?:call|cry|say)(?:s|ed|ies)?\b|(?:he|she|I) gets?\b|for short)|"
    r"\s+(?:to (?:us|his|her|everybody|them|the)))\b",
    re.IGNORECASE,
)
# "Only her and my sister Morven. Mrs Boyle to the clients": the last of several is not meant alone.
_ONE_OF_SEVERAL = re.compile(
    rf"\b(?:and|or)\s+(?:(?:my|our|his|her|their|the)\s+(?:\w+\s+)?{_RELATION}\s+)?\Z",
    re.IGNORECASE,
)
# "then a lad from Lismore, Ruaridh": nobody who was named before.
_STRANGER = re.compile(
    rf"\ban?\s+(?:\w+\s+){{0,2}}{_RELATION}\b"
    r"(?:[^.?!,]{0,40},\s+|\s+(?:(?:called|cried|named|by the name of)\s+)?)\Z",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,.;:\s…–—-]+")
# A name that changed: "she's Kelly Robb now", "Malik was my own name".
_NAME_NOW = re.compile(r",?\s+now\b", re.IGNORECASE)
_NAME_THEN = re.compile(
    r"\s+(?:was|is|['’]s) (?:my|her|his) (?:own|maiden|married|birth|other|first) name\b",
    re.IGNORECASE,
)
_BY_NAME_REACH = 60  # code points between two names of one person
_APPOSED = (", ", ". ", "... ")
# "Mr Boyle, Tam's father, Thomas Boyle"
_APPOSED_RELATIVE = re.compile(rf",\s+[^\W\d_]+['’]s\s+{_RELATION},\s+", re.IGNORECASE)


def relation(use: NameUse) -> str | None:
    """Whose relative is named here: the folded name, "" after his, her or their, None if nobody's.

    "Skye's mum, Mrs McBride" is not Skye.
    """
    before = use.before.casefold()  # the pattern is slow, and mostly nobody's relative is named
    belongs = "'s" in before or "’s" in before or "his" in before or "her" in before
    relative = _RELATIVE_OF.search(use.before) if belongs or "their" in before else None
    if relative is None:
        return None
    return "".join(fold(relative["whose"])) if relative["whose"] else ""


def is_the_other(use: NameUse) -> bool:
    """True after "the other", "another"."""
    return _OTHER.search(use.before[-20:]) is not None


def is_not_the_other(use: NameUse) -> bool:
    """True for "Morag, no the other Morag"."""
    return _NOT_THE_OTHER.match(use.after) is not None


def is_addressed(use: NameUse) -> bool:
    """True where somebody whose words are retold speaks to this person; not after "I said"."""
    spoken_to = _ADDRESSED.search(use.before) and use.after[:1] in ",.?!"
    return bool(spoken_to) and _BY_ME.search(use.before) is None


def is_a_stranger(use: NameUse) -> bool:
    """True after "a lad from Lismore," and "a woman called": somebody not spoken of before."""
    return _STRANGER.search(use.before) is not None


def is_name_now(use: NameUse) -> bool:
    """True for "she's Kelly Robb now"."""
    return _NAME_NOW.match(use.after) is not None


def was_name_then(use: NameUse) -> bool:
    """True for "Malik was my own name"."""
    return _NAME_THEN.match(use.after) is not None


# What may stand between a name and the same name in full: "Isa fae the office came, Isa Coyle."
_SAME_SENTENCE = re.compile(r"[^.?!;:\r\n]{1,60},\s+\Z")
_PARTS_THEM = re.compile(r"\b(?:another|other|different|no|not|than|and)\b", re.IGNORECASE)
_SENIORITY = re.compile(
    r",?\s+(?:the\s+)?(senior|junior|sr|jr|elder|younger|second|third)\b", re.IGNORECASE
)


def parts_them(between: str) -> bool:
    """True for "and", "not" or "the other" between two names: they are two people's."""
    return _PARTS_THEM.search(between) is not None


def is_said_again_in_full(last: NameUse, use: NameUse) -> bool:
    """True for "Isa fae the office came, Isa Coyle": a lone name, and soon the same in full."""
    gap = use.mention.start - last.mention.end
    if last.transcript != use.transcript or not 0 < gap <= len(last.after):
        return False
    between = last.after[:gap]
    same = bool(last.words) and last.words[0] == use.words[0] and use.full and not last.full
    return same and bool(_SAME_SENTENCE.fullmatch(between)) and not _PARTS_THEM.search(between)


def is_other_said_twice(last: NameUse, use: NameUse) -> bool:
    """True for "Ray, a different Ray": the first of the two is the different one too."""
    gap = use.mention.start - last.mention.end
    alike = last.transcript == use.transcript and last.words == use.words and 0 < gap <= 20
    return alike and last.after.startswith(",") and is_the_other(use)


def seniority(use: NameUse) -> str:
    """`senior` or `junior` where it is said behind a name: another of the same name is meant."""
    senior = _SENIORITY.match(use.after)
    word = senior[1].casefold() if senior else ""
    return "senior" if word in ("senior", "sr", "elder") else "junior" if word else ""


def stands_before(last: NameUse, use: NameUse) -> bool:
    """True if nothing but a pause, or whose relative it is, stands between two names."""
    gap = use.mention.start - last.mention.end
    if last.transcript != use.transcript or gap > _BY_NAME_REACH:
        return False
    relative = last.title and _APPOSED_RELATIVE.fullmatch(last.after[:gap])
    return bool(relative) or (gap <= 4 and last.after.startswith(_APPOSED))


def are_one(last: NameUse, use: NameUse) -> bool:
    """Whether the talk says that two neighbouring names, not alike, are one person's."""
    gap = use.mention.start - last.mention.end
    if last.transcript != use.transcript or not 0 <= gap <= _BY_NAME_REACH:
        return False
    before = use.before
    if last.words == use.words or gap > len(before):
        return False
    between = before[len(before) - gap :]
    pet = (
        last.full
        and not use.full
        and bool(use.words)
        and any(is_form_of(use.words[0], given) for given in last.words[:-1])
    )
    if pet and _SAME_SENTENCE.fullmatch(between) and not _PARTS_THEM.search(between):
        return True
    that_is = use.full and _THAT_IS.fullmatch(between) and not _POSSESSIVE.match(use.after)
    if that_is and between[0].isspace() and _OF_SOMEBODY.search(last.before):
        that_is = None
    after = _PAUSE.fullmatch(between) and _ALSO_AFTER.match(use.after)
    if after and _ONE_OF_SEVERAL.search(last.before):
        after = None
    also = _ALSO.search(between)
    if also and _CALLED.search(also[0]) and _SOMEBODY_ELSE.search(between, 0, also.start()):
        also = None
    if also and _GOES_BY.search(also[0]) and _IS_POSSESSIVE.match(use.after):
        also = None  # "I go by Harper's at five"
    return bool(also or that_is or after)
