"""Who has which release is in the log, and is told when it matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from redact.audit.events import ReleaseEnded
from redact.audit.reading import read_log
from redact.study.given import GivenRelease, given_releases
from tests.conftest import Result, run_redact

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def study(small_study: tuple[Path, Path]) -> Path:
    return small_study[0]


@pytest.fixture
def key(small_study: tuple[Path, Path]) -> tuple[str, Path]:
    return ("--passphrase-file", small_study[1])


def give(study: Path, key: tuple[str, Path], to: str, on: str, name: str = "") -> Result:
    name = name or "safe-copy-01"
    return run_redact("release", "given", study, name, "--to", to, "--on", on, *key)


def test_who_has_a_release_is_in_the_log_once(study: Path, key: tuple[str, Path]) -> None:
    for to in ("UK  Data Service", "UK Data Service", "uk data service"):
        done = give(study, key, to, TODAY)
        assert (done.code, TODAY in done.out) == (0, True)
    (one,) = given_releases(study / "audit")
    assert (one.name, one.to, one.on) == ("safe-copy-01", "UK Data Service", TODAY)
    assert len(one.tagmanifest_sha512) == 128
    assert run_redact("audit", "verify", study, *key).code in (0, 3)


@pytest.mark.parametrize(
    ("to", "on", "name", "says"),
    [
        ("UKDS", TODAY, "no-such", "there is no release of this name"),
        ("UKDS", "31 January", "", "this is no day"),
        ("UKDS", "2999-01-31", "", "still to come"),
        (" ", TODAY, "", "nobody is named"),
        ("\u200b", TODAY, "", "nobody is named"),
        ("UK\u202eData Service", TODAY, "", "marks that nobody sees"),
        ("x" * 201, TODAY, "", "more than 200 characters"),
        ("UKDS", "1999-01-31", "", "the release was made on"),
        ("Morag MacLeod", TODAY, "", "a name of the study"),
        ("Will", TODAY, "", "a name of the study"),
    ],
)
def test_what_cannot_be_is_not_recorded(
    study: Path, key: tuple[str, Path], to: str, on: str, name: str, says: str
) -> None:
    refused = give(study, key, to, on, name)
    assert (refused.code, says in refused.err) == (2, True), refused.err
    assert given_releases(study / "audit") == ()


def test_whoever_withdrew_is_no_recipient_either(study: Path, key: tuple[str, Path]) -> None:
    assert run_redact("withdraw", study, "two.txt", "--by", "AB", *key).code == 0
    for to in ("Will Dunlop", "Will"):  # as they were called; of parts the key keeps nothing
        assert "a name of the study" in give(study, key, to, TODAY).err
    assert given_releases(study / "audit") == ()


def test_an_archive_is_known_however_it_is_written() -> None:
    one = GivenRelease(name="a", to="uk data service", on="2026-01-31", tagmanifest_sha512="")
    assert one.is_given_to(("ukds", "UK Data Service"))
    assert not one.is_given_to(("icpsr", ""))


def ended(study: Path, key: tuple[str, Path], how: str, on: str = TODAY) -> Result:
    who = ("--to", "UK Data Service", "--on", on)
    return run_redact("release", how, study, "safe-copy-01", *who, *key)


def ends_of(study: Path) -> list[ReleaseEnded]:
    return [e.event for e in read_log(study / "audit") if isinstance(e.event, ReleaseEnded)]


@pytest.mark.parametrize(("first", "then"), [("destroyed", "returned"), ("returned", "destroyed")])
def test_what_they_have_no_more_they_do_not_give_back_nor_destroy(
    study: Path, key: tuple[str, Path], first: str, then: str
) -> None:
    refused = ended(study, key, first)
    assert (refused.code, "Say first that it was" in refused.err) == (2, True)
    assert give(study, key, "UK Data Service", TODAY).code == 0
    for _ in range(2):  # the same said twice is recorded once
        assert ended(study, key, first).code == 0
    refused = ended(study, key, then)
    assert (refused.code, "by the log they do not have it" in refused.err) == (2, True)
    other_day = str(datetime.now(UTC).date() - timedelta(days=1))
    assert ended(study, key, first, other_day).code == 2
    assert [one.how for one in ends_of(study)] == [first]
    assert give(study, key, "uk data service", TODAY).code == 0  # the remedy: they have it again
    assert ended(study, key, then).code == 0
    assert [one.how for one in ends_of(study)] == [first, then]


def test_nothing_becomes_of_a_release_before_it_was_given_or_in_days_to_come(
    study: Path, key: tuple[str, Path]
) -> None:
    assert give(study, key, "UK Data Service", TODAY).code == 0
    before = str(datetime.now(UTC).date() - timedelta(days=1))
    after = str(datetime.now(UTC).date() + timedelta(days=2))
    for how in ("returned", "destroyed"):
        refused = ended(study, key, how, before)
        assert (refused.code, f"it was given on {TODAY}" in refused.err) == (2, True)
        refused = ended(study, key, how, after)
        assert (refused.code, "still to come" in refused.err) == (2, True)
    assert ends_of(study) == []


def test_it_is_not_given_again_before_it_was_back(study: Path, key: tuple[str, Path]) -> None:
    assert give(study, key, "UK Data Service", TODAY).code == 0
    assert ended(study, key, "returned").code == 0
    before = str(datetime.now(UTC).date() - timedelta(days=1))
    refused = give(study, key, "UK Data Service", before)
    assert (refused.code, f"gave it back on {TODAY}" in refused.err) == (2, True), refused.err
    assert len(given_releases(study / "audit")) == 1


def test_who_has_it_and_is_told_of_again_has_it_on_the_new_terms(
    study: Path, key: tuple[str, Path]
) -> None:
    assert give(study, key, "UK Data Service", TODAY).code == 0
    more = ("--to", "uk data service", "--on", TODAY, "--until", "2999-01-31", *key)
    again = run_redact("release", "given", study, "safe-copy-01", *more)
    assert (again.code, "these are its terms now" in again.out) == (0, True)
    (row,) = run_redact("register", study, "--json").json["releases"]
    assert (row["to"], row["until"]) == ("uk data service", "2999-01-31")
