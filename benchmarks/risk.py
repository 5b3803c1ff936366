"""Seconds of the second look and of the risk report, against detection of the same transcripts.

A study of invented talk (training/name_model/talk.py), as large as its argument says: detection
(which loads nothing new then) is the baseline; the second look reads the safe texts; `redact risk`
and an intruder with a staff list take the whole study. One process, one run.

    .venv/bin/python benchmarks/risk.py [INTERVIEWS]
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from redact.assess.report import assess
from redact.cli.release import up_to_date
from redact.cli.shared import get_opener
from redact.core import Transcript
from redact.detect.detector import detect
from redact.release.gather import gather
from redact.release.intruder import attack
from redact.risk.background import read_background
from redact.risk.residual import residual_names
from redact.study.desk import Desk
from redact.study.folder import Study

ROOT = Path(__file__).resolve().parent.parent
WORDS = 2_000  # of one interview
ROLES = ("team leader", "support worker", "manager", "director", "nurse", "case manager")


def written(folder: Path, interviews: int) -> None:
    """Interviews, their table, and a staff list of as many."""
    sys.path.insert(0, str(ROOT / "training" / "name_model"))
    from talk import conversation  # type: ignore[import-not-found]

    rng = random.Random(20261126)  # noqa: S311 invented text
    (folder / "talks").mkdir()
    rows, staff = ["interview,file,nation,organisation,role"], ["name,role,organisation"]
    for number in range(interviews):
        text = ""
        while len(text.split()) < WORDS:
            text += conversation(rng).text + "\n"
        (folder / "talks" / f"f{number:03d}.txt").write_text(text, "utf-8")
        nation = "Scotland" if number < interviews // 2 else "United States"
        house, role = f"Tarbelwick {number % 20} Homes", rng.choice(ROLES)
        rows.append(f"I{number},f{number:03d}.txt,{nation},{house},{role}")
        staff.append(f"Ada Quill{number},{role},{house}")
    (folder / "interviews.csv").write_text("\n".join([*rows, ""]), "utf-8")
    (folder / "staff.csv").write_text("\n".join([*staff, ""]), "utf-8")
    (folder / "pass").write_text("correct horse battery staple\n", "utf-8")


def opened(folder: Path) -> Desk:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "redact.cli",
            "run",
            folder / "talks",
            "--policy",
            "archive-deposit",
            "--out",
            folder / "study",
            "--interviews",
            folder / "interviews.csv",
            "--passphrase-file",
            folder / "pass",
        ],
        check=False,
        stdout=subprocess.DEVNULL,
    )
    with up_to_date(Study(folder / "study"), get_opener(str(folder / "pass"), None)) as desk:
        return desk


def measure(interviews: int = 20) -> tuple[str, list[tuple[str, ...]]]:
    """Title and rows: what ran, seconds, time as a ratio to the baseline."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, interviews)
        desk = opened(folder)
        alone = tuple(
            Transcript(id=t.id, text=t.text, turns=t.turns, nation=t.nation)
            for t in desk.transcripts
        )
        jobs: dict[str, Callable[[], object]] = {
            "redact detect (baseline)": lambda: detect(alone, desk.policy),
            "second look": lambda: [residual_names(t.text) for t in desk.transcripts],
            "redact risk, with the second look": lambda: assess(desk),
            "the intruder": lambda: attack(
                desk, gather(desk), read_background([folder / "staff.csv"])
            ),
        }
        seconds = {}
        for job, run in jobs.items():
            start = time.perf_counter()
            run()
            seconds[job] = time.perf_counter() - start
        words = sum(len(t.text.split()) for t in desk.transcripts)
    base = seconds["redact detect (baseline)"]
    rows: list[tuple[str, ...]] = [
        (f"{job:34}", f"{took:7.2f} s", f"{words / took:9,.0f} words/s", f"{took / base:5.2f}x")
        for job, took in seconds.items()
    ]
    return f"Risk of {interviews} invented interviews, {words:,} words", rows


if __name__ == "__main__":
    title, table = measure(int(sys.argv[1]) if sys.argv[1:] else 20)
    print(title)
    for line in table:
        print("  " + "  ".join(line))
