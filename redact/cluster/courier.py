"""The process that speaks to the cluster, beside the one that has the key.

It is given one text after another on standard input and hands each to a worker that is free, one at
a time, over a connection to the scheduler alone. What a worker says it is is compared with this
machine; its looks are passed on unread, and checked by the process that began this one. A worker
that dies costs its text again; a text with which three died is named.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from redact.cluster.messages import (
    FROM_COURIER,
    QUESTION,
    REPLY,
    TO_COURIER,
    Begin,
    Connect,
    Connected,
    LookQuestion,
    LookReply,
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
from redact.cluster.sameness import LookFacts, differences
from redact.cluster.settings import Address, ClusterSettings, security_of
from redact.cluster.worker import Habits, Sealed, ask_reader, end_reader, habits
from redact.offline import Refused, refuse_network_but

TRIES = 3
CONNECTING = 10.0  # seconds
WATCHING = 0.5
WITHOUT_WORKERS = 120.0  # that are fit; a queue without any worker may take its time
_NO_REDACT = (
    "redact of this build cannot be used there ({}): install redact[cluster] on every machine of "
    "the cluster, scheduler too"
)


class _SchedulerLost(Exception):
    """It answered before, and does not any more."""


class _WorkersLost(Exception):
    """For some time there was no worker."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A text that is to be looked at, and with how many workers it died."""

    transcript: str
    line: bytes = field(repr=False)
    died: int = 0


def tell(message: Any) -> None:
    """Says it to the process that began this one."""
    sys.stdout.buffer.write(packed(FROM_COURIER, message))
    sys.stdout.buffer.flush()


