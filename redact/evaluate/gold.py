"""Gold annotation in the forms that annotators use, read into one.

redact's own JSONL `{"id", "genre"?, "text", "spans": [{"start", "end", "label", "entity_id"?}]}`,
doccano JSONL (`"label": [[start, end, "LABEL"]]`), Label Studio tasks (JSON or JSONL), Prodigy
JSONL (`"spans"` without an id), and brat (`.ann` beside `.txt`, or a folder of both). All are read
as Unicode code points, end exclusive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from redact.core import LABELS, Detection, Label, Mention, Place, Source
from redact.errors import BadInput
from redact.formats.text import read_text

KEEP = "KEEP"
_OTHER_NAMES = {
    "PER": "PERSON",
    "PERS": "PERSON",
    "LOC": "PLACE",
    "GPE": "PLACE",
    "LOCATION": "PLACE",
    "FAC": "PLACE",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "DATE_TIME": "DATE",
    "PHONE_NUMBER": "PHONE",
    "EMAIL_ADDRESS": "EMAIL",
}
_BRAT = re.compile(r"(T\d+)\t(\S+) (\d+(?: \d+)(?:;\d+ \d+)*)\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpan:
    """One annotated mention; `entity` is empty where the gold does not say who it is."""

    start: int
    end: int
    label: str
    entity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One annotated text."""

    id: str
    text: str = field(repr=False)
    spans: tuple[GoldSpan, ...]
    genre: str = ""


def read_gold(path: Path) -> tuple[GoldDocument, ...]:
    """All gold documents in a file or brat folder; BadInput naming the line of what is wrong."""
    if path.is_dir() or path.suffix == ".ann":
        documents = tuple(_read_brat(path))
    else:
        documents = tuple(_read_json(path))
    if not documents:
        raise BadInput("there is no gold annotation here", where=str(path))
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise BadInput(f"two documents have the id {document.id!r}", where=str(path))
        seen.add(document.id)
    return documents


def _read_json(path: Path) -> Iterator[GoldDocument]:
    text = read_text(path).text
    rows: list[tuple[str, Any]]
    try:
        if text.lstrip().startswith("["):
            rows = [(f"{path}, task {n}", row) for n, row in enumerate(json.loads(text), start=1)]
        else:
            rows = [
                (f"{path}, line {n}", json.loads(line))
                for n, line in enumerate(text.split("\n"), start=1)
                if line.strip()
            ]
    except (ValueError, RecursionError):
        raise BadInput(
            "this is not JSON", where=str(path), remedy="Write one JSON object a line."
        ) from None
    for number, (where, row) in enumerate(rows, start=1):
        yield _document(row, where, number)


def _document(row: Any, where: str, number: int) -> GoldDocument:
    try:
        if "data" in row:
            name, text, spans = row.get("id", number), row["data"]["text"], _label_studio(row)
        elif "spans" in row:
            name, text = row.get("id", number), row["text"]
            spans = [
                (s["start"], s["end"], s["label"], s.get("entity_id", "")) for s in row["spans"]
            ]
        else:
            name, text = row.get("id", number), row["text"]
            labels = row["label"] if "label" in row else row["labels"]
            spans = [(start, end, label, "") for start, end, label in labels]
        return GoldDocument(
            id=str(name),
            text=text,
            spans=_spans(spans, text, where),
            genre=str(row.get("genre", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadInput(
            "this is none of the gold forms that redact reads",
            where=where,
            remedy="See `redact evaluate` in the guide for the forms.",
        ) from None


def _label_studio(row: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    sets = row.get("annotations") or row.get("predictions") or []
    results = sets[0]["result"] if sets else []
    return [
        (item["value"]["start"], item["value"]["end"], item["value"]["labels"][0], "")
        for item in results
        if "labels" in item.get("value", {})
    ]


def _spans(spans: list[tuple[int, int, str, str]], text: str, where: str) -> tuple[GoldSpan, ...]:
    made = []
    for start, end, label, entity in spans:
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            raise BadInput(
                f"a span ({start}, {end}) lies outside its text",
                where=where,
                remedy="Offsets are Unicode code points, end exclusive.",
            )
        made.append(
            GoldSpan(start=start, end=end, label=_label(str(label), where), entity=str(entity))
        )
    return tuple(sorted(made, key=lambda span: (span.start, span.end)))


def _label(label: str, where: str) -> str:
    known = _OTHER_NAMES.get(label.upper(), label.upper())
    if known not in LABELS and known != KEEP:
        raise BadInput(
            f"the label {label!r} is not known",
            where=where,
            remedy=f"Use {', '.join(LABELS)} or KEEP.",
        )
    return known


def _read_brat(path: Path) -> Iterator[GoldDocument]:
    for annotation in sorted(path.glob("*.ann")) if path.is_dir() else [path]:
        text = read_text(annotation.with_suffix(".txt")).text
        spans: list[tuple[int, int, str, str]] = []
        for number, line in enumerate(annotation.read_text("utf-8").split("\n"), start=1):
            if not line.startswith("T"):
                continue
            match = _BRAT.match(line)
            if match is None:
                raise BadInput("this is not a brat span", where=f"{annotation}, line {number}")
            for piece in match[3].split(";"):
                start, end = map(int, piece.split())
                spans.append((start, end, match[2], ""))
        yield GoldDocument(
            id=annotation.stem, text=text, spans=_spans(spans, text, str(annotation))
        )


def lowered(document: GoldDocument) -> GoldDocument:
    """The document in lower case with the same offsets."""
    text = "".join(c.lower() if len(c.lower()) == 1 else c for c in document.text)
    return GoldDocument(id=document.id, text=text, spans=document.spans, genre=document.genre)


def given_mentions(documents: Iterable[GoldDocument]) -> tuple[Detection, ...]:
    """The gold's own mentions as if detection had found them all and nothing else."""
    return tuple(
        Detection(
            document.id,
            tuple(
                Mention(
                    place=Place.at(document.id, span.start, span.end),
                    label=cast(Label, span.label),
                    score=1.0,
                    sources=(Source.GOLD,),
                )
                for span in document.spans
                if span.label != KEEP
            ),
        )
        for document in documents
    )
