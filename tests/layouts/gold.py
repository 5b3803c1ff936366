"""What stands where in a file that the generator made: parts, turns, and the tables beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from redact.core import Interview, RosterEntry, Span

# name: of a person, in any form but initials. code, role, safe (what stands there is no name any
# more), ordinary (a word that looks like a label of this file), tool (what a program writes of
# itself) and mark (times and numbers of lines and cues) stay as they are.
Kind = Literal["name", "initials", "code", "role", "safe", "ordinary", "tool", "mark"]
STAYS: frozenset[Kind] = frozenset(("code", "role", "safe", "ordinary", "tool", "mark"))


@dataclass(frozen=True, slots=True)
class Bit:
    """Words as they are written, and what they are; None is talk in which nobody is named."""

    text: str
    kind: Kind | None = None
    who: str = ""


type Words = Sequence[Bit | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPart:
    """A stretch of the text and what it is; `who` is the cast's own key, or the code."""

    span: Span
    kind: Kind
    who: str = ""
    in_label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTurn:
    """From the label of a turn to the end of what is said, and where the label stands."""

    span: Span
    label: Span
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A file of invented talk with its gold, and the steward's tables where it has any."""

    layout: str
    name: str
    text: str = field(repr=False)
    parts: tuple[GoldPart, ...] = field(repr=False)
    turns: tuple[GoldTurn, ...] = field(repr=False)
    roster: tuple[RosterEntry, ...] = field(default=(), repr=False)
    interviews: tuple[Interview, ...] = field(default=(), repr=False)


class Page:
    """A file as it is written, piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._parts: list[GoldPart] = []
        self._turns: list[GoldTurn] = []

    def put(self, *said: Bit | str, in_label: bool = False) -> Span:
        """Adds words; gives where they stand."""
        start = self._length
        for one in said:
            bit = Bit(one) if isinstance(one, str) else one
            end = self._length + len(bit.text)
            if bit.kind is not None:
                span = Span(self._length, end)
                self._parts.append(
                    GoldPart(span=span, kind=bit.kind, who=bit.who, in_label=in_label)
                )
            self._pieces.append(bit.text)
            self._length = end
        return Span(start, self._length)

    def turn(self, who: str, label: Words, after: Words, talk: Words) -> None:
        """A label, what stands between, and what is said."""
        stands = self.put(*label, in_label=True)
        self.put(*after, *talk)
        whole = Span(stands.start, self._length)
        self._turns.append(GoldTurn(span=whole, label=stands, who=who))

    def turn_before_label(self, who: str, talk: Words, between: str, label: Words) -> None:
        """What is said, and who said it behind that."""
        start = self._length
        self.put(*talk, between)
        stands = self.put(*label, in_label=True)
        whole = Span(start, self._length)
        self._turns.append(GoldTurn(span=whole, label=stands, who=who))

    def laid_out(self, layout: str, name: str) -> LaidOut:
        return LaidOut(
            layout=layout,
            name=name,
            text="".join(self._pieces),
            parts=tuple(self._parts),
            turns=tuple(self._turns),
        )


def plain(said: Words) -> str:
    """The words alone."""
    return "".join(one if isinstance(one, str) else one.text for one in said)


def wrapped(said: Words, width: int, indent: str = "") -> list[Bit | str]:
    """The words broken into lines of this width, a name too; indented from the second line on."""
    made: list[Bit | str] = []
    at = 0
    for one in said:
        bit = Bit(one) if isinstance(one, str) else one
        out: list[str] = []
        for number, word in enumerate(bit.text.split(" ")):
            if number and at + 1 + len(word) > width:
                out.append(f"\n{indent}{word}")
                at = len(indent) + len(word)
            else:
                out.append(f" {word}" if number else word)
                at += len(word) + bool(number)
        made.append(Bit("".join(out), bit.kind, bit.who))
    return made


def with_breaks(laid: LaidOut, line_end: str) -> LaidOut:
    """The same file with other line ends."""
    starts = [0]
    for character in laid.text:
        starts.append(starts[-1] + (len(line_end) if character == "\n" else 1))

    def moved(span: Span) -> Span:
        return Span(starts[span.start], starts[span.end])

    return LaidOut(
        layout=laid.layout,
        name=laid.name,
        text=laid.text.replace("\n", line_end),
        parts=tuple(
            GoldPart(span=moved(one.span), kind=one.kind, who=one.who, in_label=one.in_label)
            for one in laid.parts
        ),
        turns=tuple(
            GoldTurn(span=moved(one.span), label=moved(one.label), who=one.who)
            for one in laid.turns
        ),
        roster=laid.roster,
        interviews=laid.interviews,
    )
