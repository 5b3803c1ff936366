"""The safe transcript: each mention as decided, the sentence kept whole, the structure proven."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import (
    Entity,
    Label,
    Mention,
    Place,
    RosterEntry,
    Source,
    Span,
    Transcript,
)
from redact.policy import Policy
from redact.replace.corpus import make_safe
from redact.replace.splice import Original, restore
from redact.transcript.assemble import make_transcript

SECRET = b"k" * 32


def policy(templates: dict[str, str] | None = None, **actions: Any) -> Policy:
    return Policy.model_validate(
        {"name": "test", "version": "1", "actions": actions, "templates": templates or {}}
    )


def entity(
    text: str, name: str, *forms: str, label: Label = "PERSON", **more: Any
) -> tuple[str, Entity]:
    """An entity with a mention wherever one of these forms stands as a word, longest first."""
    spans: list[tuple[int, int]] = []
    for form in sorted(forms, key=len, reverse=True):
        at = text.find(form)
        while at >= 0:
            if not any(start < at + len(form) and at < end for start, end in spans):
                spans.append((at, at + len(form)))
            at = text.find(form, at + 1)
    mentions = tuple(
        Mention(
            place=Place.at("D1", start, end),
            label=label,
            score=0.9,
            sources=(Source.GOLD,),
            kind=more.get("kind", ""),
        )
        for start, end in sorted(spans)
    )
    return text, Entity(id=name, label=label, mentions=mentions, **more)


def safe(
    text: str,
    *entities: tuple[str, Entity],
    by: Policy | None = None,
    roster: tuple[RosterEntry, ...] = (),
    roles: dict[str, str] | None = None,
) -> str:
    transcript = make_transcript("D1", text, None)
    _, (made,) = make_safe(
        (transcript,),
        tuple(e for _, e in entities),
        by or policy(),
        roster,
        SECRET,
        roles or {},
        {},
    )
    back = [
        Original(Span(r.safe_start, r.safe_end), text[r.start : r.end]) for r in made.replacements
    ]
    assert restore(made.text, back) == text
    return made.text


def test_names_are_numbered_and_identifiers_share_a_typed_label() -> None:
    text = "Morag rang 0141 from 0131"
    made = safe(
        text,
        entity(text, "p", "Morag"),
        entity(text, "n1", "0141", label="PHONE"),
        entity(text, "n2", "0131", label="PHONE"),
    )
    assert made == "[Person 1] rang [phone number] from [phone number]"


def test_a_name_over_a_line_break_keeps_the_break() -> None:
    text = "saw Morag\r\nMacLeod today\n"
    assert safe(text, entity(text, "p", "Morag\r\nMacLeod")) == "saw [Person 1]\r\n today\n"


@pytest.mark.parametrize(
    ("said", "name", "label", "action", "made"),
    [
        ("a Kirkaldie man", "Kirkaldie", "ORG", {}, "an [Organisation 1] man"),
        ("An Oldmill man", "Oldmill", "PLACE", {}, "A [Place 1] man"),
        ("an Oldmill man", "Oldmill", "ORG", {}, "an [Organisation 1] man"),
        ("a ambulance fae Oldmill", "Oldmill", "ORG", {}, "a ambulance fae [Organisation 1]"),
        ("James' house", "James", "PERSON", {}, "[Person 1]'s house"),
        ("Morag's house", "Morag", "PERSON", {}, "[Person 1]'s house"),
        ("the Nicolsons are in", "Nicolsons", "PERSON", {}, "the [Person 1]s are in"),
        (
            "the Kilmarnock office",
            "Kilmarnock",
            "PLACE",
            {"PLACE": "generalise"},
            "the [town in East Ayrshire] office",
        ),
        (
            "Kilmarnock is quiet. Kilmarnock sleeps, in Kilmarnock.",
            "Kilmarnock",
            "PLACE",
            {"PLACE": "generalise"},
            "[A town in East Ayrshire] is quiet. [A town in East Ayrshire] sleeps, in "
            "[a town in East Ayrshire].",
        ),
        (
            "kilmarnock is quiet",
            "kilmarnock",
            "PLACE",
            {"PLACE": "generalise"},
            "[a town in East Ayrshire] is quiet",
        ),
        ("Morag\nMorag", "Morag", "PERSON", {}, "[Person 1]\n[Person 1]"),
        ("Morag Morag came", "Morag", "PERSON", {}, "[Person 1] came"),
        ("aged 42 now", "42", "AGE", {"AGE": "band"}, "aged [aged 40–49] now"),
        ("on 3 May 2019", "3 May 2019", "DATE", {"DATE": "remove"}, "on "),
        ("on 3 May 2019", "3 May 2019", "DATE", {"DATE": "keep"}, "on 3 May 2019"),
    ],
)
def test_the_sentence_around_it_stays_whole(
    said: str, name: str, label: Label, action: dict[str, str], made: str
) -> None:
    assert safe(said, entity(said, "e", name, label=label), by=policy(None, **action)) == made


def test_a_person_s_address_says_whose_it_is() -> None:
    text = "Morag Reid: morag.reid@corrie.example"
    person = entity(text, "p", "Morag Reid")
    mail = entity(text, "m", "morag.reid@corrie.example", label="EMAIL", owner="p")
    assert safe(text, person, mail) == "[Person 1]: [email address of Person 1]"
    made = safe(text, person, mail, by=policy(PERSON="surrogate", EMAIL="surrogate"))
    name, _, address = made.partition(": ")
    given, family = name.split()
    assert address == f"{given.lower()}.{family.lower()}@example.org"


def test_a_surrogate_is_said_in_every_form_of_the_name() -> None:
    text = "Margaret MacLeod. Peggy, aye. Mrs MacLeod's son. margaret! M-A-R-G-A-R-E-T."
    forms = ("Margaret MacLeod", "Peggy", "Mrs MacLeod", "margaret", "M-A-R-G-A-R-E-T")
    made = safe(text, entity(text, "p", *forms), by=policy(PERSON="surrogate"))
    full = made.split(". ")[0]
    given, family = full.split()
    assert f"Mrs {family}'s son. {given.lower()}! {'-'.join(given.upper())}." in made
    assert not {"margaret", "peggy", "macleod"} & set(made.lower().replace(".", " ").split())


def test_roles_of_the_roster_and_of_the_interviews_name_people() -> None:
    text = "Morag and Will and Hope"
    roster = (RosterEntry(row=2, kind="PERSON", name="Morag", role="team leader"),)
    made = safe(
        text,
        entity(text, "a", "Morag", roster_row=2),
        entity(text, "b", "Will", interviewed_in=("D1",)),
        entity(text, "c", "Hope"),
        by=policy(PERSON="role"),
        roster=roster,
        roles={"D1": "team leader"},
    )
    assert made == "[Team leader 1] and [team leader 2] and [Person 1]"


def test_a_category_has_nation_and_size_and_an_acronym_an_acronym() -> None:
    text = "Corrie House, that is CHT. Another: Dunfield. NGT too."
    roster = (
        RosterEntry(
            row=2,
            kind="ORG",
            name="Corrie House",
            category="homelessness charity",
            nation="Scotland",
            size="large",
        ),
        RosterEntry(
            row=3,
            kind="ORG",
            name="Dunfield",
            category="homelessness charity",
            nation="Scotland",
            size="large",
        ),
    )
    made = safe(
        text,
        entity(text, "a", "Corrie House", "CHT", label="ORG", roster_row=2),
        entity(text, "b", "Dunfield", label="ORG", roster_row=3),
        entity(text, "c", "NGT", label="ORG"),
        by=policy(ORG="category"),
        roster=roster,
    )
    assert made == (
        "[Homelessness charity, Scotland, large], that is [HCSL]. "
        "Another: [homelessness charity, Scotland, large 2]. [Org 1] too."
    )


def test_templates_give_the_marks_of_an_archive() -> None:
    text = "Morag went to Kilmarnock and to Zzyzxville."
    made = safe(
        text,
        entity(text, "a", "Morag"),
        entity(text, "b", "Kilmarnock", label="PLACE"),
        entity(text, "c", "Zzyzxville", label="PLACE"),
        by=policy({"PERSON": "@@{text}##", "PLACE": "[name of {kind}]"}),
    )
    assert made == "@@Person 1## went to [name of town] and to [name of place]."


def test_two_towns_of_one_area_can_be_told_apart() -> None:
    text = "From Kilmarnock to Cumnock, then Kilmarnock."
    places = [entity(text, name, name, label="PLACE") for name in ("Kilmarnock", "Cumnock")]
    assert safe(text, *places, by=policy(PLACE="generalise")) == (
        "From [a town in East Ayrshire] to [a town in East Ayrshire], then "
        "[a town in East Ayrshire]."
    )
    apart = policy(PLACE="generalise", tell_places_apart=True)
    assert safe(text, *places, by=apart) == (
        "From [town A in East Ayrshire] to [town B in East Ayrshire], then "
        "[town A in East Ayrshire]."
    )


def test_shifted_dates_keep_their_distance_and_their_weekday() -> None:
    text = "On Monday 4 March 2019. On 18 March 2019."
    dates = [
        entity(text, "a", "Monday 4 March 2019", label="DATE"),
        entity(text, "b", "18 March 2019", label="DATE"),
    ]
    made = safe(text, *dates, by=policy(DATE="shift"))
    assert made.startswith("On Monday ")
    days = [
        datetime.strptime(part.removeprefix("On Monday ").removeprefix("On "), "%d %B %Y")
        for part in made.rstrip(".").split(". ")
    ]
    assert (days[1] - days[0]).days == 14
    assert days[0] != datetime(2019, 3, 4)


def test_a_removed_speaker_keeps_a_label_so_that_turns_stay() -> None:
    text = "Morag: Hello.\nINT: Is Morag in?\nMorag: Aye.\n"
    made = safe(text, entity(text, "p", "Morag"), by=policy(PERSON="remove"))
    assert made == "[Person 1]: Hello.\nINT: Is  in?\n[Person 1]: Aye.\n"


def test_of_two_mentions_over_one_place_the_longer_wins_then_the_more_specific() -> None:
    text = "Ask morag@x.example now."
    person = entity(text, "p", "morag")
    mail = entity(text, "m", "morag@x.example", label="EMAIL")
    assert safe(text, person, mail) == "Ask [email address] now."


def test_what_stands_already_is_left() -> None:
    text = "He went to [Minnesota] and to Minnesota."
    made = safe(text, entity(text, "p", "Minnesota", label="PLACE"), by=policy(PLACE="generalise"))
    assert made == "He went to [Minnesota] and to [Minnesota]."


WORDS = st.sampled_from(
    ["Morag", "MacLeod", "a", "an", "the", "Kilmarnock", "went", "James'", "\n", "INT:", ".", "NGT"]
)


@given(st.lists(WORDS, max_size=25), st.sampled_from(["label", "surrogate", "remove", "role"]))
def test_every_safe_text_comes_back_and_keeps_its_lines(pieces: list[str], action: str) -> None:
    text = " ".join(pieces)
    found = [
        entity(text, "p", "Morag", "MacLeod", "Morag MacLeod", "James"),
        entity(text, "l", "Kilmarnock", label="PLACE"),
        entity(text, "o", "NGT", label="ORG"),
    ]
    said = [one for one in found if one[1].mentions]
    made = safe(text, *said, by=policy(PERSON=action, PLACE="generalise", ORG="category"))
    assert made.count("\n") == text.count("\n")
    assert not {"Morag", "MacLeod", "Kilmarnock", "NGT"} & set(made.replace("'", " ").split())
    assert Transcript(id="D1", text=made)
