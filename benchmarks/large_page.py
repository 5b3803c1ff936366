"""The review page in Chromium over a large study: opened, decided on, joined, searched, saved.

    python benchmarks/large_page.py [INTERVIEWS] [FOLDER]

FOLDER has a study that `large_study.py` made, with a file `passphrase`; without it one is made.
Medians of five, of joins three; beside the milliseconds stands what the design allows.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
from large_study import large_study
from review import QUIET, TIMES, decision

PASSPHRASE = "confirm-clarify-dose-range-chalk-sorry-possible-express"  # noqa: S105 it is public
Row = tuple[str, ...]


def until(page: Page, does: str, shown: str) -> float:
    """Milliseconds from something that is done on the page until what is to be shown is there."""
    took: float = page.evaluate(
        f"""() => new Promise((done, fail) => {{
          const from = performance.now();
          const look = () => {{
            const now = performance.now() - from;
            if ({shown}) done(now); else if (now > 60000) fail("never"); else setTimeout(look, 2);
          }};
          {does}; look(); }})"""
    )
    return took


def saved(page: Page, limit: float = 600) -> float:
    """Seconds until the head of the page says that the safe texts have it."""
    start = time.perf_counter()
    while page.text_content("#saved") != "Saved":
        page.wait_for_timeout(20)
        if time.perf_counter() - start > limit:
            raise TimeoutError
    return time.perf_counter() - start


def joined(page: Page) -> float:
    """Milliseconds until two names that are ticked are told to be the same."""
    page.evaluate(
        """() => { document.getElementById('told').textContent = '';
        const boxes = [...document.querySelectorAll("#rows tr[data-kind=PERSON] input[name=name]")];
        for (const box of boxes.slice(-2)) box.click(); }"""
    )
    return until(
        page,
        "document.querySelector('.tools button[value=merge]').click()",
        "document.getElementById('told').textContent.includes('the same now')",
    )


def measure(interviews: int, folder: Path) -> list[Row]:
    """The rows of the table; the study is copied first and thrown away."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as own,
        sync_playwright() as playwright,
        contextlib.ExitStack() as whenever,
    ):
        study = Path(shutil.copytree(folder / "study", Path(own) / "study"))
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        page = chromium.new_page()
        (quiet := Path(own) / "browser").write_text("#!/bin/sh\n", "utf-8")
        quiet.chmod(0o700)  # stands for the reader's browser, which is ours here
        start, door = time.perf_counter(), study / "work" / "open-review.html"
        command = [sys.executable, "-m", "redact.cli", "review", str(study), "--by", "AB"]
        served = subprocess.Popen(
            [*command, "--passphrase-file", str(folder / "passphrase")],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "BROWSER": f"{quiet} %s"},
        )
        whenever.callback(served.kill)
        while not door.exists():
            time.sleep(0.01)
        page.goto(door.resolve().as_uri())
        page.wait_for_selector("h1")  # it is being opened, says the page
        something = time.perf_counter() - start
        page.wait_for_url(re.compile(r"http://127\.0\.0\.1:\d+/[0-9a-f]+/$"), timeout=600_000)
        page.wait_for_selector("tbody tr")
        opening, base = time.perf_counter() - start, page.url.rstrip("/")
        pages = {path: loaded(page, f"{base}{path}") for path in ("/", "/entities", "/t/D0001")}
        took = [decision(page) for _ in range(TIMES)]
        effect = [shown_in_safe_text(page) for _ in range(TIMES)]
        first_saved = saved(page)
        page.goto(f"{base}/entities")
        found = [sought(page, words) for words in ("mor", "wil", "sup", "ken", "ewan")]
        page.fill("#find [name=q]", "")
        page.wait_for_timeout(1000)
        merged = [joined(page) for _ in range(3)]
        merge_saved = saved(page)
        chromium.close()
    return [
        ("opened, until something is shown", f"{something * 1000:.0f} ms", "2000"),
        ("opened, until all interviews are shown", f"{opening * 1000:.0f} ms", ""),
        *((f"{path}, shown", middle(times), "250") for path, times in pages.items()),
        ("a decision, seen", middle([seen for seen, _ in took]), "16"),
        ("a decision, recorded", middle([kept for _, kept in took]), "100"),
        ("its effect in the safe text shown", middle(effect), "300"),
        ("its safe files, in the background", f"{first_saved * 1000:.0f} ms", ""),
        ("a search of the names, until its rows are there", middle(found), "100"),
        (
            "two are the same, recorded and shown",
            middle(merged),
            "500" if interviews < 50 else "1000",
        ),
        ("its safe files, in the background", f"{merge_saved * 1000:.0f} ms", ""),
    ]


def loaded(page: Page, address: str) -> list[float]:
    """Milliseconds until the first content is painted, five times."""
    times = []
    for _ in range(TIMES):
        page.goto(address)
        page.wait_for_selector("h1")
        page.wait_for_timeout(200)
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        times.append(float(page.evaluate(paint)))
    return times


def shown_in_safe_text(page: Page) -> float:
    """Milliseconds from "not a name" until the safe text beside it has the words."""
    return until(
        page,
        """const mark = document.querySelector('.mark.found');
        mark.scrollIntoView({ block: 'center' });
        mark.click();
        const line = mark.closest('.line').id;
        const before = document.querySelectorAll(`#${line} .safe b`).length;
        document.querySelector('#decide .none').click()""",
        "document.querySelectorAll(`#${line} .safe b`).length < before",
    )


def sought(page: Page, words: str) -> float:
    """Milliseconds from typing until the rows are those that are sought."""
    return until(
        page,
        f"""const field = document.querySelector('#find [name=q]'); field.value = '{words}';
        const old = document.querySelector('#rows tr'); field.dispatchEvent(new Event('input'))""",
        "document.querySelector('#rows tr') !== old",
    )


def middle(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ms"


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    if len(sys.argv) > 2:
        rows = measure(number, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory(dir=".") as place:
            (Path(place) / "passphrase").write_text(PASSPHRASE, "utf-8")
            large_study(Path(place), number, Path(place) / "passphrase")
            rows = measure(number, Path(place))
    print(f"The page over {number} interviews; measured, and allowed")
    for row in rows:
        print("  " + "  ".join(row))
