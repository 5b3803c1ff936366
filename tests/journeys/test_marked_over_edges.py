"""Whatever stretch a person marks as a name, the safe files can be written after it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from redact.custody.keyfile import Opener
from redact.errors import UsageError
from redact.pipeline import run_stage
from redact.review import decide
from redact.review.verdict import Verdict
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from tests.conftest import PASSPHRASE, at_length, run_redact
from tests.link.files import MAKERS, Line
from tests.shared import copy_of, made_once

TIMED = (
    "[00:01:02] Moira Lang: I met Ishbel.\n[00:01:09] Effie Muir: She said so.\n\n"
    "Moira Lang: Aye.\n"
)
LINES = (Line("Moira Lang", "I met Ishbel Tannock."), Line("Effie Muir", "She said so."))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A study of a talk with times and of one file of every other format."""

    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        (folder / "talks" / "timed.txt").write_text(TIMED, "utf-8")
        for number, (suffix, maker) in enumerate(MAKERS.items()):
            (folder / "talks" / f"{number}{suffix}").write_bytes(maker(Random(5), LINES))  # noqa: S311 a test's
        options = ["--policy", "safe-copy", "--out", folder / "study"]
        done = run_redact("run", folder / "talks", *options, "--passphrase-file", passphrase_file)
        assert done.code == 0, done.err

    return made_once(tmp_path_factory, "mixed", make) / "study"


def opened(root: Path) -> Desk:
    return open_desk(Study(root), Opener.from_passphrase(PASSPHRASE))


@pytest.mark.model
@pytest.mark.parametrize("seed", range(at_length(20, 2)))
def test_the_safe_files_are_written(mixed: Path, tmp_path: Path, seed: int) -> None:
    """One stretch of each transcript, over labels, times, lines and cells as it comes."""
    root, random = copy_of(mixed, tmp_path), Random(seed)  # noqa: S311 a test's
    desk = opened(root)
    verdicts = []
    for transcript in desk.transcripts:
        start = random.randrange(len(transcript.text) - 3)
        end = min(len(transcript.text), start + random.randrange(3, 60))
        said = Verdict(transcript=transcript.id, start=start, end=end, label="PERSON")
        if any(map(str.isalnum, desk.words_of(said.place))):
            verdicts.append(said)
    decide.decide(desk, verdicts, "AB", 0)
    made, changed = run_stage(opened(root), "replace")
    assert changed
    told = {one.doc for one in made.key.replacements}
    assert told.issuperset(one.transcript for one in verdicts)


@pytest.mark.model
def test_a_time_alone_is_no_name(mixed: Path) -> None:
    desk = opened(mixed)
    timed = next(one for one in desk.transcripts if one.text == TIMED)
    there = Verdict(transcript=timed.id, start=1, end=9, label="PERSON")
    with pytest.raises(UsageError, match="only a time is marked"):
        decide.decide(desk, [there], "AB", 0)
