"""A person's name said with another: the same form, word for word.

Full name for full name, given for given, "Mrs X" for "Mrs Y", pet form for pet form, initials for
initials, spelled out for spelled out, a false start for a false start; small letters stay small.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from redact.link.names import KIN_TITLES, LEADS, TITLES, is_cut_of, kin_forms, read_name
from redact.replace.name_pools import is_known_given
from redact.replace.personas import Persona
from redact.transcript.vocabulary import folded_words
from redact.transcript.words import fold, fold_word, squash

_PIECES = re.compile(r"[^\s,;/()]+|[\s,;/()]+")
_EDGES = re.compile(r"\A([\"'“”‘’(]*)(.*?)([\"'“”‘’.,!?…)–—-]*)\Z", re.DOTALL)
_LAST = frozenset("jr sr junior senior ii iii iv".split())
_PARTICLES = frozenset("de la del los van der den von al el bin ibn da dos di du nic ni st".split())
# Titles that stand before a given name too: Miss Dana, Sister Angela, Sir Alasdair.
_TITLES_OF_GIVEN = folded_words("titles", "given")
_CUT_OFF = re.compile(r"[-–—…]|\.\.\.")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's own names, folded: given names, the usual one among them, and family names."""

    given: frozenset[str] = field(repr=False)
    family: frozenset[str] = field(repr=False)
    usual: str = field(repr=False)

    @property
    def has_pet_form(self) -> bool:
        return any(self.is_pet(name) for name in self.given)

    def is_pet(self, name: str) -> bool:
        """True for a pet form of the usual name, or a by-name that is nothing like it."""
        if not name or name == self.usual or name.startswith(self.usual) or not self.usual:
            return False
        return name in kin_forms(self.usual) or name[0] != self.usual[0]


def name_parts(forms: Iterable[tuple[str, int, bool]]) -> NameParts:
    """What a person's forms tell, each with how often it is said and whether as a family's."""
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    lone: list[tuple[str, int, bool, str]] = []
    for form, count, of_family in forms:
        said = read_name(form, 0, len(form))
        own = tuple(word for word in said.words if word not in _LAST | _PARTICLES)
        words = own or said.words[-1:]
        if len(words) > 1 and not re.search(r"\s", form.strip()):
            words = ("".join(words),)  # "Day-na" is one name
        if len(words) > 1:
            given[words[0]] += count
            family[words[-1]] += count
            for word in words[1:-1]:
                given[word] += 0
        elif words:
            lone.append((words[0], count, of_family, "" if said.is_kin else said.title))
    in_full = frozenset(given)
    for word, count, of_family, title in lone:
        if _is_lone_family(word, of_family, title, in_full, family):
            family[word.removesuffix("s") if of_family else word] += count
        else:
            given[word] += count
    named = [name for name in given if name in in_full and len(name) > 1] or list(given)
    usual = max(named, key=lambda name: (given[name], len(name), name), default="")
    longer = [name for name in given if usual in kin_forms(name) and len(name) > len(usual)]
    return NameParts(frozenset(given), frozenset(family), max(longer, key=len, default=usual))


def _is_lone_family(
    word: str, of_family: bool, title: str, in_full: frozenset[str], family: Container[str]
) -> bool:
    """Whether a word said alone is the family name: by the full names, else by its title."""
    if word in in_full or word in family:
        return word not in in_full
    if of_family or title in _TITLES_OF_GIVEN:
        return not is_known_given(word.removesuffix("s")) and not is_known_given(word)
    return bool(title)


