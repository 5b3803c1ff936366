"""A name said with another: the same form, word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.replace.names import NameParts, name_parts, plural_of, said_with
from redact.replace.personas import Persona

FORMS = ("Margaret MacLeod", "Margaret", "Peggy", "Mrs MacLeod", "M-A-R-G-A-R-E-T")
PERSONA = Persona("Winifred", "Cargill")  # Winnie


def parts(*forms: str) -> NameParts:
    return name_parts((form, 1, False) for form in forms)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("Margaret MacLeod", "Winifred Cargill"),
        ("Margaret", "Winifred"),
        ("MacLeod", "Cargill"),
        ("Mrs MacLeod", "Mrs Cargill"),
        ("Mrs. Margaret MacLeod", "Mrs. Winifred Cargill"),
        ("Peggy", "Winnie"),
        ("Peggy MacLeod", "Winnie Cargill"),
        ("wee Margaret", "wee Winifred"),
        ("Auntie Margaret", "Auntie Winifred"),
        ("margaret macleod", "winifred cargill"),
        ("MARGARET", "WINIFRED"),
        ("MacLeod, Margaret", "Cargill, Winifred"),
        ("Margaret Ann MacLeod", "Winifred Cargill"),
        ("M. MacLeod", "W. Cargill"),
        ("Margaret M", "Winifred C"),
        ("M M", "W C"),
        ("MM", "WC"),
        ("M-A-R-G-A-R-E-T", "W-I-N-I-F-R-E-D"),
        ("m a c l e o d", "c a r g i l l"),
        ("MacLeods", "Cargills"),
        ("Margaret\nMacLeod", "Winifred\nCargill"),
        ("Margaret MacLeod Jr.", "Winifred Cargill Jr."),
    ],
)
def test_form_for_form(said: str, instead: str) -> None:
    assert said_with(PERSONA, said, parts(*FORMS)) == instead


def test_a_false_start_stays_one() -> None:
    assert said_with(PERSONA, "Marg", parts(*FORMS), after="- M") == "Wini"


def test_a_title_in_spanish_stays_and_nothing_begins_with_a_blank() -> None:
    barre = parts("La señora Barre", "Farhan Barre")
    assert said_with(PERSONA, "La señora Barre", barre) == "señora Cargill"
    assert said_with(PERSONA, "señora Barre", barre) == "señora Cargill"


def test_somebody_who_is_only_called_junior_has_another_name_too() -> None:
    assert said_with(PERSONA, "Junior", parts("Junior")) == "Winifred"
    assert said_with(PERSONA, "Big Junior", parts("Big Junior")) == "Big Winifred"
    assert said_with(PERSONA, "Junior", parts("Angus Baird Junior", "Junior")) == "Winnie"
    assert said_with(PERSONA, "Angus Baird Junior", parts("Angus Baird Junior", "Junior")) == (
        "Winifred Cargill Junior"
    )


def test_a_title_before_the_mention_means_the_family_name() -> None:
    assert said_with(PERSONA, "Baird", parts("Baird"), titled=True) == "Winifred"
    assert said_with(PERSONA, "MacLeod", parts(*FORMS), titled=True) == "Cargill"


def test_a_given_name_after_miss_or_sister_is_a_given_name() -> None:
    angela = parts("Sister Angela", "Sister Angela Doyle")
    assert said_with(PERSONA, "Sister Angela", angela) == "Sister Winifred"
    assert said_with(PERSONA, "Miss Dana", parts("Miss Dana")) == "Miss Winifred"
    assert said_with(PERSONA, "Mr. Strand", parts("Mr. Strand")) == "Mr. Cargill"


def test_a_family_is_spoken_of_by_its_family_name() -> None:
    nicolsons = name_parts([("Nicolsons", 2, True), ("Nicolson", 1, True)])
    assert said_with(PERSONA, "Nicolsons", nicolsons, titled=True) == "Cargills"
    assert plural_of("Innes") == "Inneses"


def test_the_usual_form_of_a_given_name_is_found_whatever_order_it_comes_in() -> None:
    assert parts("Bernie Reid", "Bernie", "Bernadette").usual == "bernadette"
    assert said_with(PERSONA, "Bernie", parts("Bernie Reid", "Bernadette")) == "Winnie"


@given(st.text(alphabet="MargetcLod .-'’\n\r,éAZ", max_size=30))
def test_whatever_is_taken_for_a_name_is_said_without_an_error(said: str) -> None:
    said_with(PERSONA, said, parts(*FORMS, said))
