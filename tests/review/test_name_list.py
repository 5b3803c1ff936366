"""The list of names has, beside each that is asked about, those that it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import study_of
from tests.review.test_apply_names import Listed, row_of


def test_whom_a_name_may_be_stands_beside_it_and_can_be_chosen(
    tmp_path: Path, passphrase_file: Path
) -> None:
    one = "INT: Who?\nR: Dougie Farquhar came, not Dougie Menmuir.\n"
    talks = {"one.txt": one, "two.txt": "INT: And?\nR: Dougie came, and Dougie went.\n"}
    study_of(tmp_path, talks, passphrase_file, "safe-copy")
    listed = Listed(tmp_path / "study", tmp_path, ("--passphrase-file", passphrase_file))
    rows = listed.rows()
    dougie, wisely = row_of(rows, "Dougie"), row_of(rows, "Dougie Menmuir")
    may_be = dict(one.split(" ", 1)[::-1] for one in dougie["may be"].split("; "))
    assert {*may_be} == {"Dougie Farquhar", "Dougie Menmuir"}
    assert dougie["question"]
    assert wisely["ref"].startswith(may_be["Dougie Menmuir"])
    dougie["same as"] = may_be["Dougie Menmuir"]
    assert listed.give_back(rows).code == 0
    assert row_of(listed.rows(), "Dougie Menmuir")["also called"] == "Dougie"


@pytest.mark.model
def test_a_list_of_an_earlier_build_is_read(tmp_path: Path, passphrase_file: Path) -> None:
    talk = "INT: Who?\nR: Fergus Munnoch came. Fergus stayed, and Fergus Munnoch went.\n"
    study_of(tmp_path, {"one.txt": talk}, passphrase_file, "safe-copy")
    listed = Listed(tmp_path / "study", tmp_path, ("--passphrase-file", passphrase_file))
    rows = listed.rows()
    row_of(rows, "Fergus Munnoch")["also called"] = ""
    once = [
        {("other forms" if head == "also called" else head): cell for head, cell in row.items()}
        for row in rows
    ]
    assert listed.give_back(once).code == 0
    assert row_of(listed.rows(), "Fergus Munnoch")["also called"] == ""
