"""What a test needs beside the clone, and the last line of every run: which proofs did not run.

A test that compares with other people's files or programs carries `needs(PROOF)`. Without them it
is skipped, and a skip must not look like a proof: the last line of the summary names each.
`.ci/run` sets REDACT_PROOFS=published where ../shared is there; then a run fails in which one of
the published sets was not held against our code, be it skipped, deselected or lost.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
AGE_VECTORS = SHARED / "vectors" / "age" / "testdata"
SLIP39_VECTORS = SHARED / "vectors" / "slip39_vectors.json"
SCHEMAS = SHARED / "schemas"
CASES = SHARED / "cases" / "public"
PUBLISHED_MUST_RUN = os.environ.get("REDACT_PROOFS") == "published"
TYPAGE = ROOT / ".venv" / "oracles" / "node_modules"
PYCANON = ROOT / ".venv" / "oracles" / "pycanon" / "bin" / "python"
ROC = ROOT / ".venv" / "oracles" / "roc" / "bin" / "python"
DASK_FOLDER = ROOT / ".venv" / "oracles" / "cluster"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BESIDE = "../shared is not beside this clone"
ORACLES = "not installed, see `make oracles`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Something that tests compare with: its name, whether it is here, and why it may not be."""

    name: str
    is_here: bool
    without: str
    published: bool = False


OWN_VECTORS = Proof(name="vectors of our own", is_here=True, without="")
PUBLISHED_AGE = Proof(
    name="published age vectors (143)", is_here=AGE_VECTORS.is_dir(), without=BESIDE, published=True
)
PUBLISHED_SHARES = Proof(
    name="published SLIP-39 vectors (45)",
    is_here=SLIP39_VECTORS.is_file(),
    without=BESIDE,
    published=True,
)
PUBLISHED_METADATA = Proof(
    name="published schemas of metadata", is_here=SCHEMAS.is_dir(), without=BESIDE, published=True
)
PUBLISHED_REFI = Proof(
    name="published schema of REFI-QDA", is_here=SCHEMAS.is_dir(), without=BESIDE, published=True
)
HANDED_OVER = Proof(
    name="cases handed over", is_here=CASES.is_dir(), without=BESIDE, published=True
)
PUBLISHED = (PUBLISHED_AGE, PUBLISHED_SHARES, PUBLISHED_METADATA, PUBLISHED_REFI, HANDED_OVER)
DEBIAN_AGE = Proof(name="age of Debian", is_here=shutil.which("age") is not None, without=ORACLES)
NPM_AGE = Proof(
    name="age-encryption of npm",
    is_here=(TYPAGE / "age-encryption").is_dir() and shutil.which("node") is not None,
    without=ORACLES,
)
PYRAGE = Proof(
    name="pyrage", is_here=importlib.util.find_spec("pyrage") is not None, without=ORACLES
)
ROC_VALIDATOR = Proof(
    name="roc-validator",
    is_here=ROC.exists() and SCHEMAS.is_dir(),
    without=ORACLES if SCHEMAS.is_dir() else BESIDE,
)
ANONYMITY = Proof(name="pycanon", is_here=PYCANON.exists(), without=ORACLES)
OPENSSL = Proof(
    name="time stamps of OpenSSL",
    is_here=shutil.which("openssl") is not None,
    without="openssl is not installed",
)
BROWSER = Proof(
    name="the page in Chromium",
    is_here=CHROMIUM is not None or "CI" in os.environ,  # there its absence is an error
    without="chromium is not installed",
)


