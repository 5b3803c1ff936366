"""The whole road by the mouse alone: from a folder to a release that somebody has."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from redact.study.folder import Study
from redact.study.given import given_releases
from tests.conftest import run_redact
from tests.page.browsing import errors, needs_chromium
from tests.page.conftest import Served, start, stop
from tests.page.readied import WORDS, ready_study, today, visit
from tests.shared import copy_of

pytestmark = needs_chromium

TALK = (
    "INT: Who was there on 5 February 2019?\n"
    "R: {0} came from {1}, and she was at Corriedoon Care.\n"
    "R: The Scottish Government paid for it.\nINT: And then?\nR: {0} stayed in {1}.\n"
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """`redact open` without a study, in a home of its own."""
    talks = tmp_path / "home" / "talks"
    talks.mkdir(parents=True)
    for name, place in (("Ishbel Tannock", "Kilmarnock"), ("Morag Haldane", "Cumnock")):
        (talks / f"{name.split()[0]}.txt").write_text(TALK.format(name, place), "utf-8")
    (talks / "talk.mp3").write_bytes(b"ID3\x03\x00\x00\x00")
    process = subprocess.Popen(
        [sys.executable, "-m", "redact.cli", "open", "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, "HOME": str(talks.parent)},
    )
    assert process.stdout is not None
    lines = iter(process.stdout)
    address = next(found[0] for line in lines if (found := re.search(r"http://127\S+", line)))
    page = Served(address, tmp_path / "home" / "talks-study", process)
    yield page
    if process.poll() is None:
        stop(page)


@pytest.mark.model
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_from_a_folder_to_a_release_by_the_mouse_alone(
    browser: Browser, served: Served, script: bool
) -> None:
    how = {"java_script_enabled": script, "viewport": {"width": 1100, "height": 800}}
    context = browser.new_context(**how)  # type: ignore[arg-type]
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    enter(page, served, script)
    page.click("text=Choose a folder")
    page.click("button.entry:has-text('talks')")
    page.click("text=Use this folder")
    page.click(".gates button:has-text('Leave it out')")
    page.click("text=Yes, go on")
    page.click("text=An archive >> nth=0")
    page.click("button:has-text('Continue')")
    page.fill("#who", "A. Steward")
    page.click("button:has-text('Continue')")
    page.fill("#words", str(page.text_content("#shown")).strip())
    page.click("button:has-text('Make the safe copy')")
    page.wait_for_selector("h1:has-text('What is left to do')")
    for _ in range(2):  # the one thing that is next: both interviews are read
        page.click(".next .button")
        page.click("button:has-text('I have read it') >> nth=0")
        page.wait_for_selector("h1:has-text('2 interviews')")
        page.click("nav.road >> text=All tasks")
    page.click(".next .button")
    page.wait_for_selector("h1:has-text('Everything that goes out')")
    page.click("button:has-text('Make the release')")
    page.click("text=Say who was given it")
    page.fill("#to", "The archive")
    page.click("button:has-text('Record it')")
    expect(page.locator(".release")).to_contain_text("The archive")
    (bag,) = (served.study / "release").iterdir()
    assert run_redact("release", "verify", bag).code == 0
    assert [one.to for one in given_releases(Study(served.study).audit)] == ["The archive"]
    safe = "".join(one.read_text("utf-8") for one in (served.study / "safe").iterdir())
    assert not any(name in safe for name in ("Ishbel", "Tannock", "Morag", "Kilmarnock"))
    context.close()


def reach(page: Page, selector: str, most: int = 60) -> None:
    """Presses Tab until this has the focus, and its outline can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """(selector) => { const at = document.activeElement;
            if (!at.matches(selector)) return false;
            const box = at.getBoundingClientRect(), style = getComputedStyle(at);
            return (style.outlineStyle !== "none" || at.matches("input")) &&
              box.bottom > 0 && box.top < innerHeight; }""",
            selector,
        )
        if found:
            return
    at = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    raise AssertionError(f"{selector} is not reached: {at}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Reaches it and presses the key."""
    reach(page, selector)
    page.keyboard.press(key)


@pytest.mark.model
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_from_a_folder_to_a_release_by_the_keyboard_alone(
    browser: Browser, served: Served, script: bool
) -> None:
    how = {"java_script_enabled": script, "viewport": {"width": 1100, "height": 800}}
    context = browser.new_context(**how)  # type: ignore[arg-type]
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served.address)
    if not script:
        press(page, "#token")
        page.keyboard.type(served.token)
        page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Make interviews safe')")
    press(page, "a[href$='/folder']")
    page.wait_for_selector("h1:has-text('Which transcripts')")
    press(page, "button.entry")
    page.wait_for_selector("button[name=use]:has-text('talks')")
    press(page, "button[name=use]")
    page.wait_for_selector("h1:has-text('how you meant it')")
    press(page, "button[value^='leave:']")
    page.wait_for_selector("button[value='continue']:enabled")
    press(page, "button[value='continue']")
    page.wait_for_selector(".picks")
    reach(page, "input[name=purpose]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#who")
    reach(page, "#who")
    page.keyboard.type("A. Steward")
    page.keyboard.press("Enter")
    page.wait_for_selector("#shown")
    words = str(page.text_content("#shown")).strip()
    reach(page, "#words")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('What is left to do')")
    for _ in range(2):
        press(page, ".next .button")
        page.wait_for_selector("button:has-text('I have read it') >> nth=0")
        reach(page, "form[action$='/settle'] button", most=400)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('2 interviews')")
        press(page, "nav.road a[href$='/tasks']")
        page.wait_for_selector("h1:has-text('What is left to do')")
    page.wait_for_selector(".next .button")
    press(page, ".next .button")
    page.wait_for_selector("h1:has-text('Everything that goes out')")
    press(page, "form[action$='/release'] button")
    page.wait_for_selector("h1:has-text('Released')")
    press(page, "a[href$='/register#give']")
    page.wait_for_selector("#to")
    reach(page, "#to")
    page.keyboard.type("The archive")
    page.keyboard.press("Enter")
    page.wait_for_selector("h3:has-text('The archive')")
    assert [one.to for one in given_releases(Study(served.study).audit)] == ["The archive"]
    context.close()


