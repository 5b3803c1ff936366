"""Tables of what each recognizer must find, and of what it must leave alone."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Label, Mention, Place, RosterEntry, Source, Transcript
from redact.detect.combine import tidy, without_overlaps
from redact.detect.dates import DateAndAgeRecognizer
from redact.detect.detector import Recognizer
from redact.detect.identifiers import IdentifierRecognizer
from redact.detect.keep import KeepList, settle
from redact.detect.phones import PhoneShapeRecognizer
from redact.detect.roster import RosterRecognizer, SpeakerRecognizer, TitleRecognizer
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.turns import read_structure


def transcript(text: str) -> Transcript:
    return Transcript("D1", text, read_structure(text).turns)


def found(recognizer: Recognizer, text: str, label: str) -> list[str]:
    mentions = recognizer.find(transcript(text))
    return [text[m.start : m.end] for m in mentions if m.label == label]


@pytest.mark.parametrize(
    "date",
    [
        "the 3rd of March 2019", "3 March", "March 3rd", "March the third", "the third of March",
        "twenty-first of May", "14/02/2019", "2019-02-14", "02/14/2019", "3.4.19",
        "Tuesday the 5th", "Hogmanay 2018", "Christmas Eve, 2019", "July 4th, 2020",
        "Fourth of July 2019", "Thanksgiving 2019", "December 19th", "1 jan 1999",
    ],
)  # fmt: skip
def test_a_date_to_the_day_is_found(date: str) -> None:
    (span,) = found(DateAndAgeRecognizer(), f"it was {date} I think", "DATE")
    assert span == date


@pytest.mark.parametrize(
    "text",
    [
        "in 2019", "in March 2019", "back in the summer of 2014", "twenty years", "half ten",
        "at 9.15 or so", "room 4, 2019", "on Tuesday", "version 3.4.1 of it", "24/7",
        "one in ten", "we may 3 times", "£3.40", "March past",
    ],
)  # fmt: skip
def test_years_months_and_amounts_are_no_dates(text: str) -> None:
    assert not found(DateAndAgeRecognizer(), text, "DATE")


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("she's 83 and sharp", "83"),
        ("he turned nineteen on the boat", "nineteen"),
        ("a 46-year-old man", "46"),
        ("a twenty-two year old", "twenty-two"),
        ("aged 71", "71"),
        ("I'm fifty-eight, me", "fifty-eight"),
        ("from the age of six", "six"),
        ("my wife is 60", "60"),
        ("102 years of age", "102"),
    ],
)
def test_an_exact_age_is_found(text: str, age: str) -> None:
    assert found(DateAndAgeRecognizer(), text, "AGE") == [age]


@pytest.mark.parametrize(
    "text",
    [
        "I've worked here 25 years", "she's 10 minutes late", "it's 20 percent", "he is 6 foot",
        "they are 40 miles away", "she was 5 days in", "I'm 100 percent sure", "he is 3 of them",
        "the score was 4", "they're 7 people",
    ],
)  # fmt: skip
def test_other_numbers_are_no_ages(text: str) -> None:
    assert not found(DateAndAgeRecognizer(), text, "AGE")


@pytest.mark.parametrize(
    "number",
    [
        "07700 900 123", "07700900123", "0131 496 0123", "01632 960 188", "+44 7700 900 123",
        "617-555-0142", "(617) 555-0142", "617.555.0142", "555-0142", "+1 617-555-0142",
    ],
)  # fmt: skip
def test_a_phone_number_is_found(number: str) -> None:
    spans = found(PhoneShapeRecognizer(), f"ring {number} after six", "PHONE")
    digits = "".join(filter(str.isdigit, number))
    assert any(digits in "".join(filter(str.isdigit, span)) for span in spans)


@pytest.mark.parametrize(
    "text", ["between 1998 2003", "room 4, 2019", "it cost 12,500.00", "12 34", "section 8 2020"]
)
def test_other_numbers_are_no_phone_numbers(text: str) -> None:
    assert not found(PhoneShapeRecognizer(), text, "PHONE")


@pytest.mark.parametrize("number", ["987-65-4320", "900 12 3456", "000-12-3456"])
def test_what_looks_like_a_social_security_number_is_found(number: str) -> None:
    assert set(found(IdentifierRecognizer(), f"it's {number}.", "ID")) == {number}


@pytest.mark.parametrize("text", ["1987-65-4320", "987-65-43201", "987-654-320"])
def test_longer_and_shorter_numbers_are_no_social_security_numbers(text: str) -> None:
    assert not found(IdentifierRecognizer(), text, "ID")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I asked Mrs Begum then", "Begum"),
        ("it was Mr. O'Neil's turn", "O'Neil"),
        ("Auntie Fatima came", "Fatima"),
        ("old Dr Sen-Gupta", "Sen-Gupta"),
        ("Mr Park is in", "Park"),
    ],
)
def test_the_name_behind_a_title_is_found(text: str, name: str) -> None:
    assert found(TitleRecognizer(), text, "PERSON") == [name]


@pytest.mark.parametrize(
    "text", ["the Dr was late", "Miss the bus", "Sister of mine", "Mr and Mrs"]
)
def test_a_title_alone_names_nobody(text: str) -> None:
    assert not found(TitleRecognizer(), text, "PERSON")


def test_speaker_labels_and_headers_are_mentions() -> None:
    text = "Location: Largs\nINT: So?\nMorag: Aye.\n"
    assert found(SpeakerRecognizer(), text, "PERSON") == ["Morag"]
    assert found(SpeakerRecognizer(), text, "PLACE") == ["Largs"]


ROSTER = (
    RosterEntry(2, "PERSON", "Hugh Lennox", ("Shuggie",)),
    RosterEntry(3, "PERSON", "Will Dunlop", ("Will",)),
    RosterEntry(4, "ORG", "Corriedoon Supported Living", ("Corriedoon",)),
)


def test_the_roster_is_found_in_any_case_and_possessive_but_words_wait_for_evidence() -> None:
    text = "SHUGGIE and hugh lennox's pal at corriedoon; I will ask Will Dunlop"
    recognizer = RosterRecognizer(ROSTER)
    assert found(recognizer, text, "PERSON") == ["SHUGGIE", "hugh lennox", "Will Dunlop"]
    assert found(recognizer, text, "ORG") == ["corriedoon"]


KEEP = KeepList(("Scottish Government", "NHS", "US", "Self-directed Support", "Scotland"))


def mention(text: str, surface: str, label: str = "ORG") -> Mention:
    at = text.index(surface)
    return Mention(Place.at("D1", at, at + len(surface)), label, 0.85, (Source.SPACY,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "surface", "left", "kept"),
    [
        ("the Scottish Government said", "the Scottish Government", [], ["Scottish Government"]),
        ("the Scottish Government's Morag", "Scottish Government's Morag", ["Morag"],
         ["Scottish Government"]),
        ("at NHS Lanarkshire then", "NHS Lanarkshire", ["NHS Lanarkshire"], []),
        ("self directed support works", "self directed", [], ["self directed support"]),
        ("in Scotland Morag", "Scotland Morag", ["Scotland Morag"], []),
        ("He bides in Nis, ken. NHS staff", "ken. NHS", [], ["NHS"]),
    ],
)  # fmt: skip
def test_kept_bodies_stay_and_hide_nobody(
    text: str, surface: str, left: list[str], kept: list[str]
) -> None:
    one = transcript(text)
    mentions, staying = settle(text, [mention(text, surface)], KEEP.find(one))
    assert [text[m.start : m.end] for m in mentions] == left
    assert [text[k.start : k.end] for k in staying] == kept


def test_a_short_acronym_is_kept_only_in_capitals() -> None:
    text = "INT: They told us about the US and us. And it was Us.\nP01: Right then, well.\n"
    assert [text[k.start : k.end] for k in KEEP.find(transcript(text))] == ["US"]


def test_the_same_place_is_kept_once_however_the_policy_spells_it() -> None:
    keep = KeepList(("Self-directed Support", "Self Directed Support"))
    assert len(keep.find(transcript("Self-directed Support"))) == 1


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
            mentions.append(Mention(Place.at("D1", start, end), label, 0.5, (source,)))
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
    one = Mention(Place.at("D1", 0, 13), "PERSON", 0.9, (Source.ROSTER,))
    two = Mention(Place.at("D1", 6, 26), "ORG", 0.85, (Source.SPACY,))
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
        "Old Kirk of St. Andrew", "Church",
    ]  # fmt: skip


def test_an_ordinary_word_beside_a_longer_reading_is_no_place_and_no_organisation() -> None:
    text = "the old barrhead kirk job and will barrhead kirk"
    kirk = mention(text, "old barrhead kirk", "PLACE")
    job = mention(text, "barrhead kirk job", "ORG")
    assert [text[m.start : m.end] for m in without_overlaps(text, [kirk, job])] == [
        "old barrhead kirk"
    ]
    at = text.index("will")
    place = kirk.moved(at + 5, at + 18)
    person = Mention(Place.at("D1", at, at + 13), "PERSON", 0.8, (Source.NAME_MODEL,))
    assert text[at : at + 4] in [
        text[m.start : m.end] for m in without_overlaps(text, [place, person])
    ]


def test_model_spans_lose_talk_articles_and_possessives_and_keep_a_title() -> None:
    text = "Aye Morag's and the Scottish Trust and Mrs Begum and Tuesday"
    spans = [("Aye Morag's", "PERSON"), ("the Scottish Trust", "ORG"), ("Mrs Begum", "PERSON"),
             ("Tuesday", "PERSON")]  # fmt: skip
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
    found = replace(mention(text, name, "PERSON"), sources=sources)
    assert [text[m.start : m.end] for m in tidy(transcript(text), [found])] == [kept]


def test_a_model_span_stops_at_the_turn_and_leaves_codes_in_labels() -> None:
    text = "INT: And Morag\nP02: Homelessness.\n"
    spans = [mention(text, "Morag\nP02", "PERSON"), mention(text, "INT", "ORG")]
    assert [text[m.start : m.end] for m in tidy(transcript(text), spans)] == ["Morag"]


def test_two_people_taken_for_one_are_two() -> None:
    text = "it was Lloyd and Betty who came"
    tidied = tidy(transcript(text), [mention(text, "Lloyd and Betty", "PERSON")])
    assert [text[m.start : m.end] for m in tidied] == ["Lloyd", "Betty"]


def test_a_transcript_without_case_is_known_by_itself() -> None:
    assert is_caseless("INT: so how are you\nP04: aye grand i'm in leith")
    assert not is_caseless("INT: So how are you? P04: Aye, grand. I'm in Leith.")


@pytest.mark.parametrize(
    ("text", "word", "first"),
    [
        ("Well. Will came", "Will", True),
        ("and Will came", "Will", False),
        ("INT: Will came", "Will", True),
        ('he said, "Will came', "Will", False),
        ("[laughs] Will came", "Will", True),
        ("Will came", "Will", True),
    ],
)
def test_sentence_starts_are_known(text: str, word: str, first: bool) -> None:
    assert begins_sentence(text, text.index(word)) is first
