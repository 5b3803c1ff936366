"""What Slurm is asked for, and a run on it: `sbatch` is a script here that begins the job at once.

No Slurm runs here. The job's script is the one that dask-jobqueue makes, and it is run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.machines import environment, make_certificates
from tests.cluster.test_fleet import DONE, TEXTS, Begun, begun, beside, command, events, left_in
from tests.proofs import CLUSTER, needs

__all__ = ["begun"]
pytestmark = [needs(CLUSTER), pytest.mark.model]
SHOWN = """
import asyncio, sys
from redact.cluster.settings import security_of
from redact.cluster.settings import read_settings
from redact.cluster.slurm import cluster_of

async def show():
    settings = read_settings(sys.argv[1])
    made = cluster_of(settings.slurm, security_of(settings.certificates), asynchronous=True)
    async with made as cluster:
        print(cluster.job_script())

asyncio.run(show())
"""
SBATCH = """#!/bin/sh
cp "$1" "$0.job"
bash "$0.job" </dev/null >/dev/null 2>&1 &
echo "Submitted batch job $!"
"""


def slurm_file(folder: Path, *more: str) -> Path:
    file = make_certificates(folder, scheduler="tls://192.0.2.7:1")
    lines = file.read_text("utf-8").splitlines()[1:]
    file.write_text("\n".join([*lines, "[slurm]", *more]) + "\n", "utf-8")
    return file


def test_a_job_has_one_worker_no_disk_and_no_output(tmp_path: Path) -> None:
    file = slurm_file(
        tmp_path / "made",
        *('jobs = 40\nqueue = "long"\naccount = "history"\nwalltime = "04:00:00"'.splitlines()),
        *('interface = "lo"\nmemory = "3GB"\ndirectives = ["--exclusive=user"]'.splitlines()),
        'prologue = ["module load python/3.12"]',
    )
    done = subprocess.run(
        [sys.executable, "-c", SHOWN, file],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    lines = done.stdout.splitlines()
    for line in (
        *("#SBATCH -p long", "#SBATCH -A history", "#SBATCH -n 1", "#SBATCH --mem=3G"),
        *("#SBATCH --cpus-per-task=1", "#SBATCH -t 04:00:00", "#SBATCH --exclusive=user"),
        *("#SBATCH --output=/dev/null", "#SBATCH --error=/dev/null", "ulimit -c 0"),
        "export DASK_DISTRIBUTED__WORKER__MEMORY__SPILL=False",
        "export DASK_DISTRIBUTED__WORKER__MEMORY__TARGET=False",
        "export DASK_DISTRIBUTED__WORKER__HTTP__ROUTES='[]'",
        "export DASK_LOGGING__DISTRIBUTED=critical",
        "module load python/3.12",
    ):
        assert line in lines
    (begins,) = (line for line in lines if "dask_worker" in line or "dask worker" in line)
    for words in (
        *("tls://127.0.0.1", "--nthreads 1", "--memory-limit 0", "--no-dashboard"),
        "--death-timeout 60s",
        *(f"--tls-{name}" for name in ("ca-file", "cert", "key")),
    ):
        assert words in begins


@pytest.mark.long
def test_jobs_look_at_transcripts_as_this_machine_does(begun: Begun, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, script in (("sbatch", SBATCH), ("scancel", '#!/bin/sh\nkill "$1"\n')):
        (programs / name).write_text(script, "utf-8")
        (programs / name).chmod(0o755)
    study = beside(begun, "slurm")
    file = slurm_file(tmp_path / "made", "jobs = 1", 'interface = "lo"')
    done = subprocess.run(
        command(study, "--cluster", str(file)),
        env=environment(PATH=f"{programs}{os.pathsep}{os.environ['PATH']}"),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in DONE, done.stderr
    assert left_in(study) == begun.here
    assert events(study, "texts.sent") == [{"documents": TEXTS, "scheduler": "slurm", "workers": 1}]
