"""Surrogates: fitting, nobody's in the study, unlike the name, and only the secret knows why."""

import random

import pytest

from redact.core import Gender, Nation
from redact.replace.name_pools import gender_of_name, origin_of, pet_form
from redact.replace.personas import Bearer, Forbidden, Persona, draw, read_persona
from redact.transcript.words import fold, fold_word, squash
from tests.conftest import at_length

SECRET = b"s" * 32
NOBODY = Forbidden.of((), ())
NAMES = {  # how people of the samples are called, and others: given names, then family names
    "Scotland": (
        "Morag Ailsa Hope Will Shuggie Hugh Danny Ishbel Agnieszka Farooq Jean Skye Iona Tam",
        "MacLeod Baird Dunlop Lennox Wu Nicolson Wrona Aslam Hamilton McBride Reid Brannigan Kerr",
    ),
    "United States": (
        "Dana Marcus Pang Karin Yesenia DeShawn Terrence Linh Quan Maryam Lloyd Betty Ray",
        "Ortiz Hill Vue Solheim Batista Boyd Tran Nguyen Abdi Amundson Rasmussen Costa Washington",
    ),
}


def bearer(
    name: str, nation: Nation = "Scotland", gender: Gender | None = None, pet: bool = False
) -> Bearer:
    given, _, family = name.partition(" ")
    origin = origin_of([fold_word(given)], [fold_word(family)] if family else [], nation)
    initials = frozenset(word[0] for word in fold(name))
    who = gender or gender_of_name(fold_word(given), nation)
    return Bearer(
        name=name, initials=initials, origin=origin, nation=nation, gender=who, has_pet_form=pet
    )


def drawn(one: Bearer, forbidden: Forbidden = NOBODY, secret: bytes = SECRET) -> Persona:
    return draw({"e": one}, (), forbidden, secret)["e"]


def parts(word: str) -> set[str]:
    """Every run of letters in a word."""
    edges = range(len(word) + 1)
    return {word[start:end] for start in edges for end in edges if start < end}


def test_no_surrogate_is_or_contains_a_name_of_the_study() -> None:
    """Of 100,000 in `make test-all`."""
    chance = random.Random(20261125)  # noqa: S311 a seed for a test
    checked, wanted = 0, at_length(100_000, 6_000)
    while checked < wanted:
        nation: Nation = chance.choice(("Scotland", "United States"))
        givens, families = (names.split() for names in NAMES[nation])
        study = [f"{chance.choice(givens)} {chance.choice(families)}" for _ in range(300)]
        others = [chance.choice(givens) for _ in range(20)]
        words = {word for name in (*study, *others) for word in fold(name)} | {"and", "the", "kirk"}
        forbidden = Forbidden.of(words, (*study, *others))
        people = {f"e{at}": bearer(name, nation) for at, name in enumerate(study)}
        made = draw(people, (), forbidden, chance.randbytes(32))
        assert len(made) == len(people)
        forms = {squash(part) for name in (*study, *others) for part in (name, *name.split())}
        for entity, persona in made.items():
            for name in (persona.given, persona.family, persona.pet):
                folded = fold_word(name)
                assert folded not in words
                assert not forms & parts(folded)
                assert folded[0] not in people[entity].initials
        spoken = [fold_word(n) for p in made.values() for n in {p.given, p.family, p.pet}]
        assert len(spoken) == len(set(spoken))  # nobody shares a name with anybody
        checked += len(made)


def test_only_the_secret_tells_what_was_drawn() -> None:
    one = bearer("Morag MacLeod")
    assert drawn(one) == drawn(one)
    others = {str(drawn(one, secret=bytes([n]) * 32)) for n in range(30)}
    assert len(others) > 25
    assert len({name.split()[1] for name in others}) > 10


@pytest.mark.parametrize(
    ("name", "nation", "origin"),
    [
        ("Morag MacLeod", "Scotland", "gaelic"),
        ("Jim Reid", "Scotland", "scots"),
        ("Agnieszka Wrona", "Scotland", "polish"),
        ("Farooq Aslam", "Scotland", "southasian"),
        ("Pang Vue", "United States", "hmong"),
        ("Dana Ortiz", "United States", "latino"),
        ("Dana", "United States", "anglo"),
        ("Karin Solheim", "United States", "anglo"),
    ],
)
def test_a_name_tells_its_origin_where_it_is_known(name: str, nation: Nation, origin: str) -> None:
    given, _, family = name.partition(" ")
    assert origin_of([fold_word(given)], [fold_word(family)] if family else [], nation) == origin


@pytest.mark.parametrize("name", ["Morag MacLeod", "Pang Vue", "Shuggie Lennox", "Linh Tran"])
@pytest.mark.parametrize("nation", ["Scotland", "United States"])
@pytest.mark.parametrize("gender", ["woman", "man"])
def test_a_surrogate_fits_gender(name: str, nation: Nation, gender: Gender) -> None:
    for number in range(20):
        persona = drawn(bearer(name, nation, gender), secret=bytes([number]) * 32)
        known = gender_of_name(fold_word(persona.given), nation)
        assert known in (gender, None)


def test_a_person_with_a_pet_form_gets_a_name_that_has_one() -> None:
    for number in range(20):
        persona = drawn(bearer("Margaret Orr", pet=True), secret=bytes([number]) * 32)
        assert pet_form(persona.given)


def test_when_all_names_are_used_up_nobody_gets_somebody_else_s() -> None:
    one = bearer("Morag MacLeod")
    letters = "abcdefghijklmnopqrstuvwxyz"
    every = Forbidden(frozenset(), frozenset(a + b for a in letters for b in letters))
    assert draw({"e": one}, (), every, SECRET) == {}


def test_a_pseudonym_in_brackets_is_no_persona() -> None:
    assert read_persona("[Person 3]") is None
    assert read_persona("Isla Farquhar") == Persona("Isla", "Farquhar")
