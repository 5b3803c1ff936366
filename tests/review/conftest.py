"""A study on the review page, served as the command does it, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import run_redact
from tests.shared import copy_of, made_once

ONE = (
    "INT: Who was there?\nR: Morag Haldane came first, then Fergus Petrie of Kilmarnock.\n"
    "INT: And then?\nR: Will came as well. I said he will. Morag Haldane was grand, so she was.\n"
    "R: We met Zebedee Quill and <script>document.title='stolen'</script> & \"more\".\n"
    "R: Hidden \N{RIGHT-TO-LEFT OVERRIDE}garoM\N{POP DIRECTIONAL FORMATTING} and "
    "zero\N{ZERO WIDTH SPACE}width, a face \N{GRINNING FACE}.\n"
    f"R: {'w' * 10_000}.\n"
)
TWO = (
    "INT: Hello.\nR: Morag Haldane and Will again, at Corriedoon Care.\nINT: Thanks, Will.\n"
    "R: She was the only Gaelic-speaking team leader on the island, mind.\n"
)

Key = tuple[str, Path]  # an option of the command that opens a study, and its file


@dataclass(frozen=True)
class Served:
    """The page: its address with the key, where it is, and the study behind it."""

    address: str
    study: Path
    process: subprocess.Popen[str]

    @property
    def base(self) -> str:
        return self.address.split("/start")[0]

    @property
    def origin(self) -> str:
        return self.base.rpartition("/")[0]

    @property
    def root(self) -> str:
        return self.base.removeprefix(self.origin)

    @property
    def token(self) -> str:
        return self.address.split("#")[1]


def start(
    study: Path,
    key: Key,
    by: str = "AB",
    *more: str,
    env: dict[str, str] | None = None,
) -> Served:
    """Runs `redact review` and reads the address it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "redact.cli", "review", study, "--by", by,
         *(() if env else ("--no-browser",)), *key, *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env={**os.environ, **(env or {})},
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(r"http://127\.0\.0\.1:\d+/[0-9a-f]+/start#\S+", line):
            return Served(found[0], study, process)
    raise AssertionError(said)


def stop(served: Served) -> None:
    served.process.send_signal(signal.SIGINT)
    served.process.communicate(timeout=20)


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A folder with a study of two interviews, made once, and a custodian's identity file.

    The page is opened with the identity: a passphrase costs a second at each start.
    """

    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        (folder / "talks" / "one.txt").write_text(ONE, "utf-8")
        (folder / "talks" / "two.txt").write_text(TWO, "utf-8")
        study, key = folder / "study", ("--passphrase-file", passphrase_file)
        done = run_redact("run", folder / "talks", "--policy", "archive-deposit", "--out", study,
                          *key)  # fmt: skip
        assert done.code in (0, 3), done.err
        recipient = run_redact("key", "new", folder / "custodian.txt", "--json").json["recipient"]
        added = run_redact("key", "add-custodian", study, "second", "--recipient", recipient, *key)
        assert added.code == 0, added.err

    return made_once(tmp_path_factory, "review", make)


@pytest.fixture(scope="session")
def template(reviewed: Path) -> Path:
    """The study; each test has its own copy."""
    return reviewed / "study"


@pytest.fixture(scope="session")
def custodian(reviewed: Path) -> Key:
    """What opens the study: the options that name the identity file."""
    return "--identity", reviewed / "custodian.txt"


@pytest.fixture
def served(template: Path, tmp_path: Path, custodian: Key) -> Iterator[Served]:
    page = start(copy_of(template, tmp_path), custodian)
    yield page
    if page.process.poll() is None:
        stop(page)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from tests.proofs import CHROMIUM
    from tests.review.browsing import QUIET

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def no_errors() -> Iterator[None]:
    """An error on a page fails the test."""
    from tests.review.browsing import errors

    errors.clear()
    yield
    assert errors == []
