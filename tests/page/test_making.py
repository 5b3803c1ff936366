"""A study that is made beside the page: stopped, killed, and gone on with."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.custody.keyfile import Opener
from redact.page.making import Making, MakingState, Wanted
from redact.policy import find_policy
from redact.study.desk import Order, open_desk
from redact.study.folder import Study
from redact.study.state import is_current, read_state
from tests.conftest import PASSPHRASE, run_redact

TALK = "INT: Who was there?\nR: {} came from Kilmarnock. Aye, she did, and I was there too.\n"
NAMES = ("Ishbel Tannock", "Morag Haldane")


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    (tmp_path / "talks").mkdir()
    for number, name in enumerate(NAMES):
        (tmp_path / "talks" / f"{number}.txt").write_text(TALK.format(name), "utf-8")
    order = Order(sources=(tmp_path / "talks",), policy=find_policy("safe-copy"))
    return Wanted(
        root=tmp_path / "study",
        opener=Opener.from_passphrase(PASSPHRASE),
        order=order,
        passphrase=PASSPHRASE,
    )


def ended(making: Making) -> MakingState:
    """What it came to; waits for its process, and for the thread that hears from it."""
    making._process.join(120)
    making._thread.join(120)
    return making.now.state


def when(making: Making, there: Callable[[], bool]) -> None:
    """Waits until something is so, as long as it works."""
    while making.is_working and not there():
        making._process.join(0.01)


@pytest.mark.model
def test_it_is_made_as_the_command_makes_it_and_counts_what_it_finds(wanted: Wanted) -> None:
    entered: list[Path] = []
    making = Making(wanted, lambda: entered.append(wanted.root))
    assert ended(making) is MakingState.MADE, making.now
    assert entered == [wanted.root]
    assert making.now.found >= 4
    safe = "".join(one.read_text("utf-8") for one in (wanted.root / "safe").iterdir())
    assert not any(part in safe for name in NAMES for part in name.split())
    state, desk = read_state(Study(wanted.root)), open_desk(Study(wanted.root), wanted.opener)
    assert is_current(desk, state, "replace")


@pytest.mark.model
@pytest.mark.parametrize("how", ["stop", "kill"])
def test_what_was_stopped_or_killed_goes_on(
    wanted: Wanted, how: str, passphrase_file: Path
) -> None:
    making = Making(wanted, lambda: None)
    when(making, lambda: making.now.stage == "detect")
    if how == "stop":
        making.stop()
    else:
        assert making._process.pid is not None
        os.kill(making._process.pid, signal.SIGKILL)
    assert ended(making) is MakingState.STOPPED
    assert Study(wanted.root).exists()
    checked = run_redact("key", "check", wanted.root, "--passphrase-file", passphrase_file)
    assert checked.code in (0, 3), checked.out
    again = making.again()
    assert ended(again) is MakingState.MADE, again.now
    assert len([*(wanted.root / "safe").iterdir()]) == len(NAMES)


def test_why_it_could_not_be_made_is_told_with_each_file(wanted: Wanted, tmp_path: Path) -> None:
    for name in ("a.mp3", "b.mp3"):
        (tmp_path / "talks" / name).write_bytes(b"ID3\x03\x00\x00\x00")
    making = Making(wanted, lambda: None)
    assert ended(making) is MakingState.FAILED
    assert making.now.trouble is not None
    assert len(making.now.trouble.refusals) == 2
    assert not wanted.root.exists()


@pytest.mark.model
def test_a_study_that_cannot_be_opened_after_is_no_success(wanted: Wanted) -> None:
    def fails() -> None:
        raise ValueError("Ishbel Tannock")

    making = Making(wanted, fails)
    assert ended(making) is MakingState.FAILED
    assert making.now.trouble is not None
    assert "Ishbel" not in repr(making.now) + making.now.trouble.what
