"""A browser for the tests of the page, and what a reader does with it."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import Served
from tests.proofs import BROWSER, needs

# As root Chromium has no sandbox, and it would look for hosts of its own at every start.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
# Milliseconds until something that should come on a page is missed: two workers and as many
# browsers share two cores, and what comes sooner is not waited for.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
needs_chromium = needs(BROWSER)


errors: list[str] = []  # what went wrong on the pages of a test


def opened(browser: Browser, served: Served, **how: object) -> Page:
    """A page past its key, in a browser of its own."""
    context = browser.new_context(**{"viewport": {"width": 1300, "height": 850}} | how)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(f"a dialog: {dialog.message}"))
    page.goto(served.address)
    if how.get("java_script_enabled", True):
        page.wait_for_url(re.compile(rf"{re.escape(served.base)}/(?:open)?$"))
    return page


def first(served: Served) -> str:
    """The id of the transcript that ONE is."""
    for line in (served.study / "work" / "replacements.jsonl").read_text("utf-8").split("\n"):
        found = re.search(r'"file":"([^"]+)".*"transcript":"(D\d+)"', line)
        if found and "<script>" in (served.study / "safe" / found[1]).read_text("utf-8"):
            return found[2]
    raise AssertionError("no transcript")


def rulings(served: Served) -> list[str]:
    path = served.study / "rulings.jsonl"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def choose(page: Page, words: str) -> None:
    """Walks with `j` to the mark that says this."""
    for _ in range(40):
        if page.text_content("#words") == words:
            return
        page.keyboard.press("j")
    raise AssertionError(f"no mark says {words}")


def select(page: Page, words: str) -> None:
    """Selects these words of the original with the mouse's own means."""
    page.evaluate(
        """(words) => { const walk = document.createTreeWalker(document.querySelector('#text'), 4);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
          const at = node.data.indexOf(words);
          if (at < 0 || !node.parentElement.closest('.original')) continue;
          const range = document.createRange();
          range.setStart(node, at); range.setEnd(node, at + words.length);
          getSelection().removeAllRanges(); getSelection().addRange(range); return; } }""",
        words,
    )


def drag_over(page: Page, words: str) -> None:
    """Selects these words of the original with the mouse: down before them, up behind them."""
    box = page.evaluate(
        """(words) => { const walk = document.createTreeWalker(document.querySelector('#text'), 4);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
          const at = node.data.indexOf(words);
          if (at < 0 || !node.parentElement.closest('.original')) continue;
          node.parentElement.scrollIntoView({ block: 'center' });
          const range = document.createRange();
          range.setStart(node, at); range.setEnd(node, at + words.length);
          const box = range.getBoundingClientRect();
          return [box.left, box.right, box.top + box.height / 2]; } }""",
        words,
    )
    page.mouse.move(box[0] + 1, box[2])
    page.mouse.down()
    page.mouse.move(box[1] - 1, box[2], steps=5)
    page.mouse.up()


def comment(page: Page, served: Served, text: str = "Is this\nMorag's son?") -> None:
    page.goto(f"{served.base}/t/{first(served)}")
    page.keyboard.press("c")
    page.keyboard.type(text)
    page.click("text=Write it down")


def until_saved(page: Page) -> None:
    """Loads the page anew until the safe texts have what was decided."""
    for _ in range(1000):
        page.reload()
        if page.text_content("#saved") == "Saved":
            return
        page.wait_for_timeout(50)
    raise AssertionError("not saved")


def press_until(page: Page, key: str, there: str) -> None:
    """Presses a key until the page says that we are there; fails after a thousand times."""
    for _ in range(1000):
        page.keyboard.press(key)
        if page.evaluate(there):
            return
    raise AssertionError(there)
