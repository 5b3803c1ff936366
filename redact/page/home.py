"""The home of a study: the next thing to do, then every task with its status."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.audit.events import CustodyChanged, ReleaseGiven
from redact.audit.reading import read_log
from redact.errors import RedactError
from redact.governance.incident import incidents
from redact.governance.register import DUE, register
from redact.key.custodians import custodians
from redact.page.counts import progress_of
from redact.page.making import trouble_of
from redact.page.pages import Pages
from redact.page.room import Room
from redact.page.show import ShownStudy
from redact.page.tasks import RoadCounts, next_of, tasks_of
from redact.release.findings import Gate
from redact.release.open_forms import Waiting
from redact.study.description import QUESTIONS, missing, read_description
from redact.study.state import read_state


class HomePage:
    """All tasks of an open study."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room = pages, pages.room

    def show(self, _: Request) -> Response:
        study, trouble, waits = self.room.study(), None, None
        seen = counts_of(self.room, study)
        try:
            waits = self.room.waits_soon()
        except RedactError as error:  # the tasks are there all the same
            trouble = trouble_of(error)
        seen = replace(with_gates(seen, waits), is_asked=bool(waits or trouble))
        return self.pages.show(
            "tasks.html",
            (),
            study=study,
            steps=[(step, list(some)) for step, some in groupby(tasks_of(seen), lambda t: t.step)],
            next_step=next_of(seen),
            seen=seen,
            trouble=trouble,
            folder=self.room.desk.study.root,
            policy=self.room.desk.policy,
        )

    def moved(self, _: Request) -> Response:
        """From the screen that told how far it was."""
        return RedirectResponse(f"{self.pages.door.root}/tasks", 303)


def with_gates(seen: RoadCounts, waits: Waiting | None) -> RoadCounts:
    """The same with what the gates say, where they could be asked."""
    if waits is None:
        return seen
    return replace(
        seen,
        open_words=len(waits.forms),
        others=tuple(str(one.gate) for one in waits.others),
        counts_refused=any(one.gate == Gate.SMALL_COUNTS for one in waits.others),
    )


def counts_of(room: Room, study: ShownStudy) -> RoadCounts:
    """How far an open study is by its records."""
    desk, rows = room.desk, progress_of(study)
    unread = [row for row in rows if not row.settled]
    texts = {one.id: len(one.text.split()) for one in study.transcripts}
    entries = read_log(desk.study.audit)
    held = register(entries, datetime.now(UTC).date())
    wanted = tuple(one.field for one in QUESTIONS)
    drilled = [
        entry.time[:10]
        for entry in entries
        if isinstance(entry.event, CustodyChanged) and entry.event.change.startswith("drilled")
    ]
    return RoadCounts(
        transcripts=len(rows),
        words_to_read=sum(texts.get(row.doc, 0) for row in unread),
        questions=len(room.questions()),
        unsure=sum(row.doubtful for row in rows),
        unread=len(unread),
        open_words=0,
        others=(),
        counts_refused=False,
        described=len(wanted) - len(missing(read_description(desk.study), wanted)),
        to_describe=len(wanted),
        asks_reading=desk.policy.release.review == "required",
        is_second_read=study.seconded,
        releases=len(read_state(desk.study).releases),
        given=sum(isinstance(entry.event, ReleaseGiven) for entry in entries),
        custodians=len(custodians(desk.study)),
        drilled=drilled[-1] if drilled else "",
        due=sum(one.state in DUE for one in held),
        incidents=sum(one.is_open for one in incidents(entries)),
        first_unread=unread[0].doc if unread else "",
    )
