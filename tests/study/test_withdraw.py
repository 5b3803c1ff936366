"""A participant takes their word back: who is meant, what goes, and what is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.events import DecisionRecorded, RunFinished
from redact.audit.reading import read_log
from redact.audit.verify import verify_log
from redact.custody.keyfile import Opener
from redact.errors import UsageError
from redact.study import records
from redact.study.desk import WITHDRAWAL, open_desk
from redact.study.folder import Study
from redact.study.sealed import open_key
from redact.study.update import update_desk
from redact.study.withdraw import WITHDRAWN, is_withdrawn, withdraw
from tests.conftest import PASSPHRASE, tree
from tests.study.conftest import OPENER, order_of


def names(study: Study) -> list[str]:
    return [document.source_name for document in open_key(study, OPENER).key.documents]


@pytest.mark.parametrize("participant", ["one.txt", "one", "ONE", "One.TXT"])
def test_a_transcript_is_meant_by_its_source_however_it_is_written(
    started: Study, participant: str
) -> None:
    done = withdraw(started, OPENER, participant, "AB", "asked by letter")
    assert names(started) == ["two.txt"]
    (source,) = done.sources
    assert Path(source).name == "one.txt"
    assert Path(source).is_file()  # the source is not ours to delete


@pytest.mark.parametrize("participant", ["nine", "", "  ", "on", "one.txt.txt", "D0001", ".txt"])
def test_nobody_goes_where_nobody_is_meant(started: Study, participant: str) -> None:
    before = tree(started.root)
    with pytest.raises(UsageError, match="no transcript of this study is meant") as refused:
        withdraw(started, OPENER, participant, "AB", "asked by letter")
    assert "scot_01" in refused.value.remedy
    assert tree(started.root) == before


def test_a_file_whose_name_is_another_s_with_an_ending_goes_alone(started: Study) -> None:
    source = started.root.parent / "source"
    (source / "one.txt.txt").write_text("INT: And Ishbel?\n", "utf-8")
    update_desk(started, OPENER, order_of(source))
    withdraw(started, OPENER, "one.txt.txt", "AB", "asked by letter")
    assert sorted(names(started)) == ["one.txt", "two.txt"]


def test_the_last_transcript_is_not_withdrawn_but_the_study_ended(started: Study) -> None:
    withdraw(started, OPENER, "one", "AB", "asked by letter")
    before = tree(started.root)
    with pytest.raises(UsageError, match="no transcript") as refused:
        withdraw(started, OPENER, "two", "AB", "asked by letter")
    assert "key destroy" in refused.value.at_a_terminal
    assert tree(started.root) == before


def test_the_log_says_who_and_why_and_no_name(started: Study) -> None:
    withdraw(started, OPENER, "one", "A\u0301ine", "asked by letter")
    said = [entry.event for entry in read_log(started.audit)]
    (decided,) = [event for event in said if isinstance(event, DecisionRecorded)]
    assert (decided.action, decided.by, decided.reason) == (
        "withdraw",
        "\xc1ine",
        "asked by letter",
    )
    assert decided.counts == {"transcripts": 1, "entities": 0, "releases": 0}
    assert isinstance(said[-1], RunFinished)
    assert "one.txt" not in str(said)
    assert not (started.root / WITHDRAWAL).exists()
    assert verify_log(started.audit, None).status == "self-attested"


def test_what_was_taken_back_is_known_by_a_token_that_says_nothing(started: Study) -> None:
    desk = open_desk(started, OPENER)
    digests = {d.source_name: d.source_sha256 for d in desk.key.documents}
    secret = desk.key.secret
    assert not is_withdrawn(started, secret, digests["one.txt"])
    withdraw(started, OPENER, "one", "AB", "asked by letter")
    assert is_withdrawn(started, secret, digests["one.txt"])
    assert not is_withdrawn(started, secret, digests["two.txt"])
    assert not is_withdrawn(started, bytes(32), digests["one.txt"])  # without the key it is noise
    kept = (started.root / WITHDRAWN).read_text("ascii")
    assert digests["one.txt"] not in kept


def test_others_stay_as_they_are_and_whoever_was_only_there_is_gone(
    small_study: tuple[Path, Path],
) -> None:
    """By its neutral name, with files of its own beside the safe texts, which are told."""
    study, opener = Study(small_study[0]), Opener.from_passphrase(PASSPHRASE)
    desk = open_desk(study, opener)
    (going,) = [d for d in desk.key.documents if d.source_name == "two.txt"]
    (staying,) = [d for d in desk.key.documents if d.source_name == "one.txt"]
    kept = (study.safe / staying.safe_name).read_bytes()
    (study.safe / "a copy.txt").write_text("mine", "utf-8")
    (study.root / "risk.html").write_text("passages", "utf-8")
    done = withdraw(study, opener, going.safe_name, "AB", "asked by letter")
    assert done.transcripts == (going.safe_name,)
    assert done.beside == ("a copy.txt",)
    assert done.entities >= 2  # Will Dunlop and a telephone are in no other
    assert {path.name for path in study.safe.iterdir()} == {staying.safe_name, "a copy.txt"}
    assert (study.safe / staying.safe_name).read_bytes() == kept
    assert not (study.root / "risk.html").exists()
    key = open_key(study, opener).key
    forms = {form.text for entry in key.entries for form in entry.forms}
    assert not any("Dunlop" in form or "07700" in form for form in forms)
    assert any("Morag" in form for form in forms)
    work = study.work
    assert {d.transcript for d in records.read_detections(work / "mentions.jsonl")} == {
        staying.doc_id
    }
    entities = records.read_entities(work / "entities.jsonl")
    assert {m.transcript for one in entities for m in one.mentions} == {staying.doc_id}
    assert {one.entity for one in records.read_decisions(work / "decisions.jsonl")} == {
        one.id for one in entities
    }
