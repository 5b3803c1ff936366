"""One study, several who sit at it: each sees what is so now, and none writes on an old view."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.core import Label, Place
from redact.errors import UsageError
from redact.page.room import Room
from redact.review.decide import Stale
from redact.review.verdict import Verdict
from tests.conftest import tree
from tests.page.rooms import place_of, sit
from tests.shared import copy_of


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy_of(template, tmp_path)


def verdict(place: Place, label: Label | None) -> Verdict:
    return Verdict(transcript=place.transcript, start=place.start, end=place.end, label=label)


def label_at(room: Room, place: Place) -> str | None:
    mentions = room.study().detections[place.transcript].mentions
    return next((m.label for m in mentions if m.place == place), None)


def safe_texts(root: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((root / "safe").iterdir()))


def test_looking_writes_nothing_and_reads_what_is_unchanged_once(root: Path) -> None:
    room = sit(root)
    before = tree(root)
    first, again = room.study(), room.study()
    assert tree(root) == before
    assert first.entities == again.entities
    assert first.entity_at is again.entity_at  # not made anew


def test_a_decision_is_seen_by_all_and_undone_for_all(root: Path) -> None:
    room, other = sit(root), sit(root, "CD")
    quill = place_of(room, "Zebedee Quill")
    assert label_at(room, quill) == "PERSON"
    batch = room.decide((verdict(quill, "ORG"),), room.study().newest)
    assert (label_at(room, quill), label_at(other, quill)) == ("ORG", "ORG")
    assert not room.study().current  # the safe texts do not say so yet
    other.undo(batch)
    assert label_at(room, quill) == "PERSON"
    with pytest.raises(UsageError, match="does not hold any more"):
        room.undo(batch)


def test_a_decision_on_a_view_that_is_old_is_not_recorded(root: Path) -> None:
    room, other = sit(root), sit(root, "CD")
    quill, petrie = place_of(room, "Zebedee Quill"), place_of(room, "Fergus Petrie")
    seen = room.study().newest
    other.decide((verdict(quill, None),), seen)
    with pytest.raises(Stale):
        room.decide((verdict(quill, "ORG"),), seen)
    assert label_at(room, quill) is None
    room.decide((verdict(petrie, "ORG"),), seen)  # nobody touched this one
    assert label_at(other, petrie) == "ORG"


def test_applying_makes_the_safe_texts_say_what_was_decided(root: Path) -> None:
    room = sit(root)
    grand = place_of(room, "grand")
    room.decide((verdict(grand, "PLACE"),), room.study().newest)
    assert "grand" in safe_texts(root)
    room.apply()
    assert room.study().current
    assert "grand" not in safe_texts(root)
    assert "Zebedee" not in safe_texts(root)


def test_a_comment_is_sealed_and_seen_until_it_is_answered(root: Path) -> None:
    room, other = sit(root), sit(root, "CD")
    place = place_of(room, "Zebedee Quill")
    room.comment(place.transcript, place.start, place.end, "Is this Morag's son?")
    (said,) = other.study().comments  # a newer key than the one that was opened
    assert (said.by, said.text) == ("AB", "Is this Morag's son?")
    assert not any(b"Morag's son" in data for data in tree(root).values())
    other.answer(said.id)
    assert room.study().comments == ()


def test_a_passage_that_may_stay_is_remembered(root: Path) -> None:
    room = sit(root)
    passage = place_of(room, "only Gaelic-speaking team leader")
    room.leave(passage)
    assert room.study().left == {passage}


def test_what_is_settled_is_so_until_something_in_it_is_decided_anew(root: Path) -> None:
    room = sit(root)
    doc = place_of(room, "Zebedee Quill").transcript
    room.settle(doc, room.study().newest, room.study().digests[doc])
    assert room.study().settled == {doc}


@pytest.fixture
def second(root: Path) -> tuple[Room, Room]:
    """A first reader who decided and commented, and a second who is to read one transcript."""
    first = sit(root)
    quill = place_of(first, "Zebedee Quill")
    first.decide((verdict(quill, "ORG"),), first.study().newest)
    first.comment(quill.transcript, quill.start, quill.end, "He is the visitor.")
    first.assign((quill.transcript,), "CD", True)
    return first, sit(root, "CD", frozenset({quill.transcript}))


def test_a_second_reader_sees_nothing_of_the_first(second: tuple[Room, Room]) -> None:
    first, blind = second
    quill = place_of(first, "Zebedee Quill")
    study = blind.study()
    assert [t.id for t in study.transcripts] == [quill.transcript]
    assert set(study.names) == set(study.detections) == {quill.transcript}
    assert (study.rulings, study.entities, study.decisions, study.comments) == ({}, {}, {}, ())
    assert study.blind
    assert label_at(blind, quill) == "PERSON"  # as detected


def test_a_second_reader_writes_only_of_what_is_theirs_to_read(second: tuple[Room, Room]) -> None:
    first, blind = second
    mine, theirs = place_of(first, "Zebedee Quill"), place_of(first, "Corriedoon Care")
    with pytest.raises(UsageError, match="not to be read a second time"):
        blind.decide((verdict(mine, None), verdict(theirs, None)), 0)
    with pytest.raises(UsageError, match="not to be read a second time"):
        blind.comment(theirs.transcript, theirs.start, theirs.end, "Why?")
    blind.decide((verdict(mine, None),), blind.study().newest)
    assert label_at(blind, mine) is None
    assert label_at(first, mine) == "ORG"  # the first reading stands


def test_the_two_readings_are_compared(second: tuple[Room, Room]) -> None:
    first, blind = second
    quill = place_of(first, "Zebedee Quill")
    blind.decide((verdict(quill, None),), blind.study().newest)
    blind.settle(quill.transcript, 0, "")
    assert blind.study().settled == {quill.transcript}
    assert first.study().settled == frozenset()  # to have read it is not to answer for it
    assert first.study().seconded
    assert quill in {difference.place for difference in first.agreement().differences}


def test_a_settled_transcript_is_to_be_read_again_once_somebody_decides(root: Path) -> None:
    room = sit(root)
    quill, again = place_of(room, "Zebedee Quill"), place_of(room, "Corriedoon Care")
    for doc in (quill.transcript, again.transcript):
        room.settle(doc, room.study().newest, room.study().digests[doc])
    room.decide((verdict(quill, None),), room.study().newest)
    assert room.study().settled == {again.transcript}, "what is pending is not in the safe text"
    room.apply()
    assert room.study().settled == {again.transcript}
