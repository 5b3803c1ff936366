"""Policies: strict, and helpful about typing errors."""

import pytest

from redact.errors import UsageError
from redact.policy import load_policy, parse_policy
from tests.conftest import ROOT

HEAD = 'name = "mine"\nversion = "1"\n'


@pytest.mark.parametrize("name", ["safe-copy", "archive-deposit"])
def test_shipped_policies_are_valid_and_named_after_their_file(name: str) -> None:
    policy, data = load_policy(ROOT / "policies" / f"{name}.toml")
    assert policy.name == name
    assert data


def test_only_the_deposit_asks_for_review_and_all_else_is_equal() -> None:
    safe, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    deposit, _ = load_policy(ROOT / "policies" / "archive-deposit.toml")
    assert (safe.release.review, deposit.release.review) == ("none", "required")
    assert safe.keep == deposit.keep
    assert safe.actions == deposit.actions


def test_what_the_analysis_needs_is_kept_by_the_shipped_policies() -> None:
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    for term in (
        "Scottish Government",
        "NHS",
        "COSLA",
        "Self-directed Support",
        "Care Inspectorate",
        "DWP",
        "Medicaid",
        "HUD",
        "Section 8",
        "Scotland",
        "US",
    ):
        assert term in policy.keep.terms


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        (HEAD + "[detect]\nmin_scor = 0.4\n", 4, "`detect.min_scor`", "`min_score`"),
        (HEAD + "[action]\nPERSON = 'label'\n", 3, "`action`", "`actions`"),
        (HEAD + "[actions]\nPERSN = 'label'\n", 4, "`actions.PERSN`", "`PERSON`"),
        (
            HEAD + "[actions]\nPERSON='hide'\n",
            4,
            "'label', 'surrogate', 'role', 'remove' or 'keep'",
            "policies/",
        ),
        (HEAD + "[detect]\nmin_score = '0.4'\n", 4, "`detect.min_score`", "policies/"),
        (HEAD + "[detect]\nmin_score = 1.5\n", 4, "less than or equal to 1", "policies/"),
        ('version = "1"\n', 0, "`name` is missing", "policies/"),
        (HEAD + "[release]\nreview = true\n", 4, "'required' or 'none'", "policies/"),
        (HEAD + "[keep\n", 0, "not TOML", "double quotes"),
    ],
)
def test_a_faulty_policy_names_line_and_remedy(
    text: str, line: int, what: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as refused:
        parse_policy(text.encode(), "mine.toml")
    assert what in refused.value.what
    assert remedy in refused.value.remedy
    assert refused.value.where == (f"mine.toml, line {line}" if line else "mine.toml")
    assert refused.value.exit_code == 2
