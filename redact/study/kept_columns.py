"""How a study reads the columns of its tables: tables.toml, for people to read and to change.

It names columns by letter and never by the words in them: a head may hold a name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import get_args

from redact.disk import write_atomic
from redact.errors import UsageError
from redact.formats.column_heads import Meaning, Role
from redact.formats.columns import KeptColumns, kept_of
from redact.formats.tables import TableRead
from redact.study.folder import Study

_GUESSED = "as-guessed"
_ROLES: tuple[Role, ...] = get_args(Role)
_HEAD = """\
# How redact reads the columns of your tables, by their letters in a spreadsheet. If one is read
# wrongly, change the word behind it and run the same command again. The words are:
#   {words}
# What stands under {guessed} is what redact made of them: leave it. A table with other columns is
# read anew.
"""


def read_kept_columns(study: Study) -> dict[Role, KeptColumns]:
    """What the study keeps of each table's columns; UsageError for a file that is damaged."""
    try:
        text = study.tables.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError):
        raise _damaged(study, "it cannot be read") from None
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise _damaged(study, "it is no TOML") from None
    kept: dict[Role, KeptColumns] = {}
    for role in _ROLES:
        table = said.get(role, {})
        guessed = table.get(_GUESSED, {}) if isinstance(table, dict) else None
        if not isinstance(guessed, dict):
            raise _damaged(study, f"[{role}] is no list of columns")
        chosen = {letter: word for letter, word in table.items() if letter != _GUESSED}
        if guessed:
            kept[role] = KeptColumns(
                guessed=_columns(study, role, guessed), chosen=_columns(study, role, chosen)
            )
    return kept


def write_kept_columns(study: Study, tables: Iterable[TableRead | None]) -> None:
    """Keeps how these tables were read; what is kept of another stays. Nothing changed: no write.

    A choice of a person's stays while the columns are guessed as they were.
    """
    kept = read_kept_columns(study)
    for table in tables:
        if table is not None:
            chosen = kept_of(table.layout)
            kept[table.role] = KeptColumns(guessed=table.guessed, chosen=chosen)
    if not kept:
        return
    text = _text(kept)
    if not study.tables.is_file() or study.tables.read_text("utf-8") != text:
        write_atomic(study.tables, text.encode("utf-8"))


def _text(kept: Mapping[Role, KeptColumns]) -> str:
    words = ", ".join(meaning.value for meaning in Meaning)
    lines = [_HEAD.format(words=words, guessed=_GUESSED)]
    for role in _ROLES:
        if role in kept:
            lines += [f"[{role}]", *_lines(kept[role].chosen), ""]
            lines += [f"[{role}.{_GUESSED}]", *_lines(kept[role].guessed), ""]
    return "\n".join(lines)


def _lines(columns: Iterable[tuple[str, Meaning]]) -> list[str]:
    return [f'{letter} = "{meaning.value}"' for letter, meaning in columns]


def _columns(
    study: Study, role: Role, said: Mapping[str, object]
) -> tuple[tuple[str, Meaning], ...]:
    columns = []
    for letter, word in said.items():
        meaning = next((m for m in Meaning if m.value == str(word).strip().casefold()), None)
        if meaning is None:
            raise UsageError(
                f"column {letter} of [{role}] is no meaning of a column",
                where=str(study.tables),
                remedy=f"Write one of: {', '.join(m.value for m in Meaning)}.",
            )
        columns.append((letter, meaning))
    return tuple(columns)


def _damaged(study: Study, what: str) -> UsageError:
    return UsageError(
        f"how the tables are read cannot be told: {what}",
        where=str(study.tables),
        remedy="Delete this file: the columns are read anew.",
    )
