"""How many processes read: the commands' own default, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from redact.processes import shares_what_is_loaded, workers_here
from tests.conftest import ROOT

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each process loads anew")
ASK = """
import os
from redact.processes import workers_here
print(workers_here(), len(os.sched_getaffinity(0)))
"""


@LINUX
def test_a_process_of_one_thread_reads_with_every_core() -> None:
    ran = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, check=True)
    workers, cores = map(int, ran.stdout.split())
    assert 1 <= workers <= cores


def test_a_process_of_more_threads_neither_forks_nor_loads_twice() -> None:
    waiting = threading.Event()
    other = threading.Thread(target=waiting.wait)
    other.start()
    try:
        assert not shares_what_is_loaded()
        assert workers_here() == 1
    finally:
        waiting.set()
        other.join()


@LINUX
@pytest.mark.model
def test_processes_that_share_give_what_one_gives(tmp_path: Path) -> None:
    talks = ROOT / "samples" / "co-production" / "transcripts"
    said: dict[tuple[str, ...], bytes] = {}
    for workers in ((), ("--workers", "1"), ("--workers", "3")):
        out = tmp_path / f"{len(said)}.jsonl"
        command = ["detect", talks, "--policy", "safe-copy", "--out", out, *workers]
        subprocess.run([sys.executable, "-m", "redact.cli", *command], cwd=ROOT, check=True)
        said[workers] = out.read_bytes()
    assert len(set(said.values())) == 1
