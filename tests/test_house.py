"""The rules of the house that a machine can hold: see CONTRIBUTING.md."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "redact"
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}
LONGEST = 400
AT_THE_ROOT = 10


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_a_newcomer_can_recite_the_root() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= AT_THE_ROOT


@pytest.mark.parametrize("path", MODULES, ids=shown)
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


def test_records_are_frozen_and_named_from_four_fields_on() -> None:
    wrong = [
        f"{shown(path)}: {name}"
        for path, tree in TREES.items()
        for name, (said, fields) in dataclasses_of(tree).items()
        if len(fields) >= 4 and "kw_only" not in said and "_" not in fields
    ]
    assert wrong == []


def test_a_public_name_of_a_class_means_one_thing() -> None:
    """Grep must not lie: no two classes of the package have the same name."""
    names = Counter(
        node.name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert sorted(name for name, count in names.items() if count > 1) == []


# Subjects of several modules, and files that wait to be divided by module: take each
# out of here with its file, and put none in.
SUBJECTS = {
    *"audit/reading_and_report audit/tree_and_notes custody/age custody/published".split(),
    *"custody/share_vectors custody/vector_oracles custody/vectors custody/without_us".split(),
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
