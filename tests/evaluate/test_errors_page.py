"""The page of errors shows originals: it escapes them, warns, and lies only beside originals."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.evaluate.errors_page import find_problems, write_page
from redact.evaluate.gold import GoldDocument, GoldSpan
from tests.conftest import Result


def test_the_page_of_errors_escapes_and_warns() -> None:
    document = GoldDocument(
        id="a",
        text="<script>Morag</script> Leith",
        spans=(GoldSpan(start=8, end=13, label="PERSON"),),
    )
    page = write_page(find_problems([document], {"a": ()}))
    assert "<script>" not in page
    assert "&lt;script&gt;<mark>Morag</mark>" in page
    assert "holds original names" in page


@pytest.mark.model
def test_the_page_of_errors_lies_only_among_originals(
    redact: Callable[..., Result], tmp_path: Path
) -> None:
    gold = tmp_path / "annotated" / "gold.jsonl"
    gold.parent.mkdir()
    spans = [{"start": 0, "end": 5, "label": "PERSON"}]
    row = {"id": "a", "text": "Morag said no.", "spans": spans}
    gold.write_text(json.dumps(row) + "\n", "utf-8")
    study = tmp_path / "study"
    for folder in ("work", "safe", "release/r-01"):
        (study / folder).mkdir(parents=True)
    (study / "study.toml").write_text("", "utf-8")

    def code(page: Path) -> int:
        return redact("evaluate", gold, "--policy", "safe-copy", "--errors", page).code

    for place in (tmp_path, study / "safe", study / "release" / "r-01"):
        assert code(place / "errors.html") == 2
        assert not (place / "errors.html").exists()
    for place in (gold.parent, study, study / "work"):
        assert code(place / "errors.html") == 0
        assert (place / "errors.html").exists()
