"""What is kept between looks says the same as what is made anew from all that lies there."""

from __future__ import annotations

from pathlib import Path

from redact.core import Label, Place
from redact.page.room import Room
from redact.review import correct
from redact.review.verdict import Verdict
from redact.study.desk import Desk
from redact.study.nameless import READ
from tests.page.rooms import place_of, sit
from tests.shared import copy_of


def said(place: Place, label: Label | None) -> tuple[Verdict, ...]:
    return (Verdict(transcript=place.transcript, start=place.start, end=place.end, label=label),)


def same_as_new(room: Room, root: Path) -> bool:
    kept, new = room.study(), sit(root).study()
    return dict(kept.detections) == dict(new.detections) and kept.entities == new.entities


def test_after_every_word_the_view_is_as_a_new_one_has_it(template: Path, tmp_path: Path) -> None:
    root = copy_of(template, tmp_path)
    room = sit(root)
    quill, petrie = place_of(room, "Zebedee Quill"), place_of(room, "Fergus Petrie")
    first = room.decide(said(quill, None), room.study().newest)
    assert same_as_new(room, root)
    room.decide(said(place_of(room, "grand"), "PLACE"), first)
    assert same_as_new(room, root)

    def keep(desk: Desk, known: correct.Known) -> None:
        correct.act(desk, (f"@{petrie.transcript}:{petrie.start}",), "keep", "AB", READ, known)

    room.correct(keep)
    assert same_as_new(room, root)
    room.undo(first)
    assert same_as_new(room, root)
    room.correct(lambda desk, _: correct.undo(desk, 1, "AB", READ))
    assert same_as_new(room, root)
    room.apply()
    assert same_as_new(room, root)


def test_a_word_changes_the_transcripts_it_is_about_and_no_other(
    template: Path, tmp_path: Path
) -> None:
    room = sit(copy_of(template, tmp_path))
    before = room.study().detections
    quill = place_of(room, "Zebedee Quill")
    room.decide(said(quill, "ORG"), room.study().newest)
    after = room.study().detections
    assert {doc for doc in after if after[doc] is not before[doc]} == {quill.transcript}
