"""Before the study is open the page says so, and nothing else; then it is the page."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from redact.errors import KeyRefused
from redact.page.guard import Door
from redact.page.opening import Entrance
from redact.page.room import Room
from redact.page.server import serve_opening
from tests.page.browsing import needs_chromium
from tests.page.rooms import HOST, sit
from tests.shared import copy_of

_PATIENCE = 60


def test_nothing_is_served_but_the_word_that_it_is_being_opened() -> None:
    door = Door(hosts=frozenset({HOST}))
    entrance = Entrance(door)
    visitor = TestClient(entrance, base_url=f"http://{HOST}", follow_redirects=False)
    said = visitor.get(f"{door.root}/start")
    assert (said.status_code, "is being opened" in said.text) == (200, True)
    assert "script-src 'self'" in said.headers["content-security-policy"]
    for path in ("/", "/entities", "/static/forms.js"):
        assert visitor.get(door.root + path).status_code == 401
    entrance.has_failed = True
    assert "could not be opened" in visitor.get(f"{door.root}/start").text


@needs_chromium
def test_the_browser_waits_with_the_key_and_goes_on_by_itself(
    browser: Browser, template: Path, tmp_path: Path
) -> None:
    root = copy_of(template, tmp_path)
    addresses: list[str] = []
    begun, may_open = threading.Event(), threading.Event()

    def open_room() -> Room:
        assert may_open.wait(_PATIENCE)
        return sit(root)

    def begins(address: str) -> None:
        addresses.append(address)
        begun.set()

    serving = threading.Thread(
        target=serve_opening,
        args=(open_room, 0.5, addresses.append),
        kwargs={"begins": begins},
        daemon=True,
    )
    serving.start()
    assert begun.wait(_PATIENCE)
    page = browser.new_context().new_page()
    page.goto(addresses[0])
    expect(page.locator("h1")).to_have_text("The study is being opened")
    may_open.set()
    expect(page.locator("h1")).to_have_text("2 interviews")
    page.close()


def test_what_cannot_be_opened_is_said_on_the_page_and_raised() -> None:
    pages: list[str] = []
    told, raised = threading.Event(), threading.Event()

    def refuse() -> Room:
        raise KeyRefused("this passphrase opens nothing")

    def begins(address: str) -> None:
        threading.Thread(target=look, args=(address,), daemon=True).start()

    def look(address: str) -> None:
        for _ in range(1000):
            pages.append(urlopen(address.split("#")[0]).read().decode())  # noqa: S310 our own
            if "could not be opened" in pages[-1]:
                told.set()
                return

    def serve() -> None:
        with pytest.raises(KeyRefused):
            serve_opening(refuse, 1, pages.append, begins=begins)
        raised.set()

    threading.Thread(target=serve, daemon=True).start()  # a loop of its own
    assert raised.wait(_PATIENCE)
    assert told.wait(_PATIENCE)
