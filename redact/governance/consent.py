"""How consent stands, from the log alone: levels, days, who is to be told, and when it was done.

A participant who withdraws, and one who agrees to less than a release that holds them, lead to the
same work: whoever has that release is told, and gives it back or destroys it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from redact.audit.consent_events import ConsentRecorded, HolderTold, ReleaseHolds
from redact.audit.entries import LogEntry
from redact.audit.events import DecisionRecorded, ReleaseCreated
from redact.audit.reading import read_log
from redact.core.consent import ConsentLevel
from redact.errors import UsageError
from redact.governance.register import Holding, register
from redact.rendering import counted
from redact.study.consent import NOT_KNOWN, Agreed, agreed, agreed_before
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.transcript.words import squash


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack:
    """Somebody who has, or had, a release that is to be called back; days are "" where none is."""

    release: str
    to: str
    given: str
    told: str
    ended: str

    @property
    def is_done(self) -> bool:
        return bool(self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A withdrawal, or a consent that allows less now: when it was recorded, and what followed.

    `until` is the last day on which they could withdraw, as the table said before; "" if it said
    none. `holders` are those who were given one of the releases before it was recorded.
    """

    docs: tuple[str, ...]
    entry: int
    on: str
    until: str
    releases: tuple[str, ...]
    is_withdrawal: bool
    holders: tuple[CalledBack, ...]

    @property
    def is_in_time(self) -> bool | None:
        """Whether it was recorded until that day; None where the table said no day."""
        return self.on <= self.until if self.until else None


def leavings(entries: Iterable[LogEntry], today: date) -> tuple[Leaving, ...]:
    """Every withdrawal and lowered consent of the log that met a release, in its order.

    A consent that allows it again since is none.
    """
    entries = tuple(entries)
    held = register(entries, today)
    told = [entry.event for entry in entries if isinstance(entry.event, HolderTold)]
    lowered = {one.doc: one for one in agreed(entries) if one.releases}
    found = []
    for entry in entries:
        event = entry.event
        if isinstance(event, DecisionRecorded) and event.action == "withdraw":
            docs, releases, withdrawal = event.docs or (), event.releases or (), True
        elif isinstance(event, ConsentRecorded) and _is_newest(lowered.get(event.doc), entry):
            docs, releases, withdrawal = (event.doc,), event.releases or (), False
        else:
            continue
        last = entry.number + (not withdrawal)  # of a first word on consent its own day counts
        before = [one for doc in docs if (one := agreed_before(entries, doc, entry.number))]
        before = before or [one for doc in docs if (one := agreed_before(entries, doc, last))]
        found.append(
            Leaving(
                docs=docs,
                entry=entry.number,
                on=entry.time[:10],
                until=min((one.until for one in before if one.until), default=""),
                releases=releases,
                is_withdrawal=withdrawal,
                holders=tuple(
                    _called_back(one, told) for one in held if one.to and one.release in releases
                ),
            )
        )
    return tuple(found)


def _is_newest(known: Agreed | None, entry: LogEntry) -> bool:
    return known is not None and known.entry == entry.number


def _called_back(holding: Holding, told: Iterable[HolderTold]) -> CalledBack:
    days = [
        one.on
        for one in told
        if one.release == holding.release and squash(one.to) == squash(holding.to)
    ]
    return CalledBack(
        release=holding.release,
        to=holding.to,
        given=holding.given,
        told=days[-1] if days else "",
        ended=holding.ended,
    )


def to_tell(found: Iterable[Leaving]) -> dict[str, tuple[str, ...]]:
    """Who is to give back which releases, by name: not who did."""
    names: dict[str, dict[str, None]] = {}
    for one in found:
        for holder in one.holders:
            if not holder.is_done:
                names.setdefault(holder.to, {}).setdefault(holder.release)
    return {to: tuple(releases) for to, releases in names.items()}


def newer_release(entries: Iterable[LogEntry], found: Iterable[Leaving]) -> str:
    """The newest release of transcripts that holds nobody who left; "" where there is none yet."""
    entries = tuple(entries)
    left = {name for one in found for name in one.releases}
    events = [entry.event for entry in entries]
    quotes = {one.name for one in events if isinstance(one, ReleaseHolds)} - {
        one.name for one in events if isinstance(one, ReleaseHolds) and one.audience != "quotes"
    }
    made = [one.name for one in events if isinstance(one, ReleaseCreated) and one.phase == "done"]
    free = [name for name in made if name not in left and name not in quotes]
    return free[-1] if free else ""


