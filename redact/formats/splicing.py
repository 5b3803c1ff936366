"""Other words in the slots of a file, the cuts made, and every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from redact.core import Span
from redact.errors import RedactError
from redact.formats.codec import ELEMENTS, encode
from redact.formats.places import (
    Placed,
    Places,
    SlotShare,
    SlotShares,
    UnitCounts,
    by_layer,
    moved,
    placed_of,
)
from redact.formats.slots import (
    Change,
    Edit,
    Parts,
    Reading,
    Slot,
    Unit,
)

LABELS_OF_OURS = r"\[[^\[\]\n]{1,60}\]|@@[^@#\n]{1,60}##"  # labels of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Spliced:
    """The parts with other words in them, and the text they now give.

    `made` is what stands there for each of `edits`, which are in order.
    """

    parts: Parts = field(repr=False)
    text: str = field(repr=False)
    edits: Sequence[Edit] = field(repr=False)
    made: Sequence[str] = field(repr=False)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """Each edit's place in the text."""
        return placed_of(self.edits, self.made)


def splice_slots(reading: Reading, edits: Iterable[Edit]) -> Spliced:
    """The reading's parts with the edits made and the cuts cut.

    A joint inside an edit stays: where the edit's text has it too, the words go to either side of
    it; otherwise it stands after them. Raises RedactError if an edit has no slot to go to,
    ValueError if two overlap.
    """
    ordered = sorted(edits)
    if any(before.end > after.start for before, after in pairwise(ordered)):
        raise ValueError("edits overlap")
    shares = SlotShares()
    spoken, copies = (Places.of(reading, copies=one) for one in (False, True))
    pieces: list[str] = []
    made: list[str] = []
    at = 0
    for edit in ordered:
        said = spoken.touched(edit)
        made.append(_distribute(reading, said, edit, shares))
        in_last = _is_of_words(said, edit)  # then it is so in copies, word by word
        for layer in by_layer(copies.touched(edit)):
            _distribute(reading, layer, edit, shares, in_last=in_last)
        pieces += [reading.text[at : edit.start], made[-1]]
        at = edit.end
    pieces.append(reading.text[at:])
    text = "".join(pieces)
    del pieces, spoken, copies  # the bytes need the memory
    placed = placed_of(ordered, made) if reading.positions else ()
    parts = _write_parts(reading, shares.taken(), placed, text)
    return Spliced(parts=parts, text=text, edits=ordered, made=made)


def count_units(text: str, unit: Unit) -> int:
    """How long a text is in what a position counts."""
    is_more = "utf-16" in unit and not text.isascii()
    more = len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text) if is_more else 0
    return len(text) + more - (text.count("\r\n") if "break as one" in unit else 0)


def _distribute(
    reading: Reading, slots: list[Slot], edit: Edit, shares: SlotShares, *, in_last: bool = False
) -> str:
    """Gives each slot that the edit touches its share; the text that stands there then."""
    if not slots:
        raise RedactError(
            "this replacement has no place in the file",
            where=f"character {edit.start} of the transcript's text",
            remedy="Nothing was written. Please report it with the kind of file.",
        )
    first = slots[0]
    if len(slots) == 1 and first.start <= edit.start and edit.end <= first.end:
        if first.codec not in ELEMENTS:
            shares.of(first).append(edit)
            return edit.text
    elif in_last or _is_of_words(slots, edit):  # "Council,": the comma keeps to the words
        for slot in slots:
            words = edit.text if slot is slots[-1] else ""
            lower = max(edit.start, slot.start)
            shares.of(slot).append(Edit(lower, min(edit.end, slot.end), words))
        return edit.text
    sharing = _Sharing(reading=reading, edit=edit, slots=slots, left=edit.text, at=edit.start)
    for number in range(len(slots)):
        sharing.go_through(number)
    made = sharing.finished()
    for slot, given in zip(slots, sharing.given, strict=True):
        if given is not None:
            lower, upper = max(edit.start, slot.start), min(edit.end, slot.end)
            shares.of(slot).append(Edit(lower, upper, given))
    return made


def _is_of_words(slots: Sequence[Slot], edit: Edit) -> bool:
    """Whether slots of a word each are touched, all of them but the end of the last."""
    if not slots[1:] or edit.end >= slots[-1].end:
        return False
    words = all(slot.layer or slot.gone == Span(slot.at, slot.to) for slot in slots)
    return words and all(edit.start <= one.start and one.end <= edit.end for one in slots[:-1])


