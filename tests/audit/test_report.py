"""The report: whether the log is true comes first, and no name is in it."""

from __future__ import annotations

from pathlib import Path

from redact.audit.report import as_markdown, as_page, make_report
from redact.audit.verify import Verification
from tests.conftest import run_redact


def test_the_report_says_first_whether_the_log_is_true(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    page, text = tmp_path / "r.html", tmp_path / "r.md"
    assert run_redact("audit", "report", made, "--to", page, *key).code == 0
    shown = page.read_text("utf-8")
    assert shown.index("is intact") < shown.index("Policies in force")
    for heading in (
        "Decisions of people",
        "Custody of the linkage key",
        "Releases and their gates",
    ):
        assert heading in shown
    assert "A. &lt;b&gt;Steward" in shown
    assert "<b>Steward" not in shown
    assert not {"Morag", "MacLeod", "Kilmarnock", "Dunlop"} & set(shown.replace("<", " ").split())
    alone = run_redact("audit", "report", made, "--to", text)
    assert alone.code == 3
    assert "No key from outside" in text.read_text("utf-8").split("##")[0]


def test_a_report_of_a_changed_log_warns_before_anything_else() -> None:
    report = make_report(
        "x", (), Verification(status="tampered", entries=3, anchored=0, findings=("entry 1: …",))
    )
    assert as_markdown(report).split("\n")[2] == (
        "**THE LOG WAS TAMPERED WITH. Do not rely on anything below.**"
    )
    assert 'class="bad"' in as_page(report)
