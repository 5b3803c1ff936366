"""How many processes read: the commands' own default, in a process of their own."""

from __future__ import annotations

import os
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


SHARED = """
import os, signal
from redact.processes import shared_out
here = os.getpid()
texts = [chr(97 + number) * 100_000 for number in range(9)]

def work(text):
    if ends and os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return text[0], os.getpid()

for ends in (False, True):
    done = shared_out(work, texts, len)
    print("".join(letter for letter, _ in done), len({by for _, by in done} - {here}))
print(shared_out(lambda text: text[0], texts[:3], len))
"""


@LINUX
def test_what_is_shared_out_comes_back_in_order_also_where_a_process_is_ended() -> None:
    ran = subprocess.run([sys.executable, "-c", SHARED], cwd=ROOT, capture_output=True, check=True)
    whole, ended, few = ran.stdout.decode().splitlines()
    assert whole.startswith("abcdefghi ")
    cores = len(os.sched_getaffinity(0))
    assert (int(whole.split()[1]) > 0) is (cores > 1)
    assert ended == "abcdefghi 0"
    assert few == "['a', 'b', 'c']"
