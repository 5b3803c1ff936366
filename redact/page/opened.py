"""The study that a page is open on: opened anew when it changed, written by one at a time."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from redact.disk import files_in
from redact.errors import Busy, StudyChanged
from redact.study.desk import WITHDRAWAL, Desk

Stamp = tuple[int, int]  # of a file: when it was written, and its size
_Done = TypeVar("_Done")
WAITS, WAIT = 40, 0.05  # for another command's lock, in seconds


@dataclass(slots=True, kw_only=True)
class OpenedStudy:
    """The desk, what was read at it, and the lock of whoever changes either.

    `reopen` opens the study anew.
    """

    desk: Desk
    reopen: Callable[[], Desk] = field(repr=False)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    seen: tuple[tuple[str, Stamp], ...] = ()  # the files that say what was opened
    _read_files: dict[str, tuple[Stamp, Any]] = field(default_factory=dict, repr=False)

    is_as_it_was: bool = False  # while a thread of ours makes it anew under the study's lock

    def __post_init__(self) -> None:
        self.seen = self.stamps()

    def write(self, change: Callable[[], _Done], follows_from_records: bool = False) -> _Done:
        """Does it; once more if the study changed, but not what the reviewer saw of it.

        What follows from records alone is done once more whatever changed.
        """
        is_new = False
        with self.lock:
            waits = 0
            while True:
                try:
                    return change()
                except StudyChanged:
                    before = self.desk
                    self.look_again()
                    is_seen = follows_from_records or _says_the_same(before, self.desk)
                    if is_new or not is_seen:
                        raise
                    is_new = True
                except Busy:
                    waits += not self.is_as_it_was  # for a thread of ours as long as it takes
                    if waits == WAITS:
                        raise
                    time.sleep(WAIT)

    @contextlib.contextmanager
    def as_it_was(self) -> Iterator[None]:
        """Meanwhile everybody sees what was read before; whoever does this gives what is new."""
        self.is_as_it_was = True
        try:
            yield
        finally:
            self.is_as_it_was = False

    def refresh(self) -> None:
        """Looks again if another command sealed, rotated, withdrew …"""
        if not self.is_as_it_was and self.stamps() != self.seen:
            self.look_again()

    def look_again(self) -> None:
        """Looks at the study anew: what was decided and not applied stays so."""
        stamps = self.stamps()
        self.desk = self.reopen()
        self.seen = stamps

    def keep(self, desk: Desk) -> None:
        """The desk after a change of ours."""
        self.desk, self.seen = desk, self.stamps()

    def stamps(self) -> tuple[tuple[str, Stamp], ...]:
        """Changes with every key, packet, policy or withdrawal."""
        study = self.desk.study
        paths = (
            *files_in(study.linkage, "*"),
            *files_in(study.custody, "*"),
            study.policy,
            study.root / WITHDRAWAL,
        )
        return tuple((path.name, stamp_of(path)) for path in paths if path.name[0] != ".")

    def kept(self, path: Path, read: Callable[[Path], _Done]) -> _Done:
        """What is in a file; read when it changed."""
        kept = self._read_files.get(path.name)
        if kept is None or not (self.is_as_it_was or kept[0] == stamp_of(path)):
            return self.read_again(path, read)
        done: _Done = kept[1]
        return done

    def read_again(self, path: Path, read: Callable[[Path], _Done]) -> _Done:
        """What is in a file now."""
        stamp = stamp_of(path)
        done = read(path)
        self._read_files[path.name] = (stamp, done)
        return done


def _says_the_same(one: Desk, other: Desk) -> bool:
    """Whether what a reviewer saw at one desk is what they would see at the other."""
    return one.policy_data == other.policy_data and (
        (one.key.documents, one.key.entries, one.key.replacements)
        == (other.key.documents, other.key.entries, other.key.replacements)
    )


def stamp_of(path: Path) -> Stamp:
    try:
        info = path.stat()
    except OSError:
        return (0, 0)
    return (info.st_mtime_ns, info.st_size)
