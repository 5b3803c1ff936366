"""Learns which kind a name is at its place (redact/detect/kinds.py). For maintainers.

    .venv/bin/python training/kinds.py CORPORA redact/data/kind_weights.json.gz

Detection runs as in a study, and each name that it finds is an example where an annotator marked it
as a person, a place or an organisation: in whole interviews, as written and in lower case, and told again
with bodies called by what is hardly a body's name (other_bodies.py); in the samples that are tuned on; in speeches, novels and web text, which count little. The name model knows
the interviews it was taught from better than any it will meet. So each of theirs is told as it is,
without what the name model says, without what anything says, and, so that its place counts beside its
form, without what the other places say. The two studies to choose by are not learnt from but measured.
The same files give the same weights.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent / "name_model"))
from interviews import to_choose_by, to_train_on
from other_bodies import with_other_bodies

from redact.core import NAMES, Span, Transcript
from redact.detect.detector import Detector
from redact.detect.elsewhere import LookAsked
from redact.detect.evidence import spread
from redact.detect.kinds import KindReading, StudyForms, numbers_here, readings
from redact.policy import load_policy
from redact.transcript.assemble import as_seen, make_transcript
from redact.transcript.captions import as_heard

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ("co-production/gold", "further/seen", "linking/gold", "linking/further")
# Of each corpus one document in so many: with all of them nothing to choose by was better.
OTHERS = (("slue_train", 4), ("litbank", 4), ("gum_train_open", 2), ("uner_ewt_dev", 1))
_LOWER, _OTHER = 0.5, 0.2  # what an example of lower-cased talk and of other text counts
_OF_KIND = (1.0, 2.0, 3.0)  # persons are many, organisations few and hard
_TOLD_AGAIN, _AGAIN = (
    4,
    (1.0, 1.0, 0.5),
)  # tellings with other bodies; what all of them count, by kind
_RIDGE, _FEWEST, _ROUNDS, _STEPS = 20.0, 3, 300, 10

_NOTHING = re.compile(r"(?!)")
_OF_MODEL = re.compile(r"number (?:here|form|not seen)|.*name model")
_OF_READINGS = re.compile(r"number|(?:here|form) (?:saw|is |behind|before)|.*(?:PERSON|PLACE|ORG)")
_OF_FORM = re.compile(r"form |number (?!here|not seen)")
# How an example is told: the share of each telling, and what it leaves out.
_TALK = ((0.35, _NOTHING), (0.15, _OF_MODEL), (0.15, _OF_READINGS), (0.35, _OF_FORM))
_SAMPLES = ((0.6, _NOTHING), (0.4, _OF_FORM))


@dataclass(frozen=True, slots=True)
class Example:
    """A name as the regression sees it, its kind by number, and how much it counts."""

    seen: dict[str, float]
    kind: int
    counts: float


def study_readings(
    detector: Detector, documents: Iterable[dict]
) -> list[tuple[KindReading, int | None]]:
    """Every name found in these documents, read together, and the kind that annotators say."""
    transcripts: list[Transcript] = []
    gold: dict[str, list[tuple[Span, int]]] = {}
    for document in documents:
        name, text = str(document["id"]), as_heard(document["text"])
        seen = as_seen(make_transcript(name, text)).transcript
        if len(seen.text) != len(document["text"]):
            continue  # its offsets are others
        transcripts.append(seen)
        gold[name] = [
            (Span(s["start"], s["end"]), NAMES.index(s["label"]))
            for s in document["spans"]
            if s["label"] in NAMES
        ]
    looks = {one.id: detector.look(LookAsked(one)) for one in transcripts}
    found = spread(tuple(transcripts), looks)
    return [
        (reading, _marked(reading.mention.span, gold[one.id]))
        for one, detection in zip(transcripts, found, strict=True)
        for reading in readings(one, looks[one.id], detection.mentions)
    ]


def _marked(span: Span, gold: list[tuple[Span, int]]) -> int | None:
    """The kind of what is marked there, of two the one that shares more letters."""
    shared = [
        (min(span.end, g.end) - max(span.start, g.start), -n) for n, (g, _) in enumerate(gold)
    ]
    most, number = max(shared, default=(0, 0))
    return gold[-number][1] if most > 0 else None


def examples(read: Sequence[tuple[KindReading, int | None]], counts: float) -> Iterator[Example]:
    study = StudyForms(reading for reading, _ in read)
    of_form = {form: _features_of_form(form, study) for form in study.readings}
    for reading, kind in read:
        if kind is not None and reading.is_open:
            here = {f"here {name}": 1.0 for name in reading.holds}
            here |= {f"number {name}": value for name, value in numbers_here(reading).items()}
            seen = of_form[reading.form] | here
            yield Example(seen, kind, counts * _OF_KIND[kind])


def _features_of_form(form: tuple[str, ...], study: StudyForms) -> dict[str, float]:
    read = study.readings[form]
    shared: Counter[str] = Counter()
    for reading in read:
        shared.update(reading.holds)
    numbers = {f"number {name}": value for name, value in study.numbers_of(form).items()}
    return {f"form {name}": many / len(read) for name, many in shared.items()} | numbers


def told(found: Iterable[Example], ways: Iterable[tuple[float, re.Pattern[str]]]) -> list[Example]:
    """Each example in each way: a share of it, without the features that are left out."""
    again = []
    for one in found:
        for share, left_out in ways:
            seen = {n: v for n, v in one.seen.items() if not left_out.match(n)}
            again.append(Example(seen, one.kind, one.counts * share))
    return again


def _of_studies(detector: Detector, documents: list[dict]) -> Iterator[Example]:
    studies: dict[str, list[dict]] = defaultdict(list)
    for document in documents:
        studies[document["study"]].append(document)
    for of_study in studies.values():
        yield from examples(study_readings(detector, of_study), 1.0)
        yield from examples(study_readings(detector, map(_lowered, of_study)), _LOWER)


def _told_again(detector: Detector, corpora: Path) -> Iterator[Example]:
    """The studies that teach, with bodies called otherwise: persons and places as many as they were."""
    documents = to_train_on(corpora)
    for number in range(_TOLD_AGAIN):
        told: list[dict] = []
        for study in sorted({document["study"] for document in documents}):
            of_study = (one for one in documents if one["study"] == study)
            told += with_other_bodies(of_study, f"{number}-{study}")
        for one in _of_studies(detector, told):
            yield Example(one.seen, one.kind, one.counts * _AGAIN[one.kind] / _TOLD_AGAIN)
        print("told again", number + 1, flush=True)


def _lowered(document: dict) -> dict:
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in document["text"])
    return {**document, "text": lower}


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def all_examples(detector: Detector, corpora: Path) -> Iterator[Example]:
    yield from told(_of_studies(detector, to_train_on(corpora)), _TALK)
    yield from told(_told_again(detector, corpora), _SAMPLES)
    for name in SAMPLES:
        documents = _lines(ROOT / "samples" / f"{name}.jsonl")
        yield from told(examples(study_readings(detector, documents), 1.0), _SAMPLES)
    for name, step in OTHERS:
        for document in _lines(corpora / f"{name}.jsonl")[::step]:
            yield from told(examples(study_readings(detector, [document]), _OTHER), _TALK)
        print(name, "read", flush=True)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights, three a row, and the row of each feature."""

    row: dict[str, int]
    weights: np.ndarray

    def odds(self, example: Example) -> np.ndarray:
        rows = [(self.row[n], v) for n, v in example.seen.items() if n in self.row]
        return sum((v * self.weights[at] for at, v in rows), np.zeros(len(NAMES)))


