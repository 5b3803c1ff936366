"""A table of consent of its own: which of its rows are about which transcript.

A row names a file, the number of an interview, or a person; one person may have held several
interviews, and one interview several people. Nothing is guessed: a row that is about nothing for
sure is told of, and what no row is about counts as no sharing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from redact.core import Interview, ListedPerson
from redact.core.consent import Consent, strictest
from redact.study.desk import Desk
from redact.transcript.rows import names_text
from redact.transcript.words import squash


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRows:
    """What the table says, by document, and where it does not fit; of rows by their numbers.

    `halves` are documents of which not everybody who was interviewed has a row.
    """

    said: dict[str, Consent] = field(default_factory=dict)
    unmatched: tuple[int, ...] = ()
    halves: tuple[str, ...] = ()


def consent_rows(desk: Desk) -> ConsentRows:
    """How the study's table of consent fits its documents; empty where it has none."""
    held = tuple(zip(desk.key.documents, desk.interviews, strict=True))
    about: dict[str, list[Interview]] = {document.doc_id: [] for document, _ in held}
    unmatched, halves = [], []
    for row in desk.tables.agreeing:
        texts = [(document.doc_id, document.source_name, held_as) for document, held_as in held]
        docs = _docs_of(row, texts)
        if not docs:
            unmatched.append(row.row)
        for doc in docs:
            about[doc].append(row)
    said = {}
    for document, held_as in held:
        rows = about[document.doc_id]
        if not rows:
            continue
        words = [row.consent or Consent() for row in rows]
        if held_as is not None and _somebody_lacks_one(held_as, rows):
            halves.append(document.doc_id)
            words.append(Consent())
        said[document.doc_id] = strictest(words)
    return ConsentRows(said=said, unmatched=tuple(unmatched), halves=tuple(halves))


def _docs_of(row: Interview, texts: Iterable[tuple[str, str, Interview | None]]) -> list[str]:
    """The documents that a row is about: by its file; else by its number; else by its people."""
    texts = list(texts)
    if row.file.strip():
        found = [doc for doc, name, _ in texts if names_text(name, row)]
        return found if len(found) == 1 else []
    number = "" if row.interview == f"row {row.row}" else squash(row.interview)
    if number:
        own = [
            doc for doc, _, held in texts if held is not None and squash(held.interview) == number
        ]
        own = own or [doc for doc, name, held in texts if held is None and names_text(name, row)]
        labelled = [doc for doc, _, held in texts if held is not None and number in _labels(held)]
        if len(own) > 1 or (own and labelled and own != labelled):
            return []  # the number of one, and the label of somebody in another
        if found := [doc for doc in own or labelled if not _are_others(row, doc, texts)]:
            return found
    names = _names(row)
    labels = {squash(label) for label in row.labels} - {""}
    return [
        doc
        for doc, _, held in texts
        if held is not None and (names & _names(held) or labels & _labels(held))
    ]


def _are_others(row: Interview, doc: str, texts: list[tuple[str, str, Interview | None]]) -> bool:
    """Whether the row names people, the table of interviews does too, and they are not the same."""
    held = next(held for one, _, held in texts if one == doc)
    known = _names(held) if held is not None else set()
    return bool(known) and bool(_names(row)) and not known & _names(row)


def _somebody_lacks_one(held: Interview, rows: Iterable[Interview]) -> bool:
    """Whether only some of those who were interviewed have a row, and none is of the interview."""
    rows = tuple(rows)
    if any(not row.interviewees and not row.labels for row in rows):
        return False
    named = {name for row in rows for name in _names(row)}
    labels = {label for row in rows for label in _labels(row)}
    return not all(
        _forms(one) & named or {squash(label) for label in one.labels} & labels
        for one in held.interviewees
    )


def _names(row: Interview) -> set[str]:
    return {form for one in row.interviewees for form in _forms(one)}


def _forms(one: ListedPerson) -> set[str]:
    """What says who somebody is: not what only a first name or a nickname says, beside a name."""
    longer = (form for form in one.aliases if len(form.split()) > 1)
    return {squash(form) for form in (one.name, *longer)} - {""}


def _labels(row: Interview) -> set[str]:
    own = (label for one in row.interviewees for label in one.labels)
    return {squash(label) for label in (*row.labels, *own)} - {""}
