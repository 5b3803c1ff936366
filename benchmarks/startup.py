"""How long `redact --help` takes, against starting Python with nothing to do."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 9
COMMANDS = {
    "python -c pass (baseline)": [sys.executable, "-c", "pass"],
    "import redact": [sys.executable, "-c", "import redact"],
    "redact --help": [sys.executable, "-m", "redact.cli", "--help"],
}


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """Title and rows: command, median milliseconds, ratio to the baseline."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    baseline = next(iter(medians.values()))
    rows: list[tuple[str, ...]] = [
        (f"{name:28}", f"{seconds * 1000:6.0f} ms", f"{seconds / baseline:5.1f}x")
        for name, seconds in medians.items()
    ]
    return f"Start-up, median of {ROUNDS} rounds in turn", rows