def said_with(
    persona: Persona, said: str, parts: NameParts, after: str = "", titled: bool = False
) -> str:
    """The form `said`, with the persona's names for the person's own.

    `after` is the text behind it, `titled` that a title stands before it ("Mrs" | "MacLeod").
    """
    words = fold(said)
    if len(words) > 2 and all(len(word) == 1 for word in words):
        return _spelled(persona, said, fold_word("".join(words)), parts)
    pieces = _PIECES.findall(said)
    places = [at for at, piece in enumerate(pieces) if squash(piece)]
    named = [at for at in places if not _stays(squash(pieces[at]), at == places[-1])]
    named = named or places[-1:]  # somebody who is called Junior, and nothing else
    out: list[str] = []
    given_said = family_said = False
    for at, piece in enumerate(pieces):
        if at not in named:
            out.append(piece)
            continue
        before, core, behind = _parts_of(piece)
        folded = squash(core)
        is_family = _is_family(folded, fold(core), parts, at, named, titled)
        skipped = (family_said if is_family else given_said) or (
            folded in _PARTICLES and at != named[-1]
        )
        if skipped:
            _drop_gap(out)
            continue
        new = _one(persona, folded, is_family, parts, after if at == named[-1] else "")
        family_said, given_said = family_said or is_family, given_said or not is_family
        keeps_stop = len(folded) == 1
        out.append(before + _cased(core, new) + (behind if keeps_stop else behind.lstrip(".")))
    made = "".join(out)
    return made if said[:1].isspace() else made.lstrip()  # "La señora Barre" without its "La"


def _stays(folded: str, last: bool) -> bool:
    """A title, a relation before a name, "wee", "Junior": said as it was."""
    if folded in _LAST:
        return True
    return not last and (folded in TITLES or folded in KIN_TITLES or folded in LEADS)


def _parts_of(piece: str) -> tuple[str, str, str]:
    match = _EDGES.match(piece)
    assert match is not None  # the pattern matches every text
    return match[1], match[2], match[3]


def _is_family(
    folded: str,
    words: tuple[str, ...],
    parts: NameParts,
    at: int,
    named: list[int],
    titled: bool,
) -> bool:
    alone = len(named) == 1
    if any(word in parts.family for word in (*words, folded)):
        return folded not in parts.given or (not alone and at == named[-1])
    if len(folded) == 1:
        return not alone and at == named[-1]
    if alone:
        singular = folded.removesuffix("s").removesuffix("e")
        plural = singular in parts.family or folded.removesuffix("s") in parts.family
        return plural or (titled and folded not in parts.given and bool(parts.family))
    return at == named[-1] and folded not in parts.given


def _one(persona: Persona, folded: str, is_family: bool, parts: NameParts, after: str) -> str:
    if is_family:
        if len(folded) == 1:
            return persona.family[0]
        plural = folded not in parts.family and folded.removesuffix("s") in parts.family
        return plural_of(persona.family) if plural else persona.family
    if len(folded) == 1:
        return persona.given[0]
    initials = {g[0] + f[0] for g in parts.given for f in parts.family if g and f}
    if len(folded) == 2 and folded in initials and folded not in parts.given - {folded}:
        return persona.given[0] + persona.family[0]
    name = persona.pet if parts.is_pet(folded) else persona.given
    whole = next((g for g in parts.given if len(g) > len(folded) and g.startswith(folded)), "")
    if whole and (_CUT_OFF.match(after) or is_cut_of(folded, whole)):
        return persona.given[: max(1, min(len(folded), len(persona.given) - 1))]
    return name


def plural_of(name: str) -> str:
    """The Cargills, the Innesses."""
    return name + ("es" if name.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _spelled(persona: Persona, said: str, joined: str, parts: NameParts) -> str:
    """M-O-R-A-G as I-S-L-A, with what stands between the letters."""
    if joined in parts.family:
        name = persona.family
    else:
        name = persona.pet if parts.is_pet(joined) else persona.given
    between = re.search(r"(?<=\w)[^\w]+(?=\w)", said)
    gap = between[0] if between and "\n" not in between[0] and "\r" not in between[0] else "-"
    letters = name.lower() if said == said.lower() else name.upper()
    end = re.search(r"\W*\Z", said)
    return gap.join(letters) + (end[0] if end else "")


def _drop_gap(out: list[str]) -> None:
    """The blank before a word that is left out goes with it; a line break stays."""
    if out and not out[-1].strip(" \t-"):
        out.pop()


def _cased(model: str, name: str) -> str:
    letters = [c for c in model if c.isalpha()]
    if letters and all(c.islower() for c in letters):
        return name.lower()
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return name.upper()
    return name
