"""People as stewards list them: several in a cell, surname first, titles, remarks, other names.

What is no name stays out and is counted, so that nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from redact.core import ListedPerson
from redact.formats.name_cells import (
    FORMER,
    are_initials_of,
    has_letter,
    is_degree,
    is_former,
    is_name,
    is_other_name,
    is_small_name,
    plain_case,
    spaced,
    without_talk,
    without_titles,
    words_in,
)

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]|[(\[{]([^()\[\]{}]*)\Z")
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”„]|(?<!\w)['‘]([^'‘’]+)['’](?!\w)")
_AND = re.compile(r"\s*(?:[&+;\n]|\band\b|\bthen\b|\bwith\b|\bplus\b)\s*", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*|\s+or\s+|\s+=\s+")
_PIECES = re.compile(r"\s*(?:[,;/|\n]|\bor\b|\baka\b|\ba\.k\.a\.?|\balso\b)\s*", re.IGNORECASE)
_AKA = re.compile(
    r"[\s,;–-]*\b(?:aka|a\.k\.a\.?|a/k/a|alias|also (?:known as|called)|known as|goes by|called|"
    r"nicknamed|prefers)\b[\s:]*",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\A(?:n/?a|none|nil|-+|\?+)\Z", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,4}|(?:[A-Z]|Ma?c){2,4}|[A-Z](?:Ma?c|[A-Z])[A-Z]")
_DASH = re.compile(r"\s[-–—]+\s.*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPeople:
    """Who a cell names, initials that stand alone, and what in it was not read as a name."""

    people: tuple[ListedPerson, ...] = field(default=(), repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = field(default=(), repr=False)


class Surnames(StrEnum):
    """Where a column as a whole has its surnames: what a comma in it means."""

    LAST = "last"
    FIRST_AT_TIMES = "first at times"
    FIRST = "first"


def people_in(cell: str, surnames: Surnames = Surnames.LAST) -> ListedPeople:
    """The people of a cell; `surnames` is what the column as a whole does."""
    people: list[ListedPerson] = []
    labels: list[str] = []
    unread: list[str] = []
    parts = list(_parts(spaced(cell), surnames))
    for part in parts:
        if _INITIALS.fullmatch(part.strip(" .")) and not part.strip(" .").istitle():
            labels.append(part.strip(" ."))
            continue
        read = _person(part, surnames)
        unread += read.unread
        labels += read.labels
        people += read.people
    return ListedPeople(
        people=tuple(_with_shared_surname(people)), labels=tuple(labels), unread=tuple(unread)
    )


def surnames_of(cells: Iterable[str]) -> Surnames:
    """Whether a column writes `Surname, Given`: then a comma does not part two people."""
    turned = listed = count = 0
    for cell in cells:
        count += bool(cell)
        for part in _AND.split(_BRACKETS.sub("", cell)):
            left, comma, right = part.partition(",")
            if not comma or not words_in(left) or not words_in(right) or is_degree(right):
                continue
            if "," in right or (len(words_in(left)) > 1 and len(words_in(right)) > 1):
                listed += 1
            else:
                turned += 1
    if turned == 0 or turned < listed:
        return Surnames.LAST
    return Surnames.FIRST if turned * 2 > count and not listed else Surnames.FIRST_AT_TIMES


def person_of(given: str, surname: str) -> ListedPeople:
    """The person of two columns, the given name and the surname.

    One column of surnames may hold both: `Surname, First` over `Orrick, Tam`.
    """
    if not given.strip() and "," in surname:
        return people_in(surname, Surnames.FIRST)
    first, last = _cleaned(spaced(given)), _cleaned(spaced(surname))
    unread = [*first.unread, *last.unread]
    name = " ".join(part for part in (plain_case(first.text), plain_case(last.text)) if part)
    if not is_name(name):
        return ListedPeople(unread=(*unread, *([name] if has_letter(name) else [])))
    person = ListedPerson(name=name)
    for other in (*first.others, *last.others):
        person = with_alias(person, other)
    return ListedPeople(people=(person,), unread=tuple(unread))


def with_aliases(person: ListedPerson, cell: str) -> tuple[ListedPerson, tuple[str, ...]]:
    """The person with the names of an alias cell, and what in it was not read as a name."""
    unread: list[str] = []
    whole = _cleaned(spaced(cell))
    others = [piece for piece in _PIECES.split(_NOTHING.sub("", whole.text)) if piece.strip()]
    others += whole.others
    unread += whole.unread
    for other in others:
        said = other.strip(" .,:?!")
        if _INITIALS.fullmatch(said) and are_initials_of(said, person.name):
            person = replace(
                person,
                aliases=_once(person.aliases, said, person.name),
                labels=_once(person.labels, said, ""),
            )
        elif is_former(said) or is_other_name(said) or is_small_name(said):
            person = with_alias(person, said)
        elif has_letter(said):
            unread.append(said)
    return person, tuple(unread)


def with_alias(person: ListedPerson, said: str, former: bool = False) -> ListedPerson:
    """The person with one more name; a former surname gets the given name before it."""
    was = FORMER.match(said)
    plain = said[was.end() :] if was else said
    plain = without_titles(plain.strip(' .,:?!"“”')) or plain
    words = words_in(plain)
    if not words or not has_letter(plain):
        return person
    if (was or former) and len(words) == 1:
        given = words_in(person.name)[0]
        plain = f"{given} {words[0]}" if given != person.name else words[0]
    return replace(person, aliases=_once(person.aliases, plain, person.name))


def labels_in(cell: str) -> tuple[str, ...]:
    """The labels of a cell of initials: `DK/LK`, `AM / TM`, `K.W.`."""
    parts = re.split(r"\s*(?:[,;/&+\n]|\band\b)\s*", _BRACKETS.sub("", cell))
    return tuple(one for part in parts if (one := part.strip(" :?")) and len(one) <= 20)


def is_initials(text: str) -> bool:
    """Whether a text is two to four initials and nothing else: KW, K.W., HMcR."""
    return _INITIALS.fullmatch(text.strip()) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cleaned:
    """A name without brackets and quotes, other names that stood in them, and what is no name."""

    text: str = field(repr=False)
    others: tuple[str, ...] = field(repr=False)
    more: tuple[str, ...] = field(default=(), repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = field(default=(), repr=False)


def _cleaned(text: str) -> _Cleaned:
    others: list[str] = []
    more: list[str] = []
    labels: list[str] = []
    unread: list[str] = []
    for match in _BRACKETS.finditer(text):
        inside = (match[1] if match[1] is not None else match[2] or "").strip()
        if inside[:1] in "+&" and inside:
            more.append(inside.strip("+& "))
        elif _INITIALS.fullmatch(inside):
            labels.append(inside)
        elif is_former(inside) or _AKA.match(inside) or is_other_name(inside):
            others += [p for p in _PIECES.split(_AKA.sub("", inside)) if p.strip()]
        elif has_letter(inside):
            unread.append(inside)
    bare = _BRACKETS.sub(" ", text)
    for match in _QUOTED.finditer(bare):
        others.append((match[1] or match[2]).strip())
    bare = _QUOTED.sub(" ", bare)
    parts = _AKA.split(bare)
    others += [p.strip() for part in parts[1:] for p in _PIECES.split(part) if p.strip()]
    return _Cleaned(
        text=spaced(parts[0]),
        others=tuple(others),
        more=tuple(more),
        labels=tuple(labels),
        unread=tuple(unread),
    )


def _parts(cell: str, surnames: Surnames) -> Iterator[str]:
    """The stretches of a cell that name a person each, `Surname, Given` turned."""
    kept: list[str] = []

    def put_by(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    hidden = _QUOTED.sub(put_by, _BRACKETS.sub(put_by, cell))
    joined = [part for part in _AND.split(hidden) if part.strip(" ,.")]
    is_list = len(joined) > 1 and not all(part.count(",") == 1 for part in joined)
    for part in joined:
        for one in _slashed(part):
            for piece in _of_commas(one, surnames, is_list):
                yield re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m[1])], piece).strip(" ,")


def _slashed(part: str) -> list[str]:
    """Two people for `A B / C D`; what has one word only is another name of the one before."""
    pieces = [piece for piece in _SLASH.split(part) if piece.strip()]
    if len(pieces) < 2:
        return pieces
    if any(len(words_in(piece)) > 1 for piece in pieces[1:]) or all(
        len(words_in(piece)) == 1 for piece in pieces
    ):
        return pieces
    return [f"{pieces[0]} aka {', '.join(pieces[1:])}"]


def _of_commas(part: str, surnames: Surnames, among_others: bool) -> list[str]:
    pieces = [piece.strip() for piece in part.split(",")]
    pieces = [piece for piece in pieces if words_in(piece) or "\x00" in piece]
    named = [p for p in pieces if not is_degree(p)]
    if len(named) != 2:
        return named
    left, right = (words_in(re.sub(r"\x00\d+\x00", "", piece)) for piece in named)
    if not left or not right:
        return [" ".join(named)]
    habit = surnames != Surnames.LAST
    turned = len(left) == 1 and (habit or not (among_others and len(right) == 1))
    if turned or (habit and len(right) == 1) or surnames == Surnames.FIRST or named[0].isupper():
        given, aka, rest = named[1].partition(" aka ")
        return [f"{given} {plain_case(named[0])}{aka}{rest}"]
    return named


def _person(part: str, surnames: Surnames) -> ListedPeople:
    """The person of one stretch, or that it names nobody."""
    cleaned = _cleaned(part)
    plain, cut = without_talk(_DASH.sub("", cleaned.text))
    plain = without_titles(plain)
    unread = [*cleaned.unread, *([cut] if cut else [])]
    people: list[ListedPerson] = []
    if is_name(plain):
        turned = surnames == Surnames.FIRST
        name = _in_order(plain) if turned else " ".join(map(plain_case, words_in(plain)))
        person = ListedPerson(name=name, labels=cleaned.labels)
        for other in cleaned.others:
            person = with_alias(person, other)
        people.append(person)
    elif cleaned.others and not plain:
        first, *rest = cleaned.others
        if is_other_name(first):
            person = ListedPerson(name=first, labels=cleaned.labels)
            for other in rest:
                person = with_alias(person, other)
            people.append(person)
    elif has_letter(plain):
        unread.append(plain)
    for one in cleaned.more:
        people += people_in(one).people
    return ListedPeople(people=tuple(people), unread=tuple(unread))


def _in_order(name: str) -> str:
    """`Orrick T.` as `T. Orrick`: an initial behind one word says that the surname comes first."""
    words = words_in(name)
    if len(words) == 2 and len(words[1].strip(".")) == 1 and len(words[0].strip(".")) > 1:
        return f"{words[1]} {plain_case(words[0])}"
    return " ".join(plain_case(word) for word in words)


def _with_shared_surname(people: Sequence[ListedPerson]) -> list[ListedPerson]:
    """`Ailis & Torquil Munnoch` as two of one surname."""
    surname = ""
    shared: list[ListedPerson] = []
    for person in reversed(people):
        words = words_in(person.name)
        if len(words) > 1:
            surname = words[-1]
        elif surname and len(words) == 1:
            person = replace(person, name=f"{person.name} {surname}")
        shared.append(person)
    return shared[::-1]


def _once(names: tuple[str, ...], name: str, but: str) -> tuple[str, ...]:
    known = {one.casefold() for one in (*names, but)}
    return names if name.casefold() in known else (*names, name)
