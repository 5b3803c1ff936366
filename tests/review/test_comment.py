"""Comments lie in the linkage key and nowhere else."""

import re

import pytest

from redact.errors import UsageError
from redact.review import comment
from tests.review.conftest import Made


def test_comments_lie_in_the_key_only_and_go_with_it(made: Made) -> None:
    desk = comment.comment(made.desk(), "D0001", 5, 9, "Is Will\nMorag's son?", "AB")
    (said,) = desk.key.comments
    assert (said.by, said.start, said.text) == ("AB", 5, "Is Will\nMorag's son?")
    assert "son" not in repr(said)
    (again,) = made.desk().key.comments
    assert again == said
    for path in made.root.rglob("*"):
        assert not path.is_file() or b"Morag's son" not in path.read_bytes()
    grown = made.safe()  # a run of the stages keeps them
    assert grown
    assert made.desk().key.comments == (said,)
    comment.answer(made.desk(), said.id, "CD")
    assert made.desk().key.comments == ()
    with pytest.raises(UsageError):
        comment.answer(made.desk(), said.id, "CD")
    log = (made.root / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"comment","by":"AB"' in log
    assert '"action":"comment dealt with","by":"CD"' in log
    assert "son" not in re.findall(r"\w+", log)


def test_two_who_comment_at_once_lose_nothing(made: Made) -> None:
    one, two = made.desk(), made.desk()
    comment.comment(one, "D0001", 5, 9, "first", "AB")
    comment.comment(two, "D0001", 5, 9, "second", "CD")
    assert [said.text for said in made.desk().key.comments] == ["first", "second"]


@pytest.mark.parametrize(
    ("start", "end", "text"), [(0, 5, "  "), (0, 5, "x" * 4001), (5, 5, "a"), (0, 10_000, "a")]
)
def test_a_comment_says_something_of_some_place(
    made: Made, start: int, end: int, text: str
) -> None:
    with pytest.raises(UsageError):
        comment.comment(made.desk(), "D0001", start, end, text, "AB")
