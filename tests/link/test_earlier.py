"""What an earlier version of the study said stays said: old pseudonyms keep their company."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Entity, Joined, Mention, Place, Source
from redact.link.earlier import keep_earlier


def entity(name: str, *places: int, question: str | None = None, row: int | None = None) -> Entity:
    mentions = tuple(
        Mention(place=Place.at("D1", at, at + 5), label="PERSON", score=0.9, sources=(Source.GOLD,))
        for at in places
    )
    return Entity(id=name, label="PERSON", mentions=mentions, question=question, roster_row=row)


def starts(entities: tuple[Entity, ...]) -> list[list[int]]:
    return [[mention.start for mention in entity.mentions] for entity in entities]


def at(*places: int, label: str) -> dict[Place, str]:
    return {Place.at("D1", place, place + 5): label for place in places}


def test_two_old_pseudonyms_are_not_joined_by_new_transcripts_but_asked_about() -> None:
    earlier = {**at(0, 10, label="[Person 1]"), **at(20, label="[Person 2]")}
    kept = keep_earlier([entity("p", 0, 10, 20, 30)], earlier)
    assert starts(kept) == [[0, 10, 30], [20]]
    assert "are they?" in str(kept[0].question)


def test_an_old_pseudonym_is_not_parted_by_new_transcripts_but_asked_about() -> None:
    earlier = at(0, 10, 20, label="[Person 1]")
    kept = keep_earlier([entity("p", 0, 10), entity("q", 20, 30)], earlier)
    assert starts(kept) == [[0, 10, 20], [30]]
    assert all("who is meant" in str(one.question) for one in kept)


def test_the_roster_may_join_what_was_apart() -> None:
    earlier = {**at(0, label="[Person 1]"), **at(20, label="[Person 2]")}
    assert starts(keep_earlier([entity("p", 0, 20, row=3)], earlier)) == [[0, 20]]


def test_a_row_that_the_roster_had_before_joins_nothing_in_silence() -> None:
    earlier = {**at(0, 10, label="[Person 1]"), **at(20, label="[Person 2]")}
    kept = keep_earlier([entity("p", 0, 10, 20, row=3)], earlier, known_rows={3})
    assert starts(kept) == [[0, 10], [20]]
    assert [one.roster_row for one in kept] == [3, None]
    assert "are they?" in str(kept[0].question)


def test_the_row_stays_with_what_linking_was_sure_of() -> None:
    earlier = {**at(0, label="[Person 1]"), **at(20, 30, label="[Person 2]")}
    far = tuple(Place.at("D1", place, place + 5) for place in (20, 30))
    found = replace(entity("p", 0, 20, 30, row=3), joins=(Joined(far, 0.4),))
    kept = keep_earlier([found], earlier, known_rows={3})
    assert [(one.mentions[0].start, one.roster_row) for one in kept] == [(0, 3), (20, None)]


def test_what_an_earlier_pseudonym_alone_holds_together_can_be_asked_about() -> None:
    (home, other) = keep_earlier(
        [entity("p", 0, 10), entity("q", 20, 30)], at(0, 10, 20, label="[Person 1]")
    )
    assert home.joins == (Joined((Place.at("D1", 20, 25),)),)
    assert other.joins == ()


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=12),
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
    st.sets(st.integers(0, 5)),
)
def test_whatever_linking_says_old_places_keep_their_company(
    now: list[int], old: list[int], listed: set[int]
) -> None:
    size = min(len(now), len(old))
    groups: dict[int, list[int]] = {}
    for number in range(size):
        groups.setdefault(now[number], []).append(10 * number)
    earlier = {
        Place.at("D1", 10 * n, 10 * n + 5): f"[Person {old[n]}]" for n in range(size) if old[n]
    }
    found = [
        entity(f"e{g}", *places, row=g + 1 if g in listed else None) for g, places in groups.items()
    ]
    kept = keep_earlier(found, earlier, known_rows=range(1, 7))
    holder = {start: number for number, one in enumerate(starts(kept)) for start in one}
    assert sorted(holder) == [10 * n for n in range(size)]
    by_label: dict[str, set[int]] = {}
    for place, label in earlier.items():
        by_label.setdefault(label, set()).add(holder[place.start])
    assert all(len(holders) == 1 for holders in by_label.values())
    assert len({min(h) for h in by_label.values()}) == len(by_label)
