"""A study that is being made, or goes on, while the page shows how far it is.

The work is done by a process of its own, as `redact run` does it: the page stays quick, and what
becomes of that process is what becomes of a command that is killed. The study goes on from there.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

from redact.chain import FOUND
from redact.custody.keyfile import Opener
from redact.errors import RedactError, Refusal, SourcesRefused
from redact.offline import refuse_network
from redact.page.plain import field_in_words
from redact.study.desk import Order

_UNTIL_ENDED = 20.0  # seconds for what is under way, before the process is killed


class MakingState(StrEnum):
    """What the work has come to."""

    WORKING = "working"
    STOPPED = "stopped"
    FAILED = "failed"
    MADE = "made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The study that is to be made, or goes on where there is no `order`; `opener` opens it.

    `passphrase` locks a new one.
    """

    root: Path
    opener: Opener = field(repr=False)
    order: Order | None = None
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class StageTold:
    """How far a stage is: so many of so many, or 0 of 0 where nobody knows."""

    stage: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a study could not be made: what, where and the remedy; of files each by itself."""

    what: str
    where: str = field(default="", repr=False)
    remedy: str = ""
    refusals: tuple[Refusal, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HowFar:
    """The work as it stands; `found` are the places where something was found until now."""

    state: MakingState = MakingState.WORKING
    stage: str = "start"
    done: int = 0
    of: int = 0
    found: int = 0
    trouble: Trouble | None = None


class StoppedByPerson(Exception):
    """Somebody pressed Stop: what is done is kept."""


class Making:
    """The process that makes the study, and the thread that hears from it."""

    def __init__(self, wanted: Wanted, made: Callable[[], None]) -> None:
        """`made` is called once the study is there, before anybody is told so."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe, self._made, self._wanted = ours, made, wanted
        self._process = context.Process(target=make_study, args=(wanted, theirs))
        self.now = HowFar()
        self._process.start()
        theirs.close()
        self._thread = threading.Thread(target=self._listen, name="making", daemon=True)
        self._thread.start()

    @property
    def is_working(self) -> bool:
        return self.now.state is MakingState.WORKING

    def again(self) -> Making:
        """The same once more: it goes on from what is kept."""
        return Making(self._wanted, self._made)

    def stop(self) -> None:
        """Ends the work when the transcript that is being read is read."""
        with suppress(OSError):
            self._pipe.send("stop")

    def close(self) -> None:
        """Ends it before the page goes: a process that does not end by itself is killed."""
        self.stop()
        self._process.join(_UNTIL_ENDED)
        if self._process.is_alive():
            self._process.kill()
        self._thread.join(_UNTIL_ENDED)

    def _listen(self) -> None:
        ended = HowFar(
            state=MakingState.STOPPED, trouble=Trouble(what="the program that made it was ended")
        )
        with suppress(EOFError, OSError):
            while True:
                said = self._pipe.recv()
                if isinstance(said, HowFar):
                    ended = said
                elif said.stage == FOUND:
                    self.now = replace(self.now, found=said.done)
                else:
                    self.now = replace(self.now, stage=said.stage, done=said.done, of=said.of)
        self._process.join()
        if ended.state is MakingState.MADE:
            ended = self._opened(ended)
        self.now = replace(ended, stage=self.now.stage, found=self.now.found)

    def _opened(self, ended: HowFar) -> HowFar:
        self.now = replace(self.now, stage="open", done=0, of=0)
        try:
            self._made()
        except Exception as error:  # noqa: BLE001 its message may hold a transcript's words
            return HowFar(state=MakingState.FAILED, trouble=trouble_of(error))
        return ended


def trouble_of(error: BaseException) -> Trouble:
    """What a person is told of an error; of one that nobody foresaw its kind and place alone."""
    if isinstance(error, RedactError):
        refusals = error.refusals if isinstance(error, SourcesRefused) else ()
        return Trouble(
            what=error.what,
            where=field_in_words(error.where),
            remedy=error.remedy,
            refusals=refusals,
        )
    if isinstance(error, OSError):
        return Trouble(
            what=f"the system refused a file ({error.strerror or type(error).__name__})",
            where=str(error.filename or ""),
            remedy="Check the disk and go on.",
        )
    return Trouble(
        what=f"an error inside redact ({type(error).__name__})",
        remedy="Nothing half-written was left. Go on; if it comes again, please report it.",
    )


def make_study(wanted: Wanted, pipe: Connection) -> None:
    """The work itself, in a process of its own; what happens is said through the pipe."""
    os.umask(0o077)
    refuse_network()

    def told(stage: str, done: int, of: int) -> None:
        if pipe.poll():
            raise StoppedByPerson
        pipe.send(StageTold(stage, done, of))

    with suppress(OSError):  # the page is gone, and so is whoever wants to know
        try:
            _make(wanted, told)
        except (StoppedByPerson, KeyboardInterrupt):
            pipe.send(HowFar(state=MakingState.STOPPED))
        except Exception as error:  # noqa: BLE001 as above
            pipe.send(HowFar(state=MakingState.FAILED, trouble=trouble_of(error)))
        else:
            pipe.send(HowFar(state=MakingState.MADE))


def _make(wanted: Wanted, told: Callable[[str, int, int], None]) -> None:
    from redact.custody.keyfile import passphrase_recipient
    from redact.pipeline import run_all
    from redact.study.create import create_study
    from redact.study.desk import open_desk
    from redact.study.folder import Study
    from redact.study.hold import hold

    study = Study(wanted.root)
    told("start", 0, 0)
    if wanted.order is not None and not study.exists():
        recipient = passphrase_recipient(wanted.passphrase)
        create_study(wanted.root, wanted.order, (("steward", recipient),))
    with hold(study):
        run_all(open_desk(study, wanted.opener), progress=told)
