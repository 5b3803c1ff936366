"""Who may ask the page anything: this machine, this browser, this page itself.

docs/security.md, section 5: exact Host and Origin (against DNS rebinding and other sites), a token
that travels in the address's fragment and becomes a strict cookie, a second token in every form,
and headers that keep everything else out.
"""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "redact-review"
MOST_GUESSES = 20
LARGEST_BODY = 1 << 20
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer a form's Origin would be "null"
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(slots=True, kw_only=True)
class Door:
    """The secrets of one run of the page, and when it was last used.

    `root` is the path below which all pages lie, `home` the page below it that opens first. A
    cookie goes to every port of a machine; with a path that nobody knows it goes to no other
    program's.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    root: str = field(default_factory=lambda: f"/{secrets.token_hex(16)}", repr=False)
    guesses: int = 0
    used: float = field(default_factory=time.monotonic)
    hosts: frozenset[str] = frozenset()
    home: str = "/"

    def opens(self, token: str) -> bool:
        """Whether this is the token of the address; after too many wrong ones nothing is."""
        if self.guesses >= MOST_GUESSES:
            return False
        right = hmac.compare_digest(token.encode(), self.token.encode())
        self.guesses += not right
        return right

    def knows(self, request: Request) -> bool:
        """Whether the browser has the cookie."""
        given = request.cookies.get(COOKIE, "")
        return hmac.compare_digest(given.encode(), self.cookie.encode())

    def means(self, given: str) -> bool:
        """Whether a form came from a page of ours."""
        return hmac.compare_digest(given.encode(), self.csrf.encode())


class Guard:
    """Lets through what the door allows, and says so in the headers of every answer."""

    def __init__(self, app: ASGIApp, door: Door, open_paths: frozenset[str]) -> None:
        self.app, self.door, self.open_paths = app, door, open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refuses(Request(scope))
        if refused is None:
            self.door.used = time.monotonic()
            await self.app(scope, receive, with_headers)
        else:
            await refused(scope, receive, with_headers)

    def _refuses(self, request: Request) -> PlainTextResponse | None:
        headers = Headers(scope=request.scope)
        if headers.getlist("host") != [headers.get("host")] or headers["host"] not in (
            self.door.hosts
        ):
            return PlainTextResponse("This address is not the review page's.", 421)
        if request.method not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("This page is not asked like that.", 405)
        origin = headers.get("origin")
        if (request.method == "POST" or origin is not None) and (
            origin != f"http://{headers['host']}"
        ):
            return PlainTextResponse("This was not asked by the review page.", 403)
        came = headers.get("sec-fetch-site", "same-origin")
        first = request.method == "GET" and request.url.path == f"{self.door.root}/start"
        if came not in ("same-origin", "none") and not first:  # it is opened from a file
            return PlainTextResponse("This was not asked by the review page.", 403)
        try:
            size = int(headers.get("content-length", "0"))
        except ValueError:
            size = LARGEST_BODY + 1
        if size > LARGEST_BODY or "transfer-encoding" in headers:
            return PlainTextResponse("This is too large.", 413)
        if request.url.path not in self.open_paths and not self.door.knows(request):
            return PlainTextResponse(
                "Open the page with the address that was printed when it was started.", 401
            )
        return None
