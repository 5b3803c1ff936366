"""The second look at what goes out: a gate that bears as many names as the policy says."""

import pytest

from redact.release.released import ReleasedText
from redact.release.second_look import gate_residual, second_look

NOBODY: dict[bool, int] = {}


def test_the_gate_bears_as_many_as_the_policy_says_the_unseen_ones_counted() -> None:
    text = "R: So Orinthia came. " + "And then we had tea and talked. " * 200
    texts = [ReleasedText("transcripts/a.txt", text, is_transcript=True)]
    look = second_look(texts, NOBODY)
    assert look.in_10_000_words == pytest.approx(10_000 * (1 + 50 / 32) / len(text.split()))
    assert gate_residual(look, 25).passed
    refused = gate_residual(look, 15)  # one alone is 7 in 10,000 words
    assert not refused.passed
    assert refused.findings[0].sentence() == (
        "1 of 1,404 words looks like a name, and about 2 more are expected; your policy allows 2"
    )
    assert refused.findings[1].sentence() == "transcripts/a.txt, line 1: stands where names stand"
    assert "Orinthia" not in str(refused)
    assert gate_residual(second_look([ReleasedText("README.md", text)], NOBODY), 0).passed


def test_names_that_a_person_marked_count_for_the_time_before_anybody_read() -> None:
    text = "And then we had tea and talked. " * 200
    look = second_look([ReleasedText("transcripts/a.txt", text, is_transcript=True)], {True: 5})
    assert look.findings == ()
    assert look.unseen.names == 0
    assert look.before_reading.names == pytest.approx(5 * 50 / 32)
    assert gate_residual(look, 0).passed  # they are hidden now, and nothing else is seen


def test_a_name_in_two_formats_of_one_interview_counts_once() -> None:
    text = "R: So Orinthia came and Orinthia went."
    names = ("transcripts/a.txt", "original-format/a.docx")
    texts = [ReleasedText(name, text, is_transcript=True) for name in names]
    look = second_look(texts, NOBODY)
    assert look.unseen.names == pytest.approx(50 / 32)
    assert look == second_look(texts[:1], NOBODY)  # it does not thin out what is left
