"""A run on a cluster gives the bytes of a run here, keeps nothing there, and ends well.

The scheduler and the workers are real, on this machine, with TLS and certificates made here.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cluster.machines import (
    HERE,
    Machines,
    at_most,
    children,
    command_of,
    environment,
    machines,
    make_certificates,
)
from tests.conftest import PASSPHRASE, ROOT, SAMPLES, at_length
from tests.proofs import CLUSTER, needs

pytestmark = [needs(CLUSTER), pytest.mark.model]
DONE = (0, 3)
TEXTS, WORKERS = at_length(8, 4), at_length(4, 2)
KEPT = ("looks.jsonl", "mentions.jsonl", "entities.jsonl")


@dataclass(frozen=True, slots=True)
class Begun:
    """A study with its key and no detection yet, and what it is when this machine has run it."""

    folder: Path
    here: dict[str, bytes]

    def copy(self, folder: Path) -> Path:
        shutil.copytree(self.folder, folder)
        return folder


def command(study: Path, *more: str) -> list[str]:
    source = study.parent / "talks"
    given = [str(study.parent / name) for name in ("roster.csv", "interviews.csv", "passphrase")]
    options = zip(("--roster", "--interviews", "--passphrase-file"), given, strict=True)
    return [
        *(sys.executable, "-m", "redact.cli", "run", str(source), "--out", str(study)),
        *(word for option in options for word in option),
        *more,
    ]


def run(study: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(study, *more), env=environment(), capture_output=True, text=True, timeout=300
    )


def left_in(study: Path) -> dict[str, bytes]:
    files = [*(study / "work" / name for name in KEPT), *sorted((study / "safe").iterdir())]
    return {path.name: path.read_bytes() for path in files}


def events(study: Path, kind: str) -> list[dict[str, object]]:
    log = study / "audit" / "log.jsonl"
    lines = log.read_text("utf-8").splitlines() if log.is_file() else []
    return [entry["data"] for entry in map(json.loads, lines) if entry["event"] == kind]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    folder = tmp_path_factory.mktemp("begun")
    (folder / "talks").mkdir()
    for path in sorted((SAMPLES / "transcripts").iterdir())[:TEXTS]:
        shutil.copy(path, folder / "talks")
    for name in ("roster.csv", "interviews.csv"):
        shutil.copy(SAMPLES / name, folder)
    (folder / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
    (folder / "passphrase").chmod(0o600)
    study = folder / "study"
    init = [word if word != "run" else "init" for word in command(study, "--policy", "safe-copy")]
    subprocess.run(init, env=environment(), check=True, capture_output=True, timeout=120)
    here = folder / "here"
    shutil.copytree(study, here)
    done = run(here, "--workers", "1")
    assert done.returncode in DONE, done.stderr
    assert events(here, "texts.sent") == []
    return Begun(study, left_in(here))


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with machines(tmp_path_factory.mktemp("fleet"), workers=WORKERS) as made:
        yield made


def beside(begun: Begun, name: str) -> Path:
    return begun.copy(begun.folder.parent / name)


def until(is_so: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Until it is so, as long as this process goes on, which is two minutes at most."""
    with at_most(120, process.kill):
        while not is_so():
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)


def until_texts_are_sent(study: Path, process: subprocess.Popen[str]) -> None:
    until(lambda: events(study, "texts.sent"), process)


def said_by(process: subprocess.Popen[str]) -> str:
    """All that it says until it ends."""
    with at_most(300, process.kill):
        return process.communicate()[0]


def readers_of(one: Machines) -> list[int]:
    found = [pid for each in one.begun for pid in children(each.process.pid)]
    return [pid for pid in found if "redact.cluster.reader" in command_of(pid)]


def test_a_cluster_gives_the_bytes_of_this_machine_and_keeps_nothing(
    begun: Begun, fleet: Machines
) -> None:
    study = beside(begun, "there")
    done = run(study, "--cluster", str(fleet.file))
    assert done.returncode in DONE, done.stderr
    assert left_in(study) == begun.here
    (sent,) = events(study, "texts.sent")
    assert sent == {
        "documents": TEXTS,
        "scheduler": address_of(fleet),
        "workers": WORKERS,
    }
    assert readers_of(fleet) == []
    names = ("Gilchrist", "Corriedoon", "Ishbel")
    assert any(name in path.read_text("utf-8") for name in names for path in talks_of(begun))
    for path in (path for path in fleet.folder.rglob("*") if path.is_file()):
        assert not any(name.encode() in path.read_bytes() for name in names), path
    assert [one.output.read_bytes() for one in fleet.begun] == [b"", b""]

    for told in (("papers", study, "--kind", "dpia"), ("audit", "show", study)):
        words = [sys.executable, "-m", "redact.cli", *map(str, told)]
        paper = subprocess.run(
            words, env=environment(), capture_output=True, text=True, check=True, timeout=120
        )
        assert address_of(fleet) in paper.stdout

    again = run(study, "--cluster", str(fleet.file))
    assert again.returncode in DONE, again.stderr
    assert len(events(study, "texts.sent")) == 1, "nothing was new, so nothing was sent"


def talks_of(begun: Begun) -> list[Path]:
    return sorted((begun.folder.parent / "talks").iterdir())


def address_of(fleet: Machines) -> str:
    return fleet.scheduler.said.split()[-1]


