"""What another site, another machine or another program asks of the page, and is refused."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.page.conftest import Served, start, stop
from tests.reviewed import Key
from tests.shared import copy_of

Answer = tuple[int, dict[str, str], str]


@pytest.fixture(scope="module")
def served(
    template: Path, custodian: Key, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """One page for all: nothing that is asked of it here may change anything."""
    page = start(copy_of(template, tmp_path_factory.mktemp("attacked")), custodian)
    yield page
    stop(page)


def ask(
    served: Served, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> Answer:
    """One request as it is, with no manners of a browser."""
    place = urlsplit(served.base)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=10)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        given.setdefault("Content-Type", "application/x-www-form-urlencoded")
    connection.putrequest(
        method, served.root + path, skip_host="Host" in given, skip_accept_encoding=True
    )
    if body is not None:
        given.setdefault("Content-Length", str(len(body)))
    for name, value in given.items():
        connection.putheader(name, value)
    connection.endheaders(body.encode() if body is not None else None)
    answer = connection.getresponse()
    said = answer.read().decode("utf-8")
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, said


def cookie(served: Served) -> str:
    status, headers, _ = ask(
        served, "/session", "POST", urlencode({"token": served.token}), Origin=served.origin
    )
    assert status == 303
    assert re.search("HttpOnly", headers["set-cookie"], re.IGNORECASE)
    assert re.search("SameSite=strict", headers["set-cookie"], re.IGNORECASE)
    assert f"; Path={served.root}/" in headers["set-cookie"], "no other program's page is below it"
    return headers["set-cookie"].split(";")[0]


def csrf(served: Served, known: str) -> str:
    _, _, page = ask(served, "/entities", Cookie=known)
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_without_the_cookie_nothing_is_told(served: Served) -> None:
    for path in (
        "/",
        "/entities",
        "/missed",
        "/details",
        "/t/D0001",
        "/t/D0001/lines?n=1",
        "/nowhere",
    ):
        status, headers, said = ask(served, path)
        assert status == 401, path
        assert not re.search("Morag|Haldane|D0001", said)
        assert headers["cache-control"] == "no-store"
    assert ask(served, "/", Cookie="redact-review=wrong")[0] == 401


def test_another_name_for_this_machine_is_not_answered(served: Served) -> None:
    """DNS rebinding: the attacker's name leads here, and the browser sends that name."""
    known = cookie(served)
    port = urlsplit(served.base).port
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port}.evil.example",
        f"[::1]:{port}",
        "",
    ):
        status, _, said = ask(served, "/", Cookie=known, Host=host)
        assert status in (400, 421), host
        assert "Morag" not in said


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", None]
)
def test_another_site_cannot_decide_anything(served: Served, origin: str | None) -> None:
    known = cookie(served)
    body = urlencode(
        {
            "csrf": csrf(served, known),
            "doc": "D0001",
            "start": 5,
            "end": 8,
            "label": "PERSON",
            "seen": 0,
        }
    )
    given = {"Cookie": known} | ({"Origin": origin} if origin else {})
    assert ask(served, "/decide", "POST", body, **given)[0] == 403
    assert not (served.study / "rulings.jsonl").exists()
    if origin:
        assert ask(served, "/", Cookie=known, Origin=origin)[0] == 403
    assert ask(served, "/", Cookie=known, Sec_Fetch_Site="cross-site")[0] == 403


def test_a_form_that_is_not_of_the_page_is_refused(served: Served) -> None:
    known = cookie(served)
    place = {"doc": "D0001", "start": 5, "end": 8, "label": "PERSON", "seen": 0}
    for token in ("", "wrong", csrf(served, known)[:-1]):
        for path in (
            "/decide",
            "/add",
            "/undo",
            "/apply",
            "/settle",
            "/entity",
            "/missed",
            "/comment",
            "/passage",
            "/assign",
            "/uncorrect",
        ):
            status, _, said = ask(
                served,
                path,
                "POST",
                urlencode({**place, "csrf": token}),
                Cookie=known,
                Origin=served.origin,
            )
            assert status == 400, path
            assert "did not come from this page" in said
    assert not (served.study / "rulings.jsonl").exists()


