"""Times and numbers are structure: found wherever they stand, and no mention holds one."""

import pytest

from redact.core import Mention, Place, Source
from redact.transcript.assemble import make_transcript
from redact.transcript.marks import beside_marks, marks_in, without_marks

SAID = ("So?", "Aye, Fergus.", "And?", "No.")


def lines(form: str) -> str:
    """Four turns, each behind what stands before it."""
    return "\n".join(
        form.format(number, 10 + number) + f"{who}: {said}"
        for number, (who, said) in enumerate(zip(("Una", "Archie") * 2, SAID, strict=True), start=1)
    )


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (lines("00:00:{1} "), ["00:00:11", "00:00:12", "00:00:13", "00:00:14"]),
        (lines("00:00:{1}-00:00:{1} ")[:60], ["00:00:11-00:00:11", "00:00:12-00:00:12"]),
        (lines("[0:{1} - 0:{1}] ")[:40], ["[0:11 - 0:11]", "[0:12 - 0:12]"]),
        (lines("{0}. "), ["1", "2", "3", "4"]),
        (lines("{0}\t"), ["1", "2", "3", "4"]),
        ("Una: I was there [00:12:31] in the end (00:13).\n", ["[00:12:31]", "(00:13)"]),
        ("Una: So. #00:01:02-3#\n", ["#00:01:02-3#"]),
        ("Una  0:32\nSo.\n\nArchie  0:40\nAye.\n", ["0:32", "0:40"]),
        (
            "1\n00:01,0 --> 00:02,0\nUna: So.\n\n2\n00:03,0 --> 00:04,0 Archie\nAye.\n",
            ["1", "00:01,0 --> 00:02,0", "2", "00:03,0 --> 00:04,0"],
        ),
        ("0:00:01.500,0:00:02.500\nSo.\n\n", ["0:00:01.500,0:00:02.500"]),
        # A year, a clock and an amount that somebody says are words.
        ("1968\tborn\n1984\tleft\n1991\tcame back\n", []),
        ("Una: It was 10:30, or 12 of us.\n", []),
    ],
)
def test_marks_are_times_and_numbers_and_no_words(text: str, marks: list[str]) -> None:
    transcript = make_transcript("a", text)
    found = marks_in(transcript)
    assert [text[mark.start : mark.end] for mark in found] == marks
    blanked = without_marks(text, found)
    assert len(blanked) == len(text)
    assert (
        blanked.split()
        == "".join(
            " " * len(c) if any(m.start <= at < m.end for m in found) else c
            for at, c in enumerate(text)
        ).split()
    )


def test_a_mention_that_runs_over_a_time_is_cut_there() -> None:
    text = "Una: It was Rowena [00:05:00] Dimmock who came.\n"
    transcript = make_transcript("a", text)
    start, end = text.index("Rowena"), text.index(" who")
    mention = Mention(
        place=Place.at("a", start, end), label="PERSON", score=0.9, sources=(Source.NAME_MODEL,)
    )
    cut = list(beside_marks(text, [mention], marks_in(transcript)))
    assert [text[one.start : one.end] for one in cut] == ["Rowena", "Dimmock"]
