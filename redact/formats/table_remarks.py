"""What a person should know of a table that was read: told by rows and columns, never by words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Told(StrEnum):
    """What was not used, or used otherwise than it may be meant; the values are for people."""

    NO_NAME = "no name in it: a heading, a note or a total"
    NOT_A_NAME = "words beside a name that were not read as one"
    NATION = "a nation other than Scotland or the United States: left open"
    ORGANISATION = "a place or organisation that was not read as a name"
    NO_FILE = "no file named: matched by number or interviewee, if at all"
    SAME_FILE = "the same file as an earlier row: their people were put together"
    HEADS_AGAIN = "the heads of the columns once more"
    BEYOND_HEADS = (
        "more cells than heads: if a separator stands within a cell, put the cell in quotation "
        "marks, or give the table as .xlsx; the cells behind it were read under the wrong heads"
    )
    NO_DAY = (
        "a day of consent or withdrawal that is none, or could be two: write it as 2026-01-31; it "
        "was not used"
    )
    DAYS_TURNED = "the last day to withdraw is before the day of the consent: say which is wrong"
    CONSENT_TWICE = "the same file as an earlier row, with another consent: the stricter one counts"
    CONSENT_UNREAD = (
        "a column whose head says consent was not read as what people agreed to: say it in one "
        "column in the words `no sharing`, `team only`, `quotes only`, `archive restricted` and "
        "`archive open`"
    )
    NO_ANSWER = "an answer about consent that is neither yes nor no: it counts as no"
    NO_LEVEL_FOR = (
        "answers to which no level fits, such as an archive without quotes: a stricter one counts; "
        "write the level yourself in a column `consent` if it is wrong"
    )
    NO_CONSENT_COLUMN = (
        "no column of this table of consent says what people agreed to, so nobody counts as having "
        "agreed: head one `consent`, and write `no sharing`, `team only`, `quotes only`, `archive "
        "restricted` or `archive open` in it"
    )
    GUESS_EDITED = (
        "tables.toml has under `as-guessed` another word for a column than redact makes of it, "
        "which is not used: change the word under the table's own name, above"
    )
    EMPTY = "nothing that says which interview it is about"


@dataclass(frozen=True, slots=True)
class Remark:
    """A row, as a person counts, and what is to be said of it."""

    row: int
    told: Told


def remark_lines(remarks: Iterable[Remark], word: str) -> list[str]:
    """A sentence for each kind of remark, with its rows; `word` is what a row is called."""
    rows: dict[Told, list[int]] = defaultdict(list)
    for remark in remarks:
        if remark.row not in rows[remark.told]:
            rows[remark.told].append(remark.row)
    return [f"{_named(word, numbers)}: {told}" for told, numbers in rows.items()]


def _named(word: str, numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:12]))
    more = f" and {len(numbers) - 12} more" if len(numbers) > 12 else ""
    return f"{word}{'s' if len(numbers) > 1 else ''} {shown}{more}"
