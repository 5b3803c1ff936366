"""A day on which somebody was told: one of the calendar, and not before there was something."""

from __future__ import annotations

from datetime import date

import pytest

from redact.errors import UsageError
from redact.governance.told import told_day

FIRST, TODAY = date(2026, 11, 4), date(2026, 11, 30)


@pytest.mark.parametrize("said", ["2026-11-03", "2026-11-04", "2026-11-30", "2026-12-01"])
def test_a_day_counts_by_whoevers_clock(said: str) -> None:
    assert told_day(said, FIRST, TODAY, "it was opened").isoformat() == said


@pytest.mark.parametrize("said", ["2026-11-02", "2026-12-02", "soon", ""])
def test_any_other_is_refused_with_the_days_that_can_be(said: str) -> None:
    with pytest.raises(UsageError) as refused:
        told_day(said, FIRST, TODAY, "it was opened")
    assert refused.value.remedy in (
        "Write it as 2026-01-31.",
        "Say a day from 2026-11-04 to 2026-11-30.",
    )
