"""What a reader of XML parts gathers as it goes: words with their places, cuts, and counts."""

from __future__ import annotations

import html
import re
from array import array
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from redact.core import Span
from redact.core.timed import Timed
from redact.formats.codec import Codec
from redact.formats.names import Names
from redact.formats.sieve import sieve, sieve_structure
from redact.formats.slots import WHOLE, Change, Cut, Parts, Reading, Slot, WordRow
from redact.formats.text import DecodedText
from redact.formats.word_places import TakenBytes, WordPlace, WordPlaces
from redact.formats.xml import Tag, Text, XmlEvent, attribute_places, comments
from redact.policy import Hidden


def has_words(text: str) -> bool:
    """Whether letters are in it, or figures enough for a telephone, a date or an account."""
    return any(c.isalpha() for c in text) or sum(c.isdigit() for c in text) > 4


class Words(NamedTuple):
    """A stretch of the file, or pieces of it: what it says, and the bytes that say it.

    The bytes `gone` go too where nothing is left of it.
    """

    text: str
    part: str = WHOLE
    at: int = 0
    to: int = 0
    codec: Codec = "xml"
    once_changed: Change | None = None
    pieces: tuple[Words, ...] = ()
    gone: Span | None = None
    never_empty: bool = False

    def __repr__(self) -> str:
        return f"Words({self.part!r}, {self.at}, {self.to})"  # never what it says


# Parts of which thousands of files have the same, and no words.
_STRUCTURE = re.compile(
    r"(?:styles|stylesWithEffects|theme[0-9]*|fontTable|settings|webSettings)\.xml\Z"
)
NO_WORDS = Words(text="")
_MANY = 4096  # pieces of a text
NOWHERE = b"about:blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordArrays:
    """Words of a file in XML one after another, in the numbers of a row of words."""

    starts: array[int] = field(default_factory=lambda: array("I"))
    ends: array[int] = field(default_factory=lambda: array("I"))
    at: array[int] = field(default_factory=lambda: array("I"))
    to: array[int] = field(default_factory=lambda: array("I"))

    def rows(self) -> Iterator[WordRow]:
        """The row of them, if there are any."""
        if self.starts:
            yield WordRow(self.starts, self.ends, self.at, self.to, codec="xml", can_go=False)


