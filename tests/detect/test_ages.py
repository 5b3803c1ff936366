"""Exact ages of people are mentions, in a frame or beside a person; other numbers are not."""

import pytest

from redact.detect.ages import AgeRecognizer
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("she's 83 and sharp", "83"),
        ("he turned nineteen on the boat", "nineteen"),
        ("a 46-year-old man", "46"),
        ("a twenty-two year old", "twenty-two"),
        ("aged 71", "71"),
        ("I'm fifty-eight, me", "fifty-eight"),
        ("I am fifty-three. Nearly.", "fifty-three"),
        ("from the age of six", "six"),
        ("my wife is 60", "60"),
        ("102 years of age", "102"),
        ("six year auld", "six"),
        ("Eh'm twinty-twa", "twinty-twa"),
        ("he wis seeventy-three", "seeventy-three"),
        ("she'd have been twelve", "twelve"),
        ("he'd hae been nine.", "nine"),
        ("she must be ninety", "ninety"),
        ("He twenty-four. He could be my boy.", "twenty-four"),
        ("she's approaching 75", "75"),
        ("approaching 75 he stopped", "75"),
        ("At 16 I went to sea", "16"),
        ("left at thirty with four kids", "thirty"),
        ("a lad of nineteen", "nineteen"),
        ("a man o' eighty in the close", "eighty"),
        ("Danielle Ortiz, generalist, 36\n", "36"),
        ("Mr Ogilvie, seventy-one. And then", "seventy-one"),
        ("Toby East, nineteen, when he came", "nineteen"),
        ("SPROAT, Dorothea (76), Leith", "76"),
        ("Davie Grant (79, widower; a carer)", "79"),
        ("Age: 58", "58"),
        ("age: 23", "23"),
        ("│ Age / sex:   │ 44 / F", "44"),
        ("How old were you?\nP: Twenty-six.", "Twenty-six"),
        ("My mother-in-law. She is the first. Eighty-one. She can't read.", "Eighty-one"),
        ("one is 48", "48"),
        ("the youngest is five.", "five"),
        ("Shuggie's 46 and the other", "46"),
        ("At my age, 77, you don't.", "77"),
        ("How about me? Me? Sixty-one.", "Sixty-one"),
        ("I'm in my eighty-fourth year.", "eighty-fourth"),
        ("her hundred-and-first birthday", "hundred-and-first"),
        ("his 40th birthday", "40th"),
        ("I'm 46\nINT: And he?\n", "46"),
        ("I'm in my fifties, 53 to be exact.", "53"),
        ("the wrong side of sixty, sixty-three", "sixty-three"),
        ("I turned the big five-oh.", "five-oh"),
        ("a 54 y/o woman", "54"),
        ("54yo, two kids", "54"),
        ("what's it like being ninety-three?", "ninety-three"),
        ("So you're...\nP01: Fifty-five. Don't rub it in.", "Fifty-five"),
        ("children: 12 F, and a dog", "12"),
        ("67M, with low mood", "67"),
        ("the twins' 40th on the Saturday", "40th"),
        ("the wee one's seven months, she", "seven months"),
        ("a newborn, 4 days, and", "4 days"),
        ("she was a hundred and two, God rest her", "a hundred and two"),
        ("he's two and a half, the terror", "two and a half"),
        ("he's gonnae be eight on the Friday", "eight"),
        ("a bairn o three, and a dug", "three"),
        ("how old were you when it started\neleven\nand your sister\n", "eleven"),
        ("white male, 71, lives alone", "71"),
        ("F1 (45): It's the paperwork.", "45"),
        ("she was adopted at three, and", "three"),
        ("I'm no eighty, hen", "eighty"),
    ],
)
def test_an_exact_age_is_found(text: str, age: str) -> None:
    assert found_by(AgeRecognizer(), text, "AGE") == [age]


def test_every_age_of_a_list_is_found() -> None:
    assert found_by(AgeRecognizer(), "three boys, 23, 22 and 20, all here", "AGE") == [
        "23",
        "22",
        "20",
    ]


@pytest.mark.parametrize("said", ["Ages: 34, 36 and 9.", "the kids are 34, 36 and 9\nINT: Aye?\n"])
def test_every_age_of_a_row_is_found(said: str) -> None:
    assert found_by(AgeRecognizer(), said, "AGE") == ["34", "36", "9"]


def test_an_age_that_comes_after_another_is_found() -> None:
    said = "My eldest's 22, then 19, then 14."
    assert found_by(AgeRecognizer(), said, "AGE") == ["22", "19", "14"]


@pytest.mark.parametrize(
    "text",
    [
        "ages 18-25",
        "it was 200M, with interest",
        "the big one",
        "she is 5\nminutes late",
        "So, 46. That was the number we got",
        "in my second year at college",
        "in her 26th year of service",
        "his 20th visit",
        "I've worked here 25 years",
        "she's 10 minutes late",
        "it's 20 percent",
        "he is 6 foot",
        "they are 40 miles away",
        "she was 5 days in",
        "I'm 100 percent sure",
        "he is 3 of them",
        "the score was 4",
        "they're 7 people",
        "I'm three crofts down",
        "she's sax month in",
        "at 27 she says this",
        "at 20 past",
        "at sixteen hundred",
        "at 60 miles an hour",
        "at 30 degrees",
        "from 22 June",
        "we got 12, 23, 40",
        "it's £3, 40 of them",
        "How many? Twenty-six. She counted.",
        "13. AB: And then?\n\n14. CD: Then he left.\n",
        "open in Fife, twenty, thirty people",
        "it was four, and then it was five",
        "of which Northgate was one.",
        "size 14, she's a size 12",
        "under the age of 18",
        "Suite 3, 45. Then",
        "Monday, 21. Tuesday",
        "half past, 20. I was",
        "The house was 80 years old",
        "the furnace is about forty years old",
        "My mark was 62.",
        "it's a four-year-old car with rust",
        "I'm ninety days clean",
        "she's six months pregnant",
    ],
)
def test_other_numbers_are_no_ages(text: str) -> None:
    assert not found_by(AgeRecognizer(), text, "AGE")


def test_what_is_said_instead_of_an_age_is_one_too() -> None:
    text = "she was seventeen? No. Eighteen. Because she had two exams."
    assert found_by(AgeRecognizer(), text) == ["seventeen", "Eighteen"]


def test_the_last_question_says_what_a_number_is() -> None:
    text = "I: How old are the bairns?\nR: Six.\nI: And how many hours?\nR: Sixteen. Not enough."
    assert found_by(AgeRecognizer(), text) == ["Six"]
