"""The pictures of the docs, made anew: `python docs/pictures/make.py` (needs Chromium)."""

from __future__ import annotations

import csv
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "samples" / "co-production"
REDACT = (sys.executable, "-m", "redact.cli")
TELLING = (
    "\nR: She was the only Gaelic-speaking team leader on the island, "
    "and then there was the ferry crash that was in all the papers.\n"
)


def key(folder: Path) -> tuple[str, str]:
    """The option that opens the study in this folder."""
    return "--passphrase-file", str(folder / "key.txt")


def made(folder: Path) -> Path:
    """A study of the sample, with a passage that singles somebody out."""
    (folder / "key.txt").write_text("four otters mended the pictures of a page\n", "utf-8")
    shutil.copytree(SAMPLE / "transcripts", folder / "talks")
    with (folder / "talks" / "arran_ishbel.txt").open("a", encoding="utf-8") as talk:
        talk.write(TELLING)
    subprocess.run(
        [
            *REDACT,
            "run",
            folder / "talks",
            "--policy",
            "archive-deposit",
            "--out",
            folder / "study",
            "--roster",
            SAMPLE / "roster.csv",
            "--interviews",
            SAMPLE / "interviews.csv",
            *key(folder),
        ],
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return folder / "study"


def opened(browser: Browser, address: str, **how: object) -> Page:
    context = browser.new_context(**{"viewport": {"width": 1300, "height": 850}} | how)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("table")
    return page


def take(browser: Browser, address: str) -> None:
    base = address.split("/start")[0]
    page = opened(browser, address)
    doc = str(page.locator("tbody th a").first.get_attribute("href"))
    page.goto(base.rpartition("/")[0] + doc)
    page.keyboard.press("c")
    page.keyboard.type("Is this the lady of the other interview?")
    page.click("text=Write it down")
    page.wait_for_selector(".comments")
    page.keyboard.press("n")
    page.screenshot(path=HERE / "transcript.png")
    for name, path in (
        ("corpus", "/"),
        ("entities", "/entities"),
        ("missed", "/missed"),
        ("details", "/details"),
    ):
        page.goto(base + path)
        if name in ("entities", "missed"):  # what takes long comes after the page
            page.wait_for_selector("#later:not([aria-busy])", timeout=300_000)
        page.screenshot(path=HERE / f"{name}.png")
    page.goto(f"{base}/entities")
    who = str(page.locator("tbody th a").first.get_attribute("href"))
    page.goto(base.rpartition("/")[0] + who)
    page.screenshot(path=HERE / "who.png")
    for name, how in (
        ("dark", {"color_scheme": "dark"}),
        ("narrow", {"viewport": {"width": 360, "height": 740}}),
    ):
        other = opened(browser, address, **how)
        other.goto(base.rpartition("/")[0] + doc)
        other.screenshot(path=HERE / f"{name}.png")


def told(playwright: Playwright, study: Path) -> None:
    """The risk page, with an intruder who has the sample's own staff list."""
    with (SAMPLE / "roster.csv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["kind"] == "PERSON"]
    staff = study.parent / "staff.csv"
    staff.write_text(
        "name,role,organisation\n"
        + "".join(f"{row['name']},{row['role']},{row['organisation']}\n" for row in rows),
        "utf-8",
    )
    subprocess.run(
        [*REDACT, "risk", study, "--attack", staff, *key(study.parent)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    page = browser.new_page(viewport={"width": 1100, "height": 1250})
    page.goto((study / "risk.html").as_uri())
    page.screenshot(path=HERE / "risk.png")
    browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        study = made(Path(folder))
        command = subprocess.Popen(
            [*REDACT, "review", study, "--by", "A. Steward", "--no-browser", *key(study.parent)],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert command.stdout is not None
        address = next(
            found[0] for line in command.stdout if (found := re.search(r"http://127\S+", line))
        )
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        take(browser, address)
        browser.close()
        command.send_signal(signal.SIGINT)
        command.wait(20)
        told(playwright, study)


if __name__ == "__main__":
    main()
