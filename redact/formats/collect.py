"""What a reader of XML parts gathers as it goes: words with their places, cuts, and counts."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from redact.formats.slots import WHOLE, Codec, Cut, Reading, Slot
from redact.formats.text import DecodedText
from redact.formats.xml import Event, Tag, Text, attribute_places, comments


def has_words(text: str) -> bool:
    """Whether letters are in it, or figures enough for a telephone, a date or an account."""
    return any(c.isalpha() for c in text) or sum(c.isdigit() for c in text) > 4


@dataclass(slots=True)
class Gathering:
    """The text so far and its slots; `part` and `data` are those being read now."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    slots: list[Slot] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    part: str = ""
    data: bytes = b""
    # Words with their places, codecs and parts, to be read after the rest, a line each.
    later: list[tuple[str, int, int, Codec, str]] = field(default_factory=list)

    def open(self, part: str, data: bytes) -> None:
        """Goes on with another part; what no reader of it sees goes."""
        self.part, self.data = part, data
        for start, end in comments(data):
            self.cuts.append(Cut(part, start, end))

    def say(self, words: str) -> None:
        """Words that stand in the text only: a joint."""
        if words:
            self.text.append(words)
            self.length += len(words)

    def new_line(self) -> None:
        """A joint, unless a line begins here already."""
        if self.text and not self.text[-1].endswith("\n"):
            self.say("\n")

    def slot(
        self,
        words: str,
        at: int,
        to: int,
        codec: Codec,
        once_changed: tuple[int, int, bytes] | None = None,
    ) -> None:
        """Words of this part, from these bytes."""
        place = (self.length, self.length + len(words))
        self.slots.append(Slot(*place, self.part, at, to, codec, once_changed=once_changed))
        self.say(words)

    def cut(self, at: int, to: int, kind: str, instead: bytes = b"") -> None:
        """Bytes of this part that go; `kind` is what the report calls them."""
        self.cuts.append(Cut(self.part, at, to, instead))
        self.dropped[kind] += 1

    def put_off(self, words: str, at: int, to: int, codec: Codec = "xml") -> None:
        """Words of this part that are read after the rest, if any are in it."""
        if has_words(words):
            self.later.append((words, at, to, codec, self.part))

    def blank(self, tag: Tag, attributes: frozenset[str], kind: str, choice: str = "drop") -> None:
        """Empties these attributes of a start tag, by their names without prefix.

        With the policy's `choice` "replace" they are read as words instead.
        """
        if not tag.attributes:
            return
        for key, (start, end) in attribute_places(self.data, tag).items():
            if end > start and key.rpartition(":")[2] in attributes:
                self.hide(start, end, kind, choice)

    def hide(self, start: int, end: int, kind: str, choice: str) -> None:
        """Empties the value of an attribute, or reads it as words if the policy says so."""
        said = html.unescape(self.data[start:end].decode("utf-8", "replace"))
        if choice == "replace" and has_words(said):
            self.put_off(re.sub(r"[\t\r\n]", " ", said), start, end, "attribute")
        else:
            self.cut(start, end, kind)

    def put_off_texts(self, events: Sequence[Event], at: int, end: int) -> None:
        """The words of every element between two events, which hold no markup of their own."""
        number = at
        while number < end:
            if isinstance(events[number], Text):
                first, said = number, ""
                while number < end and isinstance(event := events[number], Text):
                    said += event.text
                    number += 1
                self.put_off(said, events[first - 1].to, events[number].at)
            else:
                number += 1

    def say_later(self) -> None:
        """Reads what was put off, a line each."""
        for words, at, to, codec, part in self.later:
            self.new_line()
            self.part = part
            self.slot(words, at, to, codec)
        self.later = []

    def reading_of(self, kind: str, data: bytes, decoded: DecodedText) -> Reading:
        """All of it as a reading of one text file."""
        return Reading(
            kind,
            "".join(self.text),
            tuple(self.slots),
            {WHOLE: data},
            decoded.encoding,
            decoded.bom,
            tuple(self.cuts),
            dropped=dict(self.dropped),
        )

    def reading(
        self, kind: str, members: dict[str, bytes], left_out: frozenset[str] = frozenset()
    ) -> Reading:
        """All of it as a reading of a file of these parts."""
        self.say_later()
        return Reading(
            kind,
            "".join(self.text),
            tuple(self.slots),
            {name: data for name, data in members.items() if name not in left_out},
            cuts=tuple(self.cuts),
            dropped=dict(self.dropped),
        )


def end_of(events: tuple[Event, ...], at: int) -> int:
    """The number of the end tag of the element that starts here."""
    depth = 0
    for number in range(at, len(events)):
        event = events[number]
        if isinstance(event, Tag):
            depth += 1 if event.kind == "start" else -1
            if depth == 0:
                return number
    raise AssertionError("scan gives well-formed parts only")


def whole_number(value: str) -> int | None:
    """What a number in a file says; None for what is none, or more than nine figures."""
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else None


def attribute(tag: Tag, local: str) -> str:
    """The value of an attribute by its name without namespace; "" if it is not there."""
    return next((v for k, v in tag.attributes.items() if k.rpartition(" ")[2] == local), "")
