"""Mentions of all recognizers become one list: disjoint, ordered, no talk around a name."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Label, Mention, Place, Source
from redact.detect.combine import is_doubtful_start, tidy, without_overlaps
from redact.transcript.assemble import make_transcript
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


def seen(text: str, surface: str, label: Label, source: Source, score: float = 0.85) -> Mention:
    at = text.index(surface)
    place = Place.at("D1", at, at + len(surface))
    return Mention(place=place, label=label, score=score, sources=(source,))


@pytest.mark.parametrize("label", ["PERSON", "PLACE", "ORG"])
def test_a_mention_over_the_edge_of_a_turn_or_a_label_is_cut_there(label: Label) -> None:
    """In the label only its structure speaks, so the model's part there falls away."""
    text = "INT: It was Reid\nMorag: Haldane.\n"
    model = seen(text, "Reid\nMorag: Haldane", label, Source.NAME_MODEL)
    tidied = tidy(transcript(text), [model])
    assert [text[m.start : m.end] for m in tidied] == ["Reid", "Haldane"]
    structure = seen(text, "Morag", label, Source.SPEAKER_LABEL)
    assert tidy(transcript(text), [structure]) == [structure]


@pytest.mark.parametrize(
    ("label", "source", "left"),
    [
        ("PERSON", Source.SPACY, ["Lloyd", "Betty"]),
        ("PLACE", Source.SPACY, ["Lloyd and Betty"]),
        ("ORG", Source.SPACY, ["Lloyd and Betty"]),
        ("PERSON", Source.ROSTER, ["Lloyd and Betty"]),  # who lists them so means it
    ],
)
def test_only_people_that_a_view_took_for_one_are_two(
    label: Label, source: Source, left: list[str]
) -> None:
    text = "It was Lloyd and Betty then."
    one = seen(text, "Lloyd and Betty", label, source)
    assert [text[m.start : m.end] for m in tidy(transcript(text), [one])] == left


@pytest.mark.parametrize(
    ("text", "surface", "label", "source", "left"),
    [
        # Evidence, a rule and the roster keep all their words, edges of talk included
        ("at the Lum now", "the Lum", "ORG", Source.ROSTER, "the Lum"),
        ("at the Lum now", "the Lum", "ORG", Source.CORPUS, "the Lum"),
        ("at the Lum now", "the Lum", "ORG", Source.REVIEWER, "the Lum"),
        ("at the Lum now", "the Lum", "ORG", Source.SPACY, "Lum"),
        # A name that is a word of talk as well is one where it has its capital
        ("and Will came", "and Will", "PERSON", Source.SPACY, "Will"),
        ("that he will come. Aye.", "will", "PERSON", Source.SPACY, None),
        # A title is a person's only
        ("on Mrs. Brodie Street", "Brodie Street", "PLACE", Source.SPACY, "Brodie Street"),
        ("on Dr. 4512 00", "4512 00", "ID", Source.REFERENCE_NUMBER_FORM, "4512 00"),
    ],
)
def test_what_a_source_may_lose_follows_its_rank(
    text: str, surface: str, label: Label, source: Source, left: str | None
) -> None:
    tidied = tidy(transcript(text), [seen(text, surface, label, source)])
    assert [text[m.start : m.end] for m in tidied] == ([] if left is None else [left])


SMALL = "aye it was will that came and we had our tea with june so we did " * 4


@pytest.mark.parametrize(
    ("text", "source", "score", "stays"),
    [
        (SMALL, Source.NAME_MODEL, 0.95, True),
        (SMALL, Source.NAME_MODEL, 0.8, False),  # not sure enough
        (SMALL, Source.SPACY, 0.95, False),  # it was never taught such texts
        (SMALL + "Morag MacLeod and Fergus Petrie of Corrie. " * 9, Source.NAME_MODEL, 0.95, False),
    ],
)
def test_in_a_text_without_case_the_name_model_alone_tells_a_name_from_talk(
    text: str, source: Source, score: float, stays: bool
) -> None:
    tidied = tidy(transcript(text), [seen(text, "will", "PERSON", source, score)])
    assert [text[m.start : m.end] for m in tidied] == (["will"] if stays else [])


