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

from tests.page.forked import Forked, forked
from tests.reviewed import Key, reviewed_study
from tests.shared import copy_of


@dataclass(frozen=True)
class Served:
    """The page: its address with the key, where it is, and the study behind it."""

    address: str
    study: Path
    process: subprocess.Popen[str] | Forked

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
    """Runs `redact review` and reads the address it prints; with `env` it opens a browser."""
    arguments = ["review", str(study), "--by", by, *map(str, key), *more]
    process: subprocess.Popen[str] | Forked
    if env is None:
        process = forked([*arguments, "--no-browser"])
    else:
        process = subprocess.Popen(
            [sys.executable, "-m", "redact.cli", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, **env},
        )
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
    """The folder of a study of two interviews that a custodian opens."""
    return reviewed_study(tmp_path_factory, passphrase_file)


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
def read_only(
    template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    custodian: Key,
    browser: Browser,
) -> Iterator[Served]:
    """The page for tests that change nothing, with a comment on it; opened once a module."""
    from tests.page.browsing import comment, opened

    page = start(copy_of(template, tmp_path_factory.mktemp("read")), custodian)
    comment(opened(browser, page), page)
    yield page
    stop(page)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from tests.page.browsing import QUIET
    from tests.proofs import CHROMIUM

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def no_errors() -> Iterator[None]:
    """An error on a page fails the test."""
    from tests.page.browsing import errors

    errors.clear()
    yield
    assert errors == []