def enter(page: Page, served: Served, script: bool) -> None:
    """Past the key: without a script it is typed."""
    page.goto(served.address)
    if not script:
        page.fill("#token", served.token)
        page.click("button:has-text('Open')")
    page.wait_for_selector("h1:has-text('Make interviews safe')")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_screens_before_a_study_break_no_rule_and_fit_a_narrow_window(
    browser: Browser, served: Served, dark: bool
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    enter(page, served, script=True)
    sound(page)
    page.click("text=Choose a folder")
    page.wait_for_selector("button.entry:has-text('talks')")
    sound(page)
    page.click("button.entry:has-text('talks')")
    page.click("text=Use this folder")
    page.wait_for_selector(".gates button:has-text('Leave it out')")
    sound(page)
    page.click(".gates button:has-text('Leave it out')")
    page.click("text=Yes, go on")
    page.wait_for_selector(".picks")
    sound(page)
    context.close()


def sound(page: Page) -> None:
    """No rule of axe is broken, and nothing scrolls sideways."""
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["html"]) for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


SCREENS = (
    "/tasks /sources / /tells /describe /describe/licence /papers /approve /before "
    "/before?for=ukds /names /columns /two-people "
    "/register /keep /rotate /split /destroy /withdraw /incident /incident/I1"
).split()


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Iterator[Served]:
    """The page of a study with a release that somebody has, and a name that was found in it."""
    ready = ready_study(tmp_path_factory, passphrase_file)
    root = copy_of(ready, tmp_path_factory.mktemp("released"))
    visitor = visit(root)
    visitor.fill_in("/release")
    visitor.fill_in("/given", name="safe-copy-01", to="The archive", on=today(), until=today())
    assert visitor.fill_in("/incident", label="ORG", what=WORDS)[0] == 303
    page = start(root, ("--passphrase-file", passphrase_file))
    yield page
    stop(page)


@pytest.mark.model
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_screens_of_a_study_break_no_rule_and_fit_a_narrow_window(
    browser: Browser, released: Served, script: bool, dark: bool
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        color_scheme="dark" if dark else "light",
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    if not script:  # of ours: that of axe has to run
        page.route("**/static/*.js", lambda route: route.abort())
    page.goto(released.address)
    if not script:
        page.fill("#token", released.token)
        page.click("button:has-text('Open')")
    page.wait_for_selector("h1:has-text('2 interviews')")
    for path in SCREENS:
        page.goto(released.base + path)
        page.wait_for_selector("h1")
        sound(page)
    context.close()
