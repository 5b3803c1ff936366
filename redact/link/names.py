"""Names as linking reads them: title, words, and what forms of a given name are one name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from redact.core import Gender
from redact.detect.gazetteer import name_fact
from redact.link.sounds import REMEMBERED
from redact.transcript.tokens import PARTICLES
from redact.transcript.vocabulary import folded_words, genders
from redact.transcript.words import fold, fold_word

TITLES = folded_words("titles")
_GENDER = genders("titles")  # those that say man or woman; the others say neither
# A relation in place of a title: "Grandma Jeffers" is not the Jeffers who is spoken of.
KIN_TITLES = folded_words("kin", "title")
LEADS = frozenset("wee big auld old young ol ma our poor the".split())
_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss"})
_BEFORE = re.compile(r"(\w+)\.?\s+\Z")
_HANDLE = re.compile(r"\A([A-Z])([A-Z][a-zß-öø-ÿ]{2,})\Z")
BROKEN_WORD = re.compile(r"-[ \t]*\r?\n\s*(?=[a-zß-öø-ÿ])")  # a word that goes on in the next line
_BEHIND = frozenset("jr sr junior senior ii iii iv".split()) | folded_words("letters behind a name")
_BEGIN_NAMES = LEADS | TITLES | KIN_TITLES | PARTICLES
_OFTENER = 3  # times that a word is a given name rather than a family name, or the other way
_SHORTEST_PREFIX = 3


def is_rank(title: str) -> bool:
    """True for a title that not everybody has: Doctor, Deacon, Judge."""
    return title in TITLES and title not in _GENDER


def gender_of_title(title: str) -> Gender | None:
    """`man`, `woman`, or nothing where the title does not say."""
    return _GENDER.get(title)


@dataclass(frozen=True, slots=True)
class SaidName:
    """A name as it is said: its folded words, and its title, "" for none; a relation may be one."""

    words: tuple[str, ...] = field(repr=False)
    title: str = ""

    @property
    def is_kin(self) -> bool:
        """Whether a relation stands in the title's place: Auntie Jean."""
        return self.title in KIN_TITLES


def given_first(name: str) -> str:
    """A name with its given name before its surname: "Halvorsen, Ingeborg" turned round.

    What directories and lists write; "Ortiz, Jr" and a list of several names stay.
    """
    surname, comma, given = name.partition(",")
    turned = comma and "," not in given and fold(given) and fold(surname)
    if not turned or set(fold(given)) <= _BEHIND:
        return name
    return f"{given.strip()} {surname.strip()}"


def _surname_behind_initial(written: str) -> str:
    """What handles and file names join: `JGilchrist` is J Gilchrist; not McCrindle or MacLeod."""
    return _HANDLE.sub(r"\1 \2", written)


def read_name(text: str, start: int, end: int) -> SaidName:
    """The name at this place of its text.

    A spelled-out name is the word it spells; "wee" and "big" are no part of a name.
    """
    words = _words_written(text[start:end])
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return SaidName((fold_word("".join(words)),))
    title = ""
    while len(words) > 1 and (words[0] in TITLES or words[0] in KIN_TITLES or words[0] in LEADS):
        if words[0] not in LEADS:
            title = words[0]
        words = words[1:]
    if not title:
        said = _word_before(text[max(0, start - 14) : start])
        title = said if said in TITLES or said in KIN_TITLES else ""
    return SaidName(words, title)


@lru_cache(maxsize=REMEMBERED)
def _words_written(written: str) -> tuple[str, ...]:
    """The folded words of a name as it stands, given name first."""
    whole = _surname_behind_initial(_without_talk(BROKEN_WORD.sub("", written)))
    return fold(given_first(whole).translate(_PLAIN))


