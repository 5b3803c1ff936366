"""The papers that go out with the transcripts: where each lies, checked when it is said."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.errors import RedactError, UsageError
from redact.formats.registry import read_file
from redact.formats.text import read_bytes
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of
from redact.release.profiles import PAPERS
from redact.study.description import Documents, describe, documents_of, read_description


class PapersPage:
    """One field a paper; what is in it is made safe like the transcripts, when it is released."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root

    def show(self, _: Request) -> Response:
        study = self.room.desk.study
        held = documents_of(study, read_description(study))
        return self._show({slot: str(path) for slot, path in held.items()}, None)

    def _show(self, said: dict[str, str], trouble: Trouble | None) -> Response:
        rows = [(slot, name, said.get(slot, "")) for slot, name in PAPERS.items()]
        return self.pages.show(
            "papers.html",
            (),
            400 if trouble else 200,
            study=self.room.study(),
            rows=rows,
            trouble=trouble,
        )

    async def say(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(self._say, form)

    def _say(self, form: FormData) -> Response:
        said = {slot: text_of(form, slot).strip() for slot in Documents.model_fields}
        try:
            for path in filter(None, said.values()):
                self._require_readable(Path(path))
            describe(self.room.desk.study, {"documents": said})
        except RedactError as error:
            return self._show(said, trouble_of(error))
        return RedirectResponse(f"{self.root}/describe", 303)

    def _require_readable(self, path: Path) -> None:
        """Raises UsageError for a path that says not where it is; BadInput for what is no paper."""
        if not path.is_absolute():
            raise UsageError(
                "this does not say where it is", where=str(path), remedy="Give the whole path."
            )
        if not path.is_file():
            raise UsageError(
                "there is no such file", where=str(path), remedy="Check how it is written."
            )
        read_file(read_bytes(path), path.name, str(path), self.room.desk.policy.formats)
