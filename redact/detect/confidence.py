"""A mention's score: the share of such mentions that are names, given all that speaks for it.

Weights of the sources come from a logistic regression on annotated documents that nothing else was
trained on (training/calibrate_scores.py, docs/decisions/008). Identifiers, dates and ages keep the
score of their rule: no corpus annotates them. Sources that a person vouches for, and those that the
corpora do not show, keep theirs too.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from redact.core import NAMES, Mention
from redact.detect.name_model import SOURCE as NAME_MODEL

LISTED = frozenset({"roster", "speaker label", "header line"})
_TOP = 0.99


def features(mention: Mention) -> dict[str, float]:
    """What the regression sees: each source, whether two agree, and the name model's log-odds."""
    seen = {"": 1.0} | dict.fromkeys(mention.sources, 1.0)
    if len(mention.sources) > 1:
        seen["agree"] = 1.0
    if NAME_MODEL in mention.sources:
        score = min(max(mention.score, 0.02), 0.98)
        seen[NAME_MODEL + " odds"] = math.log(score / (1 - score))
    return seen


def probability(mention: Mention, weights: Mapping[str, float]) -> float:
    """Between 0.01 and 0.99."""
    odds = sum(value * weights.get(name, 0.0) for name, value in features(mention).items())
    return min(max(1 / (1 + math.exp(-odds)), 0.01), _TOP)


@cache
def _weights() -> dict[str, float]:
    text = resources.files("redact.data").joinpath("score_weights.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights


def calibrated(mention: Mention) -> Mention:
    """The mention with its calibrated score."""
    known = _weights()
    if mention.label not in NAMES or LISTED.intersection(mention.sources):
        return mention
    if not all(source in known for source in mention.sources):
        return mention
    return replace(mention, score=round(probability(mention, known), 3))
