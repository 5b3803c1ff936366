"""Who was given which release: said by the steward, kept in the log, asked by what comes later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

from redact.audit.events import ReleaseCreated, ReleaseGiven
from redact.audit.reading import read_log
from redact.errors import UsageError
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.nameless import require_nameless
from redact.transcript.words import squash


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRelease:
    """A release that somebody has: its name, who, since which day, and the bag's digest."""

    name: str
    to: str
    on: str
    tagmanifest_sha512: str

    def is_given_to(self, names: Iterable[str]) -> bool:
        """Whether one of these names means who has it, in whatever case and marks."""
        return squash(self.to) in {squash(name) for name in names if name}


def given_releases(log: Path) -> tuple[GivenRelease, ...]:
    """All that the log has, in its order; a folder of the log is read."""
    return tuple(
        GivenRelease(
            name=entry.event.name,
            to=entry.event.to,
            on=entry.event.on,
            tagmanifest_sha512=entry.event.tagmanifest_sha512,
        )
        for entry in read_log(log)
        if isinstance(entry.event, ReleaseGiven)
    )


def give(desk: Desk, name: str, to: str, on: str) -> GivenRelease:
    """Records that a release was given to somebody on a day (YYYY-MM-DD).

    Raises UsageError for a release that the log does not have, for a day that is none or is still
    to come, and where the words say a name of the study. The same said twice is recorded once.
    """
    to = normalize("NFC", " ".join(to.split()))
    require_nameless(desk.key, to, "--to")
    digests = {
        entry.event.name: entry.event.tagmanifest_sha512
        for entry in read_log(desk.log)
        if isinstance(entry.event, ReleaseCreated) and entry.event.phase == "done"
    }
    if not to:
        raise UsageError("nobody is named", where="--to", remedy="Say who has it: an archive.")
    if name not in digests:
        raise UsageError(
            "there is no release of this name",
            where=name[:60],
            remedy=f"Releases: {', '.join(sorted(digests)) or 'none yet'}.",
        )
    given = GivenRelease(
        name=name, to=to, on=_day(on).isoformat(), tagmanifest_sha512=digests[name] or ""
    )
    with hold(desk.study, desk.seen) as log:
        if given not in given_releases(desk.log):
            log.append(
                ReleaseGiven(
                    name=given.name,
                    to=given.to,
                    on=given.on,
                    tagmanifest_sha512=given.tagmanifest_sha512,
                )
            )
    return given


def _day(said: str) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise UsageError("this is no day", where="--on", remedy="Write it as 2026-01-31.") from None
    if day > datetime.now(UTC).date():
        raise UsageError("this day is still to come", where="--on", remedy="Say it when it is.")
    return day
