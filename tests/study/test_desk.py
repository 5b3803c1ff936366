"""A study opened for work: what was changed since is noticed before anything is done."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from redact.audit.events import RunStarted
from redact.audit.log import open_log
from redact.audit.reading import read_log
from redact.core import Place
from redact.errors import BadInput, Tampered, UsageError
from redact.formats.source_file import SourceFile
from redact.formats.sources import read_again
from redact.policy import Handling, parse_policy
from redact.study.create import create_study
from redact.study.desk import WITHDRAWAL, documents_of, handling_of, log_start, open_desk
from redact.study.folder import Study
from tests.conftest import tree
from tests.study.conftest import OPENER, OWN, order_of


def test_a_desk_has_the_sources_as_transcripts_in_the_order_of_the_key(started: Study) -> None:
    desk = open_desk(started, OPENER)
    assert [t.id for t in desk.transcripts] == [d.doc_id for d in desk.key.documents]
    assert {source.name for source in desk.sources} == {"one.txt", "two.txt"}
    for document, source, transcript in zip(
        desk.key.documents, desk.sources, desk.transcripts, strict=True
    ):
        assert (document.source_sha256, transcript.text) == (source.sha256, source.text)
        start = transcript.text.index("INT")
        assert desk.words_of(Place.at(transcript.id, start, start + 3)) == "INT"
    with pytest.raises(KeyError):
        desk.words_of(Place.at("D0009", 0, 1))


def test_opening_a_study_changes_nothing_in_it(started: Study) -> None:
    before = tree(started.root)
    open_desk(started, OPENER)
    assert tree(started.root) == before


def harmed(started: Study, harm: str) -> Path:
    """Does harm to a source; gives its path."""
    path = started.root.parent / "source" / "one.txt"
    data = path.read_bytes()
    match harm:
        case "one letter":
            path.write_bytes(data.replace(b"grand", b"great"))
        case "line ends":
            path.write_bytes(data.replace(b"\n", b"\r\n"))
        case "emptied":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
        case "a folder":
            path.unlink()
            path.mkdir()
    return path


@pytest.mark.parametrize("harm", ["one letter", "line ends", "emptied", "gone", "a folder"])
def test_a_source_that_is_not_as_it_was_stops_the_work(started: Study, harm: str) -> None:
    path = harmed(started, harm)
    before = tree(started.root)
    with pytest.raises(BadInput) as refused:
        open_desk(started, OPENER)
    assert str(path) in refused.value.where
    assert refused.value.remedy
    assert "Morag" not in str(refused.value)
    assert tree(started.root) == before


def test_a_source_that_was_put_back_is_worked_with_again(started: Study) -> None:
    path = started.root.parent / "source" / "one.txt"
    data = path.read_bytes()
    path.unlink()
    with pytest.raises(BadInput, match="is gone since the study was started") as refused:
        open_desk(started, OPENER)
    assert "Put back the file" in refused.value.remedy
    path.write_bytes(data)
    assert len(open_desk(started, OPENER).sources) == 2


def test_a_study_without_its_policy_is_not_worked_with(started: Study) -> None:
    policy = started.policy.read_bytes()
    started.policy.unlink()
    for ask in (lambda: open_desk(started, OPENER), lambda: handling_of(started)):
        with pytest.raises(Tampered, match="policy is missing") as refused:
            ask()
        assert refused.value.where == str(started.policy)
    started.policy.write_bytes(policy)
    assert handling_of(started) == parse_policy(policy, "policy").formats


def test_a_withdrawal_that_was_cut_short_comes_first(started: Study) -> None:
    (started.root / WITHDRAWAL).write_bytes(b"{}")
    with pytest.raises(UsageError, match="cut short") as refused:
        open_desk(started, OPENER)
    assert "redact withdraw" in refused.value.at_a_terminal
    assert len(open_desk(started, OPENER, withdrawing=True).sources) == 2


def test_tables_are_read_again_and_rows_that_no_transcript_has_are_counted(
    started: Study, tmp_path: Path
) -> None:
    roster, interviews = tmp_path / "roster.csv", tmp_path / "interviews.csv"
    roster.write_text("kind,name\nPERSON,Morag MacLeod\n", "utf-8")
    rows = "S1,one.txt,Scotland,Corrie House,manager\nS9,nine.txt,Scotland,Doon,cook\n"
    interviews.write_text("interview,file,nation,organisation,role\n" + rows, "utf-8")
    order = replace(order_of(started.root.parent / "source"), roster=roster, interviews=interviews)
    study, _, _ = create_study(tmp_path / "other", order, (("steward", OWN.recipient()),))
    desk = open_desk(study, OPENER)
    assert "Morag MacLeod" in {entry.name for entry in desk.roster}
    assert sorted(row.interview if row else "" for row in desk.interviews) == ["", "S1"]
    assert desk.unmatched_rows == 1
    (held,) = [t for t in desk.transcripts if t.organisation]
    assert (held.organisation, held.nation, held.interview) == ("Corrie House", "Scotland", "S1")
    assert desk.corpus.roles == {held.id: "manager"}


def sources_of(folder: Path) -> list[SourceFile]:
    paths = sorted(folder.iterdir())
    return [one for path in paths for one in read_again(str(path), "utf-8", Handling())]


def test_documents_are_ordered_by_the_secret_and_not_by_their_names(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"P: I am the {number}th.\n", "utf-8")
    sources = sources_of(tmp_path)
    orders = {
        tuple(document.source_name for document in documents_of(sources, bytes([n]) * 32))
        for n in range(8)
    }
    assert len(orders) > 1
    assert all(sorted(order) == [f"{n}.txt" for n in range(6)] for order in orders)
    backwards = documents_of(sources[::-1], bytes(32), first=7)
    assert backwards == documents_of(sources, bytes(32), first=7)
    assert [document.doc_id for document in backwards] == [f"D{n:04d}" for n in range(7, 13)]


def test_a_copy_of_a_source_is_a_document_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("P: Aye.\n", "utf-8")
    shutil.copy(tmp_path / "one.txt", tmp_path / "two.txt")
    made = documents_of(sources_of(tmp_path), bytes(32))
    assert sorted(document.source_name for document in made) == ["one.txt", "two.txt"]
    assert [document.doc_id for document in made] == ["D0001", "D0002"]


def test_a_command_that_begins_is_logged_with_its_policy_and_no_original(started: Study) -> None:
    desk = open_desk(started, OPENER)
    with open_log(started.audit, desk.actor()) as log:
        log_start(log, desk, "replace")
    event = read_log(started.audit)[-1].event
    assert isinstance(event, RunStarted)
    assert event.command == "replace"
    assert event.policy.startswith("safe-copy ")
    assert "one.txt" not in str(event)


def test_no_original_is_in_what_a_desk_shows_of_itself(started: Study) -> None:
    shown = repr(open_desk(started, OPENER))
    assert "Morag" not in shown
    assert "07700" not in shown
