"""The remedy that a refusal names works: it is followed, and nothing else, to a release.

| gate | refusal | remedy that is followed here |
|---|---|---|
| G1, G5 | nothing was found in a transcript | tests/journeys/test_to_settle.py: settle it |
| G1 | nobody read it | tests/page/test_review.py: settle it |
| G2 | a form in a transcript | tests/journeys/test_to_settle.py: each of the three answers |
| G2 | a name in the description | answered there, or taken out |
| G2 | a name in the policy | taken out of the study's own policy |
| G3 | more words like names than allowed | each of the three answers |
| G4, G6 | a safe file is not what it should be | deleted, and made anew |
| G5 | key material in a paper | taken out of it |
| G5 | key material in a transcript | marked as a detail |
| Papers | somebody named in a paper | no name; taken out; named among the creators |
| Surrogates | a person's label with a name in it | renamed |
| G7 | the log was changed | put back |
| G9 | too few rows alike | another access |
| G3, G9 | after a withdrawal | nothing is to be done |
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from redact.core import DETAIL
from redact.custody.keyfile import Opener
from redact.review.decide import decide
from redact.review.verdict import Verdict
from redact.study.desk import open_desk
from redact.study.folder import Study
from tests.conftest import PASSPHRASE, ROOT, Result, run_redact, study_of
from tests.shared import copy_of, made_once

ONE = "INT: Who was there?\nR: Ishbel Tannock came, at Corriedoon Care.\n"
TWO = "INT: And you?\nR: Effie Muir did.\n" + "R: And then we had tea and talked of it.\n" * 60
ROSTER = "kind,name,role\nPERSON,Ishbel Tannock,nurse of Corrie Muir\nPERSON,Corrie Muir,nurse\n"
TABLE = (
    "interview,file,nation,role\n"
    "S1,one.txt,Scotland,deputy of Effie Muir\nS2,two.txt,Scotland,nurse\n"
)
LOOK = '\n[risk]\nmost_left = 100\nk_controlled = 2\nquasi = ["nation"]\n'
Key = tuple[str, Path]


@pytest.fixture
def key(passphrase_file: Path) -> Key:
    return "--passphrase-file", passphrase_file


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A study that was released under bounds that it just meets."""

    def make(folder: Path) -> None:
        talks = {"one.txt": ONE, "two.txt": TWO}
        text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8") + LOOK
        policy = folder / "policy.toml"
        policy.write_text(text.replace('ORG = "label"', 'ORG = "keep"', 1), "utf-8")
        study = study_of(folder, talks, passphrase_file, str(policy), interviews=TABLE)
        assert [one.name for one in (study / "release").iterdir()] == ["safe-copy-01"]

    return made_once(tmp_path_factory, "remedies", make)


@pytest.fixture
def study(whole: Path, tmp_path: Path) -> Path:
    return copy_of(whole / "study", tmp_path)


def edited(study: Path, old: str, new: str) -> None:
    policy = study / "policy.toml"
    text = policy.read_text("utf-8")
    assert old in text
    policy.write_text(text.replace(old, new), "utf-8")


def released(study: Path, key: Key) -> Result:
    return run_redact("release", study, *key)


def refused(study: Path, key: Key, gate: str) -> Result:
    result = released(study, key)
    assert (result.code, f"✗ {gate}" in result.out) == (4, True), result.out + result.err
    return result


def goes_out(study: Path, key: Key) -> bool:
    result = released(study, key)
    assert result.code == 0, result.out + result.err
    return True


def answered(study: Path, key: Key, how: str) -> Result:
    """Every open form answered alike, by the ID that the list gives it."""
    listed = run_redact("answer", study, "--by", "AB", "--json", *key).json["open"]["forms"]
    given = [word for one in listed for word in (how, one["id"])]
    return run_redact("answer", study, "--by", "AB", *given, *key)


@pytest.mark.parametrize("how", ["--everywhere", "--here", "--no-name"])
def test_words_like_names(study: Path, key: Key, how: str) -> None:
    edited(study, "most_left = 100", "most_left = 0")
    told = refused(study, key, "G3 second look")
    words = re.search(r"1 of (\d+) words looks like a name, .*; your policy allows 0\n", told.out)
    assert words, told.out
    done = answered(study, key, how)
    assert (done.code, "release: " in done.out) == (0, True), done.out + done.err
    assert goes_out(study, key)


