"""Words that are names too, and words that never are."""

import pytest

from redact.detect.lexicon import is_function_word, is_never_name, is_word_too


def test_ordinary_words_are_words_and_a_rare_name_is_none() -> None:
    assert is_word_too("people")
    assert is_word_too("hope")
    assert not is_word_too("catriona")


@pytest.mark.parametrize(("word", "never"), [("the", True), ("and", True), ("catriona", False)])
def test_a_small_word_is_never_a_name(word: str, never: bool) -> None:
    assert is_never_name(word) is never
    assert is_function_word(word) is never
