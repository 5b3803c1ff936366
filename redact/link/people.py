"""People: full names are anchors; parts and forms of names join the one anchor they fit.

A lone name looks for its person in four steps, and stops at the first that gives anyone: the
name itself, a pet or full form of it, its first letters, a near spelling. Whom a title, a relation
("Skye's mum") or "the other" rules out falls away; of several that are left, the one named just
before is meant, or the interviewee if the interviewer speaks; otherwise a person is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from redact.core import RosterEntry
from redact.detect.gazetteer import name_fact
from redact.link.anchors import Anchors, Scope
from redact.link.clusters import Clusters, Key
from redact.link.gender import gender_by_talk, gender_from
from redact.link.jobs import Jobs, heard
from redact.link.names import (
    fits_full,
    gender_of_title,
    is_cut_of,
    is_rank,
    kin_forms,
    sounds_like,
)
from redact.link.scenes import NameUse
from redact.link.signs import (
    are_one,
    is_addressed,
    is_name_now,
    is_not_the_other,
    is_the_other,
    relation,
    stands_before,
    was_name_then,
)
from redact.transcript.words import fold

_ANYWHERE: Scope = ("anywhere", "")
_CORPUS: Scope = ("corpus", "")
_NEAR = 300  # code points within which the person last named is meant
_TITLE_AND_FAMILY = "title and family name of the one person"


def link_people(uses: Iterable[NameUse], roster: tuple[RosterEntry, ...], reach: str) -> Clusters:
    """Clusters of mentions that are one person. `reach` is the policy's scope for lone names."""
    return _People(roster, reach).link(list(uses))


