"""A body's name keeps the "'s" that is part of it, and not what a person or a body has."""

import pytest

from redact.detect.possessives import with_possessives
from tests.detect.mentions import mention


@pytest.mark.parametrize(
    ("text", "surface", "label", "left"),
    [
        ("He sat in the porch of St Brannoc's until ten.", "St Brannoc", "ORG", "St Brannoc's"),
        ("I left St Brannoc’s minister a note.", "St Brannoc", "ORG", "St Brannoc’s"),
        ("Come off a night at Dunmore's, she said.", "Dunmore", "ORG", "Dunmore's"),
        ("Tesco pays, Barnardo's pays more.", "Barnardo", "ORG", "Barnardo's"),
        ("I drove the Lintel's van to town.", "Lintel", "ORG", "Lintel"),
        ("She was born at Dr Gray's in spring.", "Dr Gray", "PERSON", "Dr Gray's"),
        ("I was at Morag's, she said.", "Morag", "PERSON", "Morag"),
    ],
)
def test_the_possessive_of_a_name_stays_with_it_where_it_is_part_of_it(
    text: str, surface: str, label: str, left: str
) -> None:
    before = mention(text, surface, "PERSON" if label == "PERSON" else "ORG")
    (after,) = with_possessives(text, [before])
    assert text[after.start : after.end] == left
    assert after.label == ("ORG" if left == "Dr Gray's" else label)
