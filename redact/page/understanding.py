"""What was understood of a folder, for the screen that asks: what is odd first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from redact.formats.folders import Passed
from redact.formats.said import said_of_passed, said_of_sources
from redact.formats.table_remarks import remark_lines
from redact.page.beginning import Beginning
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
    own = (beginning.roster, beginning.interviews)
    passed = looked.found.passed
    others = [one for one in passed if one.why is not Passed.TABLE and one.path not in own]
    tables = (looked.tables.read.roster, looked.tables.read.interviews)
    return {
        "looked": looked,
        "refused": refused,
        "said": [*said_of_sources(looked.found.files), *said_of_passed(others)],
        "foreign": any(not one.language.is_english for one in looked.files),
        "guessed": [one for one in looked.files if one.guessed],
        "silent": [one for one in looked.files if not one.speakers],
        "tables": [(one, remark_lines(one.remarks, one.word)) for one in tables if one],
        "fit": [line.strip() for line in lines_of_fit(looked.tables.fit)],
        "passed_tables": [
            one.path for one in passed if one.why is Passed.TABLE and one.path not in own
        ],
        "shown": looked.files[:_SHOWN],
        "words": sum(one.words for one in looked.files),
    }


def _file_of(where: str) -> Path | None:
    """The file or folder that is meant, also where a line of it is; None for a part of one."""
    whole = where if Path(where).exists() else where.rpartition(", line ")[0]
    return Path(whole) if whole and Path(whole).exists() else None
