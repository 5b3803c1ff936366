"""A log is checked against what was kept outside it."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import run_redact


def test_an_anchor_is_logged_short_and_notices_a_rollback(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    before = (made / "audit" / "log.jsonl").read_bytes()
    checkpoint = (made / "audit" / "log.checkpoint").read_bytes()
    printed = run_redact("audit", "anchor", made, "--where", "ethics office")
    assert printed.code == 0
    assert len(printed.out.encode()) < 400  # a QR code of this size is easily read
    kept = tmp_path / "kept.note"
    assert run_redact("audit", "anchor", made, "--where", "library", "--to", kept).code == 0
    asked = ["audit", "verify", made, *key, "--anchor", kept]
    assert run_redact(*asked).code == 0
    inside = run_redact("audit", "anchor", made, "--where", "x", "--to", made / "a.note")
    assert (inside.code, "protects nothing" in inside.err) == (2, True)
    (made / "audit" / "log.jsonl").write_bytes(before)
    (made / "audit" / "log.checkpoint").write_bytes(checkpoint)
    rolled = run_redact(*asked)
    assert (rolled.code, "are gone since anchor kept.note" in rolled.out) == (1, True)
