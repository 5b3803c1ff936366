"""Places, organisations, identifiers: a folded form is one thing; variants and short forms join it.

Places join by their other names (place_forms.txt). An organisation's short form ("Prairie
Lantern", "the Lantern", PLS) joins the one longer name in reach that it is part of or the initials
of; a former name joins where the talk says so. The roster joins whatever it lists.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise

from redact.core import DETAIL, Label, Mention, RosterEntry, Transcript
from redact.detect.gazetteer import is_place
from redact.link.clusters import Clusters, Key
from redact.transcript.words import fold, squash

Name = tuple[str, ...]
Pairs = list[tuple[Transcript, Mention]]

_SMALL = frozenset({"the", "of", "and", "for", "a", "an", "in", "at", "s"})
_SPELLED = {"st": "saint", "mt": "mount", "ft": "fort", "rd": "road", "ave": "avenue"}
# What stands between the new and the old name of an organisation.
_RENAMED = re.compile(
    r"[\s,.]*(?:(?:it|we|they|that|which|who)\s*)?(?:['’]s |['’]re |is |was |were |are )?"
    r"(?:now |then )?(?:used to be|formerly|previously|now|became|become|renamed|as was|had been|"
    r"changed (?:its|our|their) name to|(?:is|was|were) before|short for|known as)"
    r"(?: called| known as)?\s+(?:the\s+)?",
    re.IGNORECASE,
)
# "It was the Wick Club, God forgive us. It became Pulteney Support": old, some words, new.
_BECAME = re.compile(
    r"[^.?!\r\n]{0,30}[.,;]\s+(?:and\s+)?(?:then\s+)?(?:it|we|they|that)\s+(?:then\s+)?"
    r"(?:became|turned into|changed (?:it )?to|were renamed|was renamed|got renamed)\s+(?:the\s+)?",
    re.IGNORECASE,
)
# "When I came it was Ferguslie Befrienders, then they changed it": a former name of where one is.
_IT_WAS = re.compile(
    r"\b(?:it|we|they|this|that) (?:was|were)"
    r"(?: (?:still|just|only|called|known as))*(?: the)?\s+\Z",
    re.IGNORECASE,
)
_THEN_CHANGED = re.compile(
    r"[^.?!\r\n]{0,20}\b(?:then (?:it|they|we) (?:\w+ )?(?:changed|renamed|became)|"
    r"until (?:it|they|we) |before (?:it|they|we) (?:changed|became|were|was)|in those days|"
    r"back then|at (?:that|the) time)\b",
    re.IGNORECASE,
)
_NOW_CALLED = 48
_STEPS = 6  # an acronym of a short form of a former name, and no circle


def link_named(
    label: Label, mentions: Iterable[tuple[Transcript, Mention]], roster: tuple[RosterEntry, ...]
) -> Clusters:
    """Clusters of places or of organisations."""
    pairs = list(mentions)
    listed = {
        _name(form, label): row
        for row in reversed(roster)
        if row.kind == label
        for form in row.forms
    }
    named = [(t, m, _name(t.text[m.start : m.end], label)) for t, m in pairs]
    long_form = _Organisations(named, roster) if label == "ORG" else None
    clusters = Clusters()
    renamed = {} if long_form is None else long_form.once_called(listed)
    for transcript, mention, name in named:
        why = "same name"
        if name not in listed and long_form is not None:
            name, why = long_form.of(transcript, name, listed)
        entry = listed.get(name) or renamed.get(name)
        if entry is not None:
            clusters.add(("roster", str(entry.row)), mention, "roster entry", roster_row=entry.row)
        else:
            clusters.add(("name", *name), mention, why)
    return clusters


class _Organisations:
    """The longer names that a short form may stand for, by transcript and by organisation."""

    def __init__(
        self, named: list[tuple[Transcript, Mention, Name]], roster: tuple[RosterEntry, ...]
    ) -> None:
        self._initials: dict[str, set[Name]] = defaultdict(set)
        self._parts: dict[tuple[str, str], dict[Name, set[Name]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._renamed: dict[tuple[tuple[str, str], Name], Name] = {}
        for transcript, _, name in named:
            self._enter(name, self._scopes(transcript))
        for row in roster:
            if row.kind == "ORG":
                name = _name(row.name, "ORG")
                self._enter(name, [("organisation", row.name.casefold())])
        self._read_renamings(named)

    def _scopes(self, transcript: Transcript) -> list[tuple[str, str]]:
        place = transcript.organisation.casefold()
        return [("transcript", transcript.id), *([("organisation", place)] if place else [])]

    def _enter(self, name: Name, scopes: list[tuple[str, str]]) -> None:
        if len(name) < 2:
            return
        self._initials["".join(word[0] for word in name if word not in _SMALL)].add(name)
        for first in (1, 2):  # "DDD" of the Arizona Division of Developmental Disabilities
            if len(name) - first > 2 and is_place(name[:first]):
                rest = [word for word in name[first:] if word not in _SMALL]
                self._initials["".join(word[0] for word in rest)].add(name)
        parts = {
            name[first:last]
            for first in range(len(name))
            for last in range(first + 1, len(name) + 1)
            if last - first < len(name) and name[first] not in _SMALL
        }
        for scope in scopes:
            for part in parts:
                self._parts[scope][part].add(name)

    def _read_renamings(self, named: list[tuple[Transcript, Mention, Name]]) -> None:
        for (first, before, old), (second, after, new) in pairwise(named):
            near = first.id == second.id and 0 < after.start - before.end <= _NOW_CALLED
            between = first.text[before.end : after.start] if near else ""
            if near and old != new and (_RENAMED.fullmatch(between) or _BECAME.fullmatch(between)):
                self._renamed |= {(scope, new): old for scope in self._scopes(first)}
        for transcript, mention, name in named:
            home = _name(transcript.organisation, "ORG") if transcript.organisation else ()
            text = transcript.text
            said = home and _IT_WAS.search(text, max(0, mention.start - 40), mention.start)
            if said and name != home and _THEN_CHANGED.match(text, mention.end):
                self._renamed |= {(scope, home): name for scope in self._scopes(transcript)}

    def of(
        self, transcript: Transcript, name: Name, listed: Mapping[Name, RosterEntry]
    ) -> tuple[Name, str]:
        """The name under which this one's mentions are gathered, and why."""
        reason = "same name"
        for _ in range(_STEPS):
            longer, why = self._step(transcript, name)
            if longer == name:
                break
            name, reason = longer, why
            if name in listed:
                break
        return name, reason

    def once_called(self, listed: Mapping[Name, RosterEntry]) -> dict[Name, RosterEntry]:
        """Former names, by the talk, of organisations that the roster lists."""
        former: dict[Name, RosterEntry] = {}
        for (scope, new), old in self._renamed.items():
            longer = _without_parts(self._parts.get(scope, {}).get(new, set()))
            whole = next(iter(longer)) if len(longer) == 1 and new not in listed else new
            if whole in listed and old not in listed:
                former[old] = listed[whole]
        return former

    def _step(self, transcript: Transcript, name: Name) -> tuple[Name, str]:
        scopes = self._scopes(transcript)
        for scope in scopes:
            if (scope, name) in self._renamed:
                return self._renamed[scope, name], "another name of it, by the talk"
        if len(name) == 1 and len(name[0]) > 1:
            spelled_out = self._initials.get(name[0], set())
            if len(spelled_out) == 1:
                return next(iter(spelled_out)), "acronym of the one organisation it fits"
        for scope in scopes:
            longer = _without_parts(self._parts.get(scope, {}).get(name, set()))
            if len(longer) == 1:
                return next(iter(longer)), f"short form of the one organisation in the {scope[0]}"
            if longer:
                break
        return name, "same name"


