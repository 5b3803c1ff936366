"""A newcomer's whole road in Chromium: eight files of six kinds, two tables, to a given release.

    python benchmarks/newcomer.py [FOLDER FOR PICTURES]

By the mouse alone, then by the keyboard alone (Tab, Enter, arrows). It counts what is pressed and
typed, and how long it takes. Nobody reads here, so the minutes are those of the program.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from playwright.sync_api import Page, sync_playwright
from review import QUIET

TALKS = {
    "Interview 1 - Elspeth.txt": ""
    "Interview with: Elspeth Drumblair\nDate: 14 March 2022\n\nINTERVIEWER: How did "
    "the night shifts begin?\n\nELSPETH: I came to Carrbrae in 2009, with my sister "
    "Una. We both worked at Hollin House.\nDouglas Pettifer ran it then. My phone, "
    "01632 960983, did not stop.\n",
    "int_02.txt": ""
    "[00:00:04] Speaker 1: You are the driver?\n[00:00:09] Speaker 2: Aye, Torquil "
    "Baxendale. I drove the bus from Strathmuir.\n[00:00:33] Speaker 2: My boss was "
    "Mrs Pettifer. Wee Shug took over.\n",
    "P3 focus group.txt": ""
    "MODERATOR\nNames first?\n\nP3A\nI'm Rhona, from Lochside Carers.\n\nP3B\nIain "
    "Macrossan. My dad, Murdo, taught half of Portlennie.\n",
    "04_Zoom.vtt": "WEBVTT\n\n1\n00:00:01.000 --> 00:00:05.000\n<v Kirsty Lowrie>You manage two "
    "homes now, Anselm?\n\n2\n00:00:05.500 --> 00:00:12.000\n<v Anselm "
    "Okwuosa>Hollin House and the one in Strathmuir. Douglas Pettifer hired me.\n",
    "05.srt": "1\n00:00:01,000 --> 00:00:04,000\nQ: Who decided on the "
    "cuts?\n\n2\n00:00:04,500 --> 00:00:11,000\nA: Councillor Fenwick-Drury. She sat "
    "in Inverlannan.\n",
    "interview-7.txt": ""
    "Q. How long have you been there?\nA. Since I was nineteen. My mother, Agnes "
    "Muldoon, had the job before me.\n",
    "8.txt": "I: And your name for the tape?\nN: Nuala Geraghty. I did nights with "
    "Elspeth.\nI: And Douglas?\nN: Mr Pettifer signed off everything.\n",
}
WORD = [("Kirsty", "Who spoke?"), ("Bettina Quayle", "Una Drumblair, outside Hollin House.")]
PEOPLE = [
    ["Study of nights in care homes: people we know"],
    [],
    ["Full name", "Also known as", "What they do", "Where they work"],
    ["Elspeth Drumblair", "Ellie", "night carer", "Hollin House"],
    ["Douglas Pettifer", "", "manager", "Hollin House"],
    ["Hugh Carnegie", "Wee Shug", "bus driver", "Northglen Coaches"],
]
INTERVIEWS = (
    "Transcript;Who;Job\nInterview 1 - Elspeth;Elspeth Drumblair;carer\nint_02;Torquil Baxendale;"
    "driver\n8;Nuala Geraghty;nurse\n04_Zoom;Anselm Okwuosa;manager\n"
)


def folder_of(home: Path) -> None:
    """Eight interviews, two tables and a picture, as somebody has them."""
    talks = home / "interviews"
    talks.mkdir()
    for name, text in TALKS.items():
        (talks / name).write_text(text, "utf-8")
    document = Document()
    for who, said in WORD:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}: ").bold = True
        paragraph.add_run(said)
    document.save(str(talks / "Bettina final v2.docx"))
    book = Workbook()
    for row in PEOPLE:
        book.active.append(row)
    book.save(talks / "people we know.xlsx")
    (talks / "who we talked to.csv").write_text(INTERVIEWS, "utf-8")
    (talks / "notes.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(50))


@dataclass(slots=True)
class Newcomer:
    """Somebody at the page, with a mouse or with the keyboard alone; what they did is counted."""

    page: Page
    has_mouse: bool
    pictures: Path | None
    presses: int = 0
    fields: int = 0
    shown: int = 0

    def press(self, selector: str) -> None:
        """Clicks it, or reaches it by Tab and presses Enter."""
        self.presses += 1
        if self.has_mouse:
            self.page.click(selector)
            return
        self.reach(selector)
        self.page.keyboard.press("Enter")

    def type(self, selector: str, words: str) -> None:
        self.fields += 1
        if self.has_mouse:
            self.page.click(selector)
        else:
            self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, selector: str) -> None:
        """The second of these radio buttons."""
        self.presses += 1
        if self.has_mouse:
            self.page.click(f"{selector} >> nth=1")
            return
        self.reach(f"{selector} >> nth=0")
        self.page.keyboard.press("ArrowDown")

    def reach(self, selector: str, most: int = 600) -> None:
        """Tab until it has the focus; an error if it never has."""
        wanted = self.page.locator(selector).first
        wanted.wait_for()
        for _ in range(most):
            if wanted.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab")

    def see(self, head: str) -> None:
        """Waits for a page with this head, and keeps a picture of it."""
        self.page.wait_for_selector(f"h1:has-text('{head}')")
        if self.pictures is not None:
            self.shown += 1
            name = re.sub(r"\W+", "-", head.lower())
            self.page.screenshot(path=self.pictures / f"newcomer-{self.shown:02}-{name}.png")


def road(one: Newcomer) -> None:
    """From the first page to a release that somebody has."""
    page = one.page
    one.press("a:has-text('Choose a folder')")
    one.see("Which transcripts")
    one.press("button.entry:has-text('interviews')")
    one.press("button[name=use]:has-text('interviews')")
    one.see("how you meant it")
    of = "li:has(h3:text-is('{}')) button:has-text('{}')"
    one.press(of.format("who we talked to.csv", "It lists the interviews"))
    page.wait_for_selector("#interviews")
    one.press(of.format("people we know.xlsx", "It lists names"))
    page.wait_for_selector("#roster")
    one.press(of.format("notes.jpg", "Leave it out"))
    page.wait_for_selector("button[value=continue]:enabled")
    one.see("how you meant it")
    one.press("button[value=continue]")
    one.see("Who will read the copy?")
    one.choose("input[name=purpose]")
    one.press(".buttons button:has-text('Continue')")
    page.wait_for_selector("#who")
    one.type("#who", "N. Newcomer")
    one.press(".buttons button:has-text('Continue')")
    page.wait_for_selector("#shown")
    one.type("#words", str(page.text_content("#shown")).strip())
    one.press("button:has-text('Make the safe copy')")
    one.see("What is left to do")
    while True:
        page.wait_for_selector(".next .button")
        words = page.inner_text(".next .button")
        one.press(".next .button")
        if words.startswith("Answer"):
            one.see("Who is who")
            one.press("ol.open > li >> nth=0 >> button:has-text('I cannot tell')")
            page.wait_for_load_state("networkidle")  # else the next press is lost with the page
            page.wait_for_timeout(1000)
        elif words.startswith("Read"):
            page.wait_for_selector("form[action$='/settle'] button")
            one.press("form[action$='/settle'] button")
            one.see("8 interviews")
        else:
            break
        one.press("nav.road a[href$='/tasks']")
        one.see("What is left to do")
        page.wait_for_selector("[data-wait]", state="detached")
    one.see("Everything that goes out")
    one.press("button:has-text('Make the release')")
    one.see("Released")
    one.press("a:has-text('Say who was given it')")
    page.wait_for_selector("#to")
    one.type("#to", "The archive")
    one.press("button:has-text('Record it')")
    page.wait_for_selector("h3:has-text('The archive')")


@contextmanager
def opened(home: Path) -> Iterator[str]:
    """`redact open` in a home of its own; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "redact.cli", "open", "--no-browser"],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "HOME": str(home)},
    )
    assert process.stdout is not None
    try:
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
    finally:
        process.terminate()
        process.wait()


def measure(pictures: Path | None = None) -> list[str]:
    """A line for the mouse and one for the keyboard."""
    lines = []
    for has_mouse in (True, False):
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            home = Path(folder)
            folder_of(home)
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=list(QUIET)
            )
            page = chromium.new_page(viewport={"width": 1200, "height": 850})
            page.set_default_timeout(120_000)
            with opened(home) as address:
                page.goto(address)
                one = Newcomer(page, has_mouse, pictures if has_mouse else None)
                start = time.perf_counter()
                road(one)
                minutes = (time.perf_counter() - start) / 60
            chromium.close()
            (bag,) = (home / "interviews-study" / "release").iterdir()
            verify = [sys.executable, "-m", "redact.cli", "release", "verify", str(bag)]
            checked = subprocess.run(verify, check=False, capture_output=True).returncode == 0
        how = "mouse" if has_mouse else "keyboard"
        lines.append(
            f"{how} alone: {one.presses} presses, {one.fields} fields, {minutes:.1f} minutes, "
            f"the release {'verifies' if checked else 'DOES NOT VERIFY'}"
        )
    return lines


if __name__ == "__main__":
    print("\n".join(measure(Path(sys.argv[1]) if sys.argv[1:] else None)))
