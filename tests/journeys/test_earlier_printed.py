"""A study whose .pdf and .rtf came out as .txt goes on with .docx, and nothing stale is left.

Commit 061cec5 made it of talk.pdf, talk.rtf (without a last line's end, with a sign that no XML can
hold) and talk.txt. Its key names its sources under one folder of /tmp.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_redact, tree
from tests.journeys.test_earlier_studies import Earlier, unpacked_at
from tests.shared import copy_of

PACKED = ROOT / "tests" / "fixtures" / "study-061cec5.tar.gz"
UNPACKED = Path("/tmp/redact-061cec5")  # noqa: S108 the key of the study names this folder
AS_TEXT = {"interview_01.txt", "interview_02.txt", "interview_03.txt"}
AS_WORD = {"interview_01.docx", "interview_02.docx", "interview_03.txt"}
RENAME = ("[Person 1]", "Boss", "--by", "A. Steward")


@pytest.fixture(scope="module")
def unpacked() -> Iterator[Path]:
    with unpacked_at(UNPACKED, PACKED) as folder:
        yield folder


@pytest.fixture
def earlier(unpacked: Path, tmp_path: Path) -> Earlier:
    return Earlier(copy_of(unpacked / "study", tmp_path), unpacked / "passphrase")


def safe_files(study: Earlier) -> set[str]:
    return {path.name for path in (study.folder / "safe").iterdir()}


def require_whole(study: Earlier, to: Path) -> None:
    """Key, safe transcripts, log and originals are as they should be, and all comes back."""
    checked = study.redact("key", "check")
    assert checked.code == 0, checked.out
    assert "3 of 3 give their source back" in checked.out
    assert "2 of 2 open to their source" in checked.out
    assert study.redact("restore", more=("--to", to)).code == 0
    assert tree(to) == tree(UNPACKED / "talks")
    assert run_redact("audit", "verify", study.folder, "--key", study.log_key).code == 0


def test_it_opens_and_stays_as_it_is_while_nothing_changes(
    earlier: Earlier, tmp_path: Path
) -> None:
    for stage in ("detect", "link", "replace"):  # the lists of what stays grew since
        assert earlier.redact(stage).code == 0
    before = tree(earlier.folder)
    for stage in ("detect", "link", "replace"):
        assert earlier.redact(stage).code == 0
    assert tree(earlier.folder) == before
    assert safe_files(earlier) == AS_WORD
    explained = run_redact("explain", earlier.folder, "interview_02.docx:2", "--json")
    assert explained.code == 0, explained.err
    require_whole(earlier, tmp_path / "back")


def test_a_decision_brings_word_files_in_the_place_of_the_texts(
    earlier: Earlier, tmp_path: Path
) -> None:
    renamed = earlier.redact("entity", "rename", more=RENAME)
    assert renamed.code == 0, renamed.err
    assert safe_files(earlier) == AS_WORD
    said = "\n".join(map(earlier.safe_text, sorted(AS_WORD)))
    assert said.count("[Boss]: ") == 3
    assert "I knew [Person 3]  too" in said  # a blank for what XML cannot hold
    require_whole(earlier, tmp_path / "back")
    assert earlier.redact("settle", more=("--by", "A. Steward")).code == 0
    released = earlier.redact("release")
    assert released.code == 0, released.err
    bag = earlier.folder / "release" / "safe-copy-02"
    assert {path.name for path in (bag / "data" / "transcripts").iterdir()} == AS_WORD
    assert run_redact("release", "verify", bag, "--key", earlier.log_key).code == 0


def test_an_edited_text_is_kept_until_it_is_given_up(earlier: Earlier, tmp_path: Path) -> None:
    edited = earlier.folder / "safe" / "interview_01.txt"
    edited.write_bytes(edited.read_bytes() + b"mine\n")
    refused = earlier.redact("entity", "rename", more=RENAME)
    assert "edited by hand" in refused.err
    assert (safe_files(earlier), edited.read_bytes()[-5:]) == (AS_TEXT, b"mine\n")
    given_up = earlier.redact("replace", more=("--discard-edits",))
    assert given_up.code == 0, given_up.err
    assert safe_files(earlier) == AS_WORD
    require_whole(earlier, tmp_path / "back")


def test_a_withdrawal_takes_the_text_out(earlier: Earlier) -> None:
    words = ("talk.pdf", "--by", "A. Steward", "--reason", "asked")
    gone = earlier.redact("withdraw", more=words)
    assert gone.code == 0, gone.err
    assert len(safe_files(earlier)) == 2