@pytest.mark.parametrize(
    ("text", "longer", "other", "rest"),
    [
        # A possessive cut off from its word is no rest, be the word ever so short
        ("the Old Kirk of St. A's Church", "Old Kirk of St. A", "St. A's Church", "Church"),
        ("the Old Kirk of A's Church", "Old Kirk of A", "A's Church", "Church"),
        # An ordinary word written small is no name by itself; an unknown one may be
        ("the Auld Nis House job", "Auld Nis House", "House job", None),
        ("the Auld Nis House zorbane", "Auld Nis House", "House zorbane", "zorbane"),
        ("the Auld Nis House Job", "Auld Nis House", "House Job", "Job"),
    ],
)
def test_what_a_longer_reading_leaves_is_a_name_or_nothing(
    text: str, longer: str, other: str, rest: str | None
) -> None:
    first = seen(text, longer, "PLACE", Source.SPACY)
    second = seen(text, other, "PERSON", Source.SPACY)
    combined = [text[m.start : m.end] for m in without_overlaps(text, [first, second])]
    assert combined == [longer, *([] if rest is None else [rest])]


def test_what_two_sources_saw_alike_has_both_and_the_better_score() -> None:
    text = "It was Morag."
    one, two = (
        seen(text, "Morag", "PERSON", source, score)
        for source, score in ((Source.SPACY, 0.6), (Source.NAME_MODEL, 0.9))
    )
    (both,) = without_overlaps(text, [one, two])
    assert (both.sources, both.score) == ((Source.NAME_MODEL, Source.SPACY), 0.9)


@pytest.mark.parametrize(
    ("text", "name", "sources", "doubtful"),
    [
        ("Bless her. Hope came.", "Hope", (Source.NAME_MODEL,), True),  # first in its sentence
        ("Bless her. Hope came.", "Hope", (Source.CAPITAL,), True),
        ("I saw Hope there.", "Hope", (Source.CAPITAL,), True),  # its capital alone proves nothing
        ("I saw Hope there.", "Hope", (Source.NAME_MODEL,), False),
        ("Bless her. Hope came.", "Hope", (Source.TITLE,), False),  # something speaks for it
        ("Bless her. Hope came.", "Hope", (Source.NAME_MODEL, Source.CORPUS), False),
        ("Bless her. Morag came.", "Morag", (Source.CAPITAL,), False),  # never written small
        ("Bless her. Hope Morag came.", "Hope Morag", (Source.CAPITAL,), False),  # two words
    ],
)
def test_a_lone_word_that_is_written_small_elsewhere_is_doubted(
    text: str, name: str, sources: tuple[Source, ...], doubtful: bool
) -> None:
    one = replace(seen(text, name, "PERSON", Source.SPACY), sources=sources)
    assert is_doubtful_start(text, one, frozenset({"hope"})) is doubtful


@pytest.mark.parametrize(
    ("found", "left"),
    [
        ("OH\n00:07:39   MS. LANG: NINE", ["OH", "NINE"]),
        ("00:07:39", []),
        ("OH\n00:07:39   MS. LANG", ["OH"]),
        ("07:31   MR. DOW: FOUR, TWO OH", ["FOUR, TWO OH"]),
    ],
)
def test_no_mention_lies_over_a_time(found: str, left: list[str]) -> None:
    """A number that is said on runs over the next turn's time; labels are for their readers."""
    text = (
        "00:07:31   MR. DOW: FOUR, TWO OH\n00:07:39   MS. LANG: NINE, OH, SIX.\n"
        "00:07:55   MR. DOW: THANK YOU.\n"
    )
    whole = make_transcript("D1", text)
    assert [text[t.time.start : t.time.end] for t in whole.turns if t.time][1] == "00:07:39"
    start = text.index(found)
    one = Mention(
        place=Place.at("D1", start, start + len(found)),
        label="ID",
        score=0.9,
        sources=(Source.SPELLED_OUT_IDENTIFIER,),
    )
    assert [text[m.start : m.end].strip(": ") for m in tidy(whole, [one])] == left
