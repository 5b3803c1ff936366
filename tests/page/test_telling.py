"""What it still tells, on the page: as the command has it, and anew when something changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.assess.report import assess
from redact.page.telling import lines_of
from tests.opened import OWN, open_study
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of


@pytest.mark.model
def test_the_verdict_is_that_of_the_command_and_shows_no_original(
    tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path
) -> None:
    room = sit(copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path))
    visitor = Visitor(room)
    page, seen = visitor.read("/tells"), assess(room.desk)
    while "This is being counted" in page:  # a reader's browser asks again, too
        page = visitor.read("/tells")
    for level, why in seen.not_reached.items():
        assert ("Not yet" in page) or not why, level
    for line in lines_of(seen):
        assert line.head in page
    assert page.count('class="button primary"') <= 1
    assert OWN not in page
    assert "Ishbel" not in page
