"""What can be done on the pages: every form's answer, written through the room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import cast
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from redact.core import DETAIL, Label, Place
from redact.errors import UsageError
from redact.page.guard import COOKIE
from redact.page.pages import Pages, number_of, text_of
from redact.page.replies import to_page, wants_json
from redact.page.show import lines_of
from redact.page.undoable import undoable
from redact.review import correct, decide
from redact.review.verdict import Verdict
from redact.study.desk import Desk
from redact.study.nameless import READ

_AS_BEFORE = "Undone: it is as it was before."
_DONE = {
    "accept": "Recorded: right as they are.",
    "none": "Recorded: no names, they stay.",
    "merge": "Recorded: they are the same now.",
    "apart": "Recorded: they are different, and not asked about again.",
    "act": "Recorded: what is shown instead.",
    "rename": "Recorded: it is shown like that now.",
    "retype": "Recorded: it is of the other kind now.",
    "split": "Recorded: those are somebody else now.",
}


@dataclass(frozen=True, slots=True)
class Undone:
    """The form that takes back what was recorded: where it goes, and its one field."""

    path: str
    name: str
    value: int


class Answers:
    """One method a form; each checks that the form is of the page before anything else."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.room, self.gate = pages, pages.room, pages.door

    def _back(self, request: Request, form: FormData, otherwise: str = "/") -> Response:
        return to_page(request, self._path(form, otherwise))

    def _path(self, form: FormData, otherwise: str = "/") -> str:
        """The page that the form names; never an address elsewhere."""
        path = text_of(form, "back")
        plain = path.startswith(f"{self.gate.root}/") and "\\" not in path and "//" not in path
        ours = plain and path.isascii() and path.isprintable()
        return path if ours else self.gate.root + otherwise

    async def session(self, request: Request) -> Response:
        form = await request.form()
        if not self.gate.opens(text_of(form, "token")):
            return self.pages.show("start.html", (), 403, study=None, wrong=True)
        answer = RedirectResponse(f"{self.gate.root}{self.gate.home}", 303)
        answer.set_cookie(
            COOKIE, self.gate.cookie, httponly=True, samesite="strict", path=f"{self.gate.root}/"
        )
        return answer

    async def decide(self, request: Request) -> Response:
        form = await self.pages.form(request)
        label = text_of(form, "label")
        place = Verdict(
            transcript=text_of(form, "doc"),
            start=number_of(text_of(form, "start"), -1),
            end=number_of(text_of(form, "end"), -1),
            label=None if label == "none" else cast(Label, label),  # checked when decided
            text=text_of(form, "text") if label == DETAIL else "",
        )
        spread = label != DETAIL
        return await run_in_threadpool(self._decide, request, form, (place,), spread)

    async def add(self, request: Request) -> Response:
        """Words typed in or found: a mention wherever they stand, in a transcript or in all.

        With `none` they are no name wherever nothing was found in them.
        """
        form = await self.pages.form(request)
        words, label = text_of(form, "words").strip(), text_of(form, "label")
        chosen, is_none = text_of(form, "doc"), bool(form.get("none"))
        wherever = chosen == "" or bool(form.get("everywhere"))
        wanted = None if is_none else cast(Label, label)
        study = self.room.study()
        docs, seen = {t.id for t in study.transcripts}, study.detections.values()
        there = decide.places_with(
            self.room.desk, words, wanted, None if wherever else {chosen}, seen
        )
        places = tuple(
            one
            for one in there
            if one.transcript in docs
            and not (is_none and study.is_found(one.transcript, one.start, one.end))
        )
        if not places:
            raise UsageError(
                "these words stand nowhere, or only in longer names that are hidden already",
                where="review",
                remedy="Copy them from the transcript.",
            )
        return await run_in_threadpool(self._decide, request, form, places, False)

    def _decide(
        self, request: Request, form: FormData, places: tuple[Verdict, ...], spread: bool
    ) -> Response:
        if spread and form.get("everywhere") and not self.room.blind:
            places = decide.everywhere(self.room.desk, places[0])
        batch = self.room.decide(places, number_of(text_of(form, "seen"), -1))
        first = places[0]
        path = self._path(form, f"/t/{quote(first.transcript)}?{urlencode({'at': first.start})}")
        if not wants_json(request):
            return to_page(request, path)
        here = {text_of(form, "doc")}
        return JSONResponse(
            {
                "batch": batch,
                "to": path,
                "undo": self._undo(text_of(form, "doc")),
                "places": len(places),
                "lines": self._lines_with(
                    text_of(form, "doc"),
                    [(p.start, p.end) for p in places if p.transcript == text_of(form, "doc")],
                ),
                "elsewhere": len({place.transcript for place in places} - here),
            }
        )

    def _undo(self, doc: str) -> dict[str, object] | None:
        """What is undone next, where a script keeps the page."""
        undo = undoable(self.room.study(), doc) if doc else None
        return {"batch": undo.batch, "said": undo.said} if undo else None

    def _lines_with(self, doc: str, touched: list[tuple[int, int]]) -> list[int]:
        """The turns of a transcript that these stretches touch."""
        transcript = self.room.study().transcript(doc)
        if transcript is None:
            return []
        numbers = []
        for line in lines_of(transcript, ()):
            start = line.pieces[0].start
            end = start + sum(len(piece.text) for piece in line.pieces)
            if any(low < end and start < high for low, high in touched):
                numbers.append(line.number)
        return numbers

    async def passage(self, request: Request) -> Response:
        """A passage that singles somebody out: bracketed, said in other words, or left."""
        form = await self.pages.form(request)
        doc, start, end = text_of(form, "doc"), *_span(text_of(form, "span"))
        wanted = text_of(form, "do")
        if wanted == "stays":
            await run_in_threadpool(self.room.leave, Place.at(doc, start, end))
        else:
            text = text_of(form, "text") if wanted == "rewrite" else ""
            if wanted == "rewrite" and not text.strip():
                raise UsageError(
                    "no other words were written",
                    where="review",
                    remedy="Write them, or choose to bracket the words.",
                )
            place = Verdict(transcript=doc, start=start, end=end, label=DETAIL, text=text)
            seen = number_of(text_of(form, "seen"), -1)
            await run_in_threadpool(self.room.decide, (place,), seen)
        return self._back(request, form)

    async def comment(self, request: Request) -> Response:
        form = await self.pages.form(request)
        if dealt_with := text_of(form, "answer"):
            await run_in_threadpool(self.room.answer, dealt_with)
        else:
            start, end = (number_of(text_of(form, name), -1) for name in ("start", "end"))
            await run_in_threadpool(
                self.room.comment, text_of(form, "doc"), start, end, text_of(form, "text")
            )
        return self._back(request, form)

    async def undo(self, request: Request) -> Response:
        form = await self.pages.form(request)
        batch, doc = number_of(text_of(form, "batch"), -1), text_of(form, "doc")
        held = self.room.study().rulings.get(doc, ())
        touched = [(one.place.start, one.place.end) for one in held if one.batch == batch]
        await run_in_threadpool(self.room.undo, batch)
        if not wants_json(request):
            return self._back(request, form)
        newest = self.room.study().newest
        return JSONResponse(
            {
                "said": _AS_BEFORE,
                "to": self._path(form),
                "newest": newest,
                "batch": newest,
                "undo": self._undo(doc),
                "lines": self._lines_with(doc, touched),
            }
        )

    async def apply(self, request: Request) -> Response:
        form = await self.pages.form(request)
        await run_in_threadpool(self.room.apply)
        return self._back(request, form)

    async def settle(self, request: Request) -> Response:
        form = await self.pages.form(request)
        doc, digest = text_of(form, "doc"), text_of(form, "shown")
        seen = number_of(text_of(form, "seen"), -1)
        await run_in_threadpool(self.room.settle, doc, seen, digest)
        return self._back(request, form)

    async def assign(self, request: Request) -> Response:
        form = await self.pages.form(request)
        docs = tuple(str(doc) for doc in form.getlist("doc"))
        second = text_of(form, "do") == "second"
        await run_in_threadpool(self.room.assign, docs, text_of(form, "to"), second)
        return self._back(request, form)

    async def entity(self, request: Request) -> Response:
        """One word for every place of the entities that were ticked."""
        form = await self.pages.form(request)
        names = tuple(str(name) for name in form.getlist("name"))
        wanted, seen = text_of(form, "do"), number_of(text_of(form, "seen"), -1)
        if not names:
            raise UsageError(
                "no name is ticked", where="review", remedy="Tick the names that you mean first."
            )
        if wanted in ("none", "accept"):
            batch = await run_in_threadpool(self._rule, names, seen, wanted == "accept")
            return self._done(request, form, _DONE[wanted], Undone("/undo", "batch", batch))
        by = self.room.by
        changes = {
            "merge": partial(correct.merge, pseudonyms=names),
            "apart": partial(correct.apart, pseudonyms=names),
            "act": partial(correct.act, pseudonyms=names, action=text_of(form, "action")),
            "rename": partial(correct.rename, pseudonym=names[0], to=text_of(form, "to")),
            "retype": partial(correct.retype, pseudonym=names[0], label=text_of(form, "label")),
            "split": partial(
                correct.split_places,
                pseudonym=names[0],
                places=frozenset(_start(str(one)) for one in form.getlist("place")),
            ),
        }
        if wanted not in changes:
            raise UsageError("this cannot be done to a name", where="review")
        if wanted in ("rename", "retype") and len(names) > 1:
            raise UsageError(
                "only one can be renamed or made another kind at a time",
                where="review",
                remedy="Tick just one.",
            )
        chosen = changes[wanted]

        def change(desk: Desk, known: correct.Known) -> None:
            chosen(desk, by=by, reason=READ, known=known)

        await run_in_threadpool(self.room.correct, change)
        number = len(self.room.study().corrections)
        return self._done(request, form, _DONE[wanted], Undone("/uncorrect", "number", number))

    def _done(
        self, request: Request, form: FormData, said: str, undone: Undone | None = None
    ) -> Response:
        """What a script is told of what was recorded; without one, the page again."""
        if not wants_json(request):
            return self._back(request, form)
        back = {"path": undone.path, "name": undone.name, "value": undone.value} if undone else None
        newest = self.room.study().newest
        to = self._path(form)
        return JSONResponse({"said": said, "undo": back, "newest": newest, "to": to})

    def _rule(self, names: tuple[str, ...], seen: int, accepted: bool) -> int:
        """Every place of these entities is right as it is, or is no name at all."""
        chosen = [who for who in self.pages.everybody.of(self.room.study()) if who.name in names]
        places = (
            Verdict(
                transcript=p.transcript,
                start=p.start,
                end=p.end,
                label=who.entity.label if accepted else None,
                everywhere=True,
            )
            for who in chosen
            for p in who.places
        )
        return self.room.decide(tuple(places), seen)

    async def uncorrect(self, request: Request) -> Response:
        form = await self.pages.form(request)
        number = number_of(text_of(form, "number"))

        def change(desk: Desk, _: correct.Known) -> None:
            correct.undo(desk, number, self.room.by, READ)

        await run_in_threadpool(self.room.correct, change)
        return self._done(request, form, _AS_BEFORE)


def _start(text: str) -> tuple[str, int]:
    """A transcript and where a mention begins in it, as the pages write it."""
    doc, _, start = text.partition(":")
    return doc, number_of(start, -1)


def _span(text: str) -> tuple[int, int]:
    """Start and end as the pages write them; a place that is none if they are not two numbers."""
    start, _, end = text.partition("-")
    return number_of(start, -1), number_of(end, -1)
