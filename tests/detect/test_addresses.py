"""Street addresses and named streets; what is only called a street is none."""

import pytest

from redact.core import Transcript
from redact.detect.addresses import AddressRecognizer
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("I'm at 12 Sandpiper Wynd now", "12 Sandpiper Wynd"),
        ("4418 N. Kenmore, apartment 3B", "4418 N. Kenmore, apartment 3B"),
        ("at 212 Geneva Avenue, Dorchester", "212 Geneva Avenue"),
        ("the hostel on Constitution Street", "Constitution Street"),
    ],
)
def test_a_street_address_is_found(text: str, address: str) -> None:
    found = AddressRecognizer().find(Transcript(id="D1", text="INT: So.\n" + text))
    surfaces = [("INT: So.\n" + text)[m.start : m.end] for m in found]
    assert address in surfaces


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("She's at flat 2, 14 Tarbel Crescent.", "14 Tarbel Crescent"),
        ("the van broke down on I-94 again", "I-94"),
        ("out by County Road 12", "County Road 12"),
        ("We met in Sandpiper Gardens.", "Sandpiper Gardens"),
    ],
)
def test_a_road_by_its_name_or_number_is_a_place(text: str, address: str) -> None:
    assert address in found_by(AddressRecognizer(), f"INT: So.\n{text}\n", "PLACE")


def test_a_street_is_found_without_capitals_where_a_number_or_on_comes_before() -> None:
    low = "int: where\np01: eh i was at 12 sandpiper wynd and then on constitution street\n"
    assert found_by(AddressRecognizer(), low) == ["12 sandpiper wynd", "constitution street"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("she's in nine oh four east lafayette now\n", "nine oh four east lafayette"),
        ("it's eighteen b sandpiper wynd aye\n", "eighteen b sandpiper wynd"),
        ("INT: So.\nIt's Twelve Sandpiper Wynd, aye.", "Twelve Sandpiper Wynd"),
    ],
)
def test_a_house_as_it_is_said_is_found(text: str, address: str) -> None:
    assert address in found_by(AddressRecognizer(), text, "PLACE")


@pytest.mark.parametrize(
    "text",
    [
        "it was two miles of road and one of the street\n",
        "We went down the High Street.",
        "It's on Main Street like everything.",
        "The Bridge Street Project helped.",
        "There were 12 places on the course.",
        "It was a long road for us.",
        "int: where\np01: eh just on the main street and on our road you know\n",
    ],
)
def test_any_town_s_street_a_project_and_talk_of_roads_are_no_address(text: str) -> None:
    assert found_by(AddressRecognizer(), text) == []
