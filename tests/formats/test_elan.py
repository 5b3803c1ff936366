"""ELAN: tiers are speakers, times stay, paths go; pympi agrees."""

import re
from pathlib import Path

import pympi
import pytest

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from tests.formats.safe_files import said_beside

NAME = re.compile(r"Morag(?:\s+MacLeod)?|Fergus")


@pytest.fixture
def eaf(tmp_path: Path) -> bytes:
    """Two speakers, a tier without words, a translation, media and authors."""
    file = pympi.Elan.Eaf(author="Morag MacLeod")
    file.add_linked_file("/home/morag/fergus.wav")
    file.remove_tier("default")
    for name in ("Morag MacLeod", "INT", "Fergus"):
        file.add_tier(name, part=name, ann="Morag")
    file.add_annotation("INT", 0, 1000, "Who is it?")
    file.add_annotation("Morag MacLeod", 1000, 2000, "Me, Morag, & <Fergus>")
    file.add_annotation("INT", 2000, 2500, "OK")
    file.add_annotation("Morag MacLeod", 2500, 2600, "Aye.")
    file.add_annotation("Morag MacLeod", 2600, 2700, "So.")
    path = tmp_path / "a.eaf"
    file.to_file(str(path))
    return path.read_bytes()


def made_safe(data: bytes) -> tuple[bytes, str]:
    reading = read_file(data, "a.eaf", "a.eaf")
    edits = [
        Edit(m.start(), m.end(), f"[Person {1 + m[0].startswith('F')}]")
        for m in NAME.finditer(reading.text)
    ]
    written = write_file(reading, edits, "a.eaf")
    made = written.data
    return made, written.text


def test_annotations_are_turns_in_the_order_of_their_times(eaf: bytes) -> None:
    assert read_file(eaf, "a.eaf", "a").text == (
        "INT: Who is it?\nMorag MacLeod: Me, Morag, & <Fergus>\nINT: OK\n"
        "Morag MacLeod: Aye. So.\nFergus"
    )


def test_no_name_is_left_and_pympi_reads_the_safe_words_at_the_old_times(
    eaf: bytes, tmp_path: Path
) -> None:
    data, _ = made_safe(eaf)
    assert not re.search(rb"morag|macleod|fergus", data, re.IGNORECASE)
    assert not NAME.search("".join(said_beside(data, "a.eaf")))
    (tmp_path / "safe.eaf").write_bytes(data)
    safe = pympi.Elan.Eaf(str(tmp_path / "safe.eaf"))
    assert list(safe.get_tier_names()) == ["[Person 1]", "INT", "[Person 2]"]
    assert safe.get_annotation_data_for_tier("[Person 1]") == [
        (1000, 2000, "Me, [Person 1], & <[Person 2]>"),
        (2500, 2600, "Aye."),
        (2600, 2700, "So."),
    ]


def test_tiers_that_refer_to_others_follow_their_times(tmp_path: Path) -> None:
    file = pympi.Elan.Eaf()
    file.add_linguistic_type("part", "Symbolic_Association")
    file.remove_tier("default")
    file.add_tier("Morag")
    file.add_tier("Morag-note", ling="part", parent="Morag")
    file.add_annotation("Morag", 0, 10, "Aye.")
    file.add_annotation("Morag", 20, 30, "No.")
    file.add_ref_annotation("Morag-note", "Morag", 25, "firmly")
    file.to_file(str(tmp_path / "a.eaf"))
    reading = read_file((tmp_path / "a.eaf").read_bytes(), "a.eaf", "a")
    assert reading.text == "Morag: Aye. No.\nMorag-note: firmly"


def test_a_file_without_paths_or_names_is_byte_for_byte_as_it_was(eaf: bytes) -> None:
    data, _ = made_safe(eaf)
    reading = read_file(data, "a.eaf", "a")
    assert write_file(reading, [], "a.eaf").data == data
    assert not reading.dropped


def test_a_controlled_vocabulary_is_words_too(eaf: bytes) -> None:
    entry = b"<CV_ENTRY><CVE_VALUE>Morag laughs</CVE_VALUE></CV_ENTRY>"
    data, text = made_safe(
        eaf.replace(b"</ANNOTATION_DOCUMENT>", entry + b"</ANNOTATION_DOCUMENT>")
    )
    assert "[Person 1] laughs" in text
    assert b"Morag" not in data


@pytest.mark.parametrize("data", [b"<a/>", b"Morag", b"<ANNOTATION_DOCUMENT>"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_file(data, "a.eaf", "a.eaf")
    assert "Morag" not in refused.value.line()


def test_two_tiers_that_are_one_person_stay_apart(tmp_path: Path) -> None:
    """They follow each other, and each name is one place of the file for several turns."""
    file = pympi.Elan.Eaf()
    file.remove_tier("default")
    for name in ("Morag", "Morag MacLeod"):
        file.add_tier(name)
    for number in range(4):
        tier = ("Morag", "Morag MacLeod")[number % 2]
        file.add_annotation(tier, number * 10, number * 10 + 5, f"Aye, {number}.")
    path = tmp_path / "a.eaf"
    file.to_file(str(path))
    reading = read_file(path.read_bytes(), "a.eaf", "a.eaf")
    names = re.finditer(r"Morag(?: MacLeod)?", reading.text)
    written = write_file(reading, [Edit(m.start(), m.end(), "[Person 1]") for m in names], "a.eaf")
    turns = [line.partition(":")[0].strip() for line in written.text.splitlines()]
    assert turns == ["[Person 1]"] * 4
    assert b"Morag" not in written.data
