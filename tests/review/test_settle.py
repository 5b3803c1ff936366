"""A person's word that a transcript was read: recorded once, and void when it changes since."""

import pytest

from redact.errors import RedactError, UsageError
from redact.review.decide import decide
from redact.review.settle import (
    accepted_unread,
    first_readers,
    settle,
    settled_documents,
)
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


def test_what_was_accepted_unread_may_be_read_later_and_not_the_other_way(made: Made) -> None:
    assert len(settle(made.desk(), (), "AB", "a trial", unread=True)) == 1
    assert settled_documents(made.desk()) == accepted_unread(made.desk()) == {"D0001"}
    assert len(settle(made.desk(), (), "AB", "read it")) == 1
    assert accepted_unread(made.desk()) == frozenset()
    assert settle(made.desk(), (), "AB", "a trial", unread=True) == ()


def test_who_decided_or_settled_is_a_first_reader(made: Made) -> None:
    assert first_readers(made.desk()) == {}
    decide(made.desk(), (place("Corriedoon", None),), "A. Reader", -1)
    made.safe()
    settle(made.desk(), (), "C. D.", "read it")
    assert first_readers(made.desk()) == {"D0001": frozenset({"areader", "cd"})}
    alone = made.redact("review", made.root, "--by", "a reader", "--second", 1, *made.key)
    assert (alone.code, "another person's" in alone.err) == (2, True)
