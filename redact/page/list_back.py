"""The whole list of names, corrected in a spreadsheet and given back from where it was saved.

Nothing is uploaded: a browser's upload is a copy that nobody wipes. The page reads the file where
it lies, and deletes it when it is told to.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from redact.errors import RedactError, UsageError
from redact.page.folders import places_to_begin
from redact.page.making import Trouble, trouble_of
from redact.page.pages import Pages, text_of
from redact.page.show import Quote
from redact.pipeline import run_stage
from redact.review.apply_names import ENDINGS, TakenList, take_list
from redact.review.uncover import WouldUncover
from redact.study.hold import hold
from redact.study.safe_folder import require_unedited

_SHOWN = 5  # lists that lie where people save things
_QUOTED = 100  # places that would stand in clear


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedList:
    """A file that may be the list, and when it was saved last."""

    path: str = field(repr=False)
    name: str = field(repr=False)
    folder: str = field(repr=False)
    saved: str


class NameListPage:
    """Save it, correct it, give it back, delete it."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room = pages, pages.room

    async def show(self, _: Request) -> Response:
        return await run_in_threadpool(self._show)

    def _show(
        self,
        typed: str = "",
        trouble: Trouble | None = None,
        taken: TakenList | None = None,
        bare: tuple[Quote, ...] = (),
        more: int = 0,
        seen: str = "",
        is_gone: bool = False,
    ) -> Response:
        return self.pages.show(
            "name_list.html",
            {one.place.transcript for one in bare},
            400 if trouble else 200,
            study=self.room.study(),
            found=() if taken or bare or is_gone else saved_lists(),
            typed=typed,
            trouble=trouble,
            taken=taken,
            bare=bare,
            more=more,
            seen=seen,
            is_gone=is_gone,
        )

    async def take(self, request: Request) -> Response:
        form = await self.pages.form(request)
        typed, do = text_of(form, "path").strip(), text_of(form, "do")
        return await run_in_threadpool(self._take, typed, do, text_of(form, "seen"))

    def _take(self, typed: str, do: str, seen: str) -> Response:
        try:
            path, digest = _list_at(typed)
            if do == "delete":
                _delete(path, digest, seen)
                return self._show(is_gone=True)
            if do == "uncover" and digest != seen:
                raise _changed(path)
            taken = self._taken(path, do == "uncover")
        except WouldUncover as error:
            quotes = self.pages.quotes(
                self.room.study(), tuple(one.place for one in error.bare[:_QUOTED])
            )
            more = max(0, len(error.bare) - _QUOTED)
            return self._show(typed, bare=tuple(quotes), more=more, seen=digest)
        except RedactError as error:
            return self._show(typed, trouble_of(error))
        return self._show(str(path), taken=taken, seen=digest)

    def _taken(self, path: Path, uncover: bool) -> TakenList:
        """As the command takes it; what was decided before is in the safe texts first."""

        def made() -> TakenList:
            study = self.room.desk.study
            with hold(study, self.room.desk.seen):
                require_unedited(study, self.room.desk.key.documents)
                self.room.opened.keep(run_stage(self.room.desk, "replace")[0])
                desk, taken = take_list(self.room.desk, path, self.room.by, uncover)
                self.room.opened.keep(desk)
                return taken

        return self.room.opened.write(made)


def saved_lists() -> tuple[SavedList, ...]:
    """Files called as the list is, where people save things; the newest first."""
    found: list[tuple[float, Path]] = []
    for place in places_to_begin():
        with suppress(OSError):
            for path in Path(place.path).iterdir():
                is_ours = path.name.lower().startswith("names") and path.suffix.lower() in ENDINGS
                if is_ours and path.is_file():
                    found.append((path.stat().st_mtime, path))
    found.sort(key=lambda pair: (-pair[0], str(pair[1])))
    return tuple(
        SavedList(
            path=str(path),
            name=path.name,
            folder=str(path.parent),
            saved=datetime.fromtimestamp(when).strftime("%d %B, %H:%M"),
        )
        for when, path in found[:_SHOWN]
    )


def _list_at(typed: str) -> tuple[Path, str]:
    """The file and a digest of what is in it; UsageError where there is none that can be a list."""
    path = Path(typed)
    if not typed or not path.is_absolute() or path.suffix.lower() not in ENDINGS:
        raise UsageError(
            "this does not say where a list lies",
            where=typed or "the file",
            remedy="Give the whole path of the file; it ends in .xlsx or .csv.",
        )
    try:
        return path, hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        raise UsageError(
            "this file cannot be read",
            where=typed,
            remedy="Look whether it is there, and close it in the spreadsheet.",
        ) from None


def _delete(path: Path, digest: str, seen: str) -> None:
    """Deletes the list that was taken; UsageError for a file that is another now."""
    if digest != seen:
        raise _changed(path)
    try:
        path.unlink()
    except OSError:
        raise UsageError(
            "this file cannot be deleted",
            where=str(path),
            remedy="Close it in the spreadsheet, and try again.",
        ) from None


def _changed(path: Path) -> UsageError:
    return UsageError(
        "this file was changed since it was read",
        where=str(path),
        remedy="Give it back once more. Nothing was done.",
    )
