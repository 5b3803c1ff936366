"""Drafts say what the study's files say, with the source of each sentence, and nothing else."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import docx
import pytest

from redact.governance.facts import facts_of
from redact.governance.papers import TO_WRITE, PaperKind, as_docx, as_markdown, draft
from redact.study.folder import Study
from tests.conftest import run_redact
from tests.release.pdfa_marks import wrong_in_pdf

KINDS: tuple[PaperKind, ...] = get_args(PaperKind)
TODAY = date(2026, 12, 1)
NAMES = ("Morag", "MacLeod", "Kilmarnock", "Dunlop", "07700")


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_has_a_source_or_waits_for_a_person(
    kind: PaperKind, small_study: tuple[Path, Path]
) -> None:
    paper = draft(kind, facts_of(Study(small_study[0]), TODAY), TODAY)
    said = [one for section in paper.sections for one in section.sentences]
    assert all(section.sentences for section in paper.sections)
    assert {one.source for one in said} >= {"log", "policy", "key", "a person"}
    assert all(one.text.startswith(TO_WRITE) is (one.source == "a person") for one in said)
    text = as_markdown(paper)
    assert not any(name in text for name in NAMES)
    assert as_markdown(draft(kind, facts_of(Study(small_study[0]), TODAY), TODAY)) == text


def test_what_was_done_is_in_the_paper_afterwards(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)

    def said() -> str:
        facts = facts_of(Study(study), TODAY)
        return as_markdown(draft("dpia", facts, TODAY))

    before = said()
    assert "No release was given to anybody yet." in before
    assert "It was not tried yet whether each custodian can open it." in before
    assert "The log has no approval" in before
    assert "there is no risk report yet" in before
    day = datetime.now(UTC).date().isoformat()
    who = ("--to", "Leith Archive", "--on", day, "--purpose", "a second coding")
    for words in (
        ("release", "given", study, "safe-copy-01", *who),
        ("key", "drill", study),
        ("policy", "approve", study, "--by", "B. Chair", "--role", "board", "--for", "team"),
        ("settle", study, "--by", "A. Steward", "--reason", "read"),
    ):
        done = run_redact(*words, *key)
        assert done.code in (0, 3), done.err
    assert run_redact("risk", study, *key).code == 0
    after = said()
    assert f"Leith Archive was given safe-copy-01 on {day} (for a second coding)" in after
    assert "approved by B. Chair (board) for team access" in after
    assert f"tried last on {day}" in after
    assert "names in 10,000 words of the safe texts may be left" in after
    assert "A person settled 2 of 2 transcripts as they are now." in after
    assert "*(the file risk.json)*" in after
    policy = (study / "policy.toml").read_text("utf-8")
    (study / "policy.toml").write_text(policy + "# changed\n", "utf-8")
    assert "changed since the last report" in said()
    assert "names in 10,000 words" not in said()


@pytest.mark.parametrize("k", ['"three"', "[]", "{}", "NaN"])
def test_a_damaged_risk_report_is_told(small_study: tuple[Path, Path], k: str) -> None:
    said = '"target": "team", "names_left_in_10000_words": 1, "exposure": {"measures": []}'
    (small_study[0] / "risk.json").write_text(f'{{"k": {k}, {said}}}', "utf-8")
    refused = run_redact("papers", small_study[0], "--kind", "dpia")
    assert (refused.code, "cannot be read" in refused.err) == (1, True), refused.err


def test_the_word_file_says_the_same(small_study: tuple[Path, Path]) -> None:
    paper = draft("common-rule", facts_of(Study(small_study[0]), TODAY), TODAY)
    document = docx.Document(io.BytesIO(as_docx(paper)))
    text = "\n".join(one.text for one in document.paragraphs)
    for section in paper.sections:
        for one in section.sentences:
            assert one.text in text


def test_the_command_prints_or_writes_and_never_over_a_file(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, _ = small_study
    words = ("papers", study, "--kind", "data-management-plan")
    assert run_redact(*words).out.startswith("# Data management plan")
    done = run_redact(*words, "--as", "docx", "--to", tmp_path / "plan.docx")
    assert (done.code, "places to write" in done.out) == (0, True)
    again = run_redact(*words, "--to", tmp_path / "plan.docx")
    assert (again.code, "in the way" in again.err) == (1, True)
    done = run_redact(*words, "--as", "pdf", "--to", tmp_path / "plan.pdf")
    assert done.code == 0, done.err
    assert wrong_in_pdf((tmp_path / "plan.pdf").read_bytes()) == []
    refused = run_redact(*words, "--as", "docx")
    assert (refused.code, "--to" in refused.err) == (2, True)


def test_a_damaged_risk_report_is_named(small_study: tuple[Path, Path]) -> None:
    study, _ = small_study
    (study / "risk.json").write_text("{}", "utf-8")
    refused = run_redact("papers", study, "--kind", "dpia")
    assert refused.code == 1
    assert "risk.json" in refused.err
    assert "redact risk" in refused.err
