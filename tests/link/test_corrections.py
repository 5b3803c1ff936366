"""A person's word on who is who outlives every linking."""

from redact.core import Entity, Mention
from redact.link.corrections import Correction, correct


def entity(number: int, *starts: int, question: str = "") -> Entity:
    mentions = tuple(Mention("D1", at, at + 4, "PERSON", 0.9, ("test",)) for at in starts)
    return Entity(f"person-{number}", "PERSON", mentions, question=question)


ONE, TWO = entity(1, 0, 20), entity(2, 10, question="who?")


def starts(entities: tuple[Entity, ...]) -> list[list[int]]:
    return [[mention.start for mention in entity.mentions] for entity in entities]


def test_what_a_person_joins_is_one_and_no_question() -> None:
    joined = correct((ONE, TWO), [Correction("merge", (("D1", 0, 4), ("D1", 10, 14)))])
    assert starts(joined) == [[0, 20, 10]]
    assert joined[0].id == "person-1"
    assert joined[0].question == ""
    assert "joined or parted by a person" in joined[0].why


def test_what_a_person_parts_is_two_and_can_be_joined_again() -> None:
    parted = Correction("split", (("D1", 20, 24),))
    assert starts(correct((ONE, TWO), [parted])) == [[0], [10], [20]]
    again = Correction("merge", (("D1", 0, 4), ("D1", 20, 24)))
    assert starts(correct((ONE, TWO), [parted, again])) == [[0, 20], [10]]


def test_a_retyped_entity_is_so_with_all_its_mentions() -> None:
    (one, two) = correct((ONE, TWO), [Correction("retype", (("D1", 0, 4),), "PLACE")])
    assert {one.label, *(mention.label for mention in one.mentions)} == {"PLACE"}
    assert two.label == "PERSON"


def test_a_rename_reaches_the_entity_that_holds_the_place() -> None:
    (_, two) = correct((ONE, TWO), [Correction("rename", (("D1", 10, 14),), "[Manager A]")])
    assert two.renamed == "[Manager A]"


def test_a_place_that_is_gone_changes_nothing() -> None:
    assert correct((ONE, TWO), [Correction("merge", (("D9", 0, 4),))]) == (ONE, TWO)
