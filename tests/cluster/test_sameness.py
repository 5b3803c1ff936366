"""What differs between two machines is said, each by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redact.cluster.sameness import LookFacts, detection_of, differences, facts_here
from redact.policy import Policy

HERE = LookFacts(
    redact="0.1.0",
    python="3.12",
    rules="a" * 64,
    models="b" * 64,
    libraries={"numpy": "2.1", "spacy": "3.8.18"},
    policy="c" * 64,
    tried="d" * 64,
)


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (HERE, ()),
        (replace(HERE, redact="0.2.0"), ("it has redact 0.2.0, this machine has 0.1.0",)),
        (replace(HERE, python="3.13"), ("it has Python 3.13, this machine has 3.12",)),
        (
            replace(HERE, rules="", tried=""),
            ("its redact has other rules, tables or weights of the name model",),
        ),
        (replace(HERE, models=""), ("the weights of its language models are others",)),
        (
            replace(HERE, libraries={"spacy": "3.8.18"}),
            ("it has numpy not at all, this machine has 2.1",),
        ),
        (replace(HERE, policy=""), ("it understands the policy otherwise",)),
        (
            replace(HERE, tried=""),
            ("its processor computes otherwise: the text that both tried gives another look",),
        ),
    ],
)
def test_each_difference_has_its_sentence(there: LookFacts, said: tuple[str, ...]) -> None:
    assert differences(HERE, there) == said


@pytest.mark.model
def test_only_what_detection_needs_of_a_policy_makes_a_difference(safe_copy: Policy) -> None:
    other = safe_copy.model_copy(update={"name": "another", "description": "of a study"})
    assert detection_of(other) == detection_of(safe_copy)
    believed = safe_copy.detect.model_copy(update={"min_score": 0.9})
    stricter = safe_copy.model_copy(update={"detect": believed})
    here, there = (facts_here(detection_of(one)) for one in (safe_copy, stricter))
    assert differences(here, there) == ("it understands the policy otherwise",)
    assert facts_here(detection_of(safe_copy)) == here
