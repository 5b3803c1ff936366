"""What people said lets names stand in clear: only what they said, and the log knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from redact.core import Place
from redact.errors import Tampered
from redact.pipeline import run_stage
from redact.review import correct, decide
from redact.review.verdict import Verdict
from redact.study import records
from redact.study.create import create_study
from redact.study.desk import Desk, Order, open_desk
from redact.study.folder import Study
from redact.study.rulings import Ruling
from redact.study.withdraw import withdraw
from tests.faults.hidden_ground import OPENER, OWN, policy_text

TALK = "INT: Who is it?\nP1: That's Earl Stukenborg. Marcy drove, and Hope did too.\n"
NAMES = "name,kind\nEarl Stukenborg,PERSON\nMarcy,PERSON\n"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "one.txt").write_text(TALK, "utf-8")
    (tmp_path / "talks" / "two.txt").write_text("INT: And?\nP2: Marcy again.\n", "utf-8")
    (tmp_path / "roster.csv").write_text(NAMES, "utf-8")
    (tmp_path / "policy.toml").write_text(policy_text(""), "utf-8")
    order = Order(
        sources=(tmp_path / "talks",),
        policy=tmp_path / "policy.toml",
        roster=tmp_path / "roster.csv",
    )
    create_study(tmp_path / "study", order, (("steward", OWN.recipient()),))
    made = Study(tmp_path / "study")
    run_stage(desk_of(made), "replace")
    return made


def desk_of(study: Study) -> Desk:
    return open_desk(study, OPENER)


def said(study: Study) -> str:
    return "".join(path.read_text("utf-8") for path in study.safe.iterdir())


def place_of(desk: Desk, words: str) -> Place:
    doc = next(one for one in desk.transcripts if words in one.text)
    start = doc.text.index(words)
    return Place.at(doc.id, start, start + len(words))


def mark(study: Study, words: str, label: str | None) -> None:
    desk = desk_of(study)
    at = place_of(desk, words)
    verdict = Verdict(transcript=at.transcript, start=at.start, end=at.end, label=label)  # type: ignore[arg-type]
    decide.decide(desk, (verdict,), "AB", decide.newest(desk))


def forged(study: Study, words: str) -> bytes:
    """A row that nobody said: what stands there is no name."""
    row = Ruling(
        batch=9,
        place=place_of(desk_of(study), words),
        label=None,
        by="AB",
        time="2026-11-29T08:00:00.000Z",
        everywhere=True,
    )
    return records.ruling_lines([row])


def put_in(study: Study) -> None:
    row = forged(study, "Marcy")
    with study.rulings.open("ab") as file:
        file.write(row)


def put_in_first(study: Study) -> None:
    study.rulings.write_bytes(forged(study, "Marcy") + study.rulings.read_bytes())


def changed(study: Study) -> None:
    study.rulings.write_bytes(study.rulings.read_bytes().replace(b'"PERSON"', b"null"))


def taken_out(study: Study) -> None:
    study.rulings.write_bytes(study.rulings.read_bytes().partition(b"\n")[2])


@pytest.mark.parametrize("forge", [put_in, put_in_first, changed, taken_out])
def test_a_ruling_that_the_log_does_not_have_stops_every_command(
    study: Study, forge: Callable[[Study], None]
) -> None:
    mark(study, "Hope", "PERSON")
    mark(study, "drove", "PERSON")
    run_stage(desk_of(study), "replace")
    before = said(study)
    whole = study.rulings.read_bytes()
    open_already = desk_of(study)
    forge(study)
    with pytest.raises(Tampered, match=r"rulings\.jsonl is not as redact wrote it"):
        desk_of(study)
    with pytest.raises(Tampered):
        run_stage(open_already, "replace")
    at = place_of(open_already, "Who")
    verdict = Verdict(transcript=at.transcript, start=at.start, end=at.end, label="PERSON")
    with pytest.raises(Tampered):
        decide.decide(open_already, (verdict,), "AB", 99)
    assert said(study) == before
    study.rulings.write_bytes(whole)
    assert not run_stage(desk_of(study), "replace")[1]


def test_a_file_of_words_before_there_was_any_is_not_taken(study: Study) -> None:
    study.rulings.write_bytes(forged(study, "Marcy"))
    with pytest.raises(Tampered):
        desk_of(study)


def test_a_correction_that_nobody_made_stops_every_command(study: Study) -> None:
    name = next(one for one in ("[Person 1]", "[Person 2]") if one in said(study))
    correct.act(desk_of(study), (name,), "keep", by="AB", reason="told")
    line = study.corrections.read_bytes()
    correct.undo(desk_of(study), None, by="AB", reason="not so")
    correct.act(desk_of(study), (name,), "remove", by="AB", reason="told")
    study.corrections.write_bytes(line)
    with pytest.raises(Tampered, match=r"corrections\.jsonl"):
        desk_of(study)


def test_a_word_that_a_kill_kept_out_of_its_file_was_not_said(study: Study) -> None:
    """The log comes first: the file of before is as good as that of after."""
    mark(study, "Hope", "PERSON")
    before = study.rulings.read_bytes()
    mark(study, "drove", "PERSON")
    study.rulings.write_bytes(before)
    mark(study, "drove", "PERSON")
    assert [row.batch for row in decide.rows_of(desk_of(study))] == [1, 2]


def test_without_its_file_what_is_hidden_stays_hidden(study: Study) -> None:
    """It is the remedy that is named where there is no backup."""
    mark(study, "Hope", "PERSON")
    run_stage(desk_of(study), "replace")
    study.rulings.unlink()
    run_stage(desk_of(study), "replace")
    assert "Hope" not in said(study)
    mark(study, "drove", "PERSON")
    assert [row.place for row in decide.rows_of(desk_of(study)) if isinstance(row, Ruling)]


def test_a_withdrawal_takes_its_words_out_with_the_logs_knowledge(study: Study) -> None:
    mark(study, "Hope", "PERSON")
    mark(study, "again", "PERSON")
    source = next(d for d in desk_of(study).key.documents if d.source_name.startswith("two"))
    withdraw(study, OPENER, source.source_name, "AB", "withdrew")
    Path(source.source_path).unlink()
    assert len(decide.rows_of(desk_of(study))) == 1


def test_the_log_vouches_without_a_word_of_what_was_said(study: Study) -> None:
    mark(study, "Hope", "PERSON")
    log = (study.audit / "log.jsonl").read_bytes()
    assert b'"file_token"' in log
    assert b"Hope" not in log
