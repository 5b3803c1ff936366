"""The list that goes out says less by one press, in the log, and says it again by another."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.events import RunStarted
from redact.audit.reading import read_log
from redact.page.saying_less import saying_less, steps_in_words
from redact.policy.files import parse_policy
from redact.risk.uniqueness import Step
from tests.conftest import run_redact
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of, made_once

ROLES = ("nurse", "carer", "driver", "cook")


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        rows = ["file,nation,role"]
        for number, role in enumerate(ROLES):
            talk = folder / "talks" / f"t{number}.txt"
            talk.write_text("INT: Who came?\nR: Ishbel Tannock came to us.\n", "utf-8")
            rows.append(f"t{number}.txt,Scotland,{role}")
        table = folder / "interviews.csv"
        table.write_text("\n".join(rows) + "\n", "utf-8")
        words = ("--policy", "archive-deposit", "--interviews", table, "--out", folder / "study")
        run_redact("run", folder / "talks", *words, "--passphrase-file", passphrase_file)

    return copy_of(made_once(tmp_path_factory, "lists", make) / "study", tmp_path)


def counted_page(visitor: Visitor) -> str:
    page = visitor.read("/tells")
    while "This is being counted" in page:  # a reader's browser asks again, too
        page = visitor.read("/tells")
    return page


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.mark.model
def test_the_smallest_change_is_one_press_and_so_is_its_undoing(root: Path) -> None:
    visitor = Visitor(sit(root))
    policy = root / "policy.toml"
    before, page = policy.read_bytes(), counted_page(visitor)
    assert "leave the column role out of the list" in page
    assert "policy.toml" not in page
    assert visitor.fill_in("/tells", do="less", seen="guessed")[0] == 400
    assert policy.read_bytes() == before
    assert visitor.fill_in("/tells", do="less", seen=seen_in(page))[0] == 303
    said = parse_policy(policy.read_bytes(), "policy.toml").release.columns
    assert ("role" in said, "nation" in said) == (False, True)
    page = counted_page(visitor)
    assert ("Undo: say it all again" in page, "leave the column role" in page) == (True, False)
    runs = [e.event for e in read_log(root / "audit") if isinstance(e.event, RunStarted)]
    assert runs[-1].command in ("another policy", "replace")
    assert "another policy" in {one.command for one in runs}
    assert visitor.fill_in("/tells", do="undo", seen=seen_in(page))[0] == 303
    assert policy.read_bytes() == before
    assert "audit log: consistent" in run_redact("audit", "verify", root).out


@pytest.mark.model
def test_a_step_of_groups_is_written_as_the_policy_has_it(root: Path) -> None:
    desk = sit(root).desk
    steps = (
        Step(column="role", to={}, what="", level=2),
        Step(column="nation", to={}, what=""),
    )
    made = parse_policy(saying_less(desk, steps), "policy.toml").release
    assert (dict(made.levels), "nation" in made.columns) == ({"role": 2}, False)
    assert steps_in_words(steps) == (
        "say the column role in wider groups; leave the column nation out of the list"
    )
