"""A text as people see it: what nobody sees dropped, other writings of a character made plain.

Recognizers, the roster, a reviewer's search and the release gates all read this view. A name with a
soft hyphen, a direction mark or an entity in it, or a number in figures of another script, is then
the same name or number. Each stretch of the view knows which characters of the source it stands
for, so that what is replaced is what stands in the file, marks included.

Dropped are Unicode's Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt), other
format characters, and controls that are no blanks. Letters and figures with a compatibility form
(UAX 15: wide, narrow, of mathematics, in circles, ligatures) become that form; accents stay.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html.entities import html5
from urllib.parse import unquote_to_bytes

from redact.core import Span

_ROUNDS = 4  # an escape may hold an escape: "&amp;#97;"
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
_HYPHENS = "\u2010\u2011\u2043\u2212\ufe58\ufe63\uff0d"
_DASH = "\u2013"  # within a word or a number it is a hyphen: "forty–two"
_COMBINING = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
# Blocks that hold letters and figures with another, plain form. What of them has none stays.
_OTHER_FORMS = (
    "\u0132\u0133\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u0262\u026a\u0274\u0280\u028f\u0299"
    "\u029c\u029f\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u0df0\u0e50-\u0e59\u0ed0-\u0ed9"
    "\u0f20-\u0f29\u1040-\u1049\u1090-\u1099\u17e0-\u17e9\u1810-\u1819\u1946-\u194f\u19d0-\u19d9"
    "\u1a80-\u1a99\u1b50-\u1b59\u1bb0-\u1bb9\u1c40-\u1c49\u1c50-\u1c59\u1d00-\u1d22\u2102-\u2134"
    "\u2139\u2145-\u2149\u2160-\u217f\u2460-\u24ff\u2776-\u2793\ua620-\ua629\ua730\ua731"
    "\ua8d0-\ua8d9\ua900-\ua909\ua9d0-\ua9f9\uaa50-\uaa59\uabf0-\uabf9\ufb00-\ufb06\uff10-\uff19"
    "\uff21-\uff3a\uff41-\uff5a\U000104a0-\U000104a9\U00011066-\U00011dff\U00016a60-\U00016b59"
    "\U0001d400-\U0001d7ff\U0001e140-\U0001e959\U0001f100-\U0001f189\U0001fbf0-\U0001fbf9"
)
# Raised or lowered ones count in a row only: "m²" and the number of a note stay as they are.
_RAISED = "\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u2070-\u209c"
INVISIBLE = re.compile(f"[{_IGNORABLE}{_CONTROLS}]")
_STRANGE = re.compile(
    f"[{_IGNORABLE}{_CONTROLS}]+|[{_OTHER_FORMS}{_BLANKS}{_HYPHENS}]|[{_RAISED}]{{3,}}"
    f"|[{_COMBINING}]+|(?<=[^\\W_]){_DASH}(?=[^\\W_])"
)
_STRANGE_ALONE = re.compile(_STRANGE.pattern.replace("{3,}", "") + f"|{_DASH}")
_IS_COMBINING = re.compile(f"[{_COMBINING}]")
_LIKE_A_HYPHEN = frozenset(_HYPHENS + _DASH)
_MARKS_OF_TRADE = frozenset("\u2120\u2121\u2122\u213b")
_HIDDEN = re.compile(
    "[\U000e0020-\U000e007f]{4,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}"
    "|[\u200b-\u200f\u2060-\u2064\u180e\ufeff]{16,}"
)
_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067"
    "|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_HAS_DROPPED = dict.fromkeys((*range(9), *range(14, 28), 127))
_ODD_IN_ASCII = re.compile(r"[\x00-\x08\x0e-\x1b\x7f&%=\\]")
_ESCAPES = re.compile(
    r"&(?:\#\d{1,7};?|\#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)"
    r"|(?:%[0-9a-fA-F]{2})+|(?:=[0-9A-F]{2}){2,}"
    r"|(?:[\\%]u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{1,6}\}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2})+"
)
_HEX = re.compile(
    r"[\\%](?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2}))"
)
_SPELLED = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])\Z"
)


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of a text, and what a person sees there instead."""

    start: int
    end: int
    instead: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """What one pass changed: stretches of its source, and what stands for each in its view."""

    sources: array[int]
    source_ends: array[int]
    views: array[int]
    view_ends: array[int]

    def start(self, at: int) -> int:
        """Where the character at this offset of the view begins in the source."""
        number = bisect_right(self.views, at) - 1
        if number < 0:
            return at
        if at < self.view_ends[number]:
            return self.sources[number]
        return at - self.view_ends[number] + self.source_ends[number]

    def end(self, at: int) -> int:
        """Where what ends at this offset of the view ends in the source."""
        if at == 0:
            return 0
        number = bisect_right(self.views, at - 1) - 1
        if number < 0:
            return at
        if at - 1 < self.view_ends[number]:
            return self.source_ends[number]
        return at - self.view_ends[number] + self.source_ends[number]

    def view(self, at: int) -> int:
        """The offset of the view where what begins at this offset of the source stands."""
        number = bisect_right(self.sources, at) - 1
        if number < 0:
            return at
        if at < self.source_ends[number]:
            return self.views[number]
        return at - self.source_ends[number] + self.view_ends[number]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as people see it, and where each stretch of it stands in the source."""

    text: str = field(repr=False)
    passes: tuple[_Pass, ...] = field(default=(), repr=False)

    def source(self, start: int, end: int) -> Span:
        """The stretch of the source that a stretch of the view stands for, in code points.

        Marks inside it are part of it; marks at its edges are not.
        """
        if not self.passes:
            return Span(start, end)
        is_empty = start == end
        for made in reversed(self.passes):
            start, end = made.start(start), made.end(end)
        return Span(start, start if is_empty else end)

    def source_of(self, edge: int) -> int:
        """Where what begins at this edge of the view begins in the source; its end for the end."""
        for made in reversed(self.passes):
            edge = made.start(edge)
        return edge

    def view(self, start: int, end: int) -> Span:
        """The stretch of the view that shows a stretch of the source."""
        for made in self.passes:
            start, end = made.view(start), max(made.view(start), made.view(end))
        return Span(start, end)


def hidden_writing(text: str) -> int | None:
    """Where so many marks that nobody sees stand in a row that they may be letters; None: nowhere.

    Tags of Unicode spell ASCII, selectors of variants and joiners can say anything. The flags of
    Scotland, Wales and England are spelled so, and stay.
    """
    if text.isascii():
        return None
    match = _HIDDEN.search(text)
    while match and _FLAG.match(text, match.start() - 1):
        match = _HIDDEN.search(text, match.end())
    return match.start() if match else None


def folded(text: str) -> Folded:
    """The text as people see it. Most texts are that already, and cost a scan only."""
    return _folded_phrase(text) if len(text) < 200 else _folded_text(text)


def unmarked(text: str) -> str:
    """What the text says to who sees it."""
    return folded(text).text


def _fold(text: str) -> Folded:
    if text.isascii() and not _ODD_IN_ASCII.search(text):
        return Folded(text)
    passes: list[_Pass] = []
    for _ in range(_ROUNDS):
        before = len(passes)
        for look in (_strange, _escapes):
            if changes := look(text):
                text, made = _apply(text, changes)
                passes.append(made)
        if len(passes) == before:
            break
    return Folded(text, tuple(passes))


_folded_phrase = lru_cache(maxsize=16384)(_fold)
_folded_text = lru_cache(maxsize=4)(_fold)  # in memory only; few, for they are large


def _apply(text: str, changes: Sequence[_Change]) -> tuple[str, _Pass]:
    made = _Pass(sources=array("Q"), source_ends=array("Q"), views=array("Q"), view_ends=array("Q"))
    pieces: list[str] = []
    at = length = 0
    for change in changes:
        pieces += [text[at : change.start], change.instead]
        length += change.start - at
        made.sources.append(change.start)
        made.source_ends.append(change.end)
        made.views.append(length)
        length += len(change.instead)
        made.view_ends.append(length)
        at = change.end
    return "".join([*pieces, text[at:]]), made


def _strange(text: str) -> Sequence[_Change]:
    """Marks that nobody sees, other forms of characters, and accents apart from their letters."""
    if text.isascii():
        if len(text.translate(_HAS_DROPPED)) == len(text):
            return ()
    elif not any(map(_STRANGE_ALONE.match, set(text))):  # ten times as quick as a search
        return ()
    changes: list[_Change] = []
    for match in _STRANGE.finditer(text):
        start, end = match.span()
        if not _IS_COMBINING.match(match[0]):
            alone = ((place, _plain(text[place])) for place in range(start, end))
            changes += [_Change(at, at + 1, plain) for at, plain in alone if plain != text[at]]
        elif start > 0 and not (changes and changes[-1].end == start):
            apart = text[start - 1 : end]
            composed = unicodedata.normalize("NFC", apart)
            # Struck out, underlined, in a key: what makes no letter of its own is passed over.
            changes.append(_Change(start - 1, end, _IS_COMBINING.sub("", composed)))
    return changes


@cache
def _plain(char: str) -> str:
    """What a person reads there; the character itself if that is not plainer."""
    if INVISIBLE.match(char):
        return ""
    if char in _LIKE_A_HYPHEN or char.isspace() or char == "\u2800":
        return "-" if char in _LIKE_A_HYPHEN else " "
    if (figure := unicodedata.digit(char, None)) is not None:
        return str(figure)
    if spelled := _SPELLED.match(unicodedata.name(char, "")):
        return spelled[1].lower() if spelled[0].startswith("LATIN") else spelled[1]
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain.isalnum() and char not in _MARKS_OF_TRADE else char


def _escapes(text: str) -> Sequence[_Change]:
    """Characters in another writing: of web pages, addresses, letters and programs."""
    if not any(mark in text for mark in "&%=\\"):
        return ()
    changes: list[_Change] = []
    for match in _ESCAPES.finditer(text):
        said = match[0]
        if said[0] == "&":
            is_one = said[1] == "#" or said[1:] in html5
            pairs = [(html.unescape(said), len(said))] if is_one else []
        elif "u" in said or said[0] == "\\":
            pairs = _of_programs(said)
        else:
            pairs = _of_bytes(match, text)
        at = match.start()
        for instead, length in pairs:
            changes.append(_Change(at, at + length, instead))
            at += length
    return changes


def _of_bytes(match: re.Match[str], text: str) -> list[tuple[str, int]]:
    """Each character that `%C3%AB` or `=C3=AB` says and its length there; none in "5%become"."""
    raw = unquote_to_bytes(match[0].replace("=", "%"))
    is_address = match[0][0] == "%"
    with suppress(UnicodeDecodeError):
        said = raw.decode("utf-8")
        if said.isascii() and not is_address:
            return []
        return [(char, 3 * len(char.encode("utf-8"))) for char in said]
    old = raw.decode("cp1252", "replace")
    is_in_word = is_address and text[match.start() - 1 : match.start()].isalpha()
    return [(char, 3) for char in old] if is_in_word and old.isalpha() else []


def _of_programs(said: str) -> list[tuple[str, int]]:
    """Each character that `\\u00eb` says and its length there; two halves are one character."""
    pairs: list[tuple[str, int]] = []
    for match in _HEX.finditer(said):
        code = int(match[match.lastindex or 0], 16)
        if code > sys.maxunicode:
            return []
        char, length = chr(code), match.end() - match.start()
        if pairs and "\udc00" <= char <= "\udfff" and "\ud800" <= pairs[-1][0] <= "\udbff":
            high, before = pairs.pop()
            char = (high + char).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            length += before
        pairs.append((char, length))
    return [("\ufffd" if "\ud800" <= c <= "\udfff" else c, length) for c, length in pairs]
