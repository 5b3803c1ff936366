"""Choices in a policy that speak against each other, or that do nothing; each with a way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redact.core import DOUBTFUL, Label
from redact.governance.meaning import CALLED
from redact.policy import Policy

_DIRECT: tuple[Label, ...] = ("PERSON", "PHONE", "EMAIL", "URL", "ID")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyConflict:
    """What speaks against what, and what would mend it."""

    settings: tuple[str, ...]
    what: str
    remedy: str


def contradictions(policy: Policy) -> tuple[PolicyConflict, ...]:
    """All that is found, what would show a name first."""
    return (*_shown(policy), *_unread(policy), *_idle(policy), *_turned(policy))


def _shown(policy: Policy) -> Iterator[PolicyConflict]:
    actions = policy.actions
    for label in _DIRECT:
        if actions.of(label) == "keep":
            yield PolicyConflict(
                settings=(f"actions.{label}",),
                what=f"{CALLED[label]} stay in the safe copy as they were said.",
                remedy=f'Write {label} = "label", or take the word "safe" off this copy.',
            )
    if actions.AGE == "keep" and actions.DATE in ("keep", "month", "year"):
        yield PolicyConflict(
            settings=("actions.AGE", "actions.DATE"),
            what="An age to the year stands beside dates that stay: together they tell a birth.",
            remedy='Write AGE = "band".',
        )
    if actions.ORG == "keep" and actions.PLACE != "keep":
        yield PolicyConflict(
            settings=("actions.ORG", "actions.PLACE"),
            what="Organisations stay, and many have the name of their town in theirs.",
            remedy='Write ORG = "label" or ORG = "category".',
        )


def _unread(policy: Policy) -> Iterator[PolicyConflict]:
    unread = policy.release.review == "none"
    if policy.actions.PERSON == "surrogate" and unread:
        yield PolicyConflict(
            settings=("actions.PERSON", "release.review"),
            what="People get other names and nobody is asked to read: a name that was missed "
            "cannot be told from one that was put there.",
            remedy='Write review = "required", or PERSON = "label".',
        )
    if unread and policy.risk.k_open <= 1:
        yield PolicyConflict(
            settings=("release.review", "risk.k_open"),
            what="Open access asks neither a reading nor rows that are alike.",
            remedy='Write review = "required", or k_open = 5.',
        )
    if unread and (policy.detect.min_score >= DOUBTFUL or policy.detect.recall == "precise"):
        yield PolicyConflict(
            settings=("detect", "release.review"),
            what="Only what is nearly sure is hidden, and nobody is asked to read.",
            remedy='Write recall = "high" and min_score = 0.4, or review = "required".',
        )


def _idle(policy: Policy) -> Iterator[PolicyConflict]:
    """What is said and does nothing."""
    actions, said = policy.actions, policy.actions.model_fields_set
    for names, wanted, label in (
        (("place_level", "tell_places_apart"), "generalise", "PLACE"),
        (("shift_weeks", "shift_keeps_weekday"), "shift", "DATE"),
    ):
        idle = tuple(name for name in names if name in said)
        if idle and getattr(actions, label) != wanted:
            yield PolicyConflict(
                settings=tuple(f"actions.{name}" for name in idle),
                what=f"{' and '.join(idle)} do nothing while {label} is "
                f'"{getattr(actions, label)}".',
                remedy=f'Write {label} = "{wanted}", or take them out.',
            )
    if actions.EMAIL == "surrogate" and actions.PERSON != "surrogate":
        yield PolicyConflict(
            settings=("actions.EMAIL", "actions.PERSON"),
            what="An address is made of a person's other name, and people get none here.",
            remedy='Write EMAIL = "label", or PERSON = "surrogate".',
        )
    grouped = {column for column, _ in policy.risk.groups}
    for column, _ in policy.release.levels:
        if column not in grouped:
            yield PolicyConflict(
                settings=("release.levels", "risk.groups"),
                what=f"A level is named for the column {column!r}, which has no groups.",
                remedy=f"Add risk.groups.{column}, or take the level out.",
            )


def _turned(policy: Policy) -> Iterator[PolicyConflict]:
    """Limits that ask more of the narrower access."""
    risk = policy.risk
    steps = (
        ("k_open", risk.k_open, "k_safeguarded", risk.k_safeguarded),
        ("k_safeguarded", risk.k_safeguarded, "k_controlled", risk.k_controlled),
    )
    for wide, of_wide, narrow, of_narrow in steps:
        if of_wide < of_narrow:
            yield PolicyConflict(
                settings=(f"risk.{wide}", f"risk.{narrow}"),
                what=f"{wide} is {of_wide}, {narrow} is {of_narrow}: the wider access asks less.",
                remedy=f"Write {wide} = {of_narrow} or more.",
            )
