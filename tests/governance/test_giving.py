"""A release that is to be called back is given to nobody, unless somebody says why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from redact.audit.events import ReleaseGiven
from redact.audit.reading import read_log
from tests.agreed import ALL_OPEN, again, table
from tests.conftest import Result, run_redact

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def key(passphrase_file: Path) -> tuple[str, Path]:
    return ("--passphrase-file", passphrase_file)


def give(folder: Path, key: tuple[str, Path], to: str, *more: str) -> Result:
    who = ("--to", to, "--on", TODAY, "--access", "team", *more)
    return run_redact("release", "given", folder / "study", "safe-copy-01", *who, *key)


def given(folder: Path) -> list[ReleaseGiven]:
    log = read_log(folder / "study" / "audit")
    return [one.event for one in log if isinstance(one.event, ReleaseGiven)]


def reported(folder: Path, key: tuple[str, Path]) -> None:
    words = folder / "found.txt"
    words.write_text("walnut harvest", "utf-8")
    more = ("--what", "ORG", "--by", "A. Steward", "--words-file", words, *key)
    assert run_redact("incident", "open", folder / "study", *more).code == 0


def withdrawn(folder: Path, key: tuple[str, Path]) -> None:
    done = run_redact("withdraw", folder / "study", "three.txt", "--by", "A. Steward", *key)
    assert done.code == 0, done.err


def lowered(folder: Path, key: tuple[str, Path]) -> None:
    levels = {"one": "archive open", "two": "archive open", "three": "quotes only"}
    assert again(folder, key[1], table(**levels)).code in (0, 3)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (reported, "a name was found in it (I1)"),
        (withdrawn, "somebody in it withdrew"),
        (lowered, "somebody in it withdrew, or agrees to less now"),
    ],
)
def test_it_is_given_only_with_a_reason_that_the_log_keeps(
    agreed_folder: Path, key: tuple[str, Path], happens: object, why: str
) -> None:
    assert give(agreed_folder, key, "First Archive").code == 0
    assert callable(happens)
    happens(agreed_folder, key)
    refused = give(agreed_folder, key, "Second Archive")
    assert (refused.code, why in refused.err, "--anyway" in refused.err) == (2, True, True)
    assert [one.to for one in given(agreed_folder)] == ["First Archive"]
    assert give(agreed_folder, key, "first archive").code == 0  # they have it already
    assert len(given(agreed_folder)) == 1

    named = give(agreed_folder, key, "Second Archive", "--anyway", "for Morag MacLeod")
    assert (named.code, "a name of the study" in named.err) == (2, True)
    done = give(agreed_folder, key, "Second Archive", "--anyway", "they had it before")
    assert done.code == 0, done.err
    assert [(one.to, one.anyway) for one in given(agreed_folder)] == [
        ("First Archive", None),
        ("Second Archive", "they had it before"),
    ]
    assert run_redact("audit", "verify", agreed_folder / "study", *key).code in (0, 3)


def test_words_that_were_taken_back_hold_nothing_up(
    agreed_folder: Path, key: tuple[str, Path]
) -> None:
    reported(agreed_folder, key)
    taken = ("--by", "A. Steward", "--reason", "it was mistyped")
    assert (
        run_redact("incident", "take-back", agreed_folder / "study", "I1", *taken, *key).code == 0
    )
    assert give(agreed_folder, key, "Second Archive").code == 0


def test_a_table_that_says_the_same_holds_nothing_up(
    agreed_folder: Path, key: tuple[str, Path]
) -> None:
    assert again(agreed_folder, key[1], ALL_OPEN).code in (0, 3)
    assert give(agreed_folder, key, "First Archive", "--anyway", "no need of it").code == 0
    assert [one.anyway for one in given(agreed_folder)] == [None]


def test_an_incident_says_under_which_consent_and_access_the_words_went_out(
    agreed_folder: Path, key: tuple[str, Path]
) -> None:
    assert give(agreed_folder, key, "First Archive").code == 0
    reported(agreed_folder, key)
    said = run_redact("incident", "show", agreed_folder / "study").out
    wanted = f"safe-copy-01: made on {TODAY}; for the team; consent: 3 archive open; "
    assert f"{wanted}First Archive has it since {TODAY}, access: team" in said
