"""A name was found in what was released: which releases have it, who has those, what is done.

The words themselves are never written down: they are looked for, hidden in the study at every
place, and forgotten. What an incident asks for follows from the log: a release made since without
the words, everybody who has an affected one told, then the close, for which the words are asked
again and looked for in that release.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from redact.audit.consent_events import ReleaseHolds
from redact.audit.entries import LogEntry
from redact.audit.incident_events import (
    IncidentClosed,
    IncidentOpened,
    IncidentTakenBack,
    IncidentTold,
)
from redact.audit.releases import MadeRelease, made_releases
from redact.errors import UsageError
from redact.governance.register import Holding
from redact.study.consent import agreed, audiences_of, quotes_releases
from redact.transcript.words import squash

_FOR = {
    "team": "the team",
    "controlled": "controlled access",
    "safeguarded": "safeguarded access",
    "open": "open access",
    "quotes": "quotes in a paper",
}
Step = Literal["released again", "told", "closed", "taken back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as the log has it; `places` are those found in releases, `hidden` those that were
    hidden in the study's transcripts; `told` are those who were, with the day.

    `made_since` are the releases made after it was opened, the newest last. `corrected` is the
    newest of transcripts; where the words stood in quotes only, the newest of quotes, or else of
    any kind. `minutes` is how long each step took from the report, in whole minutes.
    `words_token` is the study's keyed token of the words. `taken_back` is when somebody said that
    they were typed by mistake.
    """

    number: str
    opened: str
    by: str
    label: str
    releases: tuple[str, ...]
    places: int
    hidden: int
    words_token: str
    told: tuple[tuple[str, str], ...] = ()
    made_since: tuple[str, ...] = ()
    corrected: str = ""
    is_of_quotes: bool = False
    closed: str = ""
    taken_back: str = ""
    minutes: tuple[tuple[Step, int], ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.closed and not self.taken_back


def incidents(entries: Iterable[LogEntry]) -> tuple[Incident, ...]:
    """All incidents of the log, in the order in which they were opened."""
    entries = tuple(entries)
    return tuple(
        _incident(entry, entries) for entry in entries if isinstance(entry.event, IncidentOpened)
    )


def incident_of(entries: Iterable[LogEntry], number: str) -> Incident:
    """The incident of this number, in whatever case; UsageError if there is none."""
    known = incidents(entries)
    found = next((one for one in known if squash(one.number) == squash(number)), None)
    if found is None:
        raise UsageError(
            "there is no incident of this number",
            where=number[:20],
            remedy=f"Incidents: {', '.join(one.number for one in known) or 'none'}.",
        )
    return found


def _incident(opened: LogEntry, entries: tuple[LogEntry, ...]) -> Incident:
    event = opened.event
    assert isinstance(event, IncidentOpened)
    later = [entry for entry in entries if entry.number > opened.number]
    ended = [
        entry
        for entry in later
        if isinstance(entry.event, IncidentClosed | IncidentTakenBack)
        and entry.event.incident == event.incident
    ]
    if ended:  # what came after it is none of its steps
        later = [entry for entry in later if entry.number <= ended[0].number]
    is_closed = bool(ended) and isinstance(ended[0].event, IncidentClosed)
    told = [
        entry
        for entry in later
        if isinstance(entry.event, IncidentTold) and entry.event.incident == event.incident
    ]
    made = list(made_releases(later).values())
    steps: list[tuple[Step, int]] = []
    quotes = quotes_releases(entries)
    is_of_quotes = bool(event.releases) and quotes.issuperset(event.releases)
    corrected = _corrected(made, quotes, is_of_quotes)
    if corrected:
        steps.append(("released again", _minutes(opened, corrected)))
    if told:
        steps.append(("told", _minutes(opened, told[-1])))
    if ended:
        last: Step = "closed" if is_closed else "taken back"
        steps.append((last, _minutes(opened, ended[0])))
    return Incident(
        number=event.incident,
        opened=opened.time,
        by=event.by,
        label=event.label,
        releases=event.releases,
        places=event.counts.get("places in releases", 0),
        hidden=event.counts.get("places in the study", 0),
        words_token=event.words_token,
        told=tuple(
            (entry.event.to, entry.event.on)
            for entry in told
            if isinstance(entry.event, IncidentTold)
        ),
        made_since=tuple(one.name for one in made),
        corrected=corrected.name if corrected else "",
        is_of_quotes=is_of_quotes,
        closed=ended[0].time if is_closed else "",
        taken_back=ended[0].time if ended and not is_closed else "",
        minutes=tuple(steps),
    )


def _corrected(
    made: list[MadeRelease], quotes: frozenset[str], is_of_quotes: bool
) -> MadeRelease | None:
    """The release that comes in place of what was affected: quotes replace no transcripts."""
    of_kind = [one for one in made if (one.name in quotes) == is_of_quotes]
    found = of_kind or (made if is_of_quotes else [])
    return found[-1] if found else None


def _minutes(since: LogEntry, until: LogEntry | MadeRelease) -> int:
    took = datetime.fromisoformat(until.time) - datetime.fromisoformat(since.time)
    return max(0, int(took.total_seconds() // 60))


def holders(incident: Incident, held: Iterable[Holding]) -> tuple[Holding, ...]:
    """Who has a release in which the words stand, and did not give it back or destroy it."""
    return tuple(
        one
        for one in held
        if one.release in incident.releases
        and one.to
        and one.state not in ("returned", "destroyed")
    )


def is_told(incident: Incident, holding: Holding) -> bool:
    """Whether this holder was told of the incident, and not before they were given this release."""
    return any(squash(to) == squash(holding.to) and holding.given <= on for to, on in incident.told)


@dataclass(frozen=True, slots=True)
class LeftToDo:
    """One thing to be done before an incident can be closed, and how at a terminal."""

    what: str = field(repr=False)
    command: str = field(repr=False)

    @property
    def at_a_terminal(self) -> str:
        return f"{self.what} {self.command}"


def left_to_do(incident: Incident, held: Iterable[Holding], study: str) -> tuple[LeftToDo, ...]:
    """What is still to be done before it can be closed; none if all is done.

    `study` is the study's folder as commands name it.
    """
    if not incident.is_open:
        return ()
    found = []
    if incident.releases and not incident.corrected:
        how = f"quotes release {study}" if incident.is_of_quotes else f"release {study}"
        command = f"`redact {how} --name NAME` does it."
        found.append(LeftToDo("Release again without the words.", command))
    for one in holders(incident, held):
        if not is_told(incident, one):
            found.append(
                LeftToDo(
                    f"Tell {one.to}, who has {one.release}.",
                    f"`redact incident notice {study} {incident.number}` writes it, `redact "
                    f'incident told {study} {incident.number} --to "{one.to}" --on DATE` records '
                    "it.",
                )
            )
    return tuple(found)


def affected_said(
    entries: Iterable[LogEntry], incident: Incident, held: Iterable[Holding]
) -> Iterator[str]:
    """Of each release with the words: since when, for whom, under which consent, and who has it."""
    entries, held = tuple(entries), tuple(held)
    made, audiences = made_releases(entries), audiences_of(entries)
    docs = {e.event.name: e.event.docs for e in entries if isinstance(e.event, ReleaseHolds)}
    levels = {one.doc: one.level for one in agreed(entries)}
    for name in incident.releases:
        said = [f"made on {made[name].time[:10]}"] if name in made else []
        said += [f"for {_FOR.get(audiences[name], audiences[name])}"] if name in audiences else []
        counts = Counter(levels[doc] for doc in docs.get(name, ()) if doc in levels)
        if counts:
            told = ", ".join(f"{count} {level}" for level, count in sorted(counts.items()))
            said.append(f"consent: {told}")
        theirs = [one for one in holders(incident, held) if one.release == name]
        for one in theirs:
            access = f", access: {one.access}" if one.access else ""
            said.append(f"{one.to} has it since {one.given}{access}")
        yield f"{name}: {'; '.join(said) or 'the log says no more of it'}"


def as_lines(
    entries: Iterable[LogEntry], found: Iterable[Incident], held: tuple[Holding, ...], study: str
) -> list[str]:
    """For a terminal: each incident, how long its steps took, and what is left to do."""
    entries, lines = tuple(entries), []
    for one in found:
        state = "open"
        if one.closed or one.taken_back:
            how = "closed" if one.closed else "taken back"
            state = f"{how} on {(one.closed or one.taken_back)[:10]}"
        where = ", ".join(one.releases) or "no release"
        lines.append(
            f"{one.number} ({state}), opened on {one.opened[:10]} by {one.by}: a {one.label} at "
            f"{one.places} places of {where}"
        )
        if one.is_open:
            lines += [f"  {said}" for said in affected_said(entries, one, held)]
        lines += [f"  {step}: after {minutes} min" for step, minutes in one.minutes]
        left = left_to_do(one, held, study)
        lines += [f"  {sentence.at_a_terminal}" for sentence in left]
        if one.is_open and not left:
            lines.append(f"  All is done: `redact incident close {study} {one.number} --by YOU`.")
    return lines or ["No incident was opened."]
