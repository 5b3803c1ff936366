"""Learns which numbers of talk are somebody's (redact/detect/reference_reading.py). For maintainers.

    .venv/bin/python training/references.py CORPORA redact/data/reference_weights.json.gz

From the interviews that the name model is taught from and chosen by, the samples that are tuned on,
passages written for numbers (training/numbers/, training/references/), and from hearings, speeches and
talk without annotated numbers, of which those that no rule takes are taken for none. The same files give
the same weights to the last figure.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from ages import KEPT_BACK, Example, fit

from redact.core import Span, Transcript
from redact.detect.reference_reading import could_be_references, features
from redact.detect.references import ReferenceRecognizer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_IDENTIFIES = ("ID", "PHONE")
_NO_REFERENCE = ("EMAIL", "URL", "DATE", "AGE")  # numbers of another kind are none of these
_ALL_NUMBERS = "ID"
_LONGEST = 60_000  # characters of a hearing
_HEARINGS, _OTHERS, _OF_EACH = 60, 80, 60
SAMPLES = ("co-production/gold", "further/seen")


def annotated(row: dict) -> Iterator[Example]:
    """Each number of one annotated document that could be a reference."""
    text, spans = row["text"], row["spans"]
    marked = [Span(s["start"], s["end"]) for s in spans if s["label"] in _IDENTIFIES]
    for one in could_be_references(text):
        yield Example(features(text, one), any(one.overlaps(other) for other in marked))


def _unannotated(path: Path, many: int, pick: random.Random) -> Iterator[Example]:
    lines = path.read_text("utf-8").splitlines()
    for line in pick.sample(lines, min(many, len(lines))):
        row = json.loads(line)
        text = row["text"][:_LONGEST]
        taken = [m.span for m in ReferenceRecognizer().find(Transcript(id="", text=text, turns=()))]
        numbers = [
            one
            for one in could_be_references(text)
            if not any(one.overlaps(other) for other in taken)
        ]
        for one in pick.sample(numbers, min(_OF_EACH, len(numbers))):
            yield Example(features(text, one), False)


def documents(corpora: Path) -> Iterator[dict]:
    """What is annotated with numbers, in an order that only the files decide."""
    paths = [
        *sorted((HERE / "numbers").glob("*.jsonl")),
        *sorted((HERE / "references").glob("*.jsonl")),
    ]
    paths += [ROOT / "samples" / f"{name}.jsonl" for name in SAMPLES]
    for path in (*paths, corpora / "talk" / "gold.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            with_numbers = {s["label"] for s in row["spans"]} & {"ID", "PHONE"}
            if row.get("study") not in KEPT_BACK and (with_numbers or path.stem != "ages"):
                yield row


def others(corpora: Path) -> Iterator[Example]:
    """Numbers of talk that nobody annotated."""
    pick = random.Random(0)
    yield from _unannotated(corpora / "inquiry_talk.jsonl", _HEARINGS, pick)
    for name in ("gum_train_open", "slue_train"):
        yield from _unannotated(corpora / f"{name}.jsonl", _OTHERS, pick)


def main() -> None:
    corpora, target = Path(sys.argv[1]), Path(sys.argv[2])
    found = [one for row in documents(corpora) for one in annotated(row)]
    found += others(corpora)
    weights = fit(found)
    told = json.dumps(weights, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    target.write_bytes(gzip.compress(told.encode("utf-8"), mtime=0))
    print(
        f"{len(found)} numbers, {sum(e.is_one for e in found)} references, {len(weights)} weights"
    )


if __name__ == "__main__":
    main()
