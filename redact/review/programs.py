"""What goes out to doccano, Label Studio, a table or a workbook: each program's own bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from redact.core import LABELS, Mention, Transcript
from redact.review.decide import text_digest

NO_NAME = "no name"
COLUMNS = ("transcript", "sha256", "start", "end", "label", "words", "before", "after", "decision")
XML_CANNOT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTEXT = 50
_MORE_ROWS = 500  # for names that were missed
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _doccano(rows: Iterable[tuple[Transcript, tuple[Mention, ...]]]) -> bytes:
    lines = (
        json.dumps(
            {
                "id": transcript.id,
                "text": transcript.text,
                "label": [[m.start, m.end, m.label] for m in mentions],
                "meta": {"doc": transcript.id, "sha256": text_digest(transcript.text)},
            },
            ensure_ascii=False,
        )
        for transcript, mentions in rows
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _label_studio(rows: Iterable[tuple[Transcript, tuple[Mention, ...]]]) -> bytes:
    def result(transcript: Transcript, mention: Mention) -> dict[str, Any]:
        words = transcript.text[mention.start : mention.end]
        value = {
            "start": mention.start,
            "end": mention.end,
            "text": words,
            "labels": [mention.label],
        }
        return {"from_name": "label", "to_name": "text", "type": "labels", "value": value}

    tasks = [
        {
            "data": {"text": t.text, "doc": t.id, "sha256": text_digest(t.text)},
            "annotations": [{"result": [result(t, mention) for mention in mentions]}],
        }
        for t, mentions in rows
    ]
    return json.dumps(tasks, ensure_ascii=False, indent=1).encode("utf-8")


def _cells(
    rows: Iterable[tuple[Transcript, tuple[Mention, ...]]],
) -> Iterator[tuple[str | int, ...]]:
    """A row a mention, in the order of COLUMNS, with the decision left empty."""
    for transcript, mentions in rows:
        digest = text_digest(transcript.text)
        for m in mentions:
            around = (
                transcript.text[m.start : m.end],
                transcript.text[max(0, m.start - _CONTEXT) : m.start],
                transcript.text[m.end : m.end + _CONTEXT],
            )
            yield (transcript.id, digest, m.start, m.end, m.label, *map(as_text, around), "")


def _table(rows: Iterable[tuple[Transcript, tuple[Mention, ...]]]) -> bytes:
    """With a byte-order mark, by which Excel knows UTF-8; cells are text, never formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(rows))
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _excel(rows: Iterable[tuple[Transcript, tuple[Mention, ...]]]) -> bytes:
    """A workbook with a list to choose each decision from; nothing in it is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "decisions"
    sheet.append(COLUMNS)
    for row in _cells(rows):
        sheet.append(
            [
                XML_CANNOT.sub("\N{REPLACEMENT CHARACTER}", cell) if isinstance(cell, str) else cell
                for cell in row
            ]
        )
        for cell in sheet[sheet.max_row]:
            cell.data_type = "n" if isinstance(cell.value, int) else "s"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["B"].hidden = True  # the digest
    for letter, width in zip("AFGHI", (12, 28, 50, 50, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    choice = DataValidation(type="list", formula1=f'"ok,{NO_NAME},{",".join(LABELS)}"')
    sheet.add_data_validation(choice)
    choice.add(f"I2:I{sheet.max_row + _MORE_ROWS}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS: dict[str, Callable[[Iterable[tuple[Transcript, tuple[Mention, ...]]]], bytes]] = {
    "doccano": _doccano,
    "label-studio": _label_studio,
    "table": _table,
    "excel": _excel,
}


def as_text(cell: str) -> str:
    """A cell in one line that no spreadsheet takes for a formula."""
    plain = cell.replace("\n", " ").replace("\r", " ")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
