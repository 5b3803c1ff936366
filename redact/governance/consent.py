"""How consent stands, from the log alone: levels, days, who is to be told, and when it was done.

A participant who withdraws, and one who agrees to less than a release that holds them, lead to the
same work: whoever has that release is told, and gives it back or destroys it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from redact.audit.consent_events import ConsentRecorded, HolderTold
from redact.audit.entries import LogEntry
from redact.audit.events import DecisionRecorded
from redact.audit.reading import read_log
from redact.audit.releases import made_releases
from redact.core.consent import ConsentLevel
from redact.errors import UsageError
from redact.governance.register import Holding, register
from redact.governance.told import A_DAY, told_day
from redact.rendering import counted
from redact.study.consent import NOT_KNOWN, agreed, agreed_before, audiences_of, words_on
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
    none. `holders` are all who were ever given one of the releases, also since. Of a consent that
    is lowered, what followed counts from the first word that stands against a release, whatever
    was corrected in the table since.
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
    lowered = _lowered(entries)
    found = []
    for entry in entries:
        event = entry.event
        if isinstance(event, DecisionRecorded) and event.action == "withdraw":
            docs, releases, withdrawal = event.docs or (), event.releases or (), True
        elif isinstance(event, ConsentRecorded) and entry.number in lowered:
            docs, releases, withdrawal = (event.doc,), tuple(lowered[entry.number]), False
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
                    _called_back(one, entry, entries)
                    for one in held
                    if one.to and one.release in releases
                ),
            )
        )
    return tuple(found)


def _lowered(entries: tuple[LogEntry, ...]) -> dict[int, list[str]]:
    """By the entry with which it began, the releases that a consent stands against until today.

    A row that was corrected since, but stands against them still, begins nothing anew.
    """
    found: dict[int, list[str]] = {}
    for one in agreed(entries):
        words = words_on(entries, one.doc)
        for release in one.releases:
            free = [n for n, word in enumerate(words, start=1) if release not in word.releases]
            since = words[free[-1] if free else 0]
            found.setdefault(since.entry, []).append(release)
    return found


def _called_back(holding: Holding, left: LogEntry, entries: Iterable[LogEntry]) -> CalledBack:
    """Who has it, and when they were told of this leaving: not of an earlier one."""
    first = (date.fromisoformat(left.time[:10]) - A_DAY).isoformat()
    days = [
        entry.event.on
        for entry in entries
        if isinstance(entry.event, HolderTold)
        and entry.number > left.number
        and entry.event.on >= first
        and entry.event.release == holding.release
        and squash(entry.event.to) == squash(holding.to)
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


def called_back_by(found: Iterable[Leaving], releases: Iterable[str], day: date) -> dict[str, int]:
    """Of these releases those that were called back by a day, with the newest entry that did."""
    by_then = [one for one in found if date.fromisoformat(one.on) - A_DAY <= day]
    return {
        name: max(one.entry for one in by_then if name in one.releases)
        for name in releases
        if any(name in one.releases for one in by_then)
    }


def newer_release(
    entries: Iterable[LogEntry], found: Iterable[Leaving], releases: Iterable[str]
) -> str:
    """The newest release that whoever has these may have in their place; "" where there is none.

    It holds nobody who left, was made after each of them, and for the same audience as all of them.
    """
    entries = tuple(entries)
    left = {name for one in found for name in one.releases}
    made = list(made_releases(entries))
    audiences = audiences_of(entries)
    wanted = {audiences.get(name) for name in releases}
    after = max((made.index(name) + 1 for name in releases if name in made), default=0)
    free = [
        name
        for name in made[after:]
        if name not in left and name in audiences and {audiences[name]} == wanted
    ]
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

    It is recorded of each release that was called back by that day. UsageError for one who has
    nothing to give back, or a day that cannot be. The same said twice is recorded once.
    """
    with hold(desk.study, desk.seen) as log:
        entries = read_log(desk.log)
        found = leavings(entries, today)
        known = to_tell(found)
        name = next((one for one in known if squash(one) == squash(to)), None)
        if name is None:
            raise UsageError(
                "they have no release that is to be called back",
                where="--to",
                remedy=f"Who has one: {', '.join(known) or 'nobody'}.",
            )
        theirs = [one for one in found if set(one.releases).intersection(known[name])]
        first = min(date.fromisoformat(one.on) for one in theirs)
        day = told_day(on, first, today, "it was recorded")
        events = []
        for release, since in called_back_by(theirs, known[name], day).items():
            event = HolderTold(release, name, day.isoformat())
            events.append(event)
            if not any(one.event == event and one.number > since for one in entries):
                log.append(event)
    return tuple(events)


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
