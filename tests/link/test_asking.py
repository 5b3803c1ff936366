"""Which questions are asked, in which order, and what an answer changes of the list."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from redact.core import Entity, Joined, Label, Place, Transcript
from redact.link.asking import Questioner
from redact.link.corrections import (
    Apart,
    Correction,
    Different,
    DontKnow,
    Group,
    Merge,
    Undo,
    correct,
)
from redact.link.likeness import AlikeBy
from redact.link.linker import link
from redact.link.questions import About, Side, WhoQuestion
from tests.link.talks import Marked, marked_talks

Talk = tuple[str, Marked]


def talk(*lines: tuple[str, str], label: Label = "PERSON") -> Talk:
    """A transcript of these lines, in each of which this name is marked."""
    text = "".join(f"P: {line}\n" for line, _ in lines)
    return text, [(name, label) for _, name in lines]


class Study:
    """Some talks as they are linked, and the words of their names."""

    def __init__(self, *talks: Talk) -> None:
        self.transcripts, detections = marked_talks(*talks)
        self.entities: tuple[Entity, ...] = link(self.transcripts, detections)
        self.said: list[Correction] = []
        self.asking = Questioner(self.transcripts)

    def questions(self) -> list[WhoQuestion]:
        return list(self.asking.questions(self.entities, self.said))

    def words(self, side: Side) -> str:
        place = side.example
        text = next(one.text for one in self.transcripts if one.id == place.transcript)
        return text[place.start : place.end]

    def asked(self) -> list[tuple[str, list[str]]]:
        """Each question as the name it is about, and those beside it."""
        return [
            (self.words(one.who), [self.words(other.side) for other in one.others])
            for one in self.questions()
        ]

    def say(self, correction: Correction) -> None:
        self.said.append(correction)
        self.entities = correct(self.entities, self.said, len(self.said) - 1)


def groups(question: WhoQuestion) -> tuple[Group, ...]:
    sides = (question.who, *(other.side for other in question.others))
    return tuple(Group(pseudonym=s.entity, label="PERSON", places=s.places) for s in sides)


def first_places(question: WhoQuestion) -> tuple[Place, ...]:
    return tuple(group.places[0] for group in groups(question))


TWO_DOUGIES = talk(
    ("Dougie Farquhar came.", "Dougie Farquhar"),
    ("Not Dougie Tarvit.", "Dougie Tarvit"),
)
AND_A_LONE_ONE = talk(
    ("Dougie came.", "Dougie"),
    ("And Dougie went.", "Dougie"),
    ("Then Dougie slept.", "Dougie"),
)


def test_a_name_that_fits_two_is_asked_about_with_both_beside_it() -> None:
    study = Study(TWO_DOUGIES, AND_A_LONE_ONE)
    assert ("Dougie", ["Dougie Farquhar", "Dougie Tarvit"]) in study.asked()
    clues = {o.clue for q in study.questions() for o in q.others if study.words(q.who) == "Dougie"}
    assert clues == {AlikeBy.GIVEN}


def test_what_brings_more_mentions_together_is_asked_first() -> None:
    names = [("Ishbel Tannock came.", "Ishbel Tannock")] * 4
    study = Study(talk(*names, *[("Isbo left.", "Isbo")] * 4, ("So did Orla.", "Orla")))
    asked = study.questions()
    assert [one.worth for one in asked] == sorted((q.worth for q in asked), reverse=True)
    (first, beside) = study.asked()[0]
    assert {first, *beside} >= {"Ishbel Tannock", "Isbo"}


def test_two_of_the_roster_and_two_who_talk_together_are_not_asked_about() -> None:
    labels: Marked = [("Morag", "PERSON"), ("Orla", "PERSON")]
    study = Study(("Morag: Hello.\nOrla: Hello.\n", labels))
    assert study.asked() == []


def test_someone_who_speaks_is_asked_about_as_a_speaker() -> None:
    marked: Marked = [("Ishbel", "PERSON"), ("Jopka", "PERSON")] * 10
    study = Study(("Ishbel: I am here with Jopka.\n" * 10, marked))
    assert [one.about for one in study.questions()] == [About.SPEAKER]


def test_what_was_answered_is_not_asked_again_and_undone_it_is() -> None:
    study = Study(TWO_DOUGIES, AND_A_LONE_ONE)
    before = study.asked()
    question = next(one for one in study.questions() if study.words(one.who) == "Dougie")
    for kind in (Different, DontKnow):
        study.say(kind(places=first_places(question), before=groups(question)))
        assert "Dougie" not in {name for name, _ in study.asked()}
        study.say(Undo(places=(), row=len(study.said)))
        assert study.asked() == before


def test_one_that_is_somebody_by_itself_is_asked_about_no_more() -> None:
    study = Study(TWO_DOUGIES, AND_A_LONE_ONE)
    question = next(one for one in study.questions() if study.words(one.who) == "Dougie")
    alone = groups(question)[:1]
    study.say(Apart(places=(alone[0].places[0],), before=alone))
    assert all("Dougie" not in (name, *beside) for name, beside in study.asked())


def test_who_was_joined_is_one_side_from_then_on() -> None:
    study = Study(TWO_DOUGIES, AND_A_LONE_ONE)
    question = next(one for one in study.questions() if study.words(one.who) == "Dougie")
    study.say(Merge(places=first_places(question)[:2]))
    (asked,) = study.questions()
    assert {asked.who.mentions, asked.others[0].side.mentions} == {4, 1}


def test_a_join_on_weak_evidence_comes_last_and_is_asked_once() -> None:
    study = Study(TWO_DOUGIES, AND_A_LONE_ONE)
    lone = next(one for one in study.entities if len(one.mentions) == 3)
    whole = next(one for one in study.entities if len(one.mentions) == 1)
    came = tuple(mention.place for mention in lone.mentions)
    joined = replace(whole, mentions=(*whole.mentions, *lone.mentions), joins=(Joined(came, 0.4),))
    study.entities = (joined, *(e for e in study.entities if e not in (lone, whole)))
    last = study.questions()[-1]
    assert (last.about, last.who.places) == (About.JOIN, came)
    for said in (
        Merge(places=(came[0], whole.mentions[0].place)),
        DontKnow(places=first_places(last), before=groups(last)),
    ):
        study.said = [said]
        assert About.JOIN not in {one.about for one in study.questions()}
    study.said = []
    study.entities = (replace(joined, joins=(Joined(came, 5.0),)), *study.entities[1:])
    assert About.JOIN not in {one.about for one in study.questions()}


def test_a_place_that_may_be_another_is_asked_about_too() -> None:
    study = Study(talk(("In Wick.", "Wick"), ("In Wigg.", "Wigg"), label="PLACE"))
    one, other = study.entities
    asked = replace(one, question="are they?", fits=(other.mentions[0].place,))
    study.entities = (asked, other)
    assert study.asked() == [("Wick", ["Wigg"])]


NAMES = ("Ishbel Tannock", "Ishbel", "Isbo", "Dougie", "Dougie Tarvit", "Oddny Vik", "Jopka")


@given(
    st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), min_size=1, max_size=4),
    st.data(),
)
@settings(max_examples=60)
def test_an_answer_leaves_the_list_that_a_fresh_look_would_give(
    talks: list[list[str]], data: st.DataObject
) -> None:
    study = Study(*(talk(*((f"So {name} came.", name) for name in names)) for names in talks))
    for _ in range(3):
        asked = study.questions()
        pairs = [
            frozenset((one.who.entity, other.side.entity))
            for one in asked
            if one.about is not About.JOIN
            for other in one.others
        ]
        assert len(pairs) == len({*pairs}), "no two people are in two questions together"
        assert len({one.id for one in asked}) == len(asked)
        if not asked:
            break
        question = data.draw(st.sampled_from(asked))
        kind = data.draw(st.sampled_from((Merge, Different, DontKnow)))
        study.say(kind(places=first_places(question), before=groups(question)))
        fresh = Questioner(study.transcripts).questions(study.entities, study.said)
        assert study.questions() == list(fresh)
        assert question.id not in {one.id for one in study.questions()} or kind is Merge


def test_the_crowd_of_one_name_is_not_asked_about_pair_by_pair() -> None:
    """Forty and more of one name in as many interviews: nobody could look through all pairs."""
    talks = [talk((f"So Morag came to {n}.", "Morag")) for n in range(45)]
    study = Study(*talks)
    assert isinstance(study.transcripts[0], Transcript)
    assert len(study.questions()) < len(list(combinations(range(45), 2)))


def test_a_place_and_an_organisation_of_one_name_are_asked_about() -> None:
    body: Talk = ("P: Strathbrock wrote to us.\n", [("Strathbrock", "ORG")])
    town: Talk = ("P: I was in Strathbrock.\n", [("Strathbrock", "PLACE")])
    study = Study(body, town, ("P: I was in Kelty.\n", [("Kelty", "PLACE")]))
    assert study.asked() == [("Strathbrock", ["Strathbrock"])]
    (asked,) = study.questions()
    assert [other.clue for other in asked.others] == [AlikeBy.KINDS]
    study.say(Different(places=first_places(asked), before=groups(asked)))
    assert study.asked() == []
    study.say(Undo(places=(), row=1))
    study.say(Merge(places=first_places(asked)))
    assert study.asked() == []
    assert len(study.entities) == 2
