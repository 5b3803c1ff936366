"""Policies: strict, and helpful about typing errors."""

from typing import get_args

import pytest

from redact.core.kept_lists import KeptList, kept_terms
from redact.errors import UsageError
from redact.policy import load_policy, parse_policy, shipped_names
from tests.conftest import ROOT

HEAD = 'name = "mine"\nversion = "1"\n'


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_policies_are_valid_and_named_after_their_file(name: str) -> None:
    policy, data = load_policy(ROOT / "policies" / f"{name}.toml")
    assert policy.name == name
    assert data


def test_only_the_deposit_asks_for_review_and_all_else_is_equal() -> None:
    safe, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    deposit, _ = load_policy(ROOT / "policies" / "archive-deposit.toml")
    assert (safe.release.review, deposit.release.review) == ("none", "required")
    assert set(safe.keep.terms) == set(deposit.keep.terms)
    assert not set(safe.keep.terms) >= set(kept_terms("state-programmes"))
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
        "Adults with Incapacity (Scotland) Act",
    ):
        assert term in policy.keep.terms


def test_a_study_adds_its_own_terms_to_the_lists_that_come_with_redact() -> None:
    keep = '[keep]\nlists = ["nations"]\nprogrammes = ["Harbour Pathway"]\n'
    policy = parse_policy((HEAD + keep).encode(), "policy.toml")
    assert policy.keep.terms == (*kept_terms("nations"), "Harbour Pathway")
    with pytest.raises(UsageError, match="'programmes', 'state-programmes' or 'nations'"):
        parse_policy((HEAD + '[keep]\nlists = ["nation"]\n').encode(), "policy.toml")


@pytest.mark.parametrize("name", get_args(KeptList))
def test_no_term_of_a_list_stands_twice(name: str) -> None:
    terms = kept_terms(name)
    assert len(terms) > 20
    assert len(set(terms)) == len(terms)


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
        (HEAD + "[templates]\nPERSON = 'x'\n", 4, "called the same", "policies/"),
        (HEAD + "[templates]\nORG = '[{kind}]'\n", 4, "called the same", "policies/"),
        (HEAD + "[templates]\nPLACE = 'town'\n", 4, "called the same", "policies/"),
        (HEAD + "[templates]\nPLACE = '{kind}'\n", 4, "like a word that was said", "policies/"),
        (HEAD + "[templates]\nPERSON = '{number}'\n", 4, "like a word that was said", "policies/"),
        (HEAD + "[templates]\nDATE = '[\u202e{text}]'\n", 4, "that can be seen", "policies/"),
        (
            HEAD + "[templates]\nPERSON = '[{number}]'\nORG = '[{number}]'\n",
            5,
            "also that of PERSON",
            "policies/",
        ),
        (f"{HEAD}a = {'{a=' * 5000}1{'}' * 5000}\n", 3, "too deep to be read", "lists of words"),
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


@pytest.mark.parametrize("template", ["@@{text}##", "P{number}", "[{noun} {number}]", "{text}"])
def test_a_template_that_tells_people_apart_is_taken(template: str) -> None:
    made = parse_policy(f"{HEAD}[templates]\nPERSON = '{template}'\n".encode(), "mine.toml")
    assert made.templates.of("PERSON") == template


@pytest.mark.parametrize("depth", [500, 5_000, 100_000])
@pytest.mark.parametrize(("open_", "close"), [("[", "]"), ("{a = ", "}")])
def test_a_policy_of_any_depth_is_an_error_with_its_line(
    depth: int, open_: str, close: str
) -> None:
    value = open_ * depth + "1" * (close == "}") + close * depth
    with pytest.raises(UsageError) as refused:
        parse_policy(f"{HEAD}[keep]\nterms = {value}\n".encode(), "mine.toml")
    assert refused.value.where in ("mine.toml, line 4", "mine.toml, line 3")
    assert refused.value.remedy
