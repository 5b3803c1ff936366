"""Persons by where they stand, and precision by who saw the name."""

from __future__ import annotations

import pytest

from redact.core import Label, Mention, Place, Source, Span
from redact.evaluate.breakdown import (
    AS_LABELS,
    IN_TALK,
    INITIALS,
    MONTHS_ALONE,
    TO_THE_DAY,
    YEARS_ALONE,
    Tally,
    dates_by_fineness,
    fineness,
    persons_by_place,
    precision_by_cause,
)
from redact.evaluate.gold import GoldDocument, GoldSpan

TEXT = "MORAG: JB said Ailsa came.\nJB: No, Ailsa did not.\n"


def gold(*words: tuple[str, int, str]) -> GoldDocument:
    spans = []
    for word, nth, label in words:
        at = -1
        for _ in range(nth):
            at = TEXT.index(word, at + 1)
        spans.append(GoldSpan(start=at, end=at + len(word), label=label))
    return GoldDocument(id="D1", text=TEXT, spans=tuple(spans))


def mention(start: int, end: int, *sources: Source, label: Label = "PERSON") -> Mention:
    return Mention(place=Place.at("D1", start, end), label=label, score=0.9, sources=sources)


PEOPLE = gold(
    ("MORAG", 1, "PERSON"),
    ("JB", 1, "PERSON"),
    ("Ailsa", 1, "PERSON"),
    ("JB", 2, "PERSON"),
    ("Ailsa", 2, "PERSON"),
)
LABELS = {"D1": [Span(0, 5), Span(27, 29)]}


def test_a_person_counts_where_they_stand() -> None:
    found = {"D1": [mention(0, 5), mention(15, 20)]}
    assert persons_by_place([PEOPLE], found, LABELS) == (
        Tally(name=IN_TALK, right=1, whole=2),
        Tally(name=AS_LABELS, right=1, whole=1),
        Tally(name=INITIALS, right=0, whole=2),
    )


def test_what_was_not_there_has_no_share() -> None:
    parts = persons_by_place([gold()], {"D1": []}, LABELS)
    assert [part.share for part in parts] == [None, None, None]


def test_letters_count_under_each_source_and_a_lone_one_by_itself() -> None:
    found = {
        "D1": [
            mention(15, 20, Source.NAME_MODEL, Source.SPACY),
            mention(10, 14, Source.NAME_MODEL),  # "said"
            mention(21, 25, Source.SPACY, label="DATE"),  # the gold has no dates
        ]
    }
    assert precision_by_cause([PEOPLE], found) == (
        Tally(name="name model", right=5, whole=9),
        Tally(name="name model alone", right=0, whole=4),
        Tally(name="spaCy model", right=5, whole=5),
    )


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        (
            TO_THE_DAY,
            "14 September|September 30|6/16|11/13/23|2024-03-11|20240918|the nineteenth|"
            "June thirty|Seven, twenty-one, sixteen|second of November, 1971|"
            "the day after Christmas|Tues 9|"
            "March the ninth, 2012|the 19th of next month",
        ),
        (
            MONTHS_ALONE,
            "March 2017|April of '24|March of twenty-two|August of oh-eight|Sept '21|06/2017|May",
        ),
        (
            YEARS_ALONE,
            "2003|'94|twenty nineteen|sixty-four|fifteen twenty-five|two thousand and four",
        ),
    ],
)
def test_a_date_is_as_fine_as_what_it_names(name: str, dates: str) -> None:
    assert {said: fineness(said) for said in dates.split("|")} == dict.fromkeys(
        dates.split("|"), name
    )


def test_dates_are_counted_by_how_fine_they_are() -> None:
    text = "on 3 May 2019, in May 2019, in 2019"
    spans = tuple(GoldSpan(start=a, end=b, label="DATE") for a, b in ((3, 13), (18, 26), (31, 35)))
    one = GoldDocument(id="D1", text=text, spans=spans)
    found = {"D1": [mention(3, 13, label="DATE"), mention(31, 35, label="DATE")]}
    assert dates_by_fineness([one], found) == (
        Tally(name=TO_THE_DAY, right=1, whole=1),
        Tally(name=MONTHS_ALONE, right=0, whole=1),
        Tally(name=YEARS_ALONE, right=1, whole=1),
    )
