"""What a cluster costs beside workers of this machine, and what of it would be full first.

First table: the same transcripts with two processes of this machine and with two workers of a
cluster on it, over TLS; models loaded before in both. Second: workers whose reader is replaced by
a canned answer carry transcripts of an oral-history archive as fast as they can, so that the
processor time of each process on the way is known. Third: 100,000 transcripts of that length pass
through these stations in a simulation, with detection's own measured time.

Usage: python benchmarks/cluster.py [INTERVIEWS]; needs redact[cluster].
"""

from __future__ import annotations

import asyncio
import heapq
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from many_interviews import write_interviews

import redact.cluster.worker as worker
from redact.cluster.begin import KEEPS_NOTHING
from redact.cluster.fleet import DaskCluster
from redact.cluster.messages import QUESTION, REPLY, LookQuestion, LookReply, packed, unpacked
from redact.cluster.sameness import detection_of, facts_here
from redact.cluster.settings import read_settings, security_of
from redact.core import Transcript
from redact.detect.detector import detect, look
from redact.detect.elsewhere import LookAsked, Workers
from redact.policy import Policy, find_policy, load_policy
from redact.transcript.assemble import Corpus, assemble
from tests.cluster.machines import Machines, children, command_of, environment, machines
from tests.proofs import CLUSTER, DASK_FOLDER

INTERVIEWS = 80
WARM = 12
ARCHIVE = 100_000
WORDS = 10_000  # of a transcript of such an archive: 10⁹ in all
CARRIED, CARRIERS = 600, 8
FLEETS = (10, 40, 160, 640, 2560)
CANNED = b"canned"  # the transcript whose look is given for each
GIGABIT = 125_000_000  # bytes a second
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Station:
    """Something each transcript passes by itself: its name, and the seconds that it takes."""

    name: str
    seconds: float


