"""Learns how far each kind of evidence for a name can be trusted. For maintainers.

    .venv/bin/python training/calibrate_scores.py CORPORA redact/data/score_weights.json

Detection runs over the documents and interviews that the name model did not see and over the samples
that we tune on, in case and without it, with the name model and without; a ridge logistic regression then gives
each source a weight, so that a mention's score is the share of such mentions that touch an annotated
name. Half of the held-back documents fit with the samples, the other half judge.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent / "name_model"))
from data import CORPORA, read_corpus
from interviews import to_choose_by

from redact.core import Mention, Source, Transcript
from redact.detect.confidence import (
    FEATURES,
    Likely,
    Weights,
    counts_as,
    features,
    is_weighed,
    probability,
    weigh,
)
from redact.detect.detector import Detector
from redact.detect.elsewhere import LookAsked
from redact.detect.evidence import Look, spread
from redact.policy import Policy
from redact.transcript.captions import as_heard
from redact.transcript.turns import read_structure

ROOT = Path(__file__).resolve().parents[1]
PENALTY = 1.0
LEAST = 0.05
TUNED_ON = ("co-production/gold.jsonl", "further/seen.jsonl")


@dataclass(frozen=True)
class Seen:
    """One annotated text as the recognizers see it."""

    fits: bool
    transcript: Transcript
    names: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    likely: Likely


Row = tuple[bool, dict[str, float], bool]  # in the half that fits, features, touches a name


def annotated(corpora: Path) -> Iterable[tuple[bool, dict]]:
    for name in CORPORA:
        for document in read_corpus(corpora, name)[1]:
            yield hashlib.sha256(str(document["id"]).encode()).digest()[1] % 2 == 0, document
    for document in to_choose_by(corpora):
        yield hashlib.sha256(str(document["id"]).encode()).digest()[1] % 2 == 0, document
    for name in TUNED_ON:
        for line in (ROOT / "samples" / name).read_text("utf-8").splitlines():
            yield True, json.loads(line)


def seen_by(detector: Detector, corpora: Path) -> list[Seen]:
    found = []
    for fits, document in annotated(corpora):
        for text in (document["text"], document["text"].lower()):
            if len(text) != len(document["text"]):
                continue
            text = as_heard(text)
            transcript = Transcript(
                id=str(document["id"]), text=text, turns=read_structure(text).turns
            )
            seen = detector.find(LookAsked(transcript))
            names = [(s["start"], s["end"]) for s in document["spans"] if s["label"] != "KEEP"]
            found.append(Seen(fits, transcript, tuple(names), seen.mentions, seen.likely))
    return found


def touches(seen: Seen, mention: Mention) -> bool:
    return any(start < mention.end and mention.start < end for start, end in seen.names)


def own_rows(seen: Seen) -> list[Row]:
    """The mentions that recognizers found, each span once."""
    sources: dict[tuple[int, int], set[str]] = {}
    for mention in seen.mentions:
        sources.setdefault((mention.start, mention.end), set()).update(mention.sources)
    spans = {(m.start, m.end): m for m in seen.mentions if is_weighed(m)}
    return [
        (seen.fits, features(mention, sources[span], seen.likely), touches(seen, mention))
        for span, mention in spans.items()
    ]


def corpus_rows(seen: Seen, modelled: bool, weights: Weights) -> list[Row]:
    """The mentions that only the corpus as evidence adds to what is believed."""
    weighed = weigh(seen.mentions, seen.likely, weights)
    believed = tuple(m for m in weighed if not is_weighed(m) or m.score >= LEAST)
    look = Look(mentions=believed, kept=(), likely=seen.likely, modelled=modelled)
    (detection,) = spread((seen.transcript,), {seen.transcript.id: look})
    known = {(m.start, m.end) for m in believed}
    return [
        (seen.fits, features(m, m.sources, seen.likely), touches(seen, m))
        for m in detection.mentions
        if is_weighed(m) and (m.start, m.end) not in known
    ]


def fit(rows: list[Row]) -> dict[str, float]:
    """Weights by name of the feature, by Newton's method; 0 for a source that saw nothing here."""
    names = sorted({*FEATURES, *map(counts_as, Source)})
    x = np.array([[seen.get(name, 0.0) for name in names] for _, seen, _ in rows])
    y = np.array([right for _, _, right in rows], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + PENALTY * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(names))
        weights -= np.linalg.solve(curve, slope)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def show_error(rows: list[Row], weights: Weights) -> None:
    """How far scores and shares lie apart on the half that judges."""
    judged = [(probability(seen, weights), right) for fits, seen, right in rows if not fits]
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = [(p, right) for p, right in judged if low <= p < low + 0.1]
        if inside:
            said, was = np.mean([p for p, _ in inside]), np.mean([r for _, r in inside])
            error += len(inside) / len(judged) * abs(said - was)
            print(f"{low:.1f}–{low + 0.1:.1f}  n {len(inside):5}  said {said:.2f}  was {was:.2f}")
    print(f"expected calibration error {error:.3f}")


def main() -> None:
    corpora, out = Path(sys.argv[1]), Path(sys.argv[2])
    weights = {}
    for name, model in (("with name model", ""), ("without", "none")):
        policy = Policy(name="calibration", version="1", detect={"name_model": model})
        found = seen_by(Detector(policy), corpora)
        rows = [row for seen in found for row in own_rows(seen)]
        first = fit([row for row in rows if row[0]])
        out.write_text(json.dumps(dict.fromkeys(("with name model", "without"), first)), "utf-8")
        rows += [row for seen in found for row in corpus_rows(seen, model == "", first)]
        weights[name] = fit([row for row in rows if row[0]])
        print(name)
        show_error(rows, weights[name])
    out.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
