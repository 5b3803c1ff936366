"""What the columns of a steward's table mean, by their heads and by how their cells look.

The row of heads may stand anywhere near the top. A meaning that only one column can have goes to
the column whose head says it most plainly; what no rule knows is `other`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from redact.core.consent import is_known_level, is_level_itself, is_tick, is_yes
from redact.formats.column_heads import (
    AGREED,
    IN_PART,
    OF_CONSENT,
    OWN,
    PLAIN,
    Meaning,
    Role,
    meanings_of,
)
from redact.formats.sheets import Sheet, SheetRow, letter_of

_NEAR_THE_TOP = 25  # rows in which the heads may stand
SEVERAL = {  # what more than one column of a table may mean
    Meaning.ALIAS,
    Meaning.LABEL,
    Meaning.PLACE,
    Meaning.NOTE,
    Meaning.DATE,
    Meaning.EMAIL,
    Meaning.PHONE,
    Meaning.OTHER,
    Meaning.INTERVIEWER,
}


_OWN_IDENTITY = (
    Meaning.NAME,
    Meaning.SURNAME,
    Meaning.PARTICIPANT,
    Meaning.FILE,
    Meaning.ID,
)
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_PHONE = re.compile(r"\(?\+?\d[\d\s().-]{6,}\d")
_FILE = re.compile(
    r"(?:[^\s/\\]*[_\d-][^\s/\\]*|.*\.(?:txt|docx?|md|vtt|srt|rtf|odt|pdf|json|m4a|wav|mp[34]).*)"
)
_KIND = re.compile(r"(?:person|people|place|org|organi[sz]ation|agency|location)s?", re.I)
_SEX = re.compile(r"(?:m|f|w|male|female|man|woman|nb|non-?binary|x)\.?", re.I)
_NAMELIKE = re.compile(r"[^\W\d_][\w'’.-]*(?:,?[ ][^\W\d_][\w'’.-]*){0,4}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its number from 0, the head over it, what it means, and whether that is a guess."""

    number: int
    head: str = field(repr=False)
    meaning: Meaning
    by_look: bool = False

    @property
    def letter(self) -> str:
        return letter_of(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a sheet's heads stand (None: it has none), its columns, and the rows below."""

    head_row: int | None
    columns: tuple[Column, ...]
    above: tuple[SheetRow, ...] = field(repr=False)
    rows: tuple[SheetRow, ...] = field(repr=False)

    def of(self, meaning: Meaning) -> tuple[Column, ...]:
        """The columns that mean this, from the left."""
        return tuple(c for c in self.columns if c.meaning == meaning)

    def cell(self, row: SheetRow, meaning: Meaning) -> str:
        """The first column of this meaning that says something in the row, trimmed."""
        return next(iter(self.cells(row, meaning)), "")

    def cells(self, row: SheetRow, meaning: Meaning) -> tuple[str, ...]:
        """What the columns of this meaning say in the row, empty ones left out."""
        said = (row.cells[c.number].strip() for c in self.of(meaning) if c.number < len(row.cells))
        return tuple(one for one in said if one)

    def rows_beyond_heads(self) -> tuple[int, ...]:
        """Numbers of the rows that go on behind the last head, where few do.

        In a file with separators a cell that has one in it pushes the rest to the right.
        """
        headed = [column.number for column in self.columns if column.head.strip()]
        if self.head_row is None or not headed:
            return ()
        beyond = [
            row.number
            for row in self.rows
            if any(cell.strip() for cell in row.cells[max(headed) + 1 :])
        ]
        return tuple(beyond) if 2 * len(beyond) < len(self.rows) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptColumns:
    """What a study keeps of a table's columns, by letter: as they were guessed, and as chosen.

    The choice holds while the table's columns are guessed the same.
    """

    guessed: tuple[tuple[str, Meaning], ...]
    chosen: tuple[tuple[str, Meaning], ...]


def kept_of(layout: Layout) -> tuple[tuple[str, Meaning], ...]:
    """The columns of a layout by letter, as a study keeps them."""
    return tuple((column.letter, column.meaning) for column in layout.columns)


def as_chosen(layout: Layout, kept: KeptColumns | None) -> Layout:
    """The layout with the meanings that a person chose, where it is of the table they saw.

    A build that knew no consent, or no yes and no, left such columns aside. There they stay so, in
    studies that it made, unless every cell of what says consent names a level.
    """
    if kept is None:
        return layout
    if kept_of(layout) != kept.guessed:
        if kept_of(without_answers := _without(layout, AGREED)) == kept.guessed:
            return as_chosen(without_answers, kept)
        older = _without(layout, OF_CONSENT)
        if kept_of(older) != kept.guessed:
            return layout
        if all(_names_levels(layout, column) for column in layout.of(Meaning.CONSENT)):
            return layout
        layout = older
    chosen = dict(kept.chosen)
    columns = tuple(
        replace(c, meaning=chosen.get(c.letter, c.meaning), by_look=c.by_look)
        for c in layout.columns
    )
    return replace(layout, columns=columns)


def _without(layout: Layout, unknown: Collection[Meaning]) -> Layout:
    """The layout as a build guessed it that did not know these meanings."""
    columns = tuple(
        replace(column, meaning=Meaning.OTHER) if column.meaning in unknown else column
        for column in layout.columns
    )
    return replace(layout, columns=columns)


def _names_levels(layout: Layout, column: Column) -> bool:
    return all(map(is_known_level, _cells(column.number, layout.rows)))


def lay_out(sheet: Sheet, role: Role) -> tuple[Layout, int]:
    """How a sheet is laid out as this table, and how plainly its heads say so (0: not at all)."""
    best, at = 0, -1
    for number, row in enumerate(sheet.rows[:_NEAR_THE_TOP]):
        plainness = _plainness(row, sheet.rows, role)
        if plainness > best:
            best, at = plainness, number
    width = max((len(row.cells) for row in sheet.rows), default=0)
    head = sheet.rows[at] if at >= 0 else None
    below = sheet.rows[at + 1 :]
    heads = head.cells if head else ()
    columns = [
        (number, heads[number].strip() if number < len(heads) else "")
        for number in range(width)
        if (number < len(heads) and heads[number].strip())
        or any(number < len(row.cells) and row.cells[number].strip() for row in below)
    ]
    layout = Layout(
        head_row=head.number if head else None,
        columns=_meanings(columns, below, role),
        above=sheet.rows[:at] if at > 0 else (),
        rows=below,
    )
    return layout, best


def _plainness(row: SheetRow, rows: Sequence[SheetRow], role: Role) -> int:
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    if not cells:
        return 0
    ranked = [meanings_of(cell, role) for cell in cells]
    known = [one[0] for one in ranked if one]
    identity = any(one.meaning in _OWN_IDENTITY for one in known)
    if len(known) == 1 and identity and known[0].plainness >= PLAIN:
        return (
            1  # `name` over a column and heads of their own over the others: if nothing is better
        )
    few = len(known) < 2 and max(map(_filled, rows)) > 1
    if not identity or few or len(known) * 2 < len(cells):
        return 0
    if len(known) == 1 and known[0].plainness < PLAIN:
        return 0
    return sum(one.plainness for one in known)


def _filled(row: SheetRow) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _meanings(
    columns: Sequence[tuple[int, str]], rows: Sequence[SheetRow], role: Role
) -> tuple[Column, ...]:
    """Each column's meaning: by its head, the plainest first, then by the look of its cells."""
    wishes = [
        (-said.plainness, number, -said.order, said.meaning)
        for number, head in columns
        for said in meanings_of(head, role)
        if (said.plainness == OWN and said.meaning not in AGREED)
        or _looks_so(said.meaning, _cells(number, rows), plainly=said.plainness > IN_PART)
    ]
    given: dict[int, Meaning] = {}
    taken: set[Meaning] = set()
    for _, number, _, meaning in sorted(wishes):
        again = meaning in (*SEVERAL, *AGREED) or (
            meaning == Meaning.CONSENT and all(map(is_known_level, _cells(number, rows)))
        )
        if number in given or (meaning in taken and not again):
            continue
        given[number] = meaning
        taken.add(meaning)
    looked: set[int] = set()
    for number, head in columns:
        look = None if number in given else _by_look(_cells(number, rows), taken, role, bool(head))
        if look is not None:
            given[number] = look
            taken.add(look)
            looked.add(number)
    named = {Meaning.NAME, Meaning.SURNAME, Meaning.FIRST, Meaning.PARTICIPANT}
    if role == "roster" and not taken & named and (best := _most_like_names(columns, given, rows)):
        given[best - 1] = Meaning.NAME
        looked.add(best - 1)
    return tuple(
        Column(
            number=number,
            head=head,
            meaning=given.get(number, Meaning.OTHER),
            by_look=number in looked,
        )
        for number, head in columns
    )


def _cells(number: int, rows: Iterable[SheetRow]) -> list[str]:
    said = (row.cells[number].strip() for row in rows if number < len(row.cells))
    return [cell for cell in said if cell]


def _share(pattern: re.Pattern[str], cells: Sequence[str]) -> float:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells) if cells else 0.0


