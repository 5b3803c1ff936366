"""Our mentions in somebody's own Presidio pipeline, without a network."""

from collections.abc import Callable
from typing import Any

import pytest
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig

from redact.core import LABELS
from redact.detect.for_presidio import ENTITY_OF, RedactRecognizer

pytestmark = pytest.mark.model

TALK = "INT: Who?\nP01: Morag MacLeod, CHI 010190 1234, morag@corrie.example, in Kilmarnock.\n"


@pytest.fixture(scope="module")
def analyzer() -> AnalyzerEngine:
    """An engine that has a recognizer of its own beside ours."""
    room = PatternRecognizer("ROOM", patterns=[Pattern("room", r"room \d+", 0.9)])
    registry = RecognizerRegistry(recognizers=[room, RedactRecognizer()])
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}]),
    )


def test_an_engine_gets_our_mentions_beside_its_own(analyzer: AnalyzerEngine) -> None:
    text = f"{TALK}P01: She is in room 12.\n"
    found = {(r.entity_type, text[r.start : r.end]) for r in analyzer.analyze(text, language="en")}
    assert {
        ("PERSON", "Morag MacLeod"),
        ("LOCATION", "Kilmarnock"),
        ("EMAIL_ADDRESS", "morag@corrie.example"),
        ("ID", "010190 1234"),
        ("ROOM", "room 12"),
    } <= found


def test_an_engine_gets_only_what_it_asks_for(analyzer: AnalyzerEngine) -> None:
    found = analyzer.analyze(TALK, language="en", entities=["LOCATION"])
    assert {TALK[r.start : r.end] for r in found} == {"Kilmarnock"}


def test_a_result_says_what_kind_it_is_and_who_saw_it(analyzer: AnalyzerEngine) -> None:
    (found,) = analyzer.analyze(TALK, language="en", entities=["ID"], return_decision_process=True)
    assert found.analysis_explanation.textual_explanation.startswith("CHI number: ")
    assert found.recognition_metadata["recognizer_name"] == "redact"


def test_its_anonymizer_replaces_with_the_operators_it_knows(analyzer: AnalyzerEngine) -> None:
    found = analyzer.analyze(TALK, language="en")
    engine: Callable[[], Any] = AnonymizerEngine
    made = engine().anonymize(
        TALK, found, {"PERSON": OperatorConfig("replace", {"new_value": "somebody"})}
    )
    assert "P01: somebody, " in made.text
    assert not [w for w in ("Morag", "010190", "Kilmarnock", "morag@") if w in made.text]


def test_nothing_is_found_in_nothing(analyzer: AnalyzerEngine) -> None:
    assert RedactRecognizer().analyze(" \n", []) == []


def test_every_label_has_an_entity_of_presidio() -> None:
    assert set(ENTITY_OF) == set(LABELS)
