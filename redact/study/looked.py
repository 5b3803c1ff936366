"""What is understood of files and tables before a study is made of them; nothing is written.

Names stand in it: it is shown to the person whose files they are, and goes into no log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from redact.errors import RedactError, Refusal, UsageError
from redact.formats.column_heads import Role
from redact.formats.columns import KeptColumns
from redact.formats.folders import Passed
from redact.formats.sources import AS_IT_IS, FoundSources, find_sources
from redact.formats.tables import TableRead, read_table
from redact.formats.understood import Understood, understood
from redact.policy import Handling
from redact.study.folder import Study
from redact.study.table_check import TableFit, fit_of
from redact.study.tables_read import TablesRead


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesSeen:
    """The tables as they were read, how they fit, and those that cannot be read."""

    read: TablesRead
    fit: TableFit
    refused: tuple[Refusal, ...] = ()

    @property
    def typed(self) -> list[str]:
        """The options that give them to a command."""
        return [word for one in self.read.all for word in (f"--{one.role}", one.where)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """All that lies under some paths, what was understood of each file, and the tables."""

    found: FoundSources
    files: tuple[Understood, ...]
    tables: TablesSeen


def look_at(
    sources: Sequence[Path],
    *,
    roster: Path | None = None,
    interviews: Path | None = None,
    consent: Path | None = None,
    skips: Iterable[str] = (),
    encoding: str | None = None,
    handling: Handling = AS_IT_IS,
    given: Iterable[Path] = (),
    columns: Mapping[Role, KeptColumns] | None = None,
) -> LookedAt:
    """What is understood of the files under these paths.

    Tables called roster, interviews or consent that lie there are read as such where none is named;
    `given` are other files that may lie beside the transcripts; `columns` are by table what a
    person chose that its columns mean. Raises UsageError for a study's folder.
    """
    _require_no_study(sources)
    known = (*given, *(one for one in (roster, interviews, consent) if one is not None))
    found = find_sources(sources, encoding, handling, skips, given=known)
    tables = _tables(
        found, {"roster": roster, "interviews": interviews, "consent": consent}, columns
    )
    found = replace(found, refused=(*found.refused, *tables.refused))
    return LookedAt(found=found, files=tuple(understood(one) for one in found.files), tables=tables)


def _tables(
    found: FoundSources,
    named: Mapping[Role, Path | None],
    columns: Mapping[Role, KeptColumns] | None,
) -> TablesSeen:
    """The person's tables, or those of their usual names that lie beside the transcripts."""
    read: dict[Role, TableRead] = {}
    refused = []
    for role, path in named.items():
        where = path or _beside(found, role)
        try:
            if where is not None:
                read[role] = read_table(where, role, (columns or {}).get(role))
        except RedactError as error:
            refused.append(
                Refusal(
                    where=error.where,
                    what=error.what,
                    remedy=error.remedy,
                    usage=True,
                    command=error.command,
                )
            )
    tables = TablesRead(read.get("roster"), read.get("interviews"), read.get("consent"))
    fit = fit_of(tables, {one.name: one.text for one in found.files})
    return TablesSeen(read=tables, fit=fit, refused=tuple(refused))


def _beside(found: FoundSources, role: str) -> Path | None:
    return next(
        (
            one.path
            for one in found.passed
            if one.why is Passed.TABLE and one.path.stem.lower() == role and one.path.is_file()
        ),
        None,
    )


def _require_no_study(paths: Iterable[Path]) -> None:
    for path in paths:
        if Study(path).exists():
            raise UsageError(
                "this is a study, not a folder of transcripts",
                where=str(path),
                remedy="Name the folder its transcripts came from. What was read of a study "
                "stands on its page, under Prepare.",
                command=f"`redact review {path} --by YOU` opens it.",
            )
