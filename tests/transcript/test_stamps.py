"""Times that somebody typed: each holds to the next, and a time of day is none."""

from __future__ import annotations

import pytest

from redact.transcript.assemble import make_transcript


def timed(text: str) -> list[tuple[str, int, int]]:
    made = make_transcript("D1", text)
    return [(text[one.start : one.end].strip(), one.begins, one.ends) for one in made.times]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Isla Forbes  0:00\nI was there.\n\nInterviewer  0:12\nAye?\n\nIsla Forbes  1:02\nAye.",
            [("I was there.", 0, 12_000), ("Aye?", 12_000, 62_000)],
        ),
        (
            "[00:00:01] INT: Hello.\n[00:00:05.5] R: Well.\n[00:01:15] INT: Aye.\n",
            [("INT: Hello.", 1000, 5500), ("R: Well.", 5500, 75_000)],
        ),
        (
            "1\n00:00:01,250 --> 00:00:04,000\nR: Hello\nthere\n\n"
            "2\n00:00:05,000 --> 00:00:09,000\nAye.\n",
            [("R: Hello\nthere", 1250, 4000), ("Aye.", 5000, 9000)],
        ),
        (
            "R: So it was. #00:00:10-3# And then? #00:00:20-1# Aye.",
            [("R: So it was.", 0, 10_000), ("And then?", 10_000, 20_000)],
        ),
        (  # frames, or hundredths: the later counts where it ends
            "[00:00:01.20] Well [00:00:04.12] and so [00:00:09.00] it was.",
            [("Well", 1200, 5000), ("and so", 4120, 9000)],
        ),
        ("R: It was at (3:15) or [2:10], and (1:05) again, so (0:30).", []),
        ("12/05/2023, 10:31 - Isla: Hello\n12/05/2023, 10:45 - Una: Aye\n", []),
        ("R: Nothing is timed here.", []),
    ],
)
def test_a_stamp_holds_to_the_next(text: str, said: list[tuple[str, int, int]]) -> None:
    assert timed(text) == said
