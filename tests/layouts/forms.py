"""The forms in which a label names who speaks."""

from __future__ import annotations

from tests.layouts.cast import Member
from tests.layouts.gold import Bit, Words
from tests.layouts.recipe import Form


def full(one: Member) -> Words:
    return (one.full,)


def first(one: Member) -> Words:
    return (one.first,)


def surname(one: Member) -> Words:
    return (one.surname,)


def titled(one: Member) -> Words:
    return (f"{one.title} ", one.surname)


def capitals(one: Member) -> Words:
    return (one.capitals,)


def surname_capitals(one: Member) -> Words:
    return (one.surname_capitals,)


def titled_capitals(one: Member) -> Words:
    return (f"{one.title.upper()}. ", one.surname_capitals)


def directory(one: Member) -> Words:
    return (one.directory,)


def initials(one: Member) -> Words:
    return (one.initials,)


def dotted(one: Member) -> Words:
    return (one.dotted,)


def first_and_letter(one: Member) -> Words:
    return (Bit(f"{one.given} {one.family[0]}", "name", one.key),)


def letter_and_surname(one: Member) -> Words:
    return (Bit(f"{one.given[0]}. {one.family}", "name", one.key),)


def full_and_initials(one: Member) -> Words:
    return (one.full, " (", one.initials, ")")


def code(one: Member) -> Words:
    return (one.coded,)


def role(asks: str, answers: str) -> Form:
    """The words of a role instead of a name."""

    def form(one: Member) -> Words:
        return (Bit(asks if one.key == "member 0" else answers, "role"),)

    return form


def role_and(asks: str, answers: str, inner: Form) -> Form:
    """`Interviewer (T.E.)`."""

    def form(one: Member) -> Words:
        word = asks if one.key == "member 0" else answers
        return (Bit(word, "role"), " (", *inner(one), ")")

    return form


def safe(asks: str, answers: str) -> Form:
    """What stands where a name was: `[Name]`, XXXX, a black bar."""

    def form(one: Member) -> Words:
        return (Bit(asks if one.key == "member 0" else answers, "safe"),)

    return form
