"""What is written small amid capitals, or only says a people or a day, is no name."""

from dataclasses import replace

import pytest

from redact.core import Label, Mention, Place, Source
from redact.detect.no_names import without_words
from tests.detect.mentions import mention, transcript

AMID = "Then Morag said to Fiona that {} was there. And Calum left Kilmarnock.\n"


def left(text: str, surface: str, label: Label = "ORG") -> list[Mention]:
    return list(without_words(transcript(text), [mention(text, surface, label)]))


@pytest.mark.parametrize("words", ["the doorstep", "voice mail", "barber school", "dinna ken"])
@pytest.mark.parametrize("label", ["ORG", "PERSON", "PLACE"])
def test_words_written_small_amid_capitals_are_no_names(words: str, label: Label) -> None:
    assert not left(AMID.format(words), words, label)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("morag", "PERSON"),
        ("kilmarnock", "PLACE"),
        ("js", "PERSON"),
        ("Porch", "ORG"),
        ("low_j_01", "PERSON"),
        ("Polish Club", "ORG"),
        ("Christian", "PERSON"),
    ],
)
def test_what_may_be_a_name_stays(words: str, label: Label) -> None:
    assert left(AMID.format(words), words, label)


@pytest.mark.parametrize("word", ["Polish", "Tuesdays", "HVAC", "WhatsApp"])
def test_peoples_days_and_products_are_no_bodies(word: str) -> None:
    assert not left(AMID.format(word), word)


@pytest.mark.parametrize(
    ("source", "surface", "score", "stays"),
    [
        (Source.SPACY, "Qualm Brisket", 0.15, False),
        (Source.SPACY, "Qualm Brisket", 0.25, True),
        (Source.SPACY, "Morag", 0.15, True),
        (Source.CAPITAL, "Qualm", 0.05, False),
        (Source.NEAR_A_NAME_OF_THE_STUDY, "Qualm", 0.1, True),
        (Source.CORPUS, "Qualm", 0.05, True),
    ],
)
def test_what_one_view_alone_hardly_believes_is_no_name(
    source: Source, surface: str, score: float, stays: bool
) -> None:
    text = AMID.format(surface)
    seen = replace(mention(text, surface, "PERSON"), sources=(source,), score=score)
    assert list(without_words(transcript(text), [seen])) == [seen] * stays


def test_talk_without_capitals_is_left_as_it_is() -> None:
    text = "then the doorstep was there and they went home again because it was late\n" * 3
    assert left(text, "doorstep")


def test_what_a_person_listed_stays() -> None:
    text = AMID.format("doorstep")
    at = text.index("doorstep")
    listed = Mention(
        place=Place.at("D1", at, at + 8), label="ORG", score=1.0, sources=(Source.ROSTER,)
    )
    assert list(without_words(transcript(text), [listed])) == [listed]


@pytest.mark.parametrize("word", ["Sertraline", "Ozempic", "Buvidal"])
def test_a_medicine_is_no_name(word: str) -> None:
    assert not left(AMID.format(word), word, "PERSON")
    assert not left(AMID.format(word), word, "PLACE")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Lewy body", "Lewy"),
        ("Parkinson’s", "Parkinson"),
        ("Down's syndrome", "Down"),
        ("every Tom, Dick and Harry", "Dick"),
        ("Mark my words", "Mark"),
    ],
)
def test_an_illness_or_a_saying_is_not_who_it_is_called_after(said: str, words: str) -> None:
    assert not left(AMID.format(said), words, "PERSON")


def test_somebody_who_is_called_like_an_illness_stays() -> None:
    assert left(AMID.format("Parkinson"), "Parkinson", "PERSON")
