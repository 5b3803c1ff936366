"""What talk says of two names beside each other: one person, a relative, the other of two."""

from tests.link.talks import MORAGS, linked_forms


def test_a_nickname_that_the_talk_explains_is_its_person() -> None:
    text = "Hugh Lennox, but everybody calls him Bongo. Bongo came. Then he calls me Captain."
    forms = ["Hugh Lennox", "Bongo", "Bongo", "Captain"]
    assert linked_forms(("", text, forms)) == [forms[:3], ["Captain"]]


def test_a_relative_is_never_the_one_she_is_named_after() -> None:
    text = "I think of Skye McBride. Her mum, Mrs McBride, phoned. Skye's dad, Mr McBride, no."
    assert linked_forms(("", text, ["Skye McBride", "Mrs McBride", "Skye", "Mr McBride"])) == [
        ["Skye McBride", "Skye"],
        ["Mrs McBride"],
        ["Mr McBride"],
    ]
    family = "Ishbel Nicolson said her mother was a Nicolson, one of the Nicolsons."
    forms = ["Ishbel Nicolson", "Nicolson", "Nicolsons"]
    assert linked_forms(("", family, forms))[0] == ["Ishbel Nicolson"]


def test_a_spelled_out_name_is_the_name() -> None:
    text = "Pang Vue, that's P-A-N-G."
    assert linked_forms(("", text, ["Pang Vue", "P-A-N-G"])) == [["Pang Vue", "P-A-N-G"]]


def test_the_other_of_two_is_asked_about_or_the_one_left() -> None:
    text = "Sheena Duthie, the other Sheena, and Big Sheena."
    forms = linked_forms(("", text, ["Sheena Duthie", "Sheena"]))
    assert forms == [["Sheena Duthie"], ["Sheena"]]
    two = "Thanks, Morag. And the other Morag?"
    assert linked_forms(("Doon", two, ["Morag", "Morag"]), roster=MORAGS)[-1] == ["Morag"]


def test_the_last_of_several_is_not_the_one_named_next() -> None:
    text = "Only her and my sister Morven. Mrs Boyle to the clients."
    assert linked_forms(("", text, ["Morven", "Mrs Boyle"])) == [["Morven"], ["Mrs Boyle"]]
    alone = "That was Morven. Mrs Boyle to the clients."
    assert linked_forms(("", alone, ["Morven", "Mrs Boyle"])) == [["Morven", "Mrs Boyle"]]


def test_a_stranger_is_nobody_named_before_by_another_form() -> None:
    forms = ["Patricia Orr", "Trish"]
    for text in (
        "Patricia Orr came. Then a lassie from Tiree, Trish, started on nights.",
        "Patricia Orr came. Then a young woman called Trish started.",
    ):
        assert linked_forms(("", text, forms)) == [["Patricia Orr"], ["Trish"]]
    known = "Patricia Orr came. Then Trish started on nights."
    assert linked_forms(("", known, forms)) == [forms]


def test_going_by_somebodys_house_and_a_book_of_somebody_give_nobody_a_name() -> None:
    for text, names in (
        ("Una is busy. I go by Cosmo's at five.", ["Una", "Cosmo"]),
        ("In the book of Una she's Baird W.", ["Una", "Baird W"]),
    ):
        assert linked_forms(("", text, names)) == [[name] for name in names]
    assert linked_forms(("", "Una, and she goes by Bunty.", ["Una", "Bunty"])) == [["Una", "Bunty"]]
