"""A study of two interviews whose release waits for nobody, and whoever sits at its page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from redact.custody.keyfile import Opener
from tests.conftest import PASSPHRASE, run_redact
from tests.page.rooms import Visitor, sit
from tests.shared import made_once

WORDS = "wednesday soup lot"  # what nobody finds, and everybody there knows
TALK = (
    "INT: Who was there?\nR: {} came from Kilmarnock. Aye, she did, and I was there too.\n"
    f"R: It was the {WORDS} by the river.\n"
)


def ready_study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """Its folder, made once; a test that changes it takes a copy."""

    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        for name in ("Ishbel Tannock", "Morag Haldane"):
            talk = folder / "talks" / f"{name.split()[0]}.txt"
            talk.write_text(TALK.format(name), "utf-8")
        words = ["--policy", "safe-copy", "--out", folder / "study"]
        done = run_redact("init", folder / "talks", *words, "--passphrase-file", passphrase_file)
        done = run_redact("replace", folder / "study", "--passphrase-file", passphrase_file)
        assert done.code == 0, done.err

    return made_once(tmp_path_factory, "ready", make) / "study"


def visit(root: Path) -> Visitor:
    return Visitor(sit(root), Opener.from_passphrase(PASSPHRASE))


def today() -> str:
    return datetime.now(UTC).date().isoformat()