class Courier:
    """Hands texts to the workers of one scheduler."""

    def __init__(self, client: Any, begin: Begin, *, scheme: str, queued: bool) -> None:
        self._client, self._begin, self._scheme = client, begin, scheme
        self._patience = float("inf") if queued else WITHOUT_WORKERS
        self._waiting: asyncio.Queue[Errand] = asyncio.Queue()
        self._gone: dict[str, asyncio.Event] = {}
        self._trying: set[str] = set()
        self._fit: set[str] = set()
        self._first_tried = asyncio.Event()
        self._begun: set[asyncio.Task[None]] = set()

    def set_out(self, tasks: asyncio.TaskGroup) -> asyncio.Task[None]:
        """Finds the workers, tries each, and gives them texts until it leaves off.

        What is given back has ended once the first of them were tried.
        """
        return self._go(tasks, self._work(tasks))

    async def leave_off(self) -> None:
        """Nothing that it began goes on; texts that it still had are not looked at."""
        for task in self._begun:
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)

    def _go(self, tasks: asyncio.TaskGroup, does: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = tasks.create_task(does)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)
        return task

    async def _work(self, tasks: asyncio.TaskGroup) -> None:
        first = await self._workers()
        self._gone = {worker: asyncio.Event() for worker in first}
        self._trying = set(first)
        there = dict(self._gone)
        watching = self._go(tasks, self._watch(tasks))
        unfit = await asyncio.gather(*(self._why_unfit(worker) for worker in first))
        for worker, why in zip(first, unfit, strict=True):
            if why:
                watching.cancel()
                tell(Unfit(worker, why))
                return
        left = {worker: gone for worker, gone in there.items() if not gone.is_set()}
        self._fit = set(left)
        self._trying -= self._fit
        if left:
            tell(Ready(len(left)))
        for worker, gone in left.items():
            self._go(tasks, self._serve(worker, gone))
        self._first_tried.set()

    def send(self, errand: Errand) -> None:
        self._waiting.put_nowait(errand)

    async def end(self) -> None:
        """Every reader is ended, as far as its worker answers."""
        workers = list(self._fit)
        futures = [self._submit(worker, end_reader) for worker in workers]
        if futures:
            await asyncio.wait([asyncio.ensure_future(one.result()) for one in futures], timeout=5)

    async def _workers(self) -> list[str]:
        """Those that are there, once there is one."""
        waited = 0.0
        while not (seen := await self._seen()):
            if waited > self._patience:
                raise _WorkersLost
            await asyncio.sleep(WATCHING)
            waited += WATCHING
        return seen

    async def _seen(self) -> list[str]:
        try:
            said = await asyncio.wait_for(self._client.scheduler.identity(), CONNECTING)
        except (OSError, TimeoutError):
            raise _SchedulerLost from None
        return list(said["workers"])

    async def _watch(self, tasks: asyncio.TaskGroup) -> None:
        """Notes which workers went and which came."""
        alone = 0.0
        while alone <= self._patience:
            await asyncio.sleep(WATCHING)
            seen = set(await self._seen())
            for worker in self._gone.keys() - seen:
                self._gone.pop(worker).set()
                self._trying.discard(worker)
                self._fit.discard(worker)
            for worker in seen - self._gone.keys():
                self._gone[worker] = gone = asyncio.Event()
                self._trying.add(worker)
                self._go(tasks, self._welcome(worker, gone))
            alone = 0.0 if self._fit or self._trying else alone + WATCHING
            if self._gone and alone > WITHOUT_WORKERS:
                break  # a queue gave workers, and none of them may look
        raise _WorkersLost

    async def _welcome(self, worker: str, gone: asyncio.Event) -> None:
        """Takes on a worker that came later, if it would give our answer."""
        await self._first_tried.wait()
        why = await self._why_unfit(worker)
        if gone.is_set():
            return
        self._trying.discard(worker)
        if why:
            tell(Unfit(worker, why))
        else:
            self._fit.add(worker)
            tell(Ready(len(self._fit)))
            await self._serve(worker, gone)

    async def _why_unfit(self, worker: str) -> tuple[str, ...]:
        """What is wrong with it; nothing of one that is fit or gone."""
        if not worker.startswith(f"{self._scheme}://"):
            return ("it speaks to others without TLS",)
        kept = await self._result(worker, habits)
        if kept is None:
            return ()
        if isinstance(kept, BaseException):
            return (_NO_REDACT.format(type(kept).__name__),)
        if isinstance(kept, Habits) and kept.spills:
            return (
                "it may write what it is given to its disk: start it with `python -m "
                "redact.cluster worker`, or set distributed.worker.memory.target and .spill to "
                "False",
            )
        asked = Sealed(packed(QUESTION, LookQuestion(self._begin.policy)))
        answer = await self._result(worker, ask_reader, asked)
        if answer is None:
            return ()
        if not isinstance(answer, Sealed) or not answer.line:
            return (_NO_REDACT.format("its reader does not start"),)
        try:
            return self._differs(unpacked(REPLY, answer.line))
        except ValueError:
            return ("it does not say what it is",)

    def _differs(self, reply: LookReply) -> tuple[str, ...]:
        if not isinstance(reply.facts, LookFacts):
            return (reply.failed or "it does not say what it is",)
        return differences(self._begin.here, reply.facts)

    async def _serve(self, worker: str, gone: asyncio.Event) -> None:
        """Gives this worker one text after another until it is gone."""
        while not gone.is_set():
            errand = await self._waiting.get()
            if gone.is_set():  # while it had nothing to do
                self.send(errand)
                return
            answer = await self._result(worker, ask_reader, Sealed(errand.line))
            if isinstance(answer, Sealed) and answer.line:
                tell(PassedOn(errand.transcript, answer.line.decode("ascii")))
                continue
            again = replace(errand, died=errand.died + 1)
            if again.died >= TRIES:
                tell(Poison(again.transcript, again.died))
            else:
                self.send(again)

    async def _result(self, worker: str, does: Any, *given: Any) -> Any:
        """What the worker gives; None if it is gone, an error if Dask itself had one."""
        gone = self._gone.get(worker)
        if gone is None:
            return None
        future = self._submit(worker, does, *given)
        result = asyncio.ensure_future(future.result())
        left = asyncio.ensure_future(gone.wait())
        try:
            await asyncio.wait({result, left}, return_when=asyncio.FIRST_COMPLETED)
            if not result.done():
                return None
            if not result.cancelled() and result.exception() is None:
                return result.result()
            await self._seen()  # raises if it is the scheduler that is gone
            return None if result.cancelled() else result.exception()
        finally:
            for one in (result, left):
                one.cancel()
            await asyncio.gather(result, left, return_exceptions=True)
            future.release()

    def _submit(self, worker: str, does: Any, *given: Any) -> Any:
        return self._client.submit(
            does,
            *given,
            workers=[worker],
            allow_other_workers=False,
            pure=False,
            retries=0,
            key=f"look-{uuid.uuid4().hex}",
        )