def _spent(pid: int) -> float:
    """Seconds of processor of one process, threads with it."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(said[11]) + int(said[12])) / TICKS


def _spent_by(pids: list[int]) -> float:
    return sum(map(_spent, pids))


def _policy() -> Policy:
    return load_policy(find_policy("safe-copy"))[0]


def _corpus(interviews: int) -> tuple[Corpus, int]:
    with tempfile.TemporaryDirectory() as place:
        words = write_interviews(Path(place) / "talks", interviews)
        paths = sorted((Path(place) / "talks").iterdir())
        return assemble({path.stem: path.read_text("utf-8") for path in paths}), words


def _took(corpus: Corpus, workers: Workers, pids: list[int]) -> tuple[float, float]:
    """Seconds by the clock and of processor, of this process, those that ended, and these."""
    before, ours, start = _spent_by(pids), os.times(), time.perf_counter()
    detect(corpus.transcripts, _policy(), workers=workers)
    clock, after = time.perf_counter() - start, os.times()
    ended = after.children_user + after.children_system - ours.children_user - ours.children_system
    return clock, _spent_by(pids) - before + ended


def overhead(interviews: int) -> tuple[str, list[tuple[str, ...]]]:
    """Two processes here against two workers over TLS, by clock and by processor."""
    near_clock, near = _asked_of_another("", interviews)
    with tempfile.TemporaryDirectory() as place, machines(Path(place), workers=2) as made:
        file = str(made.file)
        far_clock, far = _asked_of_another(file, interviews, *(b.process.pid for b in made.begun))
    title = f"{interviews} transcripts: two processes here = 1"
    rows: list[tuple[str, ...]] = [
        ("", "clock", "processor"),
        ("two processes here", f"{near_clock:.1f} s", f"{near:.1f} s"),
        ("two workers of a cluster", f"{far_clock:.1f} s", f"{far:.1f} s"),
        ("ratio", f"{far_clock / near_clock:.2f}", f"{far / near:.2f}"),
    ]
    return title, rows


def _asked_of_another(file: str, interviews: int, *pids: int) -> tuple[float, float]:
    """Each way in a process of its own, so that neither finds what the other has read."""
    words = [sys.executable, __file__, "--took", file, str(interviews), *map(str, pids)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), float(said[1])


def took(file: str, interviews: str, *pids: str) -> None:
    """Prints what the transcripts took, after others that warmed whoever looks at them."""
    corpus, _ = _corpus(WARM + int(interviews))
    warm, measured = (
        replace(corpus, transcripts=corpus.transcripts[part])
        for part in (slice(WARM), slice(WARM, None))
    )
    with ExitStack() as stack:
        workers: Workers = 2
        if file:
            workers = stack.enter_context(DaskCluster(read_settings(file)))
            workers.ready(_policy())
        detect(warm.transcripts, _policy(), workers=workers)
        known = [os.getpid(), *children(os.getpid())]
        for pid in map(int, pids):
            known += [pid, *children(pid)]
        print(*_took(measured, workers, sorted(set(known))))


def measure(interviews: int = INTERVIEWS) -> tuple[str, list[tuple[str, ...]]]:
    """The first table, where Dask is installed."""
    if not CLUSTER.is_here:
        return "a cluster beside two processes here", [(f"not run: Dask is {CLUSTER.without}",)]
    _find_dask()
    return overhead(interviews)


def _find_dask() -> None:
    """Lets this process and those that it begins find Dask where `make oracles` puts it."""
    os.environ.update(environment())
    if DASK_FOLDER.is_dir():
        sys.path.append(str(DASK_FOLDER))


def carry(file: str, answers: str) -> None:
    """A worker whose reader gives canned answers: what it is, and then one look under each name."""
    facts, seen = Path(answers).read_bytes().splitlines(keepends=True)

    class Canned:
        is_there = True

        def ask(self, line: bytes) -> bytes:
            asked = unpacked(QUESTION, line).asked
            return facts if asked is None else seen.replace(CANNED, asked.transcript.id.encode())

        def end(self) -> None:
            pass

    vars(worker)["_ReadingProcess"] = Canned
    import dask
    from distributed import Worker

    dask.config.set(KEEPS_NOTHING)
    settings = read_settings(file)
    assert settings.address is not None
    security = security_of(settings.certificates)

    async def serve() -> None:
        where = str(settings.address)
        async with Worker(where, nthreads=1, memory_limit=0, security=security) as one:
            print("ready", flush=True)
            await one.finished()

    asyncio.run(serve())


@contextmanager
def _carriers(made: Machines, answers: Path, count: int) -> Iterator[list[int]]:
    words = [sys.executable, __file__, "--carry", str(made.file), str(answers)]
    quiet: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    begun = [subprocess.Popen(words, **quiet) for _ in range(count)]
    try:
        for one in begun:
            assert one.stdout is not None
            one.stdout.readline()
        yield [one.pid for one in begun]
    finally:
        for one in begun:
            one.kill()
            one.wait()


def _long_text() -> Transcript:
    """The samples said one after another until there are as many words as in such a transcript."""
    corpus, words = _corpus(24)
    lines = [line for one in corpus.transcripts for line in one.text.splitlines()]
    times, rest = divmod(WORDS, words)
    kept, count = lines * times, 0
    for line in lines:
        if count >= rest:
            break
        kept.append(line)
        count += len(line.split())
    return assemble({CANNED.decode(): "\n".join(kept) + "\n"}).transcripts[0]


def stations() -> tuple[str, list[tuple[str, ...]], list[Station]]:
    """What a transcript of the archive's length costs on its way, beside detection itself."""
    base, policy = _long_text(), detection_of(_policy())
    size = len(packed(QUESTION, LookQuestion(policy, LookAsked(base))))
    with tempfile.TemporaryDirectory() as place, machines(Path(place), workers=0) as made:
        answers = Path(place) / "answers"
        canned = LookReply(facts=facts_here(policy)), LookReply(look=look(policy, LookAsked(base)))
        answers.write_bytes(b"".join(packed(REPLY, one) for one in canned))
        with (
            _carriers(made, answers, CARRIERS) as carriers,
            DaskCluster(read_settings(str(made.file))) as far,
        ):
            far.ready(_policy())
            warm = tuple(_named(base, f"W{number:05}") for number in range(2 * CARRIERS))
            far.look_at(warm, _policy(), lambda _, __: None)
            ours, courier = os.getpid(), _courier()
            parts = {
                "the process with the key": [ours],
                "the courier": [courier],
                "the scheduler": [made.scheduler.process.pid],
                "a worker, without its reader": carriers,
            }
            before = {name: _spent_by(pids) for name, pids in parts.items()}
            asked = tuple(_named(base, f"T{number:05}") for number in range(CARRIED))
            start = time.perf_counter()
            far.look_at(asked, _policy(), lambda _, __: None)
            clock = time.perf_counter() - start
            took = [
                Station(name, (_spent_by(pids) - before[name]) / CARRIED)
                for name, pids in parts.items()
            ]
    wire = Station("a network of 1 Gbit/s", size / GIGABIT)
    title = f"{CARRIED} transcripts of {WORDS:,} words carried in {clock:.0f} s, nothing detected"
    rows: list[tuple[str, ...]] = [
        ("station", "seconds a transcript"),
        *((s.name, f"{s.seconds:.4f}") for s in took),
    ]
    rows += [(wire.name, f"{wire.seconds:.4f}  ({size / 1000:.0f} kB)")]
    return title, rows, [*took, wire]


