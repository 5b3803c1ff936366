"""Two people's word that a release goes out although a check refuses it: what it says, and theirs.

The page cannot know how many people sit before it. It records both names and the reason, as the
command does, and asks for what opens the study of a second custodian where the study asks for two.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from redact.custody.keyfile import Opener
from redact.errors import GateRefused, RedactError, UsageError
from redact.key.looks import approved, asks_for_two
from redact.page.checks import open_check
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, opener_of, text_of
from redact.pipeline import run_stage
from redact.release.findings import CAN_BE_OVERRIDDEN, Gate
from redact.release.make import ReleaseOutcome, release
from redact.release.open_forms import Waiting
from redact.release.overriding import Override
from redact.release.profiles import PROFILES
from redact.study.hold import hold


def two_may_pass(waits: Waiting) -> tuple[Gate, ...]:
    """The checks that refuse now, and that two people may let pass."""
    refused = {one.gate for one in waits.gates if not one.passed}
    return tuple(gate for gate in CAN_BE_OVERRIDDEN if gate in refused)


class TwoPeoplePage:
    """The paper to read and to sign, and the form; `opener` is what opened the study."""

    def __init__(self, pages: Pages, opener: Opener | None) -> None:
        self.pages, self.room = pages, pages.room
        self.opener = opener

    async def show(self, request: Request) -> Response:
        profile = request.query_params.get("for", "plain")
        return await run_in_threadpool(self._show, {"for": profile}, None)

    def _show(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        waits = None
        try:
            waits = self.room.waits()
        except RedactError as error:
            trouble = trouble or trouble_of(error)
        may = two_may_pass(waits) if waits else ()
        refused = [one for one in waits.gates if not one.passed] if waits else []
        profile = typed.get("for", "plain")
        return self.pages.show(
            "two_people.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            checks=[(one.gate, open_check(one)) for one in refused if one.gate in may],
            others=[open_check(one).head for one in refused if one.gate not in may],
            is_asked=waits is not None,
            with_second=asks_for_two(self.room.desk.study),
            profile=PROFILES.get(profile, PROFILES["plain"]),
            typed=typed,
            trouble=trouble,
        )

    async def say(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._say, form)

    def _say(self, form: FormData) -> Response:
        typed = {name: text_of(form, name) for name in ("gate", "other", "reason", "for")}
        try:
            outcome = self._released(form, typed)
        except GateRefused as error:
            below = "Nothing was released. What else is open stands below."
            return self._show(typed, Trouble(what=error.what, remedy=below))
        except RedactError as error:
            return self._show(typed, trouble_of(error))
        return self.pages.show(
            "released.html",
            (),
            study=self.room.study(),
            folder=str(outcome.folder),
            is_new=outcome.made,
            note=outcome.note,
            by_two=True,
        )

    def _released(self, form: FormData, typed: dict[str, str]) -> ReleaseOutcome:
        desk, opener = self.room.desk, self.opener
        if opener is None or not form.get("sure"):
            raise UsageError(
                "nobody has said that both have read what is refused",
                where="two people's word",
                remedy="Tick the box above the button when both have. Nothing was released.",
            )
        second = opener_of(form, "second", "second_identity")
        keys = approved(desk.study, opener, second, "let this pass")
        override = Override(
            gate=typed["gate"],
            by=(self.room.by, typed["other"]),
            reason=typed["reason"],
            custodians=keys,
        )
        profile = typed["for"] if typed["for"] in PROFILES else "plain"

        def made() -> ReleaseOutcome:
            with hold(self.room.desk.study, self.room.desk.seen):
                self.room.opened.keep(run_stage(self.room.desk, "replace")[0])
                return release(self.room.desk, None, profile, override)

        return self.room.opened.write(made, follows_from_records=True)
