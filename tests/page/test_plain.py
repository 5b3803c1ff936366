"""Codes of the program in a person's words: none of them is on a page."""

from typing import get_args

from redact.core import DETAIL, LABELS, Action, Source
from redact.page.plain import action_in_words, kind_in_words, why_in_words


def test_every_code_has_words_of_its_own() -> None:
    kinds = [kind_in_words(label) for label in (*LABELS, DETAIL)]
    assert len(set(kinds)) == len(kinds)
    assert not any(word.isupper() for word in kinds)
    assert (kind_in_words(None), kind_in_words("")) == ("no name", "no name")
    actions = [action_in_words(action) for action in get_args(Action)]
    assert len(set(actions)) == len(actions)


def test_whatever_found_something_says_so_in_a_sentence() -> None:
    for source in Source:
        said = why_in_words((source,))
        assert said.startswith(("It ", "A ", "The ", "There ", "These ")), source
        assert not any(code in said for code in ("Recognizer", "model", "Presidio", "gazetteer"))
    assert why_in_words((Source.NHS_NUMBER_FORM,)) == "It looks like an NHS number"
    assert why_in_words(()) == ""


def test_what_two_saw_alike_is_said_once_and_one_weak_sign_is_called_so() -> None:
    both = why_in_words((Source.CAPITAL, Source.NAME_MODEL, Source.SPACY))
    assert both == "It has a capital; it reads like a name"
    assert why_in_words((Source.CAPITAL,)) == "It has a capital; nothing else points to a name"
