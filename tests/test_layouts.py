"""The generator of layouts says truly what stands where; how well structure is read, in short."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from redact.core import Span
from tests.conftest import at_length
from tests.layouts import catalogue, fresh, later
from tests.layouts.cast import WORDY, draw_cast
from tests.layouts.figures import Figures, measure, see_structure
from tests.layouts.gold import LaidOut
from tests.layouts.read import read_layout
from tests.layouts.recipe import Layout, lay_out

LAYOUTS = (*catalogue.LAYOUTS, *fresh.LAYOUTS, *later.LAYOUTS)
# A table without heads is refused: nobody can know which column is said.
REFUSED = ("ELAN's table as .tsv",)
BY_NAME = {layout.name: layout for layout in LAYOUTS}
each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def test_no_two_layouts_have_one_name() -> None:
    assert len(BY_NAME) == len(LAYOUTS)


@pytest.mark.parametrize("seed", range(8))
def test_no_two_of_a_cast_share_a_name_or_initials(seed: int) -> None:
    letters = sorted(WORDY)[seed % len(WORDY)]
    cast = draw_cast(Random(seed), answering=3, letters=letters)
    everybody = [*cast.speakers, *cast.spoken_of]
    names = [name for one in everybody for name in (one.given, one.family)]
    assert len(set(names)) == len(names)
    assert len({one.letters for one in everybody}) == len(everybody)
    assert cast.answering[0].letters == letters


@each_layout
def test_the_gold_says_what_stands_in_the_file(layout: Layout) -> None:
    laid = lay_out(layout, "test")
    assert laid == lay_out(layout, "test")
    assert laid != lay_out(layout, "another test")
    for before, after in pairwise(laid.parts):
        assert before.span.end <= after.span.start
    for part in laid.parts:
        words = laid.text[part.span.start : part.span.end]
        assert words == words.strip() != ""
        assert part.kind != "mark" or any(c.isdigit() for c in words)
        assert part.kind != "initials" or sum(map(str.isalpha, words)) == 2
    for turn in laid.turns:
        assert turn.span.covers(turn.label)
    assert _in_labels(laid) == {turn.label for turn in laid.turns}


def _in_labels(laid: LaidOut) -> set[Span]:
    """The labels of turns that hold a part which is said to be in one."""
    parts = [part.span for part in laid.parts if part.in_label]
    return {turn.label for turn in laid.turns if any(turn.label.covers(one) for one in parts)}


@each_layout
def test_what_is_read_has_the_gold_where_it_stands(layout: Layout) -> None:
    laid = lay_out(layout, "test")
    read = read_layout(laid)
    written = [_words(laid.text[part.span.start : part.span.end]) for part in laid.parts]
    if not read.is_read:
        return
    assert len(read.turns) == len(laid.turns)
    for part in read.parts:
        assert _words(read.written(part)) in written
    named = [part for part in laid.parts if part.kind in ("name", "initials", "code")]
    still = [part for part in read.parts if part.kind in ("name", "initials", "code")]
    assert len(still) == len(named)


def test_structure_alone_sees_who_speaks() -> None:
    """In short what `python -m benchmarks.layouts` measures; docs/layouts.md has the figures."""
    figures = Figures()
    for layout in LAYOUTS[:: at_length(1, 3)]:
        read = read_layout(lay_out(layout, "test"))
        assert read.is_read is (layout.name not in REFUSED)
        if read.is_read:
            figures += measure(read, see_structure(read))
    assert (figures.speakers.share or 0) >= 0.995
    assert (figures.initials.share or 0) >= 0.98
    assert (figures.elsewhere.share or 0) >= 0.98
    assert (figures.turns.share or 0) >= 0.98
    assert figures.codes.share == figures.marks.share == 1


def _words(written: str) -> list[str]:
    return written.split()
