"""A log is checked against what was kept outside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.entries import Actor
from redact.audit.events import RunFinished
from redact.audit.log import open_log
from redact.audit.verify import verify_log
from tests.conftest import run_redact


def test_an_anchor_is_logged_short_and_notices_a_rollback(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    before = (made / "audit" / "log.jsonl").read_bytes()
    checkpoint = (made / "audit" / "log.checkpoint").read_bytes()
    printed = run_redact("audit", "anchor", made, "--where", "ethics office")
    assert printed.code == 0
    assert len(printed.out.encode()) < 400  # a QR code of this size is easily read
    kept = tmp_path / "kept.note"
    assert run_redact("audit", "anchor", made, "--where", "library", "--to", kept).code == 0
    asked = ["audit", "verify", made, *key, "--anchor", kept]
    assert run_redact(*asked).code == 0
    inside = run_redact("audit", "anchor", made, "--where", "x", "--to", made / "a.note")
    assert (inside.code, "protects nothing" in inside.err) == (2, True)
    (made / "audit" / "log.jsonl").write_bytes(before)
    (made / "audit" / "log.checkpoint").write_bytes(checkpoint)
    rolled = run_redact(*asked)
    assert (rolled.code, "are gone since anchor kept.note" in rolled.out) == (1, True)


def at(study: Path, time: str) -> None:
    """One command whose machine's clock stands at this time."""
    with open_log(study / "audit", Actor("steward", "data steward")) as log:
        log.clock = lambda: time
        log.append(RunFinished("a wrong clock", "done", 0))


@pytest.mark.parametrize("time", ["2036-11-25T10:00:00.000Z", "9999-12-31T23:59:59.999Z"])
def test_a_clock_that_was_ahead_once_is_told_as_that_and_work_goes_on(
    study: tuple[Path, list[object]], tmp_path: Path, time: str
) -> None:
    made, key = study
    at(made, time)
    told = run_redact("audit", "verify", made, *key)
    assert (told.code, "TAMPERED" in told.out, "a clock was wrong" in told.out) == (3, False, True)
    assert time[:4] in told.out
    checked = run_redact("key", "check", made, *key)
    assert (checked.code, "a clock was wrong" in checked.out) == (3, True)
    assert run_redact("audit", "report", made, "--to", tmp_path / "r.md", *key).code == 3
    assert run_redact("release", made, "--name", "after", *key).code == 0
    assert "clock.regressed" in run_redact("audit", "show", made).out
    after = run_redact("audit", "verify", made, *key)
    assert (after.code, "says that it was set right" in after.out) == (0, True)
    assert run_redact("key", "check", made, *key).code == 0


@pytest.mark.parametrize("time", ["2016-11-25T10:00:00.000Z", "1969-12-31T23:59:59.000Z"])
def test_a_clock_that_was_behind_once_is_told_and_work_goes_on(
    study: tuple[Path, list[object]], time: str
) -> None:
    made, key = study
    at(made, time)
    assert "clock.regressed" in run_redact("audit", "show", made).out
    assert run_redact("audit", "verify", made, *key).code == 0
    assert run_redact("release", made, "--name", "after", *key).code == 0
    assert run_redact("audit", "verify", made, *key).code == 0


def test_a_clock_that_jumps_to_and_fro_is_told_each_time(study: tuple[Path, list[object]]) -> None:
    made, key = study
    log_key = run_redact("audit", "anchor", made, "--where", "x", "--json").json["log_key"]
    for year in ("2040", "2015", "2050", "2045", "2050"):
        at(made, f"{year}-01-01T00:00:00.000Z")
    assert verify_log(made / "audit", log_key).status == "clock-fault"
    assert run_redact("reveal", made, "Person 1", "--reason", "x", *key).code == 0
    verified = verify_log(made / "audit", log_key)
    assert (verified.status, len(verified.remarks)) == ("intact", 3)


def test_time_that_goes_back_unsaid_is_tampering_also_after_a_wrong_clock(
    study: tuple[Path, list[object]],
) -> None:
    made, _ = study
    at(made, "2036-01-01T00:00:00.000Z")
    path = made / "audit" / "log.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:-1], lines[-1].replace(b"2036", b"2006")]))
    assert run_redact("audit", "verify", made).code == 1