def _without_talk(written: str) -> str:
    """A name without a word written small at its end: what was found is a word too wide.

    "Moira kent", "ower Degsy"; not "de la Cruz", and not a name that is all written small.
    """
    said = written.split(" ")
    if len(said) < 2 or not any(word[:1].isupper() for word in said):
        return written
    first = 1 if _is_small(said[0]) and said[0] not in _BEGIN_NAMES and _is_given(said[1]) else 0
    last = len(said) - 1 if _is_small(said[-1]) else len(said)
    named = said[first:last]
    return " ".join(named) if named and not any(map(_is_small, named)) else written


def _is_given(word: str) -> bool:
    """Whether it may be a given name: before a family name a misheard one may stand small."""
    fact = name_fact(fold_word(word))
    return fact.given >= fact.family


def _is_small(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.islower()


def _word_before(text: str) -> str:
    """The last word of this text, folded, if a blank and at most a stop follow; else nothing."""
    if not text[-1:].isspace():
        return ""
    last = text.split(None)[-1:]
    if last and (word := last[0].removesuffix(".")).isalnum():
        return word.casefold()
    before = _BEFORE.search(text)
    return before[1].casefold() if before else ""


def turned(words: tuple[str, ...], written: str) -> tuple[str, ...]:
    """The name with its given name first, where file names and lists have it last.

    `written` is how it stands: Robertson_Fiona or ROBERTSON Fiona; "Campbell Rae" stays.
    """
    first, _, last = written.partition(" ")
    in_capitals = len(first) > 1 and first.isupper() and not last.isupper()
    if len(words) != 2 or (last and not in_capitals):
        return words
    one, other = name_fact(words[0]), name_fact(words[1])
    is_turned = other.given > _OFTENER * other.family and one.family > _OFTENER * one.given
    return words[::-1] if is_turned else words


@cache
def _kin() -> dict[str, frozenset[str]]:
    """By folded given name, the full forms of a pet name and the pet forms of a full one.

    Will and Wullie are both William's, but nobody is called both: pet forms are not joined.
    """
    kin: dict[str, set[str]] = defaultdict(set)
    for full, pets in _pets().items():
        for short in pets:
            kin[full].add(short)
            kin[short].add(full)
    return {name: frozenset(others) for name, others in kin.items()}


def kin_forms(name: str) -> frozenset[str]:
    """All given names that may be this one's full or pet form (Trish, Patricia)."""
    return _kin().get(name, frozenset())


def is_form_of(one: str, other: str) -> bool:
    """True if one given name is the other, or its pet form or full form."""
    return one == other or other in kin_forms(one)


def is_cut_of(short: str, name: str) -> bool:
    """True for first letters that are no name themselves: Char of Charlene, not Angel."""
    if name_fact(short).given:
        return False
    return len(short) >= _SHORTEST_PREFIX and len(name) > len(short) and name.startswith(short)


def _is_beginning(one: str, other: str) -> bool:
    """Kev of Kevin, Dan of Daniel: with one family name they are one name; not Dan and Dana."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_PREFIX and long.startswith(short) and len(long) - len(short) > 1


def is_pet_of(short: str, full: str) -> bool:
    """True for Toño and Antonio; not for two pet forms, nor for two full ones."""
    return short in _pets().get(full, frozenset()) and full not in _pets().get(short, frozenset())


@cache
def _pets() -> dict[str, frozenset[str]]:
    """By folded full form its pet forms."""
    pets_of: dict[str, set[str]] = defaultdict(set)
    text = resources.files("redact.data").joinpath("diminutives.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            full, _, short = line.partition(":")
            for one in full.split():
                pets_of[fold_word(one)] |= {fold_word(name) for name in short.split()}
    return {name: frozenset(pets) for name, pets in pets_of.items()}


def fits_full(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: Effie Kerr, Euphemia Kerr; Dana O, Dana Ortiz."""
    if short == long:
        return True
    if len(short) > len(long):
        short, long = long, short
    if long[: len(short)] == short:
        return True
    family = short[-1]
    if family != long[-1] and not (len(family) == 1 and long[-1].startswith(family)):
        return False
    return any(is_form_of(short[0], given) or _is_beginning(short[0], given) for given in long[:-1])