def fit(found: Sequence[Example]) -> Fitted:
    """Ridge softmax regression by L-BFGS; features seen hardly ever have no weight."""
    counted = Counter(name for example in found for name in example.seen)
    row = {n: i for i, n in enumerate(sorted(n for n, c in counted.items() if c >= _FEWEST))}
    cells = [
        (at, row[name], value)
        for at, example in enumerate(found)
        for name, value in example.seen.items()
        if name in row
    ]
    at, of, value = (np.array(column) for column in zip(*cells, strict=True))
    counts = np.array([example.counts for example in found])[:, None]
    wanted = np.eye(len(NAMES))[[example.kind for example in found]]

    def sloping(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = np.stack([np.bincount(at, value * w[of], len(found)) for w in weights.T], 1)
        odds = np.exp(odds - odds.max(1, keepdims=True))
        shares = odds / odds.sum(1, keepdims=True)
        off = counts * (shares - wanted)
        slope = np.stack([np.bincount(of, value * o[at], len(row)) for o in off.T], 1)
        loss = -(counts * wanted * np.log(shares + 1e-12)).sum()
        return loss + _RIDGE / 2 * (weights**2).sum(), slope + _RIDGE * weights

    return Fitted(row, _least(sloping, np.zeros((len(row), len(NAMES)))))


def _least(sloping, weights: np.ndarray) -> np.ndarray:
    loss, slope = sloping(weights)
    steps: list[tuple[np.ndarray, np.ndarray, float]] = []
    for _ in range(_ROUNDS):
        way = _way(slope, steps)
        pace = 1.0
        while True:
            moved = weights - pace * way
            new_loss, new_slope = sloping(moved)
            if new_loss <= loss - 1e-4 * pace * (slope * way).sum() or pace < 1e-8:
                break
            pace /= 2
        step, change = moved - weights, new_slope - slope
        if (step * change).sum() > 1e-10:
            steps = [*steps[1 - _STEPS :], (step, change, 1 / (step * change).sum())]
        settled = loss - new_loss < 1e-6 * abs(loss)
        weights, loss, slope = moved, new_loss, new_slope
        if settled:
            break
    return weights


def _way(slope: np.ndarray, steps: list[tuple[np.ndarray, np.ndarray, float]]) -> np.ndarray:
    """The direction of L-BFGS: the slope, corrected by what the last steps told of its change."""
    way, scales = slope.copy(), []
    for step, change, inverse in reversed(steps):
        scales.append(inverse * (step * way).sum())
        way -= scales[-1] * change
    if steps:
        step, change, _ = steps[-1]
        way *= (step * change).sum() / (change**2).sum()
    else:
        way /= max(1.0, np.abs(slope).sum())
    for (step, change, inverse), scale in zip(steps, reversed(scales), strict=True):
        way += step * (scale - inverse * (change * way).sum())
    return way


def packed(fitted: Fitted) -> bytes:
    """The weights as they are shipped: by group, then by feature, to the hundredth."""
    told: dict[str, dict[str, list[float]]] = {"here": {}, "form": {}, "number": {}}
    for name, at in fitted.row.items():
        weights = [round(float(w), 2) + 0.0 for w in fitted.weights[at]]
        if any(weights):
            group, _, feature = name.partition(" ")
            told[group][feature] = weights
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), mtime=0)


def main() -> None:
    corpora, target = Path(sys.argv[1]), Path(sys.argv[2])
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    detector = Detector(policy)
    found = list(all_examples(detector, corpora))
    fitted = fit(found)
    target.write_bytes(packed(fitted))
    print(f"{len(found)} examples, {len(fitted.row)} features")
    judged = list(_of_studies(detector, to_choose_by(corpora)))
    for number, label in enumerate(NAMES):
        of_kind = [one for one in judged if one.kind == number]
        right = sum(int(fitted.odds(one).argmax()) == number for one in of_kind)
        print(f"{label}: {right} of {len(of_kind)} right")


if __name__ == "__main__":
    main()
