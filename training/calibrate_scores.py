"""Learns how far each kind of evidence for a name can be trusted. For maintainers.

    .venv/bin/python training/calibrate_scores.py CORPORA redact/data/score_weights.json

Detection runs over the documents that the name model did not see, in case and without it; a ridge
logistic regression then gives each source a weight, so that a mention's score is the share of such
mentions that touch an annotated name. Half of the documents fit, the other half judge.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent / "name_model"))
from data import CORPORA, read_corpus

from redact.core import Mention, Transcript
from redact.detect.confidence import NAME_MODEL, features, probability
from redact.detect.detector import detect
from redact.policy import Policy
from redact.transcript.turns import read_structure

PENALTY = 1.0


def observed(corpora: Path) -> list[tuple[bool, Mention, bool]]:
    """(in the half that fits, a mention of a name, whether it touches an annotated one)."""
    policy = Policy(name="calibration", version="1")
    found = []
    for name in CORPORA:
        _, held = read_corpus(corpora, name)
        for document in held:
            fits = hashlib.sha256(str(document["id"]).encode()).digest()[1] % 2 == 0
            for text in (document["text"], document["text"].lower()):
                if len(text) != len(document["text"]):
                    continue
                transcript = Transcript(f"{name}", text, read_structure(text).turns)
                (detection,) = detect((transcript,), policy)
                for mention in detection.mentions:
                    if mention.label in ("PERSON", "PLACE", "ORG"):
                        right = any(
                            s["start"] < mention.end and mention.start < s["end"]
                            for s in document["spans"]
                        )
                        found.append((fits, mention, right))
    return found


def fit(rows: list[tuple[Mention, bool]]) -> dict[str, float]:
    """Weights by name of the feature, by Newton's method."""
    names = sorted({name for mention, _ in rows for name in features(mention)})
    x = np.array([[features(mention).get(name, 0.0) for name in names] for mention, _ in rows])
    y = np.array([right for _, right in rows], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + PENALTY * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(names))
        weights -= np.linalg.solve(curve, slope)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    Path(sys.argv[2]).write_text("{}\n", "utf-8")  # detection gives its own scores meanwhile
    found = observed(Path(sys.argv[1]))
    weights = fit([(mention, right) for fits, mention, right in found if fits])
    Path(sys.argv[2]).write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", "utf-8")
    judged = [(probability(mention, weights), right) for fits, mention, right in found if not fits]
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = [(p, right) for p, right in judged if low <= p < low + 0.1]
        if inside:
            said, was = np.mean([p for p, _ in inside]), np.mean([r for _, r in inside])
            error += len(inside) / len(judged) * abs(said - was)
            print(f"{low:.1f}–{low + 0.1:.1f}  n {len(inside):5}  said {said:.2f}  was {was:.2f}")
    print(f"expected calibration error {error:.3f}; name model's weight {weights[NAME_MODEL]}")


if __name__ == "__main__":
    main()
