"""Who has which release is in the log, and is told when it matters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

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
        assert (done.code, f"on {TODAY}" in done.out) == (0, True)
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
