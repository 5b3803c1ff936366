"""The words beside a pseudonym: a or an by sound."""

from __future__ import annotations

import pytest

from redact.replace.grammar import article_for


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("[Organisation 3]", "an"),
        ("[Person 3]", "a"),
        ("[aged 40–49]", "an"),
        ("Isla", "an"),
        ("[United States]", "a"),
        ("[NHS 2]", "an"),
        ("[university 1]", "a"),
        ("[uncle 1]", "an"),
        ("[Europe]", "a"),
        ("[hour]", "an"),
    ],
)
def test_a_or_an_by_sound(text: str, article: str) -> None:
    assert article_for(text) == article
