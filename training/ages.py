"""Learns which numbers of talk are ages (redact/detect/age_reading.py). For maintainers.

    .venv/bin/python training/ages.py CORPORA redact/data/age_weights.json.gz

From the interviews that the name model is taught from and chosen by, from passages written for this
(training/numbers/), and from hearings, speeches and talk without annotated ages, of which the numbers
that no rule and no word near them calls an age are taken for none. The same files give the same
weights to the last figure.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from redact.core import Span
from redact.detect.age_frames import framed_ages
from redact.detect.age_lists import listed_ages
from redact.detect.age_reading import could_be_ages, features
from redact.transcript.spans import offsets_of

HERE = Path(__file__).resolve().parent
KEPT_BACK = frozenset(
    {"kelvin-commons", "rio-abajo", "asr-leven", "more-kept", "fresh-kept", "plain-numbers-kept"}
)
_OF_AGE = re.compile(
    r"\b(?:years?[- ]old|aged?|birthday|born|old|young\w*|eldest|oldest)\b", re.IGNORECASE
)
_OTHER_NUMBERS = ("ID", "PHONE", "DATE", "URL", "EMAIL")
_LONGEST = 60_000  # characters of a hearing
_HEARINGS, _OTHERS, _OF_EACH = 60, 80, 60
_FEWEST, _RIDGE, _ROUNDS, _PACE = 5, 1.0, 12, 0.25


@dataclass(frozen=True, slots=True)
class Example:
    """A number as the regression sees it, and whether it is what is looked for."""

    seen: frozenset[str]
    is_one: bool


def _annotated(path: Path) -> Iterator[Example]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("study") in KEPT_BACK:
            continue
        text, spans = row["text"], row["spans"]
        ages = [Span(s["start"], s["end"]) for s in spans if s["label"] == "AGE"]
        others = [Span(s["start"], s["end"]) for s in spans if s["label"] in _OTHER_NUMBERS]
        told = offsets_of((*framed_ages(text), *listed_ages(text)))
        for one in could_be_ages(text):
            if not any(one.overlaps(other) for other in others):
                seen = features(text, one, not told.isdisjoint(range(one.start, one.end)))
                yield Example(seen, any(one.overlaps(age) for age in ages))


def _unannotated(path: Path, many: int, pick: random.Random) -> Iterator[Example]:
    lines = path.read_text("utf-8").splitlines()
    for line in pick.sample(lines, min(many, len(lines))):
        text = json.loads(line)["text"][:_LONGEST]
        told = offsets_of((*framed_ages(text), *listed_ages(text)))
        numbers = [
            one
            for one in could_be_ages(text)
            if told.isdisjoint(range(one.start, one.end))
            and not _OF_AGE.search(text[max(0, one.start - 60) : one.end + 40])
        ]
        for one in pick.sample(numbers, min(_OF_EACH, len(numbers))):
            yield Example(features(text, one, framed=False), is_one=False)


def examples(corpora: Path) -> list[Example]:
    """All examples, in an order that only the files decide."""
    pick = random.Random(0)
    found = [one for path in sorted((HERE / "numbers").glob("*.jsonl")) for one in _annotated(path)]
    found += _annotated(corpora / "talk" / "gold.jsonl")
    found += _unannotated(corpora / "inquiry_talk.jsonl", _HEARINGS, pick)
    for name in ("gum_train_open", "slue_train"):
        found += _unannotated(corpora / f"{name}.jsonl", _OTHERS, pick)
    return found


def fit(found: list[Example]) -> dict[str, float]:
    """Weights by feature, by AdaGrad on the ridge logistic loss; rare features have none."""
    counted = Counter(one for example in found for one in example.seen)
    known = {one: n for n, one in enumerate(sorted(f for f, c in counted.items() if c >= _FEWEST))}
    rows = [np.array(sorted(known[f] for f in e.seen if f in known)) for e in found]
    weights, squares = np.zeros(len(known)), np.full(len(known), 1e-8)
    order = np.random.default_rng(0)
    for _ in range(_ROUNDS):
        for n in order.permutation(len(found)):
            row = rows[n]
            error = 1 / (1 + np.exp(-weights[row].sum())) - found[n].is_one
            slope = error + 20 * _RIDGE * weights[row] / len(found)
            squares[row] += slope * slope
            weights[row] -= _PACE * slope / np.sqrt(squares[row])
    return {one: float(round(weights[n], 2)) for one, n in known.items() if abs(weights[n]) >= 0.01}


def main() -> None:
    corpora, target = Path(sys.argv[1]), Path(sys.argv[2])
    found = examples(corpora)
    weights = fit(found)
    told = json.dumps(weights, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    target.write_bytes(gzip.compress(told.encode("utf-8"), mtime=0))
    print(f"{len(found)} numbers, {sum(e.is_one for e in found)} ages, {len(weights)} weights")


if __name__ == "__main__":
    main()
