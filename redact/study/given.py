"""Who was given which release, and who no longer has it: said by the steward, kept in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args
from unicodedata import category, normalize

from redact.audit.entries import LONGEST_NAME, says_something
from redact.audit.events import ReleaseEnded, ReleaseGiven
from redact.audit.reading import read_log
from redact.audit.releases import MadeRelease, made_releases
from redact.core.consent import Audience, allows
from redact.errors import UsageError
from redact.study.consent import consents_of, held_releases
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.nameless import require_nameless
from redact.transcript.words import squash

_A_DAY = timedelta(days=1)  # the log tells UTC, people their own day
_LONGEST = 200  # characters of a purpose or an agreement
End = Literal["returned", "destroyed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What for somebody has a release, under which agreement and access, until which day.

    Each is "" where nothing was said.
    """

    purpose: str = ""
    agreement: str = ""
    access: str = ""
    until: str = ""


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


def give(desk: Desk, name: str, to: str, on: str, terms: Terms | None = None) -> GivenRelease:
    """Records that a release was given to somebody on a day (YYYY-MM-DD), and on which terms.

    Raises UsageError for a release that the log does not have, for a day that is none or is still
    to come, for a last day before it, and where the words say a name of the study. The same said
    twice is recorded once.
    """
    said = terms or Terms()
    to = _name(desk, to)
    purpose = _sentence(desk, said.purpose, "--purpose")
    agreement = _sentence(desk, said.agreement, "--agreement")
    made = _made(desk, name)
    day = _day(on, date.fromisoformat(made.time[:10]))
    until = _last_day(said.until, day)
    given = GivenRelease(name=name, to=to, on=day.isoformat(), tagmanifest_sha512=made.digest)
    event = ReleaseGiven(
        name=name,
        to=to,
        on=given.on,
        tagmanifest_sha512=made.digest,
        purpose=purpose or None,
        agreement=agreement or None,
        access=said.access or None,
        until=until or None,
    )
    _require_agreed(desk, name, said.access)
    with hold(desk.study, desk.seen) as log:
        known = [one.event for one in read_log(desk.log) if isinstance(one.event, ReleaseGiven)]
        if not any(squash(one.to) == squash(to) and replace(one, to=to) == event for one in known):
            log.append(event)
    return given


def _require_agreed(desk: Desk, name: str, access: str) -> None:
    """UsageError where participants in this release did not agree to the access that is said.

    Where none is said it is held as one for controlled access, and must be allowed as that.
    """
    meant = access or "controlled"
    audience = next((one for one in get_args(Audience) if one == meant), None)
    consents = consents_of(desk) if audience else {}
    (made,) = (one for one in held_releases(desk, read_log(desk.log)) if one.name == name)
    if audience is None or made.audience == "quotes":
        return
    against = sum(
        doc in consents and not allows(consents[doc].holds, audience) for doc in made.docs
    )
    if against:
        raise UsageError(
            f"{against} of the participants in this release did not agree to {audience} access",
            where="--access",
            remedy=("" if access else "No access was said: say `--access team` for the team. ")
            + f"Describe the access (`redact describe STUDY --set access={audience}`) and "
            "release again: they are left out then."
            if audience != "team"
            else "Release again: they are left out then.",
        )


def end(desk: Desk, name: str, to: str, how: End, on: str) -> ReleaseEnded:
    """Records that whoever had a release gave it back, or destroyed it, on a day (YYYY-MM-DD).

    Raises UsageError if the log does not have that they were given it, or the day is none. The same
    said twice is recorded once.
    """
    to = _name(desk, to)
    _made(desk, name)
    had = [one for one in given_releases(desk.log) if one.name == name and one.is_given_to([to])]
    if not had:
        holders = sorted({one.to for one in given_releases(desk.log) if one.name == name})
        raise UsageError(
            "the log does not have that they were given it",
            where=name,
            remedy=f"It was given to: {', '.join(holders) or 'nobody'}. Say first that it was.",
            command="`redact release given` records it.",
        )
    first = min(one.on for one in had)
    day = _day(on, date.fromisoformat(first), f"it was given on {first}").isoformat()
    event = ReleaseEnded(name=name, to=had[-1].to, how=how, on=day)
    with hold(desk.study, desk.seen) as log:
        if not any(one.event == event for one in read_log(desk.log)):
            log.append(event)
    return event


def _made(desk: Desk, name: str) -> MadeRelease:
    """The release of this name; UsageError where the log has none."""
    made = made_releases(read_log(desk.log))
    if name not in made:
        raise UsageError(
            "there is no release of this name",
            where=name[:60],
            remedy=f"Releases: {', '.join(sorted(made)) or 'none yet'}.",
        )
    return made[name]


def _name(desk: Desk, to: str) -> str:
    to = normalize("NFC", " ".join(to.split()))
    _require_name(to)
    require_nameless(desk.key, to, "--to", is_sentence=False)
    return to


def _sentence(desk: Desk, said: str, option: str) -> str:
    """What was said, in one line; UsageError if it is too long, unseen or names somebody."""
    said = normalize("NFC", " ".join(said.split()))
    if any(category(char) in ("Cc", "Cf") for char in said) or len(said) > _LONGEST:
        raise UsageError(
            f"this has marks that nobody sees, or more than {_LONGEST} characters",
            where=option,
            remedy="Say it in a short line.",
        )
    require_nameless(desk.key, said, option, is_sentence=True)
    return said


def _last_day(said: str, given: date) -> str:
    """The last day that somebody may have it, "" where none is said."""
    if not said:
        return ""
    try:
        last = date.fromisoformat(said)
    except ValueError:
        raise UsageError(
            "this is no day", where="--until", remedy="Write it as 2026-01-31."
        ) from None
    if last < given:
        raise UsageError(
            f"it was given on {given.isoformat()}, after this day",
            where="--until",
            remedy="Say the last day on which they may have it, or leave it out.",
        )
    return last.isoformat()


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


def _day(said: str, first: date, since: str = "") -> date:
    """The day that is meant: not before the first one, nor after today anywhere on earth."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise UsageError("this is no day", where="--on", remedy="Write it as 2026-01-31.") from None
    if day > datetime.now(UTC).date() + _A_DAY:
        raise UsageError("this day is still to come", where="--on", remedy="Say it when it is.")
    if day < first - _A_DAY:
        raise UsageError(
            since or f"the release was made on {first.isoformat()}",
            where="--on",
            remedy="Say a day that is not before that.",
        )
    return day
