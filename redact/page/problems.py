"""What could not be done, said where it was asked for: what is amiss, where, and what to do."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from redact.errors import RedactError, StudyChanged
from redact.page.pages import Pages, text_of
from redact.page.plain import field_in_words, kind_in_words
from redact.page.replies import FilledIn, PageProblem, wants_json
from redact.page.show import ShownStudy
from redact.review.decide import Stale
from redact.review.places import PlaceRefused
from redact.study.rulings import Ruling

_LOOK_AGAIN = "Another command or reviewer changed it. The pages have it as it is now: look again."
_TYPED = {
    "text": "Other words, or a comment",
    "words": "Words",
    "to": "Name",
    "other": "The same as",
}


class Problems:
    """The answer to what was refused: a page, or for a script its words alone."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root

    async def failed(self, request: Request, error: Exception) -> Response:
        """An error in plain words; for a stale decision what was decided since."""
        assert isinstance(error, RedactError)
        newer = error.newer if isinstance(error, Stale) else ()
        status = 409 if newer or isinstance(error, StudyChanged) else 400
        return await self._answer(request, status, error, newer)

    async def broken(self, request: Request, _: Exception) -> Response:
        """An error inside redact: nothing of it is shown, for it may hold words of a transcript."""
        error = RedactError(
            "something went wrong inside redact",
            remedy="What was recorded before stays. Close the page, and open it again.",
        )
        return await self._answer(request, 500, error, ())

    async def _answer(
        self, request: Request, status: int, error: RedactError, newer: tuple[Ruling, ...]
    ) -> Response:
        form = await request.form() if request.method == "POST" and status != 500 else None
        is_ours = form is not None and self.pages.door.means(
            request.headers.get("x-csrf") or text_of(form, "csrf")
        )
        fields = form.multi_items() if form is not None and is_ours else []
        typed = [
            FilledIn(name, said, _TYPED.get(name, ""))
            for name, said in fields
            if isinstance(said, str) and name != "csrf"
        ]
        return await run_in_threadpool(self._said, request, status, error, newer, tuple(typed))

    def _said(
        self,
        request: Request,
        status: int,
        error: RedactError,
        newer: tuple[Ruling, ...],
        typed: tuple[FilledIn, ...],
    ) -> Response:
        try:
            study = self.room.study()
        except (RedactError, OSError, ValueError, LookupError):  # that is what is being said
            study, newer = None, ()
        problem = self._problem(error, study, newer)
        if wants_json(request):
            said = [{"by": r.by, "label": kind_in_words(r.label), "time": r.time} for r in newer]
            at = {"at": problem.at, "href": problem.href}
            return JSONResponse({"error": problem.line, "newer": said, **at}, status)
        back = next((one.value for one in typed if one.name == "back"), "")
        return self.pages.show(
            "message.html",
            (),
            status,
            study=study,
            title=problem.what,
            problem=problem,
            path=request.url.path,
            typed=typed,
            back=back if back.startswith(f"{self.root}/") and "//" not in back else "",
        )

    def _problem(
        self, error: RedactError, study: ShownStudy | None, newer: tuple[Ruling, ...]
    ) -> PageProblem:
        what = error.what
        if isinstance(error, StudyChanged):
            return PageProblem(what=what, remedy=_LOOK_AGAIN)
        if isinstance(error, PlaceRefused) and study is not None:
            doc = error.place.transcript
            return PageProblem(
                what=what,
                remedy=error.remedy,
                at=f"{study.names.get(doc, '')}, line {error.line_number}",
                href=f"{self.root}/t/{quote(doc, safe='')}?at={error.place.start}",
            )
        where = field_in_words(error.where)
        return PageProblem(what=what, remedy=error.remedy, at=where, newer=newer)
