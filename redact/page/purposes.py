"""What a copy is for, in a person's words, and the policy that this makes.

Nobody has to know a policy's name: a purpose takes one that comes with redact, and each answer to
“How should it look?” changes one line of it. The file stays one that a person can edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import tomlkit

from redact.core import Label
from redact.errors import UsageError
from redact.policy import Actions, Policy, find_policy, load_policy, parse_policy


class Purpose(StrEnum):
    """Whom the copy is for."""

    COLLEAGUE = "colleague"
    ARCHIVE = "archive"
    MARKED = "marked"
    TEACHING = "teaching"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A purpose as it is offered; `is_read` says that a person must read everything first."""

    purpose: Purpose
    name: str
    why: str
    policy: str
    is_read: bool


OFFERS = (
    Offer(
        purpose=Purpose.COLLEAGUE,
        name="A colleague who works in confidence",
        why="The program replaces names, and nobody has to read everything first. The copy says so "
        "on its first page.",
        policy="safe-copy",
        is_read=False,
    ),
    Offer(
        purpose=Purpose.ARCHIVE,
        name="An archive",
        why="A person reads every interview. Nothing goes out before that, and before few names "
        "are left.",
        policy="archive-deposit",
        is_read=True,
    ),
    Offer(
        purpose=Purpose.MARKED,
        name="An archive that wants marks, as the UK Data Service",
        why="The same, but people get other names between @@ and ##, and places say what kind they "
        "are.",
        policy="archive-marks",
        is_read=True,
    ),
    Offer(
        purpose=Purpose.TEACHING,
        name="Teaching, or an excerpt in a publication",
        why="It reads like talk: people get other names, places and dates say less. A missed name "
        "is harder to notice, so a person reads everything first.",
        policy="teaching",
        is_read=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a kind of name can look: the policy's word for it, and ours."""

    action: str
    said: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of name, and the ways that are offered for it."""

    label: Label
    asked: str
    ways: tuple[Way, ...]


CHOICES = (
    Choice(
        "PERSON",
        "People",
        (
            Way("label", "a label, as [Person 3]"),
            Way("surrogate", "another name that fits"),
            Way("role", "their role, as [team leader 2], where your list of names has it"),
        ),
    ),
    Choice(
        "PLACE",
        "Places",
        (
            Way("label", "a label, as [Place 7]"),
            Way("generalise", "a wider place, as [a town in North Ayrshire]"),
        ),
    ),
    Choice(
        "ORG",
        "Organisations",
        (
            Way("label", "a label, as [Organisation 2]"),
            Way("category", "what kind it is, where your list of names has it"),
        ),
    ),
    Choice(
        "DATE",
        "Dates to the day",
        (
            Way("label", "a label, as [date]"),
            Way("month", "month and year"),
            Way("year", "the year"),
            Way("shift", "another day, moved by a secret number of weeks"),
        ),
    ),
    Choice(
        "AGE",
        "Exact ages",
        (Way("label", "a label, as [age]"), Way("band", "ten years, as [aged 40–49]")),
    ),
)


def offer_of(purpose: Purpose) -> Offer:
    """What is offered for a purpose."""
    return next(one for one in OFFERS if one.purpose is purpose)


def actions_of(purpose: Purpose) -> Actions:
    """What becomes of each kind of name where nobody chose otherwise."""
    return load_policy(find_policy(offer_of(purpose).policy))[0].actions


def policy_for(purpose: Purpose, chosen: Mapping[str, str]) -> bytes:
    """The policy's file for a purpose with `chosen` actions by label; others are as it has them.

    It is the shipped file to the byte where nothing differs. Raises UsageError for an action that
    is not offered.
    """
    offer = offer_of(purpose)
    policy, data = load_policy(find_policy(offer.policy))
    offered = {(one.label, way.action) for one in CHOICES for way in one.ways}
    if wrong := [label for label, action in chosen.items() if (label, action) not in offered]:
        raise UsageError("this is not offered", where=", ".join(wrong), remedy="Choose one.")
    others = {
        label: action
        for label, action in chosen.items()
        if getattr(policy.actions, label) != action
    }
    review = "required" if offer.is_read else "none"
    if not others and policy.release.review == review:
        return data
    document: Any = tomlkit.parse(data.decode("utf-8"))
    document["name"] = f"{purpose}-copy"
    document["description"] = f"{offer.name}; chosen on the page, after {policy.name}"
    for label, action in others.items():
        _section(document, "actions")[label] = action
    _section(document, "release")["review"] = review
    if offer.is_read and "risk" not in document:  # what the archive's policy asks of a read copy
        _section(document, "risk")["most_left"] = 10
    made = tomlkit.dumps(document).encode("utf-8")
    parse_policy(made, "policy.toml")
    return made


def _section(document: Any, name: str) -> Any:
    """A section of a policy's file, made if it has none."""
    if name not in document:
        document[name] = tomlkit.table()
    return document[name]


def read_policy(purpose: Purpose, chosen: Mapping[str, str]) -> Policy:
    """The same, read."""
    return parse_policy(policy_for(purpose, chosen), "policy.toml")
