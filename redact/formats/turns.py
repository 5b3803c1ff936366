"""Turns from a file of segments: who says what, one turn a line, whatever the file is like.

Tables and the exports of speech recognition are lists of segments with a speaker and words. What
they say beside that (a note, a title) is read after the turns, one stretch a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from redact.formats.collect import Collector, Words


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words, and where in the text they begin."""

    start: int
    words: str = field(repr=False)


@dataclass(slots=True)
class Turns(Collector):
    """The text so far, segment by segment."""

    layers: int = 0
    speaker: Utterance | None = None  # who speaks; no words where nobody is named

    def segment(self, speaker: Words | None, words: Words) -> int:
        """Adds a segment; one speaker's segments are one turn. Gives where its words begin."""
        name = speaker.text if speaker and speaker.text.strip() else ""
        before = " " if not words.text[:1].isspace() else ""
        if self.speaker is None or self.speaker.words != name or not name:
            self.new_line()
            self.speaker = Utterance(self.length, name)
            if speaker and name:
                self.words(speaker)
                self.say(before if name.rstrip().endswith(":") else f":{before}")
        else:
            if speaker:
                self.copy(self.speaker.start, speaker, self.new_layer())
            self.say(before)
        return self.words(words).start

    def more(self, words: Words, joined: bool) -> int:
        """Goes on with the segment before, after a blank unless `joined`. Gives where it begins."""
        self.say("" if joined or words.text[:1].isspace() else " ")
        return self.words(words).start

    def aside(self, words: Words) -> None:
        """Words that nobody says, on a line of their own."""
        self.end_talk()
        self.new_line()
        self.speaker = None
        self.words(words)

    def new_layer(self) -> int:
        return self.new_layers(1)

    def new_layers(self, count: int) -> int:
        """So many layers one after another; gives the first."""
        self.layers += count
        return self.layers - count + 1
