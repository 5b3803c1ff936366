"""The data list: one row an interview, with what the policy lets be said, and what it means."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from redact.core import Interview, Span
from redact.custody.payload import LinkageKey
from redact.detect.key_search import KeySearch
from redact.detect.lexicon import is_word_too
from redact.policy import Policy
from redact.release.profiles import PROFILES, Profile
from redact.release.released import PSEUDONYM, Accounted, Cell
from redact.risk.uniqueness import QuasiTable
from redact.study.forgotten import recall

COUNTED = ("words", "format", "type_of_data", "description")  # of the released file itself
NEUTRAL = ("interview", "file", *COUNTED)  # columns of our own making: they identify nobody
_TYPE = "Transcription of recordings from interaction with human subjects"  # QDR's deposit form
MEANINGS = {
    "interview": "Neutral name of the interview; it is also the file's",
    "file": "Where the transcript lies, from this folder",
    "nation": "Scotland or United States",
    "organisation": "Pseudonym of the organisation where it was held, the same in all transcripts",
    "role": "What the interviewee did there",
    "year": "Year of the interview",
    "gender": "Gender of the interviewee, as recorded",
    "words": "Number of words of the transcript as released",
    "format": "Format of the transcript's file",
    "type_of_data": "Kind of data, in the words of QDR's deposit form",
    "description": "What the file is, from the other columns",
}


_OURS = frozenset((*MEANINGS, *NEUTRAL))  # heads of columns that we write
_RULE = "-" * 40


@dataclass(frozen=True, slots=True)
class DataList:
    """The table as it is released: its columns, and rows sorted by their cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)

    def csv(self) -> str:
        """CSV for people and spreadsheets: a cell that would be run as a formula gets a quote."""
        return "".join(piece for piece, _ in self._pieces())

    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the CSV by its interview and column; the heads have no interview."""
        cells, at = [], 0
        for piece, cell in self._pieces():
            if cell is not None:
                cells.append(replace(cell, span=Span(at, at + len(piece))))
            at += len(piece)
        return tuple(cells)

    def _pieces(self) -> Iterator[tuple[str, Cell | None]]:
        """The CSV piece by piece: a cell as it is written, or what stands between two."""
        nowhere = Span(0, 0)
        for number, row in enumerate((self.columns, *self.rows)):
            called = row[self.columns.index("interview")] if "interview" in self.columns else ""
            for at, (column, said) in enumerate(zip(self.columns, row, strict=True)):
                if at:
                    yield ",", None
                cell = Cell(span=nowhere, row=called, column=column)
                head = Cell(span=nowhere, row="", column=column, is_head=True)
                yield _written(inert(said)), cell if number else head
            yield "\n", None

    def accounted(self, pseudonyms: Container[str]) -> Iterator[Accounted]:
        """What stands there by our own hand: usual heads of columns, and pseudonyms."""
        text = self.csv()
        for cell in self.cells():
            said = text[cell.span.start : cell.span.end]
            if cell.is_head and cell.column in _OURS:
                yield Accounted(cell.span, "ordinary_word")
            elif cell.column == "organisation" and said in pseudonyms:
                yield Accounted(cell.span, PSEUDONYM)

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of a column; KeyError if there is none of this name."""
        if name not in self.columns:
            raise KeyError(name)
        return tuple(row[self.columns.index(name)] for row in self.rows)

    def row_of(self, interview: str) -> dict[str, str]:
        """The cells of an interview by column; empty if it has no row."""
        if "interview" not in self.columns:
            return {}
        at = self.columns.index("interview")
        found = next((row for row in self.rows if row[at] == interview), ())
        return dict(zip(self.columns, found, strict=False))

    def quasi(self, named: Sequence[str] = ()) -> QuasiTable:
        """The quasi-identifiers: the columns that are named, or all but neutral ones."""
        columns = [c for c in self.columns if (c in named if named else c not in NEUTRAL)]
        at = [self.columns.index(c) for c in columns]
        names = (
            [row[self.columns.index("interview")] for row in self.rows]
            if "interview" in self.columns
            else [f"row {n}" for n in range(1, len(self.rows) + 1)]
        )
        rows = tuple(tuple(row[n] for n in at) for row in self.rows)
        return QuasiTable(tuple(columns), rows, tuple(names))

    def meanings(self) -> dict[str, str]:
        """What each column says, for those who do not know the study."""
        return {c: MEANINGS.get(c, "From the depositor's own list") for c in self.columns}