def test_a_name_in_the_description_is_taken_out(study: Path, key: Key) -> None:
    run_redact("describe", study, "--set", "abstract=Ishbel Tannock told us.")
    refused(study, key, "G2 no original")
    run_redact("describe", study, "--set", "abstract=A nurse told us.")
    assert goes_out(study, key)


def test_a_name_in_the_policy_is_taken_out(study: Path, key: Key) -> None:
    edited(study, 'notice = ""', 'notice = "Ask Ishbel Tannock."')
    refused(study, key, "G2 no original")
    edited(study, "Ask Ishbel Tannock.", "")
    assert goes_out(study, key)


def test_a_safe_file_that_is_deleted_is_made_anew(study: Path, key: Key) -> None:
    for path in (study / "safe").iterdir():
        path.unlink()
    assert run_redact("replace", study, *key).code == 0
    assert goes_out(study, key)


def with_paper(study: Path, text: str) -> Path:
    paper = study.parent / "guide.txt"
    paper.write_text(text, "utf-8")
    said = study.parent / "papers.toml"
    said.write_text(f"[documents]\ntopic_guide = '{paper}'\n", "utf-8")
    done = run_redact("describe", study, "--from", said)
    assert done.code == 0, done.err
    return paper


def test_key_material_in_a_paper_is_taken_out(study: Path, key: Key) -> None:
    paper = with_paper(study, "We lock names: age-encryption.org/v1 says how.\n")
    refused(study, key, "G5 no key or source")
    paper.write_text("We lock names.\n", "utf-8")
    assert goes_out(study, key)


def test_key_material_in_a_transcript_is_marked_as_a_detail(tmp_path: Path, key: Key) -> None:
    """As the page does it."""
    (tmp_path / "talks").mkdir()
    talk = "INT: And?\nR: Morag Haldane read BEGIN AGE ENCRYPTED FILE aloud to us.\n"
    (tmp_path / "talks" / "one.txt").write_text(talk, "utf-8")
    study = tmp_path / "study"
    words = ["--policy", "safe-copy", "--out", study, *key]
    stopped = run_redact("run", tmp_path / "talks", *words)
    assert (stopped.code, "✗ G5 no key or source" in stopped.out) == (4, True), stopped.out
    assert "as a detail" in stopped.out
    start = talk.index("BEGIN")
    there = Verdict(transcript="D0001", start=start, end=start + 24, label=DETAIL)
    desk = open_desk(Study(study), Opener.from_passphrase(PASSPHRASE))
    decide(desk, [there], "AB", 0)
    assert goes_out(study, key)


PAPER = "Ask what happened.\nQuestions go to Morag Haldane at the office.\n"


def test_a_name_in_a_paper_is_taken_out(study: Path, key: Key) -> None:
    paper = with_paper(study, PAPER)
    refused(study, key, "Papers")
    paper.write_text("Ask what happened.\n", "utf-8")
    assert goes_out(study, key)


def test_a_name_in_a_paper_is_the_contact(study: Path, key: Key) -> None:
    with_paper(study, PAPER)
    run_redact("describe", study, "--set", "contact=Morag Haldane")
    assert goes_out(study, key)


def test_what_looks_like_a_name_in_a_paper_is_none(study: Path, key: Key) -> None:
    with_paper(study, PAPER)
    done = answered(study, key, "--no-name")
    assert (done.code, "release: " in done.out) == (0, True), done.out + done.err


def test_a_changed_log_is_put_back(study: Path, key: Key, tmp_path: Path) -> None:
    shutil.copytree(study / "audit", tmp_path / "backup")
    log = study / "audit" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"steward"', b'"stewart"', 1))
    assert released(study, key).code == 1
    shutil.rmtree(study / "audit")
    shutil.copytree(tmp_path / "backup", study / "audit")
    assert goes_out(study, key)


def test_too_few_rows_alike_for_the_access(study: Path, key: Key) -> None:
    run_redact("describe", study, "--set", "access=open")
    told = refused(study, key, "G9 small counts")
    assert "redact describe STUDY --set access=controlled" in told.out
    run_redact("describe", study, "--set", "access=controlled")
    assert goes_out(study, key)


