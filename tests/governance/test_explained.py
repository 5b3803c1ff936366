"""A policy in plain words: each action has its sentence, and what is shown is what is done."""

from __future__ import annotations

import pytest

from redact.core import LABELS
from redact.governance.example import shown_by
from redact.governance.explained import as_lines, as_markdown, as_page, explain
from redact.governance.meaning import meaning
from redact.policy import Actions, Policy, find_policy, load_policy, parse_policy, shipped_names
from tests.conftest import run_redact

HEAD = 'name = "mine"\nversion = "1"\n'


def policy_of(text: str) -> Policy:
    return parse_policy((HEAD + text).encode(), "mine.toml")


@pytest.mark.parametrize("label", LABELS)
def test_every_action_that_can_be_chosen_has_its_sentence(label: str) -> None:
    name = next(one for one in LABELS if one == label)
    said = [meaning(name, action) for action in Actions.possible(name)]
    assert all(sentence.endswith(".") for sentence in said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", shipped_names())
def test_what_identifies_is_not_in_the_example_afterwards(name: str) -> None:
    shown = shown_by(load_policy(find_policy(name))[0])
    assert [*shown] == [*LABELS]
    after = " ".join(one.after for one in shown.values())
    for words in (
        "Haldane",
        "Morag",
        "Corriedoon",
        "Kilmarnock",
        "14 March",
        "47",
        "960123",
        "1AA",
    ):
        assert words in " ".join(one.before for one in shown.values())
        assert words not in after


def test_the_example_shows_what_the_policy_does() -> None:
    kept = shown_by(policy_of('[actions]\nPERSON = "keep"\nDATE = "year"\nAGE = "band"\n'))
    assert kept["PERSON"].after == kept["PERSON"].before
    assert kept["DATE"].after == "The letter came on [2019]."
    assert kept["AGE"].after == "My mother was [aged 40–49] then."


def test_what_is_not_promised_follows_from_the_settings() -> None:
    plain = explain(policy_of(""))
    named = explain(policy_of('[actions]\nPERSON = "surrogate"\nPHONE = "keep"\n'))
    assert not any("missed name can be seen" in one for one in plain.not_promised)
    assert any("missed name can be seen" in one for one in named.not_promised)
    assert any("telephone numbers" in one for one in named.not_promised)
    assert any("until a person has settled" in one for one in plain.asks)
    unread = explain(policy_of('[release]\nreview = "none"\n'))
    assert any("Nobody is asked to read" in one for one in unread.asks)


def test_the_same_is_said_in_every_form() -> None:
    said = explain(load_policy(find_policy("safe-copy"))[0])
    lines, markdown, page = "\n".join(as_lines(said)), as_markdown(said), as_page(said)
    for sentence in (*said.asks, *said.not_promised):
        assert sentence in lines
        assert sentence in markdown
        assert sentence.replace("'", "&#39;") in page
    assert "<script" not in page
    assert "http" not in page


def test_the_page_escapes_what_a_policy_says() -> None:
    said = explain(policy_of('description = "<b>ours</b>"\n'))
    assert "&lt;b&gt;ours&lt;/b&gt;" in as_page(said)


def test_explain_prints_or_writes_and_never_over_a_file(tmp_path: object) -> None:
    result = run_redact("policy", "explain", "teaching")
    assert result.code == 0
    assert "teaching 1" in result.out
    path = f"{tmp_path}/teaching.html"
    assert run_redact("policy", "explain", "teaching", "--as", "page", "--to", path).code == 0
    again = run_redact("policy", "explain", "teaching", "--as", "page", "--to", path)
    assert (again.code, "in the way" in again.err) == (1, True)


def test_a_policy_of_quotes_says_that_no_transcript_goes_out() -> None:
    said = explain(load_policy(find_policy("publication-quotes"))[0])
    assert (
        "Only single passages go out, each approved by a person; no transcript does." in said.asks
    )
    assert not [one for one in said.asks if "settled every transcript" in one]
