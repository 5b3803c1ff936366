"""Workers that Slurm begins: one job is one worker, and the scheduler lives in the courier."""

from __future__ import annotations

import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redact.cluster.begin import KEEPS_NOTHING, NO_PAGE, WITHOUT_SCHEDULER
from redact.cluster.settings import Certificates, Slurm


def job_of(slurm: Slurm) -> dict[str, Any]:
    """What dask-jobqueue is asked for: a core, no disk, no output kept, nothing of the content."""
    return {
        "cores": 1,
        "processes": 1,
        "memory": slurm.memory,
        "queue": slurm.queue,
        "account": slurm.account,
        "walltime": slurm.walltime,
        "interface": slurm.interface,
        "python": slurm.python or sys.executable,
        "death_timeout": WITHOUT_SCHEDULER,
        "local_directory": "/tmp",  # noqa: S108 of the compute node; nothing is put there
        "job_name": "redact",
        "job_extra_directives": [*slurm.directives, "--output=/dev/null", "--error=/dev/null"],
        "job_script_prologue": [
            "ulimit -c 0",
            *(f"export {name}={shlex.quote(value)}" for name, value in _environment().items()),
            *slurm.prologue,
        ],
        "worker_extra_args": ["--no-dashboard", "--memory-limit", "0"],
        "scheduler_options": {
            "dashboard": False,
            "dashboard_address": NO_PAGE,
            "port": slurm.port,
        },
    }


def _environment() -> dict[str, str]:
    """What Dask reads as its configuration in a job, as `begin` sets it elsewhere."""
    said = {
        "DASK_" + name.replace(".", "__").replace("-", "_").upper(): str(value)
        for name, value in KEEPS_NOTHING.items()
    }
    return {**said, "DASK_LOGGING__DISTRIBUTED": "critical"}


def cluster_of(slurm: Slurm, security: Any, **more: Any) -> Any:
    """The cluster of dask-jobqueue, no job begun yet."""
    import dask
    from dask_jobqueue import SLURMCluster

    dask.config.set({**KEEPS_NOTHING, "distributed.comm.timeouts.connect": WITHOUT_SCHEDULER})
    return SLURMCluster(protocol="tls://", security=security, **job_of(slurm), **more)


@asynccontextmanager
async def queued(slurm: Slurm, certificates: Certificates, security: Any) -> AsyncIterator[Any]:
    """A cluster whose jobs were asked for; they end with it."""
    async with cluster_of(slurm, security, asynchronous=True) as cluster:
        cluster.scale(jobs=slurm.jobs)
        yield cluster