async def _messages() -> AsyncIterator[Any]:
    """What the process that began this one says, until it ends."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[bytes]()

    # In a thread, which reads even while `tell` waits for the other side: else both might wait.
    def read() -> None:
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as said:
            for line in said:
                loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, b"")

    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield unpacked(TO_COURIER, line)


@asynccontextmanager
async def _connected(settings: ClusterSettings) -> AsyncIterator[Any]:
    """A client of the scheduler: of the one that runs, or of one begun here for Slurm's jobs."""
    from distributed import Client

    security = security_of(settings.certificates)
    if settings.slurm is not None and settings.certificates is not None:
        from redact.cluster.slurm import queued

        async with (
            queued(settings.slurm, settings.certificates, security) as cluster,
            Client(cluster, asynchronous=True, security=security) as client,
        ):
            yield client
        return
    assert settings.address is not None
    scheme, port = settings.address.scheme, settings.address.port
    number = refuse_network_but(settings.address.host, port)
    async with Client(
        str(Address(scheme, number, port)),
        asynchronous=True,
        security=security if scheme == "tls" else None,
        timeout=CONNECTING,
        direct_to_workers=False,
        set_as_default=False,
    ) as client:
        yield client


async def _run() -> None:
    messages = _messages()
    connect = await anext(messages)
    assert isinstance(connect, Connect)
    try:
        async with _connected(connect.settings) as client:
            tell(Connected())
            await _carry(client, connect.settings, messages)
    except (OSError, Refused) as error:
        tell(Unreached(type(error).__name__ + (": certificate" if _is_of_tls(error) else "")))


async def _carry(client: Any, settings: ClusterSettings, messages: AsyncIterator[Any]) -> None:
    courier: Courier | None = None
    scheme = settings.address.scheme if settings.address else "tls"
    try:
        async with asyncio.TaskGroup() as tasks:
            async for message in messages:
                if isinstance(message, Begin):
                    if courier is not None:  # another policy: whom the first found are asked anew
                        await courier.leave_off()
                    courier = Courier(
                        client, message, scheme=scheme, queued=settings.slurm is not None
                    )
                    courier.set_out(tasks)
                elif isinstance(message, Send) and courier is not None:
                    courier.send(Errand(message.transcript, message.question.encode("ascii")))
            raise _Over
    except* _Over:
        if courier is not None:
            await courier.end()
    except* _SchedulerLost:
        tell(Lost("scheduler"))
        os._exit(1)  # Dask would try for long to reach it
    except* _WorkersLost:
        tell(Lost("workers"))


class _Over(Exception):
    """The process that began this one has ended, or wants no more."""


def _is_of_tls(error: BaseException | None) -> bool:
    """Whether what went wrong is about certificates, as far down as its causes go."""
    while error is not None:
        if isinstance(error, ssl.SSLError) or "SSLError" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def main() -> None:
    """Carries texts until standard input ends."""
    asyncio.run(_run())


if __name__ == "__main__":
    main()
