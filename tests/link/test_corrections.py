"""A person's word on who is who outlives every linking."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Entity, Mention, Place, Source
from redact.link.corrections import (
    Act,
    Apart,
    Correction,
    Different,
    DontKnow,
    Group,
    Merge,
    Rename,
    Retype,
    Split,
    Undo,
    can_be_undone,
    correct,
)
from redact.policy import Policy


def entity(number: int, *starts: int, question: str | None = None) -> Entity:
    mentions = tuple(
        Mention(place=Place.at("D1", at, at + 4), label="PERSON", score=0.9, sources=(Source.GOLD,))
        for at in starts
    )
    return Entity(id=f"person-{number}", label="PERSON", mentions=mentions, question=question)


ONE, TWO = entity(1, 0, 20), entity(2, 10, question="who?")


def starts(entities: tuple[Entity, ...]) -> list[list[int]]:
    return [[mention.start for mention in entity.mentions] for entity in entities]


def test_what_a_person_joins_is_one_and_no_question() -> None:
    joined = correct((ONE, TWO), [Merge(places=(Place.at("D1", 0, 4), Place.at("D1", 10, 14)))])
    assert starts(joined) == [[0, 20, 10]]
    assert joined[0].id == "person-1"
    assert joined[0].question is None
    assert "joined or parted by a person" in joined[0].why


def test_what_a_person_parts_is_two_and_can_be_joined_again() -> None:
    parted = Split(places=(Place.at("D1", 20, 24),))
    assert starts(correct((ONE, TWO), [parted])) == [[0], [10], [20]]
    again = Merge(places=(Place.at("D1", 0, 4), Place.at("D1", 20, 24)))
    assert starts(correct((ONE, TWO), [parted, again])) == [[0, 20], [10]]


def test_a_retyped_entity_is_so_with_all_its_mentions() -> None:
    (one, two) = correct((ONE, TWO), [Retype(places=(Place.at("D1", 0, 4),), label="PLACE")])
    assert {one.label, *(mention.label for mention in one.mentions)} == {"PLACE"}
    assert two.label == "PERSON"


def test_a_rename_reaches_the_entity_that_holds_the_place() -> None:
    (_, two) = correct(
        (ONE, TWO), [Rename(places=(Place.at("D1", 10, 14),), pseudonym="[Manager A]")]
    )
    assert two.renamed == "[Manager A]"


def test_a_place_that_is_gone_changes_nothing() -> None:
    assert correct((ONE, TWO), [Merge(places=(Place.at("D9", 0, 4),))]) == (ONE, TWO)


def group(entity: Entity, pseudonym: str) -> Group:
    places = tuple(m.place for m in entity.mentions)
    return Group(
        pseudonym=pseudonym, label=entity.label, places=places, roster_row=entity.roster_row
    )


def test_undoing_a_join_brings_both_back_with_their_pseudonyms() -> None:
    before = (group(ONE, "[Person 1]"), group(TWO, "[Person 2]"))
    joined = Merge(places=(Place.at("D1", 0, 4), Place.at("D1", 10, 14)), before=before)
    rows: list[Correction] = [joined, Undo(places=(), row=1)]
    whole = correct((ONE, TWO), [joined])  # as a later linking finds it: places with one pseudonym
    for found in (whole, (ONE, TWO)):
        back = correct(found, rows)
        assert starts(back) == [[0, 20], [10]]
        assert [entity.renamed for entity in back] == ["[Person 1]", "[Person 2]"]


def test_what_came_since_stays_with_the_one_it_was_joined_to() -> None:
    before = (group(ONE, "[Person 1]"), group(TWO, "[Person 2]"))
    joined = Merge(places=(Place.at("D1", 0, 4), Place.at("D1", 10, 14)), before=before)
    rows = [joined, Undo(places=(), row=1)]
    grown = entity(1, 0, 10, 20, 30)
    assert starts(correct((grown,), rows)) == [[0, 20, 30], [10]]


def test_undoing_goes_from_the_newest_back() -> None:
    first = Rename(
        places=(Place.at("D1", 0, 4),), pseudonym="[A]", before=(group(ONE, "[Person 1]"),)
    )
    second = Retype(places=(Place.at("D1", 0, 4),), label="ORG", before=(group(ONE, "[A]"),))
    other = Apart(places=(Place.at("D1", 10, 14),), before=(group(TWO, "[Person 2]"),))
    rows: tuple[Correction, ...] = (first, second, other)
    assert [can_be_undone(rows, n) for n in (0, 1, 2, 3, 4)] == [False, False, True, True, False]
    rows += (Undo(places=first.places, row=2),)
    assert [can_be_undone(rows, n) for n in (1, 2, 3, 4)] == [True, False, True, False]
    (one, _) = correct((ONE, TWO), rows)
    assert (one.label, one.renamed) == ("PERSON", "[A]")


def test_a_question_that_was_answered_is_asked_no_more() -> None:
    (_, two) = correct((ONE, TWO), [Apart(places=(Place.at("D1", 10, 14),))])
    assert two.question is None


def different(one: Entity, *others: Entity) -> Different:
    groups = tuple(group(each, f"[{each.id}]") for each in (one, *others))
    return Different(places=tuple(g.places[0] for g in groups), before=groups)


def test_two_who_are_different_stay_two_however_linking_joins_them_later() -> None:
    rows = [different(TWO, ONE)]
    assert starts(correct((ONE, TWO), rows)) == [[0, 20], [10]]
    together = entity(7, 0, 10, 20, 30)
    assert starts(correct((together,), rows)) == [[0, 20, 30], [10]]
    assert starts(correct((together,), [*rows, Undo(places=(), row=1)])) == [[0, 10, 20, 30]]


def test_of_two_who_are_different_the_one_of_the_roster_keeps_its_row() -> None:
    listed = replace(entity(1, 0), roster_row=3)
    rows = [different(listed, entity(2, 10, 20))]
    (rest, away) = correct((replace(entity(7, 0, 10, 20), roster_row=3),), rows)
    assert (rest.roster_row, starts((rest, away))) == (3, [[0], [10, 20]])


def test_those_who_are_somebody_each_are_parted_where_linking_joins_them() -> None:
    groups = (group(ONE, "[Person 1]"), group(TWO, "[Person 2]"))
    apart = Apart(places=(Place.at("D1", 0, 4), Place.at("D1", 10, 14)), before=groups)
    assert starts(correct((entity(7, 0, 10, 20, 30),), [apart])) == [[0, 20, 30], [10]]


def test_a_question_is_over_once_all_whom_it_fits_are_said_to_be_others() -> None:
    third = entity(3, 40)
    asked = replace(TWO, fits=(Place.at("D1", 0, 4), Place.at("D1", 40, 44)))
    (_, two, _) = correct((ONE, asked, third), [different(asked, ONE)])
    assert (two.question, two.fits) == ("who?", (Place.at("D1", 40, 44),))
    (_, two, _) = correct((ONE, asked, third), [different(asked, ONE, third)])
    assert (two.question, two.fits) == (None, ())


def test_what_a_person_parted_is_not_asked_about_again() -> None:
    parted = Split(places=(Place.at("D1", 20, 24),), before=(group(ONE, "[Person 1]"),))
    asked = replace(entity(1, 0), question="are they one?", fits=(Place.at("D1", 20, 24),))
    (one, _) = correct((asked, entity(5, 20)), [parted])
    assert (one.question, one.fits) == (None, ())


def test_that_nobody_knows_changes_nothing_and_hinders_no_undoing() -> None:
    groups = (group(ONE, "[Person 1]"), group(TWO, "[Person 2]"))
    joined = Merge(places=(Place.at("D1", 0, 4), Place.at("D1", 10, 14)), before=groups)
    unknown = DontKnow(places=joined.places, before=groups)
    assert correct((ONE, TWO), [unknown]) == (ONE, TWO)
    assert correct((ONE, TWO), [unknown, Undo(places=(), row=1)]) == (ONE, TWO)
    assert can_be_undone((joined, unknown), 1)


@given(st.data())
def test_corrections_one_by_one_are_corrections_at_once(data: st.DataObject) -> None:
    found = tuple(entity(n, *(100 * n + 10 * k for k in range(2))) for n in range(1, 6))
    rows: list[Correction] = []
    now = found
    for number in range(1, data.draw(st.integers(1, 5)) + 1):
        meant = data.draw(st.lists(st.sampled_from(now), min_size=1, max_size=3, unique=True))
        groups = tuple(group(e, e.id) for e in meant)
        places = tuple(e.mentions[0].place for e in meant)
        kind = data.draw(st.sampled_from((Merge, Split, Apart, Different, DontKnow)))
        rows.append(kind(places=places, before=groups))
        now = correct(now, rows, applied=number - 1)
    assert now == correct(found, rows)


def test_a_persons_action_stands_above_the_policys() -> None:
    (one, _) = correct((ONE, TWO), [Act(places=(Place.at("D1", 0, 4),), action="keep")])
    assert Policy(name="p", version="1").actions.for_entity(one) == "keep"
    assert Policy(name="p", version="1").actions.for_entity(TWO) == "label"


@given(st.data())
def test_everything_undone_is_as_it_was(data: st.DataObject) -> None:
    found = tuple(
        entity(n, *(100 * n + 10 * k for k in range(data.draw(st.integers(1, 3)))))
        for n in range(1, 6)
    )
    shown = {e.id: f"[Person {n}]" for n, e in enumerate(found, start=1)}
    rows: list[Correction] = []
    for _ in range(data.draw(st.integers(1, 6))):
        now = correct(found, rows)
        meant = (
            data.draw(st.lists(st.sampled_from(now), min_size=2, max_size=3, unique=True))
            if len(now) > 1
            else [now[0]]
        )
        before = tuple(group(e, e.renamed or shown.get(e.id, e.id)) for e in meant)
        places = tuple(e.mentions[0].place for e in meant)
        if data.draw(st.booleans()):
            rows.append(Merge(places=places, before=before))
        else:
            rows.append(Split(places=places, before=before))
        back = correct(found, [*rows, Undo(places=(), row=len(rows))])
        assert sorted(map(sorted, starts(back))) == sorted(map(sorted, starts(now)))
