"""`--cluster`: other machines that look at transcripts, instead of processes of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.offline import refuse_network

if TYPE_CHECKING:
    from redact.detect.elsewhere import Workers

cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Have transcripts looked at by a cluster of Dask: a scheduler's tls:// address, or a TOML "
    "file (docs/cluster.md). Their texts then leave this machine, which the log says.",
)


def who_looks(cluster: str | None, workers: int | None, own_process: bool | None) -> Workers:
    """The cluster, connected until the command ends, or else the number of processes here.

    A process that is ours is refused the network once the courier has begun, which is another.
    """
    if cluster is None:
        return workers
    if workers is not None:
        raise UsageError(
            "--workers are processes of this machine, and --cluster is for others",
            remedy="Leave one of the two out.",
        )
    from redact.cluster.fleet import DaskCluster
    from redact.cluster.settings import read_settings

    settings = read_settings(cluster)
    if settings.certificates is not None:
        shared.remark_on_modes(settings.certificates.key)
    machines = DaskCluster(settings)
    if own_process:
        refuse_network()
    return click.get_current_context().with_resource(machines)
