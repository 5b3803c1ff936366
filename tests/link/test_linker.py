"""Who is who: what joins two mentions, and what keeps two people apart."""

from tests.link.talks import linked_forms


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
