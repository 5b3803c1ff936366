"""Other names that the talk or a transcriber says a person has: by-names, former names, slips."""

from __future__ import annotations

import pytest

from tests.link.talks import one_talk


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ('ZL: Gregor Orr ("Zandy") came.', ["Gregor Orr", "Zandy"]),
        ('GILLAN, Winifred, "Bunty"', ["GILLAN, Winifred", "Bunty"]),
        ("Name: Ishbel Bain (Mrs Oldhall)", ["Ishbel Bain", "Oldhall"]),
        ("[Bunty = Winifred Gillan, see 14:20]", ["Bunty", "Winifred Gillan"]),
        ('[typist: Isla heard as "Eyelet" here]', ["Isla", "Eyelet"]),
        ("P: Aye, Marto. Marta, sorry.", ["Marto", "Marta"]),
        ("P: It was Ruth\n 8   Haldane came.", ["Ruth", "Haldane"]),
        ("P: Ishbel Orr. Davie cries her Pip.", ["Ishbel Orr", "Pip"]),
        ("P: That is Effie Orr. She was a Gilmour before.", ["Effie Orr", "Gilmour"]),
        ("I: And who's Buster?\nP: Gordon Dunmore, her grandson.", ["Buster", "Gordon Dunmore"]),
        ("P: Mrs Mackay, Ishbel. I'm family.", ["Mrs Mackay", "Ishbel"]),
        (
            "I: Is that Hedda Kirschner?\nP: Kirchner. Without the s.",
            ["Hedda Kirschner", "Kirchner"],
        ),
    ],
)
def test_what_is_said_of_another_name_makes_one_person(text: str, forms: list[str]) -> None:
    assert one_talk(text, forms) == [forms]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("P: Gregor Orr (a friend of Zandy) came.", ["Gregor Orr", "Zandy"]),
        ("P: Ask Morag, Stewart, Lorna or me.", ["Morag", "Stewart"]),
        ("P: The lass, Wanda-- no, Wren, she came.", ["Wanda", "Wren"]),  # Wanda is a name too
        (
            "P: Davie Orr came in. Davie cries her Pip.",
            ["Davie Orr", "Davie", "Pip"],
        ),  # who says it
        ("Who's Buster?\nIshbel Orr\t00:00:54\tMy dog.", ["Buster", "Ishbel Orr"]),  # a label
        ("I: Is that Hedda Kirschner?\nP: No, Kirchner.", ["Hedda Kirschner", "Kirchner"]),
        ("P: Elspeth Orr, she's Toby Vail's mam.", ["Elspeth Orr", "Toby Vail"]),
        ("P: Sister Orr and a porter they called Comet.", ["Orr", "Comet"]),
        ("P: Ishbel Orr. He was a Gilmour before.", ["Ishbel Orr", "Gilmour"]),
    ],
)
def test_names_beside_each_other_are_two_people_otherwise(text: str, forms: list[str]) -> None:
    assert len(one_talk(text, forms)) == 2
