"""A consent that is lowered, and a withdrawal: told at once, each holder written to, proved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from redact.audit.consent_events import ConsentRecorded, HolderTold, ReleaseHolds
from redact.audit.entries import Actor, LogEntry
from redact.audit.events import (
    DecisionRecorded,
    Event,
    ReleaseCreated,
    ReleaseEnded,
    ReleaseGiven,
)
from redact.governance.consent import (
    called_back_by,
    days_said,
    leavings,
    levels_said,
    newer_release,
    to_tell,
)
from redact.governance.register import register
from redact.study.consent import agreed
from tests.agreed import ALL_OPEN, again, table
from tests.conftest import run_redact, tree

TODAY = date(2026, 12, 1)
NOW = datetime.now(UTC).date()


def log_of(*events: Event) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(
            log="redact.study/x",
            number=number,
            time=f"2026-11-{number + 1:02d}T10:00:00.000Z",
            before=b"\0" * 32,
            actor=Actor("steward", "data steward"),
            event=event,
        )
        for number, event in enumerate(events)
    )


MADE = ReleaseCreated(phase="done", name="a-01", tagmanifest_sha512="ab" * 64)
GIVEN = ReleaseGiven(name="a-01", to="UKDS", on="2026-11-02", tagmanifest_sha512="ab" * 64)
OPEN = ConsentRecorded(doc="D0001", level="archive open", until="2026-11-30")
LOWERED = ConsentRecorded(doc="D0001", level="team only", until="2026-11-03", releases=("a-01",))
WITHDRAWN = DecisionRecorded(
    action="withdraw", by="A", reason="x", counts={}, docs=("D0001",), releases=("a-01",)
)
TOLD = HolderTold("a-01", "ukds", "2026-11-05")
BACK = ReleaseEnded(name="a-01", to="UKDS", how="destroyed", on="2026-11-06")


def test_the_day_that_counts_is_the_one_the_table_said_before() -> None:
    (one,) = leavings(log_of(OPEN, MADE, GIVEN, WITHDRAWN), TODAY)
    assert (one.until, one.is_in_time, one.is_withdrawal) == ("2026-11-30", True, True)
    early = ConsentRecorded(doc="D0001", level="archive open", until="2026-11-02")
    (late,) = leavings(log_of(early, MADE, GIVEN, WITHDRAWN), TODAY)
    assert late.is_in_time is False
    (unsaid,) = leavings(log_of(MADE, GIVEN, WITHDRAWN), TODAY)
    assert unsaid.is_in_time is None


def test_whoever_has_it_is_to_be_told_until_it_is_back() -> None:
    events = (OPEN, MADE, GIVEN, LOWERED)
    assert to_tell(leavings(log_of(*events), TODAY)) == {"UKDS": ("a-01",)}
    (one,) = leavings(log_of(*events, TOLD), TODAY)
    assert (one.holders[0].told, one.holders[0].is_done) == ("2026-11-05", False)
    assert to_tell(leavings(log_of(*events, TOLD, BACK), TODAY)) == {}
    assert register(log_of(*events), TODAY)[0].state == "to call back"


def test_a_word_that_allows_it_again_calls_nothing_back() -> None:
    events = log_of(OPEN, MADE, GIVEN, LOWERED, OPEN)
    assert leavings(events, TODAY) == ()
    assert register(events, TODAY)[0].state == "given"


def test_no_release_is_offered_that_holds_who_left_or_is_of_quotes() -> None:
    other = replace(MADE, name="a-02")
    quoted = replace(MADE, name="quotes-01")
    holds = ReleaseHolds(name="quotes-01", audience="quotes", docs=("D0001",), left_out=0)
    team = ReleaseHolds(name="a-01", audience="team", docs=("D0001",), left_out=0)
    again = replace(team, name="a-02", docs=())
    only_old = log_of(OPEN, team, MADE, GIVEN, LOWERED, holds, quoted)
    assert newer_release(only_old, leavings(only_old, TODAY), ("a-01",)) == ""
    new = log_of(OPEN, team, MADE, GIVEN, LOWERED, again, other, holds, quoted)
    assert newer_release(new, leavings(new, TODAY), ("a-01",)) == "a-02"


def test_nobody_is_offered_an_older_release_or_one_made_for_others() -> None:
    def made_for(name: str, audience: str) -> tuple[Event, Event]:
        holds = ReleaseHolds(name=name, audience=audience, docs=(), left_out=0)
        return holds, replace(MADE, name=name)

    old, open_one = made_for("old", "controlled"), made_for("a-01", "controlled")
    team, quotes = made_for("team", "team"), made_for("quotes-01", "quotes")
    entries = log_of(OPEN, *old, *open_one, GIVEN, LOWERED, *quotes, *team)
    found = leavings(entries, TODAY)
    assert newer_release(entries, found, ("a-01",)) == ""
    assert newer_release(entries, found, ("a-01", "quotes-01")) == ""
    assert newer_release(entries, found, ("old",)) == ""
    newer = log_of(
        OPEN, *old, *open_one, GIVEN, LOWERED, *quotes, *team, *made_for("b", "controlled")
    )
    assert newer_release(newer, leavings(newer, TODAY), ("a-01",)) == "b"
    assert newer_release(newer, leavings(newer, TODAY), ("quotes-01",)) == ""


def test_a_row_that_is_corrected_later_does_not_make_it_late() -> None:
    known = replace(OPEN, until="2026-11-05")
    corrected = replace(LOWERED, given="2026-01-31", until="2026-11-05")
    entries = log_of(known, MADE, GIVEN, LOWERED, TOLD, corrected)
    (one,) = leavings(entries, TODAY)
    assert (one.entry, one.on, one.is_in_time) == (3, "2026-11-04", True)
    assert one.holders[0].told == TOLD.on
    (anew,) = leavings(log_of(known, MADE, GIVEN, LOWERED, known, LOWERED), TODAY)
    assert anew.entry == 5


def test_what_was_told_of_an_earlier_leaving_does_not_count_for_a_later_one() -> None:
    other = replace(WITHDRAWN, docs=("D0002",))
    first, second = leavings(log_of(OPEN, MADE, GIVEN, LOWERED, TOLD, other), TODAY)
    assert (first.holders[0].told, second.holders[0].told) == ("2026-11-05", "")
    early = replace(TOLD, on="2026-11-01")
    (one,) = leavings(log_of(OPEN, MADE, GIVEN, LOWERED, early), TODAY)
    assert one.holders[0].told == ""


def test_a_day_is_told_of_what_was_called_back_by_then() -> None:
    other = replace(WITHDRAWN, docs=("D0002",), releases=("a-01", "a-02"))
    between = (OPEN,) * 3
    found = leavings(log_of(OPEN, MADE, GIVEN, LOWERED, TOLD, *between, WITHDRAWN, other), TODAY)
    both = ("a-01", "a-02")
    assert called_back_by(found, both, date(2026, 11, 7)) == {}
    assert called_back_by(found, both, date(2026, 11, 8)) == {"a-01": 8}
    assert called_back_by(found, both, date(2026, 11, 9)) == {"a-01": 9, "a-02": 9}


def test_days_are_told_as_they_stand_today() -> None:
    future = ConsentRecorded(doc="D0002", level="not known", given="2027-01-01")
    said = list(days_said(log_of(LOWERED, future), TODAY))
    assert said == [
        "the last day to withdraw is over for 1",
        "1 day of consent still to come: look at your table",
    ]
    assert levels_said(log_of(LOWERED, future)) == "1 team only, 1 not known"


@given(st.lists(st.sampled_from([OPEN, MADE, GIVEN, LOWERED, WITHDRAWN, TOLD, BACK]), max_size=12))
def test_in_any_order_the_register_and_the_list_of_whom_to_tell_agree(events: list[Event]) -> None:
    """The newest word on each document counts, and nobody is told who gave it back."""
    entries = log_of(*events)
    held = register(entries, TODAY)
    left = to_tell(leavings(entries, TODAY))
    lowered = {name for one in agreed(entries) for name in one.releases}
    for one in held:
        if one.state == "to call back" and one.release in lowered:
            assert one.release in left[one.to]
        if one.ended:
            assert one.to not in left


def test_a_lowered_consent_is_told_at_once_and_proved_when_done(
    agreed_folder: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    today = NOW.isoformat()
    assert run_redact("consent", "show", study).code == 0
    who = ("--to", "Leith Archive", "--on", today)
    assert run_redact("release", "given", study, "safe-copy-01", *who, *key).code == 0
    lowered = table(one="archive open", two="no sharing", three="archive open")
    said = again(agreed_folder, passphrase_file, lowered)
    assert "(two.txt) agrees to `no sharing` now, and stands in safe-copy-01" in said.out
    assert "Leith Archive has safe-copy-01" in said.out
    standing = run_redact("status", study)
    assert (standing.code, "agrees to less now" in standing.out) == (3, True)
    shown = run_redact("consent", "show", study)
    assert (shown.code, "in time: the last day was 2099-01-31" in shown.out) == (3, True)
    written = run_redact("consent", "notice", study, "--to", tmp_path / "notices", "--json")
    (path,) = json.loads(written.out)["notices"].values()
    text = Path(path).read_text("utf-8")
    for folder in (tmp_path / "notices", study / "safe", study / "release" / "safe-copy-01"):
        refused = run_redact("consent", "notice", study, "--to", folder)
        assert (refused.code, "notices" in refused.err) == (2, True), folder
    assert Path(path).read_text("utf-8") == text
    assert ("safe-copy-01" in text, "safe-copy-02" in text) == (True, True)
    assert "two" not in text.split()
    assert run_redact("consent", "told", study, *who, *key).code == 0
    assert run_redact("consent", "told", study, *who, *key).code == 0  # once
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert log.count('"holder.told"') == 1
    twice = table(one="archive open", two="no sharing", three="no sharing")
    again(agreed_folder, passphrase_file, twice)  # another one leaves the same release
    for _ in range(2):
        assert run_redact("consent", "told", study, *who, *key).code == 0
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert log.count('"holder.told"') == 2
    assert run_redact("release", "destroyed", study, "safe-copy-01", *who, *key).code == 0
    done = run_redact("consent", "show", study)
    assert (done.code, f"told on {today}; back or destroyed on {today}" in done.out) == (0, True)
    assert run_redact("audit", "verify", study, *key).code in (0, 3)


def test_who_has_nothing_to_give_back_cannot_have_been_told(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    refused = run_redact("consent", "told", study, "--to", "X", "--on", NOW.isoformat(), *key)
    assert (refused.code, "Who has one: nobody" in refused.err) == (2, True)
    who = ("--to", "Leith Archive", "--on", NOW.isoformat())
    assert run_redact("release", "given", study, "safe-copy-01", *who, *key).code == 0
    again(agreed_folder, passphrase_file, table(one="", two="archive open", three="archive open"))
    for day in ((NOW + timedelta(days=2)).isoformat(), "soon", "1999-01-01"):
        refused = run_redact("consent", "told", study, "--to", "Leith Archive", "--on", day, *key)
        assert refused.code == 2, day


def test_a_release_is_not_given_wider_than_they_agreed(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    some = table(one="team only", two="archive open", three="archive restricted")
    assert again(agreed_folder, passphrase_file, some).code == 0
    who = ("--to", "Leith Archive", "--on", NOW.isoformat())
    for access, against in (("open", 2), ("safeguarded", 1)):
        terms = (*who, "--access", access)
        refused = run_redact("release", "given", study, "safe-copy-01", *terms, *key)
        assert (refused.code, f"{against} of the participants" in refused.err) == (2, True)
    unsaid = run_redact("release", "given", study, "safe-copy-01", *who, *key)
    assert (unsaid.code, "`--access team` is the team" in unsaid.err) == (2, True)
    given_out = run_redact(
        "release", "given", study, "safe-copy-01", *who, "--access", "team", *key
    )
    assert given_out.code == 0


def test_what_an_auditor_sees_needs_no_passphrase_and_says_no_original(
    agreed_folder: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    study = agreed_folder / "study"
    again(agreed_folder, passphrase_file, table(one="", two="quotes only", three="archive open"))
    names = ("Dunlop", "Sgurr", "Quill", "two.txt")
    out = tmp_path / "out"
    out.mkdir()
    for command, *more in (
        (("consent", "show"),),
        (("consent", "notice"), "--to", out / "notices"),
        (("status",),),
        (("register",), "--csv", out / "r.csv", "--page", out / "r.html"),
        (("incident", "show"),),
        (("papers",), "--kind", "dpia", "--to", out / "dpia.md"),
        (("audit", "show"),),
        (("audit", "verify"),),
        (("audit", "report"), "--to", out / "report.html"),
        (("audit", "export"), "--prov", out / "prov.json"),
        (("policy", "show"),),
        (("policy", "explain"),),
    ):
        said = run_redact(*command, study, *more)
        assert said.code in (0, 3), (command, said.err)
        assert not [name for name in names if name in said.out], command
    written = b"\n".join(tree(out).values()).decode("utf-8", "replace")
    assert not [name for name in names if name in written]
    log = b"\n".join(tree(study / "audit").values()).decode("utf-8", "replace")
    assert not [name for name in names if name in log]


def test_a_withdrawal_says_whether_it_was_in_time(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    who = ("--to", "Leith Archive", "--on", NOW.isoformat(), "--access", "team")
    assert run_redact("release", "given", study, "safe-copy-01", *who, *key).code == 0
    gone = run_redact("withdraw", study, "two", "--by", "A. Steward", *key)
    assert "in time: the last day was 2099-01-31" in gone.out
    assert "redact consent notice" in gone.out
    shown = run_redact("consent", "show", study)
    assert (shown.code, "Leith Archive, safe-copy-01: not told yet" in shown.out) == (3, True)


def test_of_what_a_holder_may_have_the_newest_word_counts(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    study, key = agreed_folder / "study", ("--passphrase-file", passphrase_file)
    some = table(one="team only", two="archive open", three="archive open")
    who = ("--to", "Leith Archive", "--on", NOW.isoformat())
    assert run_redact("release", "given", study, "safe-copy-01", *who, *key).code == 0
    again(agreed_folder, passphrase_file, some)
    assert run_redact("consent", "show", study).code == 3  # given without a word on its access
    team = ("--access", "team")
    assert run_redact("release", "given", study, "safe-copy-01", *who, *team, *key).code == 0
    again(agreed_folder, passphrase_file, some)
    assert run_redact("consent", "show", study).code == 0


def test_the_same_table_given_again_records_nothing(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    again(agreed_folder, passphrase_file, ALL_OPEN)
    log = agreed_folder / "study" / "audit" / "log.jsonl"
    before = log.read_text("utf-8").count("consent.recorded")
    again(agreed_folder, passphrase_file, ALL_OPEN)
    assert (before, log.read_text("utf-8").count("consent.recorded")) == (3, 3)
