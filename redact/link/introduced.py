"""Who is introduced: full names and roster entries, and what the talk says that two names are one.

The first of two passes over the study. It gives every full name its key, and learns which keys are
one person, which further names a person has, and who is interviewed where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from redact.core import Gender, RosterEntry
from redact.link.anchors import Anchors, Scope
from redact.link.bynames import is_answered, is_called, is_put_right, whose_other_name
from redact.link.clusters import Attribution, Key
from redact.link.gender import gender_from, gender_of_givens
from redact.link.names import fits_full, gender_of_title, is_pet_of
from redact.link.scenes import NameUse
from redact.link.talk import (
    are_one,
    is_name_now,
    is_other_said_twice,
    is_said_again_in_full,
    relation,
    seniority,
    stands_before,
    was_name_then,
)
from redact.transcript.words import fold

ANYWHERE: Scope = ("anywhere", "")
CORPUS: Scope = ("corpus", "")
ASKING: Scope = ("asking", "")  # of labels of those who ask, in whatever organisation they do
_NOBODY = Attribution((), "")


class Introduced:
    """What the whole study says of who there is; `reach` is the policy's scope for lone names."""

    def __init__(self, roster: tuple[RosterEntry, ...], reach: str) -> None:
        self.wide = reach != "transcript"
        self.everywhere = reach == "corpus"
        self.anchors = Anchors()
        self.entry: dict[Key, RosterEntry] = {}
        self.interviewee: dict[str, Key] = {}
        self.titles: dict[Key, set[str]] = defaultdict(set)
        self._titled: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        self._by_form: dict[tuple[str, ...], list[RosterEntry]] = defaultdict(list)
        self._by_parts: dict[tuple[str, ...], list[RosterEntry]] = defaultdict(list)
        self._names: dict[Key, tuple[str, ...]] = {}
        self._relative_of: dict[Key, set[str]] = defaultdict(set)
        self._seniority: dict[tuple[str, tuple[str, ...]], str] = {}
        self._full_of_pet: dict[tuple[str, str], str] = {}
        for entry in roster:
            if entry.kind == "PERSON":
                self._enter(entry)

    def _enter(self, entry: RosterEntry) -> None:
        key: Key = ("roster", str(entry.row))
        self.entry[key] = entry
        if gender := gender_from(entry.gender):
            self.anchors.gender[key] = gender
        scopes: list[Scope] = []
        if entry.organisation:
            scopes.append(("organisation", entry.organisation.casefold()))
        if entry.interview:
            scopes.append(("interview", entry.interview))
            self.interviewee.setdefault(entry.interview, key)
        if entry.interviewed_in:
            self.interviewee.setdefault(entry.interviewed_in, key)
        asks = "interviewer" in entry.role.casefold()
        for together in _put_together(entry):
            self._by_parts[together].append(entry)
        for name in dict.fromkeys(map(fold, entry.forms)):  # an alias may say the name again
            self._by_form[name].append(entry)
            if scopes:
                self.anchors.add(key, name, scopes)
            elif len(name) == 1:
                self.anchors.add(key, name, [ANYWHERE])
            if asks:
                self.anchors.add(key, name, [ASKING])

    def read(self, uses: list[NameUse]) -> list[Attribution]:
        """Every use's key as far as it is plain by itself, in order."""
        for use in uses:
            if use.full and (said := seniority(use)):
                self._seniority[use.transcript, use.words] = said
        placed = [self._anchor(use) for use in uses]
        self._join_variants(uses, placed)
        self._join_neighbours(uses, placed)
        for first, second in _said_alike(uses):
            self._teach(uses[first], placed[first], uses[second], placed[second])
            for lone, known in ((first, second), (second, first)):
                if not placed[lone].key and placed[known].key:
                    by_the_talk = "another name of the person, by the talk"
                    placed[lone] = Attribution(placed[known].key, by_the_talk)
        self._read_lone_names(uses)
        for use in uses:
            if use.labelled and use.said_by == "interviewee" and not use.full and use.words:
                named = self.anchors.named(self.scopes(use), use.words)
                if len(named) == 1:
                    self.interviewee.setdefault(use.interview, named.pop())
        return placed

    def scopes(self, use: NameUse) -> list[Scope]:
        """Where a lone name may find its person, the transcript first."""
        scopes: list[Scope] = [("transcript", use.transcript)]
        if use.place and self.wide:
            scopes.append(("organisation", use.place))
        if use.interview:
            scopes.append(("interview", use.interview))
        if use.labelled and use.said_by == "interviewer":
            scopes.append(ASKING)
        if self.everywhere:
            scopes.append(CORPUS)
        return scopes

    def gender(self, key: Key) -> Gender | None:
        """What roster and titles say of an anchor, else what its given name mostly is."""
        if key in self.anchors.gender:
            return self.anchors.gender[key]
        return gender_of_givens(self.anchors.givens[key])

    def bears(self, key: Key, word: str) -> bool:
        """Whether this is a given or family name of an anchor."""
        return word in self.anchors.givens[key] or any(
            name[-1] == word for name in self._forms_of(key)
        )

    def is_titled(self, key: Key, title: str) -> bool:
        """Whether an anchor is called so; or else the study in full by a name that may be its own.

        So "Dr Tulloch" is E. Tulloch where another transcript has Dr Effie Tulloch.
        """
        return title in self.titles[key] or any(
            fits_full(name, other) or name[0] == other[0][0]
            for name in self._forms_of(key)
            for other in self._titled.get((title, name[-1]), ())
        )

    def is_initial_of(self, key: Key, use: NameUse) -> bool:
        """Whether a label says the given name in full of which a row has no more than the initial.

        `key` is of the interviewee.
        """
        if not use.labelled or use.said_by == "interviewer" or use.title or key not in self.entry:
            return False
        names = self._forms_of(key)
        return bool(names) and all(name[0] == use.words[0][0] for name in names)

    def full_form(self, use: NameUse) -> str:
        """The one full form that a lone pet form has in its transcript: Antonio for Toño."""
        return self._full_of_pet.get((use.transcript, use.words[0]), "") if use.words else ""

    def _anchor(self, use: NameUse) -> Attribution:
        if not use.full:
            return _NOBODY
        exact = self._by_form.get(use.words) or self._by_parts.get(use.words, [])
        at_home = [e for e in exact if _at_home(e, use)]
        chosen = at_home if len(exact) > 1 else exact
        if len(chosen) == 1:
            key: Key = ("roster", str(chosen[0].row))
            why = "roster entry"
            for form in chosen[0].forms:
                self.anchors.add(key, fold(form), self.scopes(use))
        elif len(exact) > 1:
            unsure = ("unsure", use.transcript, *use.words)
            return Attribution(unsure, "fits several people of the roster")
        else:
            elder = self._seniority.get((use.transcript, use.words), "")
            key, why = ("name", *use.words, *([f"({elder})"] if elder else [])), "full name"
            self.anchors.add(key, use.words, self.scopes(use))
        self._names.setdefault(key, use.words)
        gender = gender_of_title(use.title)
        if gender:
            self.anchors.gender.setdefault(key, gender)
        if use.title:
            self.titles[key].add(use.title)
            self._titled[use.title, use.words[-1]].add(use.words)
        if whose := relation(use):
            self._relative_of[key].add(whose)
        if use.own:
            self.interviewee.setdefault(use.interview, key)
        return Attribution(key, why)

    def _join_variants(self, uses: list[NameUse], placed: list[Attribution]) -> None:
        """Effie Kerr and Euphemia Kerr, Dana O and Dana Ortiz: one person where only one fits."""
        seen: set[tuple[Key, str, bool]] = set()
        for use, at in zip(uses, placed, strict=True):
            key = at.key
            if not key or key[0] != "name" or (key, use.transcript, use.labelled) in seen:
                continue
            seen.add((key, use.transcript, use.labelled))
            scopes, words = self.scopes(use), use.words
            near = self.anchors.of_family(scopes, words[-1]) | self.anchors.named(scopes, words[:1])
            fitting = {
                other
                for other in near - {self.anchors.root(key)}
                if any(fits_full(words, name) for name in self._forms_of(other))
                and not self._relative_of[key] & self.anchors.givens[other]
                and not self._relative_of[other] & self.anchors.givens[key]
                and not _differ_in_age(key, other)
            }
            if len(fitting) == 1:
                self.anchors.join(fitting.pop(), key)
        for use, at in zip(uses, placed, strict=True):
            self._join_changed(use, at.key)

    def _join_changed(self, use: NameUse, key: Key) -> None:
        """ "She's Kelly Robb now", "Malik was my own name": another of the same given name."""
        scopes = self.scopes(use)
        if key and is_name_now(use):
            changed = {self.anchors.root(key)}
        elif not key and was_name_then(use) and use.words:
            changed = self.anchors.of_family(scopes[:1], use.words[0])
        else:
            return
        if len(changed) == 1:
            (one,) = changed
            others = self.anchors.named(scopes, self.anchors.givens[one]) - {one}
            if len(others) == 1:
                self.anchors.join(one, others.pop())

    def _join_neighbours(self, uses: list[NameUse], placed: list[Attribution]) -> None:
        """ "Dana, Dana O, stayed"; "Ray, a different Ray, Ray Tsosie": whose name follows."""
        for number in range(len(uses) - 1, 0, -1):
            last, use = uses[number - 1], uses[number]
            key = placed[number].key
            if placed[number - 1].key or not key:
                continue
            apposed = stands_before(last, use) and last.words and last.words[0] in use.words
            if apposed or is_said_again_in_full(last, use) or is_other_said_twice(last, use):
                self.titles[key].update([last.title] if last.title else [])
                placed[number - 1] = Attribution(key, "the full name that follows")

    def _read_lone_names(self, uses: list[NameUse]) -> None:
        """Pet forms of one full form in a transcript; those that only one anchor of it can mean.

        What a transcript makes plain holds for its whole organisation: Alasdair is Ally Bremner.
        """
        lone: dict[str, set[str]] = defaultdict(set)
        for use in uses:
            if not use.full and use.words and not use.title:
                lone[use.transcript].add(use.words[0])
        for transcript, words in lone.items():
            for word in words:
                full = {other for other in words if is_pet_of(word, other)}
                pets = {other for one in full for other in words if is_pet_of(other, one)}
                if len(full) == 1 and pets == {word}:
                    self._full_of_pet[transcript, word] = full.pop()

    def _forms_of(self, key: Key) -> list[tuple[str, ...]]:
        if key in self.entry:
            return [name for form in self.entry[key].forms if len(name := fold(form)) > 1]
        return [self._names[key]] if key in self._names else []

    def _teach(self, one: NameUse, at_one: Attribution, two: NameUse, at_two: Attribution) -> None:
        """What the talk says: a lone name is another of the anchor's, or two anchors are one."""
        if at_one.key and at_two.key:
            self.anchors.join(at_one.key, at_two.key)
            return
        for anchored, lone in ((at_one, two), (at_two, one)):
            if anchored.key:
                key = self.anchors.root(anchored.key)
                self.anchors.add(key, lone.words, self.scopes(lone))
                return
        for known, lone in ((one, two), (two, one)):
            people = self.anchors.named(self.scopes(known), known.words[:1])
            if len(people) == 1:
                self.anchors.add(next(iter(people)), lone.words, [("transcript", lone.transcript)])
                return
        key = ("name", *one.words, *two.words)
        for use in (one, two):
            self.anchors.add(key, use.words, [("transcript", use.transcript)])


