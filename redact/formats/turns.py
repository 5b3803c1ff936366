"""Turns from a file of segments: who says what, one turn a line, whatever the file is like.

Tables and the exports of speech recognition are lists of segments with a speaker and words. What
they say beside that (a note, a title) is read after the turns, one stretch a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from redact.formats.collect import Gathering
from redact.formats.slots import WHOLE, Codec, Slot


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the file, or pieces of it: what it says, and the bytes that say it.

    `gone` says that nothing is read where nothing is left of it.
    """

    text: str = field(repr=False)
    at: int
    to: int
    codec: Codec
    part: str = WHOLE
    once_changed: tuple[int, int, bytes] | None = None
    pieces: tuple[Words, ...] = ()
    gone: bool = False


@dataclass(slots=True)
class Turns(Gathering):
    """The text so far, segment by segment."""

    layers: int = 0
    speaker: tuple[str, int] | None = None  # who speaks, and where that stands

    def segment(self, speaker: Words | None, words: Words) -> int:
        """Adds a segment; one speaker's segments are one turn. Gives where its words begin."""
        name = speaker.text if speaker and speaker.text.strip() else ""
        before = " " if not words.text[:1].isspace() else ""
        if self.speaker is None or self.speaker[0] != name or not name:
            self.new_line()
            self.speaker = (name, self.length)
            if speaker and name:
                self.words(speaker)
                self.say(f":{before}")
        else:
            if speaker:
                self.copy(self.speaker[1], speaker, self.new_layer())
            self.say(before)
        begins = self.length
        self.words(words)
        return begins

    def more(self, words: Words, joined: bool) -> int:
        """Goes on with the segment before, after a blank unless `joined`. Gives where it begins."""
        self.say("" if joined or words.text[:1].isspace() else " ")
        begins = self.length
        self.words(words)
        return begins

    def aside(self, words: Words) -> None:
        """Words that nobody says, on a line of their own."""
        self.new_line()
        self.speaker = None
        self.words(words)

    def copy(self, start: int, words: Words, layer: int) -> None:
        """A stretch of the file that says again what stands at `start`."""
        for one in words.pieces or (words,):
            place = (start, start + len(one.text))
            slot = Slot(*place, one.part, one.at, one.to, one.codec, layer, one.once_changed)
            self.slots.append(slot)
            start = place[1]

    def new_layer(self) -> int:
        self.layers += 1
        return self.layers

    def words(self, words: Words) -> None:
        for one in words.pieces or (words,):
            place = (self.length, self.length + len(one.text))
            gone = (one.at, one.to) if one.gone else None
            slot = Slot(*place, one.part, one.at, one.to, one.codec, 0, one.once_changed, gone)
            self.slots.append(slot)
            self.say(one.text)
