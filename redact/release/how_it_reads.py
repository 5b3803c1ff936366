"""What stands in the safe texts instead of what was said, by the policy: for README and notes.

A policy may give labels, other names, something more general, or leave what was said. The papers
say what this one does, and nothing of what another would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redact.core import DETAIL, LABELS, NAMES, Label
from redact.policy import Policy
from redact.replace.labels import NOUNS

KINDS = {
    "PERSON": "names of people",
    "PLACE": "places",
    "ORG": "organisations",
    "DATE": "dates",
    "AGE": "ages",
    "PHONE": "phone numbers",
    "EMAIL": "e-mail addresses",
    "URL": "web addresses",
    "ID": "identifiers",
    DETAIL: "telling details",
}
BECAME = {
    "label": "a label",
    "surrogate": "another name",
    "role": "a role",
    "category": "a category",
    "generalise": "something more general",
    "month": "the month",
    "year": "the year",
    "shift": "another day",
    "band": "a band of ages",
    "remove": "nothing",
    "keep": "itself",
    "rewrite": "a person's words in brackets",
}
_NUMBERS = {"PERSON": 12, "PLACE": 3, "ORG": 2}


def becomes(action: str) -> str:
    """What an action makes of it; where it can make nothing of that kind stands a label."""
    always = ("label", "remove", "keep", "rewrite")
    return BECAME[action] if action in always else f"{BECAME[action]} or a label"


def what_was_replaced(policy: Policy) -> str:
    """What the policy replaces, and what it leaves as it was said."""
    left = [KINDS[one] for one in LABELS if policy.actions.of(one) == "keep"]
    gone = [KINDS[one] for one in LABELS if policy.actions.of(one) != "keep"]
    said = f"{listed(gone).capitalize()} were replaced where they were found." if gone else ""
    stand = f"By the policy {listed(left)} stand as they were said." if left else ""
    return " ".join(filter(None, (said, stand)))


def marks_of(policy: Policy) -> tuple[str, ...]:
    """What a reader sees instead of each kind, as sentences for a list."""
    return tuple(_marks(policy))


def _marks(policy: Policy) -> Iterator[str]:
    of = policy.actions.of
    if of("PERSON") == "surrogate":
        yield (
            "Names of people are invented; each stands for one person throughout, as far as it was "
            "recognised."
        )
    own = [one for one in LABELS if policy.templates.of(one) is not None and of(one) != "keep"]
    labelled = [one for one in LABELS if of(one) == "label" and one not in own]
    numbered = [one for one in labelled if one in NAMES]
    if numbered:
        shown = ", ".join(f"`[{NOUNS[one]} {_NUMBERS[one]}]`" for one in numbered)
        yield (
            f"{shown}: one {_or(_one_of(numbered))}, the same in all transcripts, as far as it was "
            "recognised. Numbers mean nothing."
        )
    typed = [one for one in labelled if one not in NAMES and one != DETAIL]
    if typed:
        shown = ", ".join(f"`[{NOUNS[one]}]`" for one in typed)
        yield f"{shown} and the like: what kind of thing was said."
    for one in LABELS:
        action = of(one)
        if action == "remove":
            yield f"{KINDS[one].capitalize()} were left out: nothing stands there."
        elif action not in ("label", "keep") and (one, action) != ("PERSON", "surrogate"):
            became = "another address" if one == "EMAIL" else BECAME[action]
            yield f"Instead of {KINDS[one]} stands {became}, or a label where there is none."
    if own:
        told = listed([KINDS[one] for one in own])
        yield f"What stands for {told} has the form that `policy.toml` gives it."


def _one_of(labels: Iterable[Label]) -> list[str]:
    return [{"PERSON": "person", "PLACE": "place", "ORG": "organisation"}[one] for one in labels]


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def listed(parts: list[str]) -> str:
    """The parts in words; "nothing" where there are none."""
    if not parts:
        return "nothing"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
