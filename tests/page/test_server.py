"""The page is served until nobody uses it, at a port that is free."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.conftest import run_redact
from tests.page.conftest import start
from tests.reviewed import Key
from tests.shared import copy_of


def test_a_page_that_nobody_uses_closes_by_itself(
    template: Path, tmp_path: Path, custodian: Key
) -> None:
    page = start(copy_of(template, tmp_path), custodian, "AB", "--idle", "0.02")
    said, _ = page.process.communicate(timeout=30)
    assert page.process.returncode == 0
    assert "The review page is closed" in said


def test_a_port_that_is_taken_is_an_error_in_a_line(
    template: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    study = copy_of(template, tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run_redact(
            "review",
            study,
            "--by",
            "AB",
            "--no-browser",
            "--port",
            port,
            "--passphrase-file",
            passphrase_file,
        )
    assert done.code == 2
    assert f"port {port}" in done.err
