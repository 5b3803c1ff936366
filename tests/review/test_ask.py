"""An answer to a question about who is who: recorded or refused, kept, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redact.errors import StudyChanged, UsageError
from redact.link.questions import About, WhoQuestion
from redact.pipeline import run_stage
from redact.review import correct
from redact.review.ask import (
    AsSaid,
    Replied,
    Reply,
    as_said,
    asking_of,
    in_words,
    open_questions,
    take_answers,
)
from redact.study import records
from redact.study.desk import Desk
from tests.conftest import Result, study_of
from tests.review.conftest import Made
from tests.shared import copy_of, made_once

ONE = (
    "INT: Who was there?\nR: Dougie Farquhar came, and Oddny Vik does the nights.\n"
    "R: Not Dougie Menmuir. Oddny Vik left early.\n"
)
TWO = "INT: And then?\nR: Dougie came. And Dougie went. Then Oddny Vik slept.\n"


@pytest.fixture(scope="session")
def asked_about(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    def make(folder: Path) -> None:
        study_of(folder, {"one.txt": ONE, "two.txt": TWO}, passphrase_file, "safe-copy")

    return made_once(tmp_path_factory, "asked-about", make) / "study"


@pytest.fixture
def study(
    asked_about: Path, redact: Callable[..., Result], tmp_path: Path, passphrase_file: Path
) -> Made:
    return Made(copy_of(asked_about, tmp_path), redact, ("--passphrase-file", passphrase_file))


def asked(desk: Desk, seen: AsSaid, name: str = "Dougie") -> WhoQuestion:
    """The question about this name."""
    questions = open_questions(asking_of(desk), seen)
    return next(one for one in questions if in_words(desk, (one.who,))[0].words == name)


def numbers_of(desk: Desk, question: WhoQuestion) -> dict[str, int]:
    beside = (one.words for one in in_words(desk, question.sides[1:]))
    return {words: number for number, words in enumerate(beside, start=1)}


def answered(made: Made, reply: Reply, *beside: str) -> AsSaid:
    """What is said after this answer to the question about the lone name."""
    desk = made.desk()
    seen = as_said(desk)
    question = asked(desk, seen)
    numbers = tuple(numbers_of(desk, question)[name] for name in beside)
    told = Replied(id=question.id, reply=reply, numbers=numbers)
    return take_answers(desk, seen, (question,), (told,), "AB")


def safe_lines(made: Made) -> list[str]:
    """The lone name's line in the safe transcripts, made anew."""
    run_stage(made.desk(), "replace")
    texts = (path.read_text("utf-8") for path in sorted((made.root / "safe").iterdir()))
    return [line for text in texts for line in text.split("\n") if line.startswith("R:")]


def names_of(desk: Desk, seen: AsSaid) -> list[set[str]]:
    return [
        {desk.words_of(m.place) for m in one.mentions}
        for one in seen.entities
        if one.label == "PERSON"
    ]


def test_both_sides_are_shown_in_their_words(study: Made) -> None:
    desk = study.desk()
    question = asked(desk, as_said(desk))
    (who,) = in_words(desk, (question.who,))
    assert (question.about, who.words, who.mentions, who.file) == (
        About.NAME,
        "Dougie",
        2,
        "two.txt",
    )
    assert (who.before[-8:], who.after[:6]) == ("then? R: "[-8:], " came.")
    assert {*numbers_of(desk, question)} >= {"Dougie Farquhar", "Dougie Menmuir"}


def test_the_same_is_one_from_then_on_and_the_others_are_not_asked_about_again(
    study: Made,
) -> None:
    desk = study.desk()
    seen = answered(study, Reply.SAME, "Dougie Menmuir")
    assert {"Dougie", "Dougie Menmuir"} in names_of(desk, seen)
    assert [row.kind for row in seen.corrections] == ["dont_know", "merge"]
    left = open_questions(asking_of(desk), seen)
    assert all("Dougie Farquhar" not in numbers_of(desk, one) for one in left)
    lines = {line[-8:]: line for line in safe_lines(study)}
    (pseudonym,) = re.findall(r"Not (\[Person \d\])", lines["t early."])
    counts = [lines[end].count(pseudonym) for end in (" nights.", "t early.", "] slept.")]
    assert counts == [0, 1, 2]


def test_different_holds_in_later_runs_and_can_be_undone(study: Made) -> None:
    before = safe_lines(study)
    seen = answered(study, Reply.DIFFERENT)
    assert [row.kind for row in seen.corrections] == ["different"]
    assert safe_lines(study) == before
    entities = records.read_entities(study.root / "work" / "entities.jsonl")
    lone = next(e for e in entities if {m.start for m in e.mentions} == {18, 35})
    assert lone.question is None, "all whom the name fits are said to be others"
    correct.undo(study.desk(), None, "AB", "not so")
    assert safe_lines(study) == before
    desk = study.desk()
    assert asked(desk, as_said(desk)).others


def test_that_nobody_knows_changes_nothing_and_is_not_asked_again(study: Made) -> None:
    before = safe_lines(study)
    seen = answered(study, Reply.DONT_KNOW)
    assert [row.kind for row in seen.corrections] == ["dont_know"]
    desk = study.desk()
    for again in (seen, as_said(desk)):
        questions = open_questions(asking_of(desk), again)
        assert "Dougie" not in {one.words for one in in_words(desk, (q.who for q in questions))}
    assert safe_lines(study) == before