def test_after_a_withdrawal_nothing_is_refused_that_passed_before(study: Path, key: Key) -> None:
    """One row is alone now, few words are left, and a cell names somebody who went."""
    assert run_redact("withdraw", study, "S2", "--by", "AB", *key).code == 0
    assert goes_out(study, key)
    bags = sorted((study / "release").iterdir())
    assert "Effie" not in (bags[-1] / "data" / "interviews.csv").read_text("utf-8")


def test_after_a_withdrawal_a_stricter_policy_is_asked_anew(study: Path, key: Key) -> None:
    assert run_redact("withdraw", study, "S2", "--by", "AB", *key).code == 0
    edited(study, "most_left = 100", "most_left = 99")
    refused(study, key, "G3 second look")
    edited(study, "k_controlled = 2", "k_controlled = 3")
    refused(study, key, "G9 small counts")


def test_a_label_that_names_somebody_is_renamed(
    whole: Path, study: Path, key: Key, tmp_path: Path
) -> None:
    """A person's label was good when it was given; then somebody of that name was spoken of."""
    safe = next(p for p in (study / "safe").iterdir() if " came" in p.read_text("utf-8"))
    given = run_redact("explain", study, f"{safe.name}:2", "--json").json["explained"]
    person = next(one["pseudonym"] for one in given if one["label"] == "PERSON")
    rename = ("entity", "rename", study)
    done = run_redact(*rename, person, "[Friend of Zelda]", "--by", "AB", *key)
    assert done.code == 0, done.err
    talks = tmp_path / "talks"
    shutil.copytree(whole / "talks", talks)
    (talks / "three.txt").write_text("INT: Who?\nR: Zelda Wickham came, Zelda did.\n", "utf-8")
    stopped = run_redact("run", talks, "--out", study, *key)
    assert (stopped.code, "Surrogates" in stopped.out) == (3, True), stopped.out + stopped.err
    told = refused(study, key, "Surrogates")
    where = re.search(r"(\S+\.txt:\d+): what stands for it", told.out)
    assert where, told.out
    explained = run_redact("explain", study, where[1], "--json").json["explained"]
    assert "[Friend of Zelda]" in {one["pseudonym"] for one in explained}
    done = run_redact(*rename, "[Friend of Zelda]", "[Manager A]", "--by", "AB", *key)
    assert done.code == 0, done.err
    assert goes_out(study, key)


def test_a_role_that_names_somebody_is_not_taken(tmp_path: Path, key: Key) -> None:
    """The study's roster gives somebody a role that names somebody else."""
    (tmp_path / "talks").mkdir()
    talk = "INT: Who?\nR: Ishbel Tannock came with Corrie Muir.\n"
    (tmp_path / "talks" / "one.txt").write_text(talk, "utf-8")
    policy = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    by_role = policy.replace('PERSON = "label"', 'PERSON = "role"', 1)
    (tmp_path / "policy.toml").write_text(by_role, "utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    words = ["--policy", tmp_path / "policy.toml", "--roster", tmp_path / "roster.csv"]
    done = run_redact("run", tmp_path / "talks", *words, "--out", tmp_path / "study", *key)
    assert done.code == 0, done.out + done.err
    (safe,) = (tmp_path / "study" / "safe").iterdir()
    assert "[Person 1] came with [nurse 1]." in safe.read_text("utf-8")


def test_a_folder_without_a_transcript_makes_nothing_and_says_what_to_name(
    tmp_path: Path, key: Key
) -> None:
    folder, study = tmp_path / "talks", tmp_path / "study"
    folder.mkdir()
    options = ["--policy", "safe-copy", "--out", study, *key]
    for passed in ("", " (passed over: 1 file or folder)"):
        refused = run_redact("run", folder, *options)
        assert (refused.code, study.exists()) == (2, False)
        said = f"{folder}: there is no transcript here{passed}. Name a folder with transcripts"
        assert said in refused.err
        (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "one.txt").write_text("INT: Who?\nR: Morag Haldane came.\n", "utf-8")
    done = run_redact("run", folder, *options)
    assert done.code == 0, done.err
