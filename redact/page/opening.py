"""What a browser sees before the study is open: that it is being opened, and nothing of it."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from redact.page.guard import Door, Guard
from redact.rendering import environment_of

_STATIC = Path(__file__).parent / "static"


class Entrance:
    """The app of a server: the pages once there are any, and before that the word that they come.

    `has_failed` says that none will come.
    """

    def __init__(self, door: Door) -> None:
        self.door, self.has_failed = door, False
        files = [f"{door.root}/static/{name}" for name in ("review.css", "opening.js")]
        app = Starlette(
            routes=[
                Route(f"{door.root}/start", self._opening),
                *(Route(path, _file) for path in files),
            ]
        )
        self.app: ASGIApp = Guard(app, door, frozenset({f"{door.root}/start", *files}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def _opening(self, _: Request) -> Response:
        page = environment_of("redact.page").get_template("opening.html")
        return HTMLResponse(page.render(root=self.door.root, has_failed=self.has_failed))


def _file(request: Request) -> Response:
    return FileResponse(_STATIC / request.url.path.rpartition("/")[2])
