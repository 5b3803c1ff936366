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

from redact.cluster.answers import look_of
from redact.cluster.messages import (
    FROM_COURIER,
    QUESTION,
    TO_COURIER,
    Begin,
    Connect,
    Connected,
    LookQuestion,
    PassedOn,
    Ready,
    Send,
    Unfit,
    packed,
    unpacked,
)
from redact.cluster.refusals import refusal, without_dask
from redact.cluster.sameness import detection_of, facts_here
from redact.cluster.settings import ClusterSettings
from redact.core import Transcript
from redact.detect.elsewhere import Fleet, LookAsked, OtherMachines
from redact.detect.evidence import Look
from redact.policy import Policy

_ON_THE_WAY = 2  # texts that the courier holds beside those that workers read
_WAITING = 10.0  # seconds for the courier to end by itself


class DaskCluster(OtherMachines):
    """A cluster that is connected; a context manager. RedactError if it cannot be reached."""

    def __init__(self, settings: ClusterSettings) -> None:
        if find_spec("distributed") is None:
            raise without_dask("--cluster")
        self._settings = settings
        self._policy: Policy | None = None
        self._workers = 0
        self._unfit: Unfit | None = None  # the last that came later and is given nothing
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
        sent: dict[str, Transcript] = {}
        while waiting or sent:
            while waiting and len(sent) < self._workers + _ON_THE_WAY:
                one = waiting.pop()
                question = packed(QUESTION, LookQuestion(detection_of(policy), one))
                self._say(Send(one.transcript.id, question.decode("ascii")))
                sent[one.transcript.id] = one.transcript
            heard = self._hear()
            if isinstance(heard, PassedOn) and heard.transcript in sent:
                made(heard.transcript, look_of(heard.reply, sent.pop(heard.transcript)))
            elif isinstance(heard, Ready):
                self._workers = heard.workers
            elif isinstance(heard, Unfit):
                self._unfit = heard
            else:
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
        raise refusal(heard, self._settings, self._unfit)


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