PERMISSIONS = Proof(
    name="a folder without permission",
    is_here=os.geteuid() != 0,
    without="root may write anywhere",
)
SMALL_DISK = Proof(name="a full disk", is_here=True, without="no test may mount a small disk here")
TRACING = Proof(
    name="a kill or an error at every call of the system",
    is_here=True,
    without="strace is not here, or may not trace",
)
TRACED = Proof(
    name="no socket and no file elsewhere, by strace",
    is_here=True,
    without="strace is not here, or may not trace",
)
CALC = Proof(
    name="workbooks by LibreOffice", is_here=True, without="LibreOffice Calc is not installed"
)
BLEEPED = Proof(
    name="a recording bleeped by ffmpeg",
    is_here=shutil.which("ffmpeg") is not None,
    without=ORACLES,
)
SPOKEN = Proof(
    name="names said by espeak-ng, bleeped by ffmpeg",
    is_here=all(map(shutil.which, ("ffmpeg", "espeak-ng"))),
    without=ORACLES,
)
CLUSTER = Proof(
    name="a cluster of Dask on this machine",
    is_here=importlib.util.find_spec("distributed") is not None or DASK_FOLDER.is_dir(),
    without=ORACLES,
)
PROOFS = (
    *(
        OWN_VECTORS,
        *PUBLISHED,
        DEBIAN_AGE,
        NPM_AGE,
        PYRAGE,
        ANONYMITY,
        ROC_VALIDATOR,
        OPENSSL,
        BROWSER,
    ),
    *(PERMISSIONS, SMALL_DISK, TRACING, TRACED, CALC, BLEEPED, SPOKEN, CLUSTER),
)
WITHOUT = {proof.name: proof.without for proof in PROOFS}


def needs(proof: Proof) -> pytest.MarkDecorator:
    """The mark of a test that compares with this."""
    return pytest.mark.needs(proof)


def passed_over(request: pytest.FixtureRequest, proof: Proof) -> NoReturn:
    """Skips a test that found out by itself that it cannot compare with this."""
    did_not_run(request, proof)
    pytest.skip(f"{proof.name}: {proof.without}")


def did_not_run(request: pytest.FixtureRequest, proof: Proof) -> None:
    """Says that a part of this test, which goes on, could not run here."""
    request.node.user_properties.append(("missed", proof.name))


@dataclass(slots=True)
class Tally:
    """What a run has proved: tests passed by proof, and tests passed over by proof or reason."""

    passed: Counter[str] = field(default_factory=Counter)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)  # (name, why)

    def add(self, report: pytest.TestReport) -> None:
        """Counts one test's report."""
        properties = [(str(name), str(value)) for name, value in report.user_properties]
        if report.when == "call" and report.passed:
            self.passed.update(value for name, value in properties if name == "proof")
        if report.when == "call" or report.skipped:
            missed = [(v, WITHOUT[v]) for name, v in properties if name == "missed"]
            if report.skipped and not missed and isinstance(report.longrepr, tuple):
                said = str(report.longrepr[2]).removeprefix("Skipped: ")
                missed = [(said, f"see {report.nodeid.partition('::')[0]}")]
            self.missed.update(missed)

    def line(self) -> str:
        """The last line of the summary."""
        if not self.missed:
            return "No proof was passed over."
        by_reason: dict[str, list[str]] = {}
        for name, why in sorted(self.missed):
            by_reason.setdefault(why, []).append(name)
        parts = [f"{', '.join(names)}: {why}" for why, names in by_reason.items()]
        own = self.passed[OWN_VECTORS.name]
        return (
            f"Proofs that did not run here: {'; '.join(parts)}."
            + f" {own} vectors of our own ran." * bool(own)
        )

    def lacking(self, *, whole: bool) -> list[str]:
        """The published proofs that were skipped, or of which nothing passed in a whole run."""
        skipped = {name for name, _ in self.missed}
        return [
            proof.name
            for proof in PUBLISHED
            if proof.name in skipped or (whole and not self.passed[proof.name])
        ]


TALLY = pytest.StashKey[Tally]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TALLY] = Tally()
    config.addinivalue_line("markers", "needs(proof): compares with something beside the clone")


def pytest_itemcollected(item: pytest.Item) -> None:
    item.user_properties += [
        ("proof", mark.args[0].name) for mark in item.iter_markers("needs") if mark.args
    ]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        (proof,) = mark.args
        if not proof.is_here:
            item.user_properties.append(("missed", proof.name))
            pytest.skip(f"{proof.name}: {proof.without}")


class Reporter:
    """Counts what the run, or its workers, report, and ends the run with the last line."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.tally = config.stash[TALLY]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tally.add(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        result = yield
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        whole = not (self.config.option.markexpr or self.config.option.keyword)
        lacking = self.tally.lacking(whole=whole) if PUBLISHED_MUST_RUN else []
        if lacking and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if terminal is not None:
            for name in lacking:
                terminal.write_line(f"FAILED: {name} must run here and did not", red=True)
            terminal.write_line(self.tally.line())
        return result


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Registers the reporter where results come together: not in a worker of pytest-xdist."""
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(Reporter(session.config), "proofs")
