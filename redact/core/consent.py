"""What a participant agreed to: how far their interview may go, since when, and until when not.

Of five levels the strictest holds where nothing is said, once a study records consent at all.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal


class ConsentLevel(StrEnum):
    """How far an interview may go, the strictest first; the values are the words of a table."""

    NO_SHARING = "no sharing"
    TEAM = "team only"
    QUOTES = "quotes only"
    RESTRICTED = "archive restricted"
    OPEN = "archive open"


# What a release is made for: the team, or one of the accesses of a deposit; or quotes for a paper.
Audience = Literal["team", "controlled", "safeguarded", "open", "quotes"]
_ALLOWS: dict[ConsentLevel, frozenset[Audience]] = {
    ConsentLevel.NO_SHARING: frozenset(),
    ConsentLevel.TEAM: frozenset({"team"}),
    ConsentLevel.QUOTES: frozenset({"quotes"}),
    ConsentLevel.RESTRICTED: frozenset({"team", "quotes", "controlled", "safeguarded"}),
    ConsentLevel.OPEN: frozenset({"team", "quotes", "controlled", "safeguarded", "open"}),
}
_OTHER_WORDS = {
    ConsentLevel.NO_SHARING: "no; none; not shared; not to be shared; do not share; never; "
    "refused; not agreed; private; withdrawn; no archiving no quotes",
    ConsentLevel.TEAM: "team; research team; research team only; project team; "
    "project team only; project only; internal; internal only; within the team; "
    "study team only; researchers only",
    ConsentLevel.QUOTES: "quotes; quote only; quotations; quotations only; quotation only; "
    "extracts; extracts only; excerpts; excerpts only; passages only; anonymous quotes only; "
    "anonymised quotes only; quotes but no archive; no archive quotes only",
    ConsentLevel.RESTRICTED: "restricted; restricted archive; archive restricted access; "
    "restricted access; safeguarded; archive safeguarded; controlled; archive controlled; "
    "archive with restrictions; archive with permission; archive registered users",
    ConsentLevel.OPEN: "open; open archive; open access; archive open access; public; "
    "archive public; publicly available",
}
_SAID = {
    word.strip(): level
    for level, words in _OTHER_WORDS.items()
    for word in (*words.split(";"), level.value)
}
_NOT_KNOWN = frozenset(
    ("", "unknown", "not known", "na", "n a", "tbc", "pending", "ask", "missing")
)
_TICK = re.compile(
    r"(?:yes|no|y|n|x|true|false|ok|done|given|signed|received|obtained|consented|verbal|written|"
    r"oral|on file|form(?: signed| received)?|[\d ]+)\Z"
)
_YES = frozenset("yes y x true 1 agreed agrees agree ok given consented ✓ ✔ ☑".split())
_NO = frozenset("no n false 0 refused declined none never ✗ ✘ ☐".split()) | {"not agreed", "-", "–"}
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?:[ Tt].*)?\Z")
_FIGURES = re.compile(r"(\d\d?)[/. -](\d\d?)[/. -]((?:19|20)\d\d)\Z")
_NAMED = re.compile(
    r"(?:\w+day,? )?(?:(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]{3,9})\.?|"
    r"(?P<first>[a-z]{3,9})\.? (?P<second>\d\d?)(?:st|nd|rd|th)?),? (?P<year>(?:19|20)\d\d)\Z"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What somebody agreed to. Days are YYYY-MM-DD, "" where none was said; `level` None is not
    known, and counts as no sharing; `is_said` where a cell said any of that. Form and conditions
    are in the steward's own words."""

    level: ConsentLevel | None = None
    is_said: bool = False
    given: str = ""
    until: str = ""
    form: str = field(default="", repr=False)
    conditions: str = field(default="", repr=False)

    @property
    def holds(self) -> ConsentLevel:
        """The level that counts."""
        return self.level or ConsentLevel.NO_SHARING


def allows(level: ConsentLevel, audience: Audience) -> bool:
    """Whether this level lets an interview go there. Quotes only is no word for the team."""
    return audience in _ALLOWS[level]


