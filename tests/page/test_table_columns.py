"""Columns of a steward's tables: shown with their first rows, corrected, and kept in the study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from redact.custody.keyfile import Opener, passphrase_recipient
from redact.errors import UsageError
from redact.formats.column_heads import OF_CONSENT, Meaning, Role
from redact.page.purposes import Purpose
from redact.page.table_columns import CHOICES, chosen_columns, table_shown
from redact.study.create import create_study
from redact.study.desk import open_desk
from redact.study.kept_columns import read_kept_columns
from tests.conftest import PASSPHRASE
from tests.page.houses import Newcomer

TALK = "INT: Who was there?\nR: Ishbel Tannock came, and wee Ish they said, and I was there.\n"
PEOPLE = "Name;Whit they cry her;Wark\nIshbel Tannock;wee Ish;cook\nRab Orde;Rabbie;cook\n"


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "one.txt").write_text(TALK, "utf-8")
    (tmp_path / "talks" / "people.csv").write_text(PEOPLE, "utf-8")
    return tmp_path / "talks"


@pytest.fixture
def newcomer(talks: Path) -> Iterator[Newcomer]:
    with Newcomer() as browser:
        browser.fill_in("/folder", use=str(talks))
        browser.fill_in("/understood", do=f"roster:{talks / 'people.csv'}")
        yield browser
        browser.house.close()


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def test_columns_stand_with_their_first_rows_and_what_each_is_read_as(newcomer: Newcomer) -> None:
    page = newcomer.read("/understood")
    for words in ("Name", "Whit they cry her", "wee Ish", "Rabbie", "cook"):
        assert words in page
    chosen = re.findall(r'<option value="([^"]+)" selected>', page)
    assert chosen[0] == Meaning.NAME


def test_what_a_person_says_of_a_column_is_what_the_study_is_made_with(
    newcomer: Newcomer, tmp_path: Path
) -> None:
    page = newcomer.read("/understood")
    said = {"column-A": "name", "column-B": "also called", "column-C": "role"}
    done = newcomer.fill_in("/understood", do="columns:roster", seen=seen(page), **said)
    assert done == (303, "/understood")
    assert "Read as you said" in newcomer.read("/understood")
    newcomer.house.beginning.purposes(Purpose.ARCHIVE, {})
    order = newcomer.house.beginning.order()
    recipient = passphrase_recipient(PASSPHRASE)
    study, _, _ = create_study(tmp_path / "study", order, (("steward", recipient),))
    kept = read_kept_columns(study)["roster"]
    assert dict(kept.chosen) == {"A": Meaning.NAME, "B": Meaning.ALIAS, "C": Meaning.ROLE}
    desk = open_desk(study, Opener.from_passphrase(PASSPHRASE))
    assert desk.tables.entries[0].forms == ("Ishbel Tannock", "wee Ish")
    assert "Whit" not in study.tables.read_text("utf-8")


def test_a_table_without_heads_that_are_known_says_so(newcomer: Newcomer, talks: Path) -> None:
    assert "No row was known" not in newcomer.read("/understood")
    (talks / "people.csv").write_text(PEOPLE.replace("Name", "Wha"), "utf-8")
    newcomer.fill_in("/understood", do="again")
    assert "No row was known to be the heads" in newcomer.read("/understood")


def test_the_guess_can_be_had_back(newcomer: Newcomer) -> None:
    page = newcomer.read("/understood")
    newcomer.fill_in("/understood", do="columns:roster", seen=seen(page), **{"column-B": "role"})
    assert newcomer.fill_in("/understood", do="guessed:roster")[0] == 303
    assert newcomer.house.beginning.choices.columns == {}


def test_another_table_than_the_one_that_was_seen_is_not_corrected(
    newcomer: Newcomer, talks: Path
) -> None:
    page = newcomer.read("/understood")
    (talks / "people.csv").write_text("Wark;Name\ncook;Ishbel Tannock\ncook;Rab Orde\n", "utf-8")
    status, page = newcomer.fill_in(
        "/understood", do="columns:roster", seen=seen(page), **{"column-A": "name"}
    )
    assert (status, "other columns than those that were shown" in page) == (400, True)
    assert newcomer.house.beginning.choices.columns == {}


def test_a_choice_that_leaves_no_names_is_refused_and_stays_on_the_screen(
    newcomer: Newcomer,
) -> None:
    page = newcomer.read("/understood")
    status, page = newcomer.fill_in(
        "/understood", do="columns:roster", seen=seen(page), **{"column-A": "note"}
    )
    assert (status, "no column of this table" in page) in ((400, True), (303, False))
    page = newcomer.read("/understood")
    assert "Cannot be taken" in page
    assert 'value="columns:roster"' in page  # and can be corrected there
    assert newcomer.fill_in("/understood", do="continue")[0] == 400


def test_two_columns_are_not_both_the_name(talks: Path) -> None:
    path = talks / "people.csv"
    shown = table_shown(path, "roster", None)
    with pytest.raises(UsageError, match=r"A and B are both read as: Name"):
        chosen_columns(path, "roster", shown.seen, {"A": "name", "B": "name"})
    with pytest.raises(UsageError, match="nothing that a column can be"):
        chosen_columns(path, "roster", shown.seen, {"A": "hero"})


@pytest.mark.parametrize("role", ["roster", "interviews"])
def test_every_meaning_that_a_column_is_guessed_to_have_can_be_chosen(
    role: Role, tmp_path: Path
) -> None:
    heads = ",".join([*(one.value for one in Meaning), "name", "file", "who was interviewed"])
    (tmp_path / "all.csv").write_text(f"{heads}\n{heads}\n{'x,' * 27}x\n", "utf-8")
    shown = table_shown(tmp_path / "all.csv", role, None)
    assert {one.meaning for one in shown.columns} <= set(CHOICES[role])


def test_each_meaning_that_a_column_can_have_can_be_chosen() -> None:
    """Else a browser would choose the first of the list in its place, and consent was lost."""
    assert set(Meaning) == {meaning for choices in CHOICES.values() for meaning in choices}
    assert set(OF_CONSENT) <= set(CHOICES["interviews"])


def test_a_column_of_consent_is_shown_and_taken_as_it_is(talks: Path) -> None:
    table = talks / "list.csv"
    table.write_text("file,consent,withdraw until\none.txt,team only,2099-01-31\n", "utf-8")
    shown = table_shown(table, "interviews", None)
    assert [one.meaning for one in shown.columns[:2]] == [Meaning.FILE, Meaning.CONSENT]
    assert {one.meaning for one in shown.columns} <= set(CHOICES["interviews"])