def notice_of_leaving(releases: Iterable[str], newer: str = "") -> str:
    """A text to send to whoever has these releases; it says neither who left nor how many."""
    names = ", ".join(releases)
    lines = [
        f"Notice about {names}",
        "",
        "What participants agreed to has changed since you were given this release of our "
        "interview transcripts: not everybody in it agrees any more to its being where it is. "
        "We do not say who, so that this notice tells nothing.",
        "",
        "Please:",
        "- stop using and passing on this release, and every copy and excerpt of it;",
        "- destroy it or give it back, and tell us on which day you did;",
        f"- use {newer} in its place, which we send to you."
        if newer
        else "- wait for the newer release, which we send to you.",
        "",
        "What you published before this notice stays published; quote from it no more.",
    ]
    return "\n".join(lines) + "\n"


def tell_holder(desk: Desk, to: str, on: str, today: date) -> tuple[HolderTold, ...]:
    """Records that somebody was told to give back what they have, on a day (YYYY-MM-DD).

    UsageError for one who has nothing to give back, or a day that cannot be. The same said twice
    is recorded once.
    """
    found = leavings(read_log(desk.log), today)
    known = to_tell(found)
    name = next((one for one in known if squash(one) == squash(to)), None)
    if name is None:
        raise UsageError(
            "they have no release that is to be called back",
            where="--to",
            remedy=f"Who has one: {', '.join(known) or 'nobody'}.",
        )
    first = min(
        one.on for one in found if any(squash(holder.to) == squash(to) for holder in one.holders)
    )
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise UsageError("this is no day", where="--on", remedy="Write it as 2026-01-31.") from None
    if not date.fromisoformat(first) <= day <= today:
        raise UsageError(
            "it was recorded after this day, or the day is still to come",
            where="--on",
            remedy=f"Say a day from {first} to {today.isoformat()}.",
        )
    events = tuple(HolderTold(release, name, day.isoformat()) for release in known[name])
    with hold(desk.study, desk.seen) as log:
        there = {entry.event for entry in read_log(desk.log) if isinstance(entry.event, HolderTold)}
        for event in events:
            if event not in there:
                log.append(event)
    return events


def levels_said(entries: Iterable[LogEntry]) -> str:
    """How many agreed to what, in one line; that nothing was recorded where it was not."""
    known = agreed(entries)
    if not known:
        return "what each participant agreed to was not recorded per person"
    counts = Counter(one.level for one in known)
    order = (*map(str, ConsentLevel), NOT_KNOWN)
    return ", ".join(f"{counts[level]} {level}" for level in order if counts[level])


def days_said(entries: Iterable[LogEntry], today: date) -> Iterator[str]:
    """What the days of consent and withdrawal say today, a sentence each."""
    known = agreed(entries)
    open_days = sorted(one.until for one in known if one.until >= today.isoformat())
    over = sum(bool(one.until) and one.until < today.isoformat() for one in known)
    if open_days:
        first, last = open_days[0], open_days[-1]
        yield (
            f"{counted(len(open_days), 'participant')} may still withdraw, "
            + (f"until {last}" if first == last else f"the first until {first}, the last {last}")
        )
    if over:
        yield f"the last day to withdraw is over for {over}"
    if coming := sum(one.given > today.isoformat() for one in known):
        yield f"{counted(coming, 'day')} of consent still to come: look at your table"


def lines_of_leavings(found: Iterable[Leaving]) -> list[str]:
    """For a terminal: each, whether it was in time, who was told and when, what is left to do."""
    lines = []
    for one in found:
        what = "A withdrawal" if one.is_withdrawal else "A consent that allows less"
        in_time = {
            None: "the table said no last day",
            True: f"in time: the last day was {one.until}",
            False: f"after the last day, {one.until}",
        }[one.is_in_time]
        lines.append(
            f"{what} ({', '.join(one.docs)}), recorded on {one.on}, entry {one.entry}; {in_time}."
        )
        if not one.releases:
            lines.append("  No release holds it.")
        for holder in one.holders:
            told = f"told on {holder.told}" if holder.told else "not told yet"
            ended = f"back or destroyed on {holder.ended}" if holder.ended else "they have it still"
            lines.append(f"  {holder.to}, {holder.release}: {told}; {ended}")
    return lines
