"""Whether a release may be given to somebody: not one that is to be called back.

A name was found in it, or somebody in it withdrew or agrees to less now. Who had it before that is
recorded all the same, with a reason that the log keeps: they are then among those to be told.
"""

from __future__ import annotations

from collections.abc import Iterable

from redact.audit.entries import LogEntry
from redact.audit.reading import read_log
from redact.errors import UsageError
from redact.governance.incident import incidents
from redact.governance.register import recalled
from redact.study.desk import Desk
from redact.study.given import GivenRelease, Terms, give, giving, has_it
from redact.study.hold import hold


def against_giving(entries: Iterable[LogEntry], name: str) -> tuple[str, ...]:
    """Why this release should be given to nobody any more, a reason each; none where it may be."""
    entries = tuple(entries)
    found = [
        f"a name was found in it ({one.number})"
        for one in incidents(entries)
        if name in one.releases and not one.taken_back
    ]
    if recalled(entries, name):
        found.append("somebody in it withdrew, or agrees to less now")
    return tuple(found)


def give_out(
    desk: Desk, name: str, to: str, on: str, terms: Terms | None = None, anyway: str = ""
) -> GivenRelease:
    """Records that a release was given to somebody, as `give` does.

    UsageError for one that is to be called back, unless `anyway` says why they have it all the
    same; the log keeps that. Whoever has it by the log is not given it: on which terms may be said.
    """
    with hold(desk.study, desk.seen):
        giving(desk, name, to, on, terms or Terms(), anyway)  # what cannot be is said first
        against = against_giving(read_log(desk.log), name)
        if against and not anyway.strip() and not has_it(desk, name, to):
            raise UsageError(
                f"this release is to be called back: {'; '.join(against)}",
                where=name,
                remedy="Give a newer one. If they had it before, say why they have it: they are "
                "then among those to be told.",
                command="`--anyway WHY` says it.",
            )
        return give(desk, name, to, on, terms, anyway if against else "")
