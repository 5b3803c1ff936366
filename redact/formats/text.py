"""Plain text, read so that the same bytes can be written again.

A byte-order mark decides; else UTF-8; else what the steward says, or what was guessed
(redact/formats/encodings.py). Where that is unsure too, the error offers what it may be.
"""

from __future__ import annotations

import codecs
import errno
import stat
from array import array
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from redact.errors import BadInput, UsageError
from redact.formats.file_kinds import BY_SKIP, OR_SKIP
from redact.formats.format import RawFile
from redact.formats.offsets import as_offsets
from redact.formats.slots import WHOLE, Reading, Slot

LARGEST_FILE = 192 << 20  # bytes; a zip may unpack to more
MOST_PIECES = 3_000_000  # lines, cells, tags, values: each takes some 500 bytes of memory
BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, its encoding and byte-order mark."""

    text: str = field(repr=False)
    encoding: str
    bom: bytes = b""

    def encode(self, text: str) -> bytes:
        """Bytes of `text` in the file's own encoding."""
        return self.bom + text.encode(self.encoding)


def read_bytes(path: Path) -> bytes:
    """The file's bytes; BadInput naming it if they cannot be had, are none or too many."""
    try:
        there = path.stat()
        if not stat.S_ISREG(there.st_mode):  # a pipe would be waited for without end
            raise IsADirectoryError(errno.EISDIR, "it is no file")
        too_large = there.st_size > LARGEST_FILE
        data = b"" if too_large else path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"this file cannot be read ({error.strerror or 'unknown reason'})",
            where=str(path),
            remedy=f"Check that it exists and that you may read it, {OR_SKIP}.",
            command=BY_SKIP,
        ) from None
    if too_large:
        raise BadInput(
            f"this file is larger than {LARGEST_FILE >> 20} MB, which no transcript is",
            where=str(path),
            remedy="Take recordings and pictures out of it, or split it.",
        )
    if not data:
        raise BadInput(
            "this file is empty (0 bytes)",
            where=str(path),
            remedy=f"Export the transcript again, {OR_SKIP}.",
            command=BY_SKIP,
        )
    return data


def check_pieces(data: bytes, marks: bytes, where: str) -> None:
    """Raises BadInput if so many pieces begin or end with these marks that memory may not do."""
    if len(data) <= MOST_PIECES:
        return
    count = len(data) - len(data.translate(None, marks))
    if count > MOST_PIECES:
        raise BadInput(
            f"this file has {count:,} lines, cells, tags or values, more than {MOST_PIECES:,}",
            where=where,
            remedy="Split it into interviews.",
        )


def read_text(path: Path, encoding: str | None = None) -> DecodedText:
    """The text of a file in a known encoding; BadInput for undecodable bytes or no text."""
    return decode_text(read_bytes(path), str(path), encoding)


def decode_text(data: bytes, where: str, encoding: str | None = None) -> DecodedText:
    """The text of these bytes. `where` names them in errors."""
    bom, chosen = b"", encoding or "utf-8"
    for mark, named in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            bom, chosen = mark, named
            break
    try:
        chosen = codecs.lookup(chosen).name
        text = data[len(bom) :].decode(chosen)
        exact = text.encode(chosen) == data[len(bom) :]
    except LookupError:
        raise UsageError(
            f"there is no text encoding called {chosen!r}",
            where="--encoding",
            remedy="Use a name such as utf-8, cp1252 or mac-roman.",
        ) from None
    except UnicodeError as error:
        place = getattr(error, "start", 0) + len(bom)
        raise BadInput(
            f"byte {place} is not {chosen} text",
            where=where,
            remedy=_remedy(data, chosen),
        ) from None
    if not exact:
        raise BadInput(
            f"this {chosen} text cannot be written back byte for byte",
            where=where,
            remedy="Save it as UTF-8 and try again.",
        )
    if "\x00" in text:
        raise BadInput(
            f"character {text.index(chr(0))} is a NUL: this is not a plain text file",
            where=where,
            remedy="Export the transcript as plain text and try again.",
        )
    if not text.strip():
        raise BadInput(
            "this file holds no text",
            where=where,
            remedy=f"Export the transcript again, {OR_SKIP}.",
            command=BY_SKIP,
        )
    return DecodedText(text, chosen, bom)


def read(file: RawFile) -> Reading:
    """What a plain text says: all of it."""
    return reading_of(decode_text(file.data, file.where, file.encoding), file.data)


def reading_of(decoded: DecodedText, data: bytes) -> Reading:
    """A text as one stretch of words, with the bytes `data` that it was decoded from."""
    slot = Slot(start=0, end=len(decoded.text), at=len(decoded.bom), to=len(data), codec="plain")
    return Reading(
        text=decoded.text,
        slots=(slot,),
        parts={WHOLE: data},
        encoding=decoded.encoding,
        bom=decoded.bom,
    )


def _remedy(data: bytes, chosen: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or best.encoding in ("ascii", chosen):
        return "Save it as UTF-8 in your editor, or name its encoding with --encoding."
    guess = "cp1252" if best.encoding in ("cp1250", "cp1252", "latin_1") else best.encoding
    return (
        f"It may be {guess}: look at it in your editor and save it as UTF-8, "
        f"or add --encoding {guess} if the names then read right."
    )


_STRIDE = 2048


class ByteOffsets:
    """Where a character of a text stands in the bytes of its file; any order is quick."""

    def __init__(self, decoded: DecodedText) -> None:
        self._text, self._encoding = decoded.text, decoded.encoding
        length = len(decoded.text.encode(decoded.encoding))
        self._first = len(decoded.bom) if length == len(decoded.text) else None  # a byte each
        self._known = [len(decoded.bom)]  # at every so many characters
        for start in range(0, len(decoded.text), _STRIDE):
            piece = decoded.text[start : start + _STRIDE]
            self._known.append(self._known[-1] + len(piece.encode(decoded.encoding)))

    def __call__(self, at: int) -> int:
        """The byte at which character `at` begins."""
        if self._first is not None:
            return self._first + at
        number = at // _STRIDE
        piece = self._text[number * _STRIDE : at]
        return self._known[number] + len(piece.encode(self._encoding))

    def each(self, characters: array[int]) -> array[int]:
        """The bytes at which many characters begin."""
        places = np.frombuffer(characters, np.uint32).astype(np.int64)
        if self._first is not None:
            places += self._first
        else:
            pieces, behind = np.divmod(places, _STRIDE)
            known = np.array(self._known)
            firsts = range(0, len(self._text), _STRIDE)
            characters_in = [min(_STRIDE, len(self._text) - first) for first in firsts]
            is_wide = np.append(np.diff(known) != characters_in, True)
            places = known[pieces] + behind
            for n in np.flatnonzero(is_wide[pieces]).tolist():
                places[n] = self(characters[n])
        return as_offsets(places)
