"""A study of two interviews to be reviewed, made once for the tests of `review` and `page`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_redact
from tests.shared import made_once

ONE = (
    "INT: Who was there?\nR: Morag Haldane came first, then Fergus Petrie of Kilmarnock.\n"
    "INT: And then?\nR: Will came as well. I said he will. Morag Haldane was grand, so she was.\n"
    "R: We met Zebedee Quill and <script>document.title='stolen'</script> & \"more\".\n"
    "R: Hidden \N{RIGHT-TO-LEFT OVERRIDE}garoM\N{POP DIRECTIONAL FORMATTING} and "
    "zero\N{ZERO WIDTH SPACE}width, a face \N{GRINNING FACE}.\n"
    f"R: {'w' * 10_000}.\n"
)
TWO = (
    "INT: Hello.\nR: Morag Haldane and Will again, at Corriedoon Care.\nINT: Thanks, Will.\n"
    "R: She was the only Gaelic-speaking team leader on the island, mind.\n"
)

Key = tuple[str, Path]  # an option of the command that opens a study, and its file


def reviewed_study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A folder with a study of two interviews, made once, and a custodian's identity file.

    The page is opened with the identity: a passphrase costs a second at each start.
    """

    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        (folder / "talks" / "one.txt").write_text(ONE, "utf-8")
        (folder / "talks" / "two.txt").write_text(TWO, "utf-8")
        study, key = folder / "study", ("--passphrase-file", passphrase_file)
        done = run_redact(
            "run", folder / "talks", "--policy", "archive-deposit", "--out", study, *key
        )
        assert done.code in (0, 3), done.err
        recipient = run_redact("key", "new", folder / "custodian.txt", "--json").json["recipient"]
        added = run_redact("key", "add-custodian", study, "second", "--recipient", recipient, *key)
        assert added.code == 0, added.err

    return made_once(tmp_path_factory, "review", make)