def _without_parts(names: set[Name]) -> set[Name]:
    """Without those that are a part of another: Harbor Bridge beside Harbor Bridge Center."""
    return {
        name
        for name in names
        if not any(name != other and " ".join(name) in " ".join(other) for other in names)
    }


def _name(form: str, label: Label) -> Name:
    folded = fold(form)
    if label == "PLACE":
        return usual_place(folded)
    return folded[1:] if len(folded) > 1 and folded[0] == "the" else folded


def usual_place(folded: Name) -> Name:
    """The place's usual name: no house number, abbreviations written out, other names resolved."""
    number = next((i for i, word in enumerate(folded) if not word.isdigit()), 0)
    words = tuple(_SPELLED.get(word, word) for word in folded[number:])
    if words[0] == "the" and len(words) > 1:
        words = words[1:]
    return _other_names().get(words, words)


@cache
def _other_names() -> dict[Name, Name]:
    """By each other name the usual one."""
    usual_of: dict[Name, Name] = {}
    text = resources.files("redact.data").joinpath("place_forms.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            usual, _, others = line.partition(":")
            for other in others.split(";"):
                folded = fold(other)
                usual_of[folded[1:] if folded[0] == "the" else folded] = fold(usual)
    return usual_of


def link_identifiers(mentions: Iterable[tuple[Transcript, Mention]]) -> Clusters:
    """Identifiers by their value; dates and ages only within their transcript, details never."""
    clusters = Clusters()
    for transcript, mention in mentions:
        value = squash(transcript.text[mention.start : mention.end])
        key: Key = (mention.label, mention.kind or "", value)
        if mention.label in ("DATE", "AGE"):
            key = (*key, transcript.id)
        elif mention.label == DETAIL:
            key = (*key, transcript.id, str(mention.start))
        clusters.add(key, mention, "same value")
    return clusters
