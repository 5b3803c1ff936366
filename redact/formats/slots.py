"""One mechanism for every format: a text, and the places in the file that its words came from.

A reader gives a `Reading`; splicing.py puts other words into its slots. What stands between slots
(the break between two paragraphs, the colon after a speaker that is an attribute) is a joint: it is
in the text only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, NamedTuple

from redact.core import Span
from redact.core.timed import Timed
from redact.formats.codec import Codec

WHOLE = ""  # the name of the only part of a file that is no zip

Unit = Literal["character", "utf-16", "break as one", "utf-16, break as one"]
Parts = Mapping[str, bytes]  # of a file by their names, in its order; one named WHOLE if no zip


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of the text, `end` exclusive, and what stands there instead."""

    start: int
    end: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """Bytes `at` to `to` of a part, and what stands there instead."""

    at: int
    to: int
    instead: bytes = field(default=b"", repr=False)


class Slot(NamedTuple):
    """A stretch of the text, and the bytes `at` to `to` of a part that it was read from.

    `codec` is how words are written there. `layer` numbers copies of the same words: each layer is
    spliced by itself, and layer 0 is the text. `once_changed` is made as well if the slot gets
    other words. If nothing is left of it the bytes `gone` go too, and with them the joint before
    it. An "element" or "blank" stands for one character, such as a tab: it stays or goes. One that
    is `never_empty` has a name before it: words that run on into it stand in it as well.
    """

    start: int
    end: int
    at: int
    to: int
    codec: Codec
    part: str = WHOLE
    layer: int = 0
    once_changed: Change | None = None
    gone: Span | None = None
    never_empty: bool = False


class WordRow(NamedTuple):
    """Slots of single words, one after another: a hundred thousand of them, in numbers alone.

    Word `n` stands in `starts[n]` to `ends[n]` of the text, in bytes `at[n]` to `to[n]` of the file
    that is no zip; of one layer, or word `n` of that `n` further on where they `are_apart`.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    at: Sequence[int]
    to: Sequence[int]
    layer: int = 0
    are_apart: bool = False
    codec: Codec = "json"
    can_go: bool = True

    def slot(self, n: int) -> Slot:
        """Word `n` as a slot of its own."""
        at, to = self.at[n], self.to[n]
        return Slot(
            start=self.starts[n],
            end=self.ends[n],
            at=at,
            to=to,
            codec=self.codec,
            layer=self.layer + n * self.are_apart,
            gone=None if self.layer or not self.can_go else Span(at, to),
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """What is changed in a part whatever the words are: bytes that do not go into the safe file."""

    part: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A number in a part that says where something stands in the text, counted from `base`.

    It follows the text; one that lies in an edit goes to its end if `ends`, else to its start.
    `unit` is what the program that wrote the file counts.
    """

    part: str
    at: int
    to: int
    offset: int
    base: int
    ends: bool
    unit: Unit = "character"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader found. `dropped` counts, by kind, what does not go into the safe file.

    `parts` are all that go into the safe file, `rows` more slots. `ends` are where in the text a
    line, cell or cue begins that the words before never run into: no name lies over one. `times`
    are when stretches of the text are said, as far as the file tells, cues and words in no order.
    `talk_ends` is where in the text the talk ends of which strings beside it may be copies.
    `guessed` is true if nobody and nothing said that the file is in this encoding.
    """

    text: str = field(repr=False)
    slots: tuple[Slot, ...]
    parts: Parts = field(repr=False)
    encoding: str = "utf-8"
    bom: bytes = b""
    cuts: tuple[Cut, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    positions: tuple[Position, ...] = ()
    ends: tuple[int, ...] = ()
    times: tuple[Timed, ...] = ()
    talk_ends: int | None = None
    guessed: bool = False
    rows: tuple[WordRow, ...] = ()

    def every_slot(self) -> Iterator[Slot]:
        """All slots, those of rows too; in no order."""
        rows = (map(row.slot, range(len(row.starts))) for row in self.rows)
        return chain(self.slots, *rows)


def the_only_part(parts: Parts) -> bytes:
    """The bytes of a file that is no zip."""
    return parts[WHOLE]
