"""Splicing: exact there and back, by Presidio's engine."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redact.core import Entity, Mention, Place, SafeTranscript, Source, Span
from redact.replace.splice import Original, Planned, by_transcript, moved, restore, splice

TEXT = st.text(alphabet="abc é\n\r\u0301𝒳", max_size=60)
Case = tuple[str, list[Planned]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    text = draw(TEXT)
    edges = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    return text, [Planned(span, draw(st.text(max_size=9)), f"e{span.start}") for span in spans]


def neighbours(text: str, *words: str) -> Case:
    """Each word replaced by itself in brackets, by one entity."""
    at = 0
    planned = []
    for word in words:
        at = text.index(word, at)
        planned.append(Planned(Span(at, at + len(word)), f"[{word}]", "e"))
        at += len(word)
    return text, planned


def by_hand(text: str, planned: list[Planned]) -> str:
    for item in sorted(planned, key=lambda one: one.span, reverse=True):
        text = text[: item.span.start] + item.text + text[item.span.end :]
    return text


@given(cases())
@example(neighbours("Morag Morag", "Morag", "Morag"))  # the engine would join these
@example(neighbours("MoragReid", "Morag", "Reid"))
@example(neighbours("𝒳 and é", "𝒳", "é"))
def test_every_splice_is_undone_exactly(case: Case) -> None:
    text, planned = case
    safe = splice("D1", text, reversed(planned))
    assert safe.id == "D1"
    assert safe.text == by_hand(text, planned)
    assert [Planned(Span(r.start, r.end), r.text, r.entity) for r in safe.replacements] == planned
    for item in safe.replacements:
        assert safe.text[item.safe_start : item.safe_end] == item.text
    assert restore(safe.text, originals_of(text, safe)) == text


def originals_of(text: str, safe: SafeTranscript) -> list[Original]:
    return [
        Original(Span(r.safe_start, r.safe_end), text[r.start : r.end]) for r in safe.replacements
    ]


@pytest.mark.parametrize(
    "spans",
    [
        [Span(0, 3), Span(2, 5)],
        [Span(0, 5), Span(1, 2)],
        [Span(1, 2), Span(1, 2)],
        [Span(3, 6)],
        [Span(2, 2)],
    ],
    ids=["overlap", "inside", "twice", "outside", "nothing"],
)
def test_what_cannot_be_put_in_is_refused(spans: list[Span]) -> None:
    planned = [Planned(span, "x", f"e{n}") for n, span in enumerate(spans)]
    with pytest.raises(ValueError, match="overlap, are of nothing, or lie outside"):
        splice("D1", "Morag", planned)


@pytest.mark.parametrize(
    "spans",
    [[Span(0, 3), Span(2, 5)], [Span(3, 4), Span(0, 1)], [Span(3, 6)]],
    ids=["overlap", "backwards", "outside"],
)
def test_what_cannot_be_put_back_is_refused(spans: list[Span]) -> None:
    with pytest.raises(ValueError, match="overlap or lie outside"):
        restore("Morag", [Original(span, "x") for span in spans])


def test_an_offset_of_the_original_is_found_in_the_safe_text() -> None:
    text = "ab Morag cd Reid."
    safe = splice("D1", text, [Planned(Span(3, 8), "[P]", "p"), Planned(Span(12, 16), "", "q")])
    assert safe.text == "ab [P] cd ."
    shown = {at: moved(safe, at) for at in (0, 2, 3, 4, 7, 8, 9, 12, 14, 16, 17)}
    assert shown == {0: 0, 2: 2, 3: 3, 4: 6, 7: 6, 8: 6, 9: 7, 12: 10, 14: 10, 16: 10, 17: 11}


def test_mentions_are_sorted_by_their_transcript_with_their_entity() -> None:
    here, there = (
        Mention(place=Place.at(t, 0, 5), label="PERSON", score=0.9, sources=(Source.GOLD,))
        for t in ("D1", "D2")
    )
    one, two = (
        Entity(id="a", label="PERSON", mentions=(here, there)),
        Entity(id="b", label="PERSON", mentions=(here,)),
    )
    listed = by_transcript([one, two])
    assert {t: [(m.mention, m.entity) for m in ms] for t, ms in listed.items()} == {
        "D1": [(here, one), (here, two)],
        "D2": [(there, one)],
    }


def test_no_original_is_in_what_a_record_shows_of_itself() -> None:
    assert "Morag" not in repr(Original(Span(0, 5), "Morag"))
