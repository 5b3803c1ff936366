"""The page is served at a port that is free until nobody uses it, and to who knows the study."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import run_redact, tree
from tests.page.conftest import Served, start, stop
from tests.page.test_guard import Answer, ask, cookie, csrf
from tests.reviewed import Key
from tests.shared import copy_of


def test_a_page_that_nobody_uses_closes_by_itself(
    template: Path, tmp_path: Path, custodian: Key
) -> None:
    page = start(copy_of(template, tmp_path), custodian, "AB", "--idle", "0.02")
    said, _ = page.process.communicate(timeout=30)
    assert page.process.returncode == 0
    assert "The review page is closed" in said


def test_a_port_that_is_taken_is_an_error_in_a_line(
    template: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    study = copy_of(template, tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run_redact(
            "review",
            study,
            "--by",
            "AB",
            "--no-browser",
            "--port",
            port,
            "--passphrase-file",
            passphrase_file,
        )
    assert done.code == 2
    assert f"port {port}" in done.err


# A page that was opened before somebody else changed the study notices, and writes nothing stale.

CHANGED = "The study changed meanwhile: nothing was written"


class Reader:
    """Somebody with the page open."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.read: dict[str, dict[str, str]] = {}  # by transcript what its page says of itself
        self.known = cookie(served)
        self.csrf = csrf(served, self.known)

    def look(self, path: str) -> Answer:
        answer = ask(self.served, path, Cookie=self.known)
        form = answer[2].partition('/settle"')[2].partition("</form>")[0]
        fields = dict(re.findall(r'name="(seen|shown)" value="([^"]*)"', form))
        if path.startswith("/t/") and fields:
            self.read[path.removeprefix("/t/")] = fields
        return answer

    def send(self, path: str, **fields: object) -> Answer:
        body = urlencode({"csrf": self.csrf, **fields})
        return ask(self.served, path, "POST", body, Cookie=self.known, Origin=self.served.origin)

    def settle(self, doc: str) -> Answer:
        """The form of the page that was read, sent as it is."""
        return self.send("/settle", doc=doc, **self.read[doc])


@pytest.fixture
def reader(template: Path, tmp_path: Path, custodian: Key) -> Iterator[Reader]:
    page = start(copy_of(template, tmp_path), custodian)
    yield Reader(page)
    if page.process.poll() is None:
        stop(page)


def without_others(study: Path, passphrase_file: Path, custodian: Key) -> None:
    """A rotation makes no packet for a passphrase that it does not know."""
    removed = run_redact("key", "remove-custodian", study, "steward", *custodian)
    assert removed.code == 0, removed.err


def test_a_rotation_under_an_open_page_loses_nobody_the_key(
    reader: Reader, passphrase_file: Path, custodian: Key
) -> None:
    """Case 2 of the attack: decide and apply on a page from before `key rotate`."""
    study = reader.served.study
    without_others(study, passphrase_file, custodian)
    place = {"doc": "D0001", "start": 0, "end": 3}
    assert run_redact("key", "rotate", study, *custodian).code == 0
    decided = reader.send("/decide", **place, label="PERSON", seen=0)
    applied = reader.send("/apply")
    assert (decided[0], applied[0]) == (303, 303), (decided[2], applied[2])
    checked = run_redact("key", "check", study, *custodian)
    assert checked.code == 0, checked.out + checked.err
    assert '"place":["D0001",0,3]' in (study / "rulings.jsonl").read_text("utf-8")
    assert run_redact("replace", study, *custodian, "--json").json["changed"] is False


def test_what_a_reader_saw_before_it_changed_is_not_settled(reader: Reader, custodian: Key) -> None:
    """A command made another safe text: it is said, and read again it can be settled."""
    study = reader.served.study
    assert reader.look("/t/D0001")[0] == 200
    renamed = run_redact(
        "entity", "rename", study, "[Person 1]", "[Visitor A]", "--by", "CD", *custodian
    )
    assert renamed.code == 0, renamed.err
    state = (study / "work" / "state.json").read_bytes()
    refused = reader.settle("D0001")
    assert (refused[0], CHANGED in refused[2]) == (409, True), refused[2]
    assert (study / "work" / "state.json").read_bytes() == state
    assert "[Visitor A]" in reader.look("/t/D0001")[2]
    assert reader.settle("D0001")[0] == 303
    assert (study / "work" / "state.json").read_bytes() != state


def test_a_page_whose_custodian_is_gone_says_so(
    reader: Reader, passphrase_file: Path, custodian: Key
) -> None:
    study, key = reader.served.study, ("--passphrase-file", passphrase_file)
    reader.look("/t/D0001")
    assert run_redact("key", "remove-custodian", study, "second", *key).code == 0
    before = tree(study / "work") | tree(study / "linkage")
    answers = {
        "the corpus": reader.look("/"),
        "a transcript": reader.look("/t/D0001"),
        "a decision": reader.send("/decide", doc="D0001", start=0, end=3, label="PERSON", seen=0),
        "what was decided": reader.send("/apply"),
        "the settling": reader.settle("D0001"),
    }
    told = {asked: (answer[0], "does not open" in answer[2]) for asked, answer in answers.items()}
    # Nothing waits to be applied: nothing is written, and the corpus it leads back to says why.
    nothing_to_do = {"what was decided": (303, False)}
    assert told == dict.fromkeys(answers, (400, True)) | nothing_to_do
    assert tree(study / "work") | tree(study / "linkage") == before
    assert not (study / "rulings.jsonl").exists()


def test_somebody_elses_decisions_are_seen_before_a_transcript_is_settled(
    reader: Reader, template: Path, custodian: Key
) -> None:
    study = reader.served.study
    assert reader.look("/t/D0001")[0] == 200
    other = start(study, custodian, "CD")
    try:
        decided = Reader(other).send("/decide", doc="D0001", start=0, end=3, label="PERSON", seen=0)
        assert decided[0] == 303, decided[2]
    finally:
        stop(other)
    refused = reader.settle("D0001")
    assert (refused[0], "CD has decided on this" in refused[2]) == (409, True), refused[2]
    assert reader.look("/t/D0001")[0] == 200
    assert reader.settle("D0001")[0] == 303
