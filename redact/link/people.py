"""People: full names are anchors; parts and forms of names join the one anchor they fit.

A lone name looks for its person in four steps, and stops at the first that gives anyone: the
name itself, a pet or full form of it, its first letters, a near spelling. Whom a title, a relation
("Skye's mum") or "the other" rules out falls away; of several that are left, the one named just
before is meant, or the interviewee if the interviewer speaks; otherwise a person is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from redact.core import RosterEntry
from redact.link.clusters import Clusters, Key
from redact.link.names import (
    fits_full,
    gender_of_title,
    is_cut_of,
    kin_forms,
    sounds_like,
)
from redact.link.scenes import NameUse
from redact.transcript.words import fold

Scope = tuple[str, str]
_ANYWHERE: Scope = ("anywhere", "")
_NEAR = 300  # code points within which the person last named is meant
_RELATION = (
    r"(?:mum|mam|maw|mom|mother|mama|dad|da|father|faither|brother|sister|son|daughter|wife|"
    r"husband|man|partner|granny|gran|grandma|grandpa|grandmother|grandfather|granda|auntie|aunt|uncle|cousin|boy|girl|lassie|wean|kid)"
)
_RELATIVE_OF = re.compile(
    rf"(?:(?P<whose>[^\W\d_]+)['’]s|\b(?:his|her|their))\s+(?:\w+\s+)?{_RELATION}\b"
    r"[^.?!]{0,20}(?:\w+\.\s+)?\Z",
    re.IGNORECASE,
)
_NOT_THE_OTHER = re.compile(r"[,.]?\s+(?:but\s+)?(?:no|not)\s+the\s+other\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"[,:]\s*(?:\w+\.?\s+)?\Z")
_BY_ME = re.compile(r"\bI(?: just)? (?:said|says|say|went|go|asked|goes|told \w+)[,:]?\s*\Z")
_OTHER = re.compile(r"\b(?:other|another|different|second)\s+\Z", re.IGNORECASE)
# What stands between two names of one person: "Hugh, but everybody calls him Shuggie".
_ALSO = re.compile(
    r"\b(?:(?:everybody|everyone|folk|people|they|we|I|you|all|most|some)(?: (?:all|just|always))?"
    r" (?:call|cry|used to call)(?:s|ed)? (?:me|him|her|them)|cried (?:him|her)|"
    r"(?:people|folk|some|everybody) says?|"
    r"known as|goes by|go by|went by|short for|née|nee|aka|formerly|as was|"
    r"(?:real|proper|full|right|birth|given|maiden|married|own) name(?:['’]s)?(?: is| was)?|"
    r"(?:she|he|I) (?:used to be|was born))[\s,]*\Z",
    re.IGNORECASE,
)
_THAT_IS = re.compile(r"[.,;]?\s+(?:that|it|he|she)['’]s\s+", re.IGNORECASE)
_ALSO_REACH = 60


class _Anchors:
    """Persons known by a full name or the roster, found by given and family name and scope."""

    def __init__(self) -> None:
        self.given: dict[Scope, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
        self.family: dict[Scope, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
        self.givens: dict[Key, set[str]] = defaultdict(set)
        self.gender: dict[Key, str] = {}
        self._same: dict[Key, Key] = {}

    def root(self, key: Key) -> Key:
        while key in self._same:
            key = self._same[key]
        return key

    def join(self, one: Key, other: Key) -> None:
        """The two are one person; the roster's key stays. Two of the roster are never joined."""
        one, other = self.root(one), self.root(other)
        if one == other or one[0] == other[0] == "roster":
            return
        if other[0] == "roster":
            one, other = other, one
        self._same[other] = one
        self.givens[one] |= self.givens[other]

    def add(self, key: Key, name: tuple[str, ...], scopes: Iterable[Scope]) -> None:
        given = name[:-1] if len(name) > 1 else name
        self.givens[key].update(given)
        for scope in scopes:
            for word in given:
                self.given[scope][word].add(key)
            if len(name) > 1:
                self.family[scope][name[-1]].add(key)

    def named(self, scopes: Iterable[Scope], words: Iterable[str]) -> set[Key]:
        found: set[Key] = set()
        words = list(words)
        for scope in scopes:
            table = self.given.get(scope, {})
            for word in words:
                found |= table.get(word, set())
        return {self.root(key) for key in found}

    def of_family(self, scopes: Iterable[Scope], word: str) -> set[Key]:
        found: set[Key] = set()
        for scope in scopes:
            found |= self.family.get(scope, {}).get(word, set())
        return {self.root(key) for key in found}


