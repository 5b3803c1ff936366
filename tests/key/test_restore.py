"""The way back: every source, never over something else."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import run_redact, tree


def test_restore_never_writes_over_something_else(
    tmp_path: Path, small_study: tuple[Path, Path], small_source: Path
) -> None:
    study, passphrase = small_study
    target = tmp_path / "b"
    target.mkdir()
    (target / "one.txt").write_text("mine", "utf-8")
    result = run_redact("restore", study, "--to", target, "--passphrase-file", passphrase)
    assert result.code == 2
    assert tree(target) == {"one.txt": b"mine"}
    inside = run_redact("restore", study, "--to", study / "b", "--passphrase-file", passphrase)
    assert inside.code == 2
    assert (
        run_redact("restore", study, "--to", tmp_path / "c", "--passphrase-file", passphrase).code
        == 0
    )
    assert tree(tmp_path / "c") == tree(small_source)
