"""An interview goes out only as far as its participant agreed: nothing of it is in a package."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import get_args

import pytest

from redact.core.consent import Audience, ConsentLevel, allows
from redact.custody.keyfile import Opener
from redact.errors import StudyChanged
from redact.page.checks import passed_checks
from redact.release.consented import audience_of, consented
from redact.release.contents import payload_of
from redact.release.gather import gather
from redact.release.make import release
from redact.release.open_forms import waiting
from redact.release.quotes_made import release_quotes
from redact.study.description import Description
from redact.study.desk import open_desk
from redact.study.folder import Study
from redact.study.hold import hold
from tests.agreed import ALL_OPEN, TALKS, again, table
from tests.conftest import PASSPHRASE, at_length, run_redact, study_of, tree

pytestmark = pytest.mark.model


def packed(study: Path, name: str) -> str:
    """Everything that stands in a release, its files' names too."""
    files = tree(study / "release" / name)
    return "\n".join([*files, *(data.decode("utf-8", "replace") for data in files.values())])


def test_who_did_not_agree_is_in_no_file_and_counted(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    said = again(
        agreed_folder, passphrase_file, table(one="team only", two="quotes only", three="")
    )
    assert said.code == 0, said.err
    assert "two.txt): quotes only" in said.out  # named to the steward
    text = packed(agreed_folder / "study", "safe-copy-02")
    assert "barge" in text
    for word in ("pelican", "walnut", "two.txt", "twoworker", "threeworker"):
        assert not [line for line in text.splitlines() if word in line], word
    names = {
        path.name for path in (agreed_folder / "study" / "release" / "safe-copy-02").rglob("*.txt")
    }
    released = {name for name in names if name.startswith("interview_")}
    assert len(released) == 1
    missing = {"interview_01", "interview_02", "interview_03"} - {n[:12] for n in released}
    assert not [one for one in missing if one in text]
    assert "Left out for that reason: 2 interviews of the study." in text
    assert "do not pass it on outside it" in text
    documents = agreed_folder / "study/release/safe-copy-02/data/documentation"
    changes = (documents / "changes.md").read_text("utf-8")
    assert "Left out since, for what was agreed to: 2 transcripts." in changes
    summary = agreed_folder / "study/release/safe-copy-02/data/redaction-summary.json"
    assert json.loads(summary.read_text("utf-8"))["consent"] == {
        "for": "team",
        "released": {"team only": 1},
        "left_out": 2,
    }


def test_people_who_are_only_in_it_have_no_label_in_the_release(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study = agreed_folder / "study"
    everybody = packed(study, "safe-copy-01")
    labels = {f"[Person {n}]" for n in range(1, 9) if f"[Person {n}]" in everybody}
    again(
        agreed_folder,
        passphrase_file,
        table(one="archive open", two="no sharing", three="no sharing"),
    )
    left = {one for one in labels if one in packed(study, "safe-copy-02")}
    inside = (study / "release/safe-copy-02/data/transcripts").iterdir()
    said = "".join(path.read_text("utf-8") for path in inside)
    example = "[Person 12]"
    assert left == {one for one in labels if one in said} - {example}
    assert len(left) < len(labels)


@pytest.mark.parametrize(
    ("access", "level", "goes"),
    [
        ("", "team only", True),
        ("", "archive restricted", True),
        ("", "quotes only", False),
        ("controlled", "team only", False),
        ("safeguarded", "archive restricted", True),
        ("open", "archive restricted", False),
        ("open", "archive open", True),
    ],
)
def test_the_access_of_the_release_decides(
    agreed_folder: Path, passphrase_file: Path, access: str, level: str, goes: bool
) -> None:
    again(
        agreed_folder, passphrase_file, table(one=level, two="archive open", three="archive open")
    )
    desk = open_desk(Study(agreed_folder / "study"), Opener.from_passphrase(PASSPHRASE))
    audience = audience_of(Description.model_validate({"access": access}), "plain")
    chosen = consented(desk, audience)
    assert len(chosen.desk.key.documents) == (3 if goes else 2)
    assert [one.level for one in chosen.consent.left_out] == ([] if goes else [level])


WORDS = {"one": "barge", "two": "pelican", "three": "walnut"}


@pytest.mark.parametrize("profile", ["plain", "ukds", "icpsr", "qdr", "zenodo"])
def test_whatever_they_agreed_to_and_whoever_it_is_for_only_that_is_there(
    agreed_folder: Path, passphrase_file: Path, profile: str
) -> None:
    """Drawn levels and audiences, every archive's package: words, cells and names of the rest."""
    chance = random.Random(f"consent {profile}")  # noqa: S311 the same each time
    words = [*map(str, ConsentLevel), ""]
    path = agreed_folder / "interviews.csv"
    again(agreed_folder, passphrase_file, ALL_OPEN)
    for _ in range(at_length(25, 6)):
        levels = {name: chance.choice(words) for name in WORDS}
        audience = chance.choice(get_args(Audience))
        path.write_text(table(**levels), "utf-8")
        desk = open_desk(Study(agreed_folder / "study"), Opener.from_passphrase(PASSPHRASE))
        with hold(desk.study):
            contents = gather(desk, profile, audience)
        payload, texts = payload_of(contents, contents.facts("x", "2026-11-30"))
        said = "\n".join([*payload, *(one.text for one in texts)])
        said += b"\n".join(payload.values()).decode("utf-8", "replace")
        for document in desk.key.documents:
            name = document.source_name.removesuffix(".txt")
            level = ConsentLevel(levels[name] or "no sharing")
            stem = document.safe_name.removesuffix(".txt")
            there = (WORDS[name] in said, f"{name}worker" in said, stem in said)
            goes = allows(level, audience)
            assert there[0] is goes, (levels, audience, name)
            assert goes or not any(there), (levels, audience, name)
            assert document.source_sha256 not in said


def test_the_risk_report_leaves_them_out(agreed_folder: Path, passphrase_file: Path) -> None:
    said = table(one="team only", two="quotes only", three="archive open")
    again(agreed_folder, passphrase_file, said)
    study = agreed_folder / "study"
    done = run_redact("risk", study, "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err
    left = next(p.stem for p in (study / "safe").iterdir() if "pelican" in p.read_text("utf-8"))
    report = (study / "risk.html").read_text("utf-8") + (study / "risk.json").read_text("utf-8")
    assert left not in report + done.out


def test_a_view_from_before_releases_nothing_that_was_taken_back(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    """Any command on a desk that was opened before the table changed: refused, nothing written."""
    again(agreed_folder, passphrase_file, ALL_OPEN)
    study = Study(agreed_folder / "study")
    before = open_desk(study, Opener.from_passphrase(PASSPHRASE))
    lowered = table(one="archive open", two="no sharing", three="archive open")
    (agreed_folder / "interviews.csv").write_text(lowered, "utf-8")
    log = (study.audit / "log.jsonl").read_bytes()
    for act in (lambda: release(before, "late"), lambda: release_quotes(before, "late")):
        with pytest.raises(StudyChanged):
            act()
    assert (study.audit / "log.jsonl").read_bytes() == log
    assert not (study.releases / "late").exists()


def test_a_view_from_before_two_files_were_swapped_releases_nothing(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    """The column of consent is the same, but it is another's interview that may not go out."""
    said = table(one="archive open", two="no sharing", three="archive open")
    again(agreed_folder, passphrase_file, said)
    before = open_desk(Study(agreed_folder / "study"), Opener.from_passphrase(PASSPHRASE))
    swapped = said.replace("one.txt", "-").replace("two.txt", "one.txt").replace("-", "two.txt", 1)
    assert swapped != said
    (agreed_folder / "interviews.csv").write_text(swapped, "utf-8")
    with pytest.raises(StudyChanged):
        release(before, "late")
    assert not (agreed_folder / "study" / "release" / "late").exists()


def test_the_page_names_who_is_left_out(agreed_folder: Path, passphrase_file: Path) -> None:
    said = table(one="team only", two="quotes only", three="archive open")
    again(agreed_folder, passphrase_file, said)
    desk = open_desk(Study(agreed_folder / "study"), Opener.from_passphrase(PASSPHRASE))
    told = passed_checks(waiting(desk))
    assert "Whoever is in it agreed to that. Left out: two.txt (quotes only)" in told


def test_nobody_left_is_refused_with_what_to_do(agreed_folder: Path, passphrase_file: Path) -> None:
    said = again(agreed_folder, passphrase_file, table(one="", two="", three=""))
    assert (said.code, "(the column `consent`)" in said.out) == (3, True)
    key = ("--passphrase-file", passphrase_file)
    refused = run_redact("release", agreed_folder / "study", "--name", "new", *key)
    assert (refused.code, "nothing is left to release" in refused.err) == (4, True)
    assert not (agreed_folder / "study" / "release" / "new").exists()


def test_a_column_that_is_taken_away_opens_nothing(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    plain = "interview,file,role\none,one.txt,x\ntwo,two.txt,x\nthree,three.txt,x\n"
    said = again(agreed_folder, passphrase_file, plain)
    assert (said.code, "(the column `consent`)" in said.out) == (3, True)


def test_a_study_without_a_column_says_that_it_has_none(
    tmp_path: Path, passphrase_file: Path
) -> None:
    interviews = "interview,file\none,one.txt\ntwo,two.txt\nthree,three.txt\n"
    study = study_of(tmp_path, TALKS, passphrase_file, "safe-copy", interviews=interviews)
    text = packed(study, "safe-copy-01")
    assert "was not recorded per person" in text
    assert "Left out for that reason" not in text
    shown = run_redact("consent", "show", study)
    assert (shown.code, "not recorded per person" in shown.out) == (0, True)


def test_a_word_that_is_no_level_is_refused_and_not_repeated(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    log = agreed_folder / "study" / "audit" / "log.jsonl"
    before = log.read_bytes()
    said = again(
        agreed_folder, passphrase_file, table(one="quots only", two="Dunlop says no", three="")
    )
    assert said.code == 2
    assert "line 2" in said.err
    assert "Did you mean `quotes only`?" in said.err
    assert "quots" not in said.err
    assert "Dunlop" not in said.err
    assert log.read_bytes() == before
