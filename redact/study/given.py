"""Who was given which release, and who no longer has it: said by the steward, kept in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args
from unicodedata import category, normalize

from redact.audit.entries import LONGEST_NAME, LogEntry, says_something
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
_FIRST_CLOCK = timedelta(hours=14)  # before UTC: nowhere on earth it is later
_LONGEST = 200  # characters of a purpose or an agreement
End = Literal["returned", "destroyed"]
_ENDED = {"returned": "gave it back", "destroyed": "destroyed it"}


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


def give(
    desk: Desk, name: str, to: str, on: str, terms: Terms | None = None, anyway: str = ""
) -> GivenRelease:
    """Records that a release was given to somebody on a day (YYYY-MM-DD), and on which terms.

    `anyway` says why, where it is to be called back. Raises UsageError for a release that the log
    does not have, for a day that is none, is still to come or lies before they gave it back, for a
    last day before it, and where the words say a name of the study. The same said twice is recorded
    once; said otherwise of somebody who has it, it says on which terms they have it now.
    """
    with hold(desk.study, desk.seen) as log:
        event = giving(desk, name, to, on, terms or Terms(), anyway)
        entries = read_log(desk.log)
        if not _is_said(entries, event):
            if not anyway:  # else somebody answers for it, and the log has why
                _require_agreed(desk, name, event.access or "")
            _require_after_its_end(entries, event)
            log.append(event)
    return GivenRelease(
        name=name, to=event.to, on=event.on, tagmanifest_sha512=event.tagmanifest_sha512
    )


def has_it(desk: Desk, name: str, to: str) -> bool:
    """Whether by the log they have this release now."""
    return isinstance(_last_word(read_log(desk.log), name, to), ReleaseGiven)


def giving(desk: Desk, name: str, to: str, on: str, said: Terms, anyway: str) -> ReleaseGiven:
    """What the log would have of it; UsageError for what cannot be, as `give` says."""
    to = _name(desk, to)
    purpose = _sentence(desk, said.purpose, "--purpose")
    agreement = _sentence(desk, said.agreement, "--agreement")
    why = _sentence(desk, anyway, "--anyway")
    made = _made(desk, name)
    day = _day(
        on, date.fromisoformat(made.time[:10]) - _A_DAY, f"the release was made on {made.time[:10]}"
    )
    return ReleaseGiven(
        name=name,
        to=to,
        on=day.isoformat(),
        tagmanifest_sha512=made.digest,
        purpose=purpose or None,
        agreement=agreement or None,
        access=said.access or None,
        until=_last_day(said.until, day) or None,
        anyway=why or None,
    )


def _last_word(
    entries: Iterable[LogEntry], name: str, to: str
) -> ReleaseGiven | ReleaseEnded | None:
    """What the log says last of a release and somebody; None where it says nothing."""
    said = [
        entry.event
        for entry in entries
        if isinstance(entry.event, ReleaseGiven | ReleaseEnded)
        and entry.event.name == name
        and squash(entry.event.to) == squash(to)
    ]
    return said[-1] if said else None


def _is_said(entries: Iterable[LogEntry], event: ReleaseGiven) -> bool:
    """Whether it is the last word on them; why a release was given anyway changes nothing of it."""
    last = _last_word(entries, event.name, event.to)
    if not isinstance(last, ReleaseGiven):
        return False
    return replace(last, to=event.to, anyway=None) == replace(event, anyway=None)


def _require_after_its_end(entries: Iterable[LogEntry], event: ReleaseGiven) -> None:
    """UsageError where they gave it back, or destroyed it, after the day that is said."""
    last = _last_word(entries, event.name, event.to)
    if isinstance(last, ReleaseEnded) and event.on < last.on:
        raise UsageError(
            f"they had it before, and {_ENDED[last.how]} on {last.on}",
            where="--on",
            remedy="Say since which day they have it again, not before that.",
        )


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
            remedy=f"{'' if access or audience == 'team' else _NOT_SAID}{_again(audience)}",
            command=""
            if audience == "team"
            else f"`redact describe STUDY --set access={audience}` says the access."
            + ("" if access else " `--access team` is the team."),
        )


_NOT_SAID = "Nobody said who may have it: say so, if it is the team. "


def _again(audience: Audience) -> str:
    left_out = "elease again: they are left out then."
    return f"R{left_out}" if audience == "team" else f"Describe the access, and r{left_out}"


def end(desk: Desk, name: str, to: str, how: End, on: str) -> ReleaseEnded:
    """Records that whoever had a release gave it back, or destroyed it, on a day (YYYY-MM-DD).

    Raises UsageError if by the log they do not have it, or the day is none, is still to come or
    lies before they were given it. The same said twice is recorded once.
    """
    to = _name(desk, to)
    with hold(desk.study, desk.seen) as log:
        _made(desk, name)
        last = _last_word(read_log(desk.log), name, to)
        if last is None:
            holders = sorted({one.to for one in given_releases(desk.log) if one.name == name})
            raise UsageError(
                "the log does not have that they were given it",
                where=name,
                remedy=f"It was given to: {', '.join(holders) or 'nobody'}. Say first that it was.",
                command="`redact release given` records it.",
            )
        if isinstance(last, ReleaseEnded):
            if (last.how, last.on) == (how, on):
                return last
            raise UsageError(
                f"by the log they do not have it: they {_ENDED[last.how]} on {last.on}",
                where=name,
                remedy="If they were given it again, or that was recorded by mistake, record first "
                "that they have it.",
                command="`redact release given` records it.",
            )
        day = _day(on, date.fromisoformat(last.on), f"it was given on {last.on}")
        event = ReleaseEnded(name=name, to=last.to, how=how, on=day.isoformat())
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


def _day(said: str, first: date, since: str) -> date:
    """The day that is meant: not before the first one, nor after today anywhere on earth."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise UsageError("this is no day", where="--on", remedy="Write it as 2026-01-31.") from None
    if day > (datetime.now(UTC) + _FIRST_CLOCK).date():
        raise UsageError("this day is still to come", where="--on", remedy="Say it when it is.")
    if day < first:
        raise UsageError(since, where="--on", remedy="Say a day that is not before that.")
    return day
