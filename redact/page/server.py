"""Serving the pages on this machine only, until the reviewer goes or falls asleep."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from redact.page.guard import Door, Guard
from redact.page.opening import Entrance

if TYPE_CHECKING:  # the pages are read while the server runs already, and says that it opens
    from redact.custody.keyfile import Opener
    from redact.page.room import Room

HOST = "127.0.0.1"
_TOLD = 2.0  # seconds in which a page that waits learns that the study could not be opened


class CannotListen(OSError):
    """The port cannot be had."""


def serve(
    room: Room,
    idle_minutes: float,
    ready: Callable[[str], None],
    port: int = 0,
    home: str = "/",
    opener: Opener | None = None,
) -> None:
    """As `serve_opening`, over a room that is open."""
    serve_opening(lambda: room, idle_minutes, ready, port, home, opener=opener)


def serve_opening(
    open_room: Callable[[], Room],
    idle_minutes: float,
    ready: Callable[[str], None],
    port: int = 0,
    home: str = "/",
    begins: Callable[[str], None] | None = None,
    opener: Opener | None = None,
) -> None:
    """Serves a study's pages, as `serve_door` does; `opener` is what opened it.

    The room is opened while the server runs already. A second reader begins at the list of texts.
    Raises what `open_room` raises too.
    """

    def behind(door: Door) -> Guard:
        room = open_room()
        from redact.page.app import make_app

        door.home = "/" if room.blind else home
        return make_app(room, door, opener)

    serve_door(behind, idle_minutes, ready, port, home, begins)


def serve_door(
    behind: Callable[[Door], Guard],
    idle_minutes: float,
    ready: Callable[[str], None],
    port: int = 0,
    home: str = "/",
    begins: Callable[[str], None] | None = None,
) -> None:
    """Serves what is `behind` a door until interrupted or idle.

    `ready` is given the address with its token. What is behind is made while the server runs
    already: `begins`, where there is one, is given the address before, and the page says that it is
    being opened. The port is one that is free, unless it is named; `home` is the page below it that
    opens first. Raises CannotListen if the port cannot be had, and what `behind` raises.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        try:
            listening.bind((HOST, port))
            listening.listen()  # so that a browser that is quick waits and is not refused
        except OSError as error:
            raise CannotListen(error.errno, error.strerror) from None
        chosen = listening.getsockname()[1]
        door = Door(hosts=frozenset({f"{HOST}:{chosen}", f"localhost:{chosen}"}), home=home)
        entrance = Entrance(door)
        config = uvicorn.Config(
            entrance,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        address = f"http://{HOST}:{chosen}{door.root}/start#{door.token}"

        async def run() -> None:
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            if begins is not None:
                begins(address)
            try:
                app = await asyncio.to_thread(behind, door)
            except BaseException:
                entrance.has_failed = True
                await asyncio.wait([serving], timeout=_TOLD if begins else 0)
                server.should_exit = True
                await serving
                raise
            door.used = time.monotonic()
            entrance.app = app
            ready(address)
            await _until_idle(server, serving, door, idle_minutes * 60)

        asyncio.run(run())


async def _until_idle(
    server: uvicorn.Server, serving: asyncio.Task[None], door: Door, idle_seconds: float
) -> None:
    while not serving.done():
        await asyncio.wait([serving], timeout=1.0)
        if time.monotonic() - door.used > idle_seconds:
            server.should_exit = True
    await serving
