"""Mentions laid over what was hidden: nothing is cut, nothing is lost, a word lets go of itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Detection, Label, Mention, Place, Source, Span
from redact.pipeline import run_stage
from redact.review import correct, decide
from redact.study.create import create_study
from redact.study.desk import Desk, Order, open_desk
from redact.study.folder import Study
from redact.study.memory import LetGo, Remembered, hold, let_go
from redact.study.rulings import ReviewRow, Ruling, Undoing
from redact.study.update import update_desk
from tests.faults.hidden_ground import OPENER, OWN, policy_text

TEXT = "Ann Lee, of Oban; Bo Ng and Cy.\n" * 2
NOBODY = LetGo((), (), ())
LABELS = st.sampled_from(("PERSON", "PLACE"))
SPANS = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 9)).map(
    lambda pair: Span(pair[0], min(len(TEXT), sum(pair)))
)


def mention(span: Span, label: Label) -> Mention:
    return Mention(place=Place("D1", span), label=label, score=0.5, sources=(Source.SPACY,))


def detection(found: list[tuple[Span, Label]]) -> Detection:
    """Mentions at these spans, as far as they lie apart."""
    taken: list[tuple[Span, Label]] = []
    for span, label in sorted(found):
        if not taken or taken[-1][0].end <= span.start:
            taken.append((span, label))
    return Detection("D1", tuple(mention(span, label) for span, label in taken))


def remembered(spans: list[tuple[Span, Label]]) -> list[Remembered]:
    return [Remembered(Place("D1", span), label) for span, label in spans]


def letters(spans: list[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end) if TEXT[at].isalnum()}


def spans_of(held: Detection) -> list[Span]:
    return [m.span for m in held.mentions]


@given(st.lists(st.tuples(SPANS, LABELS)), st.lists(st.tuples(SPANS, LABELS)), st.lists(SPANS))
def test_every_remembered_letter_that_nobody_let_go_is_in_a_mention(
    found: list[tuple[Span, Label]], once: list[tuple[Span, Label]], free: list[Span]
) -> None:
    before = detection(found)
    said = LetGo(tuple(Place("D1", span) for span in free), (), ())
    (after,) = hold([before], remembered(once), said, {"D1": TEXT})
    must = letters([span for span, _ in once]) - letters(free)
    assert must <= letters(spans_of(after))
    assert letters(spans_of(before)) <= letters(spans_of(after))
    assert all(one.end <= other.start for one, other in pairwise(spans_of(after)))
    for kept in after.kept:
        assert not any(kept.span.overlaps(span) for span in spans_of(after))


def test_a_shorter_mention_of_the_same_label_grows_and_one_of_another_is_left() -> None:
    memory = remembered([(Span(0, 7), "PERSON")])
    (grown,) = hold([detection([(Span(0, 3), "PERSON")])], memory, NOBODY, {"D1": TEXT})
    assert spans_of(grown) == [Span(0, 7)]
    (parted,) = hold([detection([(Span(0, 3), "PLACE")])], memory, NOBODY, {"D1": TEXT})
    assert [(m.span, m.label) for m in parted.mentions] == [
        (Span(0, 3), "PLACE"),
        (Span(4, 7), "PERSON"),
    ]


def ruling(batch: int, span: Span, label: Label | None, *, everywhere: bool = False) -> Ruling:
    return Ruling(
        batch=batch,
        place=Place("D1", span),
        label=label,
        by="AB",
        time="2026-01-01T00:00:00.000Z",
        everywhere=everywhere,
    )


def test_of_two_words_on_the_same_letters_the_later_holds() -> None:
    rows: list[ReviewRow] = [ruling(1, Span(0, 7), None), ruling(2, Span(0, 3), "PERSON")]
    assert let_go(rows, ()).places == (Place.at("D1", 3, 7),)
    rows.append(ruling(3, Span(0, 3), None, everywhere=True))
    assert set(let_go(rows, ()).places) == {Place.at("D1", 0, 3), Place.at("D1", 3, 7)}
    assert let_go(rows, ()).everywhere == (Place.at("D1", 0, 3),)
    rows.append(Undoing(1, "AB", "2026-01-01T00:00:00.000Z"))
    assert let_go(rows, ()).places == (Place.at("D1", 0, 3),)


TALK = "INT: And the neeps?\nP1: Ailsa sold neeps in Kelty. Kelty, aye.\n"


class Kitchen:
    """A study of one talk whose models find little: the roster and people find what is found."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.study = folder, Study(folder / "study")
        (folder / "talk.txt").write_text(TALK, "utf-8")
        (folder / "policy.toml").write_text(policy_text(""), "utf-8")
        order = self.order("Kelty,PLACE")
        create_study(self.study.root, order, (("steward", OWN.recipient()),))
        self.replace()

    def order(self, *rows: str) -> Order:
        table = self.folder / "roster.csv"
        table.write_text("\n".join(["name,kind", *rows, ""]), "utf-8")
        sources = (self.folder / "talk.txt",)
        return Order(sources=sources, policy=self.folder / "policy.toml", roster=table)

    def run(self, *rows: str) -> str:
        update_desk(self.study, OPENER, self.order(*rows))
        return self.replace()

    def replace(self) -> str:
        run_stage(self.desk(), "replace")
        return next(self.study.safe.iterdir()).read_text("utf-8")

    def desk(self) -> Desk:
        return open_desk(self.study, OPENER)

    def mark(self, words: str, label: Label) -> str:
        desk = self.desk()
        decide.decide(desk, decide.places_with(desk, words, label), "AB", decide.newest(desk))
        return self.replace()


def test_what_was_taken_back_and_is_found_after_that_stays_hidden(tmp_path: Path) -> None:
    """An undoing lets go of what it undid, and of nothing that is hidden later."""
    kitchen = Kitchen(tmp_path)
    assert "neeps" not in kitchen.mark("neeps", "ORG")
    decide.undo(kitchen.desk(), 1, "AB")
    assert kitchen.replace().count("neeps") == 2
    assert "neeps" not in kitchen.run("Kelty,PLACE", "neeps,ORG")
    assert "neeps" not in kitchen.run("Kelty,PLACE")
    assert kitchen.desk().key.undone == (1,)


def test_what_was_kept_and_is_said_to_be_a_name_after_that_is_hidden(tmp_path: Path) -> None:
    """Of two words on the same letters the later holds, whichever way each was said."""
    kitchen = Kitchen(tmp_path)
    correct.act(kitchen.desk(), ("[Place 1]",), "keep", by="AB", reason="it is large")
    assert kitchen.replace().count("Kelty") == 2
    desk = kitchen.desk()
    right = [replace(one, missed=False) for one in decide.places_with(desk, "Kelty", "PLACE")]
    decide.decide(desk, right, "AB", 0)
    assert kitchen.replace().count("Kelty") == 2, "right as it is, was no word against that"
    labels: tuple[Label, ...] = ("PERSON", "PLACE")
    for batch, label in enumerate(labels, start=2):
        assert "Kelty" not in kitchen.mark("Kelty", label)
        decide.undo(kitchen.desk(), batch, "AB")
        assert kitchen.replace().count("Kelty") == 2
