"""What gate Consent advises helps when it is done, and a check says what the gate would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.core import DETAIL
from redact.custody.keyfile import Opener
from redact.review.decide import decide
from redact.review.verdict import Verdict
from redact.study.desk import open_desk
from redact.study.folder import Study
from tests.agreed import again, table
from tests.conftest import PASSPHRASE, Result, run_redact, study_of
from tests.release.test_third_parties import TALK

pytestmark = pytest.mark.model


def checked(study: Path, passphrase: Path, *more: str) -> Result:
    return run_redact("release", study, "--check", *more, "--passphrase-file", passphrase)


def refused(study: Path, passphrase: Path, *more: str) -> str:
    """What a release is refused with; the check says so before, and its remedies are the same."""
    done = run_redact("release", study, "--name", "tried", *more, "--passphrase-file", passphrase)
    assert done.code == 4, done.out
    before = checked(study, passphrase, *more)
    assert before.code == 3
    assert "Nothing is missing" not in before.out
    lines = before.out.splitlines()
    last = max(number for number, line in enumerate(lines) if "Gate Consent would" in line)
    remedy = lines[last + 1]
    assert remedy.strip() in done.err
    return done.err


def goes_out(study: Path, passphrase: Path, name: str = "after") -> bool:
    assert "Whoever is in it agreed to that" in checked(study, passphrase).out
    return run_redact("release", study, "--name", name, "--passphrase-file", passphrase).code == 0


def set_access(study: Path, access: str) -> None:
    assert run_redact("describe", study, "--set", f"access={access}").code == 0


def test_where_somebody_agreed_to_a_restricted_archive(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study = agreed_folder / "study"
    said = table(one="archive restricted", two="none", three="none")
    assert again(agreed_folder, passphrase_file, said).code == 0
    set_access(study, "open")
    assert "--set access=controlled" in refused(study, passphrase_file)
    set_access(study, "controlled")
    assert goes_out(study, passphrase_file)


def test_where_somebody_agreed_to_the_team(agreed_folder: Path, passphrase_file: Path) -> None:
    study = agreed_folder / "study"
    said = table(one="team only", two="none", three="none")
    assert again(agreed_folder, passphrase_file, said).code == 0
    set_access(study, "controlled")
    told = refused(study, passphrase_file)
    assert ("--set access=`" in told, "access=controlled" in told) == (True, False)
    set_access(study, "")
    assert goes_out(study, passphrase_file)


def test_where_somebody_agreed_to_quotes(agreed_folder: Path, passphrase_file: Path) -> None:
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    said = table(one="quotes only", two="none", three="none")
    run = again(agreed_folder, passphrase_file, said)
    assert (run.code, "redact quotes add" in run.out, "then         redact" in run.out) == (
        3,
        True,
        False,
    )
    told = refused(study, passphrase_file)
    assert ("redact quotes add" in told, "--set access" in told) == (True, False)
    one = next(p.stem for p in (study / "safe").iterdir() if "barge" in p.read_text("utf-8"))
    assert run_redact("quotes", "add", study, one, "--lines", "2", "--by", "A", *key).code == 0
    word = ("--by", "B", "--role", "approver")
    assert run_redact("quotes", "approve", study, "Q1", *word, *key).code == 0
    assert run_redact("quotes", "release", study, *key).code == 0


def test_where_nobody_agreed_to_anything_the_table_is_filled_in(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study = agreed_folder / "study"
    assert again(agreed_folder, passphrase_file, table(one="", two="", three="")).code == 3
    told = refused(study, passphrase_file)
    assert ("write it into your table" in told, "quotes add" in told) == (True, False)
    assert again(agreed_folder, passphrase_file, table(one="team only", two="", three="")).code == 0
    assert goes_out(study, passphrase_file)


def test_a_policy_of_quotes_says_so_and_another_is_taken(
    tmp_path: Path, passphrase_file: Path
) -> None:
    talks = {"one.txt": "INT: Who?\nP01: Una Sgurr. The barge was late.\n"}
    study_of(tmp_path, talks, passphrase_file, "safe-copy")
    study, key = tmp_path / "study", ("--passphrase-file", passphrase_file)
    run = ("run", tmp_path / "talks", "--out", study, "--change-policy", "--policy")
    said = run_redact(*run, "publication-quotes", *key)
    assert (said.code, "redact quotes add" in said.out) == (3, True)
    assert "then it is released" not in said.out
    assert f"redact release {study}" not in said.out
    assert "--change-policy" in refused(study, passphrase_file)
    assert run_redact(*run, "safe-copy", *key).code == 0


def test_a_third_party_is_bracketed_or_may_stay(tmp_path: Path, passphrase_file: Path) -> None:
    interviews = "interview,file,interviewee,consent\n1,one.txt,Una Gillespie,archive open\n"
    study_of(tmp_path, {"one.txt": TALK}, passphrase_file, "safe-copy", interviews=interviews)
    study, key = tmp_path / "study", ("--passphrase-file", passphrase_file)
    assert "redact consent third" in refused(study, passphrase_file)
    (one,) = run_redact("consent", "third", study, *key, "--json").json["third_parties"]
    word = ("--by", "A", "--reason", "nobody asked him")
    assert run_redact("consent", "third", study, one["pseudonym"], "--goes", *word, *key).code == 0
    assert "Bracket what is said of them" in refused(study, passphrase_file)
    start = TALK.index("Hector")
    end = TALK.index("\n", start)
    desk = open_desk(Study(study), Opener.from_passphrase(PASSPHRASE))
    there = Verdict(transcript="D0001", start=start, end=end, label=DETAIL)
    decide(desk, [there], "AB", 0)
    done = run_redact("release", study, "--name", "after", *key)
    assert done.code == 0, done.err


def test_conditions_are_put_before_the_steward_and_stand_in_no_file(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    said = table(one="team only", two="team only", three="none").splitlines()
    words = ("conditions", "not the bit about my manager", "", "ask me first")
    text = "\n".join(f"{line},{word}" for line, word in zip(said, words, strict=True)) + "\n"
    run = again(agreed_folder, passphrase_file, text)
    assert (run.code, "one.txt): not the bit about my manager" in run.out) == (0, True), run.out
    assert "ask me first" not in run.out  # that interview goes nowhere
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    assert "not the bit about my manager" in checked(study, passphrase_file).out
    done = run_redact("release", study, "--name", "again", *key)
    assert (done.code, "not the bit about my manager" in done.out) == (0, True)
    told = run_redact("release", study, "--name", "third", *key, "--json")
    assert len(told.json["conditions"]) == 1
    everything = b"".join(
        path.read_bytes()
        for part in ("release", "audit", "work")
        for path in (study / part).rglob("*")
        if path.is_file()
    )
    assert b"my manager" not in everything


def test_the_papers_of_a_release_for_the_team_say_its_access(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study = agreed_folder / "study"
    for access, said in (("", "research team only"), ("controlled", "controlled access")):
        set_access(study, access)
        name = f"for-{access or 'team'}"
        key = ("--passphrase-file", passphrase_file)
        assert run_redact("release", study, "--name", name, *key).code == 0
        papers = (study / "release" / name / "data").rglob("*")
        text = "\n".join(
            path.read_text("utf-8") for path in papers if path.suffix in (".md", ".xml", ".json")
        )
        assert said in text, name
        assert ("controlled access" in text) is (access == "controlled")
