"""What a spreadsheet made of a form is the form still; what a person wrote is not."""

import pytest

from redact.review.came_back import as_it_went, forms_in, spelt_out
from redact.review.name_list import key_of


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "latin-1", "ascii"])
@pytest.mark.parametrize("name", ["Ciorstaidh NicÌomhair", "Łucja Wrońska", "Siân", "Zoë Škoda"])
def test_a_form_that_only_an_encoding_changed_is_known_again(name: str, encoding: str) -> None:
    saved = name.encode(encoding, "replace")
    for read_as in ("cp1252", "latin-1"):
        back = as_it_went(saved.decode(read_as, "replace"), [name, "Piet"])
        assert key_of(back) == key_of(name)


@pytest.mark.parametrize("said", ["Sian", "Sean", "Siân Orde", "S?", "Piet?", "Łukasz"])
def test_a_correction_stays_one(said: str) -> None:
    assert as_it_went(said, ["Siân", "Piet"]) == said


def test_which_of_two_is_meant_is_not_guessed() -> None:
    assert as_it_went("Si?n", ["Siân", "Siôn"]) == "Si?n"


def test_forms_stand_between_semicolons_or_on_lines() -> None:
    assert forms_in("Cat;  Kitty\r\nMrs  M;;") == ("Cat", "Kitty", "Mrs M")


@pytest.mark.parametrize(
    ("form", "known", "forms"),
    [
        ("Cat, Kitty", (), ["Cat", "Kitty"]),
        ("Cat / Kitty aka Kit", (), ["Cat", "Kitty", "Kit"]),
        ("Orrick, Hepzibah", ("Hepzibah Orrick",), ["Hepzibah Orrick"]),
        ("Ferrin, Orde and Gunn", ("Ferrin, Orde and Gunn",), ["Ferrin, Orde and Gunn"]),
        ("Hepzibah Orrick", (), ["Hepzibah Orrick"]),
        (",", (), [","]),
    ],
)
def test_a_form_with_several_in_it_is_spelt_out(
    form: str, known: tuple[str, ...], forms: list[str]
) -> None:
    assert list(spelt_out(form, lambda one: one in known)) == forms
