"""Passages that single a person out together: found, ranked, gone when they are bracketed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Detection, Mention, Place, Source, Transcript
from redact.risk.details import Passage, single_out
from redact.transcript.turns import read_structure

SENTENCES = (Path(__file__).parent / "sentences.txt").read_text("utf-8")


def sentences(heading: str) -> list[str]:
    _, _, rest = SENTENCES.partition(f"[{heading}]\n")
    return [line for line in rest.partition("\n[")[0].split("\n") if line]


def transcript(text: str, name: str = "D1") -> Transcript:
    return Transcript(id=name, text=text, turns=read_structure(text).turns)


def found(text: str, *mentions: Mention) -> tuple[Passage, ...]:
    return single_out([transcript(text)], {"D1": Detection("D1", mentions)})


@pytest.mark.parametrize(
    ("heading", "least", "most"),
    [
        ("tuned singles out", 26, 30),
        ("tuned does not", 0, 0),
        ("held singles out", 10, 20),
        ("held does not", 0, 0),
    ],
)
def test_so_many_of_the_sentences_are_flagged(heading: str, least: int, most: int) -> None:
    """The list of words is no understanding; what it finds must not become less."""
    flagged = [line for line in sentences(heading) if found(f"R: {line}\n")]
    assert least <= len(flagged) <= most, flagged


def test_the_only_one_comes_before_what_is_merely_telling() -> None:
    text = (
        "R: He's a nurse, he was in prison once. We talked.\n"
        "INT: Yes?\n"
        "R: She was the only Gaelic-speaking team leader on the island.\n"
    )
    first, second = found(text)
    assert first.kinds == ("unique", "role", "place", "background")
    assert text[first.start : first.end] == "only Gaelic-speaking team leader on the island"
    assert second.kinds == ("role", "event")


def test_details_of_two_speakers_or_far_apart_are_not_one_persons() -> None:
    assert found("R: He's a nurse.\nINT: Was he in prison?\n") == ()
    assert found("R: He's a nurse. We talked. It was good. He was in prison.\n") == ()


def test_a_place_a_date_and_an_age_count_as_what_they_leave() -> None:
    text = "R: The nurse in Leith, she was ninety, she came in May.\n"
    place, age, date = (text.index(word) for word in ("Leith", "ninety", "May"))
    mentions = (
        Mention(place=Place.at("D1", place, place + 5), label="PLACE", score=1.0, sources=()),
        Mention(place=Place.at("D1", age, age + 6), label="AGE", score=1.0, sources=()),
        Mention(place=Place.at("D1", date, date + 3), label="DATE", score=1.0, sources=()),
    )
    assert found(text) == ()
    (one,) = found(text, *mentions)
    assert one.kinds == ("role", "place", "age", "date")


def test_what_was_bracketed_is_not_asked_again() -> None:
    text = "R: She was the only Gaelic-speaking team leader on the island.\n"
    start, end = text.index("only"), text.index(" on the")
    assert (
        found(
            text,
            Mention(
                place=Place.at("D1", start, end),
                label="DETAIL",
                score=1.0,
                sources=(Source.REVIEWER,),
            ),
        )
        == ()
    )


def test_a_combination_is_counted_over_the_interviews() -> None:
    text = "R: The deputy manager was sacked and it was in the papers.\n"
    same = [transcript(text, f"D{n}") for n in range(3)]
    assert [passage.seen_in for passage in single_out(same, {})] == [3, 3, 3]


@given(st.text(st.sampled_from("R: the only nurse in prison island MBE.\n?!"), max_size=200))
def test_passages_lie_in_the_text_and_apart(text: str) -> None:
    last = 0
    for passage in sorted(found(text), key=lambda p: p.start):
        assert last <= passage.start < passage.end <= len(text)
        assert all(passage.start <= h.start < h.end <= passage.end for h in passage.hits)
        last = passage.end
