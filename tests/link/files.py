"""Files of every format with given lines in them, the words cut into runs, cells and cues anyhow.

Each maker takes lines as somebody typed them; a line may hold half a name, and a run, cell or cue
ends wherever it falls.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from random import Random

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.formats.exports import shapes
from tests.formats.test_opendocument import odt
from tests.formats.test_refi_qda import project
from tests.formats.test_word import with_body


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, and by whom; nobody's name where it is not known."""

    speaker: str = field(repr=False)
    words: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.speaker}: {self.words}" if self.speaker else self.words


Lines = Sequence[Line]


def runs(random: Random, said: str) -> Iterator[str]:
    """The words in up to four pieces, cut anywhere."""
    cuts = sorted(random.randrange(len(said) + 1) for _ in range(random.randrange(4)))
    for start, end in zip((0, *cuts), (*cuts, len(said)), strict=True):
        if said[start:end]:
            yield said[start:end]


def clock(seconds: int, mark: str) -> str:
    return f"00:{seconds // 60:02}:{seconds % 60:02}{mark}000"


def as_docx(random: Random, lines: Lines) -> bytes:
    def paragraph(said: str) -> str:
        made = "".join(
            f"<w:r>{'<w:rPr><w:b/></w:rPr>' if random.random() < 0.3 else ''}"
            f'<w:t xml:space="preserve">{escape(one)}</w:t></w:r>'
            for one in runs(random, said)
        )
        return f"<w:p>{made}</w:p>"

    if random.random() < 0.3:
        rows = (
            f"<w:tr><w:tc>{paragraph(one.speaker)}</w:tc><w:tc>{paragraph(one.words)}</w:tc></w:tr>"
            for one in lines
        )
        return with_body(f"<w:tbl>{''.join(rows)}</w:tbl><w:p/>")
    return with_body("".join(paragraph(str(one)) for one in lines))


def as_odt(random: Random, lines: Lines) -> bytes:
    def paragraph(said: str) -> str:
        pieces = (f"<text:span>{escape(one)}</text:span>" for one in runs(random, said))
        return f"<text:p>{''.join(pieces)}</text:p>"

    return odt("".join(paragraph(str(one)) for one in lines))


def as_html(random: Random, lines: Lines) -> bytes:
    def paragraph(said: str) -> str:
        pieces = (
            f"<b>{escape(one)}</b>" if random.random() < 0.4 else escape(one)
            for one in runs(random, said)
        )
        return f"<p>{''.join(pieces)}</p>\n"

    body = "".join(paragraph(str(one)) for one in lines)
    return f'<html><head><meta charset="UTF-8"></head><body>{body}</body></html>'.encode()


def as_xlsx(random: Random, lines: Lines) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["speaker", "text", "note"])
    for one in lines:
        blocks = [
            TextBlock(InlineFont(b=random.random() < 0.5), said) for said in runs(random, one.words)
        ]
        note = one.words if random.random() < 0.2 else ""
        words = CellRichText(*blocks) if random.random() < 0.5 else one.words
        sheet.append([one.speaker, words, note])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_table(delimiter: str) -> Callable[[Random, Lines], bytes]:
    def made(random: Random, lines: Lines) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow(["speaker", "text", "given", "family"])
        for one in lines:
            given, _, family = one.speaker.partition(" ")
            listed = [given, family] if random.random() < 0.3 else ["", ""]
            writer.writerow([one.speaker, one.words, *listed])
        return out.getvalue().encode()

    return made


def cues(random: Random, lines: Lines) -> Iterator[tuple[int, str]]:
    """Each line in one cue or several, by their seconds."""
    at = 0
    for line in lines:
        words = line.words.split(" ")
        cut = random.randrange(len(words)) if random.random() < 0.4 else 0
        halves = (str(replace(line, words=" ".join(words[:cut]))), " ".join(words[cut:]))
        for said in halves if cut else (str(line),):
            if said.strip():
                at += 3
                yield at, said.strip()


def as_vtt(random: Random, lines: Lines) -> bytes:
    made = (
        f"{clock(at, '.')} --> {clock(at + 2, '.')}\n{escape(said, quote=False)}\n"
        for at, said in cues(random, lines)
    )
    return ("WEBVTT\n\n" + "\n".join(made)).encode()


