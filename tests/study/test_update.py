"""A study grows by new sources, and takes in nothing when it is named by mistake."""

from pathlib import Path

import pytest

from redact.errors import UsageError
from redact.study.folder import Study
from redact.study.sealed import open_key
from redact.study.update import update_desk
from redact.study.withdraw import withdraw
from tests.conftest import tree
from tests.study.conftest import OPENER, order_of


@pytest.fixture
def source(started: Study) -> Path:
    return started.root.parent / "source"


def names(study: Study) -> list[str]:
    return [document.source_name for document in open_key(study, OPENER).key.documents]


def test_the_same_sources_change_nothing(started: Study, source: Path) -> None:
    before = tree(started.linkage)
    desk = update_desk(started, OPENER, order_of(source))
    assert (len(desk.sources), tree(started.linkage)) == (2, before)


def test_new_sources_join_behind_the_old_ones(started: Study, source: Path) -> None:
    before = names(started)  # in an order that only the study's secret knows
    (source / "nine.txt").write_text("INT: And Ishbel?\n", "utf-8")
    desk = update_desk(started, OPENER, order_of(source))
    assert names(started) == [*before, "nine.txt"]
    assert [document.doc_id for document in desk.key.documents] == ["D0001", "D0002", "D0003"]


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_source_that_is_changed_or_not_named_stops_it(
    started: Study, source: Path, harm: str
) -> None:
    before = tree(started.root)
    if harm == "changed":
        (source / "one.txt").write_text("INT: Another talk.\n", "utf-8")
    else:
        (source / "one.txt").unlink()
        (source / "nine.txt").write_text("INT: A stranger.\n", "utf-8")
    with pytest.raises(UsageError, match=f"1 {harm}") as refused:
        update_desk(started, OPENER, order_of(source))
    assert "--out" in refused.value.remedy
    assert tree(started.root) == before


def test_what_was_taken_back_does_not_come_in_again(started: Study, source: Path) -> None:
    withdraw(started, OPENER, "one.txt", "AB", "asked by letter")
    with pytest.raises(UsageError, match="1 of these transcripts were withdrawn") as refused:
        update_desk(started, OPENER, order_of(source))
    assert refused.value.where.endswith("one.txt")
    assert names(started) == ["two.txt"]
