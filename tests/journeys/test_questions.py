"""Questions about who is who by the command: listed, asked, answered, and kept by later runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, run_redact, study_of
from tests.shared import copy_of, made_once
from tests.terminal import Terminal

Redact = Callable[..., Result]
Key = tuple[object, ...]
ONE = (
    "INT: Who was there?\nR: Dougie Farquhar came, and Oddny Vik does the nights.\n"
    "R: Not Dougie Menmuir. Oddny Vik left early.\n"
)
TWO = "INT: And then?\nR: Dougie came. And Dougie went. Then Oddny Vik slept.\n"
THREE = "INT: Who else?\nR: Dougie Menmuir said so, and Dougie with him. Dougie Farquhar did not.\n"
NAMES = ("Dougie", "Strachan", "Wisely", "Oddny")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    def make(folder: Path) -> None:
        study_of(folder, {"one.txt": ONE, "two.txt": TWO}, passphrase_file, "safe-copy")

    return made_once(tmp_path_factory, "questions", make)


@pytest.fixture
def key(passphrase_file: Path) -> Key:
    return "--passphrase-file", passphrase_file


@pytest.fixture
def study(original: Path, tmp_path: Path) -> Path:
    return copy_of(original / "study", tmp_path)


def listed(study: Path, key: Key) -> list[dict[str, Any]]:
    found = run_redact("questions", study, "--json", *key)
    assert found.code == 0, found.err
    questions: list[dict[str, Any]] = found.json["questions"]
    return questions


def about(questions: list[dict[str, Any]], name: str = "Dougie") -> dict[str, Any]:
    return next(one for one in questions if one["who"]["words"] == name)


def number_of(question: dict[str, Any], name: str) -> int:
    number = next(one["number"] for one in question["others"] if one["words"] == name)
    assert isinstance(number, int)
    return number


def safe_line(study: Path, words: str) -> str:
    texts = [path.read_text("utf-8") for path in (study / "safe").iterdir()]
    return next(line for text in texts for line in text.split("\n") if words in line)


def test_each_question_shows_both_sides_and_the_look_is_logged(study: Path, key: Key) -> None:
    question = about(listed(study, key))
    assert (question["about"], question["who"]["mentions"]) == ("name", 2)
    beside = {one["words"] for one in question["others"]}
    assert beside >= {"Dougie Farquhar", "Dougie Menmuir"}
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    phases = [line for line in log.split("\n") if "questions about who is who" in line]
    assert [
        ('"phase":"intent"' in line, '"docs":["D0001","D0002"]' in line) for line in phases
    ] == [
        (True, True),
        (False, True),
    ]
    assert not any(name in log for name in NAMES)
    shown = run_redact("questions", study, "--limit", "1", *key).out
    assert "»Dougie«" in shown
    assert "questions open, 1 shown" in shown


def test_an_answer_holds_at_once_and_when_transcripts_come(
    study: Path, original: Path, tmp_path: Path, key: Key
) -> None:
    question = about(listed(study, key))
    said = f"{question['id']}=same:{number_of(question, 'Dougie Farquhar')}"
    done = run_redact("questions", study, "--by", "AB", "--answer", said, *key)
    assert done.code == 0, done.err
    lone, strachan = safe_line(study, "slept"), safe_line(study, "nights")
    (pseudonym,) = re.findall(r"R: (\[Person \d\]) came", strachan)
    assert lone.count(pseudonym) == 2
    assert "Dougie" not in {one["who"]["words"] for one in listed(study, key)}
    more = tmp_path / "more"
    more.mkdir()
    (more / "three.txt").write_text(THREE, "utf-8")
    run = ("run", original / "talks", more, "--policy", "safe-copy", "--out", study, *key)
    assert run_redact(*run).code in (0, 3)
    assert safe_line(study, "slept") == lone
    assert safe_line(study, "nights") == strachan


def test_two_who_are_different_stay_two_when_transcripts_come(
    study: Path, original: Path, tmp_path: Path, key: Key
) -> None:
    before = {words: safe_line(study, words) for words in ("slept", "nights", "left early")}
    question = about(listed(study, key))
    done = run_redact(
        "questions", study, "--by", "AB", "--answer", f"{question['id']}=different", *key
    )
    assert done.code == 0, done.err
    more = tmp_path / "more"
    more.mkdir()
    (more / "three.txt").write_text(THREE, "utf-8")
    run = ("run", original / "talks", more, "--policy", "safe-copy", "--out", study, *key)
    assert run_redact(*run).code in (0, 3)
    assert {words: safe_line(study, words) for words in before} == before
    for one in listed(study, key):
        pairs = {(one["who"]["words"], other["words"]) for other in one["others"]}
        assert not pairs & {("Dougie", "Dougie Farquhar"), ("Dougie Farquhar", "Dougie")} or (
            one["who"]["file"] != "two.txt"
        )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("{id}=perhaps",), "this is no answer"),
        (("{id}",), "this is no answer"),
        (("{id}=different:1",), "this is no answer"),
        (("{id}=different", "Q000000=same"), "nothing of this ID is asked"),
        (("{id}=same",), "say which is the same"),
        (("{id}=same:99",), "the numbers beside it are"),
        (("{id}=different", "{id}=same:1"), "answered twice"),
    ],
)
def test_what_is_no_answer_is_told_and_nothing_is_recorded(
    study: Path, key: Key, typed: tuple[str, ...], said: str
) -> None:
    question = about(listed(study, key))
    words = [word for one in typed for word in ("--answer", one.format(id=question["id"]))]
    done = run_redact("questions", study, "--by", "AB", *words, *key)
    assert (done.code, said in done.err) == (2, True)
    assert not (study / "corrections.jsonl").exists()


def test_answers_are_somebodys(study: Path, key: Key) -> None:
    done = run_redact("questions", study, "--answer", "Q123456=same", *key)
    assert (done.code, "it is not said who answers" in done.err) == (2, True)


def test_at_a_terminal_the_questions_are_asked_one_by_one(study: Path, key: Key) -> None:
    question = about(listed(study, key))
    with Terminal("questions", study, "--by", "AB", *key) as at:
        shown = at.waits_for(f"{question['id']}  ")
        shown = at.waits_for(" > ", shown)
        at.types("maybe\n")
        shown = at.waits_for("This is none of the answers", shown)
        shown = at.waits_for(" > ", shown)
        at.types(f"{number_of(question, 'Dougie Menmuir')}\n")
        assert at.ends() == 0, at.shown
    assert "1 answer recorded" in at.shown
    rows = (study / "corrections.jsonl").read_text("utf-8")
    assert '"kind":"merge"' in rows
    assert not any(name in rows for name in NAMES)
    (wisely,) = {safe_line(study, "left early")[7:17]}
    assert safe_line(study, "slept").count(wisely) == 2


ROSTER = "name,role\nMoira Tannock,manager\nHugh Petrie,cook\n"
FIRST = "INT: Who runs it?\nR: Moira Tannock runs it now.\n"
SECOND = "INT: And then?\nR: Oddny Vik came with Femi Akintola. And Moira laughed at that.\n"
LATER = (
    "INT: Who else?\nR: Oddny Vik was there with Moira Tannock, and Femi Akintola was as well.\n"
    "R: Femi Akintola said it, and Oddny Vik said it to Moira.\n"
)


def test_a_later_transcript_moves_nobody_into_a_person_of_the_roster_in_silence(
    tmp_path: Path, key: Key, passphrase_file: Path
) -> None:
    study_of(
        tmp_path, {"one.txt": FIRST, "two.txt": SECOND}, passphrase_file, "safe-copy", roster=ROSTER
    )
    study = tmp_path / "study"
    before = {words: safe_line(study, words) for words in ("runs it now", "laughed at that")}
    (tmp_path / "talks" / "three.txt").write_text(LATER, "utf-8")
    run = ("run", tmp_path / "talks", "--policy", "safe-copy", "--out", study, *key)
    assert run_redact(*run).code in (0, 3)
    assert {words: safe_line(study, words) for words in before} == before
    beside = about(listed(study, key), "Moira")["others"]
    assert ("Moira Tannock", "the name fits both") in {(o["words"], o["clue"]) for o in beside}
    (tmp_path / "roster.csv").write_text(ROSTER.replace("manager", "director"), "utf-8")
    again = run_redact(*run, "--roster", tmp_path / "roster.csv")
    assert again.code in (0, 3)
    (whose,) = re.findall(r"R: (\[Person \d\]) runs", safe_line(study, "runs it now"))
    assert f"And {whose} laughed" in safe_line(study, "laughed at that")
