"""People: full names are anchors, parts of names join the one anchor they fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from redact.core import Mention, RosterEntry, Transcript
from redact.link.clusters import Clusters, Key
from redact.transcript.words import fold

_TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev reverend sister father sir dame councillor "
    "judge justice".split()
)


@dataclass(frozen=True, slots=True)
class NameUse:
    """A mention of a person as linking sees it: the name's words and where it was said."""

    mention: Mention
    words: tuple[str, ...] = field(repr=False)
    titled: bool
    transcript: str
    place: str = field(repr=False)
    interview: str = field(repr=False)

    @property
    def full(self) -> bool:
        return len(self.words) > 1


def read_use(transcript: Transcript, mention: Mention) -> NameUse:
    """The mention with its folded words, and whether a title stands before it."""
    folded = fold(transcript.text[mention.start : mention.end])
    titled = len(folded) > 1 and folded[0] in _TITLES
    return NameUse(
        mention,
        folded[1:] if titled else folded,
        titled,
        transcript.id,
        transcript.organisation.casefold(),
        transcript.interview,
    )


def link_people(uses: Iterable[NameUse], roster: tuple[RosterEntry, ...], reach: str) -> Clusters:
    """Clusters of mentions that are one person. `reach` is the policy's scope for lone names."""
    ordered = list(uses)
    clusters = Clusters()
    listed = _Listed(roster)
    anchors_in: dict[str, set[Key]] = defaultdict(set)
    anchors_at: dict[str, set[Key]] = defaultdict(set)
    words_of: dict[Key, set[tuple[str, ...]]] = defaultdict(set)
    pending: list[NameUse] = []
    unsure: list[NameUse] = []
    for use in ordered:
        entry, asked = listed.find(use)
        if entry is not None:
            key: Key = ("roster", str(entry.row))
            clusters.add(key, use.mention, "roster entry", roster_row=entry.row)
            words_of[key] |= {fold(form) for form in entry.forms}
        elif asked:
            unsure.append(use)
            continue
        elif use.full:
            key = ("name", " ".join(use.words))
            clusters.add(key, use.mention, "full name")
            words_of[key].add(use.words)
        else:
            pending.append(use)
            continue
        anchors_in[use.transcript].add(key)
        if use.place:
            anchors_at[use.place].add(key)
    for use in unsure:
        key = ("unsure", use.transcript, *use.words)
        clusters.add(key, use.mention, "fits several people of the roster")
        clusters.ask(key, "this name fits several people of the roster: who is meant?")
    for use in pending:
        _place(use, clusters, anchors_in, anchors_at, words_of, reach)
    return clusters


def _place(
    use: NameUse,
    clusters: Clusters,
    anchors_in: dict[str, set[Key]],
    anchors_at: dict[str, set[Key]],
    words_of: dict[Key, set[tuple[str, ...]]],
    reach: str,
) -> None:
    """Joins a lone name to the one anchor it fits, or gives it a cluster of its own."""
    wide = reach == "organisation" and bool(use.place)
    here = _fitting(use, anchors_in[use.transcript], words_of)
    there = _fitting(use, anchors_at[use.place], words_of) if wide else set()
    for found, why in (
        (here, "part of the one full name in the transcript"),
        (there - here, "part of the one full name in the organisation"),
    ):
        if len(found) == 1:
            clusters.add(next(iter(found)), use.mention, why)
            return
        if found:
            key = ("unsure", use.transcript, *use.words)
            clusters.add(key, use.mention, "fits several people")
            clusters.ask(key, f"this name fits {len(found)} people here: who is meant?")
            return
    home = ("organisation", use.place) if wide else ("transcript", use.transcript)
    why = "same name in the organisation" if wide else "same name in the transcript"
    clusters.add(("lone", *home, *use.words), use.mention, why)


def _fitting(
    use: NameUse, anchors: set[Key], words_of: dict[Key, set[tuple[str, ...]]]
) -> set[Key]:
    return {key for key in anchors if any(_fits(use, name) for name in words_of[key])}


def _fits(use: NameUse, name: tuple[str, ...]) -> bool:
    """Whether these words can stand for this name: after a title the family name, else a part."""
    if use.words == name:
        return True
    if use.full:
        return use.words[0] == name[0] and use.words[-1] == name[-1]
    if use.titled and len(name) > 1:
        return use.words[0] == name[-1]
    return use.words[0] in name


class _Listed:
    """The roster's people by every folded form and part of a name."""

    def __init__(self, roster: tuple[RosterEntry, ...]) -> None:
        self._by_form: dict[tuple[str, ...], list[RosterEntry]] = defaultdict(list)
        self._by_part: dict[str, list[RosterEntry]] = defaultdict(list)
        for entry in roster:
            if entry.kind != "PERSON":
                continue
            for form in {fold(form) for form in entry.forms}:
                self._by_form[form].append(entry)
            for part in {part for form in entry.forms for part in fold(form)}:
                self._by_part[part].append(entry)

    def find(self, use: NameUse) -> tuple[RosterEntry | None, bool]:
        """The one entry this name means here; or none, and whether several could be meant.

        A listed form of several words means its entry everywhere. A lone name
        means it where the entry belongs: its organisation or interview, or
        everywhere if the roster gives neither and lists the form itself.
        """
        exact = self._by_form.get(use.words, [])
        if use.full:
            at_home = [entry for entry in exact if _at_home(entry, use)]
            chosen = at_home if len(exact) > 1 else exact
            return (chosen[0], False) if len(chosen) == 1 else (None, len(exact) > 1)
        near = [entry for entry in exact if _at_home(entry, use) or _homeless(entry)]
        parts = [
            entry
            for entry in self._by_part.get(use.words[0] if use.words else "", [])
            if _at_home(entry, use) and any(_fits(use, fold(form)) for form in entry.forms)
        ]
        both = {entry.row: entry for entry in (*near, *parts)}
        if len(both) == 1:
            return next(iter(both.values())), False
        for entry in both.values():
            if entry.interview and entry.interview == use.interview:
                return entry, False
        return None, len(both) > 1


def _at_home(entry: RosterEntry, use: NameUse) -> bool:
    return bool(
        (entry.organisation and entry.organisation.casefold() == use.place)
        or (entry.interview and entry.interview == use.interview)
    )


def _homeless(entry: RosterEntry) -> bool:
    return not entry.organisation and not entry.interview