def test_what_linking_says_with_an_answer_is_what_was_seen(study: Made) -> None:
    """An answer changes what it touches; linking the study anew says the same."""
    seen = answered(study, Reply.SAME, "Dougie Farquhar")
    desk, _ = run_stage(study.desk(), "replace")
    linked = as_said(desk)
    assert sorted(map(sorted, names_of(desk, linked))) == sorted(map(sorted, names_of(desk, seen)))
    (study.root / "work" / "entities.jsonl").unlink()
    desk, _ = run_stage(study.desk(), "replace")
    anew = as_said(desk)
    assert sorted(map(sorted, names_of(desk, anew))) == sorted(map(sorted, names_of(desk, seen)))
    assert not any(one.question for one in anew.entities)


def test_an_answer_holds_in_view_whatever_else_is_decided_before_the_texts_follow(
    study: Made,
) -> None:
    seen = answered(study, Reply.SAME, "Dougie Farquhar")
    desk = study.desk()
    correct.rename(desk, "[Person 1]", "Boss", "AB", "asked for")
    again = as_said(study.desk())
    assert again.is_whole
    assert sorted(map(sorted, names_of(desk, again))) == sorted(map(sorted, names_of(desk, seen)))


def test_where_it_is_not_known_what_was_applied_nothing_is_answered(study: Made) -> None:
    entities = study.root / "work" / "entities.jsonl"
    lines = entities.read_text("utf-8").splitlines(keepends=True)
    entities.write_text("".join(lines[::-1]), "utf-8")
    desk = study.desk()
    seen = as_said(desk)
    question = asked(desk, seen)
    told = Replied(id=question.id, reply=Reply.DONT_KNOW)
    with pytest.raises(StudyChanged):
        take_answers(desk, seen, (question,), (told,), "AB")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"id": "Q000000"}, "nothing of this ID is asked"),
        ({}, "say which is the same"),
        ({"numbers": (9,)}, "the numbers beside it are"),
        ({"pseudonyms": ("[Person 77]",)}, "names a pseudonym that no one"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_recorded(
    study: Made, told: dict[str, Any], said: str
) -> None:
    desk = study.desk()
    seen = as_said(desk)
    question = asked(desk, seen)
    good = Replied(id=question.id, reply=Reply.DONT_KNOW)
    bad = replace(good, reply=Reply.SAME, **told)
    with pytest.raises(UsageError, match=said):
        take_answers(desk, seen, (question,), (good, bad), "AB")
    assert not (study.root / "corrections.jsonl").exists()


def test_what_somebody_said_meanwhile_stands(study: Made) -> None:
    desk = study.desk()
    seen = as_said(desk)
    question = asked(desk, seen)
    answered(study, Reply.DIFFERENT)
    told = Replied(id=question.id, reply=Reply.DONT_KNOW)
    with pytest.raises(StudyChanged):
        take_answers(desk, seen, (question,), (told,), "CD")
    assert [row.by for row in records.read_corrections(study.root / "corrections.jsonl")] == ["AB"]


def test_an_answer_may_name_somebody_who_is_not_beside_it(study: Made) -> None:
    desk = study.desk()
    seen = as_said(desk)
    question = asked(desk, seen)
    shown = {
        d.entity: d.pseudonym for d in records.read_decisions(study.root / "work/decisions.jsonl")
    }
    oddny = next(e for e in seen.entities if desk.words_of(e.mentions[0].place) == "Oddny Vik")
    told = Replied(id=question.id, reply=Reply.SAME, pseudonyms=(shown[oddny.id],))
    after = take_answers(desk, seen, (question,), (told,), "AB")
    assert {"Dougie", "Oddny Vik"} in names_of(desk, after)


def test_the_log_has_who_answered_and_no_word(study: Made) -> None:
    answered(study, Reply.SAME, "Dougie Farquhar")
    log = (study.root / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"answers","by":"AB"' in log
    assert not any(word in log for word in ("Dougie", "Strachan", "Oddny"))


def test_a_place_and_an_organisation_that_are_one_become_what_most_mentions_say(
    study: Made,
) -> None:
    desk = study.desk()
    seen = as_said(desk)
    (vik,) = (one for one in seen.entities if len(one.mentions) == 3 and one.label == "PERSON")
    body = replace(
        vik, label="ORG", mentions=tuple(replace(m, label="ORG") for m in vik.mentions[:2])
    )
    town = replace(
        vik,
        id="place-1",
        label="PLACE",
        mentions=tuple(replace(m, label="PLACE") for m in vik.mentions[2:]),
    )
    others = tuple(one for one in seen.entities if one is not vik)
    read_as_both = AsSaid((*others, body, town), seen.corrections)
    (question,) = (
        one
        for one in open_questions(asking_of(desk), read_as_both)
        if one.who.entity == body.id and one.others[0].side.entity == town.id
    )
    told = Replied(id=question.id, reply=Reply.SAME)
    after = take_answers(desk, read_as_both, (question,), (told,), "AB")
    (one,) = (entity for entity in after.entities if len(entity.mentions) == 3)
    assert {one.label, *(mention.label for mention in one.mentions)} == {"ORG"}
    assert [row.kind for row in after.corrections] == ["retype", "merge"]
