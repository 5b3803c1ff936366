"""Why a pseudonym stands where it stands, told without an original word unless somebody opens."""

import pytest

from redact.custody.keyfile import Opener
from redact.errors import UsageError
from redact.review.explain import explain
from redact.study.folder import Study
from tests.conftest import PASSPHRASE
from tests.review.conftest import Made


def log_of(made: Made) -> str:
    return (made.root / "audit" / "log.jsonl").read_text("utf-8")


def test_a_pseudonym_is_explained_with_its_places_and_no_original(made: Made) -> None:
    for written in ("[Person 1]", "person 1"):
        (told,) = explain(Study(made.root), written)
        assert (told.pseudonym, told.label) == ("[Person 1]", "PERSON")
        assert [one.shown for one in told.occurrences] == ["[Person 1]"] * len(told.occurrences)
        assert all(one.original == "" and one.sources for one in told.occurrences)
    assert "linkage.revealed" not in log_of(made)


def test_a_line_is_explained_with_those_that_stand_on_it(made: Made) -> None:
    (path,) = (made.root / "safe").iterdir()
    told = explain(Study(made.root), f"{path.name}:2")
    assert len(told) >= 2
    assert {one.line for who in told for one in who.occurrences} == {2}
    assert {one.file for who in told for one in who.occurrences} == {path.name}


def test_originals_are_shown_to_who_opens_the_key_and_that_is_logged(made: Made) -> None:
    opener = Opener.from_passphrase(PASSPHRASE)
    (path,) = (made.root / "safe").iterdir()
    told = explain(Study(made.root), f"{path.name}:2", opener, "a query")
    assert "Morag Haldane" in {one.original for who in told for one in who.occurrences}
    assert "Haldane" not in repr(told)
    assert log_of(made).count("linkage.revealed") == 2, "before it is done and after"
    assert "explain: a query" in log_of(made)
    assert "Haldane" not in log_of(made)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("[Person 77]", "nothing in this study has this pseudonym"),
        ("elsewhere.txt:1", "no line of a safe transcript"),
    ],
)
def test_what_is_not_there_is_said(made: Made, what: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        explain(Study(made.root), what)
    assert refused.value.where == what
    assert "scot_01.txt:12" in refused.value.remedy


def test_a_line_that_is_none_or_has_nothing_on_it_is_said(made: Made) -> None:
    (path,) = (made.root / "safe").iterdir()
    for line, said in ((999, "no line of a safe transcript"), (1, "nothing was replaced on this")):
        with pytest.raises(UsageError, match=said):
            explain(Study(made.root), f"{path.name}:{line}")
