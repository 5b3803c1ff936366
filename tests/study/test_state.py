"""How far a study has come: read once, written where nobody changed it meanwhile."""

import json
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redact.audit.entries import Actor
from redact.audit.log import create_log, open_log
from redact.errors import BadInput, StudyChanged
from redact.study.folder import Study
from redact.study.state import (
    Releasing,
    Settled,
    StageMark,
    StudyState,
    read_state,
    require_unchanged,
    write_state,
)
from tests.conftest import run_redact, tree

FIXTURE = Path(__file__).parent.parent / "fixtures" / "study-938b1ec.tar.gz"
STATE = StudyState(
    stages={"detect": StageMark("1", "2"), "link": StageMark("3", "4")},
    scope="study",
    releases={"deposit-01": "aa"},
    releasing=Releasing("deposit-02", "bb"),
    settled={"D0001": Settled("AB", "cc")},
)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    for name in ("work", "audit"):
        (tmp_path / "study" / name).mkdir(parents=True)
    create_log(tmp_path / "study" / "audit", "redact.study/state")
    return Study(tmp_path / "study")


def written(study: Study, before: StudyState, after: StudyState) -> StudyState:
    """What the state is then, written under the study's lock."""
    with open_log(study.audit, Actor("steward", "data steward")) as log:
        return write_state(log, study, before, after)


def test_what_is_written_is_read(study: Study) -> None:
    assert read_state(study) == StudyState()
    assert written(study, StudyState(), STATE) == STATE
    assert read_state(study) == STATE
    require_unchanged(study, STATE)


def test_nothing_is_written_where_somebody_else_wrote_meanwhile(study: Study) -> None:
    mine = written(study, StudyState(), STATE)
    written(study, mine, replace(mine, releases={}))
    before = (study.work / "state.json").read_bytes()
    with pytest.raises(StudyChanged, match="changed meanwhile: nothing was written"):
        written(study, mine, replace(mine, settled={}))
    with pytest.raises(StudyChanged):
        require_unchanged(study, mine)
    assert (study.work / "state.json").read_bytes() == before


OPTIONAL = ("passed", "listed", "linked")  # an earlier build's state has no such field


def _fields(value: Any) -> list[dict[str, Any]]:
    """The object, and those in it that have fields of their own."""
    parts = [value, value["releasing"], value["stages"]["link"], value["settled"]["D0001"]]
    return list(parts)


def test_every_damage_to_a_field_names_file_and_remedy(study: Study) -> None:
    written(study, StudyState(), STATE)
    path = study.work / "state.json"
    whole = path.read_text("ascii")
    count = len(_fields(json.loads(whole)))
    changes: tuple[Callable[[dict[str, Any], str], Any], ...] = (
        lambda part, name: part.pop(name),
        lambda part, name: part.update({f"{name}s": part.pop(name)}),
        lambda part, name: part.update({name: 7.5}),
        lambda part, name: part.update({name: [1]}),
        lambda part, name: part.update({"more": 1}),
    )
    for number in range(count):
        for name in _fields(json.loads(whole))[number]:
            for change in changes[name in OPTIONAL :]:
                said = json.loads(whole)
                change(_fields(said)[number], name)
                path.write_text(json.dumps(said), "ascii")
                with pytest.raises(BadInput, match="or delete it") as caught:
                    read_state(study)
                assert caught.value.where == str(path), name


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "7", '{"kind": "other"}', '{"scope": 1}', "\xff"]
)
def test_what_is_no_state_is_damage(study: Study, damage: str) -> None:
    (study.work / "state.json").write_text(damage, "latin-1")
    with pytest.raises(BadInput):
        read_state(study)


def test_the_two_files_of_an_earlier_build_are_read_and_become_one(tmp_path: Path) -> None:
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(tmp_path, filter="data")
    study = Study(next(tmp_path.rglob("study.toml")).parent)
    before = read_state(study)
    assert set(before.stages) == {"detect", "link", "replace"}
    assert set(before.releases) == {"archive-deposit-01", "archive-deposit-02"}
    assert {one.by for one in before.settled.values()} == {"A. Steward"}
    after = written(study, before, replace(before, releases={}))
    assert not (study.work / "settled.json").exists()
    assert read_state(study) == after
    assert after.settled == before.settled


def test_a_damaged_file_of_what_is_settled_is_the_one_that_is_named(study: Study) -> None:
    path = study.work / "settled.json"
    path.write_text('{"D0001": {"by": "AB"}}')
    with pytest.raises(BadInput, match="redact settle") as caught:
        read_state(study)
    assert caught.value.where == str(path)
    path.unlink()
    assert read_state(study) == StudyState()


def test_deleting_a_damaged_state_mends_the_study(
    small_study: tuple[Path, Path], passphrase_file: Path
) -> None:
    root, _ = small_study
    safe = tree(root / "safe")
    path = root / "work" / "state.json"
    shutil.copy(path, root.parent / "backup")
    path.write_text(path.read_text().replace("stages", "stage"), "utf-8")
    refused = run_redact("replace", root, "--passphrase-file", passphrase_file)
    assert (refused.code, "inside redact" in refused.err) == (1, False)
    assert f"{path}: the record of how far this study has come is damaged" in refused.err
    path.unlink()
    assert run_redact("replace", root, "--passphrase-file", passphrase_file).code == 0
    assert tree(root / "safe") == safe
