"""Choices that speak against each other are told, each with a way out that ends it."""

from __future__ import annotations

import pytest

from redact.governance.contradictions import contradictions
from redact.policy import find_policy, load_policy, parse_policy, shipped_names
from tests.conftest import run_redact

HEAD = 'name = "mine"\nversion = "1"\n'
# A policy with a contradiction, a setting it must name, and the policy after the remedy.
CASES = [
    ('[actions]\nPHONE = "keep"\n', "actions.PHONE", '[actions]\nPHONE = "label"\n'),
    (
        '[actions]\nAGE = "keep"\nDATE = "year"\n',
        "actions.AGE",
        '[actions]\nAGE = "band"\nDATE = "year"\n',
    ),
    ('[actions]\nORG = "keep"\n', "actions.ORG", '[actions]\nORG = "category"\n'),
    (
        '[actions]\nPERSON = "surrogate"\n[release]\nreview = "none"\n',
        "release.review",
        '[actions]\nPERSON = "surrogate"\n[release]\nreview = "required"\n',
    ),
    (
        '[release]\nreview = "none"\n[risk]\nk_open = 1\nk_safeguarded = 1\n',
        "risk.k_open",
        '[release]\nreview = "none"\n[risk]\nk_open = 5\nk_safeguarded = 1\n',
    ),
    (
        '[detect]\nrecall = "precise"\n[release]\nreview = "none"\n',
        "detect",
        '[detect]\nrecall = "high"\n[release]\nreview = "none"\n',
    ),
    (
        "[actions]\nshift_weeks = 4\n",
        "actions.shift_weeks",
        '[actions]\nDATE = "shift"\nshift_weeks = 4\n',
    ),
    (
        '[actions]\nEMAIL = "surrogate"\n',
        "actions.EMAIL",
        '[actions]\nEMAIL = "surrogate"\nPERSON = "surrogate"\n',
    ),
    (
        "[release]\nlevels = { role = 1 }\n",
        "release.levels",
        '[release]\nlevels = { role = 1 }\n[risk]\ngroups = { role = [{ nurse = "care" }] }\n',
    ),
    (
        "[risk]\nk_open = 2\nk_safeguarded = 3\n",
        "risk.k_open",
        "[risk]\nk_open = 3\nk_safeguarded = 3\n",
    ),
]


@pytest.mark.parametrize(("text", "setting", "mended"), CASES)
def test_a_contradiction_is_named_and_its_remedy_ends_it(
    text: str, setting: str, mended: str
) -> None:
    (found,) = contradictions(parse_policy((HEAD + text).encode(), "mine.toml"))
    assert setting in found.settings
    assert contradictions(parse_policy((HEAD + mended).encode(), "mine.toml")) == ()


def test_of_the_policies_that_come_with_redact_only_the_unread_surrogates_are_told() -> None:
    told = {n for n in shipped_names() if contradictions(load_policy(find_policy(n))[0])}
    assert told == {"other-names"}


def test_the_command_ends_with_3_where_something_is_found() -> None:
    assert run_redact("policy", "check", "safe-copy").code == 0
    said = run_redact("policy", "check", "other-names")
    assert said.code == 3
    assert 'review = "required"' in said.out
