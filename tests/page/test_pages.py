"""What each page says, asked for as a browser asks: escaped, and right for odd addresses too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from redact.page.pages import number_of
from redact.page.room import Room
from redact.review.verdict import Verdict
from tests.conftest import study_of
from tests.page.rooms import Visitor, place_of, sit
from tests.shared import copy_of


@pytest.fixture(scope="module")
def room(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """One for all that only look."""
    return sit(copy_of(template, tmp_path_factory.mktemp("looked at")))


@pytest.fixture
def visitor(room: Room) -> Visitor:
    return Visitor(room)


def text_of_page(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_the_corpus_lists_every_interview_and_what_is_doubtful(visitor: Visitor) -> None:
    page = visitor.read("/")
    assert "2 interviews" in text_of_page(page)
    for doc in ("D0001", "D0002"):
        assert f"{visitor.door.root}/t/{doc}" in page
    assert visitor.read("/?for=Nobody").count("/t/D000") == 0


def test_words_of_a_transcript_are_text_on_every_page(visitor: Visitor, room: Room) -> None:
    """A talk that has a script in it, and letters that turn the line around."""
    doc = place_of(room, "Zebedee Quill").transcript
    for path in ("/", "/entities", "/missed", "/details", f"/t/{doc}", f"/t/{doc}/lines?n=0,1,2"):
        page = visitor.read(path)
        assert "<script>document.title" not in page
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page


def test_entities_are_listed_by_label_and_an_unknown_label_lists_all(visitor: Visitor) -> None:
    person, place = "<mark>Zebedee Quill</mark>", "<mark>Kilmarnock</mark>"
    for address, listed in {
        "": (True, True),
        "?label=PERSON": (True, False),
        "?label=PLACE": (False, True),
        "?label=<b>": (True, True),
    }.items():
        page = visitor.read(f"/entities{address}")
        assert (person in page, place in page) == listed


@pytest.mark.parametrize("first", ["-1", "x", "99999999999999999999", "٣", "1e3", "0"])
def test_an_odd_number_in_an_address_is_no_error(visitor: Visitor, first: str) -> None:
    assert "<h1" in visitor.read(f"/entities?from={first}")
    assert "<h1" in visitor.read(f"/t/D0001?at={first}")
    visitor.read(f"/t/D0001/lines?n={first}")


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("", 5), ("-1", 5), ("x", 5), ("٣", 5), ("9" * 10, 5)],
)
def test_a_number_of_an_address_is_plain_figures_or_the_other(text: str, number: int) -> None:
    assert number_of(text, 5) == number


def test_who_somebody_is_stands_beside_all_their_places(visitor: Visitor, room: Room) -> None:
    place = place_of(room, "Morag Haldane")
    (who,) = [
        e for e in room.study().entities.values() if any(m.place == place for m in e.mentions)
    ]
    page = text_of_page(visitor.read(f"/who/{who.id}"))
    assert page.count("Morag Haldane") >= len(who.mentions)
    assert "Fergus Petrie" not in page.split("came first")[0]
    gone = visitor.read("/who/person-999", 404)
    assert "Look for the name in Who is who" in gone


def test_the_place_in_the_address_is_chosen_and_else_the_first_doubtful(
    visitor: Visitor, room: Room
) -> None:
    place = place_of(room, "Fergus Petrie")
    page = visitor.read(f"/t/{place.transcript}?at={place.start}")
    assert re.search(r'id="words"[^>]*>\s*Fergus Petrie', page)
    other = visitor.read(f"/t/{place.transcript}?at={place.start + 1}")  # no mention begins there
    assert other == visitor.read(f"/t/{place.transcript}")


def test_words_are_sought_in_the_body_and_counted_over_all_transcripts(visitor: Visitor) -> None:
    status, page = visitor.fill_in("/missed", q="Morag Haldane")
    assert status == 200
    assert "“Morag Haldane” is said at 3 places" in text_of_page(page)
    assert "“Zorbalot” is said at 0 places" in text_of_page(
        visitor.fill_in("/missed", q="Zorbalot")[1]
    )
    assert "is said at" not in text_of_page(visitor.read("/missed?q=Morag"))


def test_a_passage_is_shown_as_the_safe_text_will_have_it(template: Path, tmp_path: Path) -> None:
    room = sit(copy_of(template, tmp_path))
    visitor = Visitor(room)
    assert "only Gaelic-speaking team leader" in text_of_page(visitor.read("/details"))
    island = place_of(room, "island")
    verdict = Verdict(
        transcript=island.transcript, start=island.start, end=island.end, label="PLACE"
    )
    room.decide((verdict,), room.study().newest)
    room.leave(place_of(room, "only Gaelic-speaking team leader on the"))
    assert "only Gaelic-speaking" not in text_of_page(visitor.read("/details"))


def test_the_sources_are_shown_as_they_were_understood(visitor: Visitor) -> None:
    page = text_of_page(visitor.read("/sources"))
    assert "2 files" in page
    assert "plain text, utf-8" in page
    assert "Does not look like English" not in page
    assert visitor.read("/sources?from=2").count("/t/D000") == 0


@pytest.mark.model
def test_the_sources_show_how_tables_were_read(tmp_path: Path, passphrase_file: Path) -> None:
    talk = "INT: And who was there?\nIshbel Gunn: Rab Orde, and my sister.\n"
    table = "Job;Full name;Nickname\ncook;Ishbel Gunn;Ish\ncook;Nell Quaich;\n"
    study = study_of(tmp_path, {"a.txt": talk}, passphrase_file, roster=table)
    page = text_of_page(Visitor(sit(study)).read("/sources"))
    assert "B Full name → Name" in page
    assert "Roster rows with a name that no transcript has: 3" in page


def test_no_page_says_a_code_of_the_program_or_a_file_by_another_name(
    visitor: Visitor, room: Room
) -> None:
    doc = place_of(room, "Zebedee Quill").transcript
    for path in ("/", "/entities", "/missed", "/details", "/open", "/sources", f"/t/{doc}"):
        said = text_of_page(visitor.read(path))
        for code in (r"\b(?:PERSON|PLACE|ORG|ID|URL)\b", "[A-Z]\\w+Recognizer", r"\bscore\b", "G3"):
            assert not re.search(code, said), (path, code)
        goes_out = re.findall(r"(?<!Goes out as )\b\w+_\d\d\.txt", said)
        assert goes_out == [] or path == "/sources", path
    assert "one.txt" in text_of_page(visitor.read("/"))
    assert "Right as it is" in text_of_page(visitor.read(f"/t/{doc}"))
