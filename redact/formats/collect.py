"""What a reader of XML parts gathers as it goes: words with their places, cuts, and counts."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from redact.core import Span
from redact.formats.codec import Codec
from redact.formats.slots import WHOLE, Change, Cut, Parts, Reading, Slot
from redact.formats.text import DecodedText
from redact.formats.xml import Tag, Text, XmlEvent, attribute_places, comments
from redact.policy import Hidden


def has_words(text: str) -> bool:
    """Whether letters are in it, or figures enough for a telephone, a date or an account."""
    return any(c.isalpha() for c in text) or sum(c.isdigit() for c in text) > 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of the file, or pieces of it: what it says, and the bytes that say it.

    The bytes `gone` go too where nothing is left of it.
    """

    text: str = field(repr=False)
    part: str = WHOLE
    at: int = 0
    to: int = 0
    codec: Codec = "xml"
    once_changed: Change | None = None
    pieces: tuple[Words, ...] = ()
    gone: Span | None = None


NO_WORDS = Words(text="")
NOWHERE = b"about:blank"


@dataclass(slots=True, kw_only=True)
class Collector:
    """The text so far and its slots; `part` and `data` are those being read now."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    slots: list[Slot] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    part: str = ""
    data: bytes = b""
    later: list[Words] = field(default_factory=list)  # to be read after the rest, a line each

    def open(self, part: str, data: bytes) -> None:
        """Goes on with another part; what no reader of it sees goes."""
        self.part, self.data = part, data
        for comment in comments(data):
            self.remove(comment.start, comment.end)

    def say(self, words: str) -> None:
        """Words that stand in the text only: a joint."""
        if words:
            self.text.append(words)
            self.length += len(words)

    def new_line(self) -> None:
        """A joint, unless a line begins here already."""
        if self.text and not self.text[-1].endswith("\n"):
            self.say("\n")

    def slot(self, words: str, at: int, to: int, codec: Codec) -> None:
        """Words of this part, from these bytes."""
        self.words(Words(text=words, part=self.part, at=at, to=to, codec=codec))

    def words(self, words: Words) -> Span:
        """Adds words; gives where they stand in the text."""
        begins = self.length
        for piece in words.pieces or (words,):
            self._place(piece, self.length, layer=0)
            self.say(piece.text)
        return Span(begins, self.length)

    def copy(self, start: int, words: Words, layer: int) -> None:
        """A stretch of the file that says again what stands at `start` of the text."""
        for piece in words.pieces or (words,):
            self._place(piece, start, layer)
            start += len(piece.text)

    def _place(self, words: Words, start: int, layer: int) -> None:
        self.slots.append(
            Slot(
                start=start,
                end=start + len(words.text),
                part=words.part,
                at=words.at,
                to=words.to,
                codec=words.codec,
                layer=layer,
                once_changed=words.once_changed,
                gone=None if layer else words.gone,
            )
        )

    def remove(self, at: int, to: int, instead: bytes = b"") -> None:
        """Bytes of this part that go with what the report counts."""
        self.cuts.append(Cut(self.part, Change(at, to, instead)))

    def cut(self, at: int, to: int, kind: str, instead: bytes = b"") -> None:
        """Bytes of this part that go; `kind` is what the report calls them."""
        self.remove(at, to, instead)
        self.dropped[kind] += 1

    def put_off(self, words: str, at: int, to: int, codec: Codec = "xml") -> None:
        """Words of this part that are read after the rest, if any are in it."""
        if has_words(words):
            self.later.append(Words(text=words, part=self.part, at=at, to=to, codec=codec))

    def blank(
        self, tag: Tag, attributes: frozenset[str], kind: str, choice: Hidden = "drop"
    ) -> None:
        """Empties these attributes of a start tag, by their names without prefix.

        With the policy's `choice` "replace" they are read as words instead.
        """
        if not tag.attributes:
            return
        for name, value in attribute_places(self.data, tag).items():
            if value.end > value.start and name.rpartition(":")[2] in attributes:
                self.hide(value, kind, choice)

    def hide(self, value: Span, kind: str, choice: Hidden) -> None:
        """Empties the value of an attribute, or reads it as words if the policy says so."""
        said = html.unescape(self.data[value.start : value.end].decode("utf-8", "replace"))
        if choice == "replace" and has_words(said):
            self.put_off(re.sub(r"[\t\r\n]", " ", said), value.start, value.end, "attribute")
        else:
            self.cut(value.start, value.end, kind)

    def lead_nowhere(self, target: Span) -> None:
        """Another target for a link, the value of an attribute."""
        if self.data[target.start : target.end] != NOWHERE:
            self.cut(target.start, target.end, "targets of links", NOWHERE)

    def put_off_texts(self, events: Sequence[XmlEvent], at: int, end: int) -> None:
        """The words of every element between two events, which hold no markup of their own."""
        number = at
        while number < end:
            first, said = number, ""
            while number < end and isinstance(event := events[number], Text):
                said += event.text
                number += 1
            if said:
                self.put_off(said, events[first - 1].to, events[number].at)
            number += 1

    def say_later(self) -> None:
        """Reads what was put off, a line each."""
        for words in self.later:
            self.new_line()
            self.words(words)
        self.later = []

    def reading_of_text(self, data: bytes, decoded: DecodedText) -> Reading:
        """All of it as a reading of a text file."""
        reading = self.reading({WHOLE: data})
        return replace(reading, encoding=decoded.encoding, bom=decoded.bom)

    def reading(self, parts: Parts, left_out: Container[str] = ()) -> Reading:
        """All of it as a reading of a file of these parts but for those left out."""
        self.say_later()
        return Reading(
            text="".join(self.text),
            slots=tuple(self.slots),
            parts={name: data for name, data in parts.items() if name not in left_out},
            cuts=tuple(self.cuts),
            dropped=dict(self.dropped),
        )


def end_of(events: tuple[XmlEvent, ...], at: int) -> int:
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


def said_between(events: Sequence[XmlEvent], at: int, end: int) -> str:
    """All text between two events, joined."""
    return "".join(event.text for event in events[at:end] if isinstance(event, Text))


def attribute(tag: Tag, local: str) -> str:
    """The value of an attribute by its name without namespace; "" if it is not there."""
    return next((v for k, v in tag.attributes.items() if k.rpartition(" ")[2] == local), "")