def test_guessing_the_key_ends_soon(template: Path, tmp_path: Path, custodian: Key) -> None:
    served = start(copy_of(template, tmp_path), custodian)
    for _ in range(25):
        body = urlencode({"token": "guess"})
        assert ask(served, "/session", "POST", body, Origin=served.origin)[0] == 403
    body = urlencode({"token": served.token})  # now the right one is too late
    assert ask(served, "/session", "POST", body, Origin=served.origin)[0] == 403
    stop(served)


def test_every_answer_keeps_everything_else_out(served: Served) -> None:
    known = cookie(served)
    for path in (
        "/",
        "/entities",
        "/missed",
        "/details",
        "/t/D0001",
        "/start",
        "/static/review.js",
        "/nowhere",
    ):
        _, headers, said = ask(served, path, Cookie=known)
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", said)
        assert not re.search(r"\son\w+=|<script>|style=", said.replace("&lt;script&gt;", ""))


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/nothing"]
)
def test_nothing_but_the_pages_own_files_is_served(served: Served, path: str) -> None:
    assert ask(served, path, Cookie=cookie(served))[0] in (401, 404)


def test_large_and_broken_requests_are_refused(served: Served) -> None:
    known = cookie(served)
    given = {"Cookie": known, "Origin": served.origin}
    assert ask(served, "/decide", "POST", "x" * (1 << 20) + "y", **given)[0] == 413
    assert ask(served, "/decide", "POST", "", Transfer_Encoding="chunked", **given)[0] in (400, 413)
    assert ask(served, "/", "DELETE", **given)[0] == 405
    assert ask(served, "/decide", **given)[0] == 405
    token = csrf(served, known)
    for body in (
        "%ff%fe",
        "a=b&" * 900,
        urlencode({"csrf": token, "doc": "../..", "start": "-1"}),
        urlencode({"csrf": token, "start": "9" * 5000, "end": "²"}),
    ):
        status, _, said = ask(served, "/decide", "POST", body, **given)
        assert status == 400
        assert "Traceback" not in said


BACK: list[Callable[[str], str]] = [
    lambda base: "//evil.example",
    lambda base: "https://evil.example",
    lambda base: "/\\evil.example",
    lambda base: f"{base}/",
    lambda base: "/a\r\nSet-Cookie: x=y",
    lambda base: f"/{base.rpartition('/')[2]}//evil.example",
    lambda base: "/elsewhere",
    lambda base: f"/{base.rpartition('/')[2]}/\r\nSet-Cookie: x=y",
]


@pytest.mark.parametrize("back", BACK)
def test_no_form_leads_away_from_the_page(served: Served, back: Callable[[str], str]) -> None:
    known = cookie(served)
    body = urlencode({"csrf": csrf(served, known), "back": back(served.base)})
    status, headers, _ = ask(served, "/apply", "POST", body, Cookie=known, Origin=served.origin)
    assert (status, headers["location"]) == (303, f"{served.root}/")
    assert "x=y" not in str(headers)


def test_nothing_is_at_an_address_without_the_path(served: Served) -> None:
    """The cookie is bound to a path that only the address has; elsewhere nothing is answered."""
    known = cookie(served)
    bare = replace(served, address=f"{served.origin}/start#{served.token}")
    for path in ("/", "/entities", "/t/D0001", "/start"):
        assert ask(bare, path)[0] == 401
        status, _, said = ask(bare, path, Cookie=known)
        assert (status, "Morag" in said) == (404, False)


def test_the_browser_is_given_a_file_and_not_the_key(
    template: Path, tmp_path: Path, custodian: Key
) -> None:
    """What a program is started with can be read by everybody on the machine."""
    copy_of(template, tmp_path)
    seen, browser = tmp_path / "seen.txt", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > {seen}\n', "utf-8")
    browser.chmod(0o700)
    page = start(tmp_path / "study", custodian, env={"BROWSER": f"{browser} %s"})
    door = tmp_path / "study" / "work" / "open-review.html"
    try:
        assert door.stat().st_mode & 0o777 == 0o600
        assert page.address in door.read_text("utf-8")
        for _ in range(1000):
            if seen.exists() and seen.read_text("utf-8"):
                break
            assert ask(page, "/start")[0] == 200
    finally:
        stop(page)
    assert not door.exists()
    assert seen.read_text("utf-8").strip() == door.resolve().as_uri()
