"""The addresses of the page, and who answers each; every page works without a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from redact.custody.keyfile import Opener
from redact.errors import RedactError
from redact.page.answers import Answers
from redact.page.guard import Door, Guard
from redact.page.list_back import NameListPage
from redact.page.names import names_of
from redact.page.pages import Pages
from redact.page.problems import Problems
from redact.page.questions import QuestionsPage
from redact.page.reading import ReadingPage
from redact.page.recordings import recording_of
from redact.page.road import road_of
from redact.page.room import Room
from redact.page.saved import SavedPage
from redact.page.sources import SourcesPage
from redact.page.to_settle import ToSettle
from redact.page.who_is_who import WhoIsWho

STATIC = Path(__file__).parent / "static"
_OPEN = ("/start", "/session", "/static/review.css", "/static/start.js")
_OF_THE_FIRST = frozenset(  # a second reader sees no work of the first
    "/open /answer /finish /who/{entity} /names.xlsx /names /entities /entity /questions /missed "
    "/details /sources /passage /second /apply /assign /uncorrect".split()
)


def make_app(room: Room, door: Door, opener: Opener | None = None) -> Guard:
    """The pages over a room, behind the door, below the door's own path."""
    return guarded(pages_of(room, door, opener), door)


def guarded(app: ASGIApp, door: Door) -> Guard:
    """An application behind the door."""
    return Guard(app, door, frozenset({"/favicon.ico", *(door.root + path for path in _OPEN)}))


def pages_of(
    room: Room,
    door: Door,
    opener: Opener | None = None,
    leave: Callable[[], None] | None = None,
) -> Starlette:
    """The pages over a room; `opener` is what opened it, for the pages that keep it safe.

    `leave` leaves the study to be made with what was said anew, where the page can do that.
    """
    pages = Pages(room, door)
    answers, to_settle, problems = Answers(pages), ToSettle(pages), Problems(pages)
    reading, who, given_back = ReadingPage(pages), WhoIsWho(pages), NameListPage(pages)
    routes = [
        Route("/start", pages.start),
        Route("/session", answers.session, methods=["POST"]),
        Route("/static/{name}", static),
        Route("/", pages.corpus),
        Route("/open", to_settle.show),
        Route("/answer", to_settle.answer, methods=["POST"]),
        Route("/finish", to_settle.finish, methods=["POST"]),
        Route("/entities", who.show, methods=["GET", "POST"]),
        Route("/names.xlsx", names_of(room)),
        Route("/names", given_back.show),
        Route("/names", given_back.take, methods=["POST"]),
        Route("/who/{entity}", who.one),
        Route("/second", pages.second),
        Route("/missed", pages.missed, methods=["GET", "POST"]),
        Route("/details", pages.details),
        Route("/sources", SourcesPage(pages).show),
        Route("/t/{doc}", reading.show),
        Route("/t/{doc}/lines", reading.lines),
        Route("/t/{doc}/recording", recording_of(room)),
        Route("/decide", answers.decide, methods=["POST"]),
        Route("/add", answers.add, methods=["POST"]),
        Route("/undo", answers.undo, methods=["POST"]),
        Route("/comment", answers.comment, methods=["POST"]),
        Route("/passage", answers.passage, methods=["POST"]),
        Route("/apply", answers.apply, methods=["POST"]),
        Route("/settle", answers.settle, methods=["POST"]),
        Route("/assign", answers.assign, methods=["POST"]),
        Route("/entity", answers.entity, methods=["POST"]),
        Route("/questions", QuestionsPage(pages).answer, methods=["POST"]),
        Route("/saved", SavedPage(room).show),
        Route("/uncorrect", answers.uncorrect, methods=["POST"]),
    ]
    if not room.blind:
        routes += road_of(pages, opener, leave)
    else:
        routes = [route for route in routes if route.path not in _OF_THE_FIRST]
    return Starlette(
        routes=[Route("/favicon.ico", no_icon), Mount(door.root, routes=routes)],
        exception_handlers={RedactError: problems.failed, Exception: problems.broken},
    )


def static(request: Request) -> Response:
    name = request.path_params["name"]
    known = {path.name for path in STATIC.iterdir() if path.suffix in (".css", ".js")}
    if name not in known:
        return HTMLResponse("There is no such file.", 404)
    return FileResponse(STATIC / name)


def no_icon(_: Request) -> Response:
    return Response(status_code=204)
