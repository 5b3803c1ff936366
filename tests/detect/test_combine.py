"""Mentions of all recognizers become one list: disjoint, ordered, no talk around a name."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Label, Mention, Place, Source
from redact.detect.combine import tidy, without_overlaps
from tests.detect.mentions import mention, transcript


@st.composite
def mentions_of_a_text(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    text = draw(st.text(alphabet="Mo ra.g\nWiäl", min_size=1, max_size=60))
    mentions = []
    for start, length in draw(st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)))):
        end = min(start + length, len(text))
        if start < end:
            labels: tuple[Label, ...] = ("PERSON", "ORG", "PHONE")
            label = draw(st.sampled_from(labels))
            source = draw(st.sampled_from([Source.ROSTER, Source.SPACY, Source.CORPUS]))
            mentions.append(
                Mention(place=Place.at("D1", start, end), label=label, score=0.5, sources=(source,))
            )
    return text, mentions


@given(mentions_of_a_text())
def test_combined_mentions_are_disjoint_and_ordered(case: tuple[str, list[Mention]]) -> None:
    text, mentions = case
    combined = without_overlaps(text, mentions)
    assert all(a.end <= b.start for a, b in pairwise(combined))
    covered = {at for m in mentions for at in range(m.start, m.end)}
    assert {at for m in combined for at in range(m.start, m.end)} <= covered


@given(mentions_of_a_text())
def test_the_same_mentions_combine_alike_in_any_order(case: tuple[str, list[Mention]]) -> None:
    text, mentions = case
    assert without_overlaps(text, mentions) == without_overlaps(text, mentions[::-1])


def test_what_the_longer_reading_leaves_uncovered_stays_a_mention() -> None:
    text = "Morag MacLeod Dunlop House"
    one = Mention(place=Place.at("D1", 0, 13), label="PERSON", score=0.9, sources=(Source.ROSTER,))
    two = Mention(place=Place.at("D1", 6, 26), label="ORG", score=0.85, sources=(Source.SPACY,))
    combined = without_overlaps(text, [one, two])
    assert [(text[m.start : m.end], m.label) for m in combined] == [
        ("Morag", "PERSON"),
        ("MacLeod Dunlop House", "ORG"),
    ]


def test_what_is_left_of_a_longer_reading_does_not_begin_with_a_possessive() -> None:
    text = "The Old Kirk of St. Andrew's Church"
    longer = mention(text, "Old Kirk of St. Andrew", "PLACE")
    other = mention(text, "St. Andrew's Church", "ORG")
    assert [text[m.start : m.end] for m in without_overlaps(text, [longer, other])] == [
        "Old Kirk of St. Andrew",
        "Church",
    ]


def test_an_ordinary_word_beside_a_longer_reading_is_no_place_and_no_organisation() -> None:
    text = "the old barrhead kirk job and will barrhead kirk"
    kirk = mention(text, "old barrhead kirk", "PLACE")
    job = mention(text, "barrhead kirk job", "ORG")
    assert [text[m.start : m.end] for m in without_overlaps(text, [kirk, job])] == [
        "old barrhead kirk"
    ]
    at = text.index("will")
    place = kirk.moved(at + 5, at + 18)
    person = Mention(
        place=Place.at("D1", at, at + 13), label="PERSON", score=0.8, sources=(Source.NAME_MODEL,)
    )
    assert text[at : at + 4] in [
        text[m.start : m.end] for m in without_overlaps(text, [place, person])
    ]


def test_model_spans_lose_talk_articles_and_possessives_and_keep_a_title() -> None:
    text = "Aye Morag's and the Scottish Trust and Mrs Begum and Tuesday"
    spans: list[tuple[str, Label]] = [
        ("Aye Morag's", "PERSON"),
        ("the Scottish Trust", "ORG"),
        ("Mrs Begum", "PERSON"),
        ("Tuesday", "PERSON"),
    ]
    tidied = tidy(transcript(text), [mention(text, s, label) for s, label in spans])
    assert [text[m.start : m.end] for m in tidied] == ["Morag", "Scottish Trust", "Mrs Begum"]


@pytest.mark.parametrize(
    ("text", "name", "sources", "kept"),
    [
        ("There's one doctor. Fiona came.", "Fiona", (Source.SPACY,), "Fiona"),
        ("It was Dr. Baird.", "Baird", (Source.SPACY,), "Dr. Baird"),
        ("I went to the doctor\nFiona: Aye.", "Fiona", (Source.SPEAKER_LABEL,), "Fiona"),
        ("A question for Mrs\nBaird, then.", "Baird", (Source.SPACY,), "Mrs\nBaird"),
    ],
)
def test_a_title_is_of_the_name_and_not_of_the_sentence_before(
    text: str, name: str, sources: tuple[Source, ...], kept: str
) -> None:
    model_mention = replace(mention(text, name, "PERSON"), sources=sources)
    assert [text[m.start : m.end] for m in tidy(transcript(text), [model_mention])] == [kept]


def test_a_model_span_stops_at_the_turn_and_leaves_codes_in_labels() -> None:
    text = "INT: And Morag\nP02: Homelessness.\n"
    spans = [mention(text, "Morag\nP02", "PERSON"), mention(text, "INT", "ORG")]
    assert [text[m.start : m.end] for m in tidy(transcript(text), spans)] == ["Morag"]


def test_two_people_taken_for_one_are_two() -> None:
    text = "it was Lloyd and Betty who came"
    tidied = tidy(transcript(text), [mention(text, "Lloyd and Betty", "PERSON")])
    assert [text[m.start : m.end] for m in tidied] == ["Lloyd", "Betty"]


@pytest.mark.parametrize(
    ("text", "surface", "label", "left"),
    [
        ("ring  \t07700 900123  \nnow", "  \t07700 900123  \n", "PHONE", "07700 900123"),
        ("and Ailsa was the one", "Ailsa was the", "PERSON", "Ailsa"),
        ("and Ailsa Brodie was", "and Ailsa Brodie was", "PERSON", "Ailsa Brodie"),
        ("and it was then", "it was", "PERSON", None),
        ("so 4 7 then", "4 7", "PERSON", None),
        ("the 47 of us", "47", "ORG", None),
        ("it is Mrs. Brodie here", "Brodie", "PERSON", "Mrs. Brodie"),
        ("it is Mrs. Brodie House here", "Brodie House", "ORG", "Brodie House"),
    ],
)
def test_a_view_loses_space_talk_and_figures_at_its_edges_and_takes_its_title(
    text: str, surface: str, label: Label, left: str | None
) -> None:
    """What a model alone saw: a phone number keeps its inner blank, a name only its own words."""
    at = text.index(surface)
    seen = Mention(
        place=Place.at("D1", at, at + len(surface)),
        label=label,
        score=0.85,
        sources=(Source.SPACY,),
    )
    tidied = [text[m.start : m.end] for m in tidy(transcript(text), [seen])]
    assert tidied == ([] if left is None else [left])