def strictest(some: Iterable[Consent]) -> Consent:
    """Of several words on one interview what all of them allow.

    One of them is `team only` and another `quotes only`: these have nothing in common.
    """
    known = list(some)
    levels = {one.holds for one in known}
    first = min(known, key=lambda one: list(ConsentLevel).index(one.holds))
    both = {ConsentLevel.TEAM, ConsentLevel.QUOTES} <= levels
    level = ConsentLevel.NO_SHARING if both else first.level
    last = max((one.until for one in known), default="")
    told = dict.fromkeys(one.conditions for one in known if one.conditions)
    return Consent(
        level=level,
        is_said=any(one.is_said for one in known),
        given=first.given,
        until=last,
        form=first.form,
        conditions="; ".join(told),
    )


def agreed_by_answers(answers: Mapping[Audience, bool | None]) -> ConsentLevel | None:
    """The widest level that lets an interview go nowhere but where a yes was said to.

    A yes to an archive (`safeguarded`) is one to the team and to quotes too, and one to open access
    to all three, where the table does not ask for these. Where it asks, no answer is a no. None if
    nothing is answered.
    """
    if all(one is None for one in answers.values()):
        return None
    yes = {audience for audience, said in answers.items() if said}
    asked = set(answers)
    if answers.get("open") and not (asked - yes):
        return ConsentLevel.OPEN
    deposits = yes & {"open", "safeguarded"} and not (asked - yes - {"open"})
    if deposits:
        return ConsentLevel.RESTRICTED
    contradicts = "open" in yes and "safeguarded" in asked - yes
    if "team" in yes or (yes & {"open", "safeguarded"} and "team" not in asked and not contradicts):
        return ConsentLevel.TEAM
    return ConsentLevel.QUOTES if "quotes" in yes else ConsentLevel.NO_SHARING


def is_yes(said: str) -> bool | None:
    """Whether a cell says yes (True) or no; None for anything else."""
    plain = _plain(said) or said.strip()
    return True if plain in _YES else False if plain in _NO else None


def _plain(said: str) -> str:
    return " ".join(re.sub(r"[^\w\s]|_", " ", said.casefold().replace("'", "")).split())


def is_known_level(said: str) -> bool:
    """Whether a cell names a level, or says that none is known."""
    plain = _plain(said)
    return plain in _SAID or plain in _NOT_KNOWN


def is_level_itself(said: str) -> bool:
    """Whether a cell is one of the five levels in just these words."""
    return _plain(said) in {level.value for level in ConsentLevel}


def is_tick(said: str) -> bool:
    """Whether a cell says only that there is a form, or on which day: no level."""
    plain = _plain(said)
    return bool(_TICK.match(plain)) or read_day(said) is not None


def read_level(said: str) -> ConsentLevel | None:
    """The level of a cell, None where it says that none is known.

    Raises ValueError, whose text is the nearest level or "", for a word that is none.
    """
    plain = _plain(said)
    if plain in _NOT_KNOWN:
        return None
    if plain in _SAID:
        return _SAID[plain]
    near = difflib.get_close_matches(plain, list(_SAID), n=1, cutoff=0.5)
    raise ValueError(_SAID[near[0]].value if near else "")


def read_day(said: str) -> str | None:
    """A cell's day as YYYY-MM-DD; None where it is no day, or could be two (03/05/2019)."""
    plain = " ".join(said.casefold().split())
    parts: tuple[int, int, int] | None = None
    if match := _ISO.match(plain):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _FIGURES.match(plain):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first == second or first > 12:
            parts = (year, second, first)
        elif second > 12:
            parts = (year, first, second)
    elif match := _NAMED.match(plain):
        month = (match["month"] or match["first"])[:3]
        if month in _MONTHS:
            day = match["day"] or match["second"]
            parts = (int(match["year"]), _MONTHS.index(month) + 1, int(day))
    try:
        return date(*parts).isoformat() if parts else None
    except ValueError:
        return None
