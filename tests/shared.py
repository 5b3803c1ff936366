"""What the workers of one test run share: a study is made by the first that asks, and copied."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills, once in a run of the tests; nobody may change it.

    Every worker of pytest-xdist has a temporary folder of its own inside the run's; this one
    lies beside those. A maker that failed leaves no mark, and the next worker begins again.
    """
    run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    folder, done = run / f"shared-{name}", run / f"shared-{name}.done"
    with (run / f"shared-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def copy_of(study: Path, folder: Path, name: str = "study") -> Path:
    """A copy in `folder` that a test may change; the study's sources stay where they are."""
    return Path(shutil.copytree(study, folder / name, symlinks=True))
