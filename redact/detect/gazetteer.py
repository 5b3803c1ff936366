"""What is known of names and places: tables of openly licensed facts (redact/data/NOTICE.md).

A hit alone proves nothing: "Hope" is a town and Hamilton a person. The tables
say what a word can be; `context` decides what it is here.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from redact.core import Gender
from redact.detect import operating_points as points
from redact.detect.lexicon import is_ordinary, is_word_too
from redact.transcript.words import Forms, fold, fold_word

NATIONS = {"S": "Scotland", "U": "United States", "-": "elsewhere"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact:
    """One entry: nation, kind of place, what it lies in, and how many live there (0: unknown)."""

    form: str
    nation: str
    kind: str
    parent: str
    people: int


@dataclass(frozen=True, slots=True)
class NameFact:
    """How common a name is among a million bearers, as a given and as a family name."""

    given: int
    family: int


def _lines(name: str) -> Iterator[str]:
    packed = resources.files("redact.data").joinpath(name).read_bytes()
    yield from gzip.decompress(packed).decode("utf-8").splitlines()


def place_facts() -> Iterator[PlaceFact]:
    """All places of the table and of the list by hand."""
    for line in _lines("places.tsv.gz"):
        form, nation, kind, parent, people = line.split("\t")
        yield PlaceFact(
            form=form, nation=NATIONS[nation], kind=kind, parent=parent, people=int(people)
        )
    by_hand = resources.files("redact.data").joinpath("places_by_hand.txt").read_text("utf-8")
    for line in by_hand.splitlines():
        if line.startswith("#"):
            continue
        nation, kind, parent, forms = (part.strip() for part in line.split("|"))
        for form in forms.split(";"):
            yield PlaceFact(
                form=form.strip(), nation=NATIONS[nation], kind=kind, parent=parent, people=0
            )


@cache
def place_forms() -> Forms[PlaceFact]:
    """All places, to be looked for in one pass; the key of a hit is its PlaceFact."""
    return Forms((fact.form, fact) for fact in place_facts() if len(fact.form) > 2)


@cache
def _names() -> dict[str, NameFact]:
    table: dict[str, NameFact] = {}
    for line in _lines("names.tsv.gz"):
        name, given, family = line.split("\t")
        folded = fold_word(name)
        known = table.get(folded, NameFact(0, 0))
        table[folded] = NameFact(max(known.given, int(given)), max(known.family, int(family)))
    return table


def name_fact(folded: str) -> NameFact:
    """What is known of a folded word as a name; zeros if nothing is."""
    return _names().get(folded, NameFact(0, 0))


@cache
def _short_places() -> Forms[PlaceFact]:
    return Forms((fact.form, fact) for fact in place_facts() if len(fact.form) <= 2)


def is_place(folded: tuple[str, ...]) -> bool:
    """True if these folded words are a known place."""
    return place_forms().holds(folded) or _short_places().holds(folded)


@cache
def place_facts_of(folded: tuple[str, ...]) -> tuple[PlaceFact, ...]:
    """What the tables know of these folded words as a place; nothing if they are none."""
    said = " ".join(folded)
    hits = (*place_forms().find(said), *_short_places().find(said))
    return tuple(hit.key for hit in hits if (hit.start, hit.end) == (0, len(said)))


@cache
def said_forms() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """By each other form in which a place is said its usual name, both folded."""
    listed = resources.files("redact.data").joinpath("place_forms.txt").read_text("utf-8")
    lines = (line.partition(":") for line in listed.splitlines() if not line.startswith("#"))
    return {fold(form): fold(usual) for usual, _, forms in lines for form in forms.split(";")}


def is_said_form(folded: tuple[str, ...]) -> bool:
    """True if people call a place so, beside its name: Killie, Steòrnabhagh, NOLA."""
    return folded in said_forms()


@dataclass(frozen=True, slots=True)
class BodyFact:
    """One form of a body, as it is written, and what kind of body is called so."""

    form: str
    kind: str

    @property
    def is_possessive(self) -> bool:
        """Whether "'s" ends the name: Barnardo's."""
        return self.form.endswith("'s")


@cache
def _body_facts() -> tuple[BodyFact, ...]:
    listed = resources.files("redact.data").joinpath("bodies_by_hand.txt").read_text("utf-8")
    facts: dict[str, BodyFact] = {}
    for line in listed.splitlines():
        if not line.startswith("#"):
            _, kind, forms = (part.strip() for part in line.split("|"))
            for form in map(str.strip, forms.split(";")):
                facts.setdefault(form, BodyFact(form, kind))
    return tuple(facts.values())


@cache
def _bodies() -> dict[tuple[tuple[str, ...], bool], str]:
    table: dict[tuple[tuple[str, ...], bool], str] = {}
    for fact in _body_facts():
        table.setdefault((fold(fact.form), fact.is_possessive), fact.kind)
    return table


def body_kind(folded: tuple[str, ...], possessive: bool = False) -> str:
    """What kind of body is called so, "hospital" or "shop"; "" if none is known.

    `possessive` says that "'s" follows: Macy's is a shop, Macy is none.
    """
    plain = _bodies().get((folded, False), "")
    return (_bodies().get((folded, True), "") or plain) if possessive else plain


@cache
def body_forms() -> Forms[BodyFact]:
    """The bodies whose name is hardly anything else, to be looked for in one pass."""
    return Forms((fact.form, fact) for fact in _body_facts() if _is_plain(fold(fact.form), fact))


_WORDS_TOO = frozenset(
    """sanctuary savers jubilee masons habitat subway sonic spoons spar cube barony caledonian
    nationwide juvie rotary greyhound caterpillar polaroid magellan acumen peacocks nike intel
    pepsi chevron frasers smiths singers""".split()
)


def _is_plain(folded: tuple[str, ...], fact: BodyFact) -> bool:
    """Two words of which one is no name of a person or place; one that is a body's alone."""
    if len(folded) > 1:
        return not is_place(folded) and not all(map(is_borne, folded))
    borne = not fact.is_possessive and is_borne(folded[0])
    common = is_word_too(folded[0]) or is_ordinary(folded[0]) or folded[0] in _WORDS_TOO
    return len(folded[0]) > 2 and not (borne or common or is_place(folded))


def is_borne(folded: str) -> bool:
    """Whether the tables know somebody of this given or family name."""
    fact = name_fact(folded)
    return fact.given > 0 or fact.family > 0


@cache
def given_bearers() -> dict[tuple[str, str], tuple[str, int, int]]:
    """(letter of the nation, folded given name) → (as written, women, men), per million bearers."""
    table = {}
    for line in _lines("given_names.tsv.gz"):
        name, nation, women, men = line.split("\t")
        table[nation, fold_word(name)] = (name, int(women), int(men))
    return table


@cache
def gender_of_given(folded: str, letters: str = "SU") -> Gender | None:
    """Whose name this mostly is in these nations; nothing if both bear it, or it is not known."""
    rows = [row for letter in letters if (row := given_bearers().get((letter, folded)))]
    women, men = sum(row[1] for row in rows), sum(row[2] for row in rows)
    if not women + men:
        return None
    share = women / (women + men)
    return (
        "woman"
        if share >= points.MOSTLY_OF_ONE_GENDER
        else "man"
        if share <= 1 - points.MOSTLY_OF_ONE_GENDER
        else None
    )
