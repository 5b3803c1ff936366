"""A person's word that a transcript was read: recorded once, and void when it changes since."""

import pytest

from redact.errors import RedactError, UsageError
from redact.page.sitting import Sitting
from redact.review.decide import decide
from redact.review.settle import (
    first_readers,
    settle,
    settled_documents,
    shown_before_settling,
)
from redact.study.folder import Study
from tests.review.conftest import Made, place


def test_what_is_settled_is_recorded_once_and_by_whom(made: Made) -> None:
    assert settled_documents(made.desk()) == frozenset()
    (name,) = settle(made.desk(), (), "AB", "read it")
    assert settled_documents(made.desk()) == {"D0001"}
    assert settle(made.desk(), (name,), "CD", "read it too") == ()
    log = (made.root / "audit" / "log.jsonl").read_text("utf-8")
    assert [log.count(f'"action":"settle","by":"{by}"') for by in ("AB", "CD")] == [1, 0]


def test_a_transcript_that_changes_is_to_be_read_again(made: Made) -> None:
    settle(made.desk(), (), "AB", "read it")
    decide(made.desk(), (place("Corriedoon", None),), "AB", -1)
    made.safe()
    assert settled_documents(made.desk()) == frozenset()
    assert len(settle(made.desk(), (), "AB", "read it")) == 1


def test_a_name_that_is_none_is_refused(made: Made) -> None:
    with pytest.raises(UsageError, match="no safe transcript called scot_77") as refused:
        settle(made.desk(), ("scot_77",), "AB", "read it")
    assert refused.value.where == str(made.root / "safe")
    assert settled_documents(made.desk()) == frozenset()


def test_nobody_accepts_a_safe_transcript_that_was_edited(made: Made) -> None:
    (path,) = (made.root / "safe").iterdir()
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(RedactError, match="missing or was edited"):
        settle(made.desk(), (), "AB", "read it")
    assert settled_documents(made.desk()) == frozenset()


def test_that_an_original_was_shown_is_said_only_where_the_log_says_so_of_that_person(
    made: Made,
) -> None:
    def look(by: str, page: str) -> None:
        Sitting(study=Study(made.root), by=by, approved_by=()).look(page, ["D0001"])

    look("A. Reader", "entities")  # not the transcript
    look("B. Other", "transcript")  # not the one who settles
    settle(made.desk(), (), "A. Reader", "read it")
    assert shown_before_settling(made.desk()) == frozenset()
    look("A. Reader", "transcript")  # after they had settled it
    assert shown_before_settling(made.desk()) == frozenset()
    decide(made.desk(), (place("Corriedoon", None),), "A. Reader", -1)
    made.safe()
    settle(made.desk(), (), "a reader", "read it")
    assert shown_before_settling(made.desk()) == {"D0001"}


def test_who_decided_or_settled_is_a_first_reader(made: Made) -> None:
    assert first_readers(made.desk()) == {}
    decide(made.desk(), (place("Corriedoon", None),), "A. Reader", -1)
    made.safe()
    settle(made.desk(), (), "C. D.", "read it")
    assert first_readers(made.desk()) == {"D0001": frozenset({"areader", "cd"})}
    alone = made.redact("review", made.root, "--by", "a reader", "--second", 1, *made.key)
    assert (alone.code, "another person's" in alone.err) == (2, True)
