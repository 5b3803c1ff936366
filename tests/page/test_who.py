"""Who is who on the pages: the questions first, and whom one may be."""

from dataclasses import replace

from redact.core import Entity, Mention, Place, Source
from redact.page.show import ShownStudy
from redact.page.who import Everybody, entities_of, may_be_one
from tests.page.shown import shown

TEXT = "R: Morag Haldane came. Morag left. Haldane and Fergus Petrie stayed.\n"


def person(name: str, words: str, score: float, question: str | None = None) -> Entity:
    start = TEXT.index(words)
    place = Place.at("D1", start, start + len(words))
    mention = Mention(place=place, label="PERSON", score=score, sources=(Source.ROSTER,))
    return Entity(id=name, label="PERSON", mentions=(mention,), question=question)


MORAG = person("E1", "Morag Haldane", 0.9)
ALONE = person("E2", "Haldane and", 0.5)
FERGUS = person("E3", "Fergus Petrie", 0.7, "who is it?")


def of(*entities: Entity) -> ShownStudy:
    return replace(shown(TEXT), entities={entity.id: entity for entity in entities})


def test_questions_come_first_and_then_what_is_least_sure() -> None:
    rows = entities_of(of(MORAG, ALONE, FERGUS))
    assert [who.entity.id for who in rows] == ["E3", "E2", "E1"]
    assert rows[2].forms == (("Morag Haldane", 1),)
    assert (rows[2].interviews, rows[2].places[0].start) == (("one.txt",), 3)
    assert "Morag" not in repr(rows[2])


def test_only_the_label_that_is_asked_for_is_shown() -> None:
    assert entities_of(of(MORAG), "PLACE") == ()
    assert len(entities_of(of(MORAG), "PERSON")) == 1


def test_who_shares_a_word_or_fits_may_be_one_and_nobody_else() -> None:
    study = of(MORAG, ALONE, FERGUS)
    assert [who.entity.id for who in may_be_one(entities_of(study), MORAG)] == ["E2"]
    fits = replace(FERGUS, fits=(MORAG.mentions[0].place,))
    near = may_be_one(entities_of(of(MORAG, ALONE, fits)), MORAG)
    assert [who.entity.id for who in near] == ["E3", "E2"], "what linking thinks comes first"
    assert may_be_one(entities_of(of(ALONE)), MORAG) == ()


def test_the_list_is_made_anew_only_when_something_on_it_is_another() -> None:
    study, everybody = of(MORAG), Everybody()
    rows = everybody.of(study)
    assert everybody.of(replace(study, newest=7)) is rows
    assert everybody.of(replace(study, entity_at={})) is not rows
