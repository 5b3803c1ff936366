"""Forms of those who withdrew are found by tokens, in every writing, and told by nobody."""

from __future__ import annotations

import pytest

from redact.study.forgotten import forget, recall

SECRET = b"s" * 32
FORMS = [("PERSON", "Quillon MacZarb"), ("PERSON", "Zarb"), ("PHONE", "07700 900123")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met QUILLON  Maczarb there", {"PERSON"}),
        ("write to quillonmaczarb@example.org", {"PERSON"}),
        ("zarb\N{SOFT HYPHEN}'s van", {"PERSON"}),
        ("on 07700-900-123 now", {"PHONE"}),
        ("Quill and Zarbo rang 07700 900124", set()),
    ],
)
def test_a_forgotten_form_is_found_and_no_other(text: str, found: set[str]) -> None:
    forgotten = forget(SECRET, FORMS)
    assert {one.label for one in recall(SECRET, forgotten, text)} == found
    assert not list(recall(b"t" * 32, forgotten, text))


def test_a_whole_word_in_a_glued_stretch_is_told_at_its_own_place_only() -> None:
    """Else a cell of ours with a withdrawn body's common name would drag its whole row along."""
    forgotten = forget(SECRET, [("ORG", "Organisation")])
    row = "transcripts/interview_01.txt,10,ORG,[Organisation"
    found = list(recall(SECRET, forgotten, row))
    assert [row[one.start : one.end] for one in found] == ["Organisation"]
    (glued,) = recall(SECRET, forgotten, "x/myorganisation.txt")
    assert (glued.start, glued.word) == (0, "")


def test_a_token_tells_no_letter_of_its_form() -> None:
    said = repr(forget(SECRET, FORMS)).casefold()
    assert not any(word in said for word in ("quillon", "zarb", "900"))


def test_what_is_looked_for_in_no_other_transcript_is_no_token() -> None:
    forms = [("AGE", "fifteen"), ("ID", "417"), ("PERSON", "QM"), ("DATE", "the ninth")]
    assert forget(SECRET, forms) == ()
