"""Who took part, from both tables: nobody twice, nobody lost."""

from dataclasses import replace

from redact.core import Interview, ListedPerson, Nation, RosterEntry
from redact.transcript.interviewed import where_held, with_interviewed

ORRICK = RosterEntry(row=2, kind="PERSON", name="Hepzibah Orrick", aliases=("Heppie",))
OTHER = RosterEntry(row=3, kind="PERSON", name="Cosmo Pettigrew")


def held(name: str, interview: str = "1") -> Interview:
    return Interview(
        interview=interview, file=f"{interview}.txt", interviewees=(ListedPerson(name=name),)
    )


def test_a_name_said_shorter_or_otherwise_is_the_listed_person() -> None:
    for name in (
        "Heppie Orrick",
        "H. Orrick",
        "Heppie",
        "Hepzibah O.",
        "Hepzibah Orick",
        "H. Orick",
    ):
        orrick, other = with_interviewed((ORRICK, OTHER), (held(name),))
        assert name in orrick.forms
        assert other == OTHER


def test_another_surname_is_another_person() -> None:
    *_, new = with_interviewed((ORRICK, OTHER), (held("Hepzibah Tillery"),))
    assert (new.name, new.row, new.kind) == ("Hepzibah Tillery", 4, "PERSON")


def test_a_short_name_that_fits_two_listed_people_is_nobody_new() -> None:
    twin = replace(ORRICK, row=3, name="Humphrey Orrick", aliases=())
    for name in ("H. Orrick", "Orrick"):
        assert with_interviewed((ORRICK, twin), (held(name),)) == (ORRICK, twin)


def test_the_only_interviewee_of_an_interview_is_known_to_be_it() -> None:
    orrick, _ = with_interviewed((ORRICK, OTHER), (held("Hepzibah Orrick", "S1"),))
    assert orrick.interviewed_in == "S1"
    rows = (held("Hepzibah Orrick", "S1"), held("Hepzibah Orrick", "S2"))
    assert with_interviewed((ORRICK,), rows)[0].interviewed_in == ""


def test_initials_go_to_the_one_who_has_them_and_to_an_interviewer_if_they_asked() -> None:
    row = Interview(
        interview="1",
        file="a.txt",
        interviewers=(ListedPerson(name="Hanna Olsberg"),),
        labels=("CP",),
        asked_by=("HO",),
    )
    orrick, pettigrew, olsberg = with_interviewed((ORRICK, OTHER), (row,))
    assert (orrick.labels, pettigrew.labels, olsberg.labels) == ((), ("CP",), ("HO",))


def test_an_interview_is_held_where_the_roster_says_that_its_interviewees_are() -> None:
    here = RosterEntry(
        row=2, kind="PERSON", name="Hepzibah Orrick", organisation="Teasel Trust", nation="Scotland"
    )
    there = RosterEntry(
        row=3,
        kind="PERSON",
        name="Cosmo Pettigrew",
        organisation="Burdock Group",
        nation="United States",
    )
    beside = RosterEntry(
        row=4, kind="PERSON", name="Ottoline Farr", organisation="Teasel Trust", nation="Scotland"
    )
    roster = (here, there, beside)

    def row(*names: str, nation: Nation = "unknown", organisation: str = "") -> Interview:
        people = tuple(ListedPerson(name=name) for name in names)
        return Interview(
            interview="1",
            file="1.txt",
            nation=nation,
            organisation=organisation,
            interviewees=people,
        )

    cases = {
        row("Hepzibah Orrick"): ("Scotland", "Teasel Trust"),
        row("Pettigrew"): ("United States", "Burdock Group"),
        row("Hepzibah Orrick", "Ottoline Farr"): ("Scotland", "Teasel Trust"),
        row("Hepzibah Orrick", "Cosmo Pettigrew"): ("unknown", ""),
        row("Hepzibah Orrick", "Nobody Listed"): ("unknown", ""),
        row(): ("unknown", ""),
        row("Hepzibah Orrick", nation="United States", organisation="Dock"): (
            "United States",
            "Dock",
        ),
        row("Hepzibah Orrick", organisation="Dock"): ("Scotland", "Dock"),
        replace(row(), labels=("CP",)): ("United States", "Burdock Group"),
        replace(row("Ottoline Farr"), labels=("HO",)): ("Scotland", "Teasel Trust"),
        replace(row(), labels=("QQ",)): ("unknown", ""),
    }
    for given, (nation, organisation) in cases.items():
        (placed,) = where_held((given,), roster)
        assert (placed.nation, placed.organisation) == (nation, organisation)


def test_a_cell_that_names_two_organisations_gives_each_of_them() -> None:
    row = Interview(interview="1", file="a.txt", organisation="Corrie House / Dunfield (shared)")
    said = [(entry.name, entry.aside) for entry in with_interviewed((), (row,))]
    assert said == [("Corrie House", True), ("Dunfield", True)]
