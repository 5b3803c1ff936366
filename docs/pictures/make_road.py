"""The pictures of the road, from a folder to a release: `python docs/pictures/make_road.py`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
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


def after(page: Page, folder: Path) -> None:
    """The screens for what comes after a release, of a study that was released at once."""
    study, secret, found = folder / "copy", folder / "passphrase", folder / "found.txt"
    secret.write_text("a passphrase only for the pictures of redact", "utf-8")
    found.write_text("gas cooker\n", "utf-8")
    for file in (secret, found):
        file.chmod(0o600)
    key, day = ("--passphrase-file", secret), datetime.now(UTC).date().isoformat()
    redact("run", SAMPLE / "transcripts", "--policy", "safe-copy", "--out", study, *key)
    terms = ("--purpose", "a second coding", "--agreement", "DSA 12", "--access", "controlled")
    who = ("--to", "The data archive", "--on", day)
    redact("release", "given", study, "safe-copy-01", *who, *terms, *key)
    said = ("--what", "ORG", "--by", "A. Steward", "--words-file", found)
    redact("incident", "open", study, *said, *key)
    command = [sys.executable, "-m", "redact.cli", "review", study, "--by", "A. Steward", *key]
    served = subprocess.Popen(
        [*map(str, command), "--no-browser"], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert served.stdout is not None
    address = next(told[0] for one in served.stdout if (told := re.search(r"http://\S+#\S+", one)))
    page.goto(address)
    page.wait_for_selector("h1:has-text('12 interviews')")
    for name, path in (("register", "/register"), ("incident", "/incident/I1")):
        page.goto(address.split("/start")[0] + path)
        page.wait_for_selector("h1")
        page.screenshot(path=HERE / f"{name}.png")
    served.send_signal(signal.SIGINT)
    served.wait(60)


def redact(*words: object) -> None:
    command = [sys.executable, "-m", "redact.cli", *map(str, words)]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


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
        after(page, Path(folder))
        browser.close()
        command.send_signal(signal.SIGINT)
        command.wait(60)


if __name__ == "__main__":
    main()