@dataclass(slots=True, kw_only=True)
class Collector:
    """The text so far and its slots; `part` and `data` are those being read now."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    joined: int = 0  # pieces of the text that were many
    ends: list[int] = field(default_factory=list)  # where lines, cells and cues begin
    times: list[Timed] = field(default_factory=list)  # when stretches of the text are said
    slots: list[Slot] = field(default_factory=list)
    word_rows: list[WordRow] = field(default_factory=list)
    one_by_one: WordArrays = field(default_factory=WordArrays)
    cuts: list[Cut] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    part: str = ""
    data: bytes = b""
    later: list[Words] = field(default_factory=list)  # to be read after the rest, a line each
    wordings: dict[str, WordPlaces] = field(default_factory=dict)  # of each part
    settled: list[Words] = field(default_factory=list)  # that are structure
    talk_ends: int | None = None  # where in the text what nobody says begins, if it has begun

    def settle(self, words: Words) -> None:
        """Words that are structure after all, as a usual head of a column is: they stay."""
        self.settled += words.pieces or (words,)

    def sieved(self, part: str, data: bytes, where: str, names: Names) -> bytes:
        """A part without what no table of structure has, which is counted; its words are noted."""
        through = (sieve_structure if _STRUCTURE.search(part) else sieve)(data, where, names)
        self.dropped.update(through.left_behind)
        self.wordings[part] = through.wordings
        return through.data

    def open(self, part: str, data: bytes) -> None:
        """Goes on with another part; what no reader of it sees goes."""
        self.part, self.data = part, data
        for comment in comments(data):
            self.remove(comment.start, comment.end)

    def say(self, words: str) -> None:
        """Words that stand in the text only: a joint."""
        if words:
            self._add(words)
            if "\n" in words:
                self.ends.append(self.length)

    def _add(self, words: str) -> None:
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
            if piece.text:
                self._add(piece.text)
        return Span(begins, self.length)

    def word(self, words: Words) -> Span:
        """Adds words of a file that is no zip, which stand there once: in numbers alone."""
        if words != Words(text=words.text, at=words.at, to=words.to):  # there is more to them
            return self.words(words)
        begins = self.length
        self._add(words.text)
        row = self.one_by_one
        row.starts.append(begins)
        row.ends.append(self.length)
        row.at.append(words.at)
        row.to.append(words.to)
        if len(self.text) - self.joined > _MANY:
            self.text[self.joined :] = ["".join(self.text[self.joined :])]
            self.joined += 1
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
                never_empty=words.never_empty,
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
        if self.later:
            self.end_talk()
        for words in self.later:
            self.new_line()
            self.words(words)
        self.later = []

    def end_talk(self) -> None:
        """What comes now is said by nobody."""
        if self.talk_ends is None:
            self.talk_ends = self.length

    def reading_of_text(self, data: bytes, decoded: DecodedText) -> Reading:
        """All of it as a reading of a text file."""
        reading = self.reading({WHOLE: data})
        return replace(reading, encoding=decoded.encoding, bom=decoded.bom)

    def reading(self, parts: Parts, left_out: Container[str] = ()) -> Reading:
        """All of it as a reading of a file of these parts but for those left out.

        Words that nobody read or cut are read now, or cut: none goes out as it is.
        """
        kept = {name: data for name, data in parts.items() if name not in left_out}
        for name, data in kept.items():
            self._account_for(name, data)
        self.say_later()
        return Reading(
            text="".join(self.text),
            slots=tuple(self.slots),
            rows=(*self.word_rows, *self.one_by_one.rows()),
            parts=kept,
            cuts=tuple(self.cuts),
            dropped=dict(self.dropped),
            ends=tuple(self.ends),
            times=tuple(self.times),
            talk_ends=self.talk_ends,
        )

    def _account_for(self, part: str, data: bytes) -> None:
        """Reads or cuts the words of a part that are in no slot and no cut."""
        wordings = self.wordings.get(part)
        if not wordings:
            return
        row = self.one_by_one if part == WHOLE else WordArrays()
        dealt_with: list[Slot | Change | Words] = [
            *(slot for slot in self.slots if slot.part == part),
            *(cut.change for cut in self.cuts if cut.part == part),
            *(words for words in (*self.later, *self.settled) if words.part == part),
        ]
        begins, ends = row.at[:], row.to[:]
        begins.extend(one.at for one in dealt_with)
        ends.extend(one.to for one in dealt_with)
        taken = TakenBytes(begins, ends)
        self.part, self.data = part, data
        for wording in wordings.outside(taken):
            rest = taken.rest(wording.at, wording.to)
            if wording.reads == "codes" and rest != [Span(wording.at, wording.to)]:
                continue
            for span in rest:
                self._read_or_cut(span, wording)

    def _read_or_cut(self, span: Span, wording: WordPlace) -> None:
        said = html.unescape(self.data[span.start : span.end].decode("utf-8", "replace"))
        if not has_words(said) or said.encode() == NOWHERE:
            return
        if wording.reads == "said":
            codec: Codec = "attribute" if wording.in_attribute else "xml"
            self.put_off(re.sub(r"[\t\r\n]", " ", said), span.start, span.end, codec)
        else:
            self.cut(span.start, span.end, "hidden words")


def whole_number(value: str) -> int | None:
    """What a number in a file says; None for what is none, or more than nine figures."""
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else None


def said_between(events: Sequence[XmlEvent], at: int, end: int) -> str:
    """All text between two events, joined."""
    return "".join(event.text for event in events[at:end] if isinstance(event, Text))


def attribute(tag: Tag, local: str) -> str:
    """The value of an attribute by its name without namespace; "" if it is not there."""
    return next((v for k, v in tag.attributes.items() if k.rpartition(" ")[2] == local), "")
