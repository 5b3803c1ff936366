"""The cluster as detection sees it: texts in, looks out; this process never has a socket.

It begins the courier before the network is refused, and from then on only writes to it and reads.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from types import TracebackType
from typing import NoReturn, Self

from redact.cluster.messages import (
    FROM_COURIER,
    QUESTION,
    REPLY,
    TO_COURIER,
    Begin,
    Connect,
    Connected,
    LookQuestion,
    Lost,
    PassedOn,
    Poison,
    Ready,
    Send,
    Unfit,
    Unreached,
    packed,
    unpacked,
)
from redact.cluster.sameness import detection_of, facts_here
from redact.cluster.settings import TLS, ClusterSettings
from redact.core import Transcript
from redact.detect.detector import failed
from redact.detect.elsewhere import Fleet, LookAsked, OtherMachines
from redact.detect.evidence import Look
from redact.errors import RedactError, UsageError
from redact.policy import Policy
from redact.rendering import counted

_ON_THE_WAY = 2  # texts that the courier holds beside those that workers read
_WAITING = 10.0  # seconds for the courier to end by itself
_GO_ON = "Run the same command again, with --cluster or without it: what was done is kept"


class DaskCluster(OtherMachines):
    """A cluster that is connected; a context manager. RedactError if it cannot be reached."""

    def __init__(self, settings: ClusterSettings) -> None:
        if find_spec("distributed") is None:
            raise UsageError(
                "a cluster needs Dask, which is not installed",
                where="--cluster",
                remedy='Install it: pip install "redact[cluster]".',
            )
        self._settings = settings
        self._policy: Policy | None = None
        self._workers = 0
        self._courier = subprocess.Popen(
            [sys.executable, "-P", "-m", "redact.cluster.courier"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for this process, which then ends that one
            env={**os.environ, "DASK_LOGGING__DISTRIBUTED": "critical"},
        )
        self._say(Connect(settings))

    def __enter__(self) -> Self:
        try:
            heard = self._hear()
        except BaseException:
            self.close()
            raise
        if not isinstance(heard, Connected):
            self.close()
            self._refuse(heard)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets the readers of the cluster and the courier end."""
        if self._courier.stdin is not None:
            with suppress(OSError):  # it has ended
                self._courier.stdin.close()
        try:
            self._courier.wait(_WAITING)
        except subprocess.TimeoutExpired:
            self._courier.kill()
            self._courier.wait()
        if self._courier.stdout is not None:
            self._courier.stdout.close()

    def ready(self, policy: Policy) -> Fleet:
        """Each worker was asked what it is and what it makes of a text that everybody has."""
        asked = detection_of(policy)
        if self._policy != asked:
            self._say(Begin(asked, facts_here(asked)))
            heard = self._hear()
            if not isinstance(heard, Ready):
                self._refuse(heard)
            self._policy, self._workers = asked, heard.workers
        return Fleet(self._settings.where, self._workers)

    def look_at(
        self, asked: tuple[LookAsked, ...], policy: Policy, made: Callable[[str, Look], None]
    ) -> None:
        """Never more texts on their way than workers, and two."""
        self.ready(policy)
        waiting = list(reversed([_without_tables(one) for one in asked]))
        sent: set[str] = set()
        while waiting or sent:
            while waiting and len(sent) < self._workers + _ON_THE_WAY:
                one = waiting.pop()
                question = packed(QUESTION, LookQuestion(detection_of(policy), one))
                self._say(Send(one.transcript.id, question.decode("ascii")))
                sent.add(one.transcript.id)
            heard = self._hear()
            if isinstance(heard, PassedOn) and heard.transcript in sent:
                sent.remove(heard.transcript)
                reply = unpacked(REPLY, heard.reply.encode("ascii"))
                if reply.look is None:
                    raise failed(heard.transcript, reply.failed)
                made(heard.transcript, reply.look)
            elif isinstance(heard, Ready):
                self._workers = heard.workers
            elif not isinstance(heard, Unfit):  # one that came later, and is given nothing
                self._refuse(heard)

    def _say(self, message: Connect | Begin | Send) -> None:
        assert self._courier.stdin is not None
        with suppress(OSError):  # what it said last says why
            self._courier.stdin.write(packed(TO_COURIER, message))
            self._courier.stdin.flush()

    def _hear(self) -> object:
        assert self._courier.stdout is not None
        line = self._courier.stdout.readline()
        return unpacked(FROM_COURIER, line) if line else None

    def _refuse(self, heard: object) -> NoReturn:
        """The error that a message of the courier is."""
        where = self._settings.where
        match heard:
            case Unreached(why):
                raise _unreached(where, why, self._settings)
            case Unfit(worker, why):
                raise RedactError(
                    f"this worker of the cluster would not do as this machine does: {why[0]}",
                    where=worker,
                    remedy="No text was sent. Install the same redact, models and packages on both "
                    "(docs/cluster.md), or run it without --cluster",
                )
            case Lost("scheduler"):
                raise RedactError("the scheduler answers no more", where=where, remedy=_GO_ON)
            case Lost():
                raise RedactError("the cluster has no workers", where=where, remedy=_GO_ON)
            case Poison(transcript, times):
                raise RedactError(
                    f"{counted(times, 'process', 'processes')} of the cluster died with this "
                    "transcript, or took half an hour over it",
                    where=transcript,
                    remedy="Give the workers more memory, or leave the file out with --skip and "
                    "report it. What was done is kept",
                )
            case _:
                raise RedactError(
                    "the process that speaks to the cluster has ended", where=where, remedy=_GO_ON
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


def _without_tables(asked: LookAsked) -> LookAsked:
    """What a look needs of a transcript: no organisation, nobody's name beside the text's own."""
    one = asked.transcript
    sent = Transcript(
        id=one.id,
        text=one.text,
        turns=one.turns,
        names=one.names,
        ends=one.ends,
        nation=one.nation,
        interview=one.interview,
    )
    return LookAsked(sent, asked.listed)
