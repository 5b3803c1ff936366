"""The columns of an open study's tables said otherwise: the study is then made with what they say.

Another meaning of a column means other names, and so finding anew. That is never done behind
somebody who reads: the study is left, it is made while the page tells how far, and opens again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.audit.events import DecisionRecorded
from redact.custody.keyfile import Opener
from redact.disk import write_atomic
from redact.errors import RedactError, UsageError
from redact.formats.column_heads import Role
from redact.formats.columns import KeptColumns
from redact.formats.tables import read_table
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of
from redact.page.table_columns import CHOICES, ROLES, TableShown, chosen_columns, table_shown
from redact.study.desk import open_desk
from redact.study.folder import Study
from redact.study.hold import hold
from redact.study.kept_columns import read_kept_columns, write_kept_columns


class ColumnsPage:
    """The tables as they are read, and the form for each; `leave` leaves the study to be made."""

    def __init__(
        self, pages: Pages, opener: Opener | None, leave: Callable[[], None] | None
    ) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root
        self.opener, self.leave = opener, leave

    async def show(self, _: Request) -> Response:
        return await run_in_threadpool(self._show, {}, None)

    def _show(self, typed: dict[str, str], trouble: Trouble | None) -> Response:
        tables = []
        try:
            kept = read_kept_columns(self.room.desk.study)
            tables = [self._table(role, kept) for role in ROLES if self._path(role)]
        except RedactError as error:
            trouble = trouble or trouble_of(error)
        return self.pages.show(
            "columns.html",
            {one.id for one in self.room.desk.transcripts} if tables else (),
            400 if trouble else 200,
            study=self.room.study(),
            tables=tables,
            table_choices=CHOICES,
            can_change=self.leave is not None,
            typed=typed,
            trouble=trouble,
        )

    async def say(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._say, form)

    def _say(self, form: FormData) -> Response:
        typed = {name: said for name, said in form.items() if isinstance(said, str)}
        try:
            if self.leave is None or self.opener is None:
                raise UsageError(
                    "columns are corrected from the start page",
                    where="the tables",
                    remedy="Close this page, start redact without a study, and open it there.",
                )
            if not self._keep(form, self.opener):
                return RedirectResponse(f"{self.root}/columns", 303)
        except RedactError as error:
            return self._show(typed, trouble_of(error))
        self.leave()
        return RedirectResponse(f"{self.root}/progress", 303)

    def _keep(self, form: FormData, opener: Opener) -> bool:
        """Keeps what was said, and has it in the log; False where it is what was kept already.

        Raises what reading the tables so raises; then it is kept as it was.
        """
        desk = self.room.desk
        role = next((one for one in ROLES if one == text_of(form, "role")), None)
        path = self._path(role) if role else None
        if role is None or path is None:
            raise UsageError("there is no such table", where="the tables", remedy="Look again.")
        letters = {n.removeprefix("column-"): str(said) for n, said in form.items()}
        said = chosen_columns(path, role, text_of(form, "seen"), letters)
        with self.room.opened.lock, hold(desk.study, desk.seen) as log:
            before = read_kept_columns(desk.study).get(role)
            others = sum(one not in (before or said).chosen for one in said.chosen)
            if before is not None and not others:
                return False
            with _as_before(desk.study):
                write_kept_columns(desk.study, (read_table(path, role, said),))
                open_desk(desk.study, opener)
            log.append(
                DecisionRecorded(
                    action="columns of a table read otherwise",
                    by=self.room.by,
                    reason="said on the page",
                    counts={"columns": others},
                )
            )
        return True

    def _path(self, role: Role) -> Path | None:
        """Where the study's table of this role lies; None where it has none."""
        return next((Path(t.path) for t in self.room.desk.key.tables if t.role == role), None)

    def _table(self, role: Role, kept: dict[Role, KeptColumns]) -> TableShown:
        path = self._path(role)
        assert path is not None
        return table_shown(path, role, kept.get(role))


@contextmanager
def _as_before(study: Study) -> Iterator[None]:
    """What the study keeps of its columns is put back where this raises."""
    was = study.tables.read_bytes() if study.tables.is_file() else None
    try:
        yield
    except BaseException:
        if was is None:
            study.tables.unlink(missing_ok=True)
        else:
            write_atomic(study.tables, was)
        raise
