"""Decisions out to other programs and back: doccano, Label Studio, a table or a workbook for Excel.

What goes out holds the originals, so it is a file of its own that only its owner may read. What
comes back is bound to the text by its SHA-256: decisions on another text are refused, all of them.
Offsets are Unicode code points, end exclusive, as doccano and Label Studio have them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from redact.core import DETAIL, LABELS, Label, Mention, Transcript
from redact.disk import write_atomic
from redact.errors import BadInput, UsageError
from redact.formats.registry import read_file
from redact.formats.text import decode_text, read_bytes
from redact.policy import Handling
from redact.review import decide
from redact.review.decide import Verdict, text_digest
from redact.study.desk import Desk

KINDS = ("doccano", "label-studio", "table", "excel")
NO_NAME = "no name"
COLUMNS = ("transcript", "sha256", "start", "end", "label", "words", "before", "after", "decision")
_CONTEXT = 50
_MORE_ROWS = 500  # for names that were missed
_XML_CANNOT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_YES, _NO = ("ok", "yes", "y"), (NO_NAME, "no", "n", "none", "x")


@dataclass(frozen=True, slots=True, order=True)
class _Labelled:
    """A span and its label, as another program has them; nothing of it is checked yet."""

    start: int
    end: int
    label: Label

    def overlaps(self, other: _Labelled) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelling:
    """What another program says of one transcript: every span of it, and where it says so."""

    doc: str
    sha256: str
    spans: tuple[_Labelled, ...]
    where: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _DecisionRow:
    """A row of a table of ours that came back: where it stands, and its cells by column."""

    where: str
    cells: Mapping[str, str] = field(repr=False)


def export(desk: Desk, to: Path, kind: str) -> int:
    """Writes the mentions as they stand; how many. UsageError for a place that would be shared."""
    if to.exists():
        raise UsageError("this file is there already", where=str(to), remedy="Choose another name.")
    if to.resolve().is_relative_to(desk.study.root.resolve()):
        raise UsageError(
            "the study folder is no place for originals",
            where=str(to),
            remedy="Choose a folder beside it; the file holds the transcripts as they are.",
        )
    mentions_of: dict[str, list[Mention]] = {t.id: [] for t in desk.transcripts}
    for mention in decide.mentions(desk):
        if mention.label != DETAIL:
            mentions_of[mention.transcript].append(mention)
    rows = [(transcript, tuple(mentions_of[transcript.id])) for transcript in desk.transcripts]
    write_atomic(to, _WRITERS[kind](rows))
    return sum(len(mentions) for _, mentions in rows)


def bring_in(desk: Desk, path: Path, kind: str, by: str) -> int:
    """Records what differs from the study as decisions; how many places.

    Raises BadInput naming the line or task for a file of another kind, a text that is not the
    study's, and spans that are none: then nothing is recorded.
    """
    data = read_bytes(path)
    if kind == "excel":
        places = _decided(desk, _rows_of_excel(data, str(path)))
    elif kind == "table":
        text = decode_text(data, str(path)).text
        places = _decided(desk, _rows_of_table(text, str(path)))
    else:
        reader = _from_doccano if kind == "doccano" else _from_label_studio
        text = decode_text(data, str(path)).text
        now = [m for m in decide.mentions(desk) if m.label != DETAIL]
        places = [
            place for said in reader(text, str(path)) for place in _differences(desk, now, said)
        ]
    if places:
        decide.decide(desk, places, by, decide.newest(desk))
    return len(places)


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
            yield (transcript.id, digest, m.start, m.end, m.label, *map(_as_text, around), "")


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
                _XML_CANNOT.sub("\N{REPLACEMENT CHARACTER}", cell)
                if isinstance(cell, str)
                else cell
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


_WRITERS: dict[str, Callable[[Iterable[tuple[Transcript, tuple[Mention, ...]]]], bytes]] = {
    "doccano": _doccano,
    "label-studio": _label_studio,
    "table": _table,
    "excel": _excel,
}


def _as_text(cell: str) -> str:
    plain = cell.replace("\n", " ").replace("\r", " ")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _from_doccano(text: str, where: str) -> Iterator[_Labelling]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{where}, line {number}"
            try:
                row = json.loads(line)
                spans = row.get("label", row.get("labels"))
                meta = row["meta"]
                yield _Labelling(
                    doc=str(meta["doc"]),
                    sha256=text_digest(row["text"]),
                    spans=_spans(spans),
                    where=place,
                )
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                raise _foreign("this line is no document of doccano's", place) from None


def _from_label_studio(text: str, where: str) -> Iterator[_Labelling]:
    try:
        tasks = json.loads(text)
        if not isinstance(tasks, list):
            raise TypeError
    except (ValueError, TypeError, RecursionError):
        raise _foreign("this is no export of Label Studio's", where) from None
    for number, task in enumerate(tasks, start=1):
        place = f"{where}, task {number}"
        try:
            results = task["annotations"][-1]["result"]  # the last is the one in force
            values = [one["value"] for one in results if one["type"] == "labels"]
            spans = [(v["start"], v["end"], v["labels"][0]) for v in values]
            data = task["data"]
            yield _Labelling(
                doc=str(data["doc"]),
                sha256=text_digest(data["text"]),
                spans=_spans(spans),
                where=place,
            )
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            raise _foreign("this is no task of Label Studio's", place) from None


def _spans(spans: Any) -> tuple[_Labelled, ...]:
    """The spans as they should be; ValueError or TypeError if they are not."""
    labelled = []
    for start, end, label in spans:
        if type(start) is not int or type(end) is not int or label not in LABELS:
            raise ValueError
        labelled.append(_Labelled(start, end, cast(Label, label)))
    return tuple(sorted(labelled))


def _differences(desk: Desk, mentions: list[Mention], said: _Labelling) -> list[Verdict]:
    """Spans that the study does not have, and mentions that the other program took out."""
    transcript = _transcript(desk, said.doc, said.sha256, said.where)
    now = {_Labelled(m.start, m.end, m.label) for m in mentions if m.transcript == said.doc}
    new = [span for span in said.spans if span not in now]
    gone = [
        span
        for span in now
        if span not in said.spans and not any(span.overlaps(other) for other in new)
    ]
    if any(not 0 <= span.start < span.end <= len(transcript.text) for span in said.spans):
        raise _foreign("a span of it does not lie in the transcript", said.where)
    return [
        Verdict(transcript=said.doc, start=span.start, end=span.end, label=span.label)
        for span in new
    ] + [
        Verdict(transcript=said.doc, start=span.start, end=span.end, label=None)
        for span in sorted(gone)
    ]


def _rows_of_table(text: str, where: str) -> Iterator[_DecisionRow]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        _require_columns(rows.fieldnames or (), where)
        for row in rows:
            cells = {name: cell or "" for name, cell in row.items() if name in COLUMNS}
            yield _DecisionRow(f"{where}, line {rows.line_num}", cells)
    except csv.Error:
        raise _foreign("this line is no table's", f"{where}, line {rows.line_num}") from None


def _rows_of_excel(data: bytes, where: str) -> Iterator[_DecisionRow]:
    """The rows of the first sheet; opened with the caps of an .xlsx transcript (formats/files)."""
    from openpyxl import load_workbook

    read_file(data, "decisions.xlsx", where, Handling(media="drop"))  # refuses bombs and the like
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
    except (ValueError, KeyError, TypeError, IndexError, OSError, SyntaxError):
        raise _foreign("this is no workbook of ours", where) from None
    names = rows[0] if rows else []
    _require_columns(names, where)
    for number, row in enumerate(rows[1:], start=2):
        yield _DecisionRow(f"{where}, row {number}", dict(zip(names, row, strict=False)))


def _require_columns(names: Iterable[str], where: str) -> None:
    if not set(COLUMNS) <= set(names):
        raise _foreign(f"this table has not the columns {', '.join(COLUMNS)}", f"{where}, line 1")


def _decided(desk: Desk, rows: Iterable[_DecisionRow]) -> list[Verdict]:
    """The places that rows decide on; a row without start and end adds words that were missed."""
    places: list[Verdict] = []
    for one in rows:
        where, row = one.where, one.cells
        said = row["decision"].strip()
        if not said:
            continue
        wanted = row["label"] if said.lower() in _YES else said.upper()
        label = None if said.lower() in _NO else wanted
        if label is not None and label not in LABELS:
            raise _foreign(f"a decision is ok, {NO_NAME}, or one of {', '.join(LABELS)}", where)
        if not row["start"].strip() and not row["end"].strip():
            places += _missed(desk, row, label, where)
            continue
        transcript = _transcript(desk, row["transcript"], row["sha256"], where)
        try:
            start, end = int(row["start"]), int(row["end"])
        except ValueError:
            raise _foreign("start and end are no numbers", where) from None
        words = _as_text(transcript.text[start:end])
        if not 0 <= start < end or row["words"] not in (words, _XML_CANNOT.sub("\ufffd", words)):
            raise _foreign("the words do not stand at this place", where)
        places.append(Verdict(transcript=transcript.id, start=start, end=end, label=label))
    return places


def _missed(desk: Desk, row: Mapping[str, str], label: Label | None, where: str) -> list[Verdict]:
    """Every place of these words in the transcript that the row names, or in all."""
    doc = row["transcript"].strip()
    verdicts = [
        Verdict(transcript=transcript.id, start=span.start, end=span.end, label=label)
        for transcript in desk.transcripts
        if doc in ("", transcript.id)
        for span in decide.occurrences(transcript.text, row["words"].strip())
    ]
    if not verdicts:
        raise _foreign("the words of this added row stand nowhere", where)
    return verdicts


def _transcript(desk: Desk, doc: str, sha256: str, where: str) -> Transcript:
    for transcript in desk.transcripts:
        if transcript.id == doc and text_digest(transcript.text) == sha256:
            return transcript
    raise BadInput(
        "this is about another text than the study's",
        where=where,
        remedy="Export again and decide on that; nothing was recorded.",
    )


def _foreign(what: str, where: str) -> BadInput:
    return BadInput(
        what,
        where=where,
        remedy="Bring in what `redact decisions export` wrote, with "
        "decisions changed and nothing else; nothing was recorded.",
    )
