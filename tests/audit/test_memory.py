"""What remembers a log: a log that went back, forked or is another's is told by each of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact
from tests.shared import copy_of

Keyed = tuple[Path, list[object]]

# Every command that opens the key, with what it takes besides; none may go on with an old log.
OPENING: dict[str, list[object]] = {
    "reveal": ["Person 1", "--reason", "x"],
    "restore": ["--to", "back"],
    "explain": ["Person 1", "--originals", "--reason", "x"],
    "decisions export": ["--as", "doccano", "--to", "out.jsonl"],
    "review": ["--by", "AB", "--no-browser", "--idle", "0.01"],
    "settle": ["--by", "AB"],
    "replace": [],
    "release": [],
    "risk": [],
    "withdraw": ["one", "--by", "AB"],
    "entity rename": ["Person 1", "[Boss]", "--by", "AB"],
    "key rotate": [],
    "key drill": [],
    "key split": ["--needed", "2", "--shares", "2", "--to", "shares"],
    "key add-custodian": ["more", "--new-passphrase-file", "pass"],
    "key destroy": ["--by", "AB", "--yes", "--statement", "steward=said"],
}
SAYING: dict[str, list[object]] = {
    "audit verify": [],
    "audit report": ["--to", "report.md"],
    "key check": [],
}


WITHOUT_KEY: dict[str, list[object]] = {"audit verify": [], "audit anchor": ["--where", "x"]}


def run(words: str, study: Path, more: list[object], key: list[object]) -> Result:
    """A command with its files beside the study."""
    beside = {"back", "out.jsonl", "shares", "pass", "said", "report.md"}
    given: list[object] = []
    for word in more:
        said = f"steward={study.parent / 'said'}" if word == "steward=said" else word
        given.append(study.parent / str(said) if said in beside else said)
    return run_redact(*words.split(), study, *given, *key)


@pytest.fixture
def gone_on(study: Keyed, tmp_path: Path) -> Keyed:
    """A study in which something was revealed, and an audit folder of before beside it."""
    made, key = study
    shutil.copytree(made / "audit", tmp_path / "old")
    (tmp_path / "said").write_text("I wiped it.\n", "utf-8")
    shutil.copy(str(key[1]), tmp_path / "pass")
    shown = run_redact("reveal", made, "Person 1", "--reason", "a query", *key)
    assert shown.code == 0, shown.err
    return made, key


def put_back(study: Path) -> None:
    """The older audit folder in place of the newest."""
    shutil.rmtree(study / "audit")
    shutil.copytree(study.parent / "old", study / "audit")


def test_a_look_is_not_taken_out_of_the_log_with_an_older_folder(gone_on: Keyed) -> None:
    made, key = gone_on
    put_back(made)
    for words, more in OPENING.items():
        refused = run(words, made, more, key)
        said = refused.out + refused.err
        assert refused.code == 1, (words, said)
        assert "rolled back" in said, (words, said)
        assert "are gone since audit.checkpoint" in said, (words, said)
    for words, more in SAYING.items():
        told = run(words, made, more, key)
        report = made.parent / "report.md"
        said = told.out + (report.read_text("utf-8") if report.exists() else "")
        assert (told.code, "are gone since audit.checkpoint" in said) == (1, True), words
    for words, more in WITHOUT_KEY.items():
        assert run(words, made, more, []).code == 1, words
    shown = run_redact("audit", "show", made)
    assert (shown.code, "not the newest log" in shown.err) == (1, True)


def test_the_newest_folder_put_back_is_the_remedy(gone_on: Keyed, tmp_path: Path) -> None:
    made, key = gone_on
    shutil.copytree(made / "audit", tmp_path / "newest")
    put_back(made)
    assert run("reveal", made, OPENING["reveal"], key).code == 1
    shutil.rmtree(made / "audit")
    shutil.copytree(tmp_path / "newest", made / "audit")
    assert run("reveal", made, OPENING["reveal"], key).code == 0
    assert run("audit verify", made, [], key).code == 0


def test_what_was_rolled_back_is_told_from_when_to_when(gone_on: Keyed) -> None:
    made, key = gone_on
    entries = [json.loads(line) for line in (made / "audit" / "log.jsonl").read_text().splitlines()]
    before = len((made.parent / "old" / "log.jsonl").read_text().splitlines())
    put_back(made)
    (lacking,) = run_redact("audit", "verify", made, "--json", *key).json["rolled_back"]
    assert (lacking["first"], lacking["last"]) == (before, len(entries) - 1)
    assert lacking["ends"] == entries[before - 1]["time"]
    assert lacking["known"] == entries[-1]["time"]


def sealed_again(study: Path, key: list[object]) -> None:
    """Something that seals the key anew."""
    done = run_redact("entity", "rename", study, "Person 1", "[Boss]", "--by", "AB", *key)
    assert done.code == 0, done.err


def without_witness(study: Path) -> None:
    (study / "audit.checkpoint").unlink()


def old_witness_too(study: Path) -> None:
    shutil.copy(study.parent / "old.checkpoint", study / "audit.checkpoint")


@pytest.mark.parametrize("hide", [without_witness, old_witness_too])
def test_key_note_and_release_remember_too(
    study: Keyed, tmp_path: Path, hide: Callable[[Path], None]
) -> None:
    made, key = study
    shutil.copytree(made / "audit", tmp_path / "old")
    shutil.copy(made / "audit.checkpoint", tmp_path / "old.checkpoint")
    sealed_again(made, key)
    released = run_redact("release", made, "--name", "later", *key)
    assert released.code == 0, released.err
    put_back(made)
    hide(made)
    told = run_redact("audit", "verify", made, *key)
    assert told.code == 1
    for who in ("the linkage key:", "the linkage key's note:", "release later:"):
        assert f"are gone since {who}" in told.out, (who, told.out)
    alone = run_redact("audit", "verify", made)  # without the key what is readable without it
    assert (alone.code, "gone since release later" in alone.out) == (1, True)
    shutil.rmtree(made / "linkage")
    (made / "linkage").mkdir()
    assert run_redact("audit", "verify", made, *key).code == 1


def test_a_witness_that_was_taken_away_is_said_in_the_log_and_by_verify(study: Keyed) -> None:
    made, key = study
    without_witness(made)
    told = run_redact("audit", "verify", made, *key)
    assert (told.code, "its end may be gone" in told.out) == (3, True)
    assert run_redact("key", "check", made, *key).code == 3
    assert run_redact("reveal", made, "Person 1", "--reason", "x", *key).code == 0
    assert (made / "audit.checkpoint").is_file()
    verified = run_redact("audit", "verify", made, *key)
    assert (verified.code, "was not there" in verified.out) == (0, True)
    assert "log.unwitnessed" in run_redact("audit", "show", made).out


@pytest.mark.parametrize("damage", [b"", b"x", b"redact-witness/1\n"])
def test_a_damaged_witness_is_told_with_a_remedy_that_works(study: Keyed, damage: bytes) -> None:
    made, key = study
    (made / "audit.checkpoint").write_bytes(damage)
    refused = run_redact("reveal", made, "Person 1", "--reason", "x", *key)
    assert (refused.code, refused.out) == (1, "")
    assert run_redact("audit", "verify", made, *key).code == 1
    without_witness(made)
    assert run_redact("reveal", made, "Person 1", "--reason", "x", *key).code == 0
    assert run_redact("audit", "verify", made, *key).code == 0


def test_a_log_cut_to_the_checkpoint_of_a_release_is_told(study: Keyed) -> None:
    """The release's note is signed and in everybody's hands: it fits the log of that day."""
    made, key = study
    assert run_redact("release", made, "--name", "cut", *key).code == 0
    assert run_redact("reveal", made, "Person 1", "--reason", "x", *key).code == 0
    note = (made / "release" / "cut" / "audit-checkpoint.note").read_bytes()
    size = int(note.split(b"\n")[1])
    log = made / "audit" / "log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:size]))
    (made / "audit" / "log.checkpoint").write_bytes(note)
    (made / "audit" / "log.state").unlink()
    told = run_redact("audit", "verify", made, *key)
    assert (told.code, "are gone since audit.checkpoint" in told.out) == (1, True)
    without_witness(made)
    assert run_redact("audit", "verify", made, *key).code == 3


def test_a_copy_that_went_on_by_itself_is_another_story(study: Keyed, tmp_path: Path) -> None:
    made, key = study
    other = copy_of(made, tmp_path / "elsewhere")
    for one in (made, other):
        assert run_redact("reveal", one, "Person 1", "--reason", "here", *key).code == 0
    assert run_redact("reveal", other, "Person 2", "--reason", "there", *key).code == 0
    shutil.rmtree(made / "audit")
    shutil.copytree(other / "audit", made / "audit")
    told = run_redact("audit", "verify", made, *key)
    assert (told.code, "were rewritten since audit.checkpoint" in told.out) == (1, True)
    assert run_redact("reveal", made, "Person 1", "--reason", "x", *key).code == 1


def test_the_log_of_another_study_and_a_new_one_of_the_same_name_are_not_taken(
    study: Keyed, tmp_path: Path
) -> None:
    from redact.audit.entries import Actor
    from redact.audit.events import RunFinished
    from redact.audit.log import create_log, open_log

    made, key = study
    origin = json.loads((made / "audit" / "log.jsonl").read_text().splitlines()[0])["log"]
    for name in ("redact.study/another", origin):
        shutil.rmtree(made / "audit")
        (tmp_path / "forged").mkdir()
        create_log(tmp_path / "forged", name)
        with open_log(tmp_path / "forged", Actor("steward", "data steward")) as log:
            for number in range(200):
                log.append(RunFinished("nothing to see", "done", number))
        shutil.copytree(tmp_path / "forged", made / "audit")
        shutil.rmtree(tmp_path / "forged")
        (tmp_path / "forged.checkpoint").unlink()
        assert run_redact("audit", "verify", made).code == 1
        assert run_redact("audit", "verify", made, *key).code == 1
        assert run_redact("audit", "anchor", made, "--where", "x").code == 1
        assert run_redact("reveal", made, "Person 1", "--reason", "x", *key).code == 1


def test_a_whole_study_put_back_is_seen_by_an_anchor_elsewhere_only(
    study: Keyed, tmp_path: Path
) -> None:
    """Inherent, and said so (docs/security.md, section 4.5)."""
    made, key = study
    old = copy_of(made, tmp_path / "backup")
    kept = tmp_path / "kept.note"
    assert run_redact("reveal", made, "Person 1", "--reason", "x", *key).code == 0
    assert run_redact("audit", "anchor", made, "--where", "board", "--to", kept).code == 0
    alone = run_redact("audit", "verify", old, *key)
    assert (alone.code, "whole study would not be noticed" in alone.out) == (0, True)
    told = run_redact("audit", "verify", old, "--anchor", kept, *key)
    assert (told.code, "are gone since anchor kept.note" in told.out) == (1, True)
