"""What the tests share: the command line run in this process, and studies made once for all."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from redact.cli import SELDOM, main
from redact.custody.age import passphrase
from redact.policy import Policy, load_policy
from tests.shared import copy_of, made_once

pytest_plugins = ["tests.proofs", "tests.deposits", "tests.agreed"]

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples" / "co-production"
PASSPHRASE = "a passphrase only for the tests of redact"
MODELS = {"onnxruntime"}  # the library that runs the name model
# Fixtures that hold a whole study: a test that asks for one is marked `model`.
MADE_BY_DETECTION = {
    "agreed_folder",
    "made",
    "sample_study",
    "settled",
    "small_study",
    "template",
}

# Examples a property is tried with: `make quick`, `make test`, `make test-all`. The time limit
# for one example is wide because two workers and the measuring of coverage share the cores. CI
# tries the same examples each time, so that it tells of a change; by hand they are drawn anew.
EXAMPLES = {"quick": 10, "test": 25, "all": 100}
for _profile, _examples in EXAMPLES.items():
    settings.register_profile(
        _profile,
        max_examples=_examples,
        deadline=timedelta(seconds=5),
        derandomize="CI" in os.environ,
    )
settings.load_profile("test")


def at_length(full: int, short: int) -> int:
    """`full` in `make test-all`; `short`, which still has every class of case, in the others."""
    return full if settings.get_current_profile_name() == "all" else short


def examples(times: float) -> int:
    """So many times the examples that a property is tried with in this run."""
    return max(1, round(times * settings().max_examples))


@dataclass(frozen=True)
class Result:
    """A command's exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.out)
        return parsed


class _Output(io.StringIO):
    """Standard output that also takes bytes, as a real one does."""


def run_redact(*arguments: object, stdin: str = "") -> Result:
    """Runs the command line as a user would, in this process."""
    out, err = _Output(), _Output()
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main([str(argument) for argument in arguments])
                code = 0
            except SystemExit as ending:
                code = ending.code if isinstance(ending.code, int) else 0
    finally:
        sys.stdin = before
    return Result(code, out.getvalue(), err.getvalue())


def study_of(
    folder: Path,
    talks: dict[str, str],
    passphrase: Path,
    policy: str = "archive-deposit",
    **tables: str,
) -> Path:
    """A study of these talks (by file name) and tables (`roster`, `interviews`), made by `run`."""
    (folder / "talks").mkdir()
    for name, text in talks.items():
        (folder / "talks" / name).write_text(text, "utf-8")
    options: list[object] = []
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
        options += [f"--{name}", folder / f"{name}.csv"]
    done = run_redact(
        "run",
        folder / "talks",
        "--policy",
        policy,
        "--out",
        folder / "study",
        *options,
        "--passphrase-file",
        passphrase,
    )
    assert done.code in (0, 3), done.err
    return folder / "study"


@pytest.fixture
def redact() -> Callable[..., Result]:
    return run_redact


@pytest.fixture(scope="session")
def passphrase_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secret") / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture(scope="session")
def gold() -> list[dict[str, Any]]:
    lines = (SAMPLES / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def safe_copy() -> Policy:
    return load_policy(ROOT / "policies" / "safe-copy.toml")[0]


def sample_arguments() -> list[object]:
    return [
        SAMPLES / "transcripts",
        "--roster",
        SAMPLES / "roster.csv",
        "--interviews",
        SAMPLES / "interviews.csv",
    ]


@pytest.fixture(scope="session")
def sample_study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """The samples taken through the whole main job once; tests must not change it."""

    def make(folder: Path) -> None:
        done = run_redact(
            "run",
            *sample_arguments(),
            "--policy",
            "safe-copy",
            "--out",
            folder / "study",
            "--passphrase-file",
            passphrase_file,
        )
        assert done.code == 0, done.err

    made = made_once(tmp_path_factory, "sample", make)
    return copy_of(made / "study", tmp_path_factory.mktemp("sample"))


def write_small_source(folder: Path) -> Path:
    """Two short invented transcripts, one with Windows line ends and a byte-order mark."""
    folder.mkdir()
    (folder / "one.txt").write_text(
        "INT: How is Morag MacLeod?\nP01: Morag is grand. I will hope so. She is in Kilmarnock.\n",
        "utf-8",
    )
    text = "INT: Who else?\r\nP02: Will Dunlop, on 07700 900 123. Will is fine.\r\n"
    (folder / "two.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    return folder


@pytest.fixture
def small_source(tmp_path: Path) -> Path:
    return write_small_source(tmp_path / "source")


@pytest.fixture(scope="session")
def small_study_made(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    def make(folder: Path) -> None:
        source = write_small_source(folder / "source")
        done = run_redact(
            "run",
            source,
            "--policy",
            "safe-copy",
            "--out",
            folder / "study",
            "--passphrase-file",
            passphrase_file,
        )
        assert done.code == 0, done.err

    return made_once(tmp_path_factory, "small", make) / "study"


@pytest.fixture
def small_study(small_study_made: Path, tmp_path: Path, passphrase_file: Path) -> tuple[Path, Path]:
    """A finished study of the small source, to change as one likes: (study, passphrase file).

    Its sources are not those of `small_source`, but have the same bytes.
    """
    return copy_of(small_study_made, tmp_path), passphrase_file


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session", autouse=True)
def keys_of_passphrases() -> Iterator[None]:
    """Each key is derived once a process: scrypt takes a second by design, and forgets.

    It is the real function with its real cost; only its second answer comes from memory. A process
    draws one salt for all studies; tests/custody holds that without us each has its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase, "_key", cache(passphrase._key))
        patch.setattr(passphrase, "_salt", cache(passphrase._salt))
        yield


@pytest.fixture(autouse=True)
def only_marked_tests_load_a_model(request: pytest.FixtureRequest) -> Iterator[None]:
    """So that `make quick` stays quick."""
    before = MODELS & sys.modules.keys()
    yield
    if not request.node.get_closest_marker("model"):
        assert MODELS & sys.modules.keys() == before, "mark this test with `model`"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Markers that follow from what a test is: its folder, its fixtures, its decorator.

    Those marked `long` are left out where no full length is asked for.
    """
    if long := [item for item in items if item.get_closest_marker("long") and not at_length(1, 0)]:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "journeys"):
            item.add_marker("journey")
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker("browser")
        if fixtures & MADE_BY_DETECTION or item.get_closest_marker("journey"):
            item.add_marker("model")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")


class _LongOnesFirst:
    """A worker that begins a long module last keeps the others waiting for it at the end."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        with_model = {item.path for item in items if item.get_closest_marker("model")}

        def rank(item: pytest.Item) -> int:
            if item.path.parent.name in ("faults", "page"):
                return 0
            return 1 if item.path in with_model else 2

        items.sort(key=rank)


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(*SELDOM)  # as the command has it in a process of its own
    config.pluginmanager.register(_LongOnesFirst())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    seed = config.getoption("randomly_seed", None)
    seed = config.getoption("randomly_seed", None)
    terminalreporter.write_line(f"the order of the tests comes from --randomly-seed={seed}")