def _put_together(entry: RosterEntry) -> set[tuple[str, str]]:
    """Full names of a row's given name, family name and further names: Nan Lorimer."""
    name, *others = map(fold, entry.forms)
    if len(name) < 2:
        return set()
    lone = {other[0] for other in others if len(other) == 1}
    return {(one, name[-1]) for one in lone} | {(name[0], one) for one in lone}


def _said_alike(uses: list[NameUse]) -> Iterator[tuple[int, int]]:
    """Pairs of names that the talk says are one person's."""
    for number in range(1, len(uses)):
        last, use = uses[number - 1], uses[number]
        if are_one(last, use) or is_called(last, use):
            yield number - 1, number
            continue
        asked = number - 2 if last.labelled and number > 1 else number - 1
        if is_answered(uses[asked], use) or is_put_right(uses[asked], use):
            yield asked, number
        elif uses[number].words and (whose := whose_other_name(uses, number)) is not None:
            yield whose, number


def _differ_in_age(one: Key, other: Key) -> bool:
    """True for Humberto Fimbres, senior, and one who is not said to be."""
    return one[-1].startswith("(") or other[-1].startswith("(")


def _at_home(entry: RosterEntry, use: NameUse) -> bool:
    return bool(
        (entry.organisation and entry.organisation.casefold() == use.place)
        or (entry.interview and entry.interview == use.interview)
    )
