"""Every address of the page: who may ask for it, and what is no address of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.page.app import STATIC
from redact.page.room import Room
from tests.page.rooms import HOST, Visitor, place_of, sit
from tests.shared import copy_of

PAGES = ("/", "/entities", "/missed", "/details", "/second")
FORMS = (
    "/decide /add /undo /comment /passage /apply /settle /assign /entity /uncorrect /missed".split()
)


@pytest.fixture(scope="module")
def room(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """One for all: nothing that is asked of it here changes anything."""
    return sit(copy_of(template, tmp_path_factory.mktemp("asked")))


@pytest.fixture
def visitor(room: Room) -> Visitor:
    return Visitor(room)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_for_whoever_has_the_cookie(visitor: Visitor, path: str) -> None:
    assert "<h1" in visitor.read(path)
    visitor.cookies.clear()
    assert "when it was started" in visitor.read(path, 401)


@pytest.mark.parametrize("path", FORMS)
def test_no_form_is_taken_that_is_not_of_the_page(visitor: Visitor, path: str) -> None:
    """With the cookie, but without the form's own token: as another page would send it."""
    url, origin = visitor.door.root + path, {"origin": f"http://{HOST}"}
    answer = visitor.post(url, data={"label": "none"}, headers=origin)
    assert answer.status_code == 400
    assert "did not come from this page" in answer.text
    if path != "/missed":
        assert visitor.get(url).status_code == 405  # a link changes nothing


@pytest.mark.parametrize("path", ["/nothing", "/t/D0009", "/who/E9", "/static/", "/../", "/t/"])
def test_what_is_no_page_is_not_found(visitor: Visitor, path: str) -> None:
    assert visitor.get(visitor.door.root + path).status_code == 404


def test_nothing_lies_beside_the_page_s_own_path(visitor: Visitor) -> None:
    assert visitor.get("/favicon.ico").status_code == 204
    for path in ("/", "/entities", "/static/review.css", visitor.door.root):
        assert visitor.get(path).status_code in (404, 307)


def test_styles_and_scripts_are_there_and_no_other_file_is(visitor: Visitor) -> None:
    names = [path.name for path in STATIC.iterdir() if path.suffix in (".css", ".js")]
    assert names
    for name in names:
        assert visitor.get(f"{visitor.door.root}/static/{name}").status_code == 200
    for name in ("nothing.js", "..%2fapp.py", "%2e%2e%2fapp.py", "__init__.py", "../app.py"):
        assert visitor.get(f"{visitor.door.root}/static/{name}").status_code == 404


def test_a_second_reader_has_no_address_of_the_first_one_s_work(room: Room) -> None:
    doc = place_of(room, "Zebedee Quill").transcript
    blind = Visitor(sit(room.desk.study.root, "CD", frozenset({doc})))
    assert "Zebedee Quill" in blind.read(f"/t/{doc}")
    for path in ("/entities", "/missed", "/details", "/second", "/who/person-1"):
        assert blind.get(blind.door.root + path).status_code == 404
    for path in ("/entity", "/apply", "/assign", "/passage", "/uncorrect"):
        assert blind.fill_in(path)[0] == 404


FIELDS = {
    "/decide": ["doc", "start", "end", "label", "text", "seen", "everywhere"],
    "/add": ["words", "label", "doc", "everywhere", "none", "seen"],
    "/undo": ["batch"],
    "/comment": ["doc", "start", "end", "text", "answer"],
    "/passage": ["doc", "span", "do", "text", "seen"],
    "/settle": ["doc"],
    "/assign": ["doc", "to", "do"],
    "/entity": ["name", "do", "action", "to", "label", "place", "seen"],
    "/uncorrect": ["number"],
    "/missed": ["q"],
}
ODD = ["", " ", "D0001", "D9999", "0", "-1", "9" * 30, "PERSON", "\0", "\u202e", "[", "x" * 9000]
USUAL = {"doc": "D0001", "start": "0", "end": "3", "label": "PERSON", "seen": "99", "span": "0-3"}
USUAL |= {"name": "[Person 1]", "do": "rename", "to": "[Manager A]", "text": "other words"}


@pytest.mark.parametrize("path", FIELDS)
def test_a_form_with_anything_in_it_is_answered_in_words(
    template: Path, tmp_path: Path, path: str
) -> None:
    visitor = Visitor(sit(copy_of(template, tmp_path)))
    for field in FIELDS[path]:
        for value in ODD:
            fields = {name: USUAL[name] for name in FIELDS[path] if name in USUAL}
            status, said = visitor.fill_in(path, **{**fields, field: value})
            assert status in (200, 303, 400, 404, 409), (field, value[:20], status)
            assert status < 400 or 'role="alert"' in said, (field, value[:20])
    assert "<h1" in visitor.read("/")


@pytest.mark.parametrize("doc", ["D9999", "", "scot_01", "\0"])
def test_a_transcript_that_is_not_there_cannot_be_settled(visitor: Visitor, doc: str) -> None:
    status, said = visitor.fill_in("/settle", doc=doc)
    assert (status, "There is no such transcript in this study" in said) == (400, True)


def test_unlike_things_are_not_joined(room: Room, visitor: Visitor) -> None:
    entities = room.study().entities.values()
    shown = room.study().decisions
    two = {entity.label: shown[entity.id].pseudonym for entity in entities}
    assert len(two) > 1
    answer = visitor.post(
        visitor.door.root + "/entity",
        data={"csrf": visitor.door.csrf, "name": list(two.values())[:2], "do": "merge"},
        headers={"origin": f"http://{HOST}"},
    )
    assert (answer.status_code, "These are of different kinds" in answer.text) == (400, True)


def test_an_edit_by_hand_is_told_and_not_written_over(template: Path, tmp_path: Path) -> None:
    room = sit(copy_of(template, tmp_path))
    path = min((room.desk.study.root / "safe").iterdir())
    edited = path.read_bytes() + b"a note of mine\n"
    path.write_bytes(edited)
    status, said = Visitor(room).fill_in("/apply")
    assert (status, "edited by hand" in said, path.name in said) == (400, True, True)
    assert path.read_bytes() == edited
