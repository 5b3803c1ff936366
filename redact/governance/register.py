"""The register of releases: what was made, who has it, on which terms, and what became of it.

All of it is read from the audit log, which needs no passphrase and holds no name of a participant.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from redact.audit.entries import LogEntry
from redact.audit.events import DecisionRecorded, ReleaseCreated, ReleaseEnded, ReleaseGiven
from redact.audit.releases import made_releases
from redact.rendering import render
from redact.study.consent import agreed, quotes_releases
from redact.transcript.words import squash

State = Literal["made", "given", "superseded", "overdue", "to call back", "returned", "destroyed"]
DUE: tuple[State, ...] = ("overdue", "to call back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A release, and somebody who has or had it; nobody where it was given to none.

    Days are YYYY-MM-DD; what nobody said is "". `digest` is the SHA-512 of the bag's tag manifest.
    """

    release: str
    made: str
    files: int
    digest: str
    to: str = ""
    given: str = ""
    purpose: str = ""
    agreement: str = ""
    access: str = ""
    until: str = ""
    ended: str = ""
    state: State = "made"


def register(entries: Iterable[LogEntry], today: date) -> tuple[Holding, ...]:
    """Every release with everybody who was given it, in the order in which they were made.

    To call back is what was given before a withdrawal of transcripts that stand in it, or holds
    what its participant does not agree to any more, and is not back; overdue what should be back by
    now; superseded what is followed by a newer one of its kind (transcripts, or quotes) for them.
    """
    entries = tuple(entries)
    found = []
    for name, made in made_releases(entries).items():
        plain = Holding(release=name, made=made.time[:10], files=made.files, digest=made.digest)
        held = _held(entries, name)
        found += [_holding(plain, given, entries, today) for given in held] or [plain]
    return tuple(found)


def who_has(entries: Iterable[LogEntry], today: date) -> tuple[Holding, ...]:
    """Who has which release now, by the log: not who gave it back or destroyed it."""
    return tuple(one for one in register(entries, today) if one.to and not one.ended)


def _held(entries: Iterable[LogEntry], name: str) -> list[LogEntry]:
    """The last word on each who was given this release."""
    held: dict[str, LogEntry] = {}
    for entry in entries:
        if isinstance(entry.event, ReleaseGiven) and entry.event.name == name:
            held[squash(entry.event.to)] = entry
    return list(held.values())


def _holding(
    plain: Holding, entry: LogEntry, entries: tuple[LogEntry, ...], today: date
) -> Holding:
    given = entry.event
    assert isinstance(given, ReleaseGiven)
    ended = _ended(entries, entry)
    return Holding(
        release=plain.release,
        made=plain.made,
        files=plain.files,
        digest=plain.digest,
        to=given.to,
        given=given.on,
        purpose=given.purpose or "",
        agreement=given.agreement or "",
        access=given.access or "",
        until=given.until or "",
        ended=ended.on if ended else "",
        state=_state(given, ended, entries, today),
    )


def _ended(entries: tuple[LogEntry, ...], given: LogEntry) -> ReleaseEnded | None:
    """What became of it after it was given last."""
    event = given.event
    assert isinstance(event, ReleaseGiven)
    ends = [
        one.event
        for one in entries
        if isinstance(one.event, ReleaseEnded)
        and one.number > given.number
        and one.event.name == event.name
        and squash(one.event.to) == squash(event.to)
    ]
    return ends[-1] if ends else None


def _state(
    given: ReleaseGiven,
    ended: ReleaseEnded | None,
    entries: tuple[LogEntry, ...],
    today: date,
) -> State:
    if ended is not None:
        return "returned" if ended.how == "returned" else "destroyed"
    if recalled(entries, given.name):
        return "to call back"
    if given.until and date.fromisoformat(given.until) < today:
        return "overdue"
    quotes = quotes_releases(entries)
    later = [
        one.event
        for one in entries
        if isinstance(one.event, ReleaseGiven)
        and squash(one.event.to) == squash(given.to)
        and (one.event.name in quotes) == (given.name in quotes)
    ]
    return "given" if later[-1].name == given.name else "superseded"


def recalled(entries: Iterable[LogEntry], name: str) -> bool:
    """Whether this release is to be called back for what its participants agree to now."""
    entries = tuple(entries)
    return _withdrawn_from(name, entries) or _allowed_no_more(name, entries)


def _withdrawn_from(name: str, entries: Iterable[LogEntry]) -> bool:
    """Whether transcripts that stand in this release were withdrawn after it was made.

    An earlier build told only in how many releases they stand: then all made before count.
    """
    is_made = False
    for entry in entries:
        event = entry.event
        if isinstance(event, ReleaseCreated) and event.name == name and event.phase == "done":
            is_made = True
        if is_made and isinstance(event, DecisionRecorded) and event.action == "withdraw":
            if event.releases is not None:
                if name in event.releases:
                    return True
            elif event.counts.get("releases"):
                return True
    return False


def _allowed_no_more(name: str, entries: Iterable[LogEntry]) -> bool:
    """Whether somebody in this release agrees to less now than it was made for."""
    return any(name in one.releases for one in agreed(entries))


def as_csv(held: Iterable[Holding]) -> str:
    """The register as a table, a row a holder."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [one.name for one in fields(Holding)]
    writer.writerow(names)
    for one in held:
        writer.writerow([_plain_cell(str(getattr(one, name))) for name in names])
    return out.getvalue()


def _plain_cell(said: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{said}" if said.startswith(("=", "+", "-", "@")) else said


def as_lines(held: tuple[Holding, ...]) -> list[str]:
    """For a terminal: what is due first."""
    if not held:
        return ["No release was made yet."]
    lines = []
    for one in sorted(held, key=lambda one: one.state not in DUE):
        who = f"{one.to} since {one.given}" if one.to else "given to nobody"
        lines.append(f"{one.release} ({one.files:,} files, made {one.made}): {who}; {one.state}")
        said = [
            f"{name}: {value}"
            for name, value in (
                ("for", one.purpose),
                ("under", one.agreement),
                ("access", one.access),
                ("until", one.until),
                ("on", one.ended),
            )
            if value
        ]
        lines += [f"  {'; '.join(said)}"] if said else []
    return lines


def as_page(study: str, day: date, held: tuple[Holding, ...]) -> str:
    """The register as one page to print. Everything in it is escaped."""
    return render("redact.governance", "register.html", study=study, day=day.isoformat(), held=held)
