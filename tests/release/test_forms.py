"""Transcripts as files for a word processor say what the text says, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from striprtf import striprtf

from redact.policy.sections import Handling
from redact.release.forms import Form, form_name, in_form, said_otherwise

TEXT = (
    "Interview: scot_01\n" + "-" * 40 + "\n\n"
    "Interviewer: What's it like — “really”?\n[Person 12]: Ça va, {well}; C:\\done\t😀 Gàidhlig\n"
)
FORMS: tuple[Form, ...] = ("docx", "rtf")
NAME = "transcripts/scot_01.txt"


def package(text: str, form: Form, other: str | None = None) -> dict[str, bytes]:
    return {
        NAME: text.encode("utf-8"),
        form_name(NAME, form): in_form(text if other is None else other, form),
    }


def test_they_lie_in_a_folder_of_their_own_and_are_the_same_again() -> None:
    assert form_name(NAME, "rtf") == "as-rtf/scot_01.rtf"
    for form in FORMS:
        assert in_form(TEXT, form) == in_form(TEXT, form)
        assert list(said_otherwise(package(TEXT, form), Handling())) == []


def test_another_reader_reads_the_same_from_an_rtf() -> None:
    read: Callable[[str], str] = striprtf.rtf_to_text
    said = read(in_form(TEXT, "rtf").decode("ascii"))
    said = said.encode("utf-16", "surrogatepass").decode("utf-16")  # it leaves pairs apart
    assert said.split() == TEXT.split()


def test_a_word_that_the_text_has_not_or_that_is_gone_is_found() -> None:
    for form in FORMS:
        for other in (TEXT + "and Morag Gilchrist\n", TEXT.replace("really", "")):
            found = list(said_otherwise(package(TEXT, form, other), Handling()))
            assert found
            assert "Morag" not in str(found)
        broken = {**package(TEXT, form), form_name(NAME, form): b"PK no file"}
        assert list(said_otherwise(broken, Handling()))


def test_what_is_hidden_in_an_rtf_is_found() -> None:
    hidden = in_form(TEXT, "rtf").replace(b"\\pard", b"{\\info{\\author Morag}}\\pard")
    found = list(said_otherwise({**package(TEXT, "rtf"), "as-rtf/scot_01.rtf": hidden}, Handling()))
    assert found


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
@settings(deadline=None)
def test_whatever_was_said_is_read_again(text: str) -> None:
    for form in FORMS:
        assert list(said_otherwise(package(f"INT: {text}\nand more\n", form), Handling())) == []
