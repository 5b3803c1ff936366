"""A table of consent of its own: whom a row is about, and what of two tables counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.custody.keyfile import Opener
from redact.errors import StudyChanged
from redact.release.make import release
from redact.study.consent import consents_of
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from tests.agreed import TALKS
from tests.conftest import PASSPHRASE, Result, run_redact, study_of

pytestmark = pytest.mark.model
WHO = (
    "interview,file,interviewee\n7,one.txt,Ada Rill\n8,two.txt,Bo Fenn and Cy Holt\n"
    "9,three.txt,Ada Rill\n"
)


def again(folder: Path, passphrase: Path, agreed: str, interviews: str = WHO) -> Result:
    (folder / "interviews.csv").write_text(interviews, "utf-8")
    (folder / "consent.csv").write_text(agreed, "utf-8")
    given = ("--interviews", folder / "interviews.csv", "--consent", folder / "consent.csv")
    key = ("--passphrase-file", passphrase)
    into = ("--policy", "safe-copy", "--out", folder / "study")
    return run_redact("run", folder / "talks", *into, *given, *key)


@pytest.fixture
def folder(tmp_path: Path, passphrase_file: Path) -> Path:
    study_of(tmp_path, TALKS, passphrase_file, "safe-copy", interviews=WHO)
    return tmp_path


def levels(folder: Path) -> dict[str, str]:
    desk = opened(folder)
    said = consents_of(desk)
    return {
        one.source_name.removesuffix(".txt"): said[one.doc_id].holds.value
        for one in desk.key.documents
    }


def opened(folder: Path) -> Desk:
    return open_desk(Study(folder / "study"), Opener.from_passphrase(PASSPHRASE))


def test_rows_are_about_files_numbers_and_people(folder: Path, passphrase_file: Path) -> None:
    """One person of two interviews, two people of one, files and numbers; the rest is told."""
    strict = "no sharing"
    for agreed, one, two, three, told in (
        ("participant,level\nAda Rill,team only\n", "team only", strict, "team only", ""),
        ("who,level\nBo Fenn,team only\nAda Rill,team only\n", "team only", strict, "team only",
         "not everybody who was interviewed has a row"),
        ("who,level\nBo Fenn,team only\nCy Holt,archive open\nAda Rill,archive open\n",
         "archive open", "team only", "archive open", ""),
        ("number,level\n7,archive open\n8,team only\n", "archive open", "team only", strict, ""),
        ("file,level\nTHREE.docx,team only\nthree_b.txt,archive open\n", strict, strict,
         "team only", "about no transcript for sure: 3"),
        ("number,who,level\n7,Bo Fenn,archive open\n9,Ada Rill,team only\n", strict, strict,
         "team only", ""),
        ("number,level,withdraw until\n70,archive open,\n9,team only,2026-01-31\n", strict, strict,
         "team only", "about no transcript for sure: 2"),
    ):  # fmt: off
        said = again(folder, passphrase_file, agreed)
        assert said.code in (0, 3), said.err
        assert levels(folder) == {"one": one, "two": two, "three": three}, agreed
        assert told in said.out, (agreed, said.out)
        assert ("for sure" in said.out) is ("for sure" in told)


def test_of_two_tables_that_contradict_the_stricter_counts_and_it_is_told(
    folder: Path, passphrase_file: Path
) -> None:
    both = "interview,file,consent\n7,one.txt,archive open\n8,two.txt,team only\n9,three.txt,\n"
    agreed = "file,level\none.txt,team only\ntwo.txt,archive open\nthree.txt,archive restricted\n"
    said = again(folder, passphrase_file, agreed, both)
    assert said.code == 0, said.err
    strict = {"one": "team only", "two": "team only", "three": "archive restricted"}
    assert levels(folder) == strict
    told = [line for line in said.out.splitlines() if "say different levels" in line]
    assert [name for line in told for name in ("one", "two", "three") if name in line] == [
        "one",
        "two",
    ] or len(told) == 2


def test_a_pending_in_one_table_is_a_word_and_an_empty_cell_is_none(
    folder: Path, passphrase_file: Path
) -> None:
    both = "interview,file,consent\n7,one.txt,pending\n8,two.txt,\n9,three.txt,team only\n"
    agreed = "file,level\none.txt,archive open\ntwo.txt,archive open\nthree.txt,unknown\n"
    assert again(folder, passphrase_file, agreed, both).code == 0
    strict = {"one": "no sharing", "two": "archive open", "three": "no sharing"}
    assert levels(folder) == strict


def test_it_is_remembered_and_what_it_took_back_since_stays_at_home(
    folder: Path, passphrase_file: Path
) -> None:
    agreed = "file,level\none.txt,archive open\ntwo.txt,archive open\nthree.txt,archive open\n"
    assert again(folder, passphrase_file, agreed).code == 0
    before = opened(folder)
    (folder / "consent.csv").write_text(agreed.replace("two.txt,archive open", "two.txt,none"))
    with pytest.raises(StudyChanged):
        release(before, "late")
    assert not (folder / "study" / "release" / "late").exists()
    key = ("--passphrase-file", passphrase_file)
    plain = run_redact("run", folder / "talks", "--out", folder / "study", *key)
    assert plain.code == 0, plain.err
    assert "two.txt): no sharing" in plain.out
    # A table whose answers are taken away opens nothing.
    (folder / "consent.csv").write_text("file,signed\none.txt,yes\ntwo.txt,yes\nthree.txt,yes\n")
    none = run_redact("run", folder / "talks", "--out", folder / "study", *key)
    assert (none.code, set(levels(folder).values())) == (3, {"no sharing"})
    assert "no column of this table of consent says what people agreed to" in none.out


def test_whoever_stands_only_there_is_hidden_too(folder: Path, passphrase_file: Path) -> None:
    agreed = "who,file,level\nUna Barge,one.txt,archive open\nx,two.txt,none\ny,three.txt,none\n"
    again(folder, passphrase_file, agreed)
    assert "Una Barge" in {one.name for one in opened(folder).roster}


def test_look_shows_a_table_of_consent_beside_the_transcripts(folder: Path) -> None:
    (folder / "talks" / "consent.csv").write_text("file,Archive\none.txt,yes\ntwo.txt,no\n")
    said = run_redact("look", folder / "talks")
    assert said.code == 0, said.err
    assert "B 'Archive' = agreed to an archive" in said.out
    assert "--consent" in said.out
