"""The work said beside a first name parts two people of that name."""

from __future__ import annotations

import pytest

from redact.core import Label
from tests.link.talks import (
    held,
    people,
)


def test_two_jobs_are_two_people_and_a_question() -> None:
    cook = held("Corrie House", " And Jean, our cook, knows.", ("Jean", "PERSON"))
    office = held("Corrie House", " Jean in finance paid.", ("Jean", "PERSON"))
    found = [(forms, e.question) for forms, e in people(cook, office) if "Jean" in forms]
    assert [forms for forms, _ in found] == [["Jean"], ["Jean"]]
    assert all("different jobs" in str(question) for _, question in found)
    kitchen = held("Corrie House", " Jean in the kitchen knows.", ("Jean", "PERSON"))
    assert [f for f, _ in people(cook, kitchen) if "Jean" in f] == [["Jean", "Jean"]]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (" Jean, our accountant, knows.", " Jean in payroll paid."),
        (" The janitor, Jean, knows.", " Jean, the caretaker, came."),
        (" Our cook Jean knows.", " Jean, who's the chef, came."),
    ],
)
def test_two_words_for_one_job_are_one_person(one: str, two: str) -> None:
    jean: tuple[str, Label] = ("Jean", "PERSON")
    linked = people(held("Corrie House", one, jean), held("Corrie House", two, jean))
    assert [forms for forms, _ in linked if "Jean" in forms] == [["Jean", "Jean"]]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (" Jean, our manager, knows.", " Jean, the boss, came."),
        (" Jean, our cook, knows.", " Jean came."),
        (" Jean, it was late.", " Jean, our cook, knows."),
    ],
)
def test_a_rank_a_silence_and_the_word_it_part_nobody(one: str, two: str) -> None:
    jean: tuple[str, Label] = ("Jean", "PERSON")
    linked = people(held("Corrie House", one, jean), held("Corrie House", two, jean))
    assert [forms for forms, _ in linked if "Jean" in forms] == [["Jean", "Jean"]]
