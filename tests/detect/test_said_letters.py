"""Letters of a number as people say them, and those of talk, which are none."""

import pytest

from redact.detect.said_letters import head_before
from redact.detect.spoken import number_runs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("it is A as in apple, four four one seven", "A4417"),
        ("it is a for apple four four one seven", "A4417"),
        ("it is capital A capital K four four one", "AK441"),
        ("kilo four four one seven", "K4417"),
        ("six four, KV, three two nine two", "64KV3292"),
        ("six four kv three two nine two", "64KV3292"),
        ("it was three six point oh two two", "36022"),
        ("four. four. one. oh. three.", "44103"),
    ],
)
def test_letters_amid_figures_are_read(text: str, said: str) -> None:
    assert [run.said for run in number_runs(text)] == [said]


@pytest.mark.parametrize(
    "text", ["a room three by three", "two NHS trusts", "on PIP forty-eight weeks", "one for all"]
)
def test_words_and_bodies_are_no_letters(text: str) -> None:
    assert not [run for run in number_runs(text) if any(c.isalpha() for c in run.said)]


def test_a_time_between_two_turns_is_no_part_of_a_number() -> None:
    text = "[00:01:02] it is four four one\n[00:01:27] seven oh nine"
    assert [run.said for run in number_runs(text)] == ["441709"]


@pytest.mark.parametrize(
    ("before", "one_by_one", "head"),
    [
        ("her number is KD ", True, "KD "),
        ("it is cr stroke ", False, "cr stroke "),
        ("on the computer gs ", True, "gs "),
        ("on the computer gs ", False, None),
        ("ten mg ", True, None),
        ("over the slash ", True, None),
    ],
)
def test_letters_said_as_one_before_a_number(
    before: str, one_by_one: bool, head: str | None
) -> None:
    found = head_before(before, one_by_one)
    assert (found[0] if found else None) == head
