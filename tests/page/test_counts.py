"""Progress and charts are counted from the records, and tell no name but a public one."""

from dataclasses import replace

from redact.core import Mention, Place, Source
from redact.page.counts import bars, by_label_and_nation, people_by_organisation, progress_of
from tests.page.shown import TEXT, shown


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
    assert people_by_organisation(shown(TEXT, person)) == {"Corriedoon": 1}
    assert people_by_organisation(shown()) == {}


def mention(words: str, score: float) -> Mention:
    start = TEXT.index(words)
    return Mention(
        place=Place.at("D1", start, start + len(words)),
        label="PERSON",
        score=score,
        sources=(Source.ROSTER,),
    )


def test_progress_says_what_is_left_to_do() -> None:
    study = shown(TEXT, (mention("Zorbalot", 0.9), mention("Aye", 0.1)))
    (row,) = progress_of(study)
    assert (row.name, row.mentions, row.doubtful, row.decided) == ("one.txt", 2, 1, 0)
    assert not row.settled
    assert progress_of(replace(study, settled=frozenset({"D1"})))[0].settled


def test_bars_are_measured_by_the_highest() -> None:
    assert [(bar.share, bar.number) for bar in bars({"a": 4, "b": 1, "c": 0})] == [
        (100, 4),
        (25, 1),
        (0, 0),
    ]
    assert bars({}) == ()


def test_charts_of_nations_have_one_scale() -> None:
    study = shown(TEXT, (mention("Zorbalot", 0.9), mention("Aye", 0.1)))
    assert {
        nation: [(bar.name, bar.share) for bar in chart]
        for nation, chart in by_label_and_nation(study).items()
    } == {"": [("person", 100)]}
