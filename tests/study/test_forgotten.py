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


def test_a_token_tells_no_letter_of_its_form() -> None:
    said = repr(forget(SECRET, FORMS)).casefold()
    assert not any(word in said for word in ("quillon", "zarb", "900"))


def test_what_is_looked_for_in_no_other_transcript_is_no_token() -> None:
    forms = [("AGE", "fifteen"), ("ID", "417"), ("PERSON", "QM"), ("DATE", "the ninth")]
    assert forget(SECRET, forms) == ()
