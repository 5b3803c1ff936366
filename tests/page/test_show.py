"""What the pages are made of: every character of a transcript, in order, and nothing unseen."""

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Detection, Entity, Kept, Mention, Place, Source, Transcript
from redact.page.counts import people_by_organisation
from redact.page.missed import missed_words, rare_words
from redact.page.show import Mark, ShownStudy, lines_of, visible
from redact.transcript.turns import read_structure

TEXT = "INT: Hello.\nR: I went to Zorbalot with the gubernator and 4512 of them. Then Aye went.\n"


def study(text: str = TEXT, mentions: tuple[Mention, ...] = ()) -> ShownStudy:
    transcript = Transcript(
        id="D1", text=text, turns=read_structure(text).turns, organisation="Corriedoon"
    )
    detection = Detection("D1", mentions, (Kept(Place.at("D1", 0, 3), "ordinary_word"),))
    people = {"E1": Entity(id="E1", label="PERSON", mentions=mentions)} if mentions else {}
    return ShownStudy(
        transcripts=(transcript,),
        names={"D1": "one.txt"},
        detections={"D1": detection},
        rulings={},
        entities=people,
        decisions={},
        settled=frozenset(),
        newest=0,
        current=True,
    )


MARKS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), max_size=6)


@given(st.text(st.characters() | st.sampled_from("\n\r:R "), max_size=90), MARKS)
def test_every_character_is_shown_once_and_in_order(
    text: str, found: list[tuple[int, int]]
) -> None:
    marks, last = [], 0
    for start, size in sorted(found):
        if start >= last and start + size <= len(text):
            marks.append(
                Mark(
                    start=start,
                    end=start + size,
                    label="PERSON",
                    state="found",
                    score=1.0,
                    why="",
                    safe="[P 1]",
                )
            )
            last = start + size
    transcript = Transcript(id="D1", text=text, turns=read_structure(text).turns)
    pieces = [piece for line in lines_of(transcript, marks) for piece in line.pieces]
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        assert piece.start == at
        at += len(piece.text)
    assert {(p.mark.start, p.mark.end) for p in pieces if p.mark} == {
        (m.start, m.end) for m in marks
    }


@given(st.text())
def test_what_is_shown_is_no_markup_and_hides_nothing(text: str) -> None:
    shown = str(visible(text)).replace('<span class="unseen">', "\0").replace("</span>", "\0")
    assert "<" not in shown
    assert ">" not in shown
    assert not any(c in shown for c in "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}\x07")


def test_what_was_missed_is_a_capital_a_rare_word_or_a_number() -> None:
    def known(word: str) -> bool:
        return word not in ("zorbalot", "gubernator", "aye")

    assert [row.words for row in missed_words(study(), known)] == ["Aye", "Zorbalot"]
    assert [row.words for row in rare_words(study(), known)] == ["4512", "gubernator"]
    start = TEXT.index("Zorbalot")
    caught = (
        Mention(
            place=Place.at("D1", start, start + 8),
            label="PLACE",
            score=0.9,
            sources=(Source.GAZETTEER,),
        ),
    )
    assert "Zorbalot" not in [row.words for row in missed_words(study(TEXT, caught), known)]


def test_people_are_counted_by_the_organisation_of_the_interview() -> None:
    start = TEXT.index("Zorbalot")
    person = (
        Mention(
            place=Place.at("D1", start, start + 8),
            label="PERSON",
            score=0.9,
            sources=(Source.ROSTER,),
        ),
    )
    assert people_by_organisation(study(TEXT, person)) == {"Corriedoon": 1}
    assert people_by_organisation(study()) == {}
