"""Names of places and organisations as they are written and heard: one spelling for each.

Places have other names too (place_forms.txt). What is written together or apart, broken over a line
or misheard goes to the name that stands most often; of the roster's names none is changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from redact.core import Label, Mention, Transcript
from redact.detect.gazetteer import is_place, said_forms
from redact.link.names import BROKEN_WORD
from redact.link.sounds import apart_in_sound, sounds_of
from redact.transcript.words import fold

Name = tuple[str, ...]

SMALL = frozenset({"the", "of", "and", "for", "a", "an", "in", "at", "s"})
_SPELLED = {"st": "saint", "mt": "mount", "ft": "fort", "rd": "road", "ave": "avenue", "yd": "yard"}
_OF_BODIES = {"st": "saint", "ctr": "center", "cntr": "center", "centre": "center"}
_OF_BODIES |= {"svcs": "services", "svc": "service", "dept": "department", "assoc": "association"}
_LEGAL = frozenset("inc ltd llc plc".split())  # what a letterhead puts behind a name
_MISHEARD = 0.12  # how far apart in sound at most
_SHORT = 3  # letters, of which too little is heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A mention with the folded name under which it is gathered, and why under that."""

    transcript: Transcript
    mention: Mention
    name: Name = field(repr=False)
    why: str = "same name"

    @classmethod
    def of(cls, transcript: Transcript, mention: Mention, label: Label) -> Named:
        said = transcript.text[mention.start : mention.end]
        return cls(transcript=transcript, mention=mention, name=name_of(said, label))

    def under(self, name: Name | None, why: str) -> Named:
        """The same under another name; as it is for none."""
        return self if name is None or name == self.name else replace(self, name=name, why=why)


def name_of(form: str, label: Label) -> Name:
    """The folded words of a name: no article, St written out, letters read aloud as one word."""
    folded = fold(BROKEN_WORD.sub("", form))
    if label == "PLACE":
        return usual_place(folded)
    if len(folded) > 2 and all(len(word) == 1 for word in folded):
        return ("".join(folded),)  # C H A P S
    folded = tuple(_OF_BODIES.get(word, word) for word in folded)
    if len(folded) > 2 and folded[-1] in _LEGAL:
        folded = folded[:-1]
    return folded[1:] if len(folded) > 1 and folded[0] == "the" else folded


def under_one_spelling(named: Iterable[Named], listed: frozenset[Name]) -> list[Named]:
    """Each name as it is listed or stands most often: ForthDoors is Forth Doors.

    What sounds like one other name goes to it if it stands less often and is no known place.
    """
    named = list(named)
    often = Counter(said.name for said in named)
    together: dict[str, list[Name]] = defaultdict(list)
    for name in {*often, *listed}:
        together["".join(word for word in name if word != "and")].append(name)
    usual: dict[Name, Name] = {}
    for same in together.values():
        most = max(same, key=lambda name: (name in listed, len(name) > 1, often[name], name))
        usual |= {name: most for name in same if name not in listed}
    heard = _heard(set(usual.values()) | listed, often, listed)
    spelled = [said.under(usual.get(said.name), "the same name, written apart") for said in named]
    return [said.under(heard.get(said.name), "what was heard for the name") for said in spelled]


def _heard(names: set[Name], often: Counter[Name], listed: frozenset[Name]) -> dict[Name, Name]:
    """By each name that is one misheard the only one that it may be."""
    by_sound: dict[str, set[Name]] = defaultdict(set)
    for name in names:
        for sound in sounds_of("".join(name)):
            by_sound[sound].add(name)
    heard: dict[Name, Name] = {}
    for name in names - listed:
        if is_place(name) or _has_digit(name):
            continue
        near = {other for sound in sounds_of("".join(name)) for other in by_sound[sound]} - {name}
        rank = (often[name], len(name), name)
        alike = [
            other
            for other in near
            if (other in listed or (often[other], len(other), other) > rank)
            and not _has_digit(other)
            and _sounds_like(name, other)
        ]
        if len(alike) == 1:
            heard[name] = alike[0]
    return heard


def _sounds_like(name: Name, other: Name) -> bool:
    mine, theirs = "".join(name), "".join(other)
    long_enough = min(len(mine), len(theirs)) > _SHORT
    return long_enough and apart_in_sound(mine, theirs, _MISHEARD) <= _MISHEARD


def _has_digit(name: Name) -> bool:
    return any(c.isdigit() for word in name for c in word)


def with_whole_names(named: Iterable[Named]) -> list[Named]:
    """Places: a word that is no place by itself is the only longer name that has it: the Ferry."""
    named = list(named)
    longer: dict[str, set[Name]] = defaultdict(set)
    for said in named:
        if len(said.name) > 1:
            for word in {said.name[0], said.name[-1]} - SMALL:
                longer[word].add(said.name)
    short: dict[Name, Name] = {
        (word,): next(iter(names))
        for word, names in longer.items()
        if len(names) == 1 and not is_place((word,))
    }
    return [said.under(short.get(said.name), "short form of the one place") for said in named]


def usual_place(folded: Name) -> Name:
    """The place's usual name: no house number, abbreviations written out, other names resolved."""
    number = next((i for i, word in enumerate(folded) if not word.isdigit()), 0)
    words = tuple(_SPELLED.get(word, word) for word in folded[number:])
    if words[0] == "the" and len(words) > 1:
        words = words[1:]
    return _other_names().get(words, words)


@cache
def _other_names() -> dict[Name, Name]:
    """By each other name, without its article, the usual one."""
    said = said_forms().items()
    return {other[1:] if other[:1] == ("the",) else other: usual for other, usual in said if other}
