"""What tells one organisation from another, without its name.

Twenty organisations are a small world: who knows the field knows their size, what they do, their
kind of town and when they began. A safe text may say any of it; and things that are harmless alone
point to one organisation when they are spoken of together. Words and shapes find the first,
counting finds the second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, cast

from redact.risk.details import SIZE, headed_forms
from redact.transcript.words import fold

ClueKind = Literal["founded", "size", "service", "town"]
CLUE_KINDS: tuple[ClueKind, ...] = ("founded", "size", "service", "town")
_WHEN = (
    r"(?:(?:early |mid |late )?(?:19|20)\d\ds?|(?:early |mid |late )?(?:the )?(?:fifties|sixties|"
    r"seventies|eighties|nineties)|(?:nineteen|twenty) (?:\w+ ?){1,2}?(?=\W)|\[[^\]\n]*\b(?:19|20)"
    r"\d\d[^\]\n]*\])"
)
_BEGAN = "(?:founded|set up|start(?:ed)?(?: up| out)?|established|began|opened|formed|incorporated)"
_GOING = "been (?:here|going|around|running|open|doing this)"
_MANY = r"(?:\d[\d,]*|\w+ (?:hundred|thousand)|a (?:few )?(?:hundred|thousand))"
_SHAPES: tuple[tuple[ClueKind, str], ...] = (
    ("founded", rf"\b{_BEGAN}\b[^.?!\n]{{0,40}}?\b(?:in|since|around)\s+(?:the )?{_WHEN}"),
    ("founded", rf"\b{_GOING}\b[^.?!\n]{{0,20}}?\bsince\s+(?:the )?{_WHEN}"),
    ("founded", rf"\b{_BEGAN}\b[^.?!\n]{{0,30}}?\b[\w-]+ years ago\b"),
    ("founded", r"\b(?:\d+|\w+)(?:st|nd|rd|th|ieth) anniversary\b"),
    ("founded", r"\b(?:it's|we're|we are|organisation is|charity is|agency is) [\w-]+ years old\b"),
    (
        "town",
        r"\b(?:town|village|city|county|island|parish) of "
        rf"(?:about |around |just |only |maybe )?{_MANY}\b",
    ),
)
_COMPILED = (
    ("size", SIZE),
    *((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in _SHAPES),
)
_A_PERSON = re.compile(r"\b(?:I|I['’]ve|he|she|he['’]s|she['’]s) \Z")  # their own time there
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """A stretch of a safe text that tells of an organisation; `words` are its folded words."""

    kind: ClueKind
    start: int
    end: int
    words: str


def clues(text: str) -> tuple[Clue, ...]:
    """What a safe text says of an organisation's beginning, size, work and town, in text order."""
    labels = [match.span() for match in _BRACKETS.finditer(text)]
    listed = [
        Clue(kind=kind, start=match.start(), end=match.end(), words=" ".join(fold(match[0])))
        for kind, shape in _COMPILED
        for match in shape.finditer(text)
        if not (kind == "founded" and _A_PERSON.search(text[: match.start()][-8:]))
    ]
    listed += [
        Clue(
            kind=cast(ClueKind, hit.key),
            start=hit.start,
            end=hit.end,
            words=" ".join(fold(text[hit.start : hit.end])),
        )
        for hit in headed_forms("organisation_clues.txt").find(text)
        if not any(start <= hit.start < end for start, end in labels)
    ]
    return tuple(sorted(listed, key=lambda clue: (clue.start, clue.end, clue.kind)))


def fits(
    facts: Mapping[str, Mapping[str, str]], told: Mapping[str, Iterable[str]]
) -> dict[str, int]:
    """By organisation, how many of them have the same facts as far as they are told.

    `facts` are by organisation and name of the fact, as somebody who knows the field has them;
    `told` the names of those that its safe texts or the data list still say. 1 is told apart.
    """
    counted = {}
    for name, mine in facts.items():
        said = [fact for fact in told.get(name, ()) if mine.get(fact)]
        counted[name] = sum(
            all(theirs.get(fact) == mine[fact] for fact in said) for theirs in facts.values()
        )
    return counted


def survives(fact: str, said: Iterable[str]) -> bool:
    """Whether what is said has a telling word of this fact: "about 40 staff" and "forty of us"."""
    telling = {word for word in fold(fact) if len(word) > 1 or word.isdigit()} - _IDLE
    telling |= {_AS_WORD[word] for word in telling if word in _AS_WORD}
    heard = {word for one in said for word in one.split()}
    heard |= {_AS_WORD[word] for word in heard if word in _AS_WORD}
    return bool(telling & heard)


_IDLE = frozenset(
    "about around and of the in for with staff people employees members small medium large us "
    "scotland states united uk".split()
)
_FIGURES = "2 3 4 5 6 7 8 9 10 11 12 15 20 30 40 50 60 100".split()
_AS_WORD = dict(
    zip(
        _FIGURES,
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
        "fifty sixty hundred".split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Together:
    """Things spoken of together in interviews of one organisation only; in how many of them."""

    things: tuple[str, ...]
    interviews: int


def point_to_one(
    spoken: Mapping[str, frozenset[str]], held: Mapping[str, str], most: int = 2
) -> dict[str, tuple[Together, ...]]:
    """By organisation the smallest sets of things that only its interviews speak of together.

    `spoken` are things by interview, `held` the organisation by interview. A set with a smaller one
    in it that points there already is left out; those of most interviews come first.
    """
    where: dict[frozenset[str], Counter[str]] = {}
    for interview, things in spoken.items():
        if interview not in held:
            continue
        for size in range(1, most + 1):
            for chosen in combinations(sorted(things), size):
                where.setdefault(frozenset(chosen), Counter())[held[interview]] += 1
    alone = {things for things, there in where.items() if len(there) == 1}
    sets_of: dict[str, list[Together]] = {name: [] for name in sorted(set(held.values()))}
    for things in alone:
        if any(
            frozenset(part) in alone
            for size in range(1, len(things))
            for part in combinations(sorted(things), size)
        ):
            continue
        ((name, count),) = where[things].items()
        sets_of[name].append(Together(tuple(sorted(things)), count))
    return {
        name: tuple(sorted(sets, key=lambda one: (len(one.things), -one.interviews, one.things)))
        for name, sets in sets_of.items()
    }
