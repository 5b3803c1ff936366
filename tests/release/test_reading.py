"""No paper says more of a reading than the log has: what is unread is called unread everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redact.release.reading import (
    ReadingTally,
    reading_statement,
    reading_table,
    status_of,
)
from redact.review.readings import HowRead, ReadingRecord
from tests.conftest import run_redact
from tests.deposits import rows

ON_PAGE, DECLARED, UNREAD = HowRead.ON_PAGE, HowRead.DECLARED, HowRead.UNREAD
NAMES = {"A. Steward": "A. Steward", "C. Other": "reader 2"}


@pytest.mark.parametrize(
    ("read", "begins", "says"),
    [
        (ReadingTally(0, 0, 12), "MACHINE ONLY", "nobody has read these transcripts"),
        (ReadingTally(0, 5, 7), "PARTLY MACHINE ONLY", "nobody has read 7 of the 12"),
        (
            ReadingTally(0, 12, 0),
            "Declared as read, by",
            "every transcript was declared as read, without",
        ),
        (ReadingTally(12, 0, 0), "Read, by", "every transcript was opened on the review page"),
        (ReadingTally(4, 8, 0), "Read, by", "4 of the 12 transcripts were opened"),
    ],
)
def test_the_face_of_the_readme_says_how_it_was_read(
    read: ReadingTally, begins: str, says: str
) -> None:
    told = status_of(read)
    assert told.startswith(begins)
    assert says in told
    assert ("Software misses names" in told) == (read.unread > 0)


def test_the_methods_say_who_read_how_and_how_long() -> None:
    records = [
        ReadingRecord(doc="D1", how=ON_PAGE, by="A. Steward", minutes=12, decided=3),
        ReadingRecord(doc="D2", how=DECLARED, by="C. Other"),
        ReadingRecord(doc="D3"),
    ]
    told = reading_statement(records, NAMES, {"D1": 900})
    assert (
        "1 of the 3 transcripts was opened on the review page beside the original by A. Steward"
        in told
    )
    assert "(12 minutes by the log, for about 900 words)" in told
    assert "never more than 10 at a time, and for one transcript at a time" in told
    assert "declared as read by reader 2 without the page" in told
    assert "nobody has read 1 of the 3" in told
    assert "3 places" in told
    assert "C. Other" not in told


def test_the_table_of_reading_has_a_row_a_transcript_and_runs_no_formula() -> None:
    records = [
        ReadingRecord(doc="D1", how=DECLARED, by="=A1", second_readers=("C. Other",)),
        ReadingRecord(doc="D2", by="A. Steward"),
    ]
    table = reading_table(records, {**NAMES, "=A1": "=A1"}, {"D1": "one.txt", "D2": "two.txt"})
    assert table.splitlines()[1:] == [
        'one.txt,"declared as read, without the page",\'=A1,,0,reader 2',
        "two.txt,not read,,,0,",
    ]


def test_a_package_that_was_accepted_unread_says_in_every_paper_that_nobody_read_it(
    small_study: tuple[Path, Path],
) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)
    done = run_redact(
        "settle", study, "--by", "A. Steward", "--unread", "--reason", "a trial", *key
    )
    assert (done.code, "accepted unread" in done.out) == (0, True), done.err
    done = run_redact("release", study, "--name", "unread", *key)
    assert done.code == 0, done.err
    data = study / "release" / "unread" / "data"
    summary = json.loads((data / "redaction-summary.json").read_text("utf-8"))
    assert summary["reviewed_by_a_person"] is False
    assert summary["reading"][UNREAD.value] == summary["transcripts"]
    assert "MACHINE ONLY" in (data / "README.md").read_text("utf-8")
    assert "By the log nobody has read" in (data / "documentation/methods.md").read_text("utf-8")
    assert {row["read"] for row in rows(data / "documentation/reading.csv")} == {UNREAD.value}
    policy = study / "policy.toml"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace('review = "none"', 'review = "required"'), "utf-8")
    refused = run_redact("release", study, "--name", "asked", *key)
    assert (refused.code, "accepted unread" in refused.err) == (4, True), refused.err


def test_a_reader_who_is_called_as_somebody_in_the_key_is_a_number(
    small_study: tuple[Path, Path],
) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)
    assert run_redact("settle", study, "--by", "Morag Baird", *key).code == 0
    done = run_redact("release", study, "--name", "declared", *key)
    assert done.code == 0, done.err
    table = study / "release" / "declared" / "data" / "documentation" / "reading.csv"
    assert {row["by"] for row in rows(table)} == {"reader 1"}
