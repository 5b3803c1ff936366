"""Names and places as a listener knows them, with made-up sentences, none from the samples."""

import pytest

from redact.core import Transcript
from redact.detect.context import LastNet, OrganisationRecognizer, PersonRecognizer, PlaceRecognizer
from redact.detect.gazetteer import is_place
from redact.transcript.words import fold
from tests.detect.mentions import found_by

LOW = "int: so what was that like for you then\np01: well it was grand really you know "


@pytest.mark.parametrize(
    "place",
    [
        "Leith",
        "Gorbals",
        "Castlemilk",
        "Easterhouse",
        "Wester Hailes",
        "Ferguslie Park",
        "Benbecula",
        "Auchtermuchty",
        "Na h-Eileanan Siar",
        "Wicker Park",
        "Haughville",
        "Dorchester",
        "Anoka County",
        "Killie",
        "Steòrnabhagh",
        "Mille Lacs",
        "Stornoway",
        "the Lothians",
    ],
)
def test_hard_places_are_known(place: str) -> None:
    assert is_place(fold(place))
    text = f"INT: And where?\nP01: We went over to see her in {place} that week.\n"
    assert any(place.removeprefix("the ") in span for span in found_by(PlaceRecognizer(), text))


@pytest.mark.parametrize("place", ["leith", "castlemilk", "wester hailes", "kilmarnock", "roxbury"])
def test_places_are_found_without_capitals_behind_a_preposition(place: str) -> None:
    text = LOW + f"she bides in {place} wi her maw\n"
    assert place in found_by(PlaceRecognizer(), text)


@pytest.mark.parametrize(
    "text",
    [
        "I hope she was reading the law at home, with a bishop.",
        "It happened in March and then in May.",
        LOW + "i was reading at home in hope of a nice normal bishop\n",
    ],
)
def test_words_that_are_also_towns_are_left(text: str) -> None:
    assert found_by(PlaceRecognizer(), text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was ma pal Jeanie that said it.", "Jeanie"),
        ("Well, wee Tam was in.", "Tam"),
        ("She's called Oighrig by everyone.", "Oighrig"),
        ("And then Catriona Wrona came.", "Catriona Wrona"),
        ("So I phoned Fatima about it.", "Fatima"),
        ("It's Mairi Nic a' Ghobhainn on the form.", "Mairi Nic a' Ghobhainn"),
    ],
)
def test_a_person_is_known_by_cue_or_name(text: str, name: str) -> None:
    assert name in found_by(PersonRecognizer(), text)


def test_given_and_family_name_are_found_without_capitals() -> None:
    assert "catriona mackenzie" in found_by(PersonRecognizer(), LOW + "it was catriona mackenzie\n")


@pytest.mark.parametrize(
    "text",
    [
        LOW + "i will hope so mark my words in the summer wi good grace\n",
        LOW + "people say many things about numbers and grey hair\n",
        "I said that to Nobody at All.",
    ],
)
def test_ordinary_words_are_nobody(text: str) -> None:
    assert found_by(PersonRecognizer(), text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I was at the Tobar Housing Association then.", "Tobar Housing Association"),
        ("She ran Thompson House for years.", "Thompson House"),
        ("wi City of Perth Council, if you ask", "City of Perth Council"),
        ("The Office of Tenant Affairs wrote.", "Office of Tenant Affairs"),
        ("I was at St Brigid till I left.", "St Brigid"),
        ("And Tobar Women's Aid sent her.", "Tobar Women's Aid"),
        ("She went to Tobar High, then left.", "Tobar High"),
        ("the Tobar Project for the Larkery, I think", "Tobar Project for the Larkery"),
        ("He drives for ScotRail now.", "ScotRail"),
        ("so i asked citizens advice and they said", "citizens advice"),
    ],
)
def test_an_organisation_is_known_by_its_word(text: str, name: str) -> None:
    assert name in found_by(OrganisationRecognizer(), text)


@pytest.mark.parametrize(
    "text",
    [
        "The Trust is what I need.",
        "I had scotrail on my mind, said Jo. No more.",
        "so she took a cab home",
        "Macy went home.",
    ],
)
def test_no_organisation_is_seen_in_a_word_alone(text: str) -> None:
    assert found_by(OrganisationRecognizer(), text) == []


def test_the_last_net_takes_capitals_in_mid_sentence_only() -> None:
    text = "Well I went to Zorbane and the Larkery. Then it was Vietnamese food on Tuesday.\n"
    mentions = LastNet().find(Transcript(id="D1", text=text), frozenset())
    assert [text[m.start : m.end] for m in mentions] == ["Zorbane", "Larkery"]


def test_a_given_name_that_is_an_exclamation_too_is_one_before_a_family_name() -> None:
    for text, name in (
        ("I hired my cousin, Jesus Ibarra, that spring.", "Jesus Ibarra"),
        ("Then it was Jesus Ibarra who rang.", "Jesus Ibarra"),
        ("He goes by Chus. Jesus is his name.", "Jesus"),
    ):
        assert name in found_by(PersonRecognizer(), text)
    for text in (
        "Oh Jesus Christ, no.",
        "Jesus, I was tired.",
    ):
        spans = found_by(PersonRecognizer(), text)
        assert not [span for span in spans if span.startswith("Jesus")]
