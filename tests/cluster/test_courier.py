"""The courier knows which workers may look and which went, and carries more than a pipe holds.

`Cluster` stands for Dask's client, which alone says what the scheduler and the workers do.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redact.cluster import courier as carrying
from redact.cluster.courier import Courier, Errand
from redact.cluster.messages import (
    FROM_COURIER,
    QUESTION,
    REPLY,
    Begin,
    LookQuestion,
    LookReply,
    PassedOn,
    Ready,
    Unfit,
    packed,
    unpacked,
)
from redact.cluster.sameness import LookFacts, detection_of, facts_here
from redact.cluster.settings import read_settings
from redact.cluster.worker import Habits, Sealed, ask_reader, habits
from redact.detect.detector import look
from redact.detect.elsewhere import LookAsked
from redact.detect.evidence import Look
from redact.policy import Policy
from redact.transcript.assemble import make_transcript
from tests.cluster.machines import at_most, environment, machines
from tests.conftest import ROOT
from tests.proofs import CLUSTER, needs

LINE = "P01: Aye, so we went down to the hall and there were twenty of us, all with cups of tea.\n"
FACTS = LookFacts(
    redact="1", python="3.12", rules="a", models="b", libraries={}, policy="c", tried="d"
)
LOOKED = LookReply(look=Look(mentions=(), kept=(), likely={}, modelled=True))


class Cluster:
    """A scheduler and its workers, by address; `facts` is what a worker says it is, if it does."""

    def __init__(self, *workers: str) -> None:
        self.scheduler = self
        self.workers = list(workers)
        self.facts: dict[str, LookFacts | None] = {}
        self.asked: list[str] = []
        self._seen = asyncio.Event()

    async def identity(self) -> dict[str, list[str]]:
        self._seen.set()
        return {"workers": list(self.workers)}

    async def is_seen(self) -> None:
        """Until the courier has looked again which workers there are, and knows."""
        for _ in range(3):
            self._seen.clear()
            await self._seen.wait()

    def submit(self, does: object, *given: Sealed, workers: list[str], **_: object) -> Answering:
        return Answering(self, workers[0], does, given)


class Answering:
    """A worker's answer, which never comes where it says nothing."""

    def __init__(
        self, cluster: Cluster, worker: str, does: object, given: tuple[Sealed, ...]
    ) -> None:
        self.cluster, self.worker, self.does, self.given = cluster, worker, does, given

    async def result(self) -> Habits | Sealed | None:
        if self.does is habits:
            return Habits(spills=False, nanny=True)
        if self.does is not ask_reader:
            return None
        self.cluster.asked.append(self.worker)
        if unpacked(QUESTION, self.given[0].line).asked is not None:
            return Sealed(packed(REPLY, LOOKED))
        facts = self.cluster.facts.get(self.worker, FACTS)
        if facts is None:
            await asyncio.Event().wait()
        return Sealed(packed(REPLY, LookReply(facts=facts)))

    def release(self) -> None:
        pass


@pytest.fixture
def told(
    safe_copy: Policy, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., list[Any]]:
    """What a courier says while `story` happens to its cluster, at most ten seconds."""
    monkeypatch.setattr(carrying, "WATCHING", 0.002)
    monkeypatch.setattr(carrying, "WITHOUT_WORKERS", 0.05)
    policy = detection_of(safe_copy)
    asked = LookAsked(make_transcript("D0001", LINE))
    errand = Errand("D0001", packed(QUESTION, LookQuestion(policy, asked)))

    async def carry(
        cluster: Cluster, story: Callable[[Callable[[], None]], Awaitable[None]], queued: bool
    ) -> None:
        one = Courier(cluster, Begin(policy, FACTS), scheme="tls", queued=queued)
        async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
            work = one.set_out(tasks)
            await story(lambda: one.send(errand))
            await work
            raise Over

    def tell(
        cluster: Cluster,
        story: Callable[[Callable[[], None]], Awaitable[None]],
        *,
        queued: bool = False,
    ) -> list[Any]:
        with pytest.raises(ExceptionGroup):
            asyncio.run(carry(cluster, story, queued))
        said = capsysbinary.readouterr().out.splitlines()
        return [unpacked(FROM_COURIER, line) for line in said]

    return tell


class Over(Exception):
    """The story is told."""


def test_a_text_does_not_die_of_workers_that_went_while_they_had_nothing_to_do(
    told: Callable[..., list[Any]],
) -> None:
    cluster = Cluster(*(f"tls://192.0.2.{number}:1" for number in range(1, 5)))

    async def story(send: Callable[[], None]) -> None:
        while len(cluster.asked) < 4:
            await cluster.is_seen()
        del cluster.workers[:3]
        await cluster.is_seen()
        send()
        while len(cluster.asked) < 5:
            await cluster.is_seen()
        await cluster.is_seen()

    ready, passed = told(cluster, story)
    assert ready == Ready(4)
    assert isinstance(passed, PassedOn)
    assert cluster.asked[4:] == cluster.workers


