"""Places, organisations, identifiers: a folded form is one thing; variants and short forms join it.

Names written in other ways are one (spelling.py). An organisation's short form ("Prairie Lantern",
"the Lantern", PLS) joins the one longer name that it is part of or the initials of, in its
transcript, else in its organisation, else in the study; a former name joins where the talk says so.
The roster joins whatever it lists.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from redact.core import DETAIL, Label, Mention, RosterEntry, Transcript
from redact.detect.gazetteer import is_place
from redact.link.clusters import Clusters, Key
from redact.link.homes import written_out
from redact.link.regions import apart_by_region
from redact.link.spelling import (
    SMALL,
    Name,
    Named,
    name_of,
    under_one_spelling,
    with_whole_names,
)
from redact.transcript.words import squash

STUDY = ("study", "")
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
_REGIONS = frozenset({"county", "parish"})
_NOW_CALLED = 48
_STEPS = 6  # an acronym of a short form of a former name, and no circle


def link_named(
    label: Label, mentions: Iterable[tuple[Transcript, Mention]], roster: tuple[RosterEntry, ...]
) -> Clusters:
    """Clusters of places or of organisations."""
    pairs = list(mentions)
    listed = {
        name_of(form, label): row
        for row in reversed(roster)
        if row.kind == label
        for form in row.forms
    }
    named = [Named.of(t, m, label) for t, m in pairs]
    if label == "PLACE":
        named = with_whole_names(apart_by_region(named))
    named = under_one_spelling(named, frozenset(listed))
    long_form = _Organisations(named, roster) if label == "ORG" else None
    clusters = Clusters()
    if long_form is not None:
        listed = long_form.with_wholes(listed)
    renamed = {} if long_form is None else long_form.once_called(listed)
    for said in named:
        name, why = said.name, said.why
        if name not in listed and long_form is not None:
            name, reason = long_form.of(said.transcript, name, listed)
            why = reason if name != said.name else why
        entry = listed.get(name) or renamed.get(name)
        if entry is not None:
            row = entry.row
            clusters.add(("roster", str(row)), said.mention, "roster entry", roster_row=row)
        else:
            clusters.add(("name", *name), said.mention, why)
    return clusters


class _Organisations:
    """The longer names that a short form may stand for, by transcript and by organisation."""

    def __init__(self, named: list[Named], roster: tuple[RosterEntry, ...]) -> None:
        self._initials: dict[str, set[Name]] = defaultdict(set)
        self._parts: dict[tuple[str, str], dict[Name, set[Name]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._renamed: dict[tuple[tuple[str, str], Name], Name] = {}
        for said in named:
            self._enter(said.name, self._scopes(said.transcript))
        for row in roster:
            if row.kind == "ORG":
                name = name_of(row.name, "ORG")
                self._enter(name, [("organisation", row.name.casefold()), STUDY])
        self._read_renamings(named)

    def _scopes(self, transcript: Transcript) -> list[tuple[str, str]]:
        place = transcript.organisation.casefold()
        near = [("transcript", transcript.id), *([("organisation", place)] if place else [])]
        return [*near, STUDY]

    def _enter(self, name: Name, scopes: list[tuple[str, str]]) -> None:
        if len(name) < 2:
            return
        spoken = tuple(word for word in name if len(word) > 1)  # Ada B. Moor Health Center
        self._initials["".join(word[0] for word in name if word not in SMALL)].add(name)
        for first in (1, 2):  # "DDD" of the Arizona Division of Developmental Disabilities
            if len(name) - first > 2 and is_place(name[:first]):
                rest = [word for word in name[first:] if word not in SMALL]
                self._initials["".join(word[0] for word in rest)].add(name)
        parts = {
            name[first:last]
            for first in range(len(name))
            for last in range(first + 1, len(name) + 1)
            if last - first < len(name) and name[first] not in SMALL
        }
        parts |= {spoken[:last] for last in range(2, len(spoken) + 1) if spoken != name}
        for scope in scopes:
            for part in parts:
                self._parts[scope][part].add(name)

    def _read_renamings(self, named: list[Named]) -> None:
        for first, second in pairwise(named):
            text, old, new = first.transcript.text, first.name, second.name
            near = first.transcript is second.transcript and (
                0 < second.mention.start - first.mention.end <= _NOW_CALLED
            )
            between = text[first.mention.end : second.mention.start] if near else ""
            if near and old != new and (_RENAMED.fullmatch(between) or _BECAME.fullmatch(between)):
                self._rename(first.transcript, new, old)
        for one in named:
            transcript, start = one.transcript, one.mention.start
            home = name_of(transcript.organisation, "ORG") if transcript.organisation else ()
            said = home and _IT_WAS.search(transcript.text, max(0, start - 40), start)
            if said and one.name != home and _THEN_CHANGED.match(transcript.text, one.mention.end):
                self._rename(transcript, home, one.name)

    def _rename(self, transcript: Transcript, new: Name, old: Name) -> None:
        """What a transcript says of a name holds there and in its organisation."""
        self._renamed |= {(s, new): old for s in self._scopes(transcript) if s != STUDY}

    def of(
        self, transcript: Transcript, name: Name, listed: Mapping[Name, RosterEntry]
    ) -> tuple[Name, str]:
        """The name under which this one's mentions are gathered, and why."""
        reason = "same name"
        for _ in range(_STEPS):
            longer, why = self._step(self._scopes(transcript), name)
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

    def with_wholes(self, listed: Mapping[Name, RosterEntry]) -> dict[Name, RosterEntry]:
        """The listed names and the longer ones that they are short for, one entry for both.

        Only of what stands aside in the tables: whoever gives two names a row each means two.
        """
        known = dict(listed)
        for name, entry in sorted(listed.items(), key=lambda one: (one[1].row, one[0])):
            whole = name
            for _ in range(_STEPS if entry.aside else 0):
                longer, _why = self._step([STUDY], written_out(whole, known), is_body=True)
                if longer == whole or (whole in listed and not listed[whole].aside):
                    break
                whole = longer
            known[name] = known.setdefault(whole, known[name])
        return known

    def _step(
        self, scopes: list[tuple[str, str]], name: Name, is_body: bool = False
    ) -> tuple[Name, str]:
        """The longer name, and why; `is_body` says that a table has this name for a body."""
        for scope in scopes:
            if (scope, name) in self._renamed:
                return self._renamed[scope, name], "another name of it, by the talk"
        letters = name[0] if len(name) == 1 else "".join(name)
        if len(letters) > 1 and (len(name) == 1 or len(letters) == len(name)):  # HT, H. T.
            spelled_out = _written_out(self._initials.get(letters, set()))
            if len(spelled_out) == 1:
                return next(iter(spelled_out)), "acronym of the one organisation it fits"
        for scope in scopes:
            is_far = scope == STUDY or (scope[0] == "organisation" and name[-1] in _REGIONS)
            if is_far and is_place(name) and not (is_body and len(name) == 1):
                break  # Perry County is no short form of its Health Department
            longer = _without_parts(self._parts.get(scope, {}).get(name, set()))
            if len(longer) == 1:
                return next(iter(longer)), f"short form of the one organisation in the {scope[0]}"
            if longer:
                break
        return name, "same name"


def _without_parts(names: set[Name]) -> set[Name]:
    """Without those that are a part of another: Harbor Bridge beside Harbor Bridge Center.

    Nor those that shorten another: H. Bridge Center.
    """
    names = _written_out(names)
    return {
        name
        for name in names
        if not any(name != other and " ".join(name) in " ".join(other) for other in names)
    }


def _written_out(names: set[Name]) -> set[Name]:
    return {written_out(name, names) for name in names} if len(names) > 1 else names


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
