"""Evidence beyond the name: where it was held, jobs, gender, scope, whose an address is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Detection, Entity, Label, Mention, Place, Source, Transcript
from redact.link.earlier import keep_earlier
from redact.link.linker import link
from redact.link.owners import with_owners
from redact.transcript.assemble import make_transcript

Marked = list[tuple[str, Label]]


def read(*texts: tuple[str, Marked]) -> tuple[tuple[Transcript, ...], tuple[Detection, ...]]:
    """Transcripts with these surfaces as mentions, each found after the one before."""
    transcripts, detections = [], []
    for number, (text, surfaces) in enumerate(texts, start=1):
        transcripts.append(make_transcript(f"D{number}", text, None))
        at, mentions = 0, []
        for surface, label in surfaces:
            at = text.index(surface, at)
            mentions.append(
                Mention(Place.at(f"D{number}", at, at + len(surface)), label, 0.9, (Source.GOLD,))
            )
            at += len(surface)
        detections.append(Detection(f"D{number}", tuple(mentions)))
    return tuple(transcripts), tuple(detections)


def people(
    *texts: tuple[str, Marked], reach: str = "organisation"
) -> list[tuple[list[str], Entity]]:
    transcripts, detections = read(*texts)
    said = {t.id: t.text for t in transcripts}
    entities = link(transcripts, detections, (), reach)
    return [
        ([said[m.transcript][m.start : m.end] for m in e.mentions], e)
        for e in entities
        if e.label == "PERSON"
    ]


HOME = "INT: So what do you do at {0}?\nP: I cook. Morag runs it.{1}\n" + "P: Aye.\n" * 30


def held(at: str, more: str = "", *marked: tuple[str, Label]) -> tuple[str, Marked]:
    return HOME.format(at, more), [(at, "ORG"), ("Morag", "PERSON"), *marked]


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


def test_scope_corpus_lets_a_first_name_reach_everywhere_and_transcript_nowhere() -> None:
    one, two = held("Corrie House"), held("Dunfield")
    assert len(people(one, two, reach="corpus")) == 1
    assert len(people(held("Corrie House"), held("Corrie House"), reach="transcript")) == 2


def test_two_jobs_are_two_people_and_a_question() -> None:
    cook = held("Corrie House", " And Jean, our cook, knows.", ("Jean", "PERSON"))
    office = held("Corrie House", " Jean in finance paid.", ("Jean", "PERSON"))
    found = [(forms, e.question) for forms, e in people(cook, office) if "Jean" in forms]
    assert [forms for forms, _ in found] == [["Jean"], ["Jean"]]
    assert all("different jobs" in question for _, question in found)
    kitchen = held("Corrie House", " Jean in the kitchen knows.", ("Jean", "PERSON"))
    assert [f for f, _ in people(cook, kitchen) if "Jean" in f] == [["Jean", "Jean"]]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mrs Reid came.", "woman"),
        ("My brother Reid came.", "man"),
        ("Reid said she was in.", ""),  # one pronoun may be somebody else's
        ("Reid and her pal. Reid, she sat. Reid said she was in.", "woman"),
        ("Reid came.", ""),
    ],
)
def test_gender_is_what_the_talk_says(text: str, gender: str) -> None:
    ((_, entity),) = people((text, [("Reid", "PERSON")] * text.count("Reid")))
    assert entity.gender == gender


def owner_of(text: str, address: str, label: Label, *names: str) -> str:
    transcripts, detections = read((text, [*((n, "PERSON") for n in names), (address, label)]))
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


def entity(name: str, *places: int, question: str = "", row: int = 0) -> Entity:
    mentions = tuple(
        Mention(Place.at("D1", at, at + 5), "PERSON", 0.9, (Source.GOLD,)) for at in places
    )
    return Entity(name, "PERSON", mentions, question=question, roster_row=row)


def starts(entities: tuple[Entity, ...]) -> list[list[int]]:
    return [[mention.start for mention in entity.mentions] for entity in entities]


def at(*places: int, label: str) -> dict[Place, str]:
    return {Place.at("D1", place, place + 5): label for place in places}


def test_two_old_pseudonyms_are_not_joined_by_new_transcripts_but_asked_about() -> None:
    earlier = {**at(0, 10, label="[Person 1]"), **at(20, label="[Person 2]")}
    kept = keep_earlier([entity("p", 0, 10, 20, 30)], earlier)
    assert starts(kept) == [[0, 10, 30], [20]]
    assert "are they?" in kept[0].question


def test_an_old_pseudonym_is_not_parted_by_new_transcripts_but_asked_about() -> None:
    earlier = at(0, 10, 20, label="[Person 1]")
    kept = keep_earlier([entity("p", 0, 10), entity("q", 20, 30)], earlier)
    assert starts(kept) == [[0, 10, 20], [30]]
    assert all("who is meant" in one.question for one in kept)


def test_the_roster_may_join_what_was_apart() -> None:
    earlier = {**at(0, label="[Person 1]"), **at(20, label="[Person 2]")}
    assert starts(keep_earlier([entity("p", 0, 20, row=3)], earlier)) == [[0, 20]]


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=12),
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
)
def test_whatever_linking_says_old_places_keep_their_company(
    now: list[int], old: list[int]
) -> None:
    size = min(len(now), len(old))
    groups: dict[int, list[int]] = {}
    for number in range(size):
        groups.setdefault(now[number], []).append(10 * number)
    earlier = {
        Place.at("D1", 10 * n, 10 * n + 5): f"[Person {old[n]}]" for n in range(size) if old[n]
    }
    kept = keep_earlier([entity(f"e{g}", *places) for g, places in groups.items()], earlier)
    holder = {start: number for number, one in enumerate(starts(kept)) for start in one}
    assert sorted(holder) == [10 * n for n in range(size)]
    by_label: dict[str, set[int]] = {}
    for place, label in earlier.items():
        by_label.setdefault(label, set()).add(holder[place.start])
    assert all(len(holders) == 1 for holders in by_label.values())
    assert len({min(h) for h in by_label.values()}) == len(by_label)