def as_srt(random: Random, lines: Lines) -> bytes:
    made = (
        f"{number}\n{clock(at, ',')} --> {clock(at + 2, ',')}\n{said}\n"
        for number, (at, said) in enumerate(cues(random, lines), start=1)
    )
    return "\n".join(made).encode()


def as_json(random: Random, lines: Lines) -> bytes:
    half = max(1, len(lines) // 2)
    name = lines[-1].speaker or "Ann"
    asks, answers = (" ".join(one.words for one in some) for some in (lines[:half], lines[half:]))
    _, shape = random.choice(list(shapes(asks, answers, name)))
    return json.dumps(shape).encode()


def as_eaf(random: Random, lines: Lines) -> bytes:
    tiers: dict[str, list[str]] = {}
    slots = []
    for number, one in enumerate(lines):
        slots += [
            f'<TIME_SLOT TIME_SLOT_ID="ts{2 * number + half}" TIME_VALUE="{number * 9 + half}"/>'
            for half in (1, 2)
        ]
        tiers.setdefault(one.speaker or "R", []).append(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" '
            f'TIME_SLOT_REF1="ts{2 * number + 1}" TIME_SLOT_REF2="ts{2 * number + 2}">'
            f"<ANNOTATION_VALUE>{escape(one.words)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>"
            "</ANNOTATION>"
        )
    made = "".join(
        f'<TIER LINGUISTIC_TYPE_REF="default-lt" TIER_ID="{escape(name)}">{"".join(said)}</TIER>'
        for name, said in tiers.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-02T03:0'
        '4:05+00:00" FORMAT="3.0" VERSION="3.0"><HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>'
        f"<TIME_ORDER>{''.join(slots)}</TIME_ORDER>{made}"
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>'
        "</ANNOTATION_DOCUMENT>"
    ).encode()


def as_qdpx(random: Random, lines: Lines) -> bytes:
    text = "\n".join(map(str, lines))
    places = [sorted(random.randrange(len(text) + 1) for _ in range(2)) for _ in range(3)]
    codings = [(start, end) for start, end in places if start < end]
    return project(codings, text=text, origin="Taguette")


def as_rtf(random: Random, lines: Lines) -> bytes:
    def written(said: str) -> str:
        return "".join(
            f"\\{one}" if one in "\\{}" else one if one.isascii() else f"\\u{ord(one)}?"
            for one in said
        )

    made = "".join(
        "".join(f"{{\\b {written(one)}}}" for one in runs(random, str(line))) + "\\par\n"
        for line in lines
    )
    return f"{{\\rtf1\\ansi {made}}}".encode("ascii")


def as_text(random: Random, lines: Lines) -> bytes:
    end = random.choice(("\n", "\n\n", "\r\n"))
    return end.join(map(str, lines)).encode()


MAKERS: dict[str, Callable[[Random, Lines], bytes]] = {
    ".txt": as_text,
    ".md": as_text,
    ".docx": as_docx,
    ".odt": as_odt,
    ".html": as_html,
    ".xlsx": as_xlsx,
    ".csv": _as_table(","),
    ".tsv": _as_table("\t"),
    ".vtt": as_vtt,
    ".srt": as_srt,
    ".json": as_json,
    ".eaf": as_eaf,
    ".qdpx": as_qdpx,
    ".rtf": as_rtf,
}


_ENDS = re.compile(r"</(?:w:p|text:p|p|si|c|row|ANNOTATION_VALUE|PlainTextContent)>")
_VALUES = re.compile(r'="([^"]*)"')
_TAGS = re.compile(r"<[^<>]*>")
_SPEAKER_CELL = re.compile(r"^([^\t\n]*)\t", re.MULTILINE)


def unpacked(data: bytes) -> Iterator[str]:
    """All that somebody reads who opens the file by other means: its members, tags aside."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            parts = [*names, *(archive.read(one).decode() for one in names)]
    else:
        parts = [_SPEAKER_CELL.sub(r"\1: ", data.decode())]  # who speaks is no part of a name there
    for part in parts:
        if part.lstrip("\ufeff").startswith("<"):
            yield unescape(_TAGS.sub("", _ENDS.sub("\n|\n", part)))
            yield from map(unescape, _VALUES.findall(part))
        else:
            yield part
