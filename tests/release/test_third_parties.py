"""Somebody spoken of at length who was asked nothing waits for a person's word, in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_redact, study_of
from tests.shared import copy_of

pytestmark = pytest.mark.model
TALK = (
    "INT: Tell me of your brother.\n"
    "P01: Hector Drummond went to sea. Hector Drummond wrote every week. Hector Drummond had a "
    "dog then. We all missed Hector Drummond. Nobody cooks like Hector Drummond.\n"
    "INT: And the others?\nP01: Morag is grand. We see her in the summer.\n"
)
OTHER = "INT: Who else?\nP02: Will Dunlop came by. Will is fine.\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    table = (
        "interview,file,interviewee,consent\n"
        "1,one.txt,Una Gillespie,archive open\n2,two.txt,Rona Baird,archive open\n"
    )
    talks = {"one.txt": TALK, "two.txt": OTHER}
    place = tmp_path_factory.mktemp("third")
    return study_of(place, talks, passphrase_file, "safe-copy", interviews=table)


def test_a_release_waits_until_somebody_decided_and_the_newest_word_holds(
    study: Path, passphrase_file: Path
) -> None:
    key = ("--passphrase-file", passphrase_file)
    refused = run_redact("release", study, *key)
    assert (refused.code, "is spoken of at length" in refused.err) == (4, True)
    (one,) = run_redact("consent", "third", study, *key, "--json").json["third_parties"]
    assert (one["places"] >= 5, one["share"] >= 0.1, one["stays"]) == (True, True, None)
    who = one["pseudonym"]
    word = ("--by", "A. Steward", "--reason", "his sister asked him, and he agreed")
    for option, code in (("--goes", 4), ("--stays", 0)):  # two words that contradict
        assert run_redact("consent", "third", study, who, option, *word, *key).code == 0
        assert run_redact("release", study, *key).code == code
    run_redact("consent", "third", study, who, "--stays", *word, *key)
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert log.count('"third_party.decided"') == 2
    assert "Drummond" not in log


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("[Person 99]", "--stays", "--by", "A", "--reason", "x"), "nobody of this pseudonym"),
        (("--reason", "x", "--by", "A", "WHO"), "not said whether it may stay"),
        (("WHO", "--stays", "--by", "A"), "nothing is said here"),
        (("WHO", "--stays", "--by", "A", "--reason", "Hector Drummond agreed"), "a name of the"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_not_recorded(
    study: Path, passphrase_file: Path, arguments: tuple[str, ...], what: str
) -> None:
    key = ("--passphrase-file", passphrase_file)
    (one,) = run_redact("consent", "third", study, *key, "--json").json["third_parties"]
    log = study / "audit" / "log.jsonl"
    before = log.read_bytes()
    meant = [one["pseudonym"] if said == "WHO" else said for said in arguments]
    refused = run_redact("consent", "third", study, *meant, *key)
    assert (refused.code, what in refused.err) == (2, True), refused.err
    assert log.read_bytes() == before


def test_where_no_consent_is_recorded_nobody_is_asked_for(
    tmp_path: Path, passphrase_file: Path
) -> None:
    talks = {"one.txt": TALK, "two.txt": OTHER}
    study = study_of(tmp_path, talks, passphrase_file, "safe-copy")
    assert (study / "release" / "safe-copy-01").is_dir()


def test_a_participant_who_is_left_out_is_no_third_party(
    tmp_path: Path, passphrase_file: Path
) -> None:
    """They were interviewed, though what they said goes nowhere."""
    table = (
        "interview,file,interviewee,consent\n"
        "1,one.txt,Una Gillespie,archive open\n2,two.txt,Hector Drummond,no sharing\n"
    )
    talks = {"one.txt": TALK, "two.txt": "INT: Who are you?\nP02: Hector Drummond is my name.\n"}
    study = study_of(tmp_path, talks, passphrase_file, "safe-copy", interviews=table)
    key = ("--passphrase-file", passphrase_file)
    assert run_redact("consent", "third", study, *key, "--json").json["third_parties"] == []


def test_whose_initials_label_turns_took_part(tmp_path: Path, passphrase_file: Path) -> None:
    """They speak beside the one whom the table names, under what the list above says."""
    talk = (
        "RB   Rona Baird       researcher\nUG   Una Gillespie    warden\n"
        "HD   Hector Drummond  driver\n\n"
        "RB   Hector Drummond, how was it?\n\nHD   Grand. I drove the van.\n\n"
        "UG   Hector drove, Hector sang, and Hector slept.\n\nHD   I never slept.\n\n"
        "RB   And what did Hector do next?\n\nUG   Ask Hector. Hector knows.\n\nHD   We ate.\n"
    )
    table = "interview,file,interviewee,consent\n1,one.txt,Una Gillespie,archive open\n"
    study = study_of(tmp_path, {"one.txt": talk}, passphrase_file, "safe-copy", interviews=table)
    key = ("--passphrase-file", passphrase_file)
    assert run_redact("consent", "third", study, *key, "--json").json["third_parties"] == []


def test_a_passage_that_names_somebody_who_may_not_stay_is_not_quoted(
    study: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    here, key = copy_of(study, tmp_path), ("--passphrase-file", passphrase_file)
    (one,) = run_redact("consent", "third", here, *key, "--json").json["third_parties"]
    who = one["pseudonym"]
    safe, line = next(
        (path, number)
        for path in sorted((here / "safe").iterdir())
        for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if who in text
    )
    add = ("quotes", "add", here, safe.stem, "--lines", line, "--by", "A. Reader")
    assert run_redact(*add, *key).code == 0
    approve = ("quotes", "approve", here, "Q1", "--by", "B. Chair", "--role", "approver")
    assert run_redact(*approve, *key).code == 0
    word = ("--by", "A. Steward", "--reason", "nobody asked him")
    for option, code in (("--goes", 4), ("--stays", 0)):
        assert run_redact("consent", "third", here, who, option, *word, *key).code == 0
        done = run_redact("quotes", "release", here, *key)
        assert done.code == code, done.err
