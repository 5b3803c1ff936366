"""Decisions out to other programs and back: doccano, Label Studio, a table or a workbook for Excel.

What goes out holds the originals, so it is a file of its own that only its owner may read. What
comes back is bound to the text by its SHA-256: decisions on another text are refused, all of them.
Offsets are Unicode code points, end exclusive, as doccano and Label Studio have them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from unicodedata import normalize

from redact.audit.events import DecisionRecorded, LinkageRevealed
from redact.core import DETAIL, LABELS, Label, Mention, Span, Transcript
from redact.disk import write_atomic
from redact.errors import BadInput, UsageError
from redact.formats.registry import read_file
from redact.formats.text import decode_text, read_bytes
from redact.key.looks import Showing, looking
from redact.policy import Handling
from redact.review import decide
from redact.review.decide import text_digest
from redact.review.occurrences import occurrences
from redact.review.programs import COLUMNS, NO_NAME, WRITERS, XML_CANNOT, as_text
from redact.review.uncover import (
    Bare,
    WouldUncover,
    bare_of,
    counts_of,
    require_finished,
    uncovered,
)
from redact.review.verdict import Verdict
from redact.study.desk import Desk
from redact.study.search import line_of

KINDS = ("doccano", "label-studio", "table", "excel")
_YES, _NO = ("ok", "yes", "y"), (NO_NAME, "no", "n", "none", "x")


@dataclass(frozen=True, slots=True, order=True)
class _Labelled:
    """A span and its label, as another program has them; nothing of it is checked yet."""

    start: int
    end: int
    label: Label


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


@dataclass(frozen=True, slots=True)
class Brought:
    """How many places were decided on, and which of them stand in clear now."""

    decisions: int
    bare: tuple[Bare, ...]


def export(desk: Desk, to: Path, kind: str, approved_by: tuple[str, ...]) -> int:
    """Writes the mentions as they stand; how many. UsageError for a place that would be shared.

    That the originals go out is logged before it is done, with the custodians who agreed.
    """
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
    look = LinkageRevealed(
        phase="intent",
        purpose=f"{Showing.EXPORT}: {kind}",
        documents=len(rows),
        approved_by=approved_by,
    )
    with looking(desk.study, look):
        write_atomic(to, WRITERS[kind](rows))
    return sum(len(mentions) for _, mentions in rows)


def bring_in(desk: Desk, path: Path, kind: str, by: str, uncover: bool = False) -> Brought:
    """Records what differs from the study as decisions.

    Raises BadInput naming the line or task for a file of another kind, a text that is not the
    study's, and spans that are none; WouldUncover, unless `uncover` says that it shall, for what
    would put hidden letters in clear; UsageError if these were most of a document. Then nothing is
    recorded.
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
    places = once(desk, places, str(path))
    bare = uncovered(desk, (one.place for one in places if one.label is None))
    if bare:
        require_finished(desk, bare, str(path))
        if not uncover:
            raise WouldUncover(bare, str(path))
    if places:
        decide.decide(
            desk, places, by, decide.newest(desk), uncovers=log_of_uncovering(desk, bare, by)
        )
    return Brought(len(places), bare)


def once(desk: Desk, places: Iterable[Verdict], where: str) -> list[Verdict]:
    """The same decisions with no letter in two: of one label their union, else the longer name.

    Raises UsageError, naming transcript and line, where two say different things of the same words.
    """
    taken: list[Verdict] = []
    for one in sorted(places, key=lambda v: (v.transcript, v.start, -v.end)):
        last = taken[-1] if taken else None
        if last is None or not last.place.overlaps(one.place):
            taken.append(one)
        elif last.label == one.label:
            spread = last.place == one.place and (last.everywhere or one.everywhere)
            end, missed = max(last.end, one.end), last.missed or one.missed
            taken[-1] = replace(last, end=end, everywhere=spread, missed=missed)
        elif None in (last.label, one.label) or one.end > last.end or one.place == last.place:
            raise _said_twice(desk, one, where)
    return taken


def _said_twice(desk: Desk, one: Verdict, where: str) -> UsageError:
    text = next(t.text for t in desk.transcripts if t.id == one.transcript)
    name = desk.key.document(one.transcript).safe_name or one.transcript
    return UsageError(
        f"this says two different things of the same words: {name}:{line_of(text, one.start)}",
        where=where,
        remedy="Leave one of the two decisions empty, or delete its row; nothing was recorded.",
    )


def log_of_uncovering(desk: Desk, bare: tuple[Bare, ...], by: str) -> DecisionRecorded | None:
    if not bare:
        return None
    return DecisionRecorded(
        action="uncover",
        by=normalize("NFC", by),
        reason="an import that was told to",
        counts=counts_of(desk, bare),
        docs=tuple(sorted({one.place.transcript for one in bare})),
    )


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
    """Spans that the study does not have, and what the other program leaves of no mention.

    That is a mention it took out, and what it cut off one.
    """
    transcript = _transcript(desk, said.doc, said.sha256, said.where)
    if any(not 0 <= span.start < span.end <= len(transcript.text) for span in said.spans):
        raise _foreign("a span of it does not lie in the transcript", said.where)
    mine = [m for m in mentions if m.transcript == said.doc]
    now = {_Labelled(m.start, m.end, m.label) for m in mine}
    covered = [Span(span.start, span.end) for span in said.spans]
    new = [
        Verdict(transcript=said.doc, start=span.start, end=span.end, label=span.label)
        for span in said.spans
        if span not in now
    ]
    gone = [
        Verdict(transcript=said.doc, start=one.place.start, end=one.place.end, label=None)
        for mention in mine
        for one in bare_of(mention, covered, transcript.text)
    ]
    return new + gone


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
        words = as_text(transcript.text[start:end])
        if not 0 <= start < end or row["words"] not in (words, XML_CANNOT.sub("\ufffd", words)):
            raise _foreign("the words do not stand at this place", where)
        places.append(Verdict(transcript=transcript.id, start=start, end=end, label=label))
    return places


def _missed(desk: Desk, row: Mapping[str, str], label: Label | None, where: str) -> list[Verdict]:
    """Where these words stand in the transcript that the row names, or in all.

    Where they are part of a longer name, that stays whole.
    """
    doc, said = row["transcript"].strip(), row["words"].strip()
    verdicts = list(decide.places_with(desk, said, label, (doc,) if doc else None))
    if not verdicts and any(
        occurrences(t.text, said) for t in desk.transcripts if doc in ("", t.id)
    ):
        return []  # all of them are part of longer names that are hidden already
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
        remedy="Bring in what redact exported, with decisions changed and nothing else; nothing "
        "was recorded.",
        command="`redact decisions export` writes it.",
    )
