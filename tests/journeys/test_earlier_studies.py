"""A study that an earlier build made opens, verifies, restores, and goes on as it was decided.

The study of commit 938b1ec has two releases, corrections (one undone), rulings of its review
and passages that a person marked. Its key names its sources under one folder of /tmp, so the
tests unpack it there, one worker at a time, and clear the folder away.
"""

from __future__ import annotations

import fcntl
import io
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from redact.formats.registry import read_file
from tests.conftest import ROOT, Result, run_redact, tree
from tests.shared import copy_of

PACKED = ROOT / "tests" / "fixtures" / "study-938b1ec.tar.gz"
UNPACKED = Path("/tmp/redact-938b1ec")  # noqa: S108 the key of the study names this folder
RELEASES = ("archive-deposit-01", "archive-deposit-02")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A copy of the study, and what opens it."""

    folder: Path
    passphrase: Path

    @property
    def log_key(self) -> str:
        found_key = re.search(r'^log_key = "(.+)"$', self.settings(), re.MULTILINE)
        assert found_key is not None
        return found_key[1]

    def settings(self) -> str:
        return (self.folder / "study.toml").read_text("utf-8")

    def redact(self, *words: str, more: tuple[object, ...] = ()) -> Result:
        """`redact WORDS STUDY MORE` with the study's passphrase."""
        key = ("--passphrase-file", self.passphrase)
        return run_redact(*words, self.folder, *more, *key)

    def safe_text(self, name: str) -> str:
        data = (self.folder / "safe" / name).read_bytes()
        if name.endswith(".docx"):
            return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
        return data.decode("utf-8")


