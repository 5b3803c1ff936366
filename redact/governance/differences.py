"""What another policy would change: setting by setting, for people, and counted on a study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redact.core import LABELS, Action, Entity, Label
from redact.governance.meaning import CALLED, meaning
from redact.policy import Actions, Policy

# Which settings beside the action itself say how an action words things.
_WORDS_OF: tuple[tuple[Action, tuple[str, ...]], ...] = (
    ("generalise", ("place_level", "smallest_area", "tell_places_apart")),
    ("shift", ("shift_weeks", "shift_keeps_weekday")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChanged:
    """A kind of which another policy says something else: what it meant and what it would mean."""

    label: Label
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged:
    """A setting that is no action, as each of two policies has it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What is different for people, in the settings, and in the terms that stay."""

    kinds: tuple[KindChanged, ...]
    settings: tuple[SettingChanged, ...]
    stays_no_more: tuple[str, ...]
    stays_now: tuple[str, ...]

    @property
    def none(self) -> bool:
        return not (self.kinds or self.settings or self.stays_no_more or self.stays_now)


def differences(one: Policy, other: Policy) -> Differences:
    """What `other` says otherwise than `one`; their names, versions and descriptions aside."""
    return Differences(
        kinds=tuple(
            KindChanged(label=label, before=_means(one, label), after=_means(other, label))
            for label in LABELS
            if is_changed(one, other, label, one.actions.of(label), other.actions.of(label))
        ),
        settings=tuple(_settings(one, other)),
        stays_no_more=tuple(t for t in one.keep.terms if t not in set(other.keep.terms)),
        stays_now=tuple(t for t in other.keep.terms if t not in set(one.keep.terms)),
    )


def places_changed(one: Policy, other: Policy, entities: Iterable[Entity]) -> dict[Label, int]:
    """By label how many places of a study would read otherwise; a person's own word stays.

    What the other policy would find, or keep by name, is not counted: that takes a run.
    """
    counts: dict[Label, int] = {}
    for entity in entities:
        label = entity.label
        before, after = one.actions.for_entity(entity), other.actions.for_entity(entity)
        if label in LABELS and is_changed(one, other, label, before, after):
            counts[label] = counts.get(label, 0) + len(entity.mentions)
    return counts


def is_changed(one: Policy, other: Policy, label: Label, before: Action, after: Action) -> bool:
    """Whether what stands for this label would read otherwise."""
    if before != after or one.templates.of(label) != other.templates.of(label):
        return True
    names = next((names for action, names in _WORDS_OF if action == after), ())
    return any(getattr(one.actions, name) != getattr(other.actions, name) for name in names)


def _means(policy: Policy, label: Label) -> str:
    action = policy.actions.of(label)
    said = [meaning(label, action)]
    names = next((names for known, names in _WORDS_OF if known == action), ())
    if label in ("PLACE", "DATE") and names:
        said.append(f"({', '.join(f'{name} = {getattr(policy.actions, name)}' for name in names)})")
    if template := policy.templates.of(label):
        said.append(f"It is written as {template}")
    return " ".join(said)


def _settings(one: Policy, other: Policy) -> Iterable[SettingChanged]:
    """Settings of all sections but those that are told otherwise."""
    before, after = one.model_dump(), other.model_dump()
    for section in before:
        if section in ("name", "version", "description", "templates", "keep"):
            continue
        for name in before[section]:
            if section == "actions" and name in Actions.model_fields and name in LABELS:
                continue
            was, is_now = before[section][name], after[section][name]
            if was != is_now:
                yield SettingChanged(
                    name=f"{section}.{name}", before=_said(was), after=_said(is_now)
                )


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_said(one) for one in value) or "none"
    return str(value) or "none"


def as_lines(found: Differences, counts: dict[Label, int] | None = None) -> list[str]:
    """For a terminal; `counts` are places of a study by label, if one was asked about."""
    if found.none:
        return ["They say the same."]
    lines = []
    for kind in found.kinds:
        lines += [CALLED[kind.label], f"  before  {kind.before}", f"  after   {kind.after}"]
        if counts is not None:
            lines.append(f"  {counts.get(kind.label, 0):,} places of your study would change")
    lines += [f"{one.name}: {one.before} -> {one.after}" for one in found.settings]
    for heading, terms in (
        ("Stays no more", found.stays_no_more),
        ("Stays now", found.stays_now),
    ):
        if terms:
            lines.append(f"{heading} ({len(terms):,}): {', '.join(terms)}")
    return lines
