"""The table of formats: which reader reads a file, and how the safe file is written.

To add a format: a module with `read`, a row here, and fixtures in tests/formats.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from redact.errors import BadInput, RedactError
from redact.formats import (
    captions,
    delimited,
    elan,
    html,
    opendocument,
    pdf_rtf,
    refi_qda,
    shared_strings,
    speech_json,
    word,
    workbook,
)
from redact.formats.archive import write_members
from redact.formats.encodings import guess_encoding
from redact.formats.slots import WHOLE, Edit, Reading, Slot, Spliced, splice_slots
from redact.formats.text import ByteOffsets, check_pieces, decode_text
from redact.formats.xml import everything_in
from redact.policy import Formats

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
CAPTION_SUFFIXES = frozenset({".vtt", ".srt"})
PAGE_SUFFIXES = frozenset({".html", ".htm"})
WRITTEN = (
    TEXT_SUFFIXES | CAPTION_SUFFIXES | PAGE_SUFFIXES | {".json", ".csv", ".tsv"}
)  # in some encoding
OFFICE = {".docx": word.read, ".odt": opendocument.read, ".xlsx": workbook.read,
          ".qdpx": refi_qda.read}  # fmt: skip
PRINTED = {".pdf": pdf_rtf.read_pdf, ".rtf": pdf_rtf.read_rtf}  # come out as .txt
SUFFIXES = WRITTEN | {*OFFICE, *PRINTED, ".eaf", ".qdc"}
DEFAULT = Formats()
_BASE64 = re.compile(r"[A-Za-z0-9+/]{12,}")


def read_file(
    data: bytes, name: str, where: str, handling: Formats = DEFAULT, encoding: str | None = None
) -> Reading:
    """What a file says, by its ending. `where` names it in errors.

    Without an `encoding`, that of a text file is UTF-8 or guessed, and the reading says so. Raises
    BadInput for an ending that is not read, and for what cannot be read whole.
    """
    check_suffix(name, where)
    suffix = Path(name).suffix.lower()
    if suffix in WRITTEN:
        check_pieces(data, b"\n\t,;<[{", where)
    if suffix in PAGE_SUFFIXES and encoding is None:
        encoding = html.declared_encoding(data)
    if suffix in WRITTEN and encoding is None and (guess := guess_encoding(data)):
        return replace(read_file(data, name, where, handling, guess), guessed=True)
    if suffix in PAGE_SUFFIXES:
        return html.read(data, where, handling, encoding)
    if suffix in TEXT_SUFFIXES:
        return _read_text(data, where, encoding)
    if suffix in CAPTION_SUFFIXES:
        return captions.read(data, where, handling, encoding)
    if suffix == ".eaf":
        return elan.read(data, where, handling)
    if suffix == ".qdc":
        return refi_qda.read_codebook(data, where)
    if suffix == ".json":
        return speech_json.read(data, where, handling, encoding)
    if suffix in (".csv", ".tsv"):
        return delimited.read(data, where, handling, suffix == ".tsv", encoding)
    if suffix in PRINTED:
        return PRINTED[suffix](data, where)
    return OFFICE[suffix](data, where, handling)


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
    return suffix if suffix in SUFFIXES and suffix not in PRINTED else ".txt"


def write_file(
    reading: Reading, edits: Iterable[Edit], name: str, handling: Formats = DEFAULT
) -> tuple[bytes, Spliced]:
    """The safe file, and the text it now has.

    Raises RedactError unless the file, read again, gives just that text.
    """
    edits = sorted(edits)
    with suppress(RedactError):
        return _write(reading, edits, name, handling)
    if reading.format == "xlsx":
        parts = shared_strings.unshared(reading.parts, name)
        reading = workbook.read(write_members(parts), name, handling)
    return _write(reading, told_apart(reading.text, edits), name, handling)


def told_apart(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with a blank after the label of a turn where it would be that of the turn before.

    Morag, then Morag MacLeod, are two turns; both [Person 1] would be read as one.
    """
    made = list(edits)
    before = ("", "")  # the label of the turn before, as it was and as it will be
    number = at = 0
    while at < len(text):
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        colon = text.find(":", at, line_end)
        safe, last = "", at
        while number < len(made) and made[number][0] < line_end:
            start, end, words = made[number]
            if end <= colon:
                safe += text[last:start] + words
                last = end
                if end == colon and safe == before[1] and text[at:colon] != before[0]:
                    made[number] = (start, end, f"{words} ")
                    safe += " "
            number += 1
        before = (text[at:colon], safe + text[last:colon]) if colon >= 0 else ("", "")
        at = line_end + 1
    return made


def _write(
    reading: Reading, edits: Sequence[Edit], name: str, handling: Formats
) -> tuple[bytes, Spliced]:
    spliced = splice_slots(reading, edits)
    data = spliced.parts[WHOLE] if WHOLE in spliced.parts else write_members(spliced.parts)
    if reading.format == "text":
        return data, spliced
    again = read_file(data, f"safe{safe_suffix(name)}", "the safe file", handling, reading.encoding)
    if again.text != spliced.text:
        raise RedactError(
            "the safe file would not say what it should",
            where=name,
            remedy="Nothing was written. Please report it with the kind of file.",
        )
    return data, spliced


def _read_text(data: bytes, where: str, encoding: str | None) -> Reading:
    decoded = decode_text(data, where, encoding)
    offsets = ByteOffsets(decoded)
    slot = Slot(0, len(decoded.text), WHOLE, offsets(0), len(data), "plain")
    return Reading("text", decoded.text, (slot,), {WHOLE: data}, decoded.encoding, decoded.bom)


def beside_the_text(
    data: bytes, name: str, handling: Formats = DEFAULT, encoding: str | None = None
) -> Iterator[tuple[str, str]]:
    """Every part of a safe file and all that stands in it beside its text, for the release gate.

    Markup is read as its texts, attribute values and comments, so that entities are read and runs
    joined; other bytes as UTF-8 and UTF-16; what looks like base64 is decoded as well. Raises
    BadInput for a file that cannot be read whole.
    """
    reading = read_file(data, name, name, handling, encoding)
    spoken: dict[str, list[Slot]] = {}
    for slot in reading.slots:
        spoken.setdefault(slot.part, []).append(slot)
    for part, raw in reading.parts.items():
        rest = _without(raw, spoken.get(part, []))
        if reading.format == "html":
            read = html.everything_in(rest.decode(reading.encoding, "replace"))
        elif rest.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            read = everything_in(rest, f"{name}, {part}")
        else:
            read = rest.decode(reading.encoding if part == WHOLE else "utf-8", "replace")
        if b"\0" in rest:
            read += "\n" + "\n".join(rest[at:].decode("utf-16-le", "replace") for at in (0, 1))
        yield part, "\n".join([part, read, *_decoded(read)])


def _without(raw: bytes, slots: list[Slot]) -> bytes:
    pieces, at = [], 0
    for slot in sorted(slots, key=lambda slot: slot.at):
        if slot.at >= at:
            pieces.append(raw[at : slot.at])
            at = slot.to
    return b"".join([*pieces, raw[at:]])


def _decoded(text: str) -> Iterator[str]:
    """What runs of base64 say, where they say text."""
    for match in _BASE64.finditer(text):
        for shift in range(4):
            run = match[0][shift:]
            with suppress(ValueError):
                said = base64.b64decode(run[: len(run) // 4 * 4]).decode("utf-8", "ignore")
                if sum(c.isalpha() or c == " " for c in said) > len(said) * 0.7:
                    yield said
