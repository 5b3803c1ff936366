"""What to send to each who has a release in which a name was found: about what they have.

Whoever has transcripts and whoever has quotes for a paper are asked for different things, and each
is offered only a release that was made for the same people. No notice says what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from redact.audit.entries import LogEntry
from redact.governance.incident import Incident, holders
from redact.governance.register import Holding, recalled, register
from redact.study.consent import audiences_of
from redact.transcript.words import squash


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentNotice:
    """For whom it is, the releases of theirs that it is about, and the text to send."""

    to: str
    releases: tuple[str, ...]
    text: str


def notices(
    entries: Iterable[LogEntry], incident: Incident, today: date
) -> tuple[IncidentNotice, ...]:
    """A notice for each who has a release with the words, in the order in which they were given."""
    entries = tuple(entries)
    theirs: dict[str, list[Holding]] = {}
    for one in holders(incident, register(entries, today)):
        theirs.setdefault(squash(one.to), []).append(one)
    return tuple(_notice(entries, incident, held) for held in theirs.values())


def _notice(
    entries: tuple[LogEntry, ...], incident: Incident, held: list[Holding]
) -> IncidentNotice:
    audiences = audiences_of(entries)
    names = tuple(one.release for one in held)
    lines = [
        f"To: {held[0].to}",
        f"Notice about {', '.join(names)}",
        "",
        "We were told that something that identifies somebody can be read in what you have of our "
        "study. We do not name it here, so that this notice tells nothing.",
    ]
    for is_of_quotes in (False, True):
        mine = [one for one in held if (audiences.get(one.release) == "quotes") == is_of_quotes]
        if mine:
            newer = _in_place_of(entries, incident, mine)
            lines += ["", *_asked(mine, newer, is_of_quotes)]
    lines += ["", f"Our reference: {incident.number}, opened on {incident.opened[:10]}."]
    return IncidentNotice(to=held[0].to, releases=names, text="\n".join(lines) + "\n")


def _asked(held: list[Holding], newer: str, is_of_quotes: bool) -> Iterator[str]:
    """What they have of one kind, and what is asked of them."""
    what = "Quotes from our interviews" if is_of_quotes else "Interview transcripts"
    for one in held:
        under = f", under {one.agreement}" if one.agreement else ""
        yield f"{what}: {one.release}, which you have since {one.given}{under}."
    yield "Please:"
    if is_of_quotes:
        yield "- put no passage of it into anything that is not yet in print, nor pass it on;"
        yield "- destroy it, and tell us on which day you did;"
        yield (
            "- tell us where a passage has appeared, without writing the passage itself: we say "
            "whether it is to be corrected;"
        )
    else:
        yield "- stop using and passing on this release, and every copy and excerpt of it;"
        yield "- destroy it, and tell us on which day you did;"
        yield ("- if you have quoted from it, tell us where, without writing the passage itself;")
    yield (
        f"- use {newer} in its place, which we send to you."
        if newer
        else "- wait for us to say what you may have in its place."
    )


def _in_place_of(entries: tuple[LogEntry, ...], incident: Incident, held: list[Holding]) -> str:
    """The newest release made since for just those people, "" where there is none."""
    audiences = audiences_of(entries)
    wanted = {audiences.get(one.release) for one in held}
    free = [
        name
        for name in incident.made_since
        if name in audiences and {audiences[name]} == wanted and not recalled(entries, name)
    ]
    return free[-1] if free else ""
