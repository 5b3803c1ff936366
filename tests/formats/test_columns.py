"""Tables as stewards type them are read at the first try, as a person reads them."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from redact.core import ListedPerson, RosterEntry
from redact.formats.tables import TableRead, read_table
from tests.formats.steward_tables import TABLES, StewardTable


def read(tmp_path: Path, table: StewardTable) -> TableRead:
    path = tmp_path / f"{table.role}.csv"
    path.write_bytes(table.text.encode(table.encoding))
    return read_table(path, "roster" if table.role == "roster" else "interviews")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_stewards_table_is_read_at_the_first_try(tmp_path: Path, table: StewardTable) -> None:
    seen = read(tmp_path, table)
    meanings = {c.head or c.letter: str(c.meaning) for c in seen.columns}
    known = {head: meaning for head, meaning in meanings.items() if meaning != "other"}
    assert known == table.columns
    if table.role == "roster":
        listed = tuple(e.forms for e in seen.entries if not _is_of_a_row(e, table))
        assert listed == table.people
    else:
        interviewed, asked = table.people
        assert _names(p for i in seen.interviews for p in i.interviewees) == interviewed
        assert set(_names(p for i in seen.interviews for p in i.interviewers)) == set(asked)
        assert tuple(label for i in seen.interviews for label in i.labels) == table.labels
    assert len(seen.remarks) == table.remarks
    assert seen.encoding_guessed is (table.encoding != "utf-8")


def _is_of_a_row(entry: RosterEntry, table: StewardTable) -> bool:
    """A place or an organisation that stands in a person's row."""
    return entry.kind != "PERSON" and "kind" not in table.columns.values()


def _names(people: Iterable[ListedPerson]) -> tuple[str, ...]:
    return tuple(person.name for person in people)
