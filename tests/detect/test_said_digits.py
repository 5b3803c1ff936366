"""A number said figure by figure ends where a sentence begins or something is counted."""

import pytest

from redact.detect.spoken import number_runs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # What begins a sentence or counts is none of the number.
        ("Y, K, F, three, oh, six, W, one, one. Sixty-nine, four kids", ["YKF306W11"]),
        ("oh nine, dash, oh four seven one two. Two numbers swapped", ["0904712"]),
        ("docket 23-CV-00981, and ten minutes", []),
        ("when you're seventy-six on nine hundred and forty a month", []),
        # "One" and "the boy" are no figures of the number behind them.
        ("the work one, 07700 900 462", []),
        ("her real one. Four four seven, oh nine one", ["447091"]),
        ("out loud to the boy, nine one seven, oh six", ["91706"]),
        # A full stop within a number ends nothing.
        ("four four seven. Oh nine one. Two two six.", ["447091226"]),
        ("it's Two. Four. Nine. One.", ["2491"]),
        ("adam boy nine one seven", ["AB917"]),
    ],
)
def test_a_said_number_ends_where_something_else_begins(text: str, said: list[str]) -> None:
    assert [run.said for run in number_runs(text) if run.words and len(run.said) > 3] == said
