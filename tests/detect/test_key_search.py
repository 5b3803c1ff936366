"""Anything of the linkage key is seen in a text, however it is written there."""

import pytest

from redact.detect.key_search import KeySearch

SEARCH = KeySearch([("PERSON", "Morag MacLeod"), ("PERSON", "Will"), ("PHONE", "07700 900 123")])


@pytest.mark.parametrize(
    "text",
    [
        "so Morag MacLeod said",
        "MORAG MACLEOD",
        "Morag\nMcLeod",
        "Mórag Macleod",
        "see moragmacleod.txt",
    ],
)
def test_a_name_is_seen_in_any_case_spelling_and_glued(text: str) -> None:
    assert [match.label for match in SEARCH.find(text)] == ["PERSON"]


@pytest.mark.parametrize("text", ["07700900123", "07700-900-123", "(07700) 900.123"])
def test_a_number_is_seen_whatever_stands_between_its_digits(text: str) -> None:
    assert "PHONE" in {match.label for match in SEARCH.find(text)}


@pytest.mark.parametrize("text", ["Willow and goodwill", "Morag", "MacLeod, then Morag", "07700"])
def test_a_part_of_a_name_or_a_longer_word_is_no_match(text: str) -> None:
    assert list(SEARCH.find(text)) == []


def test_a_match_says_where_it_is_and_its_word_if_it_is_one() -> None:
    text = "Ask Will or Morag MacLeod."
    matches = sorted(SEARCH.find(text), key=lambda match: match.start)
    assert [text[match.start : match.end] for match in matches] == ["Will", "Morag MacLeod"]
    assert [match.one_word for match in matches] == ["will", ""]
    assert "will" not in repr(matches[0]), "a match that is shown by mistake tells no word"
