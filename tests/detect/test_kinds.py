"""A name's kind is decided at its place; what is hidden stays the same."""

import gzip
import json
import re
from dataclasses import replace
from importlib import resources
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import NAMES, Detection, Label, Mention, Place, RosterEntry, Source
from redact.detect.confidence import Kinds
from redact.detect.detector import detect
from redact.detect.evidence import Look
from redact.detect.kinds import with_kinds
from redact.detect.lexicon import is_function_word, is_ordinary
from redact.policy import Policy
from tests.detect.mentions import surfaces, transcript

WORDS = (
    "at the Haven in Leith with Morag Braid, who said Brackenfold pays. From Leith to it".split()
)
VOUCHED = (Source.ROSTER, Source.SPEAKER_LABEL, Source.TITLE)
OPEN = (Source.SPACY, Source.NAME_MODEL, Source.CORPUS, Source.CAPITAL, Source.GAZETTEER)


def decided(
    text: str,
    mentions: tuple[Mention, ...],
    roster: tuple[RosterEntry, ...] = (),
    kinds: Kinds = MappingProxyType({}),
) -> tuple[Mention, ...]:
    look = Look(mentions=mentions, kept=(), likely={}, kinds=kinds, modelled=True)
    (detection,) = with_kinds(
        (transcript(text),), {"D1": look}, (Detection("D1", mentions),), roster
    )
    return detection.mentions


def name(text: str, surface: str, label: Label, *sources: Source) -> Mention:
    at = text.index(surface)
    place = Place.at("D1", at, at + len(surface))
    return Mention(place=place, label=label, score=0.8, sources=sources)


@given(
    said=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30),
    drawn=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(OPEN + VOUCHED))),
)
def test_no_mention_comes_goes_or_moves_and_what_is_vouched_for_keeps_its_kind(
    said: list[str], drawn: list[tuple[Label, Source]]
) -> None:
    text, mentions = "", []
    for at, word in enumerate(said):
        if at < len(drawn):
            place = Place.at("D1", len(text), len(text) + len(word))
            label, source = drawn[at]
            mentions.append(Mention(place=place, label=label, score=0.8, sources=(source,)))
        text += word + " "
    new = decided(text, tuple(mentions))
    assert [(m.place, m.score, m.sources) for m in new] == [
        (m.place, m.score, m.sources) for m in mentions
    ]
    for before, after in zip(mentions, new, strict=True):
        assert after.label in NAMES
        if before.sources[0] in VOUCHED:
            assert after == before


def test_where_the_model_is_of_two_minds_the_words_of_a_name_speak() -> None:
    text = "I applied to the Brackenfold Housing Trust for it."
    mention = name(text, "Brackenfold Housing Trust", "PLACE", Source.NAME_MODEL)
    (new,) = decided(text, (mention,), kinds={mention.start: (0.1, 0.4, 0.4)})
    assert new == replace(mention, label="ORG")


def test_what_the_roster_lists_keeps_its_kind_and_so_do_the_words_of_its_persons() -> None:
    text = "I applied to the Brackenfold Housing Trust, and Braid Road is long."
    mentions = (
        name(text, "Brackenfold Housing Trust", "PLACE", Source.CORPUS),
        name(text, "Braid", "PERSON", Source.CORPUS),
    )
    roster = (
        RosterEntry(row=2, kind="PLACE", name="Brackenfold Housing Trust"),
        RosterEntry(row=3, kind="PERSON", name="Morag Braid"),
    )
    assert decided(text, mentions, roster) == mentions


def test_numbers_and_dates_are_left_alone() -> None:
    text = "rang 555-0142 on the 3rd of May"
    mentions = (name(text, "555-0142", "PHONE", Source.PHONE_NUMBER_BY_SHAPE),)
    assert decided(text, mentions) == mentions


@pytest.mark.model
def test_one_form_is_a_person_here_and_a_place_there(safe_copy: Policy) -> None:
    text = (
        "INT: Who came?\n"
        "P01: Lauder did. Lauder said he would never leave us. Jim Lauder, my manager.\n"
        "INT: And where do you stay?\n"
        "P01: I live in Lauder, near Galashiels. I go home to Lauder at night. "
        "But I told Lauder no.\n"
    )
    (detection,) = detect((transcript(text, "a"),), safe_copy)
    lauder = [m.label for m in detection.mentions if text[m.start : m.end] == "Lauder"]
    assert lauder == ["PERSON", "PERSON", "PLACE", "PLACE", "PERSON"]


@pytest.mark.model
def test_the_short_form_of_an_organisation_is_one_and_no_person_of_that_name(
    safe_copy: Policy,
) -> None:
    text = (
        "INT: Who runs it?\n"
        "P01: The Haven? Oban Haven Trust. I was with the Haven nine years, and Marjorie Haven was "
        "the manager. I told Marjorie. The Haven paid for my course.\n"
    )
    (detection,) = detect((transcript(text, "a"),), safe_copy)
    assert surfaces(detection, text, "ORG") == ["Haven", "Oban Haven Trust", "Haven", "Haven"]
    assert surfaces(detection, text, "PERSON") == ["Marjorie Haven", "Marjorie"]


def test_no_name_stands_in_the_weights() -> None:
    packed = resources.files("redact.data").joinpath("kind_weights.json.gz").read_bytes()
    told = json.loads(gzip.decompress(packed))
    beside = re.compile(r"(?:[-+]\d+|opens with|ends in|has|behind [A-Z]+|before [A-Z]+) (.*)")
    ours = frozenset(
        "PERSON PLACE ORG a word of place given name hardly family unknown acronym ordinary none "
        "person figures".split()
    )
    for group in ("here", "form"):
        for feature in told[group]:
            if match := beside.fullmatch(feature):
                for word in re.findall(r"(?<![<\w])[a-z]{2,}(?!\w*>)", match[1]):
                    known = is_function_word(word) or is_ordinary(word) or word in ours
                    assert known or len(word) < 3, feature


def test_a_street_without_a_number_may_be_what_a_body_is_called() -> None:
    text = "Sandy Lane Families sent me. I work at Sandy Lane. She bides at 12 Sandy Lane."
    street = (Source.STREET_ADDRESS,)
    at = text.index("12 Sandy Lane")
    numbered = Mention(
        place=Place.at("D1", at, at + len("12 Sandy Lane")),
        label="PLACE",
        score=0.8,
        sources=street,
    )
    families = name(text, "Sandy Lane Families", "ORG", Source.ORGANISATION_WORD)
    lane = text.index("Sandy Lane.")
    place = Place.at("D1", lane, lane + len("Sandy Lane"))
    short = Mention(place=place, label="PLACE", score=0.8, sources=street)
    kinds = {lane: (0.0, 0.01, 0.99), lane + 6: (0.0, 0.01, 0.99)}
    new = decided(text, (families, short, numbered), kinds=kinds)
    assert [m.label for m in new] == ["ORG", "ORG", "PLACE"]
