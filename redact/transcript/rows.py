"""Which row of an interviews table is about which text: by file, by number, by who speaks in it.

Each row goes to one text and each text has one row; what is not plain stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from unicodedata import normalize

from redact.core import Interview
from redact.transcript.words import Forms

_ENDING = re.compile(r"\.(?=[A-Za-z])[A-Za-z0-9]{1,5}\b.*\Z")
_NUMBER = re.compile(r"\d+")
_CODE = re.compile(r"([A-Za-z]*)\W*0*(\d+)")
_LEAST_PREFIX = 4  # characters; "int" begins too many names


class MatchedBy(StrEnum):
    """What a row and a text were matched by, for people."""

    FILE = "file"
    NUMBER = "number"
    WHO_SPEAKS = "who speaks"


@dataclass(frozen=True, slots=True)
class RowOfText:
    """The row of a text, and by what it is known."""

    row: Interview = field(repr=False)
    by: MatchedBy


def match_rows(texts: Mapping[str, str], rows: Sequence[Interview]) -> dict[str, RowOfText]:
    """By text's name its row, where there is one. `texts` are by name, with an ending or not."""
    matched: dict[str, RowOfText] = {}
    left = list(rows)
    steps = (
        (MatchedBy.FILE, lambda text, row: _has_folders_of(text, row)),
        (MatchedBy.FILE, lambda text, row: bool(row.file) and _stem(text) == _stem(row.file)),
        (MatchedBy.FILE, lambda text, row: bool(row.file) and _plain(text) == _plain(row.file)),
        (MatchedBy.FILE, _one_begins_the_other),
        (MatchedBy.NUMBER, lambda text, row: _has_number(text, row) and _may_be(texts, text, row)),
        (MatchedBy.WHO_SPEAKS, lambda text, row: _speaks_in(texts[text], row)),
    )
    for by, fits in steps:
        pairs = [
            (name, number)
            for name in texts
            if name not in matched
            for number, row in enumerate(left)
            if fits(name, row)
        ]
        for name, number in _plain_pairs(pairs):
            matched[name] = RowOfText(left[number], by)
        taken = {id(one.row) for one in matched.values()}
        left = [row for row in left if id(row) not in taken]
    return matched


def _plain_pairs(pairs: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The pairs in which each side fits only the other."""
    for name, number in pairs:
        alone = sum(n == name for n, _ in pairs) == 1
        if alone and sum(r == number for _, r in pairs) == 1:
            yield name, number


def names_text(text: str, row: Interview) -> bool:
    """Whether a row names just this text: by its file, or, if it says none, by its number."""
    if not row.file.strip():
        return _has_number(text, row)
    if _has_folders_of(text, row):
        return True
    both = "/" in file_key(text) and "/" in file_key(row.file)
    return not both and (_stem(text) == _stem(row.file) or _plain(text) == _plain(row.file))


def file_key(file: str) -> str:
    """A file's name as it is compared: without ending and case, with the folders before it."""
    path = PurePosixPath(normalize("NFC", file.strip()).replace("\\", "/"))
    return str(path.with_name(path.stem) if path.name else path).casefold()


def _has_folders_of(text: str, row: Interview) -> bool:
    """Whether both are said with folders, as `Round 1/P1.txt`, and these are the same."""
    mine, other = file_key(text), file_key(row.file)
    both = "/" in mine and "/" in other
    return both and (f"/{mine}".endswith(f"/{other}") or f"/{other}".endswith(f"/{mine}"))


def _stem(name: str) -> str:
    return PurePosixPath(name.strip().replace("\\", "/")).stem.casefold()


def _plain(name: str) -> str:
    """A file's name without folder, ending, case, spaces and marks."""
    base = PurePosixPath(name.strip().replace("\\", "/")).name
    return "".join(c for c in _ENDING.sub("", base).casefold() if c.isalnum())


def _one_begins_the_other(text: str, row: Interview) -> bool:
    mine, other = _plain(text), _plain(row.file)
    if min(len(mine), len(other)) < _LEAST_PREFIX:
        return False
    return mine.startswith(other) or other.startswith(mine)


def _has_number(text: str, row: Interview) -> bool:
    """Whether a text has the row's number: GS01 for `gs1.txt`, 7 for `07_board.txt`."""
    code = _CODE.fullmatch(row.interview.strip())
    if code is None:
        return False
    letters, number = code[1].casefold(), int(code[2])
    stem = _stem(text)
    if letters and letters not in ("int", "no", "interview", "id"):
        found = re.search(rf"(?<![a-z]){letters}\W*0*(\d+)(?!\d)", stem)
        return found is not None and int(found[1]) == number
    first = _NUMBER.search(stem)
    return first is not None and len(first[0]) <= 4 and int(first[0]) == number


def _may_be(texts: Mapping[str, str], text: str, row: Interview) -> bool:
    """Whether nothing speaks against it: a row that names people fits where one is named.

    A row without a file and without people was perhaps never held.
    """
    names = list(_names(row))
    if not names:
        return bool(row.file) and not row.labels and len(texts[text]) > 0
    if not texts[text]:
        return True
    words = {word for name in names for word in name.split() if len(word) > 2}
    forms: Forms[str] = Forms((word, word) for word in words)
    return next(iter(forms.find(texts[text])), None) is not None


def _speaks_in(text: str, row: Interview) -> bool:
    """Whether one of the row's people is named in full in the text."""
    full = [name for name in _names(row) if len(name.split()) > 1]
    forms: Forms[str] = Forms((name, name) for name in full)
    return bool(full) and next(iter(forms.find(text)), None) is not None


def _names(row: Interview) -> Iterable[str]:
    return (form for person in row.interviewees for form in (person.name, *person.aliases))