def _named(base: Transcript, name: str) -> LookAsked:
    return LookAsked(replace(base, id=name))


def _courier() -> int:
    mine = children(os.getpid())
    return next(pid for pid in mine if "redact.cluster.courier" in command_of(pid))


def simulate(fleet: int, detecting: float, on_the_way: list[Station]) -> tuple[float, list[float]]:
    """Hours for the archive with so many workers, and how much of them each station is busy."""
    free = [0.0] * len(on_the_way)
    workers = [0.0] * fleet
    heapq.heapify(workers)
    end = 0.0
    for _ in range(ARCHIVE):
        at = heapq.heappop(workers)
        for number, station in enumerate(on_the_way):
            begins = max(at, free[number])
            free[number] = at = begins + station.seconds
        heapq.heappush(workers, at + detecting)
        end = max(end, at + detecting)
    busy = [ARCHIVE * station.seconds / end for station in on_the_way]
    return end / 3600, [ARCHIVE * detecting / fleet / end, *busy]


def archive(words_a_second: float, passed: list[Station]) -> tuple[str, list[tuple[str, ...]]]:
    """The archive on fleets of several sizes, with what is busiest in each."""
    detecting = WORDS / words_a_second
    own = next(one for one in passed if one.name.startswith("a worker"))
    shared = [one for one in passed if one is not own]
    title = (
        f"{ARCHIVE:,} transcripts of {WORDS:,} words, simulated; one worker takes "
        f"{detecting:.1f} s for each"
    )
    rows: list[tuple[str, ...]] = [("workers", "hours", "workers busy", "busiest station")]
    for fleet in FLEETS:
        hours, (busy, *others) = simulate(fleet, detecting + own.seconds, shared)
        first = max(range(len(shared)), key=lambda number: others[number])
        said = f"{shared[first].name} {others[first]:.0%}"
        rows.append((str(fleet), f"{hours:.1f}", f"{busy:.0%}", said))
    return title, rows


def _speed(interviews: int) -> float:
    """Words that detection reads in a second of processor, here."""
    corpus, words = _corpus(interviews)
    detect(corpus.transcripts[:1], _policy(), workers=1)
    begun = time.process_time()
    detect(corpus.transcripts, _policy(), workers=1)
    return words / (time.process_time() - begun)


def main() -> None:
    """Prints the three tables."""
    _find_dask()
    interviews = int(sys.argv[1]) if len(sys.argv) > 1 else INTERVIEWS
    titled, rows, passed = stations()
    for title, table in (
        overhead(interviews),
        (titled, rows),
        archive(_speed(20), passed),
    ):
        print(f"\n{title}\n")
        for row in table:
            print("  " + "  ".join(row))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--carry"]:
        carry(*sys.argv[2:4])
    elif sys.argv[1:2] == ["--took"]:
        took(*sys.argv[2:])
    else:
        main()
