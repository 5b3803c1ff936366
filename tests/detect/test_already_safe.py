"""Labels that our own actions write are passed over; names that others put in brackets are not."""

import pytest

from redact.detect.already_safe import without_labels


@pytest.mark.parametrize(
    "label",
    [
        "[Person 12]",
        "[Place 3]",
        "[date]",
        "[aged 40–49]",
        "[aged 40-49]",  # as a transcript is seen, an en dash within a number is a hyphen
        "[aged under 10]",
        "[February 2019]",
        "[2014]",
        "[phone number]",
        "[National Insurance number]",
        "[ZIP code 554]",
        "[postcode area KA]",
        "[email address of Person 3]",
        "[a town in Fife]",
        "[team leader 2]",
        "@@Person 3##",
        "[00:04:11]",
        "[12:30]",
    ],
)
def test_a_label_of_our_own_is_blanked_and_every_offset_stays(label: str) -> None:
    text = f"So {label} came with Morag."
    assert without_labels(text) == f"So {' ' * len(label)} came with Morag."


@pytest.mark.parametrize(
    "said",
    [
        "[Morag]",
        "[Morag 2]",
        "[laughs]",
        "[Kilmarnock]",
        "[a town in Morag]",
        "[Person]",
        "[Morag's number]",
        "[Person 3",
        "Person 3]",
        "[INAUDIBLE: Morag MacLeod]",
        "[07700900123]",
        "[07700 900123]",
        "[010190 1234]",
        "[900-12-3456]",
        "[2219]",
        "[flat 12 4416]",
        "[room 5, line 07700900123]",
        "[mobile 07700900123]",
        "[07700900123 number]",
        "[REF 900123456]",
        "[Person 07700900123]",
    ],
)
def test_what_a_transcriber_puts_in_brackets_is_talk(said: str) -> None:
    text = f"So {said} came."
    assert without_labels(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "[Name]",
        "[NAME 1]",
        "[name of hospital]",
        "[town name removed]",
        "(name removed)",
        "<anonymised>",
        "[Interviewer]",
        "[Participant's name]",
        "XXXX",
        "xxx",
        "████",
        "____",
        "***",
    ],
)
def test_what_people_put_where_a_name_was_is_blanked(written: str) -> None:
    text = f"So {written} came with Morag."
    assert without_labels(text) == f"So {' ' * len(written)} came with Morag."


@pytest.mark.parametrize(
    "said", ["[Name: Morag]", "[name Morag]", "(Morag removed)", "<Morag>", "XXMorag", "**Name:**"]
)
def test_a_name_beside_such_words_is_read(said: str) -> None:
    assert without_labels(f"So {said} came.") == f"So {said} came."
