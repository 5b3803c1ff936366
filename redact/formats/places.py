"""Where slots stand in a text, and what becomes of stretches of them: found by bisection."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from redact.formats.slots import Edit, Reading, Slot, Unit, WordRow


class Places:
    """The slots of the text, or those of its copies, to be found by where they stand."""

    def __init__(self, slots: Iterable[Slot], rows: Iterable[WordRow]) -> None:
        self._slots = sorted(slots, key=lambda slot: slot.start)
        self._starts = [slot.start for slot in self._slots]
        self._longest = max((slot.end - slot.start for slot in self._slots), default=0)
        self._rows = sorted(rows, key=lambda row: row.starts[0])
        self._first = [row.starts[0] for row in self._rows]
        self._widest = max((row.ends[-1] - row.starts[0] for row in self._rows), default=0)

    @classmethod
    def of(cls, reading: Reading, *, copies: bool) -> Places:
        """The slots of a reading's text, or those of its copies."""
        return cls(
            (slot for slot in reading.slots if bool(slot.layer) is copies),
            (row for row in reading.rows if bool(row.layer) is copies),
        )

    def touched(self, edit: Edit) -> list[Slot]:
        """The slots that an edit overlaps, in text order."""
        low = bisect_left(self._starts, edit.start - self._longest)
        high = bisect_left(self._starts, edit.end, low)
        found = [slot for slot in self._slots[low:high] if slot.end > edit.start]
        if self._rows:
            of_rows = self._in_rows(edit)
            return sorted([*found, *of_rows], key=lambda slot: slot.start) if found else of_rows
        return found

    def _in_rows(self, edit: Edit) -> list[Slot]:
        low = bisect_left(self._first, edit.start - self._widest)
        high = bisect_left(self._first, edit.end, low)
        return [
            row.slot(n)
            for row in self._rows[low:high]
            for n in range(bisect_right(row.ends, edit.start), bisect_left(row.starts, edit.end))
        ]


def by_layer(touched: Iterable[Slot]) -> Iterable[list[Slot]]:
    """The slots of each layer."""
    layers: dict[int, list[Slot]] = {}
    for slot in touched:
        layers.setdefault(slot.layer, []).append(slot)
    return layers.values()


@dataclass(slots=True)
class SlotShare:
    """What stands in stretches of a slot."""

    slot: Slot
    edits: list[Edit] = field(default_factory=list, repr=False)


class SlotShares:
    """The shares of slots by where in a part they stand, in which layer, and where in the text."""

    def __init__(self) -> None:
        self._by_slot: dict[tuple[str, int, int, int], SlotShare] = {}

    def of(self, slot: Slot) -> list[Edit]:
        """What stands in stretches of a slot; more may be put to it."""
        key = (slot.part, slot.at, slot.start, slot.layer)
        share = self._by_slot.get(key)
        if share is None:
            share = self._by_slot[key] = SlotShare(slot)
        return share.edits

    def taken(self) -> Iterator[SlotShare]:
        """All of them in their order, each of which is given away."""
        for key in tuple(self._by_slot):
            yield self._by_slot.pop(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An edit as it was made: what it replaced, and where it stands in the safe text."""

    start: int
    end: int
    text: str = field(repr=False)
    safe_start: int

    @property
    def safe_end(self) -> int:
        return self.safe_start + len(self.text)


def placed_of(edits: Sequence[Edit], made: Sequence[str]) -> tuple[Placed, ...]:
    """Where edits that are in order stand in the safe text, of which this was made of each."""
    placed: list[Placed] = []
    longer = 0  # than the text up to there
    for edit, text in zip(edits, made, strict=True):
        placed.append(
            Placed(start=edit.start, end=edit.end, text=text, safe_start=edit.start + longer)
        )
        longer += len(text) - (edit.end - edit.start)
    return tuple(placed)


def as_read(placed: Sequence[Placed], said: str, read: str) -> tuple[Placed, ...]:
    """The edits with the text that is read there, and one more for each joint read otherwise.

    `said` and `read` are as long: where a line ends in one, the other may have a blank.
    """
    joints: list[Placed] = []
    starts = [one.safe_start for one in placed]
    for at, (one, other) in enumerate(zip(said, read, strict=True)):
        if one == other:
            continue
        number = bisect_right(starts, at) - 1
        before = placed[number] if number >= 0 else None
        if before is None or at >= before.safe_end:
            start = at if before is None else at - before.safe_end + before.end
            joints.append(Placed(start=start, end=start + 1, text=other, safe_start=at))
    edits = [replace(one, text=read[one.safe_start : one.safe_end]) for one in placed]
    return tuple(sorted([*edits, *joints], key=lambda one: one.start))


def moved(placed: Sequence[Placed], starts: Sequence[int], offset: int, ends: bool) -> int:
    """Where an offset of the text is after the edits."""
    number = bisect_right(starts, offset) - 1
    if number >= 0 and placed[number].start == offset and not ends:
        return placed[number].safe_start
    if number >= 0 and ends and placed[number].start == offset:
        number -= 1  # it ends where an edit begins
    if number < 0:
        return offset
    last = placed[number]
    if offset < last.end:
        return last.safe_end if ends else last.safe_start
    return last.safe_end + offset - last.end


# What a position counts: code points; halves of UTF-16; a break \r\n being one of them, or two.


class UnitCounts:
    """How long stretches of a text are in what positions count, in no time for each."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._wide: Sequence[int] | None = None
        self._breaks: Sequence[int] | None = None

    def between(self, start: int, end: int, unit: Unit) -> int:
        """The length from one character to another."""
        count = max(0, end - start)
        if "utf-16" in unit:
            if self._wide is None:
                self._wide = _places_of(_WIDE, self._text)
            count += _count_within(self._wide, start, end)
        if "break as one" in unit:
            if self._breaks is None:
                self._breaks = _places_of(_BREAK, self._text)
            count -= _count_within(self._breaks, start, end - 1)
        return count


_WIDE, _BREAK = re.compile("[\U00010000-\U0010ffff]"), re.compile("\r\n")


def _places_of(pattern: re.Pattern[str], text: str) -> Sequence[int]:
    return array("I", (match.start() for match in pattern.finditer(text)))


def _count_within(places: Sequence[int], start: int, end: int) -> int:
    return max(0, bisect_left(places, end) - bisect_left(places, start))