class _People:
    """One pass over the study: anchors first, then what is said of them."""

    def __init__(self, roster: tuple[RosterEntry, ...], reach: str) -> None:
        self._wide = reach != "transcript"
        self._everywhere = reach == "corpus"
        self._by_form: dict[tuple[str, ...], list[RosterEntry]] = defaultdict(list)
        self._interviewee: dict[str, Key] = {}
        self._anchors = Anchors()
        self._names: dict[Key, tuple[str, ...]] = {}
        self._named_at: dict[str, list[tuple[int, Key]]] = defaultdict(list)
        self._entry: dict[Key, RosterEntry] = {}
        self._titles: dict[Key, set[str]] = defaultdict(set)
        self._relative_of: dict[Key, set[str]] = defaultdict(set)
        self._jobs = Jobs()
        self._genders: dict[tuple[Scope, tuple[str, ...]], set[str]] = defaultdict(set)
        for entry in roster:
            if entry.kind == "PERSON":
                self._enter(entry)

    def _enter(self, entry: RosterEntry) -> None:
        key: Key = ("roster", str(entry.row))
        self._entry[key] = entry
        self._anchors.gender[key] = gender_from(entry.gender)
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
        self._jobs = heard((self._home(use, set()), use) for use in uses if not use.full)
        self._join_variants(uses, placed)
        for first, second in self._said_alike(uses):
            self._teach(uses[first], placed[first], uses[second], placed[second])
        self._join_apposed(uses, placed)
        for use in uses:
            if use.labelled and use.said_by == "interviewee" and not use.full and use.words:
                named = self._anchors.named(self._scopes(use), use.words)
                if len(named) == 1:
                    self._interviewee.setdefault(use.interview, named.pop())
        clusters = Clusters()
        said_of: dict[Key, list[NameUse]] = defaultdict(list)
        for number, use in enumerate(uses):
            key, why = placed[number]
            question = ""
            if not key:
                key, why, question = self._place(use)
            key = self._anchors.root(key)
            entry = self._entry.get(key)
            clusters.add(key, use.mention, why, roster_row=entry.row if entry else 0)
            said_of[key].append(use)
            if question:
                clusters.ask(key, question)
            if key[0] in ("roster", "name"):
                self._note(use, key)
        self._describe(clusters, said_of)
        return clusters

    def _describe(self, clusters: Clusters, said_of: dict[Key, list[NameUse]]) -> None:
        """What is known of each person besides the name: gender, and where they are interviewed."""
        interviewed: dict[Key, set[str]] = defaultdict(set)
        transcripts = {(use.transcript, use.interview) for said in said_of.values() for use in said}
        for transcript, interview in transcripts:
            if interview in self._interviewee:
                interviewed[self._anchors.root(self._interviewee[interview])].add(transcript)
        for key, cluster in clusters.by_key.items():
            cluster.gender = gender_from(self._anchors.gender.get(key, "")) or gender_by_talk(
                said_of[key]
            )
            cluster.interviewed_in = tuple(sorted(interviewed[key]))

    def _note(self, use: NameUse, key: Key) -> None:
        if not use.labelled:
            self._named_at[use.transcript].append((use.mention.start, key))

    def _scopes(self, use: NameUse) -> list[Scope]:
        scopes: list[Scope] = [("transcript", use.transcript)]
        if use.place and self._wide:
            scopes.append(("organisation", use.place))
        if use.interview:
            scopes.append(("interview", use.interview))
        if self._everywhere:
            scopes.append(_CORPUS)
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
        if use.title:
            self._titles[key].add(use.title)
        if whose := relation(use):
            self._relative_of[key].add(whose)
        if use.own:
            self._interviewee.setdefault(use.interview, key)
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
                and not self._relative_of[key] & self._anchors.givens[other]
                and not self._relative_of[other] & self._anchors.givens[key]
            }
            if len(fitting) == 1:
                self._anchors.join(fitting.pop(), key)
        for use, (key, _) in zip(uses, placed, strict=True):
            self._join_changed(use, key)

    def _join_changed(self, use: NameUse, key: Key) -> None:
        """ "She's Kelly Robb now", "Malik was my own name": another of the same given name."""
        scopes = self._scopes(use)
        if key and is_name_now(use):
            found = {self._anchors.root(key)}
        elif not key and was_name_then(use) and use.words:
            found = self._anchors.of_family(scopes[:1], use.words[0])
        else:
            return
        if len(found) == 1:
            (one,) = found
            others = self._anchors.named(scopes, self._anchors.givens[one]) - {one}
            if len(others) == 1:
                self._anchors.join(one, others.pop())

    def _join_apposed(self, uses: list[NameUse], placed: list[tuple[Key, str]]) -> None:
        """ "Dana, Dana O, stayed": the lone name is the person that follows."""
        for number in range(1, len(uses)):
            last, use = uses[number - 1], uses[number]
            (before, _), (key, _) = placed[number - 1], placed[number]
            if before or not key or not stands_before(last, use):
                continue
            if last.words and last.words[0] in use.words:
                self._titles[key].update([last.title] if last.title else [])
                placed[number - 1] = (key, "the full name that follows")

    def _forms_of(self, key: Key) -> list[tuple[str, ...]]:
        if key in self._entry:
            return [name for form in self._entry[key].forms if len(name := fold(form)) > 1]
        return [self._names[key]] if key in self._names else []

    def _said_alike(self, uses: list[NameUse]) -> Iterator[tuple[int, int]]:
        """Pairs of neighbours that the talk says are one person."""
        for number in range(1, len(uses)):
            last, use = uses[number - 1], uses[number]
            if are_one(last, use):
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
                self._anchors.add(key, lone.words, self._scopes(lone))
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
                return found, _TITLE_AND_FAMILY
        found = anchors.named([*scopes, _ANYWHERE], [word])
        if found or use.group:
            return found, "given name of the one person"
        if not use.title:
            fact = name_fact(word)
            wide = scopes[:1] if fact.given > fact.family else scopes
            found = anchors.of_family(scopes[:1], word) or anchors.of_family(wide, word)
            if found:
                return found, "family name of the one person"
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
        if is_rank(use.title) and why == _TITLE_AND_FAMILY:
            left = {key for key in left if use.title in self._titles[key]}
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
        apart = self._jobs.apart(home, use) if home[0] != "transcript" else ()
        key = ("lone", *home, manner, *apart, *use.words)
        question = ""
        if apart:
            question = f"this name is said of different jobs in the {home[0]}: are they two people?"
        elif len(said) > 1 and not gender:
            question = f"this name is said of a man and a woman in the {home[0]}: who is meant?"
        return key, f"same name in the {home[0]}", question

    def _home(self, use: NameUse, ruled_out: set[Key]) -> Scope:
        """How far a lone name reaches: the study, its organisation, or only its transcript."""
        if self._everywhere and not ruled_out:
            return _CORPUS
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
        whose = relation(use)
        if whose:
            left = {key for key in left if whose not in self._anchors.givens[key]}
        elif whose is not None and use.title:
            left -= self._last_named(use, left)
        if is_the_other(use):
            own = self._own(use)
            left -= {own} if own in left else self._last_named(use, left)
        return left

    def _meant(self, use: NameUse, left: set[Key]) -> set[Key]:
        """Of several, the interviewee if that is plain, else the one named just before."""
        titled = {key for key in left if use.title and use.title in self._titles[key]}
        if len(titled) == 1:
            return titled
        own = self._own(use)
        if own in left:
            plain = use.labelled or use.own or use.said_by == "interviewer"
            if plain or is_not_the_other(use):
                return {own}
            if use.said_by == "interviewee":
                if is_addressed(use):
                    return left  # somebody's words to the interviewee, or to the other
                left = left - {own}
        # A family is several people: a title, or a pet form of two names, says too little.
        exact = not use.title and all(use.words[0] in self._names_of(key) for key in left)
        if len(left) == 1 or not exact:
            return left
        return self._last_named(use, left) or left

    def _own(self, use: NameUse) -> Key:
        """The interviewee of this interview, if anything says who that is."""
        return self._anchors.root(self._interviewee.get(use.interview, ()))

    def _names_of(self, key: Key) -> set[str]:
        family = {name[-1] for name in self._forms_of(key)}
        return self._anchors.givens[key] | family

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
