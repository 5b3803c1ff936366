"""The recording on the page: only what was named, from where it lies, in the log before a sound.

In a browser: the time beside a doubtful place, and a click that plays it from there.
"""

from __future__ import annotations

import math
import shutil
import struct
import subprocess
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from redact.audit.events import LinkageRevealed
from redact.audit.reading import read_log
from redact.errors import UsageError
from redact.page.recordings import recordings_of
from redact.page.room import Room
from tests.conftest import PASSPHRASE, study_of, tree
from tests.page.browsing import needs_chromium, opened
from tests.page.conftest import Served, start, stop
from tests.page.rooms import Visitor, place_of, sit
from tests.shared import copy_of, made_once

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


TALK = (
    "WEBVTT\n\n"
    "00:00:01.250 --> 00:00:04.000\n<v INT>Who came to the door?\n\n"
    "00:00:40.500 --> 00:00:44.250\n<v R>Will came, and Corrie was with him.\n\n"
    "00:01:02.750 --> 00:01:06.250\n<v R>We saw Morag Haldane in the evening.\n"
)
RATE, LONG = 8000, 80  # samples a second; seconds


@pytest.fixture(scope="module")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of eighty seconds in which a tone goes up."""
    path = tmp_path_factory.mktemp("sound") / "kitchen table.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        samples = (int(3000 * math.sin(n * (0.2 + n / 4e6))) for n in range(RATE * LONG))
        out.writeframes(b"".join(struct.pack("<h", one) for one in samples))
    return path


@pytest.fixture
def study(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, passphrase_file: Path) -> Path:
    def make(folder: Path) -> None:
        study_of(folder, {"one.vtt": TALK}, passphrase_file, "safe-copy")

    return copy_of(made_once(tmp_path_factory, "playing", make) / "study", tmp_path)


@pytest.fixture
def playing(study: Path, tone: Path, passphrase_file: Path) -> Iterator[Served]:
    page = start(study, ("--passphrase-file", passphrase_file), "AB", "--recording", f"one={tone}")
    yield page
    stop(page)


@dataclass
class Answers:
    """What the page's door answered for the recording, and what the browser complained of."""

    statuses: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def at_the_talk(browser: Browser, playing: Served) -> tuple[Page, Answers]:
    page, answers = opened(browser, playing), Answers()

    def take(response: Response) -> None:
        if response.url.endswith("/recording"):
            answers.statuses.append(response.status)
            answers.kinds.append(response.headers["content-type"])

    page.on("response", take)
    page.on("console", lambda said: answers.complaints.append(said.text))
    page.goto(f"{playing.base}/t/D0001")
    return page, answers


def plays_from(page: Page, first: float, last: float) -> None:
    """Waits until it sounds between these seconds; fails if it does not."""
    page.wait_for_function(
        """([first, last]) => { const heard = document.getElementById("recording");
        return !heard.paused && heard.currentTime > first && heard.currentTime < last; }""",
        arg=[first, last],
    )


@needs_chromium
@pytest.mark.model
def test_the_time_is_beside_a_doubtful_place_and_a_click_plays_from_there(
    browser: Browser, playing: Served, tone: Path
) -> None:
    before = tree(playing.study)
    page, answers = at_the_talk(browser, playing)
    doubtful = page.locator(".mark.doubtful")
    expect(doubtful.locator(".kind")).to_have_text("person 0:00:40")
    assert answers.statuses == []  # nothing is fetched before somebody listens
    doubtful.click()
    page.click("#play")
    plays_from(page, 39.0, 50.0)
    page.locator(".mark", has_text="Morag Haldane").click()
    expect(page.locator("#heard")).to_have_text("0:01:02")
    page.keyboard.press("v")
    plays_from(page, 61.0, 70.0)
    assert page.evaluate("document.getElementById('recording').duration") == LONG
    assert set(answers.statuses) == {206}
    assert set(answers.kinds) == {"audio/wav"}
    assert answers.complaints == []
    part = tone.read_bytes()[100_000:100_200]
    after = tree(playing.study)
    assert not any(part in data for data in after.values())
    new = {name for name, data in after.items() if before.get(name) != data}
    assert all(name.startswith("audit") or name.endswith("state.json") for name in new), new
    heard = [
        (event.phase, event.docs)
        for entry in read_log(playing.study / "audit")
        if isinstance(event := entry.event, LinkageRevealed)
        and event.purpose == "review page: recording"
    ]
    assert heard == [("intent", ("D0001",))]


@needs_chromium
@pytest.mark.model
def test_its_controls_offer_no_copy_and_stay_in_the_panel(
    browser: Browser, playing: Served
) -> None:
    page, _ = at_the_talk(browser, playing)
    recording = page.locator("#recording")
    assert recording.evaluate("one => one.controlsList.contains('nodownload')")
    panel, box = page.locator("#panel").bounding_box(), recording.bounding_box()
    assert panel is not None
    assert box is not None
    assert panel["x"] <= box["x"]
    assert box["x"] + box["width"] <= panel["x"] + panel["width"]


@needs_chromium
@pytest.mark.model
def test_a_recording_that_is_gone_is_told(
    browser: Browser, playing: Served, tone: Path, tmp_path: Path
) -> None:
    page, _ = at_the_talk(browser, playing)
    tone.rename(tmp_path / "away.wav")
    page.click("#play")
    expect(page.locator("#said")).to_contain_text("cannot be played here")
    (tmp_path / "away.wav").rename(tone)


@needs_chromium
@pytest.mark.model
@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
@pytest.mark.parametrize(
    ("ending", "kind"),
    [("mp3", "audio/mpeg"), ("m4a", "audio/mp4"), ("flac", "audio/flac"), ("ogg", "audio/ogg")],
)
def test_pressed_recordings_play_from_there_too(
    browser: Browser,
    study: Path,
    tone: Path,
    tmp_path: Path,
    passphrase_file: Path,
    ending: str,
    kind: str,
) -> None:
    pressed = tmp_path / f"talk.{ending}"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-i", tone, pressed], check=True, timeout=60)
    key = ("--passphrase-file", passphrase_file)
    served = start(study, key, "AB", "--recording", f"one={pressed}")
    page, answers = at_the_talk(browser, served)
    page.keyboard.press("v")
    plays_from(page, 39.0, 50.0)
    assert (set(answers.kinds), answers.complaints) == ({kind}, [])
    stop(served)
