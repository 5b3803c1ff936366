"""The recording on the page: only what was named, from where it lies, in the log before a sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.events import LinkageRevealed
from redact.audit.reading import read_log
from redact.errors import UsageError
from redact.page.recordings import recordings_of
from redact.page.room import Room
from tests.conftest import PASSPHRASE, study_of
from tests.page.rooms import Visitor, place_of, sit

TALKS = {
    "one.vtt": "WEBVTT\n\n00:01:01.000 --> 00:01:09.000\n<v INT>I saw Morag Haldane there.\n",
    "two.txt": "INT: Who?\nP: Isla Baird was it.\n",
}
SOUND = bytes(range(256)) * 40


@pytest.fixture
def room(tmp_path: Path) -> Room:
    (tmp_path / "secret").write_text(PASSPHRASE, "utf-8")
    return sit(study_of(tmp_path, TALKS, tmp_path / "secret", "safe-copy"))


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    (tmp_path / "Morag.wav").write_bytes(SOUND)
    return tmp_path / "Morag.wav"


def heard(room: Room) -> list[LinkageRevealed]:
    events = [entry.event for entry in read_log(room.desk.log)]
    return [
        one
        for one in events
        if isinstance(one, LinkageRevealed) and one.purpose == "review page: recording"
    ]


@pytest.mark.model
def test_a_named_recording_is_played_in_parts_and_is_in_the_log(room: Room, sound: Path) -> None:
    doc, other = (place_of(room, words).transcript for words in ("Morag", "Isla"))
    room.recordings = recordings_of(room.desk.key.documents, [f"one.vtt={sound}"])
    visitor = Visitor(room)
    page = visitor.read(f"/t/{doc}")
    assert f'src="{visitor.door.root}/t/{doc}/recording"' in page
    assert '<span id="heard">0:01:0' in page
    assert "<audio" not in visitor.read(f"/t/{other}")
    assert "Morag.wav" not in page
    assert heard(room) == []
    address = f"{visitor.door.root}/t/{doc}/recording"
    part = visitor.get(address, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, SOUND[100:200])
    assert part.headers["content-type"] == "audio/wav"
    assert part.headers["cache-control"] == "no-store"
    assert "media-src 'self'" in part.headers["content-security-policy"]
    assert visitor.get(address).content == SOUND
    assert [(one.phase, one.docs) for one in heard(room)] == [("intent", (doc,))]
    assert visitor.get(f"{visitor.door.root}/t/{other}/recording").status_code == 404
    visitor.cookies.clear()
    assert visitor.get(address).status_code == 401


@pytest.mark.model
def test_nothing_sounds_that_the_log_cannot_take(room: Room, sound: Path) -> None:
    doc = place_of(room, "Morag").transcript
    room.recordings = {doc: sound}
    (room.desk.log / "signing.key").unlink()
    answer = Visitor(room).get(f"{Visitor(room).door.root}/t/{doc}/recording")
    assert SOUND[:100] not in answer.content


@pytest.mark.model
def test_a_second_reader_hears_what_they_are_to_read(room: Room, sound: Path) -> None:
    doc, other = (place_of(room, words).transcript for words in ("Morag", "Isla"))
    blind = sit(room.desk.study.root, "CD", frozenset({other}))
    blind.recordings = {doc: sound, other: sound}
    visitor = Visitor(blind)
    assert visitor.get(f"{visitor.door.root}/t/{doc}/recording").status_code == 404
    assert visitor.get(f"{visitor.door.root}/t/{other}/recording").status_code == 200


@pytest.mark.model
def test_what_is_no_recording_of_the_study_is_refused(room: Room, sound: Path) -> None:
    documents = room.desk.key.documents
    safe = documents[0].safe_name
    assert recordings_of(documents, [f"{safe}={sound}"]) == {documents[0].doc_id: sound}
    for word in ("", str(sound), f"three={sound}", f"one={sound}x", "one=.", f"one={__file__}"):
        with pytest.raises(UsageError, match="this is n"):
            recordings_of(documents, [word])
