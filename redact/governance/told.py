"""The day on which somebody was told of a release: one that can be, by whoever's clock."""

from __future__ import annotations

from datetime import date, timedelta

from redact.errors import UsageError

A_DAY = timedelta(days=1)  # the log has UTC, people have their own day


def told_day(said: str, first: date, today: date, what: str) -> date:
    """The day that is meant (YYYY-MM-DD); UsageError for none, or one before `what` or to come.

    `first` is the day of the log on which there was something to tell.
    """
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise UsageError("this is no day", where="--on", remedy="Write it as 2026-01-31.") from None
    if not first - A_DAY <= day <= today + A_DAY:
        raise UsageError(
            f"{what} after this day, or the day is still to come",
            where="--on",
            remedy=f"Say a day from {first.isoformat()} to {today.isoformat()}.",
        )
    return day
