"""The forms under which one person is spoken of, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import cast

from redact.detect.gazetteer import name_fact
from redact.detect.lexicon import is_word_too
from redact.link.names import kin_forms, read_name
from redact.link.scenes import NameUse
from redact.link.sounds import REMEMBERED, hard_sounds, sound, sounds_of
from redact.transcript.tokens import initials_of

_LONGEST_CUT = 4  # letters of a family name that is cut: Femi A, Moira McA
_VOWELS = frozenset("aeiouy")
_SHORTEST_FAMILY = 3  # letters; one of three or four may be whole, or cut
LEAST_CLIP = 3
_MOST_INITIALS = 3
_ONLY_GIVEN = 12  # times
_DOTTED = re.compile(r"(?:[^\W\d_]\.\s?){1,2}[^\W\d_]\.?")
LEAST_TAIL = 4  # letters of an end that stands for the name: Tunde, Zander
KNOWN = 10  # bearers in a million
COMMON = 300  # bearers in a million


_NONE: frozenset[str] = frozenset()  # one for all; a set of one's own takes 200 bytes


def some[T](things: Iterable[T]) -> frozenset[T]:
    """A set of these things; of none, and of the same word, the same set."""
    made = frozenset(things)
    if len(made) > 1:
        return made
    for only in made:
        return cast("frozenset[T]", _just(only)) if isinstance(only, str) else made
    return cast("frozenset[T]", _NONE)


@lru_cache(maxsize=REMEMBERED)
def _just(word: str) -> frozenset[str]:
    return frozenset((word,))


@dataclass(frozen=True, slots=True)
class FullName:
    """A given and a family name, folded; either may be cut to its first letters."""

    given: str = field(repr=False)
    family: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class NameForms:
    """What a person is called: full names, partial ones (K Laidlaw, Femi A), lone words, initials.

    `titled` are lone words behind a title, which are family names; `odd` is what is no name that
    anybody bears, its words put together, and may be a name misheard; `letters` are the initials
    that their names have.
    """

    full: frozenset[FullName] = field(default=frozenset(), repr=False)
    partial: frozenset[FullName] = field(default=frozenset(), repr=False)
    lone: frozenset[str] = field(default=frozenset(), repr=False)
    titled: frozenset[str] = field(default=frozenset(), repr=False)
    initials: frozenset[str] = field(default=frozenset(), repr=False)
    odd: frozenset[str] = field(default=frozenset(), repr=False)
    letters: frozenset[str] = field(default=frozenset(), repr=False)

    def __or__(self, other: NameForms) -> NameForms:
        if other.is_part_of(self):
            return self
        return NameForms(
            full=self.full | other.full or self.full,
            partial=self.partial | other.partial or self.partial,
            lone=self.lone | other.lone or self.lone,
            titled=self.titled | other.titled or self.titled,
            initials=self.initials | other.initials or self.initials,
            odd=self.odd | other.odd or self.odd,
            letters=self.letters | other.letters or self.letters,
        )

    def is_part_of(self, other: NameForms) -> bool:
        """Whether the other is called all this too."""
        return (
            self.full <= other.full
            and self.partial <= other.partial
            and self.lone <= other.lone
            and self.titled <= other.titled
            and self.initials <= other.initials
            and self.odd <= other.odd
            and self.letters <= other.letters
        )

    @property
    def is_named_in_full(self) -> bool:
        return bool(self.full or self.partial)

    @property
    def is_initials_only(self) -> bool:
        return not (self.full or self.partial or self.lone or self.titled)

    @cached_property
    def givens(self) -> frozenset[str]:
        return some(name.given for name in self.full) | some(
            name.given for name in self.partial if len(name.given) > 1
        )

    @property
    def families(self) -> frozenset[str]:
        """With the first letters of each, by which a cut one is found."""
        whole = self.families_sought
        cut = {name[:letters] for name in whole for letters in (1, 2, 3, 4)}
        return whole | cut | self.sounds_whole

    @property
    def whole_names_sought(self) -> frozenset[str]:
        """Words by which this one finds who has another form of the full name."""
        return self.families_sought | self.sounds_whole

    @cached_property
    def families_sought(self) -> frozenset[str]:
        return some(name.family for name in (*self.full, *self.partial))

    @property
    def sounds_whole(self) -> frozenset[str]:
        """How full names sound, by their hard sounds: Corwin Tadley is found as Corwin Tatley."""
        return some(f"~{hard_sounds(n.given)} {hard_sounds(n.family)}" for n in self.full)

    @cached_property
    def whole_families(self) -> frozenset[str]:
        """Of full names, and said with a title."""
        return some(name.family for name in self.full) | self.titled

    @property
    def index(self) -> frozenset[str]:
        """Words under which somebody with another form finds this person."""
        names = self.givens | self.lone
        whole = self.whole_families
        kin = {form for name in names for form in kin_forms(name)}
        starts = {name[:LEAST_CLIP] for name in names | whole}
        tails = {f"-{name[-LEAST_TAIL:]}" for name in names if len(name) > LEAST_TAIL}
        sounds = {f"~{sound(name)}" for name in names | whole}
        letters = {f"={one[0]}{one[-1]}" for one in self.letters}
        letters |= {f"={one[0]}{one[-1]}" for one in self.initials if len(one) > 1}
        return frozenset(names | whole | kin | starts | tails | sounds | letters) | self.sounds

    @property
    def sounds(self) -> frozenset[str]:
        """Under what somebody finds this person whose name was misheard."""
        return _NONE.union(*map(sounds_of, self.spoken))

    @cached_property
    def odd_sounds(self) -> frozenset[str]:
        return some(found for word in self.odd for found in sounds_of(word))

    @property
    def spoken(self) -> frozenset[str]:
        """All that may be misheard: each name, and given and family name together."""
        return self.names | {f"{name.given} {name.family}" for name in self.full}

    @property
    def names(self) -> frozenset[str]:
        return self.givens | self.families_sought | self.lone | self.titled

    @property
    def sought(self) -> frozenset[str]:
        """Words by which this one finds whom it may be."""
        return self.sought_plainly | self.sought_by_sound

    @property
    def sought_plainly(self) -> frozenset[str]:
        """Those under which somebody of the very name stands, or of its full or pet form."""
        letters = {f"={one[0]}{one[-1]}" for one in self.initials if len(one) > 1}
        return self.lone | self.titled | letters

    @property
    def sought_by_sound(self) -> frozenset[str]:
        """Those under which somebody stands whose name may be cut or misheard."""
        said = self.lone | self.titled
        starts = {word[:LEAST_CLIP] for word in said}
        tails = {f"-{word[-LEAST_TAIL:]}" for word in said}
        sounds = {f"~{sound(word)}" for word in said}
        return frozenset(starts | tails | sounds) | self.odd_sounds

    @cached_property
    def bearers(self) -> int:
        """Of the lone name, among a million; of several the rarest; many for initials."""
        counts = [max(name_fact(w).given, name_fact(w).family) for w in self.lone | self.titled]
        return min(counts, default=32)

    @property
    def is_common(self) -> bool:
        return self.bearers >= COMMON

    def telling(self, rare: int) -> frozenset[str]:
        """Names by which two transcripts show that they speak of the same people."""
        whole = {f"{name.given} {name.family}" for name in self.full}
        lone = {w for w in self.lone | self.titled if not is_word_too(w) and self.bearers < rare}
        families = {name.family for name in self.full if name_fact(name.family).family < rare}
        return frozenset(whole | lone | families)


def forms_of(uses: Iterable[NameUse]) -> NameForms:
    """All forms of these mentions."""
    full: set[FullName] = set()
    partial: set[FullName] = set()
    lone: set[str] = set()
    titled: set[str] = set()
    initials: set[str] = set()
    uses = list(uses)
    odd = {
        " ".join(use.words)
        for use in uses
        if not use.initials and _is_odd(use.words) and not _as_initials(use)
    }
    if any(use.full and not _is_odd(use.words) for use in uses):
        odd = set()  # somebody's name after all
    for use in uses:
        letters = use.initials.casefold() or _as_initials(use)
        if letters:
            initials.add(letters)
        elif len(use.words) > 1 and _is_double_given(use.words):
            lone.add(use.words[0])
        elif len(use.words) > 1:
            if len(use.words) > 2 and all(len(word) == 1 for word in use.words[:-1]):
                initials.add("".join(use.words[:-1]))  # R.L. Pemberton is R.L.
            for name in _readings(FullName(use.words[0], use.words[-1])):
                if len(name.given) == 1 or is_cut(name.family):
                    partial.add(name)
                if len(name.given) > 1 and len(name.family) >= _SHORTEST_FAMILY:
                    full.add(name)
        elif use.words:
            (titled if use.title and not use.kin else lone).add(use.words[0])
    if not full and len(lone) == 1 and len(titled) == 1:
        full = {FullName(given, family) for given in lone for family in titled if given != family}
    return NameForms(
        full=some(full),
        partial=some(partial),
        lone=some(lone),
        titled=some(titled),
        initials=some(initials),
        odd=some(odd),
        letters=some(
            one for use in uses if use.full and not use.initials for one in initials_of(use.words)
        ),
    )


def forms_written(names: Iterable[str]) -> NameForms:
    """The forms of names that a table writes, each whole."""
    full: set[FullName] = set()
    partial: set[FullName] = set()
    lone: set[str] = set()
    titled: set[str] = set()
    letters: set[str] = set()
    for written in names:
        name = read_name(written, 0, len(written))
        if len(name.words) > 1:
            for one in _readings(FullName(name.words[0], name.words[-1])):
                is_part = min(len(one.given), len(one.family)) == 1
                (partial if is_part else full).add(one)
                letters.update(() if is_part else initials_of(name.words))
        elif name.words:
            (titled if name.title and not name.is_kin else lone).add(name.words[0])
    return NameForms(
        full=some(full),
        partial=some(partial),
        lone=some(lone),
        titled=some(titled),
        letters=some(letters),
    )


def _is_odd(words: tuple[str, ...]) -> bool:
    """Whether these words are hardly anybody's name: Mare in a, Zelmeyak."""
    if len(words) == 1:
        fact = name_fact(words[0])
        unknown = max(fact.given, fact.family) < KNOWN and len(sound(words[0])) >= LEAST_CLIP
        return unknown or _is_word_first(words[0])
    if len(words) == 2 and name_fact(words[0]).given >= KNOWN:
        return _is_word_first(words[1])  # Ivory Jenkins, but not Agnes Rubber
    return any(map(_is_word_first, words))