def _looks_so(meaning: Meaning, cells: Sequence[str], plainly: bool) -> bool:
    """Whether a column's cells allow what its head says; an empty column says nothing against."""
    if not cells:
        return True
    if meaning in AGREED:  # nothing but answers, and here and there a remark
        answers = [cell for cell in cells if is_yes(cell) is not None]
        return len(answers) * 2 > len(cells) and not any(map(is_level_itself, cells))
    if meaning == Meaning.CONSENT:  # a tick says that there is a form, and not what for
        return not all(map(is_tick, cells))
    if meaning == Meaning.KIND:
        return _share(_KIND, cells) >= 0.5
    if meaning == Meaning.FILE and not plainly:
        return _share(_FILE, cells) >= 0.5
    if meaning == Meaning.GENDER:
        return _share(_SEX, cells) >= 0.5
    if meaning == Meaning.DATE:
        return sum(any(c.isdigit() for c in cell) for cell in cells) * 2 >= len(cells)
    if meaning in (Meaning.NAME, Meaning.PARTICIPANT):
        return sum(any(c.isalpha() for c in cell) for cell in cells) * 2 >= len(cells)
    if meaning in (Meaning.EMAIL, Meaning.PHONE) and not plainly:
        return _share(_EMAIL, cells) + _share(_PHONE, cells) >= 0.3
    return True


