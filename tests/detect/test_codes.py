"""Codes for those who take part stay, in labels and in talk; names and real numbers do not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from redact.core import Label, Mention, Place, Source
from redact.detect.codes import codes_in, without_codes
from redact.detect.detector import detect
from redact.policy import Policy
from tests.detect.mentions import surfaces, transcript

CODED = "INT: Was P07 there?\n\nP03: Aye, {said}\n\nINT: Right.\n\nP03: She moved.\n"
CODES_OF_STUDIES = "P07 R1 S02 SP_04 FGD2 IDI-17 KII_05 F1 M2".split()


def codes(text: str) -> list[str]:
    return [text[code.span.start : code.span.end] for code in codes_in(transcript(text))]


def seen(text: str, said: str, label: Label, *sources: Source) -> list[str]:
    """What is left of a mention of these words beside the codes of the text."""
    mentions = [
        Mention(
            place=Place.at("D1", match.start(), match.end()),
            label=label,
            score=0.9,
            sources=sources,
        )
        for match in re.finditer(re.escape(said), text)
    ]
    left = without_codes(transcript(text), mentions)
    return [text[mention.start : mention.end] for mention in left]


@pytest.mark.parametrize("code", CODES_OF_STUDIES)
@pytest.mark.parametrize("label", ["PERSON", "ORG", "PLACE"])
def test_a_code_in_talk_is_no_name(code: str, label: Label) -> None:
    text = CODED.format(said=f"{code} told me.")
    assert seen(text, code, label, Source.NAME_MODEL, Source.CORPUS) == []


@pytest.mark.parametrize("code", CODES_OF_STUDIES)
def test_a_code_in_talk_is_no_licence(code: str) -> None:
    text = CODED.format(said=f"{code} told me.")
    assert seen(text, code, "ID", Source.PRESIDIO_US_LICENSE) == []


@pytest.mark.parametrize("code", ["SP_04", "KII_05", "idi_2"])
def test_what_every_study_calls_a_participant_is_no_reference_by_its_looks(code: str) -> None:
    text = f"INT: Who was it?\n\nAnn: {code} and ward_7 told me.\n"
    assert seen(text, code, "ID", Source.REFERENCE_NUMBER_FORM) == []
    assert seen(text, code, "ID", Source.SPELLED_OUT_IDENTIFIER) == [code]
    assert seen(text, "ward_7", "ID", Source.REFERENCE_NUMBER_FORM) == ["ward_7"]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("spk_0", "spk_1"),
        ("S02", "S00"),
        ("Speaker 3", "Speaker 1"),
        ("Participant 12", "participant 4"),
        ("QX-4", "QX-9"),
        ("Interviewer (T1)", "T2"),
    ],
)
def test_what_labels_speakers_is_a_code_wherever_it_stands(label: str, said: str) -> None:
    text = f"{label}: So it was.\n\nMorag: It was {said}, aye.\n\n" + f"{label}: Right.\n\n" * 2
    assert said in codes(text)


def test_an_overlap_names_its_speaker_by_code() -> None:
    text = "S01: When was it?\n\nS00: Then. //S02: We did. // Aye.\n\nS02: No.\n"
    assert codes(text) == ["S01", "S00", "S02", "S02"]


def test_what_the_tables_call_the_interview_is_a_code() -> None:
    text = "Morag: It was KX07 before.\n\nDana: Was it?\n"
    assert codes(text) == []
    listed = replace(transcript(text), interview="KX04")
    assert [text[code.span.start : code.span.end] for code in codes_in(listed)] == ["KX07"]


@pytest.mark.parametrize(
    "said",
    [
        "the A9 was shut",
        "we stay in G12",
        "the room was B12",
        "it is on TV6",
        "he had K9 on the van",
        "at 12.30 or so",
        "call 07700 900123",
    ],
)
def test_other_letters_with_a_number_are_no_codes(said: str) -> None:
    text = CODED.format(said=said)
    assert set(codes(text)) == {"P07", "P03"}


@pytest.mark.parametrize("said", ["M8 was shut", "R2 said so", "P60 came"])
def test_one_letter_and_a_number_are_a_code_only_where_speakers_have_codes(said: str) -> None:
    assert codes(f"Morag: The {said}.\n\nDana: Right.\n") == []


def test_a_number_of_another_form_around_a_code_is_found() -> None:
    text = CODED.format(said="his plate is P12 ABC.")
    assert seen(text, "P12 ABC", "ID", Source.VEHICLE_REGISTRATION_FORM) == ["P12 ABC"]


def test_a_number_that_our_rules_see_is_found_unless_it_is_a_code_of_the_document() -> None:
    text = CODED.format(said="case R17 and case P12.")
    assert seen(text, "R17", "ID", Source.REFERENCE_NUMBER_FORM) == ["R17"]
    assert seen(text, "P12", "ID", Source.REFERENCE_NUMBER_FORM) == []


def test_a_name_beside_a_code_is_cut_free_of_it() -> None:
    text = CODED.format(said="P04 Peggy Lindores drove.")
    assert seen(text, "P04 Peggy Lindores", "PERSON", Source.SPACY) == ["Peggy Lindores"]


@pytest.mark.parametrize("source", [Source.ROSTER, Source.HIDDEN_BEFORE, Source.REVIEWER])
def test_what_a_person_listed_or_hid_stays_a_mention(source: Source) -> None:
    assert seen(CODED.format(said="no."), "P07", "PERSON", source) == ["P07"]


def test_a_token_with_a_number_is_nobodys_name() -> None:
    text = "Morag: It was B12, or kelly1992 as she has it.\n\nDana: Right.\n"
    assert seen(text, "B12", "PERSON", Source.NAME_MODEL) == []
    assert seen(text, "kelly1992", "PERSON", Source.NAME_MODEL) == ["kelly1992"]


@pytest.mark.model
def test_the_whole_detector_leaves_codes_and_finds_what_stands_beside_them(
    safe_copy: Policy,
) -> None:
    said = (
        "S01: So you went to the police about it?\n\n"
        "S00: The public meeting, aye. B12 was the room. The policy was on the wall, and R2 said "
        "nothing. Peggy Lindores drove, her plate is P12 ABC and her licence number is "
        "MORGA 657054 SM9IJ.\n\n"
        "S01: And M3, and FGD2, and spk_1?\n\n"
        "S00: //S02: No. // M3 was no help.\n"
    )
    (detection,) = detect((transcript(said),), safe_copy)
    found = surfaces(detection, said)
    assert "Peggy Lindores" in found
    assert any("ABC" in one for one in found)
    assert any("657054" in one for one in found)
    assert [one for one in found if re.fullmatch(r"[A-Z]+\d+|spk_?\d?|B12", one)] == []
