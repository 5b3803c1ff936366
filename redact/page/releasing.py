"""Before you release, the release itself, and a participant who withdraws."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from redact.audit.reading import read_log
from redact.core.consent import allows
from redact.custody.keyfile import Opener
from redact.errors import GateRefused, RedactError, UsageError
from redact.governance.register import Holding, who_has
from redact.page.checks import open_checks, passed_checks, wanted_check
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of
from redact.page.two_people import two_may_pass
from redact.pipeline import run_stage
from redact.recording.listing import lists_made
from redact.release.make import ReleaseOutcome, release, wanted
from redact.release.open_forms import Waiting
from redact.release.profiles import PROFILES
from redact.study.approval import require_approved
from redact.study.consent import consents_of
from redact.study.description import QUESTIONS, read_description
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.state import read_state
from redact.study.withdraw import Withdrawal, withdraw

_ASKED = frozenset(one.ask for one in QUESTIONS)


class ReleasePages:
    """What is open, everything that goes out, and the button."""

    def __init__(self, pages: Pages, opener: Opener | None) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root
        self.opener = opener

    def before(self, request: Request) -> Response:
        profile = request.query_params.get("for", "plain")
        return self._before(profile if profile in PROFILES else "plain", None)

    def _before(self, profile: str, trouble: Trouble | None) -> Response:
        study, waits, not_approved = self.room.study(), None, ""
        status = 400 if trouble else 200
        try:
            waits = self.room.waits_soon()
        except RedactError as error:
            trouble = trouble or trouble_of(error)
        with self.room.opened.lock:
            desk = self.room.desk
            items = wanted(desk, profile) if profile != "plain" else ()
            try:
                require_approved(desk, read_description(desk.study).access or "team")
            except RedactError as error:
                not_approved = error.what
        missing = [one for one in items if one.must and not one.there]
        title = PROFILES[profile].title
        return self.pages.show(
            "before.html",
            (),
            status,
            study=study,
            is_asked=waits is not None or trouble is not None,
            checks=open_checks(waits) if waits else (),
            passed=passed_checks(waits) if waits else (),
            can_go=bool(waits and waits.is_over and not missing and not not_approved),
            goes=self._goes_out(waits),
            profiles=tuple(PROFILES.values()),
            profile=PROFILES[profile],
            items=items,
            missing=[wanted_check(one, title) for one in missing if one.what not in _ASKED],
            not_approved=not_approved,
            of_the_team=_agreed_to_the_team_alone(desk),
            two_may=bool(waits and two_may_pass(waits)),
            unanswered=sum(one.what in _ASKED for one in missing),
            made=tuple(read_state(self.room.desk.study).releases),
            folder=self.room.desk.study.releases,
            trouble=trouble,
        )

    def _goes_out(self, waits: Waiting | None) -> tuple[str, ...]:
        """The safe files under the names they go out with; nothing while something is open."""
        if waits is None or not waits.is_over:
            return ()
        left_out = {one.safe_name for one in waits.left_out}
        names = {one.safe_name for one in self.room.desk.key.documents}
        return tuple(sorted(names - left_out))

    async def make(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._make, text_of(form, "for"))

    def _make(self, profile: str) -> Response:
        chosen = profile if profile in PROFILES else "plain"

        def made() -> ReleaseOutcome:
            with hold(self.room.desk.study, self.room.desk.seen):
                self.room.opened.keep(run_stage(self.room.desk, "replace")[0])
                return release(self.room.desk, None, chosen)

        try:
            outcome = self.room.opened.write(made, follows_from_records=True)
        except GateRefused as error:
            below = "Nothing was released. What is open stands below, each with its way."
            return self._before(chosen, Trouble(what=error.what, remedy=below))
        except RedactError as error:
            return self._before(chosen, trouble_of(error))
        return self.pages.show(
            "released.html",
            (),
            study=self.room.study(),
            folder=str(outcome.folder),
            is_new=outcome.made,
            note=outcome.note,
        )

    def _held(self) -> tuple[Holding, ...]:
        """Who has which release now."""
        return who_has(read_log(self.room.desk.study.audit), datetime.now(UTC).date())

    def leaving(self, request: Request) -> Response:
        return self._leaving({}, None)

    def _leaving(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        study = self.room.study()
        return self.pages.show(
            "withdraw.html",
            (),
            400 if trouble else 200,
            study=study,
            people=[(study.safe_names[doc], name) for doc, name in study.names.items()],
            typed=typed,
            trouble=trouble,
        )

    async def leave(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._leave, form)

    def _leave(self, form: FormData) -> Response:
        said = {name: text_of(form, name) for name in ("who", "reason", "sure")}
        try:
            done, lists = self._withdrawn(said)
        except RedactError as error:
            return self._leaving(said, trouble_of(error))
        study = self.room.study()
        told: dict[str, Any] = {
            "done": done,
            "lists": lists,
            "has": [one for one in self._held() if one.release in done.releases],
        }
        return self.pages.show("withdrawn.html", (), study=study, **told)

    def _withdrawn(self, said: dict[str, str]) -> tuple[Withdrawal, int]:
        """Takes a participant out; UsageError unless somebody said that they know what it does."""
        if self.opener is None or not said["sure"]:
            raise UsageError(
                "this cannot be undone",
                where="take a participant out",
                remedy="Say that you know by the box above the button. Nothing was done.",
            )
        opener, opened = self.opener, self.room.opened
        with opened.lock:
            study = self.room.desk.study
            lists = lists_made(study)

            def gone() -> Withdrawal:
                reason = said["reason"].strip() or "withdrew"
                return withdraw(study, opener, said["who"], self.room.by, reason)

            try:
                return opened.write(gone, True), lists
            finally:
                opened.look_again()


def _agreed_to_the_team_alone(desk: Desk) -> int:
    """How many go out who agreed to no archive, because nobody has said who may have the copy."""
    if read_description(desk.study).access:
        return 0
    return sum(not allows(one.holds, "controlled") for one in consents_of(desk).values())
