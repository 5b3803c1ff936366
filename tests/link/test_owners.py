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
    return forms.get(mine.owner, "")


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
