"""The review page in Chromium: an interview of 20,000 words, a decision, a corpus of 1,000.

Medians of five. The page is `redact review` over a real study; only the corpus of 1,000 interviews
is drawn from made-up records. The baseline is an empty page of the same server.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from redact.core import Detection, Mention, Place, Source, Transcript
from redact.custody.keyfile import Opener
from redact.page import room as rooms
from redact.page.opened import OpenedStudy
from redact.page.server import serve
from redact.page.show import ShownStudy
from redact.study.desk import open_desk
from redact.study.folder import Study as Folder
from redact.transcript.turns import read_structure

ROOT = Path(__file__).resolve().parent.parent
PASSPHRASE = "a passphrase only for the benchmark of redact"  # noqa: S105 it is public
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TIMES = 5
TURN = (
    "R: So Morag Haldane went to the office in Kilmarnock and said that it was for the person to "
)
TURN += "say what they want, and nobody asked about the money or the bus, and then we waited.\n"
Row = tuple[str, ...]


def long_talk() -> str:
    """20,000 words with 800 names, in 550 turns."""
    turns = [
        TURN if n % 11 < 8 else TURN.replace("Morag Haldane", "she").replace(" in Kilmarnock", "")
        for n in range(550)
    ]
    return "".join(f"INT: And then?\n{turn}" for turn in turns)


def first_paint(page: Page, address: str) -> float:
    """Milliseconds until the first content is painted."""
    page.goto(address)
    found = page.wait_for_selector("#main")
    assert found is not None
    page.wait_for_timeout(300)
    return float(
        page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    )


def decision(page: Page) -> tuple[float, float]:
    """Milliseconds from a key to what is seen, and until it is recorded."""
    page.evaluate(
        """() => { const took = window.took = {}; const from = performance.now();
        const mark = document.querySelector('.mark[aria-current]');
        const said = document.getElementById('said');
        said.textContent = '';
        const watch = (node, done) => new MutationObserver((_, observer) => {
          if (done()) observer.disconnect(); }).observe(node,
          { attributes: true, childList: true, characterData: true, subtree: true });
        watch(mark, () => { requestAnimationFrame(() => {
          took.seen ??= performance.now() - from; }); return true; });
        watch(said, () => { const kept = said.textContent.startsWith('Decided');
          if (kept) took.kept = performance.now() - from; return kept; });
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' })); }"""
    )
    took: dict[str, float] = {}
    while len(took) < 2:  # the page's policy allows no waiting for an expression
        page.wait_for_timeout(20)
        took = page.evaluate("window.took")
    return float(took["seen"]), float(took["kept"])


def corpus(of: int) -> ShownStudy:
    """Made-up records of interviews with eighty mentions each."""
    text = long_talk()[:9_000]
    turns = read_structure(text).turns
    transcripts = tuple(
        Transcript(
            id=f"D{n:04d}", text=text, turns=turns, nation="Scotland" if n % 2 else "United States"
        )
        for n in range(of)
    )
    detections = {
        t.id: Detection(
            t.id,
            tuple(
                Mention(
                    place=place, label="PERSON", score=0.5 + n / 160, sources=(Source.NAME_MODEL,)
                )
                for n in range(80)
                for place in (Place.at(t.id, 40 * n, 40 * n + 6),)
            ),
        )
        for t in transcripts
    }
    names = {t.id: f"scot_{n:04d}.txt" for n, t in enumerate(transcripts)}
    return ShownStudy(
        transcripts=transcripts,
        names=names,
        detections=detections,
        rulings={},
        entities={},
        decisions={},
        settled=frozenset(),
        newest=0,
        current=True,
    )


class MadeUp(rooms.Room):
    """A room that shows the made-up corpus."""

    records = corpus(1_000)

    def study(self) -> ShownStudy:
        return self.records


def scrolling(page: Page) -> list[float]:
    """Milliseconds between frames while the whole transcript passes, a screen's third a frame."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => new Promise((done) => {
          const times = []; let last = 0; scrollTo(0, 0);
          const frame = (now) => {
            if (last) times.push(now - last);
            last = now;
            if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) done(times);
            else { scrollBy(0, innerHeight / 3); requestAnimationFrame(frame); }
          };
          requestAnimationFrame(frame);
        })"""
    )


def measure() -> tuple[str, list[Row]]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(dir=".") as folder, sync_playwright() as playwright:
        study = Path(folder) / "study"
        (Path(folder) / "talks").mkdir()
        (Path(folder) / "talks" / "long.txt").write_text(long_talk(), "utf-8")
        secret = Path(folder) / "passphrase"
        secret.write_text(PASSPHRASE, "utf-8")
        subprocess.run(
            [
                sys.executable,
                "-m",
                "redact.cli",
                "run",
                str(Path(folder) / "talks"),
                "--policy",
                "archive-deposit",
                "--out",
                str(study),
                "--passphrase-file",
                str(secret),
            ],
            check=False,
            stdout=subprocess.DEVNULL,
        )
        opener = Opener.from_passphrase(PASSPHRASE)
        opened = OpenedStudy(
            desk=open_desk(Folder(study), opener),
            reopen=lambda: open_desk(Folder(study), opener),
        )
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        page = chromium.new_page()
        command = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "redact.cli",
                "review",
                str(study),
                "--by",
                "AB",
                "--no-browser",
                "--passphrase-file",
                str(secret),
            ],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert command.stdout is not None
        lines = (line.strip() for line in command.stdout)
        address = next(line for line in lines if line.startswith("http"))
        base = address.split("/start")[0]
        page.goto(address)
        page.wait_for_url(f"{base}/")
        empty = [first_paint(page, f"{base}/t/D9999") for _ in range(TIMES)]
        long = [first_paint(page, f"{base}/t/D0001") for _ in range(TIMES)]
        marks = page.locator(".mark").count()
        words = len(re.findall(r"\w+", long_talk()))
        frames = scrolling(page)
        took = [decision(page) for _ in range(TIMES)]
        command.kill()
        large = MadeUp(opened=opened, by="AB")
        address = _served(large)
        page.goto(address)
        base = address.split("/start")[0]
        page.wait_for_url(f"{base}/")
        many = [first_paint(page, f"{base}/") for _ in range(TIMES)]
        chromium.close()
    nothing = statistics.median(empty)
    rows += [
        _row("an empty page, first paint", empty, nothing),
        _row(f"{words:,} words with {marks} mentions, first paint", long, nothing),
        (
            f"scrolling through it, {len(frames)} frames",
            f"{statistics.median(frames):.0f} ms",
            "a frame at 60 Hz is 17 ms",
            f"95% within {sorted(frames)[int(len(frames) * 0.95)]:.0f}, most {max(frames):.0f}",
        ),
        _row("a decision, until it is seen", [seen for seen, _ in took], nothing),
        _row("a decision, until it is recorded", [kept for _, kept in took], nothing),
        _row("a corpus of 1,000 interviews, first paint", many, nothing),
    ]
    return "Review page in Chromium", rows


def _row(what: str, times: list[float], nothing: float) -> Row:
    middle = statistics.median(times)
    return (
        what,
        f"{middle:.0f} ms",
        f"{middle / nothing:.1f}x an empty page",
        f"most {max(times):.0f}",
    )


def _served(room: rooms.Room) -> str:
    """The page in a thread of this process; its address."""
    told: list[str] = []
    serving = threading.Thread(target=serve, args=(room, 10, told.append), daemon=True)
    serving.start()
    while not told:
        time.sleep(0.05)
    return told[0]


if __name__ == "__main__":
    title, table = measure()
    print(title)
    for line in table:
        print("  " + "  ".join(line))
