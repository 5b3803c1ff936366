"""When a name is found after a release: found again, hidden, those who have it told, closed.

The words come in a form's body and go with it: no address, title, log, memory of the page or field
that is shown again has them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.audit.reading import read_log
from redact.core import LABELS
from redact.errors import RedactError, UsageError
from redact.governance.incident import (
    Incident,
    holders,
    incident_of,
    incidents,
    is_told,
    left_to_do,
)
from redact.governance.notices import notices
from redact.governance.register import Holding, register
from redact.governance.reported import Reported, close, open_incident, take_back, tell
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of


class IncidentPages:
    """The list of incidents with the form that opens one, and a page for each."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root
        self._reported: dict[str, Reported] = {}  # in which files: the log has the releases only

    def all(self, _: Request) -> Response:
        return self._all("", None)

    def _all(self, label: str, trouble: Trouble | None) -> Response:
        held, found = self._held(), incidents(read_log(self.room.desk.study.audit))
        return self.pages.show(
            "incidents.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            found=[(one, len(left_to_do(one, held, ""))) for one in reversed(found)],
            label=label,
            has_release=bool(held),
            trouble=trouble,
        )

    async def open(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._open, form)

    def _open(self, form: FormData) -> Response:
        label = next((one for one in LABELS if one == text_of(form, "label")), None)
        words = text_of(form, "what")
        try:
            if label is None:
                raise UsageError(
                    "say what kind of name it is", where="what it is", remedy="Choose one."
                )
            kind = label
            done = self.room.recorded(
                lambda: open_incident(self.room.desk, kind, words, self.room.by)
            )
        except RedactError as error:
            return self._all(label or "", trouble_of(error))
        self._reported[done.incident.number] = done
        return RedirectResponse(f"{self.root}/incident/{done.incident.number}", 303)

    def one(self, request: Request) -> Response:
        number = request.path_params["number"]
        return self._one(self._of(number), {}, None, request.query_params.get("done", ""))

    def _one(
        self, found: Incident, typed: dict[str, str], trouble: Trouble | None, done: str = ""
    ) -> Response:
        held = self._held()
        affected = holders(found, held)
        reported = self._reported.get(found.number)
        return self.pages.show(
            "incident.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            found=found,
            files=reported.files if reported else (),
            affected=[(one, is_told(found, one)) for one in affected],
            notices=notices(read_log(self.room.desk.study.audit), found, _today()),
            is_over=found.is_open and not left_to_do(found, held, ""),
            opened_on=found.opened[:10],
            today=_today().isoformat(),
            typed=typed,
            done=_DONE.get(done, ""),
            trouble=trouble,
        )

    async def do(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._do, request.path_params["number"], form)

    def _do(self, number: str, form: FormData) -> Response:
        found, do = self._of(number), text_of(form, "do")
        typed = {name: text_of(form, name).strip() for name in ("to", "on")}
        try:
            if do == "told":
                self.room.opened.write(
                    lambda: tell(self.room.desk, number, typed["to"], typed["on"], _today())
                )
            elif do == "close":
                self._close(found, text_of(form, "what"))
            elif do == "take back":
                by, reason = self.room.by, text_of(form, "reason")
                self.room.opened.write(lambda: take_back(self.room.desk, number, by, reason))
            else:
                raise UsageError("this cannot be done", where=number, remedy="Load the page again.")
        except RedactError as error:
            return self._one(self._of(number), typed, trouble_of(error))
        return RedirectResponse(f"{self.root}/incident/{found.number}?done={quote(do)}", 303)

    def _close(self, found: Incident, words: str) -> None:
        """Closes it; where the words still stand, the remedy is that of a page."""
        by = self.room.by
        try:
            self.room.opened.write(lambda: close(self.room.desk, found.number, words, by, _today()))
        except UsageError as error:
            if error.where == found.number or not found.corrected:
                raise
            raise UsageError(
                error.what,
                where=error.where,
                remedy="Hide them in that interview, or take them out of the description or the "
                "paper that has them; then make another release.",
            ) from None

    def text(self, request: Request) -> Response:
        """The notice for one who has it, as a file to send; it does not say what was found."""
        found = self._of(request.path_params["number"])
        known = notices(read_log(self.room.desk.study.audit), found, _today())
        which = request.query_params.get("for", "1")
        at = int(which) if which.isdecimal() else 0
        if not 1 <= at <= len(known):
            raise UsageError(
                "nobody is to be sent this notice",
                where=found.number,
                remedy="Load the page again.",
            )
        file = f"notice-{found.number}-{at:02d}.txt"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        text = known[at - 1].text
        return Response(text, media_type="text/plain; charset=utf-8", headers=headers)

    def _of(self, number: str) -> Incident:
        return incident_of(read_log(self.room.desk.study.audit), number)

    def _held(self) -> tuple[Holding, ...]:
        return register(read_log(self.room.desk.study.audit), _today())


def _today() -> date:
    return datetime.now(UTC).date()


_DONE = {
    "told": "Recorded: they were told.",
    "close": "Closed. The log has each step.",
    "take back": "Taken back. The log has who did, and why.",
}
