"""What the courier says when it cannot go on, as the error that people are told."""

from __future__ import annotations

from redact.cluster.messages import Lost, Poison, Unfit, Unreached
from redact.cluster.settings import TLS, ClusterSettings
from redact.errors import RedactError, UsageError
from redact.rendering import counted

_GO_ON = "Run the same command again, with --cluster or without it: what was done is kept"
_SAME = "Install the same redact, models and packages on both (docs/cluster.md)"


def refusal(heard: object, settings: ClusterSettings, unfit: Unfit | None) -> RedactError:
    """The error that a message is; `unfit` is the last worker that came later and may not look."""
    where = settings.where
    match heard:
        case Unreached(why):
            return _unreached(where, why, settings)
        case Unfit(worker, why):
            return RedactError(
                f"this worker of the cluster would not do as this machine does: {why[0]}",
                where=worker,
                remedy=f"No text was sent. {_SAME}, or run it without --cluster",
            )
        case Lost("scheduler"):
            return RedactError("the scheduler answers no more", where=where, remedy=_GO_ON)
        case Lost() if unfit is not None:
            return RedactError(
                "the cluster has no workers that may look; the last that came would not do as this "
                f"machine does: {unfit.why[0]}",
                where=unfit.worker,
                remedy=f"{_SAME}. {_GO_ON}",
            )
        case Lost():
            return RedactError("the cluster has no workers", where=where, remedy=_GO_ON)
        case Poison(transcript, times):
            return RedactError(
                f"{counted(times, 'process', 'processes')} of the cluster died with this "
                "transcript, or took half an hour over it",
                where=transcript,
                remedy="Give the workers more memory, or leave the file out with --skip and "
                "report it. What was done is kept",
            )
        case _:
            return RedactError(
                "the process that speaks to the cluster has ended", where=where, remedy=_GO_ON
            )


def without_dask(where: str) -> UsageError:
    """The error of a machine that lacks it."""
    return UsageError(
        "a cluster needs Dask, which is not installed",
        where=where,
        remedy='Install it: pip install "redact[cluster]".',
    )


def _unreached(where: str, why: str, settings: ClusterSettings) -> RedactError:
    if settings.address is None:
        return RedactError(
            f"Slurm's jobs could not be asked for ({why})",
            where=where,
            remedy="Run this where `sbatch` works, and compare [slurm] with docs/cluster.md",
        )
    if "certificate" in why:
        return RedactError(
            "the scheduler and this machine do not trust each other's certificates",
            where=where,
            remedy="Both must be signed by the authority of `ca` (docs/cluster.md). Nothing was "
            "sent",
        )
    if settings.address.scheme == TLS:
        remedy = "Is it running, with TLS, and its port open to this machine? Nothing was sent"
    else:
        remedy = "Is it running on this machine? Nothing was sent"
    return RedactError(f"the scheduler cannot be reached ({why})", where=where, remedy=remedy)
