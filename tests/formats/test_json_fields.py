"""Fields of speech recognition: what is known, what only counts, what nobody reads."""

import pytest

from redact.formats.json_fields import counts, is_known, is_number, is_structure, is_unreadable


def test_names_that_producers_publish_are_known() -> None:
    assert all(map(is_known, ("segments", "avg_logprob", "speakerDisplayName", "NBest", "id-3")))
    assert all(map(is_known, ("is_final", "segmentStartMs", "speech2", "num_speakers_expected")))
    assert not any(
        map(is_known, ("morag", "Morag MacLeod", "start_morag", "startMorag", "Page", "", "_"))
    )


@pytest.mark.parametrize(
    ("name", "value", "is_one"),
    [
        ("language", "en-GB", True),
        ("language", "Morag", False),
        ("language", "jo", False),
        ("note", "en", False),
        ("start", "00:00:01.500", True),
        ("anything", "SPEAKER_01", True),
        ("type", "punctuation", True),
        ("type", "Morag", False),
        ("id", "d2c1f0e0-0001-4000-8000-00000000000a", True),
        ("id", "00000000-0000-0000-0000-441414960771", False),
    ],
)
def test_strings_are_structure_only_in_their_field(name: str, value: str, is_one: bool) -> None:
    assert is_structure(name, value) is is_one


@pytest.mark.parametrize(
    ("name", "value", "is_one"),
    [
        ("start", "12.345", True),
        ("avg_logprob", "-0.3294827461", True),
        ("startMs", "12345678", True),
        ("start", "441414960771", False),
        ("age", "62", False),
        ("id", "7", True),
    ],
)
def test_numbers_are_times_shares_and_counts(name: str, value: str, is_one: bool) -> None:
    assert is_number(name, value) is is_one


@pytest.mark.parametrize(
    ("field", "values", "only_counts"),
    [
        ("id", ["0", "1", "2", "3"], True),
        ("id", ["0", "1", "0", "1", "2"], True),
        ("speaker", ["1", "2", "1", "1"], True),
        ("id", ["50364", "440", "2244"], False),
        ("id", ["77", "111", "114"], False),
        ("start", ["9", "440", "2"], True),
    ],
)
def test_ids_that_do_not_count_say_something_else(
    field: str, values: list[str], only_counts: bool
) -> None:
    assert counts(field, values) is only_counts


@pytest.mark.parametrize(
    "said",
    ["TW9yYWc=", "4d6f726167", "77 111 114 97 103", "9f86d081884c7d65", "Wm9ycXVhdmVs", "a1b2C3d4"],
)
def test_codes_are_read_by_nobody(said: str) -> None:
    assert is_unreadable(said)


@pytest.mark.parametrize(
    "said",
    [
        "Morag",
        "MoragMacLeod",
        "O'Neil",
        "co-production",
        "P07",
        "07700900123",
        "morag@harbour.example",
        "2024-05-01T10:00",
        "a note of 3 lines",
        "https://harbour.example/morag",
    ],
)
def test_what_people_read_is_words(said: str) -> None:
    assert not is_unreadable(said)
