"""A page without a study and a browser at it, without a process of its own."""

from __future__ import annotations

from starlette.testclient import TestClient

from redact.page.app import guarded
from redact.page.guard import COOKIE, Door
from redact.page.house import House
from redact.page.start_pages import StartPages
from tests.page.rooms import HOST


class Newcomer(TestClient):
    """A browser that has the cookie of a page that is open on nothing yet."""

    def __init__(self, has_cookie: bool = True) -> None:
        self.door = Door(hosts=frozenset({HOST}))
        self.house = House(self.door)
        self.house.shows(StartPages(self.house).app())
        super().__init__(
            guarded(self.house, self.door), base_url=f"http://{HOST}", follow_redirects=False
        )
        if has_cookie:
            self.cookies.set(COOKIE, self.door.cookie)

    def read(self, path: str, status: int = 200) -> str:
        """The page at this path."""
        answer = self.get(self.door.root + path)
        assert answer.status_code == status, answer.text
        return answer.text

    def fill_in(self, path: str, /, **fields: str) -> tuple[int, str]:
        """What a form is answered: the status, and the page or where below the root it leads."""
        answer = self.post(
            self.door.root + path,
            data={"csrf": self.door.csrf, **fields},
            headers={"origin": f"http://{HOST}"},
        )
        where = answer.headers.get("location", answer.text)
        return answer.status_code, where.removeprefix(self.door.root)
