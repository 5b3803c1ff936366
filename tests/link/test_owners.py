"""Whose an address is: the one person's whose name it holds."""

from __future__ import annotations

import pytest

from redact.core import Label
from redact.link.linker import link
from redact.link.owners import with_owners
from tests.link.talks import (
    marked_talks,
)


def owner_of(text: str, address: str, label: Label, *names: str) -> str:
    transcripts, detections = marked_talks(
        (text, [*((n, "PERSON") for n in names), (address, label)])
    )
    by_id = {t.id: t for t in transcripts}
    entities = with_owners(link(transcripts, detections), by_id)
    forms = {e.id: text[e.mentions[0].start : e.mentions[0].end] for e in entities}
    (mine,) = [e for e in entities if e.label == label]
    return forms[mine.owner] if mine.owner else ""


@pytest.mark.parametrize(
    ("address", "label", "whose"),
    [
        ("morag.reid@corrie.example", "EMAIL", "Morag Reid"),
        ("mreid@corrie.example", "EMAIL", "Morag Reid"),
        ("will dot dunlop at corrie dot example", "EMAIL", "Will Dunlop"),
        ("dunlopw@corrie.example", "EMAIL", "Will Dunlop"),
        ("www.faces.example/morag.reid", "URL", "Morag Reid"),
        ("@wee_morag", "ID", "Morag Reid"),
        ("office@corrie.example", "EMAIL", ""),
        ("reidm@corrie.example", "EMAIL", "Morag Reid"),
        ("moragreid@corrie.example", "EMAIL", "Morag Reid"),
        ("reidmorag@corrie.example", "EMAIL", "Morag Reid"),
        ("moragr@corrie.example", "EMAIL", "Morag Reid"),  # a given name and how the other begins
        ("moragx@corrie.example", "EMAIL", "Morag Reid"),  # the given name is in it
        ("morag@corrie.example", "EMAIL", "Morag Reid"),
        ("reid@corrie.example", "EMAIL", "Morag Reid"),
        ("bill.dunlop@corrie.example", "EMAIL", "Will Dunlop"),  # a form of the given name
        ("mor@corrie.example", "EMAIL", ""),
        ("m@corrie.example", "EMAIL", ""),
        ("willow@corrie.example", "EMAIL", "Will Dunlop"),  # four letters of it are enough
        ("http://www.reid.example", "URL", "Morag Reid"),  # nothing stands behind the host
        ("http://www.reid.example/", "URL", "Morag Reid"),
        ("http://www.reid.example/rota", "URL", ""),  # what is behind it names somebody or nobody
        ("@m_reid", "ID", "Morag Reid"),
        ("morag.reid.1970@corrie.example", "EMAIL", "Morag Reid"),
    ],
)
def test_an_address_belongs_to_the_person_whose_name_it_holds(
    address: str, label: Label, whose: str
) -> None:
    text = f"Morag Reid came. Will Dunlop too. It's {address} then."
    assert owner_of(text, address, label, "Morag Reid", "Will Dunlop") == whose


def test_an_address_that_fits_two_people_is_nobody_s() -> None:
    text = "Morag Reid came. Morag Baird too. It's morag@corrie.example then."
    assert owner_of(text, "morag@corrie.example", "EMAIL", "Morag Reid", "Morag Baird") == ""


def test_a_short_name_must_stand_by_itself() -> None:
    """Jo is in "major", and no family name of two letters is looked for."""
    text = "Joe Ng came. Ann Reid too. It's {0} then."
    said = {
        address: owner_of(text.format(address), address, "EMAIL", "Joe Ng", "Ann Reid")
        for address in ("joe@c.example", "joey@c.example", "ng@c.example", "anna@c.example")
    }
    assert said == {
        "joe@c.example": "Joe Ng",
        "joey@c.example": "",
        "ng@c.example": "",
        "anna@c.example": "",
    }


def test_in_another_transcript_a_part_of_a_name_is_nobody_s() -> None:
    """With an initial only in the organisation, and the full name anywhere."""
    talk, other = "It was Morag Reid.", "It's {0} then."
    for address, is_hers in {
        "morag.reid@c.example": True,
        "mreid@c.example": False,  # they are of no one organisation
        "morag@c.example": False,
    }.items():
        transcripts, detections = marked_talks(
            (talk, [("Morag Reid", "PERSON")]), (other.format(address), [(address, "EMAIL")])
        )
        linked = link(transcripts, detections)
        (mail,) = [
            e for e in with_owners(linked, {t.id: t for t in transcripts}) if e.label == "EMAIL"
        ]
        assert (mail.owner is not None) is is_hers
