"""Where an interview was held is the organisation it opens with, unless that is past."""

from __future__ import annotations

import pytest

from redact.core import Label, RosterEntry, Transcript
from redact.link.homes import under_one_name
from tests.link.talks import (
    Marked,
    held,
    people,
)


def test_two_interviews_that_open_with_one_organisation_share_its_first_names() -> None:
    both = people(held("Corrie House"), held("Corrie House"))
    assert [forms for forms, _ in both] == [["Morag", "Morag"]]
    short = people(held("Corrie House Trust"), held("Corrie House"))
    assert [forms for forms, _ in short] == [["Morag", "Morag"]]


def test_interviews_of_two_organisations_do_not() -> None:
    assert len(people(held("Corrie House"), held("Dunfield"))) == 2


def test_an_organisation_that_is_past_is_not_where_the_interview_was_held() -> None:
    past = "P: I worked at Corrie House. Morag ran it.\n" + "P: Aye.\n" * 30
    marked: Marked = [("Corrie House", "ORG"), ("Morag", "PERSON")]
    assert len(people((past, marked), held("Corrie House"))) == 2


@pytest.mark.parametrize(
    "said",
    [
        "I came here from {0}. Morag ran it.",
        "I used to be at {0}. Morag ran it.",
        "I did two years at {0}. Morag ran it.",
        "Before {0} I was ill. Morag came. We came from {0}.",
    ],
)
def test_what_is_said_to_be_past_is_no_home_of_the_interview(said: str) -> None:
    text = f"P: {said.format('Corrie House')}\n" + "P: Aye.\n" * 60
    names = sorted(
        [("Corrie House", text.index("Corrie House")), ("Morag", text.index("Morag"))],
        key=lambda one: one[1],
    )
    labels: dict[str, Label] = {"Corrie House": "ORG", "Morag": "PERSON"}
    marked: Marked = [(name, labels[name]) for name, _ in names]
    assert len(people((text, marked), held("Corrie House"))) == 2


def test_an_organisation_named_late_in_the_talk_is_not_where_it_was_held() -> None:
    late = "P: Morag runs it.\n" + "P: Aye.\n" * 30 + "P: Well, Corrie House.\n"
    marked: Marked = [("Morag", "PERSON"), ("Corrie House", "ORG")]
    assert len(people((late, marked), held("Corrie House"))) == 2


def test_an_organisation_of_the_tables_has_one_name_however_it_is_written() -> None:
    written = ["Corrie Bench", "the Bench", "Bench", "Dunfield", "Corrie Bench / Dunfield"]
    talks = tuple(Transcript(id=str(n), text="", organisation=w) for n, w in enumerate(written))
    named, _ = under_one_name(talks, ())
    places = [talk.organisation.casefold() for talk in named]
    assert places == ["corrie bench"] * 3 + ["dunfield", "corrie bench / dunfield"]


@pytest.mark.parametrize("short", ["H. Tables", "the Tables", "Heathery Tables (Oban)"])
def test_a_body_that_the_tables_shorten_is_the_one_written_out(short: str) -> None:
    written = ("Heathery Tables", short, "H. Tables")
    rows = tuple(
        RosterEntry(row=row, kind="PERSON", name=f"Person {row}", organisation=body)
        for row, body in enumerate(written, start=2)
    )
    _, roster = under_one_name((), rows)
    assert len({entry.organisation for entry in roster}) == 1


def test_two_bodies_of_which_one_word_is_short_stay_two_if_nothing_else_is_alike() -> None:
    rows = (
        RosterEntry(row=2, kind="PERSON", name="Una Orrick", organisation="H. Doors"),
        RosterEntry(row=3, kind="PERSON", name="Piet Orrick", organisation="Heathery Tables"),
    )
    assert len({entry.organisation for entry in under_one_name((), rows)[1]}) == 2
