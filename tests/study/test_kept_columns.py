"""How a study's tables are read is kept in it, without a word of theirs, and may be changed."""

from pathlib import Path

import pytest

from redact.errors import UsageError
from redact.formats.column_heads import Meaning
from redact.formats.table_remarks import Told
from redact.formats.tables import TableRead, read_table
from redact.study.folder import Study
from redact.study.kept_columns import read_kept_columns, write_kept_columns

TEXT = "Name;Nickname\nHepzibah Orrick;Heppie\n"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path)


def roster(study: Study, text: str = TEXT) -> TableRead:
    path = study.root / "people.csv"
    path.write_text(text, "utf-8")
    return read_table(path, "roster", read_kept_columns(study).get("roster"))


def test_what_was_read_is_kept_by_letter_and_no_head_is(study: Study) -> None:
    write_kept_columns(study, (roster(study, "Name;Cosmo said\nHepzibah Orrick;aye\n"), None))
    text = study.tables.read_text("utf-8")
    assert 'A = "name"' in text
    assert 'B = "other"' in text
    assert not any(word in text for word in ("Cosmo", "Orrick", "Hepzibah"))


def test_a_word_that_a_person_changes_holds_and_stays(study: Study) -> None:
    text = "Name;said of her\nHepzibah Orrick;Heppie\n"
    write_kept_columns(study, (roster(study, text), None))
    said = study.tables.read_text("utf-8")
    study.tables.write_text(said.replace('B = "other"', 'B = "also called"', 1), "utf-8")
    read = roster(study, text)
    assert read.entries[0].forms == ("Hepzibah Orrick", "Heppie")
    write_kept_columns(study, (read, None))
    assert read_kept_columns(study)["roster"].chosen[1] == ("B", Meaning.ALIAS)


def test_a_word_changed_where_redact_keeps_its_guess_is_told(study: Study) -> None:
    """It is no choice; the place that is named is the one that helps."""
    text = "Name;said of her\nHepzibah Orrick;Heppie\n"
    write_kept_columns(study, (roster(study, text), None))
    above, below = study.tables.read_text("utf-8").split("[roster.as-guessed]")
    edited = below.replace('B = "other"', 'B = "also called"', 1)
    study.tables.write_text(f"{above}[roster.as-guessed]{edited}", "utf-8")
    read = roster(study, text)
    assert [one.told for one in read.remarks] == [Told.GUESS_EDITED]
    write_kept_columns(study, (read, None))
    above, below = study.tables.read_text("utf-8").split("[roster.as-guessed]")
    chosen = above.replace('B = "other"', 'B = "also called"', 1)
    study.tables.write_text(f"{chosen}[roster.as-guessed]{below}", "utf-8")
    read = roster(study, text)
    assert (read.remarks, read.entries[0].forms) == ((), ("Hepzibah Orrick", "Heppie"))


def test_a_table_of_other_columns_is_read_anew(study: Study) -> None:
    write_kept_columns(study, (roster(study), None))
    other = roster(study, "Post;Name\ncook;Hepzibah Orrick\n")
    assert [column.meaning for column in other.columns] == [Meaning.ROLE, Meaning.NAME]
    write_kept_columns(study, (other, None))
    assert read_kept_columns(study)["roster"].guessed == other.guessed


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[roster", "no TOML"),
        ('[roster]\nA = "hero"\n[roster.as-guessed]\nA = "name"\n', "column A of"),
        ("roster = 3\n", "no list of columns"),
    ],
)
def test_a_damaged_file_is_named_with_a_remedy_that_works(
    study: Study, text: str, what: str
) -> None:
    study.tables.write_text(text, "utf-8")
    with pytest.raises(UsageError) as refused:
        read_kept_columns(study)
    assert what in refused.value.what
    assert str(study.tables) == refused.value.where
    study.tables.unlink()
    assert read_kept_columns(study) == {}
