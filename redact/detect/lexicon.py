"""The word lists that keep names and words apart."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib import resources

from redact.transcript.words import fold_word


@cache
def _load(name: str) -> frozenset[str]:
    text = resources.files("redact.data").joinpath(name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold_word(word) for line in lines for word in line.split())


def is_word_too(folded: str) -> bool:
    """True for a folded word that is a name and an ordinary word: Will, Hope, Reading."""
    return (
        folded in _load("names_that_are_words.txt")
        or folded in _load("never_names.txt")
        or folded in _small_words()
    )


@cache
def _small_words() -> frozenset[str]:
    """Words that English writes small: training/build_case_weights.py."""
    packed = resources.files("redact.data").joinpath("small_words.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return frozenset(fold_word(line.partition("\t")[0]) for line in lines)


def is_ordinary(folded: str) -> bool:
    """True for a folded word that talk writes small nearly always: training/build_case_weights.py.

    It says so only of a word that is written small; with a capital it may be a name all the same.
    """
    return folded in _ordinary_words()


@cache
def _ordinary_words() -> frozenset[str]:
    packed = resources.files("redact.data").joinpath("ordinary_words.txt.gz").read_bytes()
    return frozenset(map(fold_word, gzip.decompress(packed).decode("utf-8").split()))


def names_nothing(folded: str) -> bool:
    """True for a folded word with a capital that is no name by itself: Polish, HVAC, Sertraline."""
    return folded in _load("no_names.txt") or folded in _medicines()


def is_called_out(folded: str) -> bool:
    """True for a folded word that is called out or greets, in some tongue: gracias, weel, voilà."""
    return folded in _load("called_out.txt")


def _lines_of(name: str) -> tuple[str, ...]:
    text = resources.files("redact.data").joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _medicines() -> frozenset[str]:
    lines = (line for line in _lines_of("medicines.txt") if line[0].islower() and " " in line)
    return frozenset(fold_word(word) for line in lines for word in line.split())


@cache
def namesakes() -> re.Pattern[str]:
    """Illnesses called after somebody, and turns of speech: Lewy body, Parkinson's, Joe Bloggs."""
    ill = [line for line in _lines_of("medicines.txt") if line[0].isupper() or "-" in line]
    longest_first = sorted([*ill, *_lines_of("idioms.txt")], key=len, reverse=True)
    either = (re.escape(phrase).replace("'", "['’]") for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(either)})(?!\w)", re.IGNORECASE)


def is_never_name(folded: str) -> bool:
    """True for a folded word that is no name: aye, the, Tuesday, manager; not Will or June."""
    return folded in _load("never_names.txt") and folded not in _load("names_that_are_words.txt")


def is_function_word(folded: str) -> bool:
    """True for any word of ordinary talk, a name too or not."""
    return folded in _load("never_names.txt")


_OPENINGS = frozenset(
    """a an the this that these those my your his her its our their your some any no every each what
    which and or but so if when at in on of for to from with by wi fae tae as is was were are be i
    you he she it we they me him us them there here then now aye yeah well oh no yes um uh em er
    said says like just not very because about over under up down out off into""".split()
)


def is_opening(folded: str) -> bool:
    """True for a word that leads up to a name and is never part of one: the, at, our, well."""
    return folded in _OPENINGS
