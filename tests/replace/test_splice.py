"""Splicing: exact there and back, and never a line more or less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Decision, Entity, Mention, Transcript
from redact.policy import Policy
from redact.replace.decide import decide
from redact.replace.splice import by_transcript, replace, restore, splice

TEXT = st.text(alphabet="abc é\n\r\u0301𝒳", max_size=60)


@st.composite
def planned(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str, str]]]:
    text = draw(TEXT)
    edges = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return text, [(start, end, draw(st.text(max_size=9)), f"e{start}") for start, end in pairs]


@given(planned())
def test_every_splice_is_undone_exactly(case: tuple[str, list[tuple[int, int, str, str]]]) -> None:
    text, plan = case
    safe = splice("D1", text, plan)
    originals = [(r.safe_start, r.safe_end, text[r.start : r.end]) for r in safe.replacements]
    assert restore(safe.text, originals) == text
    for item in safe.replacements:
        assert safe.text[item.safe_start : item.safe_end] == item.text


def test_overlapping_replacements_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice("D1", "Morag", [(0, 3, "x", "a"), (2, 5, "y", "b")])


def entity(number: int, *places: tuple[int, int], label: str = "PERSON", kind: str = "") -> Entity:
    mentions = tuple(Mention("D1", s, e, label, 0.9, ("test",), kind) for s, e in places)  # type: ignore[arg-type]
    return Entity(f"{label}-{number}", label, mentions, kind)  # type: ignore[arg-type]


def test_a_name_over_a_line_break_keeps_the_break() -> None:
    transcript = Transcript("D1", "saw Morag\r\nMacLeod today\n")
    one = entity(1, (4, 18))
    decision = Decision(one.id, "label", "[Person 1]", "policy", "label", "[Person 1]")
    safe = replace(transcript, by_transcript([one])["D1"], {one.id: decision})
    assert safe.text == "saw [Person 1]\r\n today\n"


POLICY = Policy(name="test", version="1")


def test_names_are_numbered_and_identifiers_share_a_typed_label() -> None:
    text = "Morag rang 0141 from 0131"
    entities = (
        entity(1, (0, 5)),
        entity(1, (11, 15), label="PHONE"),
        entity(2, (21, 25), label="PHONE"),
    )
    decisions = {d.entity: d for d in decide(entities, POLICY, {})}
    safe = replace(Transcript("D1", text), by_transcript(entities)["D1"], decisions)
    assert safe.text == "[Person 1] rang [phone number] from [phone number]"
    assert len({d.pseudonym for d in decisions.values()}) == 3


def test_a_pseudonym_never_changes_hands() -> None:
    first, second = entity(1, (0, 5), (10, 15)), entity(2, (20, 25))
    earlier = {("D1", 20, 25): "[Person 1]", ("D1", 0, 5): "[Person 2]", ("D9", 1, 2): "[Person 7]"}
    new = entity(3, (30, 35))
    given_now = [d.pseudonym for d in decide((first, second, new), POLICY, earlier)]
    assert given_now == ["[Person 2]", "[Person 1]", "[Person 3]"]


def test_a_label_that_stands_in_a_source_is_never_given() -> None:
    one, two = entity(1, (0, 5)), entity(2, (6, 9))
    labels = [d.pseudonym for d in decide((one, two), POLICY, {}, [("Person", 1)])]
    assert labels == ["[Person 2]", "[Person 3]"]


def test_the_policy_s_action_is_followed() -> None:
    policy = Policy.model_validate(
        {"name": "t", "version": "1", "actions": {"DATE": "keep", "PHONE": "remove"}}
    )
    entities = (entity(1, (0, 4), label="DATE"), entity(1, (5, 9), label="PHONE"))
    decisions = {d.entity: d for d in decide(entities, policy, {})}
    safe = replace(Transcript("D1", "2019 0141"), by_transcript(entities)["D1"], decisions)
    assert safe.text == "2019 "
