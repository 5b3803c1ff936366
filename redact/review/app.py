"""The pages and what they can ask for; every one works without a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from redact import correcting, reviewing
from redact.core import LABELS
from redact.desk import Desk
from redact.detect.lexicon import is_word_too
from redact.errors import RedactError, UsageError
from redact.review.guard import COOKIE, Gate, Guard
from redact.review.room import Room
from redact.review.show import (
    Mark,
    Study,
    around,
    bars,
    by_label_and_nation,
    entities_of,
    lines_of,
    marks_of,
    may_be_one,
    missed_words,
    people_by_organisation,
    progress_of,
    rare_words,
    visible,
)
from redact.reviewing import Place, Stale

STATIC = Path(__file__).parent / "static"
_OPEN = ("/start", "/session", "/favicon.ico", "/static/review.css", "/static/start.js")
_SHOWN_OF_OTHERS = 4
_SHOWN = 200  # rows of a list at once

Handler = Callable[[Request], Any]


def make_app(room: Room, gate: Gate) -> Guard:
    """The pages over a room, behind the gate."""
    pages = _Pages(room, gate)
    routes = [
        Route("/start", pages.start),
        Route("/session", pages.session, methods=["POST"]),
        Route("/static/{name}", _static),
        Route("/favicon.ico", _no_icon),
        Route("/", pages.corpus),
        Route("/entities", pages.entities),
        Route("/who/{entity}", pages.who),
        Route("/second", pages.second),
        Route("/missed", pages.missed, methods=["GET", "POST"]),
        Route("/t/{doc}", pages.transcript),
        Route("/t/{doc}/lines", pages.lines),
        Route("/decide", pages.decide, methods=["POST"]),
        Route("/add", pages.add, methods=["POST"]),
        Route("/undo", pages.undo, methods=["POST"]),
        Route("/apply", pages.apply, methods=["POST"]),
        Route("/settle", pages.settle, methods=["POST"]),
        Route("/entity", pages.entity, methods=["POST"]),
    ]
    if room.blind:  # a second reader sees no work of the first
        hidden = ("/who/{entity}", "/entities", "/entity", "/missed", "/second", "/apply")
        routes = [route for route in routes if route.path not in hidden]
    app = Starlette(routes=routes, exception_handlers={RedactError: pages.failed})
    return Guard(app, gate, lambda path: path in _OPEN)


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    known = {path.name for path in STATIC.iterdir() if path.suffix in (".css", ".js")}
    if name not in known:
        return HTMLResponse("There is no such file.", 404)
    return FileResponse(STATIC / name)


def _no_icon(_: Request) -> Response:
    return Response(status_code=204)


class _Pages:
    """One handler a page; what they write goes through the room."""

    def __init__(self, room: Room, gate: Gate) -> None:
        self.room, self.gate = room, gate
        self.templates = Environment(
            loader=PackageLoader("redact.review"), autoescape=True, undefined=StrictUndefined
        )
        self.templates.filters["visible"] = visible
        self.templates.filters["quote"] = lambda text: quote(text, safe="")

    def show(self, template: str, status: int = 200, **given: Any) -> HTMLResponse:
        """A page; `study` is in all but the first."""
        page = self.templates.get_template(template)
        common = {"csrf": self.gate.csrf, "by": self.room.by, "labels": LABELS}
        return HTMLResponse(page.render(**common, **given), status)

    async def start(self, request: Request) -> Response:
        if self.gate.knows(request):
            return RedirectResponse("/", 303)
        return self.show("start.html", study=None, wrong=False)

    async def session(self, request: Request) -> Response:
        form = await request.form()
        if not self.gate.opens(_text(form, "token")):
            return self.show("start.html", 403, study=None, wrong=True)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, self.gate.cookie, httponly=True, samesite="strict", path="/")
        return answer

    def corpus(self, request: Request) -> Response:
        study = self.room.study()
        rows = progress_of(study)
        doubt = {row.name: row.doubtful for row in rows if row.doubtful}
        questions = [who for who in entities_of(study) if who.entity.question]
        return self.show(
            "corpus.html", study=study, rows=rows, charts=by_label_and_nation(study),
            doubt=bars(dict(list(doubt.items())[:40])),
            organisations=bars(people_by_organisation(study)),
            questions=questions, agreement=self.room.agreement() if study.seconded else None,
            settled=sum(row.settled for row in rows),
            doubtful=sum(row.doubtful for row in rows),
        )  # fmt: skip

    def entities(self, request: Request) -> Response:
        study = self.room.study()
        label = request.query_params.get("label", "")
        rows = entities_of(study, label if label in LABELS else "")
        first = _number(request.query_params.get("from", "0"))
        quoted = {who.entity.id: self._quotes(study, who.places[:2]) for who in
                  rows[first : first + _SHOWN]}  # fmt: skip
        return self.show(
            "entities.html", study=study, rows=rows[first : first + _SHOWN], quoted=quoted,
            label=label, first=first, more=len(rows) > first + _SHOWN, step=_SHOWN, of=len(rows),
        )  # fmt: skip

    def who(self, request: Request) -> Response:
        """One entity with all its places, beside those it may be one with."""
        study = self.room.study()
        entity = study.entities.get(request.path_params["entity"])
        if entity is None:
            return self.show(
                "message.html", 404, study=study, title="there is nobody like this", newer=(),
                text="The safe texts were made anew: look it up again.",
            )  # fmt: skip
        who = next(one for one in entities_of(study, entity.label) if one.entity.id == entity.id)
        near = [(one, self._quotes(study, one.places[:_SHOWN_OF_OTHERS]))
                for one in may_be_one(study, entity)]  # fmt: skip
        places = who.places[:_SHOWN]
        quoted = list(zip(places, self._quotes(study, places), strict=True))
        return self.show("who.html", study=study, who=who, near=near, places=quoted)

    async def missed(self, request: Request) -> Response:
        """What is sought travels in the body: an address would stay in the browser's history."""
        form = await self._form(request) if request.method == "POST" else FormData()
        return await run_in_threadpool(self._missed, _text(form, "q").strip())

    def _missed(self, sought: str) -> Response:
        study = self.room.study()
        found = []
        if sought:
            for transcript in study.transcripts:
                spans = reviewing.occurrences(transcript.text, sought)
                found += [(transcript.id, *span) for span in spans]
        rows, rare = missed_words(study, is_word_too), rare_words(study, is_word_too)
        quoted = {row.words: self._quotes(study, row.places[:1])
                  for row in (*rows[:_SHOWN], *rare[:_SHOWN])}  # fmt: skip
        return self.show(
            "missed.html", study=study, quoted=quoted, q=sought,
            lists=(("Capitals that nothing caught", "with a capital in the middle of a sentence",
                    rows[:_SHOWN], len(rows)),
                   ("Rare words and numbers", "of no list that stand in the corpus once or twice, "
                    "or numbers", rare[:_SHOWN], len(rare))),
            found=self._quotes(study, tuple(found[:_SHOWN])), hits=len(found),
        )  # fmt: skip

    def second(self, request: Request) -> Response:
        study = self.room.study()
        agreement = self.room.agreement()
        shown = agreement.differences[:_SHOWN]
        quoted = [self._quotes(study, ((d.transcript, d.start, d.end),))[0] for d in shown]
        return self.show("second.html", study=study, agreement=agreement,
                         differences=list(zip(shown, quoted, strict=True)))  # fmt: skip

    def _quotes(
        self, study: Study, places: tuple[tuple[str, int, int], ...]
    ) -> list[tuple[str, int, str, str, str, str]]:
        texts = {t.id: t.text for t in study.transcripts}
        return [
            (doc, start, study.names.get(doc, ""), *around(texts[doc], start, end))
            for doc, start, end in places
        ]

    def transcript(self, request: Request) -> Response:
        study, doc = self.room.study(), request.path_params["doc"]
        transcript = study.transcript(doc)
        if transcript is None:
            return self.show("message.html", 404, study=study, title="There is no such transcript",
                             text="", newer=())  # fmt: skip
        marks = marks_of(study, doc)
        at = _number(request.query_params.get("at", "-1"), -1)
        chosen = next((m for m in marks if m.start == at), None) or _first(marks)
        return self.show(
            "transcript.html", study=study, doc=doc, transcript=transcript, marks=marks,
            lines=lines_of(transcript, marks), chosen=chosen, name=study.names[doc],
            following=_following(marks, chosen), before=_before(marks, chosen),
            doubtful=sum(m.state == "doubtful" for m in marks), settled=doc in study.settled,
            words="" if chosen is None else transcript.text[chosen.start : chosen.end],
        )  # fmt: skip

    def lines(self, request: Request) -> Response:
        """Some turns of a transcript as they are now, for the script."""
        study, doc = self.room.study(), request.path_params["doc"]
        transcript = study.transcript(doc)
        wanted = {_number(n, -1) for n in request.query_params.get("n", "").split(",")}
        marks = marks_of(study, doc)
        lines = lines_of(transcript, marks) if transcript else ()
        return self.show(
            "lines.html", study=study, doc=doc, chosen=None,
            lines=[line for line in lines if line.number in wanted],
        )  # fmt: skip

    async def decide(self, request: Request) -> Response:
        form = await self._form(request)
        label = _text(form, "label")
        place = Place(
            _text(form, "doc"), _number(_text(form, "start"), -1), _number(_text(form, "end"), -1),
            None if label == "none" else label,  # type: ignore[arg-type]
        )  # fmt: skip
        return await run_in_threadpool(self._decide, request, form, (place,))

    async def add(self, request: Request) -> Response:
        """Words typed in or found: a mention wherever they stand, in a transcript or in all."""
        form = await self._form(request)
        words, label = _text(form, "words").strip(), _text(form, "label")
        chosen = _text(form, "doc")
        places = tuple(
            Place(transcript.id, start, end, label)  # type: ignore[arg-type]
            for transcript in self.room.study().transcripts
            if chosen in ("", transcript.id) or form.get("everywhere")
            for start, end in reviewing.occurrences(transcript.text, words)
        )
        if not places:
            raise UsageError("these words stand nowhere", where="review",
                             remedy="Copy them from the transcript.")  # fmt: skip
        return await run_in_threadpool(self._decide, request, form, places, False)

    def _decide(
        self, request: Request, form: FormData, places: tuple[Place, ...], spread: bool = True
    ) -> Response:
        if spread and form.get("everywhere") and not self.room.blind:
            places = reviewing.everywhere(self.room.desk, places[0])
        batch = self.room.decide(places, _number(_text(form, "seen"), -1))
        if "application/json" not in request.headers.get("accept", ""):
            return RedirectResponse(_back(form, places[0]), 303)
        here = {_text(form, "doc")}
        return JSONResponse({
            "batch": batch,
            "places": len(places),
            "lines": self._lines_with(_text(form, "doc"), places),
            "elsewhere": len({place.transcript for place in places} - here),
        })  # fmt: skip

    def _lines_with(self, doc: str, places: tuple[Place, ...]) -> list[int]:
        transcript = self.room.study().transcript(doc)
        if transcript is None:
            return []
        touched = [(p.start, p.end) for p in places if p.transcript == doc]
        numbers = []
        for line in lines_of(transcript, ()):
            start = line.pieces[0].start
            end = start + sum(len(piece.text) for piece in line.pieces)
            if any(low < end and start < high for low, high in touched):
                numbers.append(line.number)
        return numbers

    async def undo(self, request: Request) -> Response:
        form = await self._form(request)
        await run_in_threadpool(self.room.undo, _number(_text(form, "batch"), -1))
        return RedirectResponse(_local(_text(form, "back")), 303)

    async def apply(self, request: Request) -> Response:
        form = await self._form(request)
        await run_in_threadpool(self.room.apply)
        return RedirectResponse(_local(_text(form, "back")), 303)

    async def settle(self, request: Request) -> Response:
        form = await self._form(request)
        if not self.room.study().current and not self.room.blind:
            await run_in_threadpool(self.room.apply)
        await run_in_threadpool(self.room.settle, _text(form, "doc"))
        return RedirectResponse(_local(_text(form, "back")), 303)

    async def entity(self, request: Request) -> Response:
        form = await self._form(request)
        names = tuple(str(name) for name in form.getlist("name"))
        wanted, by, reason = _text(form, "do"), self.room.by, "read against the original"
        if wanted == "none":
            await run_in_threadpool(self._no_names, names, _number(_text(form, "seen"), -1))
            return RedirectResponse(_local(_text(form, "back")), 303)

        def change(desk: Desk) -> None:
            if wanted == "merge":
                correcting.merge(desk, names, by, reason)
            elif wanted == "rename":
                correcting.rename(desk, names[0], _text(form, "to"), by, reason)
            elif wanted == "split":
                away = (_place(str(one)) for one in form.getlist("place"))
                correcting.split_places(desk, names[0], frozenset(away), by, reason)
            elif wanted == "retype":
                correcting.retype(desk, names[0], _text(form, "label"), by, reason)
            else:
                raise UsageError("this cannot be done to a pseudonym", where="review")

        if not names:
            raise UsageError("no pseudonym is chosen", where="review",
                             remedy="Tick the ones you mean.")  # fmt: skip
        await run_in_threadpool(self.room.correct, change)
        return RedirectResponse(_local(_text(form, "back")), 303)

    def _no_names(self, names: tuple[str, ...], seen: int) -> None:
        """Every place of these entities stays as it is: they are no names."""
        chosen = [who for who in entities_of(self.room.study()) if who.pseudonym in names]
        places = (Place(*place, None) for who in chosen for place in who.places)
        self.room.decide(tuple(places), seen)

    async def _form(self, request: Request) -> FormData:
        form = await request.form(max_files=0, max_fields=600)
        given = request.headers.get("x-csrf") or _text(form, "csrf")
        if not self.gate.means(given):
            raise UsageError("this form did not come from this page", where="review",
                             remedy="Load the page again.")  # fmt: skip
        return form

    def failed(self, request: Request, error: Exception) -> Response:
        """An error in plain words; for a stale decision what was decided since."""
        assert isinstance(error, RedactError)
        newer = error.newer if isinstance(error, Stale) else ()
        status = 409 if newer else 400
        if "application/json" in request.headers.get("accept", ""):
            said = [{"by": r.by, "label": r.label or "no name", "time": r.time} for r in newer]
            return JSONResponse({"error": f"{error.what}. {error.remedy}", "newer": said}, status)
        return self.show(
            "message.html", status, study=self.room.study(), title=error.what, text=error.remedy,
            newer=newer,
        )  # fmt: skip


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _place(text: str) -> tuple[str, int]:
    """A transcript and where a mention begins in it, as the pages write it."""
    doc, _, start = text.partition(":")
    return doc, _number(start, -1)


def _local(path: str) -> str:
    """A page of ours to go back to; never an address elsewhere."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if plain and path.isascii() and path.isprintable() else "/"


def _back(form: FormData, place: Place) -> str:
    back = _local(_text(form, "back"))
    if back != "/":
        return back
    return f"/t/{quote(place.transcript)}?{urlencode({'at': place.start})}"


def _first(marks: tuple[Mark, ...]) -> Mark | None:
    return next((m for m in marks if m.state == "doubtful"), marks[0] if marks else None)


def _following(marks: tuple[Mark, ...], chosen: Mark | None) -> Mark | None:
    """The next doubtful mark after the chosen one, or from the top."""
    doubtful = [m for m in marks if m.state == "doubtful" and m is not chosen]
    after = [m for m in doubtful if chosen is not None and m.start > chosen.start]
    return next(iter(after or doubtful), None)


def _before(marks: tuple[Mark, ...], chosen: Mark | None) -> Mark | None:
    return next((m for m in reversed(marks) if chosen is not None and m.start < chosen.start), None)
