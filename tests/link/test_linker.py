"""Who is who: what joins two mentions, and what keeps two people apart."""

from redact.core import RosterEntry
from redact.link.linker import link
from tests.link.talks import Marked, linked_forms, marked_talks, people


def test_all_forms_of_a_name_in_one_transcript_are_one_person() -> None:
    text = "Morag MacLeod came. Morag said Mrs MacLeod is Morag's name."
    forms = ["Morag MacLeod", "Morag", "MacLeod", "Morag"]
    assert linked_forms(("", text, forms)) == [forms]


def test_case_and_spelling_of_mac_do_not_split_a_person() -> None:
    text = "Morag MacLeod and morag mcleod and MORAG"
    assert len(linked_forms(("", text, ["Morag MacLeod", "morag mcleod", "MORAG"]))) == 1


def test_linking_is_the_same_on_every_run() -> None:
    one = ("Doon", "Morag, Hugh Lennox, Hugh", ["Morag", "Hugh Lennox", "Hugh"])
    assert linked_forms(one) == linked_forms(one)


def test_entities_are_numbered_from_one_by_label_in_the_order_they_are_first_mentioned() -> None:
    text = "Doon, and Hugh Lennox, and Morag Reid, and Hugh again."
    named: Marked = [(name, "PERSON") for name in ("Hugh Lennox", "Morag Reid", "Hugh")]
    entities = link(*marked_talks((text, [("Doon", "PLACE"), *named])))
    assert [entity.id for entity in entities] == ["person-1", "person-2", "place-1"]
    assert [[m.start for m in entity.mentions] for entity in entities] == [
        [text.index("Hugh Lennox"), text.index("Hugh again")],
        [text.index("Morag")],
        [0],
    ]


def test_whom_the_roster_lists_has_its_row_and_others_have_none() -> None:
    named: Marked = [(name, "PERSON") for name in ("Hugh Lennox", "Morag Reid", "Shuggie")]
    talk = marked_talks(("Hugh Lennox and Morag Reid. Shuggie left.", named))
    roster = (RosterEntry(row=7, kind="PERSON", name="Hugh Lennox", aliases=("Shuggie",)),)
    entities = link(*talk, roster)
    assert [(len(one.mentions), one.roster_row) for one in entities] == [(2, 7), (1, None)]


def test_an_entity_says_why_its_mentions_are_one() -> None:
    ((_, hugh),) = people(("Hugh Lennox. Hugh.", [("Hugh Lennox", "PERSON"), ("Hugh", "PERSON")]))
    assert hugh.why == ("full name", "given name of the one person")