def _by_look(
    cells: Sequence[str], taken: set[Meaning], role: Role, has_head: bool
) -> Meaning | None:
    """What cells say by themselves that have no known head over them."""
    if role == "interviews" and cells and all(map(is_level_itself, cells)):
        return Meaning.CONSENT  # whatever is written above it, also beside another one
    if len(cells) < 2:
        return None
    if _share(_EMAIL, cells) >= 0.6:
        return Meaning.EMAIL
    if _share(_PHONE, cells) >= 0.6 and not has_head:
        return Meaning.PHONE
    if role == "roster" and _share(_KIND, cells) >= 0.9 and Meaning.KIND not in taken:
        return Meaning.KIND
    files = re.compile(r".*\.(?:txt|docx?|md|vtt|srt|rtf|odt|pdf|json|m4a|wav|mp[34])", re.I)
    if role == "interviews" and Meaning.FILE not in taken and _share(files, cells) >= 0.6:
        return Meaning.FILE
    return None


def _most_like_names(
    columns: Sequence[tuple[int, str]], given: dict[int, Meaning], rows: Sequence[SheetRow]
) -> int:
    """The number (from 1) of the free column whose cells look most like names; 0 if none does."""
    best, chosen = 0.6, 0
    for number, _ in columns:
        cells = _cells(number, rows)
        if number in given and given[number] != Meaning.OTHER:
            continue
        like = [c for c in cells if _NAMELIKE.match(c) and any(w[:1].isupper() for w in c.split())]
        share = len(like) / len(cells) if cells else 0.0
        share += 0.1 * (sum(" " in c for c in like) / len(cells) if cells else 0)
        if share > best:
            best, chosen = share, number + 1
    return chosen
