"""What an intruder has, as the steward supplies it: staff lists and texts such as annual reports.

It is read, used and not written down.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from redact.detect.lexicon import is_function_word
from redact.errors import BadInput
from redact.formats.text import read_text
from redact.risk.attack import Words
from redact.risk.signs import date_signs
from redact.transcript.words import fold

_SENTENCE = re.compile(r"(?<=[.?!\n])\s+")
_LABEL = re.compile(r"\[[^\[\]\n]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What is known of people and organisations, by name; people in the order of the list.

    `works_at` is the organisation of the list, `dates` what the list's cells and sentences say of
    years, months and days.
    """

    people: dict[str, Words] = field(repr=False)
    organisations: dict[str, Words] = field(repr=False)
    works_at: dict[str, str] = field(repr=False, default_factory=dict)
    dates: dict[str, Words] = field(repr=False, default_factory=dict)


def read_background(paths: Iterable[Path]) -> Background:
    """Staff lists (CSV with a column `name`) and texts, such as an annual report.

    A sentence of a text that names somebody of a list is known of them. BadInput for a CSV without
    the column, and where no list names anybody.
    """
    people: dict[str, Words] = defaultdict(Counter)
    organisations: dict[str, Words] = defaultdict(Counter)
    works_at: dict[str, str] = {}
    dates: dict[str, Words] = defaultdict(Counter)
    texts = []
    for path in paths:
        text = read_text(path).text
        if path.suffix.lower() != ".csv":
            texts.append(text)
            continue
        for row in csv.DictReader(io.StringIO(text, newline="")):
            cells = {
                (k or "").strip().casefold(): (v or "").strip()
                for k, v in row.items()
                if isinstance(v, str | None)
            }
            name = cells.get("name", "")
            if not name:
                raise BadInput(
                    "this list has no column `name`, or a row without one",
                    where=str(path),
                    remedy="Give each person a row with a name.",
                )
            known = telling_words(v for k, v in cells.items() if k not in ("name", "organisation"))
            people[name].update(known)
            dates[name].update(date_signs(cells.values()))
            if cells.get("organisation"):
                works_at[name] = cells["organisation"]
                organisations[cells["organisation"]].update(known)
    if not people:
        raise BadInput(
            "no list names anybody",
            where=", ".join(map(str, paths)),
            remedy="Give a staff list as CSV with a column `name`.",
        )
    for text in texts:
        for sentence in _SENTENCE.split(text):
            said = set(fold(sentence))
            for name, words in (*people.items(), *organisations.items()):
                if set(fold(name)) <= said:
                    words.update(telling_words([sentence]))
                    if name in people:
                        dates[name].update(date_signs([sentence]))
    return Background(
        people=dict(people), organisations=dict(organisations), works_at=works_at, dates=dict(dates)
    )


def telling_words(texts: Iterable[str]) -> Words:
    """The telling words of texts: labels, and words that every talk has, tell nothing."""
    return Counter(
        word
        for text in texts
        for word in fold(_LABEL.sub(" ", text))
        if len(word) > 2 and not is_function_word(word)
    )
