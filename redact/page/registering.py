"""The register of releases: what was made, who has it on which terms, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.audit.reading import read_log
from redact.errors import RedactError, StudyChanged, UsageError
from redact.governance.giving import against_giving, give_out
from redact.governance.register import DUE, Holding, State, as_csv, register
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of
from redact.page.plain import field_in_words
from redact.page.telling import OR_THE_TEAM
from redact.study.given import End, Terms, end

TOLD: dict[State, str] = {
    "made": "Given to nobody",
    "given": "They have it",
    "superseded": "They have a newer one",
    "overdue": "Overdue: it should be back",
    "to call back": "Call it back: somebody withdrew, or agrees to less now",
    "returned": "Given back",
    "destroyed": "Destroyed",
}
_TAGS: dict[State, str] = {
    "made": "wait",
    "given": "going",
    "superseded": "look",
    "overdue": "stop",
    "to call back": "stop",
    "returned": "done",
    "destroyed": "done",
}
_ENDS: tuple[End, ...] = ("returned", "destroyed")
_TERMS = ("purpose", "agreement", "access", "until")


class RegisterPage:
    """The register as the log has it; what is recorded goes into the log and is read from there."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root

    def show(self, request: Request) -> Response:
        return self._show({}, None, request.query_params.get("done", ""))

    def to_register(self, _: Request) -> Response:
        """An address of an earlier page."""
        return RedirectResponse(f"{self.root}/register", 303)

    def table(self, _: Request) -> Response:
        """The register as a file for a spreadsheet: a row a holder."""
        headers = {"Content-Disposition": 'attachment; filename="register.csv"'}
        return Response(as_csv(self.held()), media_type="text/csv; charset=utf-8", headers=headers)

    def held(self) -> tuple[Holding, ...]:
        """Every release with everybody who has or had it."""
        return register(read_log(self.room.desk.study.audit), datetime.now(UTC).date())

    def _show(self, typed: dict[str, str], trouble: Trouble | None, done: str = "") -> Response:
        held, entries = self.held(), read_log(self.room.desk.study.audit)
        releases = [(name, list(some)) for name, some in groupby(held, lambda one: one.release)]
        return self.pages.show(
            "register.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            folder=self.room.desk.study.root.name,
            releases=list(reversed(releases)),
            due=[one for one in held if one.state in DUE],
            told=TOLD,
            tags=_TAGS,
            access=OR_THE_TEAM,
            against={name: why for name, _ in releases if (why := against_giving(entries, name))},
            is_about_access=trouble is not None and trouble.where == field_in_words("--access"),
            today=datetime.now(UTC).date().isoformat(),
            typed=typed,
            done=_DONE.get(done, ""),
            trouble=trouble,
        )

    async def give(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._give, form)

    def _give(self, form: FormData) -> Response:
        said = {
            name: text_of(form, name).strip() for name in ("name", "to", "on", "anyway", *_TERMS)
        }
        terms = Terms(**{name: said[name] for name in _TERMS})
        try:
            if terms.access not in ("", *OR_THE_TEAM):
                raise UsageError(
                    "there is no such access", where="access", remedy="Choose one of the list."
                )
            self.room.opened.write(
                lambda: give_out(
                    self.room.desk, said["name"], said["to"], said["on"], terms, said["anyway"]
                ),
                True,
            )
        except RedactError as error:
            return self._show(said, trouble_of(error))
        return RedirectResponse(f"{self.root}/register?done=given", 303)

    async def end(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._end, form)

    def _end(self, form: FormData) -> Response:
        name, to, on = (text_of(form, field).strip() for field in ("name", "to", "day"))
        how = next((one for one in _ENDS if one == text_of(form, "do")), None)
        try:
            self._require_as_shown(name, to, text_of(form, "since"))
            if how is None:
                raise UsageError(
                    "nothing was chosen", where=name, remedy="Press one of the two buttons."
                )
            self.room.opened.write(lambda: end(self.room.desk, name, to, how, on), True)
        except RedactError as error:
            return self._show({"day": on}, trouble_of(error))
        return RedirectResponse(f"{self.root}/register?done={how}", 303)

    def _require_as_shown(self, name: str, to: str, since: str) -> None:
        """Raises StudyChanged unless they have it still, since the day that was shown."""
        shown = [one for one in self.held() if (one.release, one.to) == (name, to)]
        if not any(one.given == since and not one.ended for one in shown):
            raise StudyChanged(
                "the register says something else of this by now",
                where=name,
                remedy="It stands below as it is now. Nothing was recorded.",
            )


_DONE = {
    "given": "Recorded: they have it.",
    "returned": "Recorded: it was given back.",
    "destroyed": "Recorded: they destroyed it.",
}
