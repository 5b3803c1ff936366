"""Which row of an interviews table is about which text."""

import pytest

from redact.core import Interview, ListedPerson
from redact.transcript.rows import MatchedBy, match_rows


def row(file: str = "", number: str = "", who: str = "") -> Interview:
    people = (ListedPerson(name=who),) if who else ()
    return Interview(interview=number or "x", file=file, interviewees=people)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("Interview 3 Orrick.docx", "Interview 3 Orrick.txt"),
        (r"C:\tapes\ORRICK_pt1.m4a", "orrick_pt1.txt"),
        ("orrick pt1", "Orrick_pt1.vtt"),
        ("orrick_h.wav + notes", "orrick_h.txt"),
        ("orrick_h_0104", "orrick_h_0104_final.txt"),
    ],
)
def test_a_file_is_found_whatever_its_ending_case_folder_and_spaces(file: str, text: str) -> None:
    texts = {text: "A: hello", "other.txt": "B: hello"}
    matched = match_rows(texts, [row(file)])
    assert set(matched) == {text}
    assert matched[text].by == MatchedBy.FILE


def test_a_number_is_found_where_nothing_speaks_against_it() -> None:
    texts = {"gs01.txt": "Orrick: aye", "gs02.txt": "Munnoch: aye"}
    rows = [row(number="GS1", who="Hepzibah Orrick"), row(number="GS2", who="Cosmo Pettigrew")]
    matched = match_rows(texts, rows)
    assert {name: one.row.interview for name, one in matched.items()} == {"gs01.txt": "GS1"}


def test_who_is_named_in_one_text_alone_speaks_in_it() -> None:
    texts = {"a.txt": "This is Hepzibah Orrick.", "b.txt": "Cosmo Pettigrew here."}
    rows = [row(number="x", who="Cosmo Pettigrew"), row(number="y", who="Ailis Munnoch")]
    matched = match_rows(texts, rows)
    assert {name: one.by for name, one in matched.items()} == {"b.txt": MatchedBy.WHO_SPEAKS}


def test_what_fits_two_fits_none() -> None:
    texts = {"orrick_1.txt": "aye", "orrick_2.txt": "aye"}
    assert match_rows(texts, [row("orrick.docx")]) == {}
