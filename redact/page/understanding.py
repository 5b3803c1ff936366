"""What was understood of a folder, for the screen that asks: what is odd first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData

from redact.errors import RedactError, UsageError
from redact.formats.folders import Passed
from redact.formats.said import said_of_passed, said_of_sources
from redact.formats.source_file import SourceFile
from redact.formats.table_remarks import remark_lines
from redact.formats.tables import TableRead
from redact.page.beginning import Beginning, FileChoices
from redact.page.pages import text_of
from redact.page.table_columns import CHOICES, ROLES, chosen_columns, table_shown
from redact.study.table_check import lines_of_fit

_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".ods"})
_SHOWN = 200  # files whose reading is listed at once


def understood_of(beginning: Beginning) -> dict[str, Any]:
    """By name what the template shows; raises UsageError where no folder is chosen."""
    looked = beginning.understood()
    refused = []
    for one in looked.found.refused:
        path = _file_of(one.where)
        refused.append((one, path, path is not None and path.suffix.lower() in _TABLES))
    choices = beginning.choices
    own = (choices.roster, choices.interviews)
    passed = looked.found.passed
    told_elsewhere = (Passed.TABLE, Passed.SKIPPED)
    others = [one for one in passed if one.why not in told_elsewhere and one.path not in own]
    read = {"roster": looked.tables.read.roster, "interviews": looked.tables.read.interviews}
    agreeing = looked.tables.read.consent
    taken = (*own, Path(agreeing.where)) if agreeing else own
    tables = []
    for role in ROLES:
        path, table = choices.table(role), read[role]
        with suppress(RedactError):  # a file that is no table is among the refused
            if path is not None:
                remarks = remark_lines(table.remarks, table.word) if table else []
                tables.append((table_shown(path, role, choices.columns.get(role)), remarks))
    return {
        "looked": looked,
        "refused": refused,
        "said": [
            *said_of_sources(looked.found.files),
            *said_of_passed(others),
            *_said_of_consent(agreeing),
        ],
        "foreign": any(not one.language.is_english for one in looked.files),
        "guessed": [one for one in looked.files if one.guessed],
        "silent": [one for one in looked.files if not one.speakers],
        "tables": tables,
        "table_choices": CHOICES,
        "choices": choices,
        "fit": [line.strip() for line in lines_of_fit(looked.tables.fit)],
        "passed_tables": [
            one.path for one in passed if one.why is Passed.TABLE and one.path not in taken
        ],
        "tables_as_talk": _tables_as_talk(looked.found.files),
        "shown": looked.files[:_SHOWN],
        "words": sum(one.words for one in looked.files),
    }


def _said_of_consent(table: TableRead | None) -> Iterator[str]:
    if table is not None:
        yield f"{Path(table.where).name} is read as what each participant agreed to"
        yield from remark_lines(table.remarks, table.word)


def _tables_as_talk(files: Iterable[SourceFile]) -> tuple[Path, ...]:
    """Tables that are read as what was said: only a person knows which of them are lists."""
    paths = {Path(one.path.partition("#")[0]) for one in files}
    return tuple(sorted(path for path in paths if path.suffix.lower() in _TABLES))


def as_table(said: FileChoices, role: str, path: Path) -> FileChoices:
    """This file is the table of that role, and no longer of the other."""
    mine = next(one for one in ROLES if one == role)
    other = next(one for one in ROLES if one != role)
    columns = {one: held for one, held in said.columns.items() if one != mine}
    freed = None if said.table(other) == path else said.table(other)
    where = {mine: path, other: freed}
    return replace(said, roster=where["roster"], interviews=where["interviews"], columns=columns)


def with_columns(said: FileChoices, role: str, form: FormData) -> FileChoices:
    """What a form says that a table's columns are; UsageError as `chosen_columns`."""
    mine = next((one for one in ROLES if one == role), None)
    path = said.table(mine) if mine else None
    if mine is None or path is None:
        raise UsageError("there is no such table", where="the tables", remedy="Look again.")
    letters = {name.removeprefix("column-"): str(value) for name, value in form.items()}
    held = chosen_columns(path, mine, text_of(form, "seen"), letters)
    return replace(said, columns={**said.columns, mine: held})


def _file_of(where: str) -> Path | None:
    """The file or folder that is meant, also where a line of it is; None for a part of one."""
    whole = where if Path(where).exists() else where.rpartition(", line ")[0]
    return Path(whole) if whole and Path(whole).exists() else None
