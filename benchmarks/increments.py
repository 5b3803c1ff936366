"""One more transcript, a changed roster, a decision: what `redact run` takes beside the first run.

The corpus is the samples told again (many_interviews.py). Seconds are of processor, of the command
and its workers together; the baseline is the first run of the same corpus in the same measurement.

Usage: python benchmarks/increments.py [INTERVIEWS]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from many_interviews import write_interviews

INTERVIEWS = 180
ROSTER = "kind,name,role\nPERSON,{name},Team lead\n"
PASSPHRASE = "a passphrase only for the benchmark of redact"  # noqa: S105 it is public


@dataclass(frozen=True)
class Took:
    """Seconds by the clock and of processor."""

    clock: float
    processor: float


def _run(folder: Path, study: Path) -> Took:
    words = [sys.executable, "-m", "redact.cli", "run", str(folder), "--out", str(study)]
    words += ["--policy", "safe-copy", "--roster", str(study.parent / "roster.csv")]
    words += ["--passphrase-file", str(study.parent / "passphrase")]
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode not in (0, 3, 4):
        raise SystemExit(done.stdout + done.stderr)
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return Took(time.perf_counter() - start, spent)


def measure(interviews: int = INTERVIEWS) -> tuple[str, list[tuple[str, ...]]]:
    """A row a change: what it took, and as a share of the first run."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        words = write_interviews(home / "all", interviews + 1)
        talks = home / "talks"
        talks.mkdir()
        *first, last = sorted((home / "all").iterdir())
        for path in first:
            shutil.copy(path, talks)
        (home / "roster.csv").write_text(ROSTER.format(name="Ailsa Balwick"), "utf-8")
        (home / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
        (home / "passphrase").chmod(0o600)
        study = home / "study"
        took = {"first run": _run(talks, study), "nothing new": _run(talks, study)}
        shutil.copy(last, talks)
        took["one transcript more"] = _run(talks, study)
        (home / "roster.csv").write_text(ROSTER.format(name="Hamish Glenmore"), "utf-8")
        took["another roster"] = _run(talks, study)
    whole = took["first run"]
    rows: list[tuple[str, ...]] = [
        (
            f"{what:<20}",
            f"{one.clock:6.1f} s",
            f"{one.processor:6.1f} s of processor",
            f"{one.processor / whole.processor:5.2f}x",
        )
        for what, one in took.items()
    ]
    return f"Runs of {interviews} interviews ({words:,} words)", rows


if __name__ == "__main__":
    title, table = measure(int(sys.argv[1]) if len(sys.argv) > 1 else INTERVIEWS)
    print(title)
    for row in table:
        print("  " + "  ".join(row))