def _is_word_first(word: str) -> bool:
    """Whether a word is a word of the language, and hardly a name."""
    fact = name_fact(word)
    return is_word_too(word) and max(fact.given, fact.family) < COMMON


def _is_double_given(words: tuple[str, ...]) -> bool:
    """Ewan Iain, Billie Rae: what stands last is hardly ever a family name."""
    last, first = name_fact(words[-1]), name_fact(words[0])
    return (
        len(words) == 2
        and first.given > first.family
        and last.given >= _ONLY_GIVEN * max(last.family, 1)
    )


def _as_initials(use: NameUse) -> str:
    """The letters of a name that is nothing but initials: F.A., O.K., YT; else nothing.

    Dots or capitals show them where the letters are a word too: O.K., AS; but AL is Al.
    """
    if use.title or not use.words:
        return ""
    if len(use.words) > 1:
        return "".join(use.words) if all(len(word) == 1 for word in use.words) else ""
    word = use.words[0]
    if not 2 <= len(word) <= _MOST_INITIALS:
        return ""
    fact, written = name_fact(word), use.text[use.mention.start : use.mention.end]
    if _DOTTED.fullmatch(written) or (written.isupper() and max(fact.given, fact.family) < KNOWN):
        return word
    unspoken = len(word) == 2 or not _VOWELS.intersection(word)
    return word if unspoken and not (fact.given or fact.family or is_word_too(word)) else ""


def _readings(name: FullName) -> tuple[FullName, ...]:
    """The name as it stands, and turned round where it may be: Laidlaw_Kasia, low_j."""
    first = name_fact(name.given)
    if _is_letters(name.family) and first.family >= first.given and len(name.given) > 1:
        return (FullName(name.family[0], name.given),)  # LENNOX_TL
    if len(name.family) == 1 and len(name.given) > 1 and first.family >= first.given:
        return (name, FullName(name.family, name.given))
    return (name,)


def _is_letters(word: str) -> bool:
    """Two or three letters that nobody could say as a word."""
    return 2 <= len(word) <= _MOST_INITIALS and not _VOWELS.intersection(word)


def is_cut(family: str) -> bool:
    """Whether a family name is only its first letters: no name of that spelling is known."""
    known = name_fact(family).family or name_fact(family).given
    return len(family) == 1 or (len(family) <= _LONGEST_CUT and not known)
