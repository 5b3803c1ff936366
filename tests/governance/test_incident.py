"""From the report of a name to the close: found, hidden, released again, told; never written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redact.audit.consent_events import ReleaseHolds
from redact.audit.entries import Actor, LogEntry
from redact.audit.events import Event, ReleaseCreated
from redact.audit.incident_events import IncidentOpened
from redact.governance.incident import incidents
from tests.conftest import Result, run_redact, study_of, tree

TODAY = datetime.now(UTC).date().isoformat()
WORDS = "wednesday soup lot"
TALKS = {
    "one.txt": f"INT: Where?\nR: At the {WORDS}, by the river.\nR: Ishbel Tannock ran it.\n",
    "two.txt": f"INT: And you?\nR: I was at the {WORDS} too, with Ishbel Tannock.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    return study_of(tmp_path_factory.mktemp("incident"), TALKS, passphrase_file, "safe-copy")


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "study"))


@pytest.fixture
def key(passphrase_file: Path) -> tuple[str, Path]:
    return ("--passphrase-file", passphrase_file)


@pytest.fixture
def words_file(tmp_path: Path) -> Path:
    path = tmp_path / "found.txt"
    path.write_text(WORDS + "\n", "utf-8")
    return path


def words(path: Path) -> tuple[str, Path]:
    return "--words-file", path


def opened(study: Path, key: tuple[str, Path], words_file: Path, what: str = "ORG") -> Result:
    more = ("--what", what, "--by", "A. Steward", "--words-file", words_file)
    return run_redact("incident", "open", study, *more, *key, "--json")


def test_a_name_is_found_hidden_released_without_and_closed(
    study: Path, key: tuple[str, Path], words_file: Path
) -> None:
    (first,) = sorted(path.name for path in (study / "release").iterdir())
    who = ("--to", "Leith Archive", "--on", TODAY)
    assert run_redact("release", "given", study, first, *who, *key).code == 0

    done = opened(study, key, words_file)
    assert done.code == 0, done.err
    said = json.loads(done.out)
    assert (said["number"], said["releases"], said["hidden"]) == ("I1", [first], 2)
    assert {one["file"].split("/")[0] for one in said["files"]} == {"transcripts"}
    assert run_redact("incident", "show", study).code == 3

    early = run_redact(
        "incident", "close", study, "I1", "--by", "A. Steward", *words(words_file), *key
    )
    assert early.code == 2
    assert "redact release" in early.err
    assert "Leith Archive" in early.err

    released = run_redact("release", study, "--name", "corrected", *key)
    assert released.code == 0, released.err
    for path in (study / "release" / "corrected").rglob("*"):
        if path.is_file():
            assert WORDS.encode() not in path.read_bytes().lower(), path
    notice = run_redact("incident", "notice", study, "I1").out
    assert first in notice
    assert "corrected" in notice
    assert run_redact("incident", "told", study, "i1", *who, *key).code == 0
    closed = run_redact(
        "incident", "close", study, "I1", "--by", "A. Steward", *words(words_file), *key
    )
    assert closed.code == 0, closed.err
    assert "released again after" in closed.out
    steps = run_redact("incident", "show", study).out
    assert run_redact("release", study, "--name", "later", *key).code == 0
    assert run_redact("incident", "show", study).out == steps  # the record of it has ended
    assert run_redact("incident", "show", study).code == 0

    everything = done.out + done.err + early.err + notice + closed.out
    assert WORDS not in everything.lower()
    for folder in ("audit", "work", "custody"):
        for name, data in tree(study / folder).items():
            assert WORDS.encode() not in bytes(data).lower(), name
    assert run_redact("audit", "verify", study, *key).code in (0, 3)


def test_words_that_stand_nowhere_open_nothing(
    study: Path, key: tuple[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "nowhere.txt"
    path.write_text("Strathwindy Lodge", "utf-8")
    before = tree(study)
    refused = opened(study, key, path)
    assert (refused.code, "stand in no release" in refused.out) == (2, True)
    assert "Strathwindy" not in refused.out + refused.err
    assert tree(study).keys() == before.keys()
    assert run_redact("incident", "show", study).out == "No incident was opened.\n"


@pytest.mark.parametrize(
    ("said", "what"),
    [("", "on one line"), ("one\ntwo\n", "on one line"), ("x" * 501, "on one line")],
)
def test_a_file_of_words_has_one_line(
    study: Path, key: tuple[str, Path], tmp_path: Path, said: str, what: str
) -> None:
    path = tmp_path / "words.txt"
    path.write_text(said, "utf-8")
    refused = opened(study, key, path)
    assert (refused.code, what in refused.out) == (2, True)


def test_only_who_has_it_is_told_and_on_a_day_that_can_be(
    study: Path, key: tuple[str, Path], words_file: Path
) -> None:
    assert opened(study, key, words_file).code == 0
    for to, on, what in (
        ("Nobody Known", TODAY, "none of the releases"),
        ("Nobody Known", "soon", "none of the releases"),
    ):
        refused = run_redact("incident", "told", study, "I1", "--to", to, "--on", on, *key)
        assert (refused.code, what in refused.err) == (2, True)
    (first,) = sorted(path.name for path in (study / "release").iterdir())
    who = ("--to", "Leith Archive", "--on", TODAY)
    late = ("--anyway", "they had it before")
    assert run_redact("release", "given", study, first, *who, *late, *key).code == 0
    for on, what in (("soon", "no day"), ("1999-01-31", "after this day")):
        refused = run_redact(
            "incident", "told", study, "I1", "--to", "leith archive", "--on", on, *key
        )
        assert (refused.code, what in refused.err) == (2, True)
    refused = run_redact("incident", "close", study, "I9", "--by", "A", *words(words_file), *key)
    assert (refused.code, "Incidents: I1" in refused.err) == (2, True)


def test_who_destroyed_it_need_not_be_told(
    study: Path, key: tuple[str, Path], words_file: Path
) -> None:
    (first,) = sorted(path.name for path in (study / "release").iterdir())
    who = ("--to", "Leith Archive", "--on", TODAY)
    run_redact("release", "given", study, first, *who, *key)
    run_redact("release", "destroyed", study, first, *who, *key)
    assert opened(study, key, words_file).code == 0
    assert run_redact("release", study, "--name", "corrected", *key).code == 0
    assert (
        run_redact(
            "incident", "close", study, "I1", "--by", "A. Steward", *words(words_file), *key
        ).code
        == 0
    )


def test_it_is_not_closed_while_the_words_stand_in_the_release_made_since(
    study: Path, key: tuple[str, Path], tmp_path: Path
) -> None:
    """Here they stand in the description, where nothing is hidden."""
    title = ("--set", "title=Voices of Zanthorpe Mill")
    assert run_redact("describe", study, *title).code == 0
    assert run_redact("release", study, "--name", "described", *key).code == 0
    path = tmp_path / "found.txt"
    path.write_text("Zanthorpe", "utf-8")
    assert opened(study, key, path, "PLACE").code == 0
    assert "Incident I1" in run_redact("status", study).out
    assert run_redact("describe", study, "--set", "title=Zanthorpe Mill").code == 0
    assert run_redact("release", study, "--name", "again", *key).code == 0
    refused = run_redact("incident", "close", study, "I1", "--by", "A", *words(path), *key)
    assert (refused.code, "still stand in again" in refused.err) == (2, True), refused.err
    assert run_redact("describe", study, "--set", "title=Voices").code == 0
    assert run_redact("release", study, "--name", "third", *key).code == 0
    path.write_text("Someplace", "utf-8")
    other = run_redact("incident", "close", study, "I1", "--by", "A", *words(path), *key)
    assert (other.code, "not the words" in other.err) == (2, True)
    path.write_text("zanthorpe", "utf-8")
    closed = run_redact("incident", "close", study, "I1", "--by", "A", *words(path), *key)
    assert closed.code == 0, closed.err


def test_a_release_that_is_not_here_counts_and_who_records_it_is_not_the_word(
    study: Path, key: tuple[str, Path], words_file: Path
) -> None:
    import shutil

    (first,) = sorted(path.name for path in (study / "release").iterdir())
    shutil.rmtree(study / "release" / first)
    named = ("--what", "ORG", "--by", WORDS.title(), "--words-file", words_file)
    refused = run_redact("incident", "open", study, *named, *key)
    assert (refused.code, "the log must hold none" in refused.err) == (2, True)
    inside = study / "work" / "found.txt"
    inside.write_text(WORDS, "utf-8")
    assert opened(study, key, inside).code == 2
    inside.unlink()
    said = json.loads(opened(study, key, words_file).out)
    assert said["releases"] == [first]


def test_whoever_got_another_release_that_has_the_words_is_told_too(
    study: Path, key: tuple[str, Path], tmp_path: Path
) -> None:
    """A release between the report and the corrected one still says them, in its title."""
    import shutil

    (first,) = sorted(path.name for path in (study / "release").iterdir())
    path = tmp_path / "found.txt"
    path.write_text("Zanthorpe", "utf-8")
    titled = ("describe", study, "--set", "title=Zanthorpe Mill")
    assert run_redact(*titled).code == 0
    assert run_redact("release", study, "--name", "described", *key).code == 0
    assert opened(study, key, path, "PLACE").code == 0
    assert run_redact("describe", study, "--set", "title=Voices of Zanthorpe").code == 0
    assert run_redact("release", study, "--name", "between", *key).code == 0
    who = ("--to", "Leith Archive", "--on", TODAY)
    assert run_redact("release", "given", study, "between", *who, *key).code == 0
    assert run_redact("describe", study, "--set", "title=Voices").code == 0
    assert run_redact("release", study, "--name", "last", *key).code == 0
    close = ("incident", "close", study, "I1", "--by", "A", *words(path), *key)
    refused = run_redact(*close)
    assert (refused.code, "Leith Archive, who has between" in refused.err) == (2, True)
    assert str(study) in refused.err.replace("\n", "")
    assert "STUDY" not in refused.err
    assert run_redact("incident", "told", study, "I1", *who, *key).code == 0
    shutil.move(study / "release" / "last", tmp_path / "last")
    refused = run_redact(*close)
    assert (refused.code, "nobody can look in it" in refused.err) == (2, True)
    again = run_redact("release", study, "--name", first, *key)
    assert again.code in (0, 2)  # its own folder is there, with other papers
    shutil.move(tmp_path / "last", study / "release" / "last")
    closed = run_redact(*close)
    assert closed.code == 0, closed.err


def test_a_name_of_a_release_is_given_once(study: Path, key: tuple[str, Path]) -> None:
    import shutil

    (first,) = sorted(path.name for path in (study / "release").iterdir())
    shutil.rmtree(study / "release" / first)
    assert run_redact("describe", study, "--set", "title=Voices").code == 0
    refused = run_redact("release", study, "--name", first, *key)
    assert (refused.code, "made before" in refused.err) == (2, True)
    assert run_redact("describe", study, "--set", "title=").code == 0  # as it was: still not again
    (before,) = run_redact("register", study, "--json").json["releases"]
    refused = run_redact("release", study, "--name", first, *key)
    assert (refused.code, "made before" in refused.err) == (2, True)
    assert run_redact("register", study, "--json").json["releases"] == [before]
    done = run_redact("release", study, *key)
    assert done.code == 0, done.err
    assert not (study / "release" / first).exists()


@pytest.mark.parametrize(
    ("affected", "since", "corrected"),
    [
        (("a-01",), ("a-02", "quotes-01"), "a-02"),
        (("a-01",), ("quotes-01",), ""),
        (("a-01", "quotes-00"), ("a-02", "quotes-01"), "a-02"),
        (("quotes-00",), ("quotes-01", "a-02"), "quotes-01"),
        (("quotes-00",), ("a-02",), "a-02"),
    ],
)
def test_quotes_do_not_come_in_place_of_transcripts(
    affected: tuple[str, ...], since: tuple[str, ...], corrected: str
) -> None:
    def made(name: str) -> tuple[Event, Event]:
        audience = "quotes" if name.startswith("quotes") else "team"
        holds = ReleaseHolds(name=name, audience=audience, docs=("D1",), left_out=0)
        return holds, ReleaseCreated(phase="done", name=name, tagmanifest_sha512="ab" * 64)

    opening = IncidentOpened(
        incident="I1", by="A", label="ORG", releases=affected, counts={}, words_token="ab"
    )
    events = [
        *(one for name in affected for one in made(name)),
        opening,
        *(one for name in since for one in made(name)),
    ]
    entries = [
        LogEntry(
            log="redact.study/x",
            number=number,
            time="2026-11-01T10:00:00.000Z",
            before=b"\0" * 32,
            actor=Actor("steward", "data steward"),
            event=event,
        )
        for number, event in enumerate(events)
    ]
    (one,) = incidents(entries)
    assert (one.corrected, one.made_since) == (corrected, since)


def test_words_that_were_typed_by_mistake_are_taken_back_and_named_nowhere(
    study: Path, key: tuple[str, Path], words_file: Path
) -> None:
    assert opened(study, key, words_file).code == 0
    take_back = ("incident", "take-back", study, "I1", "--by", "A. Steward", "--reason")
    for reason, what in (
        (f"It was not the {WORDS.title()}.", "the log must hold none"),
        ("Ishbel Tannock says so", "a name of the study"),
    ):
        refused = run_redact(*take_back, reason, *key)
        assert (refused.code, what in refused.err) == (2, True), refused.err
        assert WORDS not in refused.err.lower()
    before = run_redact("incident", "show", study)
    assert before.code == 3
    done = run_redact(*take_back, "mistyped", *key)
    assert done.code == 0, done.err
    assert "2 places in the transcripts stay hidden" in done.out
    shown = run_redact("incident", "show", study)
    assert (shown.code, f"I1 (taken back on {TODAY})" in shown.out) == (0, True)
    assert "Incident" not in run_redact("status", study).out
    assert run_redact(*take_back, "mistyped", *key).code == 0  # once is enough
    assert run_redact("audit", "show", study, "--event", "incident.taken_back").out.count("I1") == 1
    for name, data in tree(study / "audit").items():
        assert WORDS.encode() not in bytes(data).lower(), name
    again = opened(study, key, words_file)  # what is hidden already stands in the release still
    assert (again.code, again.json["number"]) == (0, "I2")
    assert run_redact("audit", "verify", study, *key).code in (0, 3)


def test_what_was_closed_is_not_taken_back(
    study: Path, key: tuple[str, Path], words_file: Path
) -> None:
    assert opened(study, key, words_file).code == 0
    assert run_redact("release", study, "--name", "corrected", *key).code == 0
    by = ("--by", "A. Steward")
    assert run_redact("incident", "close", study, "I1", *by, *words(words_file), *key).code == 0
    refused = run_redact("incident", "take-back", study, "I1", *by, "--reason", "oh", *key)
    assert (refused.code, "it was closed on" in refused.err) == (2, True)
