"""Folding and finding: one name in all its spellings, and offsets that always point right."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.transcript.words import Forms, broken_words, fold, squash, words

NAMES = st.sampled_from(["Morag", "MacLeod", "O'Neil", "Zoë", "Seonaidh", "Nguyen", "de", "Àdhamh"])


TEXT = st.text(alphabet="Morag MacLd'’-\né\u0301\u00ad,.:@ 07x", max_size=120)


@given(st.text(max_size=300))
def test_words_are_in_order_and_lie_in_the_text(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        at = word.end


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Morag MacLeod", "MORAG MCLEOD"),
        ("Morag MacLeod", "morag macleod's"),
        ("O'Neil", "O’Neil"),
        ("O'Neil", "oneil"),
        ("Zoë", "Zoe\u0308"),
        ("Zoë", "zoe"),
        ("Na h-Eileanan Siar", "na h eileanan siar"),
        ("Mor\u00adag", "Morag"),
        ("Mary-Kate", "Mary Kate"),
        ("Strauß", "STRAUSS"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Morag", "Moray"), ("Ann", "Anne"), ("Mac", "Mc")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "text",
    [
        "I saw Morag MacLeod there",
        "I saw MORAG  MCLEOD there",
        "I saw morag\nmacleod's there",
        "I saw Morag-MacLeod there",
        "I saw Morag\r\n  MacLeod there",
    ],
)
def test_a_full_name_is_found_however_it_is_written(text: str) -> None:
    (hit,) = Forms([("Morag MacLeod", 1)]).find(text)
    found = text[hit.start : hit.end]
    assert fold(found) == ("morag", "mcleod")
    assert not found.endswith("s")


def test_a_name_broken_by_a_hyphen_at_the_line_end_is_found() -> None:
    text = "she lives in Kilmar-\nnock now"
    (hit,) = Forms([("Kilmarnock", 1)]).find(text)
    assert text[hit.start : hit.end] == "Kilmar-\nnock"


def test_a_name_is_not_found_across_sentences_or_inside_words() -> None:
    forms = Forms([("Morag MacLeod", 1), ("Ann", 2)])
    assert not list(forms.find("Ask Morag. MacLeod knows. We are planning an annual Anne."))


def test_the_longest_form_wins_unless_all_are_asked_for() -> None:
    forms = Forms([("Thompson", "person"), ("Thompson House", "org")])
    text = "at Thompson House today"
    assert [hit.key for hit in forms.find(text)] == ["org"]
    assert {hit.key for hit in forms.find(text, longest=False)} == {"org", "person"}


def test_a_form_that_is_two_things_is_found_as_both() -> None:
    forms = Forms([("Hamilton", "person"), ("HAMILTON", "place"), ("Hamilton", "person")])
    assert forms.count == 2
    for longest in (True, False):
        assert [hit.key for hit in forms.find("in Hamilton now", longest)] == ["person", "place"]


@given(st.lists(NAMES, min_size=1, max_size=3), TEXT, TEXT)
def test_a_form_put_anywhere_between_spaces_is_found(
    name: list[str], before: str, after: str
) -> None:
    form = " ".join(name)
    text = f"{before} . {form} . {after}"
    start = len(before) + 3
    hits = Forms([(form, 1)]).find(text, longest=False)
    assert any(hit.start <= start and hit.end >= start + len(form) for hit in hits)


def test_squash_runs_words_together() -> None:
    assert squash("Morag Mac-Leod, 0141") == "moragmacleod0141"


@given(st.text(alphabet="ab-‐_1é\u0301 \t\r\n", max_size=60))
def test_broken_words_are_those_that_one_expression_sees(text: str) -> None:
    """It goes from the breaks to both sides; the expression costs the square of a long run."""
    letter = r"[^\W_]|[\u0300-\u036f]"
    plain = re.compile(rf"((?:{letter})+)[-‐‑]\r?\n[ \t]*((?:{letter})+)")
    seen = [(word.start, word.end) for word in broken_words(text)]
    assert seen == [match.span() for match in plain.finditer(text)]


def test_a_million_letters_without_a_blank_are_one_word() -> None:
    assert broken_words("a" * 1_000_000) == []
    assert len(words("a" * 1_000_000)) == 1
