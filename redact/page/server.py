"""Serving the pages on this machine only, until the reviewer goes or falls asleep."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable

import uvicorn

from redact.page.app import make_app
from redact.page.guard import Door
from redact.page.room import Room

HOST = "127.0.0.1"


def serve(
    room: Room,
    idle_minutes: float,
    ready: Callable[[str], None],
    port: int = 0,
    home: str = "/",
) -> None:
    """Serves until interrupted or idle; `ready` is given the address with its token.

    The port is one that is free, unless it is named; `home` is the page that opens first. Raises
    OSError if the port cannot be had.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.bind((HOST, port))
        listening.listen()  # so that a browser that is quick waits and is not refused
        chosen = listening.getsockname()[1]
        door = Door(hosts=frozenset({f"{HOST}:{chosen}", f"localhost:{chosen}"}), home=home)
        config = uvicorn.Config(
            make_app(room, door),
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        ready(f"http://{HOST}:{chosen}{door.root}/start#{door.token}")
        asyncio.run(_until_idle(server, door, listening, idle_minutes * 60))


async def _until_idle(
    server: uvicorn.Server, door: Door, listening: socket.socket, idle_seconds: float
) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not serving.done():
        await asyncio.wait([serving], timeout=1.0)
        if time.monotonic() - door.used > idle_seconds:
            server.should_exit = True
    await serving