def link_people(uses: Iterable[NameUse], roster: tuple[RosterEntry, ...], reach: str) -> Clusters:
    """Clusters of mentions that are one person. `reach` is the policy's scope for lone names."""
    return _People(roster, reach == "organisation").link(list(uses))


class _People:
    """One pass over the study: anchors first, then what is said of them."""

    def __init__(self, roster: tuple[RosterEntry, ...], wide: bool) -> None:
        self._wide = wide
        self._listed = [entry for entry in roster if entry.kind == "PERSON"]
        self._by_form: dict[tuple[str, ...], list[RosterEntry]] = defaultdict(list)
        self._interviewee: dict[str, Key] = {}
        self._anchors = _Anchors()
        self._names: dict[Key, tuple[str, ...]] = {}
        self._named_at: dict[str, list[tuple[int, Key]]] = defaultdict(list)
        self._row: dict[Key, int] = {}
        self._genders: dict[tuple[Scope, tuple[str, ...]], set[str]] = defaultdict(set)
        for entry in self._listed:
            self._enter(entry)

    def _enter(self, entry: RosterEntry) -> None:
        key: Key = ("roster", str(entry.row))
        self._row[key] = entry.row
        self._anchors.gender[key] = entry.gender.casefold()
        scopes: list[Scope] = []
        if entry.organisation:
            scopes.append(("organisation", entry.organisation.casefold()))
        if entry.interview:
            scopes.append(("interview", entry.interview))
            self._interviewee.setdefault(entry.interview, key)
        for form in entry.forms:
            name = fold(form)
            self._by_form[name].append(entry)
            if scopes:
                self._anchors.add(key, name, scopes)
            elif len(name) == 1:
                self._anchors.add(key, name, [_ANYWHERE])

    def link(self, uses: list[NameUse]) -> Clusters:
        placed: list[tuple[Key, str]] = [self._anchor(use) for use in uses]
        for use in uses:
            if gender_of_title(use.title):
                for home in (self._home(use, set()), ("transcript", use.transcript)):
                    self._genders[home, use.words].add(gender_of_title(use.title))
        self._join_variants(uses, placed)
        for first, second in self._said_alike(uses):
            self._teach(uses[first], placed[first], uses[second], placed[second])
        self._join_apposed(uses, placed)
        clusters = Clusters()
        for number, use in enumerate(uses):
            key, why = placed[number]
            question = ""
            if not key:
                key, why, question = self._place(use)
            key = self._anchors.root(key)
            clusters.add(key, use.mention, why, roster_row=self._row.get(key, 0))
            if question:
                clusters.ask(key, question)
            if key[0] in ("roster", "name"):
                self._note(use, key)
        return clusters

    def _note(self, use: NameUse, key: Key) -> None:
        if not use.labelled:
            self._named_at[use.transcript].append((use.mention.start, key))

    def _scopes(self, use: NameUse) -> list[Scope]:
        scopes: list[Scope] = [("transcript", use.transcript)]
        if use.place and self._wide:
            scopes.append(("organisation", use.place))
        if use.interview:
            scopes.append(("interview", use.interview))
        return scopes

    def _anchor(self, use: NameUse) -> tuple[Key, str]:
        """Key and reason of a name that stands for itself; an empty key for a lone name."""
        if not use.full:
            return (), ""
        exact = self._by_form.get(use.words, [])
        at_home = [e for e in exact if _at_home(e, use)]
        chosen = at_home if len(exact) > 1 else exact
        if len(chosen) == 1:
            key: Key = ("roster", str(chosen[0].row))
            why = "roster entry"
            for form in chosen[0].forms:
                self._anchors.add(key, fold(form), self._scopes(use))
        elif len(exact) > 1:
            return ("unsure", use.transcript, *use.words), "fits several people of the roster"
        else:
            key, why = ("name", *use.words), "full name"
            self._anchors.add(key, use.words, self._scopes(use))
        self._names.setdefault(key, use.words)
        gender = gender_of_title(use.title)
        if gender and not self._anchors.gender.get(key):
            self._anchors.gender[key] = gender
        return key, why

    def _join_variants(self, uses: list[NameUse], placed: list[tuple[Key, str]]) -> None:
        """Effie Kerr and Euphemia Kerr, Dana O and Dana Ortiz: one person where only one fits."""
        seen: set[tuple[Key, str]] = set()
        for use, (key, _) in zip(uses, placed, strict=True):
            if not key or key[0] != "name" or (key, use.transcript) in seen:
                continue
            seen.add((key, use.transcript))
            scopes, words = self._scopes(use), use.words
            near = self._anchors.of_family(scopes, words[-1]) | self._anchors.named(
                scopes, words[:1]
            )
            fitting = {
                other
                for other in near - {self._anchors.root(key)}
                if any(fits_full(words, name) for name in self._forms_of(other))
            }
            if len(fitting) == 1:
                self._anchors.join(fitting.pop(), key)

    def _join_apposed(self, uses: list[NameUse], placed: list[tuple[Key, str]]) -> None:
        """ "Dana, Dana O, stayed": the lone name is the person that follows."""
        for number in range(1, len(uses)):
            last, use = uses[number - 1], uses[number]
            follows = last.transcript == use.transcript and last.after.startswith((", ", "... "))
            near = follows and use.mention.start - last.mention.end <= 4
            lone_then_full = not placed[number - 1][0] and placed[number][0]
            if near and lone_then_full and last.words[:1] and last.words[0] in use.words:
                placed[number - 1] = (placed[number][0], "the full name that follows")

    def _forms_of(self, key: Key) -> list[tuple[str, ...]]:
        if key in self._row:
            entry = next(e for e in self._listed if e.row == self._row[key])
            return [name for form in entry.forms if len(name := fold(form)) > 1]
        return [self._names[key]] if key in self._names else []

    def _said_alike(self, uses: list[NameUse]) -> Iterator[tuple[int, int]]:
        """Pairs of neighbours that the talk says are one person."""
        for number in range(1, len(uses)):
            last, use = uses[number - 1], uses[number]
            gap = use.mention.start - last.mention.end
            if last.transcript == use.transcript and 0 <= gap <= min(_ALSO_REACH, len(use.before)):
                between = use.before[len(use.before) - gap :]
                alike = _ALSO.search(between) or (use.full and _THAT_IS.fullmatch(between))
                if last.words != use.words and alike:
                    yield number - 1, number

    def _teach(
        self, one: NameUse, at_one: tuple[Key, str], two: NameUse, at_two: tuple[Key, str]
    ) -> None:
        """What the talk says: a lone name is another of the anchor's, or two anchors are one."""
        if at_one[0] and at_two[0]:
            self._anchors.join(at_one[0], at_two[0])
            return
        for anchored, lone in ((at_one, two), (at_two, one)):
            if anchored[0]:
                key = self._anchors.root(anchored[0])
                self._anchors.add(key, lone.words, [("transcript", lone.transcript)])
                return
        for anchored_use, lone in ((one, two), (two, one)):
            found = self._candidates(anchored_use)[0]
            if len(found) == 1:
                self._anchors.add(next(iter(found)), lone.words, [("transcript", lone.transcript)])
                return
        key = ("name", *one.words, *two.words)
        for use in (one, two):
            self._anchors.add(key, use.words, [("transcript", use.transcript)])

    def _candidates(self, use: NameUse) -> tuple[set[Key], str]:
        """Whom a lone name may mean, and by which step they were found."""
        scopes = self._scopes(use)
        word = use.words[0] if use.words else ""
        anchors = self._anchors
        if not word:
            return set(), ""
        if use.title and not use.kin:
            found = anchors.of_family(scopes, word)
            if found:
                return found, "title and family name of the one person"
        found = anchors.named([*scopes, _ANYWHERE], [word])
        if found or use.group:
            return found, "given name of the one person"
        if not use.title:
            found = anchors.of_family(scopes[:1], word)
            if found:
                return found, "family name of the one person in the transcript"
        found = anchors.named(scopes, kin_forms(word))
        if found:
            return found, "pet or full form of the one given name"
        own = anchors.given.get(scopes[0], {})
        cut = {name for name in own if is_cut_of(word, name)}
        if cut:
            return anchors.named(scopes[:1], cut), "first letters of the one given name"
        if "near a name of the study" in use.mention.sources:
            near = {name for name in own if sounds_like(word, name)}
            return anchors.named(scopes[:1], near), "near spelling of the one given name"
        return set(), ""

    def _place(self, use: NameUse) -> tuple[Key, str, str]:
        """Key, reason and question of a lone name."""
        found, why = self._candidates(use)
        left = self._without_excluded(use, found)
        if len(left) > 1:
            left, why = self._meant(use, left), "the one of that name spoken of here"
        if len(left) == 1:
            return next(iter(left)), why, ""
        if left:
            key: Key = ("unsure", use.transcript, *use.words)
            return key, "fits several people", f"this name fits {len(left)} people: who is meant?"
        home = self._home(use, found)
        manner = "ruled out" if found else "group" if use.group else use.title if use.kin else ""
        gender = gender_of_title(use.title)
        said = self._genders[home, use.words]
        if not use.kin and (gender or len(said) == 1):
            manner += gender or next(iter(said))
        key = ("lone", *home, manner, *use.words)
        return key, f"same name in the {home[0]}", ""

    def _home(self, use: NameUse, ruled_out: set[Key]) -> Scope:
        """How far a lone name reaches: its organisation, or only its transcript."""
        if self._wide and use.place and not ruled_out:
            return ("organisation", use.place)
        return ("transcript", use.transcript)

    def _without_excluded(self, use: NameUse, found: set[Key]) -> set[Key]:
        """The candidates that neither title, relation nor "the other" rules out."""
        gender = gender_of_title(use.title)
        left = {
            key
            for key in found
            if not (gender and self._anchors.gender.get(key, gender) not in (gender, ""))
        }
        relative = _RELATIVE_OF.search(use.before)
        if relative:
            whose = relative["whose"]
            if whose:
                said = "".join(fold(whose))
                left = {key for key in left if said not in self._anchors.givens[key]}
            elif use.title:
                left -= self._last_named(use, left)
        if _OTHER.search(use.before):
            own = self._interviewee.get(use.interview, ())
            left -= {own} if own in left else self._last_named(use, left)
        return left

    def _meant(self, use: NameUse, left: set[Key]) -> set[Key]:
        """Of several, the interviewee if that is plain, else the one named just before."""
        own = self._interviewee.get(use.interview, ())
        if own in left:
            if use.labelled or use.said_by == "interviewer" or _NOT_THE_OTHER.match(use.after):
                return {own}
            by_me = _BY_ME.search(use.before)
            if use.said_by == "interviewee":
                if _ADDRESSED.search(use.before) and use.after[:1] in ",.?!" and not by_me:
                    return left  # somebody's words to the interviewee, or to the other
                left = left - {own}
        if len(left) == 1:
            return left
        return self._last_named(use, left) or left

    def _last_named(self, use: NameUse, among: set[Key]) -> set[Key]:
        """Whichever of these was named last, and lately, if only one of them was."""
        named = self._named_at[use.transcript]
        at = bisect_left(named, (use.mention.start - _NEAR, ()))
        lately = {self._anchors.root(key) for _, key in named[at:]} & among
        return lately if len(lately) == 1 else set()


def _at_home(entry: RosterEntry, use: NameUse) -> bool:
    return bool(
        (entry.organisation and entry.organisation.casefold() == use.place)
        or (entry.interview and entry.interview == use.interview)
    )
