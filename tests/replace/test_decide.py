"""Pseudonyms: they never change hands, and a study's own labels are never given twice."""

from dataclasses import replace

from redact.core import Entity, Label, Mention, Place, RosterEntry, Source
from redact.policy import Policy
from redact.replace.decide import decide
from redact.replace.wording import StudyFacts, Wording, Wordings

POLICY = Policy(name="test", version="1")
SURROGATES = Policy.model_validate(
    {"name": "test", "version": "1", "actions": {"PERSON": "surrogate"}}
)
FACTS = StudyFacts(secret=b"k" * 32)


def entity(number: int, *places: tuple[int, int], label: Label = "PERSON") -> Entity:
    mentions = tuple(
        Mention(place=Place.at("D1", s, e), label=label, score=0.9, sources=(Source.GOLD,))
        for s, e in places
    )
    return Entity(id=f"{label}-{number}", label=label, mentions=mentions)


def test_a_pseudonym_never_changes_hands() -> None:
    first, second = entity(1, (0, 5), (10, 15)), entity(2, (20, 25))
    earlier = {
        Place.at("D1", 20, 25): "[Person 1]",
        Place.at("D1", 0, 5): "[Person 2]",
        Place.at("D9", 1, 2): "[Person 7]",
    }
    new = entity(3, (30, 35))
    given_now = [d.pseudonym for d in decide((first, second, new), POLICY, earlier)]
    assert given_now == ["[Person 2]", "[Person 1]", "[Person 3]"]


def test_a_label_that_stands_in_a_source_is_never_given() -> None:
    one, two = entity(1, (0, 5)), entity(2, (6, 9))
    labels = [d.pseudonym for d in decide((one, two), POLICY, {}, ["[Person 1]"])]
    assert labels == ["[Person 2]", "[Person 3]"]


def test_a_surrogate_stays_and_no_other_person_is_given_any_of_it() -> None:
    one = entity(1, (0, 5))
    more = tuple(entity(n, (10 * n, 10 * n + 5)) for n in range(2, 40))
    said = {
        e.id: Wordings(
            forms=(Wording(f"Morag{chr(97 + n % 26)}"),), nation="Scotland", transcript="D1"
        )
        for n, e in enumerate((one, *more))
    }
    earlier = {Place.at("D1", 0, 5): "Isla Farquhar", Place.at("D9", 1, 2): "Winifred Cargill"}
    made = decide((one, *more), SURROGATES, earlier, (), said, (), FACTS)
    assert made[0].pseudonym == "Isla Farquhar"
    others = {word for decision in made[1:] for word in decision.pseudonym.split()}
    assert not others & {"Isla", "Farquhar", "Winifred", "Cargill"}
    assert made == decide((one, *more), SURROGATES, earlier, (), said, (), FACTS)


def test_labels_and_surrogates_do_not_take_each_other_s_place() -> None:
    one = entity(1, (0, 5))
    said = {one.id: Wordings(forms=(Wording("Morag"),), nation="Scotland", transcript="D1")}
    named = decide((one,), SURROGATES, {Place.at("D1", 0, 5): "[Person 4]"}, (), said, (), FACTS)
    assert not named[0].pseudonym.startswith("[")
    labelled = decide((one,), POLICY, {Place.at("D1", 0, 5): "Isla Farquhar"}, (), said, (), FACTS)
    assert labelled[0].pseudonym == "[Person 1]"


def test_a_role_or_category_that_says_a_name_of_the_study_is_not_taken() -> None:
    """Checked when it is chosen: the release would refuse it."""
    policy = Policy.model_validate(
        {"name": "test", "version": "1", "actions": {"PERSON": "role", "ORG": "category"}}
    )
    rows = (
        RosterEntry(kind="PERSON", name="Ishbel Tannock", role="nurse of Corrie", row=2),
        RosterEntry(kind="PERSON", name="Corrie Muir", role="nurse", row=3),
        RosterEntry(kind="ORG", name="Harbor Bridge", category="branch of Muir", row=4),
    )
    labels: tuple[Label, ...] = ("PERSON", "PERSON", "ORG")
    some = tuple(
        replace(entity(n, (10 * n, 10 * n + 5), label=label), roster_row=row.row)
        for n, (label, row) in enumerate(zip(labels, rows, strict=True))
    )
    said = {
        e.id: Wordings(forms=(Wording(row.name),), nation="unknown", transcript="D1")
        for e, row in zip(some, rows, strict=True)
    }
    made = decide(some, policy, {}, (), said, rows, FACTS)
    assert [one.pseudonym for one in made] == ["[Person 1]", "[nurse 1]", "[Organisation 1]"]
