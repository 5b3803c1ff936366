"""Describe: each answer is checked and saved when it is given, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.study.description import QUESTIONS, read_description
from redact.study.folder import Study
from tests.opened import open_study
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.fixture
def visitor(root: Path) -> Visitor:
    return Visitor(sit(root))


@pytest.mark.model
def test_each_example_is_an_answer_that_is_taken_and_saved_at_once(
    visitor: Visitor, root: Path
) -> None:
    for at, question in enumerate(QUESTIONS):
        status, where = visitor.fill_in(f"/describe/{question.field}", said=question.example)
        assert status == 303, (question.field, where)
        following = f"/{QUESTIONS[at + 1].field}" if at + 1 < len(QUESTIONS) else ""
        assert where.endswith(f"/describe{following}")
        assert getattr(read_description(Study(root)), question.field)
    assert "Every question has an answer" in visitor.read("/describe")


@pytest.mark.model
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("year", "26"),
        ("collected", "last spring"),
        ("embargo", "2027-02-30"),
        ("access", "secret"),
        ("title", "Care as Ishbel Tannock has it"),
        ("abstract", "What Ishbel Tannock told us"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field_and_costs_no_other(
    visitor: Visitor, root: Path, field: str, said: str
) -> None:
    visitor.fill_in("/describe/grant", said="ES/X000000/1")
    before = (root / "study.toml").read_bytes()
    status, page = visitor.fill_in(f"/describe/{field}", said=said)
    assert (status, "There is a problem" in page) == (400, True)
    assert "\\d" not in page  # no pattern is shown
    assert said in page or field == "access"
    assert (root / "study.toml").read_bytes() == before


@pytest.mark.model
def test_later_leaves_a_question_open_and_nobody_s_address_asks_another(
    visitor: Visitor, root: Path
) -> None:
    before = (root / "study.toml").read_bytes()
    status, where = visitor.fill_in("/describe/title", said="A title", do="later")
    assert (status, where.endswith("/describe/abstract")) == (303, True)
    assert (root / "study.toml").read_bytes() == before
    assert visitor.get(f"{visitor.door.root}/describe/nothing").status_code == 400


@pytest.mark.model
def test_makers_keep_what_was_said_of_them(visitor: Visitor, root: Path) -> None:
    text = (root / "study.toml").read_text("utf-8")
    made = 'creators = [{ name = "Example, Ada", orcid = "0000-0002-1825-0097" }]'
    (root / "study.toml").write_text(text.replace("creators = []", made, 1), "utf-8")
    visitor.fill_in("/describe/creators", said="Example, Ada; Sample, Robin")
    known = read_description(Study(root)).creators
    assert [(one.name, one.orcid) for one in known] == [
        ("Example, Ada", "0000-0002-1825-0097"),
        ("Sample, Robin", ""),
    ]
