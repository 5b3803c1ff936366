"""The rules of the house that a machine can hold: see CONTRIBUTING.md."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "redact"
MODULES = sorted(PACKAGE.rglob("*.py"))
TOOLS = sorted(
    path for name in ("training", "benchmarks", "tests") for path in (ROOT / name).rglob("*.py")
)
LONGEST = 400
AT_THE_ROOT = 10


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in MODULES}


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_a_newcomer_can_recite_the_root() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= AT_THE_ROOT


@pytest.mark.parametrize("path", [*MODULES, *TOOLS], ids=shown)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_what_people_learn_to_pass_over_is_not_written() -> None:
    """A line that switches a check off says so here: none switches off layout or types."""
    switched_off = Counter(
        f"{shown(path)}: {mark}"
        for path in MODULES
        for mark in ("fmt: " + "skip", "type: " + "ignore")
        for _ in range(path.read_text("utf-8").count(mark))
    )
    assert switched_off == {}


def dataclasses_of(tree: ast.Module) -> dict[str, tuple[set[str], list[str]]]:
    """By name of a dataclass the keywords of its decorator that are True, and its fields."""
    classes = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("dataclass"):
                said = {k.arg or "" for k in mark.keywords if ast.unparse(k.value) == "True"}
                fields = [
                    ast.unparse(one.target)
                    for one in node.body
                    if isinstance(one, ast.AnnAssign) and "ClassVar" not in ast.unparse(one)
                ]
                classes[node.name] = (said, fields)
    return classes


def test_no_module_reaches_itself_by_imports() -> None:
    """Those under TYPE_CHECKING and within functions count: a reader follows them too."""
    graph = grimp.build_graph("redact", cache_dir=None)
    imports = {one: graph.find_modules_directly_imported_by(one) for one in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_records_are_frozen_and_named_from_four_fields_on() -> None:
    wrong = [
        f"{shown(path)}: {name}"
        for path, tree in trees().items()
        for name, (said, fields) in dataclasses_of(tree).items()
        if len(fields) >= 4 and "kw_only" not in said and "_" not in fields
    ]
    assert wrong == []


def test_a_public_name_of_a_class_means_one_thing() -> None:
    """Grep must not lie: no two classes of the package have the same name."""
    names = Counter(
        node.name
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert sorted(name for name, count in names.items() if count > 1) == []


# Subjects of several modules, and files that wait to be divided by module: take each
# out of here with its file, and put none in.
SUBJECTS = {
    *"custody/age custody/published custody/share_vectors custody/vector_oracles".split(),
    *"custody/vectors custody/without_us".split(),
    *"formats/choices formats/fuzz formats/planted link/linking_samples".split(),
}


def test_a_test_file_has_the_name_of_its_module() -> None:
    strangers = []
    for path in sorted((ROOT / "tests").glob("*/test_*.py")):
        room, subject = path.parent.name, path.stem.removeprefix("test_")
        files = (PACKAGE / room).rglob("*")
        modules = {file.stem for file in files if file.suffix in (".py", ".js")}
        named = subject in modules or f"{room}/{subject}" in SUBJECTS
        if not named and room not in ("journeys", "faults"):
            strangers.append(shown(path))
    assert strangers == []


# Who may open the log, and who may take a lock: everybody else writes in `redact.study.hold`.
OPENS_THE_LOG = {"redact/study/hold.py", "redact/study/create.py"}  # a new study is nobody's yet
TAKES_A_LOCK = {"redact/audit/log.py", "redact/study/create.py"}
NEEDS_THE_LOG = frozenset("seal_key write_state mark_current unmark begin complete".split())


def calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def test_a_study_is_written_in_one_hold_only() -> None:
    """`tests/faults/pairs.py` asks the same of the system: no file is written without the lock."""
    wrong = []
    for path, tree in trees().items():
        for call in calls(tree):
            name, given = called(call), [ast.unparse(one) for one in call.args]
            if (
                (name == "open_log" and shown(path) not in OPENS_THE_LOG)
                or (name == "locked" and shown(path) not in TAKES_A_LOCK)
                or (name in NEEDS_THE_LOG and path.parent.name != "audit" and "log" not in given)
            ):
                wrong.append(f"{shown(path)}: {name} in line {call.lineno}")
    assert wrong == []
