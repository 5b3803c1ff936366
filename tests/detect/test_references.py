"""What is written like a reference is hidden; years, measures, roads, forms and codes are not."""

import pytest

from redact.detect.references import ReferenceRecognizer
from redact.detect.spoken import SpokenRecognizer
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    "reference",
    [
        "12-JB-00417",
        "HX/ABC/15/0093",
        "SDX/QCC/15/0077",
        "2009XF004417",
        "T19-0044-1788-2",
        "CX 2010 998275",
        "C 28 417 093",
        "123456789012",
        "DQ/5521/24",
        "HQ-778204",
        "TQ0038",
        "GQ-I-2409-06",
        "MQO-55-20931-P",
        "HOQ 24 / 7731",
        "CQ 1204",
        "S 310 323 770 806",
        "B318 6007 5582 09",
        "AFQ 0019-7734",
        "31 006 528",
        "6-0-8-8",
        "0 3 8 5 - 6 1",
        "RQ/02/CP",
        "SVQ-4471-B",
        "2021-0488-PQ",
        "25/0418",
        "04-41-97",
        "#3390",
        "W94 0KX 17R",
        "BQY-00I",
        "rab_1958_kyle",
        "1-0-0, pause, 4-4-7-2",
        "r 0 4 7 7 x",
        "9 4 3, 0 0, 7 6 1 5",
        "UNX oblique 00562 oblique G",
        "Tea4Two!1690",
        "HSV 0Q4",
        "99 116 538 QX",
        "T.9911.432.7",
        "#0061-K",
        "KC/44/1720/mb",
    ],
)
def test_what_is_written_like_a_reference_is_found(reference: str) -> None:
    found = found_by(ReferenceRecognizer(), f"it came back as {reference}, on Friday.\n", "ID")
    assert found == [reference]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the key safe, 2580, by the door", "2580"),
        ("her key safe's 2580", "2580"),
        ('the alarm code is "4471"', "4471"),
        ("I'm on extension 5528", "5528"),
        ("write to P.O. Box 528", "P.O. Box 528"),
        ("his number was 3071", "3071"),
        ("employee no.: SQ-0093", "SQ-0093"),
        ("Leith, Ohio 44017", "44017"),
        ("volunteer 0146 that day", "0146"),
        ("my bank card ends 4242.", "4242"),
        ("the number ended in 0147, I think", "0147"),
        ("last four of my social, 6 6 1 9.", "6 6 1 9"),
        ("the password's haggis four four nine, and", "haggis four four nine"),
        ("PC K 0960 came by", "K 0960"),
        ("the incident number. I had it on my hand: 2960 of that day", "2960"),
        ("Card B-117, Lonnie", "B-117"),
        ("VIN ends 004343", "004343"),
        ("the door card. He was 99674.", "99674"),
        ("the alarm panel is still 90-90-3, you have", "90-90-3"),
        ("What's the warrant number?\nA: 4417, he says", "4417"),
        ("my locker, L-26, was next to hers", "L-26"),
        ("a silver van, partial plate 8QK", "8QK"),
        ("they called me in intake, 417.", "417"),
        ("this is civil action 4:23-cv-00417.", "4:23-cv-00417"),
        ("on the board: WIFI heron-417-lamp, and", "heron-417-lamp"),
        ("he put L01sIsNosy! and laughed", "L01sIsNosy!"),
        ("log number 2209 of that day", "2209"),
        ("the docket is 22-04 417A. I", "22-04 417A"),
    ],
)
def test_a_short_number_is_found_where_a_word_says_what_it_opens(text: str, number: str) -> None:
    assert found_by(ReferenceRecognizer(), text, "ID") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "from 2014-2019 and in 2015/16",
        "in FY2019-20 and Q1-2019",
        "on the A90 and the M74, then I-35 and US 51",
        "a W-2 and a 1099-MISC, an I-9",
        "HB 2271 passed, and Section 1115",
        "500MG of it, 1080P, 40 HOURS",
        "COVID-19 and H1N1",
        "P07 said, and INT-02, and S3",
        "£3, 40 of them; 1,200 and 12,500",
        "at 10:30, 24/7, 9-5, 50/50",
        "1-2-3-4, away we go",
        "room B12 of the G8",
        "scored 3-2, and 21-18",
        "ages 18-25",
        "we opened in 2016, in Scotland",
        "the door in 2019",
        "the call ended 2015 for good",
        "the last four were 1200 pounds each",
        "the last four: 1000, 2000 and 3000",
        "They made me sign an I-9, a W-4, a thing called an 1199A, a CP2000",
        "rent is $1,140/mo and 860 more",
        "MMSE 24/30 then, NOTES 11/02",
        "turns 60 on the 14th!!! Bring cake",
    ],
)
def test_harmless_numbers_stay(text: str) -> None:
    assert not found_by(ReferenceRecognizer(), text, "ID")


