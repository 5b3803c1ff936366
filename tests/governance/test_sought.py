"""What was reported is found in a released file as it stands there, and not in redact's lines."""

from __future__ import annotations

import pytest

from redact.core import Label
from redact.governance.sought import Sought

TALK = "P1: She is 58 now.\nP1: [Person 58] left in 1998, with [58 years] behind her.\n"


@pytest.mark.parametrize(
    ("label", "words", "lines"),
    [
        ("AGE", "58", (1,)),
        ("DATE", "1998", (2,)),
        ("PERSON", "Ishbel Tannock", ()),
        ("ID", "58", (1,)),
    ],
)
def test_what_no_key_is_searched_for_is_found_as_it_stands(
    label: Label, words: str, lines: tuple[int, ...]
) -> None:
    assert Sought.of(label, words).lines_of(TALK, "transcripts/a.txt") == lines


def test_words_are_not_in_what_is_shown_of_it() -> None:
    assert "Tannock" not in repr(Sought.of("PERSON", "Ishbel Tannock"))


@pytest.mark.parametrize("name", ["README.md", "README.html"])
def test_a_line_that_every_readme_has_does_not_count(name: str) -> None:
    mark = "<li>{}</li>" if name.endswith("html") else "- {}"
    ours = "Turns, lines and speaker order are as they were. "
    ours += "A label may stand where a speaker's name stood."
    text = f"{mark.format('Speaker Trust ran it.')}\n{mark.format(ours)}\n"
    assert Sought.of("ORG", "speaker").lines_of(text, name) == (1,)
    assert Sought.of("ORG", "speaker").lines_of(text, "transcripts/a.txt") == (1, 2)


def test_a_year_is_looked_for_in_what_people_said_and_not_in_the_days_of_papers() -> None:
    year = Sought.of("DATE", "1998")
    for name, lines in (
        ("transcripts/a.txt", (1,)),
        ("interviews.csv", (1,)),
        ("quotes.md", (1,)),
        ("README.md", ()),
        ("metadata/datacite.json", ()),
    ):
        assert year.lines_of("made in 1998\n", name) == lines, name
    assert Sought.of("PLACE", "Zanthorpe").lines_of("of Zanthorpe\n", "README.md") == (1,)
