"""How much memory a study takes by how many transcripts it has: all processes of a run together.

The corpus is made from the samples with other names (many_interviews.py), each transcript cut to
its first words, so that a thousand are read in minutes. The name model is left out: what a model
takes is the same for any corpus. Peaks are of proportional shares, so that what forked processes
have in common counts once.

Usage: python benchmarks/memory.py [TRANSCRIPTS …]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from large_study import WITHOUT_MODEL
from many_interviews import write_interviews

SIZES = (100, 1000)
WORDS = 250  # of a transcript
MOST_SECONDS = 3600
PASSPHRASE = "a passphrase only for the benchmark of redact"  # noqa: S105 it is public


@dataclass(frozen=True, slots=True)
class Peak:
    """The most that a run took, and for how long it ran."""

    size: int
    bytes: int
    seconds: float


def shares(pid: int) -> int:
    """Bytes of this process and all that it began: the proportional share of each."""
    found = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                found += int(line.split()[1]) * 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += sum(shares(int(one)) for one in (task / "children").read_text("ascii").split())
    return found


def peak_of(size: int) -> Peak:
    """A whole run over so many transcripts, to its release."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        write_interviews(home / "talks", size)
        for path in (home / "talks").iterdir():
            path.write_text(_cut(path.read_text("utf-8")), "utf-8")
        shipped = Path(__file__).resolve().parent.parent / "policies" / "safe-copy.toml"
        policy = shipped.read_text("utf-8").replace("[detect]\n", f"[detect]\n{WITHOUT_MODEL}")
        (home / "policy.toml").write_text(policy, "utf-8")
        (home / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
        (home / "passphrase").chmod(0o600)
        words = [sys.executable, "-m", "redact.cli", "run", str(home / "talks")]
        words += ["--policy", str(home / "policy.toml"), "--out", str(home / "study")]
        words += ["--passphrase-file", str(home / "passphrase")]
        begun, most = time.monotonic(), 0
        quiet = subprocess.DEVNULL
        with subprocess.Popen(words, stdout=quiet, stderr=quiet) as running:
            while running.poll() is None:
                most = max(most, shares(running.pid))
                time.sleep(0.2)
                if time.monotonic() - begun > MOST_SECONDS:
                    running.kill()
        if running.returncode not in (0, 3, 4):
            raise SystemExit(f"the run over {size} transcripts ended with {running.returncode}")
        return Peak(size, most, time.monotonic() - begun)


def _cut(text: str) -> str:
    kept, count = [], 0
    for line in text.splitlines(keepends=True):
        if count >= WORDS:
            break
        kept.append(line)
        count += len(line.split())
    return "".join(kept)


def measure(sizes: tuple[int, ...] = SIZES) -> tuple[str, list[tuple[str, ...]]]:
    """A row a size: the peak, and as a share of the smallest corpus's."""
    peaks = [peak_of(size) for size in sizes]
    rows: list[tuple[str, ...]] = [
        (
            f"{one.size:>7,}",
            f"{one.bytes / 1e6:7,.0f} MB",
            f"{one.bytes / peaks[0].bytes:5.2f}x",
            f"{one.seconds:6.0f} s",
        )
        for one in peaks
    ]
    return f"Memory by transcripts of some {WORDS} words", rows


if __name__ == "__main__":
    title, table = measure(tuple(map(int, sys.argv[1:])) or SIZES)
    print(title)
    for row in table:
        print("  " + "  ".join(row))