@dataclass(slots=True, kw_only=True)
class _Sharing:
    """An edit on its way through the slots that it touches.

    `left` are the words that no slot has yet, `at` how far it is, `made` the text that stands there
    then, `home` the slot that takes the words now, `given` what each slot gets; None: it stays.
    """

    reading: Reading
    edit: Edit
    slots: Sequence[Slot]
    left: str
    at: int
    made: str = ""
    home: int | None = None
    given: list[str | None] = field(init=False)

    def __post_init__(self) -> None:
        self.given = [None] * len(self.slots)

    def go_through(self, number: int) -> None:
        slot = self.slots[number]
        if slot.start > self.at:
            self._pass_joint(number)
        is_whole_element = slot.codec in ELEMENTS and self._is_within(slot)
        if not (is_whole_element and self._keep_element(slot)):
            self.given[number] = self.given[number] or ""
            if self.home is None and not is_whole_element:
                self.home = number
        self.at = slot.end

    def finished(self) -> str:
        """The text that stands there, with a joint at the end, which stays where it is."""
        self._give(self.left)
        return self.made + self.reading.text[self.at : self.edit.end]

    def _is_within(self, slot: Slot) -> bool:
        return self.edit.start <= slot.start and slot.end <= self.edit.end

    def _pass_joint(self, number: int) -> None:
        """Goes over what is in the text only, before a slot."""
        slot = self.slots[number]
        joint = self.reading.text[self.at : slot.start]
        words, separator, rest = _parted(self.left, joint)
        whole = self.edit.start < slot.start and slot.end <= self.edit.end
        is_line = "\n" in joint and slot.codec not in ELEMENTS
        if number == 0:  # nothing of the edit stands before it
            self.left = self.left.removeprefix(joint)
        elif separator and rest.strip():
            self._give(words)
            self.left = rest
        else:
            said = self.left.removesuffix(joint)
            self._give(said)
            # A cell or a name with nothing in it is not read again: it gets the words as well. So
            # does a cue behind a name, which would swallow a blank before the other words.
            again = (whole and is_line and slot.gone is None) or slot.never_empty
            self.left = said if again else ""
        emptied = slot.gone is not None and whole and not self.left
        self.made += "" if emptied else joint
        self.home = None

    def _keep_element(self, slot: Slot) -> bool:
        """Whether a tab or break stays, as the edit has it too."""
        said = self.reading.text[slot.start : slot.end]
        words, separator, rest = self.left.partition(said)
        if not separator:
            return False
        self._give(words)
        self.left = rest
        self.made += said
        self.home = None
        return True

    def _give(self, words: str) -> None:
        if not words:
            return
        of_words = (n for n, slot in enumerate(self.slots) if slot.codec not in ELEMENTS)
        target = next(of_words, 0) if self.home is None else self.home
        self.given[target] = (self.given[target] or "") + words
        self.made += words


def _parted(words: str, joint: str) -> tuple[str, str, str]:
    """Words before the first such joint and behind it; one within a label of ours is none."""
    for match in re.finditer(rf"{LABELS_OF_OURS}|(?P<joint>{re.escape(joint)})", words):
        if match["joint"]:
            return words[: match.start()], joint, words[match.end() :]
    return words, "", ""


def _write_parts(
    reading: Reading, shares: Iterable[SlotShare], placed: Sequence[Placed], text: str
) -> dict[str, bytes]:
    changes: dict[str, list[Change]] = {name: [] for name in reading.parts}
    for cut in reading.cuts:
        changes[cut.part].append(cut.change)
    for share in shares:
        changes[share.slot.part] += _changes_of(share.slot, share.edits, reading)
    starts = [place.start for place in placed]
    counts = UnitCounts(text)
    for position in reading.positions:
        new = moved(placed, starts, position.offset, position.ends)
        base = moved(placed, starts, position.base, ends=False)
        count = str(counts.between(base, new, position.unit)).encode("ascii")
        changes[position.part].append(Change(position.at, position.to, count))
    return {
        name: changed(data, changes[name]) if changes[name] else data
        for name, data in reading.parts.items()
    }


def _changes_of(slot: Slot, edits: Iterable[Edit], reading: Reading) -> Iterator[Change]:
    """The bytes that change where a slot gets other words."""
    pieces, at = [], slot.start
    for edit in sorted(edits):
        pieces += [reading.text[at : edit.start], edit.text]
        at = edit.end
    words = "".join([*pieces, reading.text[at : slot.end]])
    if not words and slot.gone:
        yield Change(slot.gone.start, slot.gone.end)
    yield Change(slot.at, slot.to, encode(words, slot.codec, reading.encoding))
    if slot.once_changed:
        yield slot.once_changed


def changed(data: bytes, changes: Iterable[Change]) -> bytes:
    """The bytes with each change made; a change that lies in a wider one goes with it."""
    pieces: list[bytes] = []
    at = 0
    # What is only put in comes before what is changed at the same place; then the widest.
    for change in sorted(changes, key=lambda c: (c.at, c.to > c.at, -c.to)):
        if change.at >= at:
            pieces += [data[at : change.at], change.instead]
            at = change.to
    return b"".join([*pieces, data[at:]])
