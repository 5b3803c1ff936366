"""Approval of the policy: what it does in plain words, and who said that it may be used."""

from __future__ import annotations

from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.audit.reading import read_log
from redact.errors import RedactError, StudyChanged, UsageError
from redact.governance.explained import explain
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of
from redact.page.telling import OR_THE_TEAM
from redact.policy import policy_digest
from redact.study.approval import ApprovedFor, approvals, approve, in_force


class ApprovalPage:
    """The page to show to a board, and the form for what it said."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root

    async def show(self, _: Request) -> Response:
        return await run_in_threadpool(self._show, {}, None)

    def _show(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        desk = self.room.desk
        digest = policy_digest(desk.policy_data)
        return self.pages.show(
            "approve.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            policy=explain(desk.policy),
            digest=digest,
            given=in_force(approvals(read_log(desk.log)), digest),
            access=OR_THE_TEAM,
            typed=typed,
            trouble=trouble,
        )

    async def record(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._record, form)

    def _record(self, form: FormData) -> Response:
        said = {name: text_of(form, name).strip() for name in ("by", "role", "for", "reference")}
        access = next((one for one in get_args(ApprovedFor) if one == said["for"]), None)
        try:
            if access is None:
                raise UsageError(
                    "say for whom at the widest", where="approved for", remedy="Choose one."
                )
            if text_of(form, "seen") != policy_digest(self.room.desk.policy_data):
                raise StudyChanged(
                    "the policy is another than the one that was shown",
                    remedy="It is shown as it is now. Nothing was recorded.",
                )
            self.room.opened.write(
                lambda: approve(self.room.desk, said["by"], said["role"], access, said["reference"])
            )
        except RedactError as error:
            return self._show(said, trouble_of(error))
        return RedirectResponse(f"{self.root}/before", 303)
