"""What a deposit holds: texts under their row, their own format beside, the log of changes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import Result, run_redact
from tests.deposits import described, rows

TODAY = datetime.now(UTC).date().isoformat()


def test_transcripts_are_texts_under_their_row_and_keep_their_own_format_beside(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    data = study / "release" / "archive-deposit-01" / "data"
    listed = {row["interview"]: row for row in rows(data / "interviews.csv")}
    assert len(listed) == 12
    for name, row in listed.items():
        text = (data / row["file"]).read_text("utf-8")
        header = text.partition("-" * 40)[0].split("\n")
        assert header[0] == f"Interview: {name}"
        assert {f"Nation: {row['nation']}", f"Role: {row['role']}"} <= set(header)
        assert not any(line.startswith(("Words", "File")) for line in header)
        body = text.partition("-" * 40 + "\n\n")[2]
        assert body == (study / "safe" / f"{name}.txt").read_text("utf-8")
    (docx,) = (data / "original-format").iterdir()
    assert docx.suffix == ".docx"
    assert "original-format" in (data / "README.md").read_text("utf-8")
    assert not (data / "transcripts" / docx.name).exists()
    assert (data / "transcripts" / f"{docx.stem}.txt").exists()


def test_the_log_of_anonymisation_counts_what_was_replaced_and_says_no_word_of_it(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "icpsr").code == 0
    data = study / "release" / "archive-deposit-01" / "data"
    summary = json.loads((data / "redaction-summary.json").read_text("utf-8"))
    counted: Counter[str] = Counter()
    for row in rows(data / "documentation" / "anonymisation-log.csv"):
        assert (data / row["file"]).exists()
        counted[row["kind"]] += int(row["places"])
    counted.pop("GRAMMAR", None)
    assert dict(counted) == summary["replaced"]
    methods = (data / "documentation" / "methods.md").read_text("utf-8")
    assert f"{summary['replaced']['PERSON']} names of people" in methods
    assert "Every transcript was declared as read by AB without the page" in methods


def test_a_release_says_what_changed_since_the_one_its_archive_was_given(
    study: Path, release: Callable[..., Result], passphrase_file: Path
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    first = study / "release" / "archive-deposit-01" / "data" / "documentation"
    assert not (first / "changes.md").exists()
    given = ("release", "given", study, "archive-deposit-01", "--on", TODAY)
    key = ("--passphrase-file", passphrase_file)
    assert run_redact(*given, "--to", "ICPSR", *key).code == 0  # another archive's
    assert release(study, "--profile", "ukds", "--name", "again").code == 0
    again = study / "release" / "again" / "data" / "documentation"
    assert not (again / "changes.md").exists()
    assert run_redact(*given, "--to", "uk data service", *key).code == 0
    described(study, "abstract=Another one.")
    assert release(study, "--profile", "ukds").code == 0
    told = study / "release" / "archive-deposit-02" / "data" / "documentation" / "changes.md"
    text = told.read_text("utf-8")
    assert f"Since the release `archive-deposit-01`, given to UK Data Service on {TODAY}." in text
    assert "## Changed" in text
    assert "`metadata/datacite.json`" in text
    assert "transcripts/" not in text
    assert "Gone" not in text
