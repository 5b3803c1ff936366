"""A clause is about what was spoken of, denies what it denies, and a question needs its answer."""

from __future__ import annotations

import pytest

from redact.release.statements import Thing, statements_in


def about(text: str) -> list[set[Thing]]:
    return [
        {thing for _, thing in clause.about}
        for one in statements_in(text)
        for clause in one.clauses
    ]


def test_a_recording_of_an_interview_is_a_recording() -> None:
    assert about("The recording of your interview is kept.") == [{Thing.RECORDING}]
    assert about("The recording and the interview are kept.") == [{Thing.RECORDING, Thing.WORDS}]
    assert about("Your personal data is kept.") == [{Thing.IDENTITY}]


def test_a_clause_without_a_subject_is_about_what_was_spoken_of_before() -> None:
    (one,) = statements_in("The transcript is kept for a year and then deleted.")
    first, second = one.clauses
    assert first.is_about_data()
    assert second.before == frozenset({Thing.WORDS})
    assert second.is_about_data(0, 7)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Will you keep it? Yes.", ["Will you keep it?", "Yes."]),
        ("Will you keep it? No, never.", ["Will you keep it?", "No, never."]),
        ("Will you keep it? Ask us.", ["Ask us."]),
    ],
)
def test_a_question_counts_with_its_answer(text: str, said: list[str]) -> None:
    found = list(statements_in(text))
    assert [one.said for one in found] == said
    if "No" in text:
        assert all(clause.is_negated for clause in found[0].clauses)


def test_what_is_denied_stands_behind_what_denies_it() -> None:
    (one,) = statements_in("The transcript is kept and not destroyed.")
    clause = one.clauses[-1]
    at = clause.text.index("destroyed")
    assert clause.is_negated_at(at)
    assert not clause.is_negated_at(0)