def test_a_worker_that_goes_while_it_is_tried_is_not_waited_for(
    told: Callable[..., list[Any]],
) -> None:
    cluster = Cluster("tls://192.0.2.1:1")
    cluster.facts["tls://192.0.2.1:1"] = None

    async def story(send: Callable[[], None]) -> None:
        send()
        while not cluster.asked:
            await cluster.is_seen()
        cluster.workers[:] = ["tls://192.0.2.2:1"]
        while len(cluster.asked) < 3:
            await cluster.is_seen()
        await cluster.is_seen()

    ready, passed = told(cluster, story)
    assert ready == Ready(1)
    assert isinstance(passed, PassedOn)


@pytest.mark.parametrize("queued", [False, True])
def test_workers_that_may_not_look_are_no_reason_to_wait(
    told: Callable[..., list[Any]], queued: bool
) -> None:
    cluster = Cluster("tls://192.0.2.1:1")
    cluster.facts["tls://192.0.2.2:1"] = replace(FACTS, redact="2")

    async def story(_: object) -> None:
        while not cluster.asked:
            await cluster.is_seen()
        cluster.workers[:] = ["tls://192.0.2.2:1"]
        await asyncio.Event().wait()

    ready, unfit = told(cluster, story, queued=queued)
    assert ready == Ready(1)
    assert isinstance(unfit, Unfit)
    assert unfit.worker == "tls://192.0.2.2:1"


def test_under_another_policy_nothing_of_the_first_goes_on(
    safe_copy: Policy, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A text that the first still had is not looked at, and one watches the workers, not two."""
    monkeypatch.setattr(carrying, "WATCHING", 0.002)
    policy = detection_of(safe_copy)
    asked = LookAsked(make_transcript("D0001", LINE))
    line = packed(QUESTION, LookQuestion(policy, asked))
    cluster = Cluster("tls://192.0.2.1:1")
    cluster.facts["tls://192.0.2.1:1"] = None  # it is tried for ever

    async def carry() -> None:
        async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
            before = len(asyncio.all_tasks())
            first = Courier(cluster, Begin(policy, FACTS), scheme="tls", queued=False)
            first.set_out(tasks)
            first.send(Errand("D0001", line))
            while not cluster.asked:
                await cluster.is_seen()
            await first.leave_off()
            assert len(asyncio.all_tasks()) == before
            cluster.facts.clear()
            second = Courier(cluster, Begin(policy, FACTS), scheme="tls", queued=False)
            await second.set_out(tasks)
            second.send(Errand("D0002", line))
            while len(cluster.asked) < 3:
                await cluster.is_seen()
            await cluster.is_seen()
            await second.leave_off()
            assert len(asyncio.all_tasks()) == before

    asyncio.run(carry())
    said = capsysbinary.readouterr().out.splitlines()
    ready, passed = (unpacked(FROM_COURIER, one) for one in said)
    assert ready == Ready(1)
    assert isinstance(passed, PassedOn)
    assert passed.transcript == "D0002"


@needs(CLUSTER)
@pytest.mark.model
def test_neither_side_waits_for_the_other_for_ever(
    tmp_path: Path, safe_copy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redact.cluster.fleet import DaskCluster

    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    for path in environment()["PYTHONPATH"].split(":"):
        monkeypatch.syspath_prepend(path)
    policy, talk = detection_of(safe_copy), make_transcript("canned", LINE * 8000)
    seen = look(policy, LookAsked(make_transcript("canned", LINE * 50)))
    long = replace(seen, likely=dict.fromkeys(range(20_000), 0.125))
    answers = tmp_path / "answers"
    replies = LookReply(facts=facts_here(policy)), LookReply(look=long)
    answers.write_bytes(b"".join(packed(REPLY, reply) for reply in replies))
    came: dict[str, Look] = {}
    with machines(tmp_path, workers=0) as made:
        carriers = [
            subprocess.Popen(
                [sys.executable, ROOT / "benchmarks" / "cluster.py", "--carry", made.file, answers],
                env=environment(),
                stdout=subprocess.PIPE,
            )
            for _ in range(3)
        ]
        try:
            for one in carriers:
                assert one.stdout is not None
                with at_most(60, one.kill):
                    assert one.stdout.readline() == b"ready\n"
            asked = tuple(LookAsked(replace(talk, id=f"D{number:04}")) for number in range(30))
            with (
                at_most(120, made.scheduler.kill),
                DaskCluster(read_settings(str(made.file))) as cluster,
            ):
                cluster.look_at(asked, safe_copy, came.__setitem__)
        finally:
            for one in carriers:
                one.kill()
                one.communicate()
    assert sorted(came) == [each.transcript.id for each in asked]
    assert all(len(each.likely) == 20_000 for each in came.values())
