"""Praat's annotations (.TextGrid, long and short): tiers as turns, a speaker each; times untouched.

Praat reads the numbers, strings and flags that stand free; all else is a comment to it (its manual,
"TextGrid file formats"). The words that it writes itself between them stay, other comments go. A
tier of sounds says the words again in signs that nobody looks for names in, so its signs go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.core import Span
from redact.errors import BadInput
from redact.formats.allowed import Kind, is_a
from redact.formats.collect import Collector, Words, has_words
from redact.formats.format import RawFile
from redact.formats.slots import WHOLE, Reading
from redact.formats.splicing import LABELS_OF_OURS
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.times import in_seconds

_TOKEN = re.compile(
    r'(?<!\S)(?:"(?P<said>(?:[^"]|"")*)"|(?P<number>[+-]?[\d.][^\s"]*)|(?P<flag><(?:exists|absent)>))(?!\S)'
)
_WRITTEN = re.compile(
    r"(?:\s|File type =|Object class =|xmin =|xmax =|tiers\?|size =|class =|name =|text =|mark ="
    r"|number =|time =|intervals: size =|points: size =|item ?\[\d{0,6}\]:?"
    r"|(?:intervals|points) ?\[\d{1,6}\]:?)*"
)
_SOUNDS = re.compile(  # a word of a tier's name: no Alphonse, no Segun
    r"(?<![^\W\d_])(?:phon(?:e[ms]?|emes?|emic|etic\w*|etik|ology|o)?|seg(?:ment\w*|s)?|mau|x?sampa|ipa"
    r"|arpa(?:bet)?)(?![^\W\d_])",
    re.IGNORECASE,
)
_SHORT_SIGN, _FEWEST_SIGNS = 3, 12  # of a tier of sounds by its looks: characters, signs


@dataclass(frozen=True, slots=True, kw_only=True)
class _TierLabel:
    """What an interval or point says, when in seconds, and in which tier; a point has no end."""

    time: float
    ends: float = 0.0
    tier: int
    said: Words


@dataclass(frozen=True, slots=True)
class _Tier:
    name: Words
    labels: list[_TierLabel] = field(default_factory=list)

    @property
    def is_of_sounds(self) -> bool:
        """Whether it says sounds: by its name, or because nearly all of its signs are short."""
        if _SOUNDS.search(re.sub(LABELS_OF_OURS, "", self.name.text)):
            return True
        said = [words for one in self.labels if (words := one.said.text.strip())]
        short = sum(len(one) <= _SHORT_SIGN and " " not in one for one in said)
        return len(said) >= _FEWEST_SIGNS and short * 10 > len(said) * 9


class _FreeTokens:
    """The free-standing values of a file, one after another."""

    def __init__(self, file: RawFile, decoded: DecodedText) -> None:
        self.where, self.text = file.where, decoded.text
        self.bytes_at = ByteOffsets(decoded)
        self._found = list(_TOKEN.finditer(decoded.text))
        self._next = 0

    def gaps(self) -> Iterator[Span]:
        """What stands between the values."""
        at = 0
        for token in self._found:
            yield Span(at, token.start())
            at = token.end()
        yield Span(at, len(self.text))

    @property
    def is_at_end(self) -> bool:
        return self._next >= len(self._found)

    def said(self) -> Words:
        """The next value, which is a string."""
        token = self._take("said")
        at, to = (self.bytes_at(place) for place in token.span("said"))
        words = re.sub(r"[\r\n\t]", " ", token["said"].replace('""', '"'))
        return Words(text=words, at=at, to=to, codec="quoted")

    def number(self) -> float:
        """The next value, which is a time or a count."""
        token = self._take("number")
        if not is_a(Kind.NUMBER, token["number"]):
            raise self.bad("a number that is no time", token.start())
        return float(token["number"])

    def flag(self) -> None:
        """The next value, which says that tiers follow."""
        self._take("flag")

    def _take(self, kind: str) -> re.Match[str]:
        if self.is_at_end:
            raise self.bad("the end before all tiers are there", len(self.text))
        token = self._found[self._next]
        if token[kind] is None:
            raise self.bad("something else than Praat writes there", token.start())
        self._next += 1
        return token

    def bad(self, what: str, at: int) -> BadInput:
        return BadInput(
            f"line {self.text.count(chr(10), 0, at) + 1} of this TextGrid holds {what}",
            where=self.where,
            remedy="Open it in Praat and save it again as a text file.",
        )


def read(file: RawFile) -> Reading:
    """What a TextGrid says; BadInput for what is none, or is cut off."""
    decoded = decode_text(file.data, file.where, file.encoding)
    tokens = _FreeTokens(file, decoded)
    tiers = _tiers(tokens)
    out = Collector(part=WHOLE, data=file.data)
    for gap in tokens.gaps():
        between = decoded.text[gap.start : gap.end]
        if not _WRITTEN.fullmatch(between):
            at, to = tokens.bytes_at(gap.start), tokens.bytes_at(gap.end)
            out.cut(at, to, "comments", "\n".encode(decoded.encoding))
    _say(tiers, out)
    return out.reading_of_text(file.data, decoded)


def _tiers(tokens: _FreeTokens) -> list[_Tier]:
    if tokens.is_at_end or tokens.said().text != "ooTextFile" or tokens.said().text != "TextGrid":
        raise BadInput(
            "this is not a TextGrid",
            where=tokens.where,
            remedy="Open it in Praat and save it as a text file.",
        )
    tokens.number()
    tokens.number()
    tokens.flag()
    tiers = []
    for number in range(int(tokens.number())):
        kind = tokens.said().text
        if kind not in ("IntervalTier", "TextTier"):
            raise tokens.bad("a tier of an unknown kind", 0)
        tier = _Tier(tokens.said())
        tokens.number()
        tokens.number()
        for _ in range(int(tokens.number())):
            time = tokens.number()
            ends = tokens.number() if kind == "IntervalTier" else 0.0
            tier.labels.append(_TierLabel(time=time, ends=ends, tier=number, said=tokens.said()))
        tiers.append(tier)
    if not tokens.is_at_end:
        raise tokens.bad("more than its tiers", 0)
    return tiers


def _say(tiers: list[_Tier], out: Collector) -> None:
    """The labels in the order of time, one turn a line; names of tiers without words after them."""
    labels = []
    for tier in tiers:
        if tier.is_of_sounds:
            for one in tier.labels:
                if one.said.text.strip():
                    out.cut(one.said.at, one.said.to, "sounds of words")
        else:
            labels += [one for one in tier.labels if one.said.text.strip()]
    speaker: int | None = None
    for one in sorted(labels, key=lambda one: (one.time, one.tier)):
        if one.tier != speaker:
            out.new_line()
            speaker = one.tier
            if tiers[speaker].name.text.strip():
                out.words(tiers[speaker].name)
                out.say(": ")
        else:
            out.say(" ")
        out.times += in_seconds(out.words(one.said), one.time, one.ends)
    spoken = {one.tier for one in labels}
    for number, tier in enumerate(tiers):
        if number not in spoken and has_words(tier.name.text):
            out.new_line()
            out.words(tier.name)
