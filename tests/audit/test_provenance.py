"""The log as PROV, read by another implementation."""

from __future__ import annotations

from pathlib import Path

from prov.model import ProvDocument

from redact.audit.events import RunStarted
from redact.audit.reading import read_log
from tests.conftest import run_redact


def test_provenance_is_prov_that_another_reader_reads(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, _ = study
    target = tmp_path / "prov.json"
    assert run_redact("audit", "export", made, "--prov", target).code == 0
    document = ProvDocument.deserialize(str(target), format="json")
    kinds = [record.get_type().localpart for record in document.get_records()]
    runs = [entry for entry in read_log(made / "audit") if isinstance(entry.event, RunStarted)]
    assert kinds.count("Activity") == len(runs)
    assert kinds.count("Agent") == 1
    assert "Morag" not in target.read_text("utf-8")
