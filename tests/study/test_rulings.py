"""A reviewer's word stands above detection: pure, and whatever is detected anew."""

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Detection, Kept, Label, Mention, Place, Source, Span
from redact.review.occurrences import occurrences
from redact.study.rulings import (
    ReviewRow,
    Ruling,
    Undoing,
    changed_since,
    in_force,
    last_batch,
    ruled,
)


def mention(start: int, end: int, label: Label = "PERSON", score: float = 0.5) -> Mention:
    return Mention(
        place=Place.at("D1", start, end), label=label, score=score, sources=(Source.NAME_MODEL,)
    )


def ruling(batch: int, start: int, end: int, label: Label | None = "PERSON") -> Ruling:
    place = Place.at("D1", start, end)
    return Ruling(batch=batch, place=place, label=label, by="AB", time="2026-01-01T00:00:00.000Z")


def undoing(batch: int) -> Undoing:
    return Undoing(batch, "AB", "2026-01-01T00:00:00.000Z")


FOUND = Detection(
    "D1",
    (mention(0, 5), mention(10, 15, "PLACE")),
    (Kept(Place.at("D1", 20, 24), "ordinary_word"),),
)


def spans(detection: Detection) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.label) for m in detection.mentions]


def test_a_rejected_mention_is_kept_on_the_reviewers_word() -> None:
    (after,) = ruled([FOUND], [ruling(1, 0, 5, None)])
    assert spans(after) == [(10, 15, "PLACE")]
    assert (0, 5, "reviewer") in [(k.start, k.end, k.reason) for k in after.kept]


def test_an_accepted_mention_is_sure_and_keeps_its_evidence() -> None:
    (after,) = ruled([FOUND], [ruling(1, 0, 5)])
    assert after.mentions[0].score == 1.0
    assert after.mentions[0].sources == ("name model", "reviewer")


def test_a_longer_span_or_another_label_replaces_what_it_touches() -> None:
    (after,) = ruled([FOUND], [ruling(1, 0, 9, "ORG"), ruling(2, 20, 24)])
    assert spans(after) == [(0, 9, "ORG"), (10, 15, "PLACE"), (20, 24, "PERSON")]
    assert after.kept == ()


def test_the_later_ruling_holds_and_undoing_it_brings_the_earlier_back() -> None:
    rows: list[ReviewRow] = [ruling(1, 0, 5), ruling(2, 0, 5, None)]
    assert in_force(rows)["D1"][0].label is None
    assert in_force([*rows, undoing(2)])["D1"][0].label == "PERSON"
    assert in_force([*rows, undoing(2), undoing(1)]) == {}
    assert last_batch(rows) == 2


def test_what_a_newer_version_detects_does_not_change_a_ruling() -> None:
    rows = [ruling(1, 0, 5, None), ruling(2, 30, 35, "ORG")]
    newer = Detection("D1", (mention(2, 8), mention(28, 40), mention(50, 55)))
    (after,) = ruled([newer], rows)
    assert spans(after) == [(30, 35, "ORG"), (50, 55, "PERSON")]


ROWS = st.lists(
    st.one_of(
        st.builds(
            ruling,
            st.integers(1, 6),
            st.integers(0, 20),
            st.integers(21, 30),
            st.sampled_from([None, "PERSON", "PLACE"]),
        ),
        st.builds(ruling, st.integers(1, 6), st.integers(0, 9), st.integers(10, 12)),
        st.builds(undoing, st.integers(1, 6)),
    ),
    max_size=10,
)
MENTIONS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=6)


@given(ROWS, MENTIONS)
def test_mentions_never_overlap_a_ruling_and_rulings_never_each_other(
    rows: list[ReviewRow], found: list[tuple[int, int]]
) -> None:
    held = in_force(rows).get("D1", ())
    for one, other in itertools.pairwise(held):
        assert one.place.end <= other.place.start
    detection = Detection("D1", tuple(mention(start, start + size) for start, size in found))
    (after,) = ruled([detection], rows)
    for item in after.mentions:
        for one in held:
            same = item.place == one.place and item.label == one.label
            assert same or not item.place.overlaps(one.place)
    assert {r.place for r in held if r.label} <= {m.place for m in after.mentions}
    assert ruled([after], rows) == (after,) or any(
        m.sources.count("reviewer") > 0 for m in after.mentions
    )


def test_words_are_found_by_themselves_in_capitals_or_not() -> None:
    text = "Ann met ANN and Joanna, Ann's ann. Anna."
    assert occurrences(text, "Ann") == [Span(0, 3), Span(8, 11), Span(24, 27), Span(30, 33)]
    assert occurrences("İi Ann", "Ann") == [Span(3, 6)]
    assert occurrences("a  b", "  ") == []


def test_rulings_are_shown_again_where_the_detectors_find_something_else() -> None:
    same, other = ruling(1, 0, 5), ruling(2, 10, 15, None)
    then = [replace(same, found_label="PERSON"), replace(other, found_label="PLACE")]
    assert changed_since([FOUND], then) == ()
    newer = Detection("D1", (mention(0, 5), mention(10, 15, "ORG")))
    assert changed_since([newer], then) == (then[1],)
    assert changed_since([Detection("D1", ())], then) == tuple(then)
