"""FORMATS, the table of formats, and the two doors to it: reading a file, writing the safe one.

To add a format: a module with `read`, a row here, and fixtures in tests/formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from redact.errors import BadInput, RedactError
from redact.formats import (
    captions,
    chat,
    delimited,
    elan,
    html,
    inqscribe,
    opendocument,
    otranscribe,
    pdf_rtf,
    plain_word,
    praat,
    refi_qda,
    shared_strings,
    speech_json,
    spoken_xml,
    text,
    word,
    workbook,
)
from redact.formats.archive import write_members
from redact.formats.attempts import Attempt, attempts_at, said_alike, says, with_blanks
from redact.formats.encodings import guess_encoding
from redact.formats.file_kinds import BY_SKIP, OR_SKIP, kind_of
from redact.formats.format import BY_DEFAULT, Format, RawFile
from redact.formats.labels import told_apart
from redact.formats.places import Placed, as_read, placed_of
from redact.formats.slots import WHOLE, Edit, Reading, the_only_part
from redact.formats.splicing import Spliced, splice_slots
from redact.formats.sweeps import no_sweeps
from redact.policy import Handling
from redact.transcript.folding import hidden_writing

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
        write=plain_word.write,
        safe_suffix=".docx",
        unwritable=plain_word.NOT_IN_XML,
    ),
    Format(
        name="rich text",
        suffixes=(".rtf",),
        read=pdf_rtf.read_rtf,
        write=plain_word.write,
        safe_suffix=".docx",
        unwritable=plain_word.NOT_IN_XML,
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
        name="JSON lines of turns",
        suffixes=(".jsonl",),
        read=speech_json.read_lines,
        write=the_only_part,
        is_encoded=True,
    ),
    Format(
        name="ELAN annotations",
        suffixes=(".eaf",),
        read=elan.read,
        write=the_only_part,
    ),
    Format(
        name="transcript in XML",
        suffixes=(".xml", ".exb", ".flk", ".fln", ".tei", ".trs"),
        read=spoken_xml.read,
        write=the_only_part,
    ),
    Format(
        name="Praat TextGrid",
        suffixes=(".textgrid",),
        read=praat.read,
        write=the_only_part,
        is_encoded=True,
    ),
    Format(
        name="CHAT transcript",
        suffixes=(".cha",),
        read=chat.read,
        write=the_only_part,
        is_encoded=True,
    ),
    Format(
        name="oTranscribe document",
        suffixes=(".otr",),
        read=otranscribe.read,
        write=the_only_part,
        is_encoded=True,
        beside=otranscribe.everything_in,
    ),
    Format(
        name="InqScribe document",
        suffixes=(".inqscr",),
        read=inqscribe.read,
        write=the_only_part,
        is_encoded=True,
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


def check_suffix(name: str, where: str, was_called: str | None = None) -> Format:
    """The format of a file of this name; BadInput for an ending that is not read.

    `was_called` is the file's own name, if its content made it another.
    """
    known = format_of(name)
    if known is not None:
        return known
    suffix = _suffix(name)
    kind = kind_of(suffix)
    if kind is None:
        what = f"this version does not read {suffix or 'files without an ending'}"
        remedy = (
            f"It reads {', '.join(sorted(_BY_SUFFIX))}. If it is a transcript, save it as plain "
            f"text (or, if it is that, put .txt behind its name); else move it out, {OR_SKIP}."
        )
    else:
        what = kind.what(suffix)
        if was_called is not None:
            what = f"its name says {_suffix(was_called) or 'nothing'}, but {what}"
        remedy = f"{kind.what_to_do()}, {OR_SKIP}."
    raise BadInput(what, where=where, remedy=remedy, command=BY_SKIP)


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


def keeps_all(reading: Reading, name: str) -> bool:
    """Whether the safe file surely has all that the source has, but for the words replaced.

    Not where words stand again, maybe in capitals, or go whole with the mark between them.
    """
    is_plain = not any(slot.layer or slot.gone for slot in reading.slots) and not any(
        row.layer or row.can_go for row in reading.rows
    )
    is_whole = WHOLE in reading.parts and not reading.cuts
    return is_plain and is_whole and safe_suffix(name) == _suffix(name)


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
    try:
        with no_sweeps():
            reading = _read(file, known)
    except RecursionError:
        raise BadInput(
            "its parts stand in one another too deep to be read",
            where=where,
            remedy="Save it again from the program that made it, or save it as text.",
        ) from None
    if (at := hidden_writing(reading.text)) is not None:
        raise BadInput(
            "many marks that nobody sees stand in a row here, in which something may be written",
            where=f"{where}, line {reading.text.count(chr(10), 0, at) + 1} of its text",
            remedy="Delete what is around that place, write it anew, and try again.",
        )
    return reading


def _read(file: RawFile, known: Format) -> Reading:
    encoding = file.encoding
    if not known.is_encoded:
        return known.read(file)
    text.check_pieces(file.data, _PIECES, file.where)
    if encoding is None and known.declared_encoding:
        encoding = known.declared_encoding(file.data)
    if encoding is None and (guess := guess_encoding(file.data)):
        return replace(known.read(replace(file, encoding=guess)), guessed=True)
    return known.read(replace(file, encoding=encoding))


def write_file(
    reading: Reading, edits: Iterable[Edit], name: str, handling: Handling = BY_DEFAULT
) -> Written:
    """The safe file. Raises RedactError unless it says, read again, what it should; BadInput for a
    file that could not be written either if nothing in it were to be replaced.

    Where an edit runs over an edge of the file it is made in pieces: `placed` has each of them, and
    the blanks that stand for what the file cannot hold.
    """
    tried: list[Attempt] = []
    known = format_of(name)
    ordered = with_blanks(reading.text, edits, known.unwritable if known else None)
    for attempt in attempts_at(reading, ordered):
        if attempt in tried:
            continue
        tried.append(attempt)
        with suppress(RedactError):
            return _written_apart(reading, attempt, name, handling)
    _require_writable(reading, name, handling)
    raise RedactError(
        "the safe file would not say what it should",
        where=name,
        remedy="Nothing was written. Please report it with the kind of file.",
    )


def _require_writable(reading: Reading, name: str, handling: Handling) -> None:
    """Raises BadInput where the file itself cannot be written: a part of it is damaged."""
    try:
        _written(reading, Attempt(edits=(), to_the_letter=True), name, handling)
    except BadInput:
        raise
    except RedactError:
        return


def _written_apart(reading: Reading, attempt: Attempt, name: str, handling: Handling) -> Written:
    """The safe file, if need be with places told apart that these edits make one."""
    try:
        return _written(reading, attempt, name, handling)
    except RedactError:
        known = format_of(name)
        unshared = known.unshared if known else None
        if unshared is not None and known is not None:
            parts = unshared(reading.parts, name)
            reading = read_file(known.write(parts), name, name, handling)
        apart = said_alike(reading, told_apart(reading.text, attempt.edits))
        if unshared is None and apart == attempt.edits:
            raise
    return _written(reading, replace(attempt, edits=apart), name, handling)


def splice_file(reading: Reading, edits: Iterable[Edit], name: str) -> bytes:
    """The bytes of the file with other words in it; nobody has read them again."""
    return _put_together(splice_slots(reading, edits), name)


def _put_together(spliced: Spliced, name: str) -> bytes:
    return (format_of(name) or PLAIN_TEXT).write(spliced.parts)


def _written(reading: Reading, attempt: Attempt, name: str, handling: Handling) -> Written:
    suffix = safe_suffix(name)
    with no_sweeps():
        spliced = splice_slots(reading, attempt.edits)
        data = _put_together(spliced, name)
        said, edits, made = spliced.text, spliced.edits, spliced.made
        del spliced  # of a zip the parts need the memory
    again = read_file(data, f"safe{suffix}", "the safe file", handling, reading.encoding)
    if suffix != _suffix(name) and not said.endswith("\n"):
        said += "\n"  # it is made anew, with an end to the last line
    if again.text != said and (attempt.to_the_letter or not says(again, said)):
        raise RedactError("the safe file would not say this", where=name)
    placed = placed_of(edits, made)
    if again.text != said:  # by a blank for a line's end
        placed = as_read(placed, said, again.text)
    return Written(data, again, placed)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