@contextmanager
def begin(*words: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # which does nothing where it has ended


@pytest.mark.long
def test_a_worker_that_is_killed_costs_its_texts_again_and_nothing_else(
    begun: Begun, tmp_path: Path
) -> None:
    study = beside(begun, "killed")
    with (
        machines(tmp_path, workers=2) as two,
        begin(*command(study, "--cluster", str(two.file))) as process,
    ):
        until_texts_are_sent(study, process)
        below = children(two.begun[1].process.pid)
        os.kill(next(pid for pid in below if readers_below(pid)), signal.SIGKILL)
        said = said_by(process)
    assert process.returncode in DONE, said
    assert left_in(study) == begun.here


def readers_below(pid: int) -> list[int]:
    return [one for one in children(pid) if "redact.cluster.reader" in command_of(one)]


@pytest.mark.long
def test_without_its_scheduler_a_study_goes_on_here(begun: Begun, tmp_path: Path) -> None:
    study = beside(begun, "alone")
    with (
        machines(tmp_path, workers=1) as one,
        begin(*command(study, "--cluster", str(one.file))) as process,
    ):
        until_texts_are_sent(study, process)
        looks = study / "work" / "looks.jsonl"
        until(looks.is_file, process)
        one.scheduler.kill()
        said = said_by(process)
    assert process.returncode == 1
    assert "the scheduler answers no more" in said
    assert "without it: what was done is kept" in said
    assert 1 <= len(looks.read_bytes().splitlines()) < TEXTS
    done = run(study)
    assert done.returncode in DONE, done.stderr
    assert left_in(study) == begun.here


@pytest.mark.long
def test_a_transcript_that_kills_whoever_reads_it_is_named(begun: Begun, tmp_path: Path) -> None:
    study = tmp_path / "study"
    (tmp_path / "talks").mkdir()
    shutil.copy(talks_of(begun)[0], tmp_path / "talks" / "poison.txt")
    for name in ("roster.csv", "interviews.csv", "passphrase"):
        shutil.copy(begun.folder.parent / name, tmp_path)
    with (
        machines(tmp_path, workers=1) as one,
        begin(*command(study, "--policy", "safe-copy", "--cluster", str(one.file))) as process,
    ):
        until_texts_are_sent(study, process)
        with at_most(120, process.kill):
            while process.poll() is None:
                for pid in readers_of(one):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                time.sleep(0.01)
        said = said_by(process)
    assert process.returncode == 1, said
    assert "poison.txt: 3 processes of the cluster died with this transcript" in said
    assert "--skip" in said


def test_a_certificate_of_somebody_else_is_refused(begun: Begun, fleet: Machines) -> None:
    study = beside(begun, "stranger")
    folder = begun.folder.parent / "strangers"
    other = make_certificates(folder, scheduler=address_of(fleet))
    done = run(study, "--cluster", str(other))
    assert done.returncode == 1
    assert "do not trust each other's certificates" in done.stderr
    assert events(study, "texts.sent") == []


def test_a_worker_with_another_redact_is_refused_and_sent_nothing(
    begun: Begun, tmp_path: Path
) -> None:
    study = beside(begun, "other")
    other = tmp_path / "other"
    shutil.copytree(ROOT / "redact", other / "redact")
    with (other / "redact" / "data" / "vocabulary.txt").open("ab") as table:
        table.write(b"# one line more\n")
    with machines(tmp_path, workers=0) as made:
        paths = f"{other}{os.pathsep}{environment()['PYTHONPATH']}"
        made.begin("worker", PYTHONPATH=paths)
        done = run(study, "--cluster", str(made.file))
    assert done.returncode == 1
    assert "its redact has other rules, tables or weights of the name model" in done.stderr
    assert "Install the same redact" in done.stderr
    assert events(study, "texts.sent") == []


def test_a_worker_that_may_write_to_its_disk_is_refused(begun: Begun, tmp_path: Path) -> None:
    study = beside(begun, "spilling")
    with machines(tmp_path, workers=0) as made:
        place = made.file.parent
        files = {"ca-file": "ca.pem", "cert": "cert.pem", "key": "key.pem"}
        worker = subprocess.Popen(
            [
                *(sys.executable, "-m", "distributed.cli.dask_worker", address_of(made)),
                *(word for name, file in files.items() for word in (f"--tls-{name}", place / file)),
                *("--memory-limit", "2GB", "--nthreads", "1", "--no-dashboard"),
                *("--local-directory", tmp_path),
            ],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            done = run(study, "--cluster", str(made.file))
        finally:
            worker.terminate()
            with at_most(30, worker.kill):
                worker.wait()
    assert done.returncode == 1
    assert "it may write what it is given to its disk" in done.stderr
    assert "python -m redact.cluster worker" in done.stderr
    assert events(study, "texts.sent") == []


@pytest.mark.long
def test_a_scheduler_that_is_not_there_is_said_before_anything_is_made(tmp_path: Path) -> None:
    file = make_certificates(tmp_path / "made", scheduler=f"tls://{HERE}:9")
    (tmp_path / "talks").mkdir()
    shutil.copy(SAMPLES / "transcripts" / "anoka_pang.txt", tmp_path / "talks")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "redact.cli", "run", tmp_path / "talks"),
            *("--out", tmp_path / "study", "--policy", "safe-copy", "--cluster", file),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "the scheduler cannot be reached" in done.stderr
    assert "Nothing was sent" in done.stderr
    assert not (tmp_path / "study").exists()
