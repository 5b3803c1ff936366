"""What was refused, said with its place; what was typed stays; only our own form is sent again."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.page.room import Room
from tests.page.rooms import HOST, Visitor, place_of, sit
from tests.shared import copy_of


@pytest.fixture(scope="module")
def room(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """One for all: nothing that is asked of it here changes anything."""
    return sit(copy_of(template, tmp_path_factory.mktemp("refused")))


@pytest.fixture
def visitor(room: Room) -> Visitor:
    return Visitor(room)


def refused(visitor: Visitor, path: str, **fields: str) -> dict[str, str]:
    """What a script is told."""
    answer = visitor.post(
        visitor.door.root + path,
        data={"csrf": visitor.door.csrf, **fields},
        headers={"origin": f"http://{HOST}", "accept": "application/json"},
    )
    assert answer.status_code == 400
    told: dict[str, str] = answer.json()
    return told


def test_an_error_about_a_place_names_the_stewards_file_and_its_line(
    room: Room, visitor: Visitor
) -> None:
    place = place_of(room, "Corriedoon Care")
    where = {"doc": place.transcript, "start": str(place.start + 1), "end": str(place.end)}
    told = refused(visitor, "/decide", **where, label="DETAIL", seen="9")
    assert told["error"].startswith("two.txt, line 2: this cuts a word in two. Select whole words")
    assert told["href"].endswith(f"/t/{place.transcript}?at={place.start + 1}")


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/assign", {}, "No interview is ticked. Tick the interviews that you mean"),
        ("/assign", {"doc": "D0001", "to": "x" * 61}, "This name is longer than 60 characters"),
        ("/decide", {"doc": "D0099", "label": "none"}, "This interview is not in the study any"),
        ("/undo", {"batch": "7"}, "Decision 7 does not hold any more, so it cannot be undone"),
        ("/comment", {"doc": "D0001", "text": "x"}, "No place is chosen for this comment"),
        ("/comment", {"answer": "0"}, "This comment is not there any more. Somebody has dealt"),
        ("/entity", {"do": "merge"}, "No name is ticked. Tick the names that you mean first"),
        ("/questions", {"do": "maybe"}, "This question: none of the answers was chosen. Tick"),
    ],
)
def test_every_error_says_what_is_amiss_and_what_to_do(
    visitor: Visitor, path: str, fields: dict[str, str], said: str
) -> None:
    assert refused(visitor, path, **fields)["error"].startswith(said)


def test_what_another_page_sent_is_not_offered_to_be_sent_again(visitor: Visitor) -> None:
    answer = visitor.post(
        visitor.door.root + "/passage",
        data={"csrf": "guessed", "text": "planted words"},
        headers={"origin": f"http://{HOST}"},
    )
    assert (answer.status_code, "planted words" in answer.text) == (400, False)
