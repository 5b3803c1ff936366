"""A second look at safe texts: words like a name are found, what decisions account for is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.release.gates import ReleasedText, gate_residual
from redact.risk.residual import residual_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("R: I went with Zebedee Petrie to the shop.", ["Zebedee Petrie"]),
        ("R: Morag went. We stayed.", ["Morag"]),
        ("R: We went to [Place 3] with [Person 2].", []),
        ("R: Well. Aye. Tuesday it was, and then May came.", []),
        ("R: i went with morag to the shop and she was grand about it all", ["morag"]),
        ("R: We have the SDS forms and the BBC came.", []),
        ("R: She lives in Kilmarnock now.", ["Kilmarnock"]),
        ("R: I've a key. It's fine. They're here.", []),
    ],
)
def test_what_looks_like_a_name_in_a_released_text(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in residual_names(text)] == found


def test_what_a_decision_accounts_for_is_passed_over() -> None:
    text = "R: I went with Zebedee Petrie and Orinthia."
    start = text.index("Zebedee")
    assert [text[o.start : o.end] for o in residual_names(text, [(start, start + 14)])] == [
        "Orinthia"
    ]


@given(st.text(max_size=120), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20))))
def test_finds_lie_apart_in_the_text_and_outside_what_is_sure(
    text: str, sure: list[tuple[int, int]]
) -> None:
    spans = [(start, start + size) for start, size in sure]
    last = 0
    for one in residual_names(text, spans):
        assert last <= one.start < one.end <= len(text)
        assert not any(start <= one.start < end for start, end in spans)
        last = one.end


def test_the_gate_bears_as_many_as_the_policy_says() -> None:
    text = "R: Orinthia came. " + "And then we had tea and talked. " * 200
    texts = [ReleasedText("transcripts/a.txt", text.replace("R: ", "R: So "), is_transcript=True)]
    assert gate_residual(texts, 10).passed
    refused = gate_residual(texts, 5)
    assert not refused.passed
    assert refused.findings == ("transcripts/a.txt, line 1: a capital in the middle of a sentence",)
    assert "Orinthia" not in str(refused)
    assert gate_residual([ReleasedText("README.md", text)], 0).passed
