"""How the forms of one name answer to those of another."""

from __future__ import annotations

import pytest

from redact.link.forms import FullName, NameForms, forms_of
from redact.link.relations import Relation, relation_of
from redact.link.scenes import read_uses
from tests.link.talks import marked_talks


def forms(*said: str) -> NameForms:
    text = "\n".join(f"P: We saw {one} there, and again after that." for one in said)
    transcripts, detections = marked_talks((text, [(one, "PERSON") for one in said]))
    return forms_of(read_uses(transcripts[0], detections[0].mentions, ()))


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("K. Laidlaw", "Kasia Laidlaw", Relation.PARTIAL),
        ("Femi A", "Femi Akintola", Relation.PARTIAL),
        ("Isabella Coyle", "Isa Coyle", Relation.FULL),
        ("Kasia", "Kasia Laidlaw", Relation.GIVEN),
        ("Laidlaw", "Kasia Laidlaw", Relation.FAMILY),
        ("Mrs Ross", "Fiona Ross", Relation.FAMILY),
        ("KL", "Kasia Laidlaw", Relation.INITIALS),
        ("K.L.", "Kasia Laidlaw", Relation.INITIALS),
        ("R.L.", "R.L. Pemberton", Relation.INITIALS),
        ("Isa", "Isabella", Relation.PET),
        ("Lorgs", "Lorgan", Relation.CLIP),
        ("Fazzy", "Fazil", Relation.CLIP),
        ("Rissa", "Clarissa Dunn", Relation.CLIP),
        ("Faz", "Fazil", Relation.CLIP),
        ("Hoffmeierr", "Gary Hoffmeier", Relation.NEAR),
    ],
)
def test_a_form_answers_to_a_name(one: str, other: str, relation: Relation) -> None:
    assert relation_of(forms(one), forms(other)) is relation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ina", "Iona Strachan"),  # two names
        ("Ross", "Fiona Ross"),  # a given name as often
        ("Donald", "Ronald"),
        ("R. Dunn", "Kasia Dunn"),
        ("Effie Kerr", "Ailsa Kerr"),
        ("KL", "Morag Bain"),
        ("Clarissa", "Rissa Dunn"),  # what is whole is no short form
    ],
)
def test_another_name_is_another(one: str, other: str) -> None:
    assert relation_of(forms(one), forms(other)) is None


def test_a_name_that_is_turned_round_is_read_round() -> None:
    assert forms("Halvorsen, Ingeborg").full == {FullName("ingeborg", "halvorsen")}
    assert FullName("morag", "ogilvie") in forms("Ogilvie_Morag").full
    assert FullName("j", "ogilvie") in forms("ogilvie_j").partial


def test_a_name_that_goes_on_in_the_next_line_is_one() -> None:
    assert forms("Hattie McCrin-\ndle").full == forms("Hattie McCrindle").full


def test_two_given_names_are_no_family() -> None:
    assert forms("Ewan Iain").lone == {"ewan"}
    assert not forms("Ewan Iain").is_named_in_full
