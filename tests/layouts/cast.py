"""An invented cast: names of the project's own tables, put together at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from redact.detect.gazetteer import given_bearers, is_place
from redact.detect.lexicon import is_word_too
from redact.replace.name_pools import family_tiers
from redact.transcript.words import fold_word
from tests.layouts.gold import Bit, Kind

# Initials that are words or abbreviations too, and what is said with them.
WORDY = {
    "NA": "They put NA on the form.",
    "US": "He was in the US for a year.",
    "PA": "She is a PA at the council now.",
    "MD": "It says MD behind his name on the door.",
    "LA": "The film was set in LA anyway.",
    "IT": "You ring IT and nobody lifts it.",
    "ED": "We waited nine hours in the ED.",
}
# Given names that are words, and what is said with the word.
SAID_TOO = {
    "Will": "Will there be a letter about that?",
    "Grace": "There is a month of grace before they stop it.",
    "Hope": "Hope is all you have at that point.",
    "Mark": "Mark my words, it will come back.",
    "Rose": "Rose bushes all the way up the path.",
    "May": "May is a good month for it.",
    "Art": "Art is on a Tuesday and cooking on a Thursday.",
    "Joy": "Joy was not the word for it.",
}
ORIGINS = ("scots", "gaelic", "irish", "anglo", "latino", "polish", "nigerian", "southasian")
JOBS = ("support worker", "tenant", "peer worker", "carer", "service manager", "volunteer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the cast. `key` tells them apart in the gold; `code` is what a study calls them."""

    key: str
    given: str
    family: str
    title: str
    job: str
    code: str

    @property
    def full(self) -> Bit:
        return self._named(f"{self.given} {self.family}")

    @property
    def first(self) -> Bit:
        return self._named(self.given)

    @property
    def surname(self) -> Bit:
        return self._named(self.family)

    @property
    def capitals(self) -> Bit:
        return self._named(f"{self.given} {self.family}".upper())

    @property
    def surname_capitals(self) -> Bit:
        return self._named(self.family.upper())

    @property
    def directory(self) -> Bit:
        return self._named(f"{self.family}, {self.given}")

    @property
    def letters(self) -> str:
        return self.given[0] + self.family[0]

    @property
    def initials(self) -> Bit:
        return Bit(self.letters, "initials", self.key)

    @property
    def dotted(self) -> Bit:
        return Bit(f"{self.letters[0]}.{self.letters[1]}.", "initials", self.key)

    @property
    def coded(self) -> Bit:
        return Bit(self.code, "code", self.code)

    def _named(self, text: str, kind: Kind = "name") -> Bit:
        return Bit(text, kind, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who asks, who answers, and who is spoken of."""

    interviewer: Member
    answering: tuple[Member, ...]
    spoken_of: tuple[Member, ...]

    @property
    def speakers(self) -> tuple[Member, ...]:
        return (self.interviewer, *self.answering)


@cache
def _given_names() -> tuple[str, ...]:
    names = {row[0] for row in given_bearers().values() if row[1] + row[2] >= 40}
    return tuple(sorted(name for name in names if len(name) > 2 and _is_plainly_a_name(name)))


@cache
def _family_names() -> tuple[str, ...]:
    tiers = (tier for origin in ORIGINS for tier in family_tiers(origin, "unknown"))
    return tuple(sorted({name for tier in tiers for name in tier if _is_plainly_a_name(name)}))


@cache
def _starting(names: tuple[str, ...], letter: str) -> tuple[str, ...]:
    return tuple(name for name in names if name.startswith(letter))


def _is_plainly_a_name(name: str) -> bool:
    folded = fold_word(name)
    ascii_first = "A" <= name[0] <= "Z"
    return name.isalpha() and ascii_first and not is_word_too(folded) and not is_place((folded,))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What a member's name has to be: of these initials, or with this given name."""

    letters: str = ""
    given: str = ""


def draw_cast(
    random: Random,
    answering: int = 1,
    *,
    letters: str = "",
    given: str = "",
    codes: Sequence[str] = (),
) -> Cast:
    """A cast in which no two have a name or initials in common.

    The first who answers has these `letters` for initials, or this `given` name. `codes` are for
    the speakers in order, the interviewer first.
    """
    members: list[Member] = []
    numbered = (*codes, *(f"P{number:02}" for number in range(1, 12)))
    for number in range(1 + answering + 3):
        wish = _Wish(letters=letters, given=given) if number == 1 else _Wish()
        members.append(_draw(random, members, wish, numbered[number]))
    return Cast(
        interviewer=members[0],
        answering=tuple(members[1 : 1 + answering]),
        spoken_of=tuple(members[1 + answering :]),
    )


def _draw(random: Random, earlier: Sequence[Member], wish: _Wish, code: str) -> Member:
    first, second = wish.letters[:1], wish.letters[1:]
    givens = _starting(_given_names(), first)
    families = _starting(_family_names(), second)
    names = {name for one in earlier for name in (one.given, one.family)}
    letters = {one.letters for one in earlier} | (set(WORDY) - {wish.letters})
    while True:
        member = Member(
            key=f"member {len(earlier)}",
            given=wish.given or random.choice(givens),
            family=random.choice(families),
            title=random.choice(("Mr", "Mrs", "Ms", "Dr")),
            job=random.choice(JOBS),
            code=code,
        )
        if not {member.given, member.family} & names and member.letters not in letters:
            return member
