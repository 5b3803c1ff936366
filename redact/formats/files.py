"""The table of formats: which reader reads a file, and how the safe file is written.

To add a format: a module with `read`, a row here, and fixtures in tests/formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from redact.errors import BadInput, RedactError
from redact.formats import captions, word
from redact.formats.archive import write_members
from redact.formats.slots import WHOLE, Edit, Reading, Slot, Spliced, splice_slots
from redact.formats.text import ByteOffsets, decode_text
from redact.policy import Formats

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
CAPTION_SUFFIXES = frozenset({".vtt", ".srt"})
ZIPPED_SUFFIXES = frozenset({".docx"})
SUFFIXES = TEXT_SUFFIXES | CAPTION_SUFFIXES | ZIPPED_SUFFIXES
DEFAULT = Formats()


def read_file(
    data: bytes, name: str, where: str, handling: Formats = DEFAULT, encoding: str | None = None
) -> Reading:
    """What a file says, by its ending. `where` names it in errors.

    Raises BadInput for an ending that is not read, and for what cannot be read whole.
    """
    check_suffix(name, where)
    suffix = Path(name).suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return _read_text(data, where, encoding)
    if suffix in CAPTION_SUFFIXES:
        reading = captions.read(data, where, encoding)
    else:
        reading = word.read(data, where, handling)
    if not reading.text.strip():
        raise BadInput(
            "nothing is said in this file",
            where=where,
            remedy="Export the transcript again, or leave it out.",
        )
    return reading


def check_suffix(name: str, where: str) -> None:
    """Raises BadInput for an ending that is not read."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(
            f"this version does not read {suffix or 'files without an ending'}",
            where=where,
            remedy=f"It reads {', '.join(sorted(SUFFIXES))}. Save it as plain text.",
        )


def stem_of(name: str) -> str:
    """A file's name without the ending of a format; other names as they are."""
    return Path(name).stem if Path(name).suffix.lower() in SUFFIXES else name


def safe_suffix(name: str) -> str:
    """The ending of the safe file."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in SUFFIXES else ".txt"


def write_file(
    reading: Reading, edits: Iterable[Edit], name: str, handling: Formats = DEFAULT
) -> tuple[bytes, Spliced]:
    """The safe file, and the text it now has.

    Raises RedactError unless the file, read again, gives just that text.
    """
    spliced = splice_slots(reading, edits)
    data = spliced.parts[WHOLE] if WHOLE in spliced.parts else write_members(spliced.parts)
    if reading.format == "text":
        return data, spliced
    again = read_file(data, f"safe{safe_suffix(name)}", "the safe file", handling, reading.encoding)
    if again.text != spliced.text:
        raise RedactError(
            "the safe file does not say what it should",
            where="redact replace",
            remedy="Nothing was written. Please report it with the kind of file.",
        )
    return data, spliced


def _read_text(data: bytes, where: str, encoding: str | None) -> Reading:
    decoded = decode_text(data, where, encoding)
    offsets = ByteOffsets(decoded)
    slot = Slot(0, len(decoded.text), WHOLE, offsets(0), len(data), "plain")
    return Reading("text", decoded.text, (slot,), {WHOLE: data}, decoded.encoding, decoded.bom)
