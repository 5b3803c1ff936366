"""A study grows by new sources, and takes in nothing when it is named by mistake."""

from dataclasses import replace
from pathlib import Path

import pytest

from redact.errors import BadInput, UsageError
from redact.study.desk import open_desk
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
    assert "--out" in refused.value.at_a_terminal
    assert tree(started.root) == before


def test_what_was_taken_back_does_not_come_in_again(started: Study, source: Path) -> None:
    withdraw(started, OPENER, "one.txt", "AB", "asked by letter")
    with pytest.raises(UsageError, match="1 of these transcripts were withdrawn") as refused:
        update_desk(started, OPENER, order_of(source))
    assert refused.value.where.endswith("one.txt")
    assert names(started) == ["two.txt"]


def test_a_source_that_was_renamed_or_moved_is_known_again(started: Study, source: Path) -> None:
    before = {document.doc_id for document in open_key(started, OPENER).key.documents}
    (source / "more").mkdir()
    (source / "one.txt").rename(source / "more" / "eins.txt")
    (source / "nine.txt").write_text("INT: And Ishbel?\n", "utf-8")
    desk = update_desk(started, OPENER, order_of(source))
    assert sorted(names(started)) == ["eins.txt", "nine.txt", "two.txt"]
    assert before < {document.doc_id for document in desk.key.documents}
    assert len(desk.sources) == 3
    assert len(open_desk(started, OPENER).sources) == 3


def test_a_new_file_of_the_same_name_tells_the_old_one_apart(started: Study, source: Path) -> None:
    (source / "more").mkdir()
    (source / "more" / "one.txt").write_text("INT: Another talk.\n", "utf-8")
    update_desk(started, OPENER, order_of(source))
    assert sorted(names(started)) == ["more/one.txt", "source/one.txt", "two.txt"]
    with pytest.raises(UsageError, match="in several folders"):
        withdraw(started, OPENER, "one", "AB", "asked by letter")
    withdraw(started, OPENER, "more/one.txt", "AB", "asked by letter")
    assert sorted(names(started)) == ["source/one.txt", "two.txt"]


def test_a_passphrase_that_lay_among_the_sources_is_no_transcript_later(
    started: Study, source: Path
) -> None:
    (source / "mine.txt").write_text("a phrase of my own, on one line\n", "utf-8")
    order = order_of(source)
    update_desk(started, OPENER, replace(order, keys=(source / "mine.txt",)))
    assert len(update_desk(started, OPENER, order).sources) == 2
    assert sorted(names(started)) == ["one.txt", "two.txt"]


def test_what_is_left_out_is_kept_for_the_next_time(started: Study, source: Path) -> None:
    (source / "talk.mp3").write_bytes(b"ID3")
    with pytest.raises(BadInput, match="a recording"):
        update_desk(started, OPENER, order_of(source))
    update_desk(started, OPENER, replace(order_of(source), skips=("*.mp3",)))
    assert open_key(started, OPENER).key.skips == ("*.mp3",)
    assert len(update_desk(started, OPENER, order_of(source)).sources) == 2
