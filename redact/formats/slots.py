"""One mechanism for every format: a text, and the places in the file that its words came from.

A reader gives a `Reading`. `splice_slots` puts other words into the slots, makes the cuts, and
copies every other byte as it was. What stands between slots (the break between two paragraphs, the
colon after a speaker that is an attribute) is a joint: it is in the text only.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal
from xml.sax.saxutils import escape

from redact.errors import RedactError

Codec = Literal[
    "plain",
    "xml",
    "attribute",
    "element",
    "blank",
    "json",
    "json-ascii",
    "cell",
    "tabbed",
    "quoted",
]
ELEMENTS = ("element", "blank")  # a tab or break: of Word, which takes words in elements; of ODF
_TO_QUOTE = {"cell": ',;"\r\n', "tabbed": '\t"\r\n'}  # what a cell cannot hold without quotes
WHOLE = ""  # the name of the only part of a file that is no zip

# What a position counts: code points; halves of UTF-16; code points, a break \r\n being one.
Unit = Literal["character", "utf-16", "break as one"]
Edit = tuple[int, int, str]  # start, end, what stands there instead


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the text, and the bytes `at` to `to` of a part that it was read from.

    `codec` is how words are written there. `layer` numbers copies of the same words: each layer is
    spliced by itself, and layer 0 is the text. `once_changed` stands in for a stretch of bytes if
    the slot gets other words. If nothing is left of it the bytes `gone` go too, and with them the
    joint before it. An "element" or "blank" stands for one character, such as a tab: it stays or
    goes.
    """

    start: int
    end: int
    part: str
    at: int
    to: int
    codec: Codec
    layer: int = 0
    once_changed: tuple[int, int, bytes] | None = None
    gone: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Bytes of a part that do not go into the safe file, and what stands there instead."""

    part: str
    at: int
    to: int
    instead: bytes = b""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found. `dropped` counts, by kind, what does not go into the safe file.

    `parts` are all that go into the safe file, in their order. `guessed` is true if nobody and
    nothing said that the file is in this encoding.
    """

    format: str
    text: str = field(repr=False)
    slots: tuple[Slot, ...]
    parts: Mapping[str, bytes] = field(repr=False)
    encoding: str = "utf-8"
    bom: bytes = b""
    cuts: tuple[Cut, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    positions: tuple[Position, ...] = ()
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """An edit as it was made: what it replaced, and where it stands in the safe text."""

    start: int
    end: int
    text: str = field(repr=False)
    safe_start: int
    safe_end: int


@dataclass(frozen=True, slots=True)
class Spliced:
    """The parts with other words in them, the text they now give, and each edit's place in it."""

    parts: Mapping[str, bytes] = field(repr=False)
    text: str = field(repr=False)
    placed: tuple[Placed, ...]


def splice_slots(reading: Reading, edits: Iterable[Edit]) -> Spliced:
    """The reading's parts with the edits made and the cuts cut.

    A joint inside an edit stays: where the edit's text has it too, the words go to either side of
    it; otherwise it stands after them. Raises RedactError if an edit has no slot to go to,
    ValueError if two overlap.
    """
    ordered = sorted(edits)
    for before, after in pairwise(ordered):
        if before[1] > after[0]:
            raise ValueError("edits overlap")
    values: dict[int, list[tuple[int, int, str]]] = {}
    spoken = _Places(reading.slots, copies=False)
    copies = _Places(reading.slots, copies=True)
    pieces: list[str] = []
    placed: list[Placed] = []
    at = safe_at = 0
    for edit in ordered:
        start, end, _ = edit
        touched = spoken.touched(start, end)
        if not touched:
            raise RedactError(
                "this replacement has no place in the file",
                where=f"character {start} of the transcript's text",
                remedy="Nothing was written. Please report it with the kind of file.",
            )
        made = _distribute(reading, touched, edit, values)
        layers: dict[int, list[tuple[int, Slot]]] = {}
        for number, slot in copies.touched(start, end):
            layers.setdefault(slot.layer, []).append((number, slot))
        for layer in layers.values():
            _distribute(reading, layer, edit, values)
        pieces += [reading.text[at:start], made]
        safe_start = safe_at + start - at
        safe_at = safe_start + len(made)
        placed.append(Placed(start, end, made, safe_start, safe_at))
        at = end
    pieces.append(reading.text[at:])
    text = "".join(pieces)
    return Spliced(_write_parts(reading, values, placed, text), text, tuple(placed))


def count_units(text: str, unit: Unit) -> int:
    """How long a text is in what a position counts."""
    if unit == "utf-16":
        return len(text) + sum(c > "\uffff" for c in text)
    return len(text) - (text.count("\r\n") if unit == "break as one" else 0)


class _Places:
    """The slots of the text, or those of its copies, to be found by where they stand."""

    def __init__(self, slots: Sequence[Slot], copies: bool) -> None:
        self._slots = slots
        numbers = (n for n, slot in enumerate(slots) if bool(slot.layer) is copies)
        self._numbers = sorted(numbers, key=lambda n: slots[n].start)
        self._starts = [slots[n].start for n in self._numbers]
        self._longest = max((slots[n].end - slots[n].start for n in self._numbers), default=0)

    def touched(self, start: int, end: int) -> list[tuple[int, Slot]]:
        """Slots with their numbers that overlap the stretch, in text order."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end, low)
        found = ((n, self._slots[n]) for n in self._numbers[low:high])
        return [item for item in found if item[1].end > start]


def _distribute(
    reading: Reading,
    touched: list[tuple[int, Slot]],
    edit: Edit,
    values: dict[int, list[tuple[int, int, str]]],
) -> str:
    """Gives each slot that the edit touches its share; the text that stands there then."""
    start, end, text = edit
    if _is_of_words(touched, start, end):  # "Council,": the comma keeps to the words
        for number, slot in touched:
            share = text if slot is touched[-1][1] else ""
            values.setdefault(number, []).append((slot.start, min(end, slot.end), share))
        return text
    left, made, at = text, "", start
    home: tuple[int, Slot] | None = None  # the slot that takes the words now
    shares: dict[int, str] = {}

    def give(words: str) -> None:
        nonlocal made
        if not words:
            return
        target = home or next((item for item in touched if item[1].codec not in ELEMENTS), None)
        if target is None:
            target = touched[0]
        shares[target[0]] = shares.get(target[0], "") + words
        made += words

    for number, slot in touched:
        if slot.start > at:  # a joint before this slot
            joint = reading.text[at : slot.start]
            words, found, rest = left.partition(joint)
            if number == touched[0][0]:  # nothing of the edit stands before it
                left = left.removeprefix(joint)
            elif found and rest.strip():
                give(words)
                left = rest
            else:
                give(left.removesuffix(joint))
                left = ""
            emptied = slot.gone is not None and start < slot.start and slot.end <= end and not left
            made += "" if emptied else joint
            home = None
        if slot.codec in ELEMENTS and slot.start >= start and slot.end <= end:
            said = reading.text[slot.start : slot.end]
            words, found, rest = left.partition(said)
            if found:
                give(words)
                left = rest
                made += said
                home = None
            else:
                shares.setdefault(number, "")
        else:
            shares.setdefault(number, "")
            home = home or (number, slot)
        at = slot.end
    give(left)
    if at < end:
        made += reading.text[at:end]  # a joint at the end stays where it is
    for number, slot in touched:
        if number in shares:
            lower, upper = max(start, slot.start), min(end, slot.end)
            values.setdefault(number, []).append((lower, upper, shares[number]))
    return made


def _is_of_words(touched: list[tuple[int, Slot]], start: int, end: int) -> bool:
    """Whether slots of a word each are touched, all of them but the end of the last."""
    words = all(slot.layer or slot.gone == (slot.at, slot.to) for _, slot in touched)
    whole = all(start <= slot.start and slot.end <= end for _, slot in touched[:-1])
    return len(touched) > 1 and words and whole and end < touched[-1][1].end


def _moved(placed: Sequence[Placed], starts: Sequence[int], offset: int, ends: bool) -> int:
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


def _write_parts(
    reading: Reading,
    values: Mapping[int, list[tuple[int, int, str]]],
    placed: Sequence[Placed],
    text: str,
) -> dict[str, bytes]:
    starts = [place.start for place in placed]
    changes: dict[str, list[tuple[int, int, bytes]]] = {name: [] for name in reading.parts}
    for cut in reading.cuts:
        changes[cut.part].append((cut.at, cut.to, cut.instead))
    for number, edits in values.items():
        slot = reading.slots[number]
        pieces, at = [], slot.start
        for start, end, said in sorted(edits):
            pieces += [reading.text[at:start], said]
            at = end
        pieces.append(reading.text[at : slot.end])
        words = "".join(pieces)
        if not words and slot.gone:
            changes[slot.part].append((*slot.gone, b""))
        raw = encode(words, slot.codec, reading.encoding)
        changes[slot.part].append((slot.at, slot.to, raw))
        if slot.once_changed:
            changes[slot.part].append(slot.once_changed)
    for position in reading.positions:
        new = _moved(placed, starts, position.offset, position.ends)
        base = _moved(placed, starts, position.base, ends=False)
        count = count_units(text[base:new], position.unit)
        changes[position.part].append((position.at, position.to, str(count).encode("ascii")))
    return {
        name: _changed(data, changes[name]) if changes[name] else data
        for name, data in reading.parts.items()
    }


def _changed(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each change made; a change that lies in a wider one goes with it."""
    pieces: list[bytes] = []
    at = 0
    # What is only put in comes before what is changed at the same place; then the widest.
    for start, end, instead in sorted(changes, key=lambda c: (c[0], c[1] > c[0], -c[1])):
        if start < at:
            continue
        pieces += [data[at:start], instead]
        at = end
    pieces.append(data[at:])
    return b"".join(pieces)


def encode(text: str, codec: Codec, encoding: str = "utf-8") -> bytes:
    """The words as they are written in a slot of this kind."""
    if codec in ("xml", "attribute", *ELEMENTS):
        quoted = escape(text, {'"': "&quot;", "'": "&apos;"} if codec == "attribute" else {})
        if codec == "element" and text:
            quoted = f'<w:t xml:space="preserve">{quoted}</w:t>'
        return quoted.encode(encoding, "xmlcharrefreplace")
    if codec in ("json", "json-ascii"):
        return json.dumps(text, ensure_ascii=codec == "json-ascii")[1:-1].encode(encoding)
    if codec == "quoted":
        text = text.replace('"', '""')
    elif codec in _TO_QUOTE and any(c in text for c in _TO_QUOTE[codec]):
        text = '"' + text.replace('"', '""') + '"'
    return text.encode(encoding)
