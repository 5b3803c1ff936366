"""Towns of one name are told apart by the region that is said of them, at each place."""

from __future__ import annotations

import pytest

from redact.core import Detection, Label, Mention, Nation, Place, Source, Transcript
from redact.link.linker import link

Marked = tuple[str, str]  # a form, and what it is
Talk = tuple[Nation, str, list[str]]


def linked(*talks: Talk, marks: list[Marked] | None = None) -> list[list[str]]:
    """Forms by entity, each with its transcript: places, or what `marks` says of the last talk."""
    transcripts, detections = [], []
    for number, (nation, text, surfaces) in enumerate(talks, start=1):
        name, at, mentions = f"D{number}", 0, []
        kinds: list[Marked] = marks or [(surface, "PLACE") for surface in surfaces]
        for surface, kind in kinds:
            at = text.index(surface, at)
            label: Label = "PERSON" if kind == "PERSON" else "ORG" if kind == "ORG" else "PLACE"
            place = Place.at(name, at, at + len(surface))
            mentions.append(Mention(place=place, label=label, score=0.9, sources=(Source.GOLD,)))
            at += len(surface)
        transcripts.append(Transcript(id=name, text=text, nation=nation))
        detections.append(Detection(name, tuple(mentions)))
    texts = {t.id: t.text for t in transcripts}
    entities = link(tuple(transcripts), tuple(detections))
    return [
        [f"{texts[m.transcript][m.start : m.end]} {m.transcript}" for m in entity.mentions]
        for entity in entities
    ]


KENTUCKY: Talk = (
    "United States",
    "I grew up in Glasgow, Kentucky. We left Glasgow for the plant.",
    ["Glasgow", "Glasgow"],
)
CLYDE: Talk = (
    "Scotland",
    "I stay in Glasgow. The train to Glasgow is late.",
    ["Glasgow", "Glasgow"],
)


def test_a_town_of_one_transcripts_nation_is_not_that_of_the_others() -> None:
    assert linked(KENTUCKY, CLYDE) == [["Glasgow D1", "Glasgow D1"], ["Glasgow D2", "Glasgow D2"]]


def test_within_one_transcript_the_region_told_just_before_holds() -> None:
    said = "Glasgow is home. My brother went to Glasgow, KY. Nobody in Glasgow had heard of us."
    far = f"{said} {'And so on. ' * 40} We were back in Glasgow by May."
    (home, abroad) = linked(("Scotland", far, ["Glasgow", "Glasgow", "Glasgow", "Glasgow"]))
    assert (len(home), len(abroad)) == (2, 2)


@pytest.mark.parametrize(
    "region",
    [", Kentucky", ", KY", " in Kentucky", " (Kentucky)", " Kentucky", ", over in Kentucky"],
)
def test_a_region_is_told_in_many_ways(region: str) -> None:
    told: Talk = ("United States", f"It was Glasgow{region}.", ["Glasgow"])
    assert linked(told, CLYDE)[0] == ["Glasgow D1"]


def test_two_regions_of_one_nation_are_two_towns_and_a_bare_name_the_one_told_there() -> None:
    one: Talk = (
        "unknown",
        "Then Hamilton, Ohio. Hamilton was cold.",
        ["Hamilton, Ohio", "Hamilton"],
    )
    two: Talk = (
        "unknown",
        "No, Hamilton, Montana. Hamilton has a store.",
        ["Hamilton, Montana", "Hamilton"],
    )
    assert linked(one, two) == [
        ["Hamilton, Ohio D1", "Hamilton D1"],
        ["Hamilton, Montana D2", "Hamilton D2"],
    ]


def test_one_region_told_is_the_one_town_of_a_study() -> None:
    other: Talk = ("United States", "I like Glasgow.", ["Glasgow"])
    assert len(linked(KENTUCKY, other)) == 1


def test_a_list_of_places_tells_no_region() -> None:
    listed: Talk = (
        "Scotland",
        "She sang in Glasgow, Ireland and Canada.",
        ["Glasgow"],
    )
    assert len(linked(listed, CLYDE)) == 1


def test_a_town_a_person_and_a_body_of_one_name_are_three() -> None:
    text = "Stirling phoned. I was in Stirling. Stirling pays him; Stirling is near."
    marks = [
        ("Stirling", "PERSON"),
        ("Stirling", "PLACE"),
        ("Stirling", "ORG"),
        ("Stirling", "PLACE"),
    ]
    found = linked(("Scotland", text, []), marks=marks)
    assert sorted(map(len, found)) == [1, 1, 2]


def test_a_name_said_again_at_once_with_its_region_is_that_one() -> None:
    said = "Hamilton, Ohio, that was. Hamilton? Hamilton, Montana!"
    assert linked(("unknown", said, ["Hamilton", "Hamilton", "Hamilton"])) == [
        ["Hamilton D1"],
        ["Hamilton D1", "Hamilton D1"],
    ]