@contextmanager
def unpacked_at(folder: Path, packed: Path) -> Iterator[Path]:
    """The folder with what is packed, one worker at a time; cleared away again."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(folder, ignore_errors=True)
        with tarfile.open(packed) as archive:
            archive.extractall(folder.parent, filter="data")
        yield folder
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def unpacked() -> Iterator[Path]:
    with unpacked_at(UNPACKED, PACKED) as folder:
        yield folder


@pytest.fixture
def earlier(unpacked: Path, tmp_path: Path) -> Earlier:
    return Earlier(copy_of(unpacked / "study", tmp_path), unpacked / "passphrase")


def require_the_steward_s_decisions(study: Earlier) -> None:
    """What the steward decided with the build of then stands in the safe transcripts of now."""
    one, two, three = map(study.safe_text, ("scot_02.txt", "us_01.txt", "scot_01.docx"))
    assert "[Manager A] was the manager then" in one  # renamed, in every transcript
    assert "[Manager A] said we would manage" in one
    assert "[Person 1] and [Manager A] run it. [Person 3] is my [a relative]." in three
    assert one.count("[Person 1]") == 2  # the merge with [Person 3] was undone
    assert "I am [age] now" in one  # nobody but a person marked it
    assert "[Case manager 1] did" in two  # one person's action, not the policy's


def test_an_earlier_study_opens(earlier: Earlier) -> None:
    explained = run_redact("explain", earlier.folder, "Manager A", "--json")
    assert explained.code == 0, explained.err
    (manager,) = explained.json["explained"]
    assert (manager["label"], len(manager["occurrences"])) == ("PERSON", 3)
    checked = earlier.redact("key", "check")
    assert checked.code == 0, checked.out
    assert "3 of 3 give their source back" in checked.out


@pytest.mark.parametrize("name", RELEASES)
def test_its_releases_verify(earlier: Earlier, name: str) -> None:
    bag = earlier.folder / "release" / name
    verified = run_redact("release", "verify", bag, "--key", earlier.log_key)
    assert verified.code == 0, verified.out
    (bag / "data" / "policy.toml").write_bytes(b"")
    assert run_redact("release", "verify", bag, "--key", earlier.log_key).code == 1


def test_its_sources_come_back(earlier: Earlier, tmp_path: Path) -> None:
    """Byte for byte; a document with parts that were left out of its safe file, as its text."""
    restored = earlier.redact("restore", more=("--to", tmp_path / "back"))
    assert restored.code == 0, restored.err
    sources, back = tree(UNPACKED / "talks"), tree(tmp_path / "back")
    word, text = sources.pop("talk_three.docx"), back.pop("talk_three.docx.txt")
    assert back == sources
    assert text.decode("utf-8") == read_file(word, "talk_three.docx", "talk_three.docx").text


def test_it_says_what_does_not_come_back_until_a_run_keeps_it(
    earlier: Earlier, tmp_path: Path
) -> None:
    restored = earlier.redact("restore", more=("--to", tmp_path / "a"))
    assert "1 more as text only (1 .docx): an earlier redact made this study" in restored.out
    assert "talk_three.docx.txt" in restored.out
    assert "as text only, until `redact run`" in earlier.redact("key", "check").out
    key = ("--passphrase-file", earlier.passphrase)
    tables = ("--roster", UNPACKED / "roster.csv", "--interviews", UNPACKED / "interviews.csv")
    again = run_redact("run", UNPACKED / "talks", "--out", earlier.folder, *tables, *key)
    assert again.code in (0, 3), again.err
    whole = earlier.redact("restore", more=("--to", tmp_path / "b"))
    assert "as text" not in whole.out
    assert tree(tmp_path / "b") == tree(UNPACKED / "talks")
    assert "as text" not in earlier.redact("key", "check").out


def test_its_log_verifies_with_its_own_key_and_goes_on(earlier: Earlier) -> None:
    anchor = earlier.folder / "release" / RELEASES[0] / "audit-checkpoint.note"
    words = ("--key", earlier.log_key, "--anchor", anchor)
    verified = run_redact("audit", "verify", earlier.folder, *words)
    assert verified.code == 0, verified.out
    assert "intact (135 entries)" in verified.out
    assert earlier.redact("restore", more=("--to", earlier.folder.with_name("b"))).code == 0
    verified = run_redact("audit", "verify", earlier.folder, *words)
    assert verified.code == 0, verified.out


def test_nothing_is_done_again_for_nothing(earlier: Earlier) -> None:
    before = tree(earlier.folder)
    for stage in ("detect", "link", "replace"):
        done = earlier.redact(stage)
        assert done.code == 0, done.err
    assert tree(earlier.folder) == before


def test_its_decisions_stand_after_another_one_and_it_is_released_again(earlier: Earlier) -> None:
    require_the_steward_s_decisions(earlier)
    renamed = earlier.redact("entity", "rename", more=("Person 6", "Boss", "--by", "A. Steward"))
    assert renamed.code == 0, renamed.err
    require_the_steward_s_decisions(earlier)
    assert "[Boss]. I will say [Boss] was strict." in earlier.safe_text("us_01.txt")
    refused = earlier.redact("release")  # what changed is to be read again
    assert (refused.code, "us_01.txt: not settled" in refused.err) == (4, True)
    assert earlier.redact("settle", more=("--by", "A. Steward")).code == 0
    released = earlier.redact("release")
    assert released.code == 0, released.err
    bag = earlier.folder / "release" / "archive-deposit-03"
    assert run_redact("release", "verify", bag, "--key", earlier.log_key).code == 0
    log = run_redact("audit", "verify", earlier.folder, "--key", earlier.log_key)
    assert log.code == 0, log.out


@pytest.mark.model
def test_its_decisions_stand_when_everything_is_detected_anew(
    earlier: Earlier, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    rows = (UNPACKED / "roster.csv").read_text("utf-8")
    roster.write_text(f"{rows.rstrip()}\nPERSON,Zebedee Quill,,,,\n", "utf-8")
    again = run_redact(  # it goes on with its own policy: the shipped one says more by now
        "run",
        UNPACKED / "talks",
        "--out",
        earlier.folder,
        "--roster",
        roster,
        "--interviews",
        UNPACKED / "interviews.csv",
        "--passphrase-file",
        earlier.passphrase,
    )
    assert again.code in (0, 3), again.err
    require_the_steward_s_decisions(earlier)


def test_the_log_vouches_for_what_was_decided_from_its_next_decision_on(earlier: Earlier) -> None:
    rename = ("[Manager A]", "[Manager B]", "--by", "AB")
    renamed = earlier.redact("entity", "rename", more=rename)
    assert renamed.code == 0, renamed.err
    told = run_redact("audit", "show", earlier.folder, "--event", "decision").out
    assert told.count("take over") == 1
    path = earlier.folder / "corrections.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"[Manager A]", b"[Manager C]"))
    refused = earlier.redact("replace")
    assert (refused.code, "not as redact wrote it" in refused.err) == (1, True), refused.err
    path.write_bytes(whole)
    assert earlier.redact("replace").code == 0
