"""A place is told from the person of that name where it stands; short names of organisations."""

import pytest

from redact.detect.at_its_place import at_its_place
from redact.detect.short_names import short_names
from tests.detect.mentions import mention


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("he's in the jail in Walker right now", "PLACE"),
        ("she put her trust in Walker's word", "PERSON"),
        ("they met in Walker Hall", "PERSON"),
        ("it came from Walker", "PERSON"),
        ("Walker, Minnesota, six miles on", "PLACE"),
        ("Walker, who is in Minnesota", "PERSON"),
    ],
)
def test_a_known_place_is_one_where_somebody_is_in_it_or_its_state_follows(
    text: str, label: str
) -> None:
    assert at_its_place(text, mention(text, "Walker", "PERSON")).label == label


def test_what_is_no_known_place_stays_what_it_is() -> None:
    text = "we believe in Stukenborgia"
    assert at_its_place(text, mention(text, "Stukenborgia", "PERSON")).label == "PERSON"


def test_the_words_that_open_an_organisation_are_its_short_name_unless_they_are_more() -> None:
    names = [("brackenfold", "housing", "trust"), ("kilmarnock", "care"), ("grace", "house")]
    assert short_names(names) == {("brackenfold",), ("brackenfold", "housing")}
