"""`python -m redact.cluster`: begins a scheduler or workers as redact wants them, with Dask.

No page, no spill to a disk, no log of what is done, TLS on every connection, and a worker that
ends by itself when its scheduler is gone.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import ssl
import tempfile
from collections.abc import Coroutine
from importlib.util import find_spec
from typing import Any, NoReturn

import click

from redact.cluster.refusals import without_dask
from redact.cluster.settings import ClusterSettings, read_settings, security_of
from redact.errors import RedactError, UsageError

WITHOUT_SCHEDULER = "60s"
NO_PAGE = "127.0.0.1:0"  # Dask listens for a page even without one: on any port, here alone
KEEPS_NOTHING = {
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.event-loop": "asyncio",
    "distributed.scheduler.allowed-failures": 100,  # the courier counts them
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@click.group()
def main() -> None:
    """Begin a scheduler or workers for `redact run --cluster`. See docs/cluster.md."""


@main.command()
@click.argument("file")
def scheduler(file: str) -> None:
    """Begin the scheduler that FILE names, on this machine."""
    settings = _settings(file)
    _run(_scheduler(settings), settings, "is another program at this port of this machine?")


@main.command()
@click.argument("file")
@click.option("--processes", type=click.IntRange(1, 256), default=1, help="How many read at once.")
def worker(file: str, processes: int) -> None:
    """Begin workers for the scheduler that FILE names, on this machine."""
    settings = _settings(file)
    _run(_workers(settings, processes), settings, "is its scheduler running?")


def _run(begun: Coroutine[Any, Any, None], settings: ClusterSettings, remedy: str) -> None:
    """Until it ends; a ClickException if it cannot begin, with which Dask wraps the reason."""
    try:
        asyncio.run(begun)
    except (OSError, RuntimeError) as error:
        raise click.ClickException(_not_begun(settings, error, remedy).line()) from None


def _not_begun(settings: ClusterSettings, error: Exception, remedy: str) -> RedactError:
    why = error.__cause__ or error
    if isinstance(why, TypeError) and settings.certificates is None:
        return UsageError(
            "Dask's configuration names no certificates",
            where=settings.where,
            remedy="Give a file that does: docs/cluster.md shows one",
        )
    of_system = isinstance(why, OSError) and not isinstance(why, ssl.SSLError) and why.errno
    return RedactError(
        f"it cannot begin ({os.strerror(of_system) if of_system else type(why).__name__})",
        where=settings.where,
        remedy=f"Compare the address and the certificates with docs/cluster.md; {remedy}",
    )


def _settings(file: str) -> ClusterSettings:
    try:
        settings = read_settings(file)
        if settings.address is None:
            raise UsageError(
                "Slurm begins these by itself",
                where=file,
                remedy="Give this file to redact run --cluster",
            )
        if find_spec("distributed") is None:
            raise without_dask("python -m redact.cluster")
    except RedactError as error:
        raise click.ClickException(error.line()) from None
    signal.signal(signal.SIGTERM, _ended)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["DASK_LOGGING__DISTRIBUTED"] = (
        "critical"  # read when Dask is imported, here and below
    )
    import dask

    dask.config.set(KEEPS_NOTHING)
    return settings


def _ended(number: int, frame: object) -> NoReturn:
    """As Ctrl-C: what was begun is ended and the empty folder goes."""
    raise SystemExit(0)


def _security(settings: ClusterSettings) -> Any:
    assert settings.address is not None
    return security_of(settings.certificates) if settings.address.scheme == "tls" else None


async def _scheduler(settings: ClusterSettings) -> None:
    from distributed import Scheduler

    address = settings.address
    assert address is not None
    async with Scheduler(
        host=address.host,
        port=address.port,
        protocol=address.scheme,
        security=_security(settings),
        dashboard=False,
        dashboard_address=NO_PAGE,
    ) as begun:
        click.echo(f"scheduler at {begun.address}")
        await begun.finished()


async def _workers(settings: ClusterSettings, processes: int) -> None:
    from distributed import Nanny

    with tempfile.TemporaryDirectory(prefix="redact-worker-") as folder:
        nannies = [
            Nanny(
                str(settings.address),
                nthreads=1,
                memory_limit=0,
                security=_security(settings),
                local_directory=folder,
                death_timeout=WITHOUT_SCHEDULER,
                dashboard=False,
                config=KEEPS_NOTHING,
            )
            for _ in range(processes)
        ]
        await asyncio.gather(*(one.start() for one in nannies))
        click.echo(f"{processes} processes look for {settings.address} ({os.getpid()})")
        await asyncio.gather(*(one.finished() for one in nannies))
