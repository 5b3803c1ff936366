"""Texts and the steward's two tables put together: the transcripts that everything else reads."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from redact.core import Interview, RosterEntry, Transcript
from redact.transcript.turns import read_structure


@dataclass(frozen=True, slots=True)
class Corpus:
    """Transcripts, and what is known of them: who took part, and who is spoken of.

    `roles` are the interviewees' by transcript.
    """

    transcripts: tuple[Transcript, ...]
    roster: tuple[RosterEntry, ...] = field(default=(), repr=False)
    roles: Mapping[str, str] = field(default_factory=dict, repr=False)


def assemble(
    texts: Mapping[str, str],
    roster: tuple[RosterEntry, ...] = (),
    interviews: tuple[Interview, ...] = (),
) -> Corpus:
    """The corpus of these texts by name, in their order. A row of another text is passed over."""
    rows = rows_by_stem(interviews)
    row_of = {name: row for name in texts if (row := row_for(name, rows)) is not None}
    return Corpus(
        tuple(make_transcript(name, text, row_of.get(name)) for name, text in texts.items()),
        with_interviewed(roster, interviews),
        {name: row.role for name, row in row_of.items()},
    )


def rows_by_stem(interviews: Iterable[Interview]) -> dict[str, Interview]:
    """The rows by the name of their file, without its ending and without case."""
    return {PurePath(row.file).stem.casefold(): row for row in interviews}


def row_for(name: str, rows: Mapping[str, Interview]) -> Interview | None:
    """The row of a text of this name, which may or may not have a file's ending."""
    return rows.get(name.casefold()) or rows.get(PurePath(name).stem.casefold())


def make_transcript(doc_id: str, text: str, interview: Interview | None = None) -> Transcript:
    """A text as a transcript, with what interviews.csv says of it."""
    return Transcript(
        id=doc_id,
        text=text,
        turns=read_structure(text).turns,
        nation=interview.nation if interview else "unknown",
        organisation=interview.organisation if interview else "",
        interview=interview.interview if interview else "",
    )


def with_interviewed(
    roster: tuple[RosterEntry, ...], rows: tuple[Interview, ...]
) -> tuple[RosterEntry, ...]:
    """The roster with each organisation of interviews.csv that it does not list."""
    listed = {form.casefold() for entry in roster if entry.kind == "ORG" for form in entry.forms}
    more: dict[str, Interview] = {}
    for row in rows:
        if row.organisation and row.organisation.casefold() not in listed:
            more.setdefault(row.organisation.casefold(), row)
    first = max((entry.row for entry in roster), default=1) + 1
    return roster + tuple(
        RosterEntry(row=number, kind="ORG", name=row.organisation, nation=row.nation)
        for number, row in enumerate(more.values(), start=first)
    )


def keyed_order(secret: bytes, digests: Iterable[str]) -> list[str]:
    """The digests in an order that only the secret knows, so that it tells nothing of names."""
    return sorted(digests, key=lambda digest: hmac.digest(secret, digest.encode("ascii"), "sha256"))
