"""Who was given which release: said by the steward, kept in the log, asked by what comes later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unicodedata import category, normalize

from redact.audit.entries import LONGEST_NAME, says_something
from redact.audit.events import ReleaseCreated, ReleaseGiven
from redact.audit.reading import read_log
from redact.errors import UsageError
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.nameless import require_nameless
from redact.transcript.words import squash

_A_DAY = timedelta(days=1)  # the log tells UTC, people their own day


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
    _require_name(to)
    require_nameless(desk.key, to, "--to", is_sentence=False)
    made = {
        entry.event.name: (entry.event.tagmanifest_sha512 or "", entry.time)
        for entry in read_log(desk.log)
        if isinstance(entry.event, ReleaseCreated) and entry.event.phase == "done"
    }
    if name not in made:
        raise UsageError(
            "there is no release of this name",
            where=name[:60],
            remedy=f"Releases: {', '.join(sorted(made)) or 'none yet'}.",
        )
    digest, since = made[name]
    day = _day(on, datetime.fromisoformat(since).date()).isoformat()
    given = GivenRelease(name=name, to=to, on=day, tagmanifest_sha512=digest)
    with hold(desk.study, desk.seen) as log:
        known = given_releases(desk.log)
        if not any(replace(one, to=to) == given and one.is_given_to([to]) for one in known):
            log.append(
                ReleaseGiven(
                    name=given.name,
                    to=given.to,
                    on=given.on,
                    tagmanifest_sha512=given.tagmanifest_sha512,
                )
            )
    return given


def _require_name(to: str) -> None:
    """UsageError unless this names somebody, in words that can be seen and are not too many."""
    if not says_something(to):
        raise UsageError("nobody is named", where="--to", remedy="Say who has it: an archive.")
    if any(category(char) in ("Cc", "Cf") for char in to) or len(to) > LONGEST_NAME:
        raise UsageError(
            f"this has marks that nobody sees, or more than {LONGEST_NAME} characters",
            where="--to",
            remedy="Type the name of who has it.",
        )


def _day(said: str, made: date) -> date:
    """The day that is meant: not before the release was made, nor after today anywhere on earth."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise UsageError("this is no day", where="--on", remedy="Write it as 2026-01-31.") from None
    if day > datetime.now(UTC).date() + _A_DAY:
        raise UsageError("this day is still to come", where="--on", remedy="Say it when it is.")
    if day < made - _A_DAY:
        raise UsageError(
            f"the release was made on {made.isoformat()}",
            where="--on",
            remedy="Say the day on which it was given, which is not before that.",
        )
    return day
