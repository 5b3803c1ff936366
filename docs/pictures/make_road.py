"""The pictures of the road, from a folder to a release: `python docs/pictures/make_road.py`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "samples" / "co-production"
LONGEST = 400_000  # milliseconds for the sample's twelve interviews


def walk(page: Page, base: str) -> None:
    """Every screen by the mouse, as a newcomer meets it."""

    def picture(name: str) -> None:
        page.screenshot(path=HERE / f"{name}.png")

    page.click("text=Choose a folder")
    page.click("button.entry:has-text('interviews')")
    picture("folder")
    page.click("text=Use this folder")
    picture("understood")
    page.click("text=Yes, go on")
    page.wait_for_selector(".say")
    picture("purpose")
    page.click("text=An archive >> nth=0")
    page.click("button:has-text('Continue')")
    page.fill("#who", "A. Steward")
    page.click("button:has-text('Continue')")
    page.fill("#words", str(page.text_content("#shown")).strip())
    page.click("button:has-text('Make the safe copy')")
    page.wait_for_selector("progress")
    picture("progress")
    page.wait_for_selector("h1:has-text('What is left to do')")
    for name, path in (("tasks", "/tasks"), ("tells", "/tells"), ("before", "/before?for=ukds")):
        page.goto(base + path)
        page.wait_for_selector("[data-wait]", state="detached")
        picture(name)
    page.goto(f"{base}/describe/title")
    picture("describe")
    page.goto(f"{base}/keep")
    picture("keep")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copytree(SAMPLE / "transcripts", Path(folder) / "interviews")
        for table in ("roster.csv", "interviews.csv"):
            shutil.copy(SAMPLE / table, Path(folder) / "interviews")
        command = subprocess.Popen(
            [sys.executable, "-m", "redact.cli", "open", "--no-browser"],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "HOME": folder},
        )
        assert command.stdout is not None
        address = next(
            found[0] for line in command.stdout if (found := re.search(r"http://127\S+", line))
        )
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1100, "height": 850})
        page.set_default_timeout(LONGEST)
        page.goto(address)
        walk(page, address.split("/start")[0])
        browser.close()
        command.send_signal(signal.SIGINT)
        command.wait(60)


if __name__ == "__main__":
    main()
