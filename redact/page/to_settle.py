"""To settle before the release: each open form once, one key each, and then the release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from redact.core import LABELS
from redact.errors import UsageError
from redact.page.checks import open_check
from redact.page.pages import Pages, number_of, text_of
from redact.page.replies import to_page
from redact.release.open_forms import OpenForm, OpenPlace, comes_from, passages_of
from redact.review.answer import Answer

_SHOWN = 100  # forms at once
_PASSAGES = 4  # of one form


class ToSettle:
    """The list, the answer to one form, and what comes after the last."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.root = pages, pages.room, pages.door.root

    def show(self, request: Request) -> Response:
        study, waits = self.room.study(), self.room.waits()
        shown = waits.forms[:_SHOWN]
        texts = {one.id: one for one in study.transcripts}
        return self.pages.show(
            "to_settle.html",
            {doc for form in shown for doc in form.docs},
            study=study,
            rows=[self._row(form, study.names) for form in shown],
            count=len(waits.forms),
            places=waits.places,
            unread=[(doc, study.names.get(doc, "")) for doc in waits.unread if doc in texts],
            others=tuple(map(open_check, waits.others)),
            seen=study.newest,
            look=waits.look,
        )

    def _row(self, form: OpenForm, names: Mapping[str, str]) -> dict[str, Any]:
        passages = passages_of(form)
        shown = [(one, _file(one.first, names)) for one in passages[:_PASSAGES]]
        return {"form": form, "shown": shown, "more": max(0, len(passages) - _PASSAGES)}

    async def answer(self, request: Request) -> Response:
        form = await self.pages.form(request)
        return await run_in_threadpool(
            self._answer,
            request,
            text_of(form, "id"),
            text_of(form, "do"),
            text_of(form, "label"),
            number_of(text_of(form, "seen"), -1),
        )

    def _answer(self, request: Request, wanted: str, do: str, label: str, seen: int) -> Response:
        waits = self.room.waits()
        form = waits.form(wanted)
        if form is None:
            raise UsageError(
                "this word was answered meanwhile",
                where="review",
                remedy="The list has what is open now. Nothing was recorded.",
            )
        said = next((one for one in Answer if one == do), None)
        kind = next((one for one in LABELS if one == label), None)
        if said is None or kind is None:
            number = waits.forms.index(form) + 1
            raise UsageError(
                f"no answer was chosen for word {number} of {len(waits.forms)}",
                where="review",
                remedy="Press one of its buttons: a name everywhere, only here a name, no name.",
            )
        following = _following(waits.forms, form)
        self.room.say_of(form, said, kind, seen)
        return to_page(request, f"{self.root}/open#{following}")

    async def finish(self, request: Request) -> Response:
        await self.pages.form(request)
        return await run_in_threadpool(self._finish)

    def _finish(self) -> Response:
        outcome = self.room.go_on()
        if outcome is None:
            return RedirectResponse(f"{self.root}/open#main", 303)
        study = self.room.study()
        return self.pages.show("released.html", (), study=study, folder=str(outcome.folder))


def _file(place: OpenPlace, names: Mapping[str, str]) -> str:
    """Where it stands, under the names that a steward knows."""
    if place.place is None:
        return f"{place.file}, from {comes_from(place.file)}"
    return names.get(place.place.transcript, "")


def _following(forms: tuple[OpenForm, ...], form: OpenForm) -> str:
    """Where the list goes on: the form after this one, else the one before."""
    at = forms.index(form)
    left = [*forms[at + 1 : at + 2], *forms[max(0, at - 1) : at]]
    return f"f{left[0].id}" if left else "main"
