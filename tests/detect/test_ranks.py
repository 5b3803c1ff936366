"""Where two mentions overlap in full, the surer source wins, whatever either one's score is."""

import json
from importlib import resources

import pytest

from redact.core import Mention, Place, Source
from redact.detect.combine import without_overlaps
from redact.detect.confidence import FEATURES, counts_as
from redact.detect.identifiers import RULES, Rule
from redact.detect.ranks import RANKS

# Surest first: what a person lists, what a transcript's structure says, rules, a name with what
# stands around it, one reading of a name, a likeness.
SUREST_FIRST = (
    {Source.ROSTER},
    {Source.SPEAKER_LABEL, Source.SPEAKER_INITIALS, Source.HEADER_LINE},
    {Source.TITLE, Source.STREET_ADDRESS, Source.REVIEWER, Source.ZIP_CODE_FORM, Source.PRESIDIO},
    {
        Source.CORPUS,
        Source.HEARD_AS_OTHER_WORDS,
        Source.GAZETTEER,
        Source.INTRODUCED_AS_A_PERSON,
        Source.GIVEN_AND_FAMILY_NAME,
        Source.ORGANISATION_WORD,
        Source.KNOWN_BODY,
    },
    {Source.NAMED_AFTER_A_SAINT, Source.GIVEN_NAME, Source.SPACY, Source.NAME_MODEL},
    {Source.NEAR_A_NAME_OF_THE_STUDY, Source.CAPITAL, Source.PROPER_NOUN},
)
PAIRS = [
    (surer, other)
    for at, group in enumerate(SUREST_FIRST)
    for surer in sorted(group)
    for others in SUREST_FIRST[at + 1 :]
    for other in sorted(others)
]


@pytest.mark.parametrize(("surer", "other"), PAIRS)
def test_the_surer_source_wins(surer: Source, other: Source) -> None:
    one = Mention(place=Place.at("D1", 0, 5), label="PLACE", score=0.1, sources=(surer,))
    two = Mention(place=Place.at("D1", 0, 5), label="PERSON", score=0.9, sources=(other,))
    for order in ((one, two), (two, one)):
        (winner,) = without_overlaps("Leith", order)
        assert winner.label == "PLACE"


@pytest.mark.parametrize("group", SUREST_FIRST)
def test_among_equals_the_score_decides(group: set[Source]) -> None:
    for one in group:
        for other in group:
            sure = Mention(place=Place.at("D1", 0, 5), label="PLACE", score=0.9, sources=(one,))
            less = Mention(place=Place.at("D1", 0, 5), label="PERSON", score=0.8, sources=(other,))
            assert without_overlaps("Leith", (less, sure))[0].label == "PLACE"


def test_every_source_has_a_rank() -> None:
    assert set(RANKS) == set(Source)


@pytest.mark.parametrize("detection", ["with name model", "without"])
def test_every_source_has_a_weight_and_no_weight_is_of_something_else(detection: str) -> None:
    shipped = json.loads(
        resources.files("redact.data").joinpath("score_weights.json").read_text("utf-8")
    )
    assert set(shipped[detection]) == {counts_as(source) for source in Source} | set(FEATURES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_every_kind_of_identifier_is_a_source(rule: Rule) -> None:
    assert rule.source in Source


def test_sources_of_older_studies_are_read() -> None:
    assert Source("SpacyRecognizer") is Source.SPACY
    assert Source("UkPostcodeRecognizer") is Source.PRESIDIO_POSTCODE
    assert Source("given and family name") is Source.GIVEN_AND_FAMILY_NAME
    with pytest.raises(ValueError, match="no such thing"):
        Source("no such thing")
