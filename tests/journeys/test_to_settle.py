"""No dead end: what a release waits for is a list, and following it ends in a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.core import Place
from redact.custody.keyfile import Opener
from redact.study.desk import open_desk
from redact.study.folder import Study
from tests.conftest import PASSPHRASE, Result, run_redact
from tests.opened import TALK, open_study
from tests.shared import copy_of

QUIET = "INT: And you?\nR: I had tea and that was all of it.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    return open_study(tmp_path_factory, passphrase_file)


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path)


@pytest.fixture
def key(passphrase_file: Path) -> tuple[object, ...]:
    return "--passphrase-file", passphrase_file


def run_again(study: Path, key: tuple[object, ...], *more: object) -> Result:
    desk = open_desk(Study(study), Opener.from_passphrase(PASSPHRASE))
    talks = Path(desk.key.documents[0].source_path).parent
    return run_redact("run", talks, "--out", study, *key, *more)


def ids(study: Path, key: tuple[object, ...]) -> list[str]:
    listed = run_redact("answer", study, "--by", "AB", "--json", *key)
    assert listed.code == 3, listed.err
    return [one["id"] for one in listed.json["open"]["forms"]]


def safe_text(study: Path) -> str:
    (path,) = (study / "safe").iterdir()
    return path.read_text("utf-8")


def test_a_run_that_needs_a_person_says_so_in_six_lines_without_a_word(
    study: Path, key: tuple[object, ...]
) -> None:
    stopped = run_again(study, key)
    assert (stopped.code, stopped.err) == (3, "")
    lines = stopped.out.strip().split("\n")
    assert len(lines) == 6, stopped.out
    assert "open: 1 word or name at 2 places to settle" in lines[2]
    assert "2 of 23 words look like names" in lines[3]
    assert f"redact answer {study} --by YOU" in lines[5]
    told = run_again(study, key, "--json")
    assert told.code == 3
    (form,) = told.json["open"]["forms"]
    assert [one["line"] for one in form["places"]] == [2, 3]
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert not any(word in stopped.out + told.out + log for word in ("Corriedoon", "Ishbel"))


@pytest.mark.parametrize(
    ("said", "left"),
    [("--everywhere", 0), ("--here", 0), ("--no-name", 2)],
)
def test_each_answer_and_nothing_else_ends_in_a_release(
    study: Path, key: tuple[object, ...], said: str, left: int
) -> None:
    (one,) = ids(study, key)
    done = run_redact("answer", study, "--by", "AB", said, one, *key)
    assert (done.code, "release: " in done.out) == (0, True), done.out + done.err
    assert safe_text(study).count("Corriedoon") == left
    again = run_again(study, key)
    assert again.code == 0, again.err


def test_an_answer_about_what_is_not_open_records_nothing(
    study: Path, key: tuple[object, ...]
) -> None:
    (one,) = ids(study, key)
    refused = run_redact("answer", study, "--by", "AB", "--no-name", one, "--here", "0a", *key)
    assert (refused.code, "0a" in refused.err) == (2, True)
    twice = run_redact("answer", study, "--by", "AB", "--no-name", one, "--here", one, *key)
    assert twice.code == 2
    assert not (study / "rulings.jsonl").exists()


def test_a_name_in_the_description_may_be_let_stand_there_or_taken_out(
    study: Path, key: tuple[object, ...]
) -> None:
    (one,) = ids(study, key)
    assert run_redact("describe", study, "--set", "abstract=Ishbel Tannock told us.").code == 0
    assert run_redact("answer", study, "--by", "AB", "--no-name", one, *key).code == 3
    (name,) = ids(study, key)
    refused = run_redact("answer", study, "--by", "AB", "--everywhere", name, *key)
    assert (refused.code, "Take them out" in refused.err) == (2, True)
    done = run_redact("answer", study, "--by", "AB", "--no-name", name, *key)
    assert (done.code, "release: " in done.out) == (0, True), done.out + done.err
    assert "Ishbel" not in (study / "rulings.jsonl").read_text("utf-8")


def test_of_answers_of_which_one_would_hide_nothing_none_is_taken(
    study: Path, key: tuple[object, ...]
) -> None:
    assert run_redact("describe", study, "--set", "abstract=Ishbel Tannock told us.").code == 0
    both = ids(study, key)
    assert len(both) == 2
    said = [word for one in both for word in ("--everywhere", one)]
    refused = run_redact("answer", study, "--by", "AB", *said, *key)
    assert (refused.code, "Take them out" in refused.err) == (2, True)
    assert sorted(ids(study, key)) == sorted(both)
    assert not (study / "rulings.jsonl").exists()


def test_a_transcript_without_names_is_read_and_settled_and_goes_out(
    tmp_path: Path, key: tuple[object, ...]
) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "two.txt").write_text(QUIET, "utf-8")
    made = tmp_path / "study"
    stopped = run_redact("run", tmp_path / "talks", "--policy", "safe-copy", "--out", made, *key)
    assert (stopped.code, "1 transcript to read" in stopped.out) == (3, True)
    assert run_redact("settle", made, "--by", "AB", *key).code == 0
    assert run_redact("release", made, *key).code == 0


def test_places_of_the_list_are_those_of_the_source(made: Path) -> None:
    from redact.release.open_forms import passages_of, waiting

    desk = open_desk(Study(made), Opener.from_passphrase(PASSPHRASE))
    (form,) = waiting(desk).forms
    places = [one.place for one in form.places]
    assert [TALK[p.start : p.end] for p in places if isinstance(p, Place)] == [
        "Corriedoon Care"
    ] * 2
    (passage,) = passages_of(form)
    assert [one.text for one in passage.pieces if one.is_open] == ["Corriedoon Care"] * 2
