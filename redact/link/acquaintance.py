"""Persons as the study stage compares them: what is known of each, found by words, and who is near.

A person of a transcript, or of several that were joined (study.py). Two transcripts are near if
they speak of the same people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, KeysView
from dataclasses import dataclass, field

from redact.core import Gender, RosterEntry
from redact.link.clusters import Key
from redact.link.forms import NameForms, forms_of, forms_written, some
from redact.link.gender import gender_by_talk, gender_from, gender_of_givens
from redact.link.jobs import job_said
from redact.link.names import gender_of_title, is_rank
from redact.link.nearness import Nearness
from redact.link.scenes import NameUse
from redact.link.talk import relation

_SHORT = 3  # letters, up to which a family name may be cut
_RARE = 300  # bearers in a million, below which a lone name says that two transcripts are near
_CROWD = 40  # persons under one word; none of so many is meant by it alone
_CROWD_BY_SOUND = 12  # of those that only sound alike, or end alike


@dataclass(slots=True, kw_only=True)
class StudyPerson:
    """A person in the making; of one transcript, or of several.

    `spoken` is what they are called by transcript, `is_told` that the tables tell the `places`,
    `relatives` are the given names of those whose relative they are said to be, `surnames` how
    often each is said with a given name; `asks` is the interviewer somewhere; `aliases` are what a
    row of the roster says that they are called besides. One that `is_settled` never joins by
    itself: unsure, ruled out, a group, a relative who is not named in full.
    """

    key: Key = field(repr=False)
    forms: NameForms = field(repr=False)
    spoken: dict[str, NameForms] = field(repr=False)
    places: frozenset[str] = field(repr=False)
    is_told: bool
    titles: frozenset[str]
    gender: Gender | None
    jobs: frozenset[str]
    relatives: frozenset[str] = field(repr=False)
    surnames: Counter[str] = field(repr=False)
    speaks_in: frozenset[str]
    asks: bool
    mentions: int
    aliases: frozenset[str] = field(repr=False)
    is_settled: bool
    is_listed: bool

    @property
    def transcripts(self) -> KeysView[str]:
        return self.spoken.keys()

    @property
    def is_odd(self) -> bool:
        """Whether a full name may be one misheard."""
        return bool(self.forms.odd)

    def take(self, other: StudyPerson) -> None:
        """The other is this person too."""
        self.forms = self.forms | other.forms
        for transcript, forms in other.spoken.items():
            self.spoken[transcript] = self.spoken.get(transcript, NameForms()) | forms
        self.places = self.places | other.places or self.places
        self.is_told &= other.is_told
        self.titles = self.titles | other.titles or self.titles
        self.gender = self.gender or other.gender
        self.jobs = self.jobs | other.jobs or self.jobs
        self.relatives = self.relatives | other.relatives or self.relatives
        self.surnames = self.surnames + other.surnames
        self.speaks_in = self.speaks_in | other.speaks_in or self.speaks_in
        self.asks |= other.asks
        self.aliases = self.aliases | other.aliases or self.aliases
        self.mentions += other.mentions
        self.is_listed |= other.is_listed


_NO_SURNAMES: Counter[str] = Counter()  # of all who have none; nothing is counted in it
_MANY: dict[Key, StudyPerson] = {}  # who stands under the word of a crowd: whoever they are


class PeopleIndex:
    """Persons by words, in the order they came; one may stand under a word that it has no more.

    Most words are one person's, who stands there alone; those of a crowd are not remembered.
    """

    def __init__(self, people: Iterable[tuple[StudyPerson, Iterable[str]]]) -> None:
        self._by_word: dict[str, StudyPerson | dict[Key, StudyPerson]] = {}
        for one, words in people:
            self.add(one, words)

    def add(self, one: StudyPerson, words: Iterable[str]) -> None:
        """The person may be found under these words."""
        by_word = self._by_word
        for word in words:
            under = by_word.setdefault(word, one)
            if under is one or under is _MANY:
                continue
            if isinstance(under, StudyPerson):
                if under.key != one.key:
                    by_word[word] = {under.key: under, one.key: one}
                continue
            under[one.key] = one
            if len(under) > _CROWD:
                by_word[word] = _MANY

    def is_crowded(self, words: Iterable[str]) -> bool:
        """Whether so many stand under one of these words that none of them is meant by it."""
        return any(self._by_word.get(word) is _MANY for word in words)

    def of(self, words: Iterable[str]) -> list[StudyPerson]:
        """Those under any of these words that is not crowded: a beginning or a sound of many."""
        found: dict[Key, StudyPerson] = {}
        for word in sorted(words):
            under = self._by_word.get(word)
            if under is None:
                continue
            if isinstance(under, StudyPerson):
                found[under.key] = under
            elif len(under) <= _CROWD_BY_SOUND or word.isalpha():
                found |= under
        return list(found.values())


def person_of(
    key: Key, uses: list[NameUse], told: frozenset[str], listed: RosterEntry | None = None
) -> StudyPerson:
    """What the uses, and the row that lists them, say of one person.

    `told` are the transcripts whose organisation is sure. Who is listed need not be named anywhere.
    """
    spoken: dict[str, list[NameUse]] = defaultdict(list)
    for use in uses:
        spoken[use.transcript].append(use)
    titles = {use.title for use in uses if use.title}
    titled = {gender_of_title(title) for title in titles} - {None}
    gender = titled.pop() if len(titled) == 1 else gender_by_talk(uses)
    settled = key[0] == "unsure" or (key[0] == "lone" and key[3] in ("ruled out", "group"))
    related = bool(uses) and all((use.kin and not use.full) or use.group for use in uses)
    forms = said = forms_of(uses)
    speaking = [use for use in uses if use.labelled]
    asks = any(use.said_by == "interviewer" for use in speaking)
    places = some(use.place for use in uses if use.place)
    surnames = [u.words[-1] for u in uses if u.full and len(u.words[-1]) > _SHORT]
    aliases: frozenset[str] = frozenset()
    if listed:
        written = forms_written(listed.forms)
        forms, aliases = forms | written, written.lone - written.givens
        gender = gender_from(listed.gender) or gender
        asks = asks or "interviewer" in listed.role.casefold()
        places |= {listed.organisation.casefold()} - {""}
    return StudyPerson(
        key=key,
        forms=forms,
        spoken={
            transcript: said if len(spoken) == 1 else forms_of(here)
            for transcript, here in spoken.items()
        },
        places=places,
        is_told=all(use.transcript in told for use in uses),
        titles=some(filter(is_rank, titles)),
        gender=gender or gender_of_givens(forms.givens),
        jobs=some(job for use in uses if (job := job_said(use))),
        relatives=some(whose for use in uses if (whose := relation(use))),
        surnames=Counter(surnames) if surnames else _NO_SURNAMES,
        speaks_in=some(use.transcript for use in speaking),
        asks=asks,
        mentions=len(uses),
        aliases=aliases,
        is_settled=settled or related,
        is_listed=key[0] == "roster",
    )


def nearness(people: Iterable[StudyPerson], transcripts: int) -> Nearness:
    """How near the transcripts of these people are."""
    stands: dict[str, set[str]] = defaultdict(set)
    for one in people:
        for name in one.forms.telling(_RARE):
            stands[name].update(one.transcripts)
    return Nearness(stands, transcripts)
