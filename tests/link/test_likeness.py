"""What speaks for two people being one."""

from __future__ import annotations

import pytest

from redact.link.likeness import AlikeBy, Spoken, likeness, spoken_of
from redact.link.linker import link
from redact.link.scenes import read_uses
from tests.link.talks import Marked, marked_talks


def two(first: str, second: str, together: bool) -> list[Spoken]:
    """Two people of these names, in one transcript or in two."""
    texts = [f"P: So {first} came.\n", f"P: And {second} went.\n"]
    names: list[Marked] = [[(first, "PERSON")], [(second, "PERSON")]]
    talks = (
        [("".join(texts), names[0] + names[1])]
        if together
        else list(zip(texts, names, strict=True))
    )
    transcripts, detections = marked_talks(*talks)
    uses = [
        use
        for transcript, detection in zip(transcripts, detections, strict=True)
        for use in read_uses(transcript, detection.mentions, ())
    ]
    entities = link(transcripts, detections)
    return [
        spoken_of(one, [use for use in uses if use.mention in one.mentions]) for one in entities
    ]


@pytest.mark.parametrize(
    ("first", "second", "together", "clue"),
    [
        ("Ishbel Kerr", "Carr", True, AlikeBy.SOUND),
        ("Kasia Laidlaw", "Kasia Zelek", True, AlikeBy.WORD),
        ("Kasia Laidlaw", "Kasia Zelek", False, AlikeBy.WORD),
        ("Rosina Cruz", "Reeny", True, AlikeBy.LETTER),
        ("Rosina Cruz", "Jopka", True, AlikeBy.UNUSUAL),
        ("Rosina Cruz", "Hugh Petrie", True, AlikeBy.TOGETHER),
        ("Rosina Cruz", "Jopka", False, None),
    ],
)
def test_the_strongest_clue_is_told(
    first: str, second: str, together: bool, clue: AlikeBy | None
) -> None:
    people = two(first, second, together)
    if len(people) == 1:
        pytest.fail("linking joined them: there is nothing to ask")
    one, other = people
    alike = likeness(one, other)
    assert (alike.clue if alike else None) == clue


def test_a_clue_says_more_where_both_are_spoken_of_together() -> None:
    pairs = (two("Ishbel Kerr", "Carr", way) for way in (True, False))
    here, there = (likeness(one, other) for one, other in pairs)
    assert here
    assert there
    assert here.share > there.share > 0
