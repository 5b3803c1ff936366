"""Woman or man, as far as titles, relations and pronouns say it, and nothing where they do not."""

from __future__ import annotations

import pytest

from redact.link.gender import gender_from
from tests.link.talks import (
    people,
)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mrs Reid came.", "woman"),
        ("My brother Reid came.", "man"),
        ("Reid said she was in.", None),  # one pronoun may be somebody else's
        ("Reid and her pal. Reid, she sat. Reid said she was in.", "woman"),
        ("Reid came.", None),
    ],
)
def test_gender_is_what_the_talk_says(text: str, gender: str | None) -> None:
    ((_, entity),) = people((text, [("Reid", "PERSON")] * text.count("Reid")))
    assert entity.gender == gender


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("My sister Reid came.", "woman"),
        ("Mr Reid came.", "man"),
        ("Mr Reid came. She saw Reid.", "man"),
        ("Dr Reid came.", None),
        ("Our cousin Reid came.", None),
        ("Reid said he was in. Reid, he sat. Reid, she sat. Reid, she ran.", None),
        ("Reid came. She was late. Reid sat. She was ill. Reid went. She slept.", None),
    ],
)
def test_a_title_outweighs_a_pronoun_and_the_next_sentence_says_nothing(
    text: str, gender: str | None
) -> None:
    ((_, entity),) = people((text, [("Reid", "PERSON")] * text.count("Reid")))
    assert entity.gender == gender


@pytest.mark.parametrize(
    ("cell", "gender"),
    [
        ("Female", "woman"),
        (" F ", "woman"),
        ("man", "man"),
        ("male", "man"),
        ("n/a", None),
        ("", None),
    ],
)
def test_a_column_s_word_is_read_however_it_is_written(cell: str, gender: str | None) -> None:
    assert gender_from(cell) == gender
