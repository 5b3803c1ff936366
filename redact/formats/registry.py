"""FORMATS, the table of formats, and the two doors to it: reading a file, writing the safe one.

To add a format: a module with `read`, a row here, and fixtures in tests/formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath

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
    text,
    word,
    workbook,
)
from redact.formats.archive import write_members
from redact.formats.encodings import guess_encoding
from redact.formats.format import BY_DEFAULT, Format, RawFile
from redact.formats.labels import told_apart
from redact.formats.slots import Edit, Placed, Reading, Spliced, splice_slots, the_only_part
from redact.policy import Handling

PLAIN_TEXT = Format(
    name="plain text",
    suffixes=(".txt", ".text", ".md"),
    read=text.read,
    write=the_only_part,
    is_encoded=True,
)
FORMATS = (
    PLAIN_TEXT,
    Format(
        name="Word",
        suffixes=(".docx",),
        read=word.read,
        write=write_members,
    ),
    Format(
        name="OpenDocument text",
        suffixes=(".odt",),
        read=opendocument.read,
        write=write_members,
    ),
    Format(
        name="captions",
        suffixes=(".vtt", ".srt"),
        read=captions.read,
        write=the_only_part,
        is_encoded=True,
    ),
    Format(
        name="comma-separated table",
        suffixes=(".csv",),
        read=delimited.read_csv,
        write=the_only_part,
        is_encoded=True,
    ),
    Format(
        name="tab-separated table",
        suffixes=(".tsv",),
        read=delimited.read_tsv,
        write=the_only_part,
        is_encoded=True,
    ),
    Format(
        name="Excel workbook",
        suffixes=(".xlsx",),
        read=workbook.read,
        write=write_members,
        unshared=shared_strings.unshared,
    ),
    Format(
        name="web page",
        suffixes=(".html", ".htm"),
        read=html.read,
        write=the_only_part,
        is_encoded=True,
        declared_encoding=html.declared_encoding,
        beside=html.everything_in,
    ),
    Format(
        name="PDF",
        suffixes=(".pdf",),
        read=pdf_rtf.read_pdf,
        write=the_only_part,
        safe_suffix=".txt",
    ),
    Format(
        name="rich text",
        suffixes=(".rtf",),
        read=pdf_rtf.read_rtf,
        write=the_only_part,
        safe_suffix=".txt",
    ),
    Format(
        name="REFI-QDA project",
        suffixes=(".qdpx",),
        read=refi_qda.read,
        write=write_members,
    ),
    Format(
        name="REFI-QDA codebook",
        suffixes=(".qdc",),
        read=refi_qda.read_codebook,
        write=the_only_part,
    ),
    Format(
        name="JSON of speech recognition",
        suffixes=(".json",),
        read=speech_json.read,
        write=the_only_part,
        is_encoded=True,
    ),
    Format(
        name="ELAN annotations",
        suffixes=(".eaf",),
        read=elan.read,
        write=the_only_part,
    ),
)
_BY_SUFFIX = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}
_PIECES = b"\n\t,;<[{"  # with these a line, cell, tag, list or object begins


@dataclass(frozen=True, slots=True)
class Written:
    """A safe file: its bytes, how it reads, and where each edit stands in its text."""

    data: bytes = field(repr=False)
    reading: Reading
    placed: tuple[Placed, ...]

    @property
    def text(self) -> str:
        return self.reading.text


def format_of(name: str) -> Format | None:
    """The format of a file of this name; None if it is not read."""
    return _BY_SUFFIX.get(_suffix(name))


def check_suffix(name: str, where: str) -> Format:
    """The format of a file of this name; BadInput for an ending that is not read."""
    known = format_of(name)
    if known is None:
        raise BadInput(
            f"this version does not read {_suffix(name) or 'files without an ending'}",
            where=where,
            remedy=f"It reads {', '.join(sorted(_BY_SUFFIX))}. Save it as plain text.",
        )
    return known


def stem_of(name: str) -> str:
    """A file's name without the ending of a format; other names as they are."""
    return PurePath(name).stem if format_of(name) else name


def safe_suffix(name: str) -> str:
    """The ending of the safe file; that of plain text for names without a format."""
    known = format_of(name)
    return (known.safe_suffix or _suffix(name)) if known else ".txt"


def is_plain_text(name: str) -> bool:
    """Whether a file of this name is its text and nothing else."""
    return format_of(name) is PLAIN_TEXT


def read_file(
    data: bytes,
    name: str,
    where: str,
    handling: Handling = BY_DEFAULT,
    encoding: str | None = None,
) -> Reading:
    """What a file says, by its ending. `where` names it in errors.

    Without an `encoding`, that of a text file is UTF-8 or guessed, and the reading says so. Raises
    BadInput for an ending that is not read, and for what cannot be read whole.
    """
    known = check_suffix(name, where)
    file = RawFile(data=data, where=where, handling=handling, encoding=encoding)
    if not known.is_encoded:
        return known.read(file)
    text.check_pieces(data, _PIECES, where)
    if encoding is None and known.declared_encoding:
        encoding = known.declared_encoding(data)
    if encoding is None and (guess := guess_encoding(data)):
        return replace(known.read(replace(file, encoding=guess)), guessed=True)
    return known.read(replace(file, encoding=encoding))


def write_file(
    reading: Reading, edits: Iterable[Edit], name: str, handling: Handling = BY_DEFAULT
) -> Written:
    """The safe file. Raises RedactError unless it says, read again, what it should."""
    edits = sorted(edits)
    with suppress(RedactError):
        return _written(reading, edits, name, handling)
    known = format_of(name)
    if known and known.unshared:
        parts = known.unshared(reading.parts, name)
        reading = read_file(known.write(parts), name, name, handling)
    return _written(reading, told_apart(reading.text, edits), name, handling)


def splice_file(reading: Reading, edits: Iterable[Edit], name: str) -> bytes:
    """The bytes of the file with other words in it; nobody has read them again."""
    return _put_together(splice_slots(reading, edits), name)


def _put_together(spliced: Spliced, name: str) -> bytes:
    return _BY_SUFFIX[safe_suffix(name)].write(spliced.parts)


def _written(reading: Reading, edits: Sequence[Edit], name: str, handling: Handling) -> Written:
    suffix = safe_suffix(name)
    spliced = splice_slots(reading, edits)
    data = _put_together(spliced, name)
    again = read_file(data, f"safe{suffix}", "the safe file", handling, reading.encoding)
    if again.text != spliced.text:
        raise RedactError(
            "the safe file would not say what it should",
            where=name,
            remedy="Nothing was written. Please report it with the kind of file.",
        )
    return Written(data, again, spliced.placed)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
