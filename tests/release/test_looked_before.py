"""What the second look saw is known again: the same release, and no word of anybody on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from redact.release.looked_before import LookedBefore, keep_looks, looked_before
from redact.release.released import ReleasedText
from redact.release.second_look import second_look
from redact.study.folder import Study
from redact.study.signed_lines import forget_lines
from tests.conftest import run_redact, study_of

SECRET = b"the secret of a study, 32 bytes."
TEXT = "INT: Who came?\nR: It was Zebedee Petrie who came, and we had our tea with him.\n"
TALKS = {
    "first.txt": "INT: Who came?\nR: Ishbel Tannock came, with the wee lass Senga.\n",
    "second.txt": "INT: And then?\nR: The nurse rang Ishbel, and Senga went home to Corriedoon.\n",
}
LATER = "INT: Were you there?\nR: No, it was Rab Haldane and Ishbel Tannock who went.\n"
KEPT = ("looks.jsonl", "second_looks.jsonl", "attacks.json")  # for the next run
OF_THE_RUN = ("prov.json",)  # when each run was


def released(doc: str, text: str = TEXT) -> ReleasedText:
    return ReleasedText(f"transcripts/{doc}.txt", text, is_transcript=True, doc=doc)


def kept(folder: Path, *texts: ReleasedText) -> Study:
    study = Study(folder)
    study.work.mkdir()
    keep_looks(study, second_look(texts, {}, LookedBefore(SECRET, {})).to_keep)
    return study


def test_what_was_seen_comes_back_and_holds_no_word(tmp_path: Path) -> None:
    study = kept(tmp_path, released("D0001"))
    said = study.second_looks.read_bytes()
    assert said
    assert b"Zebedee" not in said
    assert b"Petrie" not in said
    again = second_look([released("D0001")], {}, looked_before(study, SECRET))
    assert again == second_look([released("D0001")], {}, LookedBefore(SECRET, {}))
    assert again.findings


@pytest.mark.parametrize("change", ["edited", "cut", "of another study", "no text"])
def test_nobody_passes_the_gate_by_editing_what_is_kept(tmp_path: Path, change: str) -> None:
    study = kept(tmp_path, released("D0001"))
    data = study.second_looks.read_bytes()
    changed = {
        "edited": data[: data.index(b'"words":[') + 9] + b"]}\n",
        "cut": data[: len(data) // 2],
        "of another study": data,
        "no text": b"\xff\xfe" + data,
    }
    study.second_looks.write_bytes(changed[change])
    secret = SECRET[::-1] if change == "of another study" else SECRET
    before = looked_before(study, secret)
    assert not before.words
    assert second_look([released("D0001")], {}, before).findings


def test_a_text_with_one_word_more_is_looked_at_again(tmp_path: Path) -> None:
    study = kept(tmp_path, released("D0001"))
    more = TEXT + "R: And Ottilie Quarrier came as well.\n"
    before = looked_before(study, SECRET)
    seen = second_look([released("D0001", more)], {}, before).findings
    assert len(seen) > len(second_look([released("D0001")], {}, before).findings)


def test_of_who_withdrew_nothing_is_kept(tmp_path: Path) -> None:
    study = kept(tmp_path, released("D0001"), released("D0002", TEXT + "R: Aye.\n"))
    forget_lines(study.second_looks, {"D0001"})
    assert len(looked_before(study, SECRET).words) == 1


def below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in OF_THE_RUN
    }


def results(study: Path) -> dict[str, dict[str, bytes]]:
    """All bytes of the safe texts, the offsets, and what goes out in the newest release."""
    newest = sorted((study / "release").iterdir())[-1]
    work = {
        name: data
        for name, data in below(study / "work").items()
        if name.endswith(".jsonl") and name not in KEPT
    }
    return {"safe": below(study / "safe"), "work": work, "release": below(newest / "data")}


@pytest.mark.model
@pytest.mark.parametrize("step", ["one more", "another roster", "a decision"])
def test_with_what_is_kept_a_step_gives_the_bytes_that_it_gives_without(
    tmp_path: Path, passphrase_file: Path, step: str
) -> None:
    roster = "kind,name,role\nPERSON,Moira Tannock,lead\n"
    first = study_of(tmp_path, TALKS, passphrase_file, "safe-copy", roster=roster)
    anew = tmp_path / "anew"
    shutil.copytree(first, anew)
    for name in KEPT:
        (anew / "work" / name).unlink()
    if step == "one more":
        (tmp_path / "talks" / "third.txt").write_text(LATER, "utf-8")
    if step == "another roster":
        (tmp_path / "roster.csv").write_text(roster.replace("Moira", "Ishbel"), "utf-8")
    for study in (first, anew):
        opening = ("--passphrase-file", passphrase_file)
        if step == "a decision":
            what = ("rename", study, "[Person 1]", "[Manager A]", "--by", "A. Reader")
            assert run_redact("entity", *what, *opening).code == 0
        command = ("run", tmp_path / "talks", "--out", study, "--policy", "safe-copy")
        done = run_redact(*command, "--roster", tmp_path / "roster.csv", *opening)
        assert done.code in (0, 3), done.out + done.err
    assert results(first) == results(anew)
