"""The screens before a study: one question each, guarded, and nothing typed is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from redact.page.purposes import Purpose
from tests.page.houses import Newcomer

TALK = (
    "INT: Who was there?\nR: Ishbel Tannock came from Kilmarnock. Aye, she did, and I was there.\n"
)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    folder = tmp_path / "Zebedee's talks"
    folder.mkdir()
    (folder / "P1 Ishbel.txt").write_text(TALK, "utf-8")
    return folder


@pytest.fixture
def newcomer() -> Iterator[Newcomer]:
    with Newcomer() as browser:
        yield browser
        browser.house.close()


SCREENS = ["/", "/tasks", "/folder", "/understood", "/purpose", "/place", "/passphrase", "/study"]


@pytest.mark.parametrize("path", [*SCREENS, "/progress"])
def test_nobody_without_the_cookie_sees_a_screen_or_a_folder(path: str, talks: Path) -> None:
    stranger = Newcomer(has_cookie=False)
    stranger.house.beginning.at = talks
    assert stranger.get(stranger.door.root + path).status_code == 401
    status, said = stranger.fill_in(path, to=str(talks.parent))
    assert (status in (401, 405), "Ishbel" in said) == (True, False)


def test_a_form_of_another_page_changes_nothing(newcomer: Newcomer, talks: Path) -> None:
    status, said = newcomer.fill_in("/folder", csrf="x", use=str(talks))
    assert (status, "did not come from this page" in said) == (400, True)
    assert newcomer.house.beginning.source is None
    status, _ = newcomer.fill_in("/folder", use=str(talks))
    assert status == 303
    assert "1 transcript" in newcomer.read("/understood")


def test_from_the_folder_to_what_was_understood(newcomer: Newcomer, talks: Path) -> None:
    assert newcomer.fill_in("/folder", to=str(talks.parent)) == (303, "/folder")
    page = newcomer.read("/folder")
    assert html.escape(str(talks), quote=True).replace("&#x27;", "&#39;") in page
    assert newcomer.fill_in("/folder", use=str(talks)) == (303, "/understood")
    page = newcomer.read("/understood")
    assert "1 transcript with" in page
    assert "P1 Ishbel.txt" in page
    assert "R (a code, 1 turn)" in page
    assert newcomer.fill_in("/understood", do="continue") == (303, "/purpose")


def test_no_address_has_a_folder_s_name_in_it(newcomer: Newcomer, talks: Path) -> None:
    for fields in ({"to": str(talks)}, {"use": str(talks)}, {"typed": str(talks)}):
        _, where = newcomer.fill_in("/folder", **fields)
        assert "Zebedee" not in where
    page = newcomer.read("/folder") + newcomer.read("/understood")
    assert all("Zebedee" not in one for one in re.findall(r'(?:href|action)="([^"]*)"', page))


def test_a_path_that_cannot_be_read_stays_in_its_field(newcomer: Newcomer, tmp_path: Path) -> None:
    for typed in (str(tmp_path / "nowhere"), "talks"):
        status, page = newcomer.fill_in("/folder", typed=typed)
        assert (status, "There is a problem" in page) == (400, True)
        assert f'value="{typed}"' in page


def test_what_cannot_be_taken_comes_first_and_can_be_left_out(
    newcomer: Newcomer, talks: Path
) -> None:
    (talks / "talk.mp3").write_bytes(b"ID3\x03\x00\x00\x00")
    newcomer.fill_in("/folder", use=str(talks))
    page = newcomer.read("/understood")
    assert page.index("Cannot be taken") < page.index("Each file, as it was read")
    assert "--skip" not in page
    status, page = newcomer.fill_in("/understood", do="continue")
    assert (status, "There is a problem" in page) == (400, True)
    assert newcomer.fill_in("/understood", do=f"leave:{talks / 'talk.mp3'}")[0] == 303
    assert "Cannot be taken" not in newcomer.read("/understood")
    assert newcomer.fill_in("/understood", do="continue") == (303, "/purpose")


def test_what_was_left_out_is_taken_in_again_one_by_one(newcomer: Newcomer, talks: Path) -> None:
    for name in ("notes.txt", "memo.txt"):
        (talks / name).write_text(TALK, "utf-8")
    newcomer.fill_in("/folder", use=str(talks))
    for name in ("notes.txt", "memo.txt"):
        assert newcomer.fill_in("/understood", do="skip", path=name)[0] == 303
    assert "1 transcript with" in newcomer.read("/understood")
    assert newcomer.fill_in("/understood", do="take:notes.txt")[0] == 303
    page = newcomer.read("/understood")
    assert ("2 transcripts with" in page, "take:memo.txt" in page) == (True, True)
    assert "take:notes.txt" not in page


def test_a_mistyped_name_leaves_nothing_out_and_stays_in_its_field(
    newcomer: Newcomer, talks: Path
) -> None:
    newcomer.fill_in("/folder", use=str(talks))
    status, page = newcomer.fill_in("/understood", do="skip", path="nots.txt")
    assert (status, "nothing here is called that" in page) == (400, True)
    assert 'value="nots.txt"' in page
    page = newcomer.read("/understood")
    assert ("Cannot be taken" in page, "Left out" in page) == (False, False)
    assert newcomer.fill_in("/understood", do="continue") == (303, "/purpose")


def test_a_table_that_lies_there_is_asked_about_and_taken(newcomer: Newcomer, talks: Path) -> None:
    (talks / "people.csv").write_text("name,role\nIshbel Tannock,team leader\n", "utf-8")
    newcomer.fill_in("/folder", use=str(talks))
    page = newcomer.read("/understood")
    choice = html.escape(f"roster:{talks / 'people.csv'}", quote=True).replace("&#x27;", "&#39;")
    assert choice in page
    assert newcomer.fill_in("/understood", do=f"roster:{talks / 'people.csv'}")[0] == 303
    page = newcomer.read("/understood")
    assert "people, places and organisations you know" in page
    assert newcomer.house.beginning.choices.roster == talks / "people.csv"


def test_a_study_is_no_folder_of_transcripts(newcomer: Newcomer, talks: Path) -> None:
    (talks / "study.toml").write_text("", "utf-8")
    status, page = newcomer.fill_in("/folder", use=str(talks))
    assert (status, "this is a study" in page) == (400, True)
    assert newcomer.fill_in("/folder", study=str(talks)) == (303, "/study")


def test_one_step_waits_for_the_one_before(newcomer: Newcomer) -> None:
    for path in ("/understood", "/purpose", "/place", "/passphrase", "/progress"):
        answer = newcomer.get(newcomer.door.root + path)
        assert answer.status_code == 303, path
    status, page = newcomer.fill_in("/passphrase", words="x")
    assert (status, "There is a problem" in page) == (400, True)


@pytest.mark.parametrize(
    ("where", "who", "said"),
    [
        ("inside", "AB", "must not lie inside each other"),
        ("full", "AB", "holds other things"),
        ("new", " ", "say who you are"),
        ("new", "a\u202eb", "cannot be seen"),
        ("no/such/folder", "AB", "is not there"),
    ],
)
def test_what_would_stop_a_study_is_said_before_the_passphrase(
    newcomer: Newcomer, talks: Path, tmp_path: Path, where: str, who: str, said: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x", "utf-8")
    root = talks / "study" if where == "inside" else tmp_path / where
    newcomer.fill_in("/folder", use=str(talks))
    newcomer.house.beginning.purposes(Purpose.ARCHIVE, {})
    status, page = newcomer.fill_in("/place", where=str(root), who=who)
    assert (status, said in page) == (400, True), page
    assert html.escape(str(root), quote=True).replace("&#x27;", "&#39;") in page  # nothing is lost
    assert newcomer.house.beginning.words == ""


def test_a_passphrase_that_is_typed_wrongly_makes_nothing_and_stays_the_same(
    newcomer: Newcomer, talks: Path, tmp_path: Path
) -> None:
    newcomer.fill_in("/folder", use=str(talks))
    newcomer.house.beginning.purposes(Purpose.ARCHIVE, {})
    assert newcomer.fill_in("/place", where=str(tmp_path / "s"), who="AB") == (303, "/passphrase")
    words = newcomer.house.beginning.words
    assert words in newcomer.read("/passphrase")
    status, page = newcomer.fill_in("/passphrase", words=f"{words}x")
    assert (status, words in page) == (400, True)
    assert not (tmp_path / "s").exists()
    assert newcomer.house.making is None


def test_a_wrong_passphrase_opens_no_study_and_is_not_given_back(
    newcomer: Newcomer, tmp_path: Path
) -> None:
    status, page = newcomer.fill_in(
        "/study", where=str(tmp_path), who="AB", words="four otters in a boat"
    )
    assert (status, "not a study folder" in page, "otters" in page) == (400, True, False)


def test_a_table_that_is_read_as_an_interview_is_asked_about(
    newcomer: Newcomer, talks: Path
) -> None:
    path = talks / "who we talked to.csv"
    path.write_text("Transcript;Who;Job\nP1;Elspeth Drumblair;carer\n", "utf-8")
    assert newcomer.fill_in("/folder", use=str(talks)) == (303, "/understood")
    page = newcomer.read("/understood")
    assert "it is read as an interview. What is in it?" in page
    assert newcomer.fill_in("/understood", do=f"interviews:{path}")[0] == 303
    page = newcomer.read("/understood")
    assert "read as an interview" not in page
    assert "Who was interviewed" in page
