"""What the page is open on: nothing yet, a study that is being made, or an open study.

The door and the address stay the same all the way; behind it the pages change once a study is open.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from redact.custody.keyfile import Opener
from redact.errors import UsageError
from redact.key.looks import approved
from redact.page.app import pages_of
from redact.page.beginning import Beginning, who_sits_here
from redact.page.guard import Door
from redact.page.making import Making, Wanted
from redact.page.opened import OpenedStudy
from redact.page.room import Room
from redact.review.second_reading import second_share
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from redact.study.state import STAGES, is_current, read_state


class House:
    """The pages that are there now, and the way from one to the next."""

    def __init__(self, door: Door, by: str = "") -> None:
        self.door, self.by = door, by
        self.beginning = Beginning(by=by)
        self.making: Making | None = None
        self.room: Room | None = None
        self._inside: ASGIApp | None = None
        self._outside: ASGIApp | None = None

    def shows(self, pages: ASGIApp) -> None:
        """These pages are what is there from now on; the first are those without a study."""
        if self._outside is None:
            self._outside = pages
        self._inside = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._inside is not None
        await self._inside(scope, receive, send)

    def go_on(
        self, root: Path, opener: Opener, second: Opener | None, by: str, again: bool = False
    ) -> None:
        """Opens a study that is there; what it lacks is made first, and the page tells how far.

        With `again` only what they are to read a second time is shown, and nobody's decisions.
        Raises UsageError where somebody is missing, and whatever opening it raises.
        """
        self._require_nothing_under_way()
        by = who_sits_here(by)
        study = Study(root)
        study.require()
        names = approved(study, opener, second)
        desk = open_desk(study, opener)
        self.by = by
        if all(is_current(desk, read_state(study), stage) for stage in STAGES):
            self._enter(study, opener, names, desk, again)
            return
        if again:
            raise UsageError(
                "the first reader's study is not made yet",
                where=str(root),
                remedy="Let them open it first, until its interviews are shown.",
            )
        wanted = Wanted(root=root, opener=opener)
        self.making = Making(wanted, partial(self._enter, study, opener, names))
        self.door.home = "/progress"

    def make(self, typed: str) -> None:
        """Makes the study that was chosen; raises UsageError if the passphrase is typed wrongly."""
        self._require_nothing_under_way()
        wanted = self.beginning.wanted(typed)
        self.by = self.beginning.by
        study = Study(wanted.root)
        self.making = Making(wanted, partial(self._enter, study, wanted.opener, ("steward",)))
        self.door.home = "/progress"

    def again(self) -> None:
        """Goes on with what was stopped or failed."""
        self._require_nothing_under_way()
        if self.making is None:
            raise UsageError(
                "there is nothing to go on with", where="the study", remedy="Go back to Start."
            )
        self.making = self.making.again()

    @property
    def is_working(self) -> bool:
        return self.making is not None and self.making.is_working

    def close(self) -> None:
        """The page goes: what is under way is stopped, and what was looked at is in the log."""
        if self.making is not None:
            self.making.close()
        self.beginning.close()
        self._leave()

    def _require_nothing_under_way(self) -> None:
        if self.is_working or self.room is not None:
            raise UsageError(
                "a study is open or being made",
                where="this page",
                remedy="Close this page, and open another for another study.",
            )

    def _enter(
        self,
        study: Study,
        opener: Opener,
        names: tuple[str, ...],
        desk: Desk | None = None,
        again: bool = False,
    ) -> None:
        """From now on the pages are those of this study; that they are opened is in the log."""
        desk = open_desk(study, opener) if desk is None else desk
        room = Room(
            opened=OpenedStudy(desk=desk, reopen=lambda: open_desk(study, opener)),
            by=self.by,
            blind=second_share(desk, self.by).docs if again else frozenset(),
            approved_by=names,
        )
        room.open()
        room.saves_by_itself()
        self.room = room
        self.door.home = "/" if again else "/tasks"
        leave = partial(self._make_anew, study, opener, names)
        self.shows(pages_of(room, self.door, opener, leave))

    def _make_anew(self, study: Study, opener: Opener, names: tuple[str, ...]) -> None:
        """Leaves the open study; it is made with what was said, and opens again by itself."""
        assert self._outside is not None
        self._leave()
        wanted = Wanted(root=study.root, opener=opener)
        self.making = Making(wanted, partial(self._enter, study, opener, names))
        self.door.home = "/progress"
        self.shows(self._outside)

    def _leave(self) -> None:
        """What was looked at is in the log, and what is being saved is saved."""
        if self.room is not None:
            if self.room.saving is not None:
                self.room.saving.close()
            self.room.close()
            self.room = None
