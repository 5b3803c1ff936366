"""What a person says of who is who is checked, recorded without words, and can be taken back."""

import re
from collections.abc import Callable

import pytest

from redact.errors import UsageError
from redact.review import correct
from redact.study.desk import Desk
from tests.review.conftest import Made

Change = Callable[[Desk], None]


def corrected(made: Made, change: Change) -> str:
    """The safe text after this correction."""
    change(made.desk())
    return made.safe()


def test_two_are_joined_and_it_is_undone(made: Made) -> None:
    before = made.safe()
    joined = corrected(
        made, lambda desk: correct.merge(desk, ("[Person 1]", "Person 2"), "AB", "the same")
    )
    both = ("[Person 1]", "[Person 2]")
    assert [name in before for name in both] == [True, True]
    assert sorted(name in joined for name in both) == [False, True]
    assert corrected(made, lambda desk: correct.undo(desk, None, "AB", "not so")) == before
    with pytest.raises(UsageError):
        correct.undo(made.desk(), None, "AB", "once more")


def test_what_a_person_chose_to_show_is_shown(made: Made) -> None:
    shown = corrected(
        made, lambda desk: correct.rename(desk, "[Person 1]", "Manager A", "AB", "her work")
    )
    assert "[Manager A]" in shown
    assert "[Person 1]" not in shown


def test_an_action_stands_above_the_policy(made: Made) -> None:
    shown = corrected(made, lambda desk: correct.act(desk, ("[Person 1]",), "keep", "AB", "public"))
    assert "Morag Haldane" in shown


def test_who_did_what_is_logged_and_no_name_with_it(made: Made) -> None:
    correct.merge(made.desk(), ("[Person 1]", "[Person 2]"), "AB", "the same")
    log = (made.root / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"merge","by":"AB"' in log
    kept = (made.root / "corrections.jsonl").read_text("utf-8")
    assert not {"Haldane", "Petrie"} & {
        word for word in ("Haldane", "Petrie") if word in log + kept
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda desk: correct.merge(desk, ("[Person 1]",), "AB", ""), "two or more"),
        (lambda desk: correct.merge(desk, ("[Person 1]", "[Person 77]"), "AB", ""), "nobody"),
        (lambda desk: correct.rename(desk, "[Person 1]", "[person  2]", "AB", ""), "somebody's"),
        (lambda desk: correct.rename(desk, "[Person 1]", "[M\u202eA]", "AB", ""), "characters"),
        (lambda desk: correct.rename(desk, "[Person 1]", "[---]", "AB", ""), "letter or a figure"),
        (lambda desk: correct.apart(desk, (), "AB", ""), "somebody each"),
        (lambda desk: correct.split(desk, "[Person 1]", ("x.txt:3",), "AB", ""), "no line of"),
        (lambda desk: correct.rename(desk, "[Person 1]", "[a]b]", "AB", ""), "pair of brackets"),
        (lambda desk: correct.rename(desk, "[Person 1]", "[Person 2]", "AB", ""), "somebody's"),
        (
            lambda desk: correct.rename(desk, "[Person 1]", "[O Haldane]", "AB", ""),
            "is a real name here",
        ),
        (lambda desk: correct.retype(desk, "[Person 1]", "ANIMAL", "AB", ""), "a label is one of"),
        (lambda desk: correct.act(desk, ("[Person 1]",), "shout", "AB", ""), "can become"),
        (lambda desk: correct.undo(desk, 7, "AB", ""), "nothing of this number"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_recorded(
    made: Made, change: Change, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        change(made.desk())
    assert not (made.root / "corrections.jsonl").exists()


def test_unlike_things_are_joined_only_once_both_are_of_one_kind(made: Made) -> None:
    """The second half is the remedy that the refusal names."""
    correct.retype(made.desk(), "[Person 2]", "PLACE", "AB", "a house of this name")
    (place,) = set(re.findall(r"\[Place \d+\]", made.safe()))
    with pytest.raises(UsageError, match="different kinds \\(PERSON, PLACE\\)") as refused:
        correct.merge(made.desk(), ("[Person 1]", place), "AB", "the same")
    assert "entity retype" in str(refused.value)
    correct.retype(made.desk(), place, "PERSON", "AB", "a person after all")
    people = sorted(set(re.findall(r"\[Person \d+\]", made.safe())))
    correct.merge(made.desk(), tuple(people[:2]), "AB", "the same")
    assert len(set(re.findall(r"\[Person \d+\]", made.safe()))) == len(people) - 1