def data_list(
    key: LinkageKey,
    interviews: Iterable[Interview | None],
    policy: Policy,
    profile: Profile = PROFILES["plain"],
    words: Mapping[str, int] | None = None,
) -> DataList:
    """Neutral names, organisations as pseudonyms, other cells without the names of the key.

    The policy says which of the study's columns are released, the archive's profile in which order
    they stand, and which are counted from the files; `words` are of the safe texts, by document. A
    column whose `level` the policy names says its group instead of its value.
    """
    columns = ordered(policy.release.columns, profile.columns)
    forms = [
        (form.text, entry.pseudonym)
        for entry in key.entries
        if entry.type in ("PERSON", "PLACE", "ORG")
        for form in entry.forms
    ]
    organisation = {text.casefold(): pseudonym for text, pseudonym in forms}
    search = KeySearch(("", text) for text, _ in forms)
    rows = []
    for document, row in zip(key.documents, interviews, strict=True):
        if row is None:
            continue
        cells = {
            "interview": document.safe_name.rpartition(".")[0],
            "file": f"transcripts/{released_name(document.safe_name, profile.as_text)}",
            "words": str((words or {}).get(document.doc_id, "")),
            "format": Path(released_name(document.safe_name, profile.as_text)).suffix[1:],
            "type_of_data": _TYPE,
            "nation": row.nation,
            "organisation": organisation.get(row.organisation.casefold(), "[Organisation]")
            if row.organisation
            else "",
        }
        said = {"role": row.role, **dict(row.more)}
        made = {
            column: _grouped(
                policy,
                column,
                cells[column] if column in cells else cleared(said.get(column, ""), search, key),
            )
            for column in columns
        }
        if "description" in profile.columns:
            told = filter(None, (made.get(c, "") for c in ("role", "nation", "year")))
            made["description"] = ", ".join(["Interview", *told])
        rows.append(tuple(made[column] for column in columns))
    return DataList(columns, tuple(sorted(rows)))


def ordered(released: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The columns an archive wants first, as far as they are released or counted; then the rest."""
    first = [c for c in wanted if c in released or c in COUNTED]
    return tuple(dict.fromkeys([*first, *released]))


def released_name(safe_name: str, as_text: bool) -> str:
    """What a safe transcript is called in the release."""
    return f"{safe_name.rpartition('.')[0]}.txt" if as_text else safe_name


def _grouped(policy: Policy, column: str, cell: str) -> str:
    level = dict(policy.release.levels).get(column, 0)
    groups = policy.risk.coarser().get(column, ())
    return groups[level - 1].get(cell, cell) if 1 <= level <= len(groups) else cell


def cleared(cell: str, search: KeySearch, key: LinkageKey) -> str:
    """A cell without the names of the key, and of those who withdrew."""
    gone = [
        (one.start, one.end)
        for one in recall(key.secret, key.forgotten, cell)
        if not (cell[one.start].islower() and one.word and is_word_too(one.word))
    ]
    return without_names(cell, search, gone)


def without_names(cell: str, search: KeySearch, more: Iterable[tuple[int, int]] = ()) -> str:
    """A cell with what the search finds, and `more`, left out: what G2 refuses in a table.

    Ordinary words in small letters stay.
    """
    found = {
        (hit.start, hit.end)
        for hit in search.find(cell)
        if not (cell[hit.start].islower() and hit.one_word and is_word_too(hit.one_word))
    }
    pieces, at = [], 0
    for start, end in sorted(found | set(more)):
        if start >= at:
            pieces += [cell[at:start], "[…]"]
            at = end
    return "".join([*pieces, cell[at:]])


def _written(cell: str) -> str:
    """A cell as CSV has it, in quotes where it must be."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([cell])
    return out.getvalue().removesuffix("\n") if cell else ""


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def header_block(row: Mapping[str, str], columns: Sequence[str]) -> str:
    """What stands above a transcript: a line a column, then a rule and an empty line."""
    lines = [
        f"{column.capitalize()}: {row[column]}"
        for column in columns
        if column != "file" and column not in COUNTED and row.get(column)
    ]
    return "\n".join([*lines, _RULE, "", ""]) if lines else ""


def header_accounted(header: str, pseudonyms: Container[str]) -> Iterator[Accounted]:
    """What stands in a header block by our own hand, as `DataList.accounted` says of the table."""
    at = 0
    for line in header.splitlines(keepends=True):
        head, colon, said = line.rstrip("\n").partition(": ")
        if colon and head.lower() in _OURS:
            yield Accounted(Span(at, at + len(head)), "ordinary_word")
            if head.lower() == "organisation" and said in pseudonyms:
                yield Accounted(
                    Span(at + len(head + colon), at + len(head + colon + said)), PSEUDONYM
                )
        at += len(line)


def is_own_head(cell: str) -> bool:
    """Whether this is the head of a column that we write."""
    return cell in _OURS


def is_in_own_head(text: str, there: Span) -> bool:
    """Whether this place is in what we call a fact above a released transcript."""
    end = text.find(f"\n{_RULE}\n")
    if there.start >= end:
        return False
    line = text.rfind("\n", 0, there.start) + 1
    called, colon, _ = text[line:end].partition(": ")
    return bool(colon) and there.end <= line + len(called) and called.lower() in _OURS
