"""A reviewer at an open study without a process of its own: the room, and a browser's requests."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from redact.core import Place
from redact.custody.keyfile import Opener
from redact.page.app import make_app
from redact.page.guard import COOKIE, Door
from redact.page.opened import OpenedStudy
from redact.page.room import Room
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from tests.conftest import PASSPHRASE

HOST = "127.0.0.1:9"


def sit(root: Path, by: str = "AB", blind: frozenset[str] = frozenset()) -> Room:
    """Whoever sits down at the study now."""
    study, opener = Study(root), Opener.from_passphrase(PASSPHRASE)

    def reopen() -> Desk:
        return open_desk(study, opener)

    return Room(opened=OpenedStudy(desk=reopen(), reopen=reopen), by=by, blind=blind)


def place_of(room: Room, words: str, number: int = 0) -> Place:
    """Where these words stand for the first time, in the transcript that has them."""
    for transcript in room.study().transcripts:
        at = -1
        for _ in range(number + 1):
            at = transcript.text.find(words, at + 1)
        if at >= 0:
            return Place.at(transcript.id, at, at + len(words))
    raise AssertionError(words)


class Visitor(TestClient):
    """A browser that has the cookie: it asks for paths below the page's own."""

    def __init__(self, room: Room, opener: Opener | None = None) -> None:
        self.room, self.door = room, Door(hosts=frozenset({HOST}))
        super().__init__(
            make_app(room, self.door, opener), base_url=f"http://{HOST}", follow_redirects=False
        )
        self.cookies.set(COOKIE, self.door.cookie)

    def read(self, path: str, status: int = 200) -> str:
        """The page at this path."""
        answer = self.get(self.door.root + path)
        assert answer.status_code == status, answer.text
        return answer.text

    def fill_in(self, path: str, /, **fields: str) -> tuple[int, str]:
        """What a form of the page's own is answered: the status, and the page or where it leads."""
        answer = self.post(
            self.door.root + path,
            data={"csrf": self.door.csrf, **fields},
            headers={"origin": f"http://{HOST}"},
        )
        return answer.status_code, answer.headers.get("location", answer.text)
