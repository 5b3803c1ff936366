"""Every word of every file that is found is blanked; what is written opens in another reader.

    python -m tests.formats.sweep FOLDER

For maintainers, with files that other programs wrote: each is read, each of its words gives way to
letters that stand for that word alone, and the safe file is read by us, by gate G6 and by a reader
that is not ours. A row a file says how far
it came; no word of a file is shown. Exit 1 if one that was read could not be written or opened.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from redact.errors import BadInput, RedactError
from redact.formats.content import holds_turns, true_ending
from redact.formats.registry import check_suffix, read_file, safe_suffix, write_file
from redact.formats.slots import Edit
from redact.release.unread import unread

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")  # no part of a code
_LETTERS = "bcdfghjkmnpqrstvwz"


def _docx(data: bytes) -> None:
    import docx

    docx.Document(io.BytesIO(data))


def _odt(data: bytes) -> None:
    import odfdo

    odfdo.Document(io.BytesIO(data))


def _xlsx(data: bytes) -> None:
    import openpyxl

    openpyxl.load_workbook(io.BytesIO(data))


def _vtt(data: bytes) -> None:
    import webvtt

    webvtt.from_buffer(io.StringIO(data.decode("utf-8-sig")))


def _srt(data: bytes) -> None:
    import srt

    list(srt.parse(data.decode("utf-8-sig"), ignore_errors=True))


def _eaf(data: bytes) -> None:
    import pympi

    with tempfile.NamedTemporaryFile(suffix=".eaf") as file:
        file.write(data)
        file.flush()
        pympi.Elan.Eaf(file.name)


def _textgrid(data: bytes) -> None:
    import pympi

    with tempfile.NamedTemporaryFile(suffix=".TextGrid") as file:
        file.write(data)
        file.flush()
        codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        pympi.Praat.TextGrid(file.name, codec=codec)


def _qdpx(data: bytes) -> None:
    from pyrefiqda import RefiProject

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.qdpx"
        path.write_bytes(data)
        RefiProject.load(path, folder)


def _xml(data: bytes) -> None:
    etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _json_lines(data: bytes) -> None:
    for line in data.decode("utf-8-sig").splitlines():
        if line.strip():
            json.loads(line)


def _table(data: bytes) -> None:
    text = data.decode("utf-8-sig", "replace")
    between = max(",;\t", key=text.partition("\n")[0].count)
    list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between))


def _page(data: bytes) -> None:
    import lxml.html

    lxml.html.fromstring(data)


def _text(data: bytes) -> None:
    if not data.strip():
        raise ValueError("nothing is left")


def _json(data: bytes) -> None:
    json.loads(data.decode("utf-8-sig"))


# By the ending of the safe file, a reader that shares no code with ours.
READERS: Mapping[str, tuple[str, Callable[[bytes], None]]] = {
    ".docx": ("python-docx", _docx),
    ".odt": ("odfdo", _odt),
    ".xlsx": ("openpyxl", _xlsx),
    ".vtt": ("webvtt-py", _vtt),
    ".srt": ("srt", _srt),
    ".eaf": ("pympi-ling", _eaf),
    ".textgrid": ("pympi-ling", _textgrid),
    ".qdpx": ("pyrefiqda", _qdpx),
    ".csv": ("csv", _table),
    ".tsv": ("csv", _table),
    ".json": ("json", _json),
    ".otr": ("json", _json),
    ".jsonl": ("json", _json_lines),
    ".html": ("lxml", _page),
    ".htm": ("lxml", _page),
    **dict.fromkeys((".xml", ".exb", ".flk", ".fln", ".tei", ".trs", ".qdc"), ("lxml", _xml)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """A file's name, how it was read, what became of it, and whether that is wrong."""

    name: str
    format: str
    result: str
    reader: str = ""
    is_wrong: bool = False


def _blank(number: int) -> str:
    """Letters that no word has, others for each number."""
    letters = "x"
    while number or len(letters) < 5:
        number, digit = divmod(number, len(_LETTERS))
        letters += _LETTERS[digit]
    return letters


def swept(path: Path) -> Swept:
    """A file with a blank for each word, written and opened by another reader."""
    data = path.read_bytes()
    suffix = true_ending(data, path.suffix.lower())
    if suffix == ".jsonl" and not holds_turns(data):
        return Swept(name=path.name, format="", result="a list of transcripts: not swept")
    name = f"a{suffix}"
    known = ""
    try:
        known = check_suffix(name, "the file").name
        reading = read_file(data, name, "the file")
    except BadInput as refused:
        what = str(refused).partition(": ")[2] or str(refused)
        return Swept(name=path.name, format=known, result=f"refused: {what[:90]}")
    blanks: dict[str, str] = {}
    edits = [
        Edit(*match.span(), blanks.setdefault(match[0].casefold(), _blank(len(blanks))))
        for match in _WORD.finditer(reading.text)
    ]
    reader, opens = READERS.get(safe_suffix(name), ("", _text))
    try:
        written = write_file(reading, edits, name)
        opens(written.data)
    except RedactError as error:
        return Swept(name=path.name, format=known, result=f"not written: {error}", is_wrong=True)
    except Exception as error:  # noqa: BLE001 whatever another reader raises
        kind = type(error).__name__
        return Swept(
            name=path.name,
            format=known,
            result=f"not opened ({kind})",
            reader=reader,
            is_wrong=True,
        )
    encoding = None if safe_suffix(name) != suffix else reading.encoding
    again = read_file(written.data, f"a{safe_suffix(name)}", "the safe file", encoding=encoding)
    if again.dropped or unread(
        f"a{safe_suffix(name)}", written.data, written.text, reading.encoding
    ):
        return Swept(
            name=path.name, format=known, result="G6 found more", reader=reader, is_wrong=True
        )
    return Swept(name=path.name, format=known, result=f"{len(edits):,} words", reader=reader)


def main(folder: Path) -> int:
    """Prints a row for each file of a folder; the number of those that went wrong."""
    rows = [swept(path) for path in sorted(folder.rglob("*")) if path.is_file()]
    print("| file | read as | result | opened by |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row.name} | {row.format} | {row.result} | {row.reader} |")
    wrong = sum(row.is_wrong for row in rows)
    refused = sum(row.result.startswith("refused") for row in rows)
    through = len(rows) - wrong - refused
    print(f"\n{len(rows)} files: {through} through, {refused} refused, {wrong} wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
