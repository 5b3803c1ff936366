"""People: full names are anchors; parts and forms of names join the one anchor they fit.

A lone name looks for its person in steps, and stops at the first that gives anyone: the name
itself, a pet or full form of it, its first letters, a near spelling. Whom a title, a relation
("Skye's mum") or "the other" rules out falls away; of several that are left, whoever the transcript
has introduced by then is meant, the one named just before, mostly or next, or the interviewee if
the interviewer speaks; otherwise a person is asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from redact.core import Gender, RosterEntry, Source
from redact.detect.gazetteer import name_fact
from redact.link.anchors import Scope
from redact.link.clusters import Attribution, Clusters, Key
from redact.link.forms import forms_of
from redact.link.gender import gender_by_talk
from redact.link.initials import Initials
from redact.link.introduced import ANYWHERE, CORPUS, Introduced
from redact.link.jobs import Jobs, heard
from redact.link.names import (
    gender_of_title,
    is_cut_of,
    is_form_of,
    is_pet_of,
    is_rank,
    kin_forms,
)
from redact.link.placed_uses import PlacedUses
from redact.link.scenes import NameUse
from redact.link.sounds import sounds_like
from redact.link.study_joins import bring_together, last_key
from redact.link.talk import (
    is_a_stranger,
    is_addressed,
    is_not_the_other,
    is_the_other,
    parts_them,
    relation,
)
from redact.link.voices import by_voice

_NEAR = 60  # code points within which the person last named is meant
_SOON = 200  # code points within which a full name that follows tells who was meant
_SENTENCE_START = re.compile(r"[.?!]\s|[\r\n]")
_TITLE_AND_FAMILY = "title and family name of the one person"


def link_people(
    uses: Iterable[NameUse],
    roster: tuple[RosterEntry, ...],
    reach: str,
    told: frozenset[str] = frozenset(),
) -> Clusters:
    """Clusters of mentions that are one person. `reach` is the policy's scope for lone names.

    `told` are the transcripts whose organisation the tables tell.
    """
    return _People(roster, reach, told).link(list(uses))


def _share_a_given_name(one: Iterable[NameUse], other: Iterable[NameUse]) -> bool:
    """Whether two people may be one as far as their given names go; so if one has none."""
    mine, theirs = forms_of(one).givens, forms_of(other).givens
    return not mine or not theirs or any(is_form_of(a, b) for a in mine for b in theirs)


def _begin_alike(use: NameUse, speaker: Iterable[NameUse]) -> bool:
    """Whether a name begins as a given name of the speaker does, if a label or the talk has one."""
    givens = forms_of(speaker).givens | forms_of(speaker).lone
    return not givens or any(given[0] == use.words[0][0] for given in givens)


def _is_initials(use: NameUse) -> bool:
    return bool(use.initials)


class _People:
    """The second pass: who is introduced is known, and every lone name is placed in order."""

    def __init__(self, roster: tuple[RosterEntry, ...], reach: str, told: frozenset[str]) -> None:
        self._known = Introduced(roster, reach)
        self._told = told
        self._anchors = self._known.anchors
        self._named_at: dict[str, list[tuple[int, Key]]] = defaultdict(list)
        self._named_in: dict[str, set[Key]] = defaultdict(set)  # so far
        self._full_at: dict[str, list[tuple[int, Key]]] = defaultdict(list)
        self._genders: dict[tuple[Scope, tuple[str, ...]], set[Gender]] = defaultdict(set)
        self._speaking: dict[str, set[Key]] = defaultdict(set)
        self._jobs = Jobs()
        self._fits: dict[Key, set[Key]] = {}  # of a name that fits several people, whom

    def link(self, uses: list[NameUse]) -> Clusters:
        placed = self._place_all(uses)
        clusters, said_of = placed.clusters, placed.said_of
        gone = self._hear_speakers(placed)
        del placed  # a study of a million mentions is large
        if self._known.wide:
            told = frozenset() if self._known.everywhere else self._told
            bring_together(clusters, said_of, told, self._known.entry, gone)
        self._describe(clusters, said_of)
        return clusters

    def _place_all(self, uses: list[NameUse]) -> PlacedUses:
        introduced = self._known.read(uses)
        for use in uses:
            if gender := gender_of_title(use.title):
                for home in (self._home(use, set()), ("transcript", use.transcript)):
                    self._genders[home, use.words].add(gender)
        self._jobs = heard((self._home(use, set()), use) for use in uses if not use.full)
        made = PlacedUses()
        initials = Initials(self._known)
        lettered = {use.transcript for use in uses if use.initials}
        speakers: dict[tuple[str, tuple[str, ...]], Attribution] = {}
        for use, placed in zip(uses, introduced, strict=True):
            if use.full and placed.key:
                self._full_at[use.transcript].append((use.mention.start, placed.key))
            if use.labelled and placed.key:
                self._speaking[use.transcript].add(self._anchors.root(placed.key))
                speakers.setdefault((use.transcript, use.words), placed)
        for use, placed in zip(uses, introduced, strict=True):
            if use.initials:
                continue
            if not placed.key and use.labelled:  # a speaker is one person throughout
                speaker = (use.transcript, use.words)
                if speaker not in speakers:
                    speakers[speaker] = self._place(use)
                placed = speakers[speaker]
            elif not placed.key:
                placed = self._place(use)
            key = self._anchors.root(placed.key)
            if use.transcript in lettered:
                initials.read(use, key)
            made.add(use, key, placed.why, self._known.entry.get(key))
            if placed.question:
                fits = frozenset(self._anchors.root(k) for k in self._fits.get(key, ()))
                made.clusters.ask(key, placed.question, fits)
            if key[0] in ("roster", "name") and not use.labelled:
                self._named_at[use.transcript].append((use.mention.start, key))
                self._named_in[use.transcript].add(key)
        for use in filter(_is_initials, uses):
            placed = initials.whose(use)
            key = self._anchors.root(placed.key)
            made.add(use, key, placed.why, self._known.entry.get(key))
        for index in (self._named_at, self._named_in, self._full_at, self._fits):
            index.clear()
        self._anchors.close()
        return made

    def _hear_speakers(self, placed: PlacedUses) -> dict[Key, Key]:
        """What speakers say of their own names, and how they are addressed (voices.py).

        Returns which keys have gone to which others.
        """
        clusters, said_of, whose = placed.clusters, placed.said_of, placed.whose
        interviewees = {
            use.transcript: self._own(use) for use, _ in whose if self._own(use) in clusters.by_key
        }
        gone: dict[Key, Key] = {}
        for same in by_voice(whose, interviewees):
            key, to = last_key(gone, same.key), last_key(gone, same.to)
            if key == to or not self._may_be_one(clusters, said_of, key, to):
                continue
            is_one = same.use.full or _share_a_given_name(said_of[key], said_of[to])
            if not same.is_said_outright and not _begin_alike(same.use, said_of[to]):
                continue
            if is_one and key[0] != "unsure" and (key[0] == "roster" or to[0] == "unsure"):
                key, to = to, key
            mine = [use for use in said_of[key] if is_one or use.words == same.use.words]
            mine = [use for use in mine if use.transcript == same.use.transcript]
            if len(mine) == len(said_of[key]):
                clusters.merge(to, key, same.why)
                gone[key] = to
                said_of[to] += said_of.pop(key)
            elif key[0] == "lone" or not is_one:
                clusters.move(key, to, [use.mention for use in mine], same.why)
                moved = set(map(id, mine))
                said_of[key] = [use for use in said_of[key] if id(use) not in moved]
                said_of[to] += mine
        return gone

    def _may_be_one(
        self, clusters: Clusters, said_of: dict[Key, list[NameUse]], key: Key, to: Key
    ) -> bool:
        """Whether nothing speaks against it: two rows of the roster, a man and a woman."""
        if key not in said_of or to not in said_of or key[0] == to[0] == "roster":
            return False
        if key[0] == "unsure" and to not in clusters.by_key[key].may_be:
            return False
        genders = {self._anchors.gender.get(k) or gender_by_talk(said_of[k]) for k in (key, to)}
        return len(genders - {None}) < 2

    def _describe(self, clusters: Clusters, said_of: dict[Key, list[NameUse]]) -> None:
        """What is known of each person besides the name: gender, and where they are interviewed."""
        interviewed: dict[Key, set[str]] = defaultdict(set)
        transcripts = {(use.transcript, use.interview) for said in said_of.values() for use in said}
        for transcript, interview in transcripts:
            if interview in self._known.interviewee:
                own = self._anchors.root(self._known.interviewee[interview])
                interviewed[own].add(transcript)
        for key, cluster in clusters.by_key.items():
            cluster.gender = self._anchors.gender.get(key) or gender_by_talk(said_of[key])
            cluster.interviewed_in = tuple(sorted(interviewed[key]))

    def _candidates(self, use: NameUse) -> tuple[set[Key], str]:
        """Whom a lone name may mean, and by which step they were found."""
        scopes = self._known.scopes(use)
        word = use.words[0] if use.words else ""
        anchors = self._anchors
        if not word:
            return set(), ""
        if (asked := self._own(use)) and self._known.is_initial_of(asked, use):
            return {asked}, "given name of the interviewee, of whom a table has the initial"
        if use.title:
            people = anchors.of_family(scopes, word)
            if use.kin:  # Mother Tulloch, where Mother Jessie Tulloch is spoken of
                people = {key for key in people if use.title in self._known.titles[key]}
            if people:
                return people, _TITLE_AND_FAMILY
        people = anchors.named([*scopes, ANYWHERE], [word])
        if people or use.group:
            return people, "given name of the one person"
        if not use.title:
            fact = name_fact(word)
            wide = scopes[:1] if fact.given > fact.family else scopes
            people = anchors.of_family(scopes[:1], word) or anchors.of_family(wide, word)
            if people:
                return people, "family name of the one person"
        people = anchors.named(scopes, kin_forms(word))
        if is_a_stranger(use):
            people = people - self._speaking[use.transcript]
            people -= self._named_in[use.transcript]
        if people:
            return people, "pet or full form of the one given name"
        own = anchors.given.get(scopes[0], {})
        cut = {name for name in own if is_cut_of(word, name)}
        if cut:
            return anchors.named(scopes[:1], cut), "first letters of the one given name"
        if {Source.NEAR_A_NAME_OF_THE_STUDY, Source.HEARD_AS_OTHER_WORDS} & {*use.mention.sources}:
            near = {name for name in own if sounds_like(word, name)}
            return anchors.named(scopes[:1], near), "near spelling of the one given name"
        return set(), ""

    def _place(self, use: NameUse) -> Attribution:
        """Whose a lone name is."""
        fitting, why = self._candidates(use)
        left = self._without_excluded(use, fitting)
        if is_rank(use.title) and why == _TITLE_AND_FAMILY:
            left = {key for key in left if self._known.is_titled(key, use.title)}
        if len(left) > 1:
            left, why = self._meant(use, left), "the one of that name spoken of here"
        if len(left) == 1:
            key = next(iter(left))
            self._anchors.add(key, use.words, self._known.scopes(use))
            return Attribution(key, why)
        if left:
            key = ("unsure", use.transcript, *use.words)
            self._fits.setdefault(key, set()).update(left)
            asked = f"this name fits {len(left)} people: who is meant?"
            return Attribution(key, "fits several people", asked)
        return self._alone(use, fitting)

    def _alone(self, use: NameUse, ruled_out: set[Key]) -> Attribution:
        """The key of a name that no anchor explains: one person as far as the name reaches."""
        home = self._home(use, ruled_out)
        words = (full,) if (full := self._known.full_form(use)) else use.words
        manner = use.title if use.kin else ""
        if ruled_out or use.group:
            manner = "ruled out" if ruled_out else "group"
        gender = gender_of_title(use.title)
        said = self._genders[home, use.words]
        if not use.kin and (gender or len(said) == 1):
            manner += gender or next(iter(said))
        apart = self._jobs.apart(home, use) if home[0] != "transcript" else ()
        question = None
        if apart:
            question = f"this name is said of different jobs in the {home[0]}: are they two people?"
        elif len(said) > 1 and not gender:
            question = f"this name is said of a man and a woman in the {home[0]}: who is meant?"
        key = ("lone", *home, manner, *apart, *words)
        return Attribution(key, f"same name in the {home[0]}", question)

    def _home(self, use: NameUse, ruled_out: set[Key]) -> Scope:
        """How far a lone name reaches: the study, its organisation, or only its transcript."""
        if self._known.everywhere and not ruled_out:
            return CORPUS
        if self._known.wide and use.place and not ruled_out:
            return ("organisation", use.place)
        return ("transcript", use.transcript)

    def _without_excluded(self, use: NameUse, fitting: set[Key]) -> set[Key]:
        """The candidates that neither title, relation nor "the other" rules out."""
        gender = gender_of_title(use.title)
        left = {key for key in fitting if not gender or self._known.gender(key) in (gender, None)}
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
        titled = {key for key in left if use.title and use.title in self._known.titles[key]}
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
        if len(left) == 1:
            return left
        # A family is several people: a title says too little.
        if use.title:
            return left
        exact = all(self._known.bears(key, use.words[0]) for key in left)
        if not exact and not self._is_short_for(use.words[0], left):
            return left
        found = exact and self._last_named(use, left)
        found = found or self._introduced(use, left) or self._mostly_named(use, left)
        return found or (exact and self._named_next(use, left)) or left

    def _is_short_for(self, word: str, keys: Iterable[Key]) -> bool:
        """Whether this is a pet form of a name of each of these."""
        return all(any(is_pet_of(word, n) for n in self._anchors.givens[key]) for key in keys)

    def _named_next(self, use: NameUse, among: set[Key]) -> set[Key]:
        """Whom of these the transcript names in full next, if none was named before.

        Whom the roster lists is known to the speakers without being named, unless that is soon.
        """
        if use.labelled or self._named_in[use.transcript] & among:
            return set()
        full = self._full_at[use.transcript]
        first = bisect_left(full, (use.mention.start, ()))
        listed = any(key[0] == "roster" for key in among)
        for at, key in full[first:]:
            if (root := self._anchors.root(key)) in among:
                between = use.text[use.mention.end : at]
                soon = len(between) <= _SOON and not parts_them(between)
                return {root} if soon or not listed else set()
        return set()

    def _mostly_named(self, use: NameUse, among: set[Key]) -> set[Key]:
        """Whom of these the transcript has named twice as often as all the others together."""
        counts = Counter(
            root
            for at, key in self._named_at[use.transcript]
            if at < use.mention.start and (root := self._anchors.root(key)) in among
        )
        if not counts or any(key[0] == "roster" for key in among - set(counts)):
            return set()
        (most, count), *_ = counts.most_common(1)
        return {most} if count > 2 * (counts.total() - count) else set()

    def _own(self, use: NameUse) -> Key:
        """The interviewee of this interview, if anything says who that is."""
        return self._anchors.root(self._known.interviewee.get(use.interview, ()))

    def _named_before(self, use: NameUse, reach: int) -> set[Key]:
        """Whom the transcript named within so many code points before."""
        named = self._named_at[use.transcript]
        first = bisect_left(named, (use.mention.start - reach, ()))
        return {self._anchors.root(key) for _, key in named[first:]}

    def _introduced(self, use: NameUse, among: set[Key]) -> set[Key]:
        """Whichever of these this transcript has named by now, if only one of them was.

        Whom the roster lists is known to the speakers without having been named.
        """
        named = self._named_in[use.transcript] & among
        listed = any(key[0] == "roster" for key in among - named)
        return named if len(named) == 1 and not listed else set()

    def _last_named(self, use: NameUse, among: set[Key]) -> set[Key]:
        """Whichever of these was named last, and lately; of several, in the same sentence."""
        lately = self._named_before(use, _NEAR) & among
        if len(lately) > 1:
            starts = [match.end() for match in _SENTENCE_START.finditer(use.before)]
            here = len(use.before) - (starts[-1] if starts else 0)
            lately = self._named_before(use, here) & among
        return lately if len(lately) == 1 else set()