@pytest.mark.parametrize(
    "said",
    [
        "two two one four",
        "double oh two eight",
        "fower fower wan eight",
        "eight zero three one hash",
        "GQ four four oh nine",
        "CQ stroke oh oh seven three",
        "E Q stroke double oh three one six, double two, stroke 2024",
        "FTQ slash HPQ slash E V slash 24 slash double oh 93",
        "A K O dash twinty-fower",
        "K-O, double oh three three three",
        "K S two oh eight eight, treble oh",
        "seachd, trì, neoni, ceithir",
        "Edward Paul four, one one oh, six",
    ],
)
def test_a_number_that_is_read_out_is_found(said: str) -> None:
    assert found_by(SpokenRecognizer(), f"and it was {said}. Then he left", "ID") == [said]


@pytest.mark.parametrize(
    "text",
    [
        "one, two, three, four, and lift",
        "three, six, seven of them",
        "in 2012 and 2015, no one came",
        "twenty-two or twenty-three of us",
        "option one two or three",
        "ten nine eight seven",
        "nineteen eighty-four, nineteen ninety",
        "two hundred and six people on the books",
        "the bed line is two one one, dear",
        "the record of five, two hundred percent",
        "level 2. It's one pound ten an hour",
    ],
)
def test_counting_is_no_identifier(text: str) -> None:
    assert not found_by(SpokenRecognizer(), text)


def test_the_last_figures_of_a_reference_are_found_where_they_stand_alone() -> None:
    text = "My application's TQ-2290. Hang in there, she says, 2290. In 2019, 2290.\n"
    assert found_by(ReferenceRecognizer(), text, "ID") == ["TQ-2290", "2290", "2290"]


def test_the_numbers_of_a_table_are_found_under_their_head() -> None:
    heads, rows = "| Flat | Fob | Safe code | Nights |", ("0A-7713 | 4090 | 12", "none | 4091 | 3")
    table = "\n".join((heads, *(f"| 4 | {row} |" for row in rows)))
    assert found_by(ReferenceRecognizer(), table, "ID") == ["0A-7713", "4090", "4091"]


@pytest.mark.parametrize(
    "text",
    ["my password is on the fridge", "spk_1: well", "04-11-97", "11/2019", "ring 211, she said"],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert found_by(ReferenceRecognizer(), text, "ID") == []


@pytest.mark.parametrize(
    "said",
    [
        "l for lima zero eight eight dash four one",
        "double-two, four, nine",
        "eicht, twa, eicht, nocht",
        "one-one-seven",
        "C, four, four, nine",
        "Kilo, Romeo, four-three",
        "ZQ nine, nine three, Tango",
    ],
)
def test_a_number_is_found_however_it_is_read_out(said: str) -> None:
    assert found_by(SpokenRecognizer(), f"the code's {said}, hen.\n", "ID") == [said]


def test_a_reference_is_found_in_a_text_without_capitals() -> None:
    assert found_by(ReferenceRecognizer(), "gave me hqm 24 / 7731 and cl 1204 then\n", "ID") == [
        "hqm 24 / 7731",
        "cl 1204",
    ]
    text = "the share code was w7q 9qd 2qr and my locker, q-26, and he is a 71-year-old, 55-plus\n"
    assert found_by(ReferenceRecognizer(), text, "ID") == ["w7q 9qd 2qr", "q-26"]
    text = "they had drama on my badge for a year it was lq-0417 and then covid-19 came and b12\n"
    assert found_by(ReferenceRecognizer(), text * 3, "ID") == ["lq-0417"] * 3
