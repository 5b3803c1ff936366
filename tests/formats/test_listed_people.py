"""People in a cell, as stewards list them."""

import pytest

from redact.core import ListedPerson
from redact.formats.listed_people import Surnames, people_in, person_of, with_aliases


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("ORRICK, Hepzibah", ["Hepzibah Orrick"]),
        ("Ailis & Torquil Munnoch", ["Ailis Munnoch", "Torquil Munnoch"]),
        ("Ailis Orrick / Piet Vandersloot", ["Ailis Orrick", "Piet Vandersloot"]),
        ("Tillery, Amos (Rev Dr) & Munnoch, Ailis", ["Amos Tillery", "Ailis Munnoch"]),
        ("Una Orrick, Piet Tillery", ["Una Orrick", "Piet Tillery"]),
        ("Piet Tillery, L Orrick last 10 min", ["Piet Tillery", "L Orrick"]),
        ("Una Orrick, then K Tillery", ["Una Orrick", "K Tillery"]),
        ("Mrs D Munnoch (mum of Ally S)", ["D Munnoch"]),
        ("Kirsty, Morag and Ellen", ["Kirsty", "Morag", "Ellen"]),
        ("Rev. Dr. Amos Tillery, M.D.", ["Amos Tillery"]),
        ("6 people (see sheet)", []),
        ("?", []),
        ("Blia ?", ["Blia"]),
    ],
)
def test_people_of_a_cell(cell: str, names: list[str]) -> None:
    assert [person.name for person in people_in(cell).people] == names


def test_initials_alone_are_labels() -> None:
    assert people_in("HMcR").labels == ("HMcR",)
    assert people_in("KW / I. Quintrell").labels == ("KW",)


def test_an_initial_is_turned_only_where_surnames_come_first() -> None:
    assert people_in("Orrick T.", Surnames.FIRST).people[0].name == "T. Orrick"
    assert people_in("Odessa K.").people[0].name == "Odessa K."


@pytest.mark.parametrize(
    ("cell", "aliases", "unread"),
    [
        ("Effie, Auld Effie", ("Effie", "Auld Effie"), 0),
        ("née Garrioch", ("Oighrig Garrioch",), 0),
        ('"The Duke"; maiden Garrioch', ("Oighrig Garrioch", "The Duke"), 0),
        ("(Yule)", ("Yule",), 0),
        ("Effie (was Garrioch)", ("Effie", "Oighrig Garrioch"), 0),
        ("(not Pepper Orrick)", (), 1),
        ("mother of above", (), 1),
        ("the Commodore / Effie", ("the Commodore", "Effie"), 0),
        ("n/a", (), 0),
    ],
)
def test_other_names_of_a_cell(cell: str, aliases: tuple[str, ...], unread: int) -> None:
    person, left = with_aliases(ListedPerson(name="Oighrig Tannahill"), cell)
    assert set(person.aliases) == set(aliases)
    assert len(left) == unread


def test_one_column_of_surnames_may_hold_the_given_names_too() -> None:
    """`Surname, First` stands over one column of a roster."""
    for cell in ("Orrick, Hepzibah", "ORRICK, Hepzibah (Dr)"):
        assert [person.name for person in person_of("", cell).people] == ["Hepzibah Orrick"]
    assert [person.name for person in person_of("Una", "Orrick").people] == ["Una Orrick"]
