"""What a regression sees of a name and of the words around it, to tell which kind it is.

Names are seen by what the tables know of their words, never as themselves; around them small and
common words stand as they are, people, kin, days and numbers each as one, every other word only as
a word. So no name can stand in the weights (training/kinds.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from redact.core import Mention
from redact.detect.confidence import Kinds, KindShares
from redact.detect.context import ORG_WORDS
from redact.detect.gazetteer import (
    body_kind,
    is_place,
    is_said_form,
    name_fact,
    place_facts_of,
)
from redact.detect.lexicon import is_function_word, is_ordinary, is_word_too
from redact.detect.word_classes import seen_word, word_class
from redact.transcript.case import begins_sentence
from redact.transcript.words import words

_BACK, _ON = 48, 40  # characters before and behind a name
_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?…]+|\n+|[,;:()\[\]—–\"“”£$%/|\t&-]")
_PLACE_WORDS = frozenset(
    """road rd street st avenue ave lane drive court terrace wynd close crescent place gardens way
    boulevard blvd highway route interstate parkway bridge river water burn loch lake lough creek
    bayou pond sea firth bay harbour harbor port pier island isle islands isles glen strath hill
    hills ben mount mountain mountains mesa valley canyon desert beach shore coast point head ness
    park square green common cross county parish state city town township village borough
    reservation reserve pueblo ranch farm estate scheme neighborhood district heights side end toun
    brae north south east west""".split()
)
_JOINT = 8  # characters at the most between two names that are read together
_TOWNS = (1, 2_000, 10_000, 50_000, 200_000)  # people
_SOME, _OFTEN = 5, 100  # bearers of a name among a million


def features(
    text: str,
    mention: Mention,
    seen: Sequence[Mention],
    beside: tuple[Mention | None, Mention | None],
    caseless: bool,
) -> list[str]:
    """What is so of the mention at its place.

    `seen` are the sightings that touch it, `beside` the names before and behind it, if any.
    """
    shape = shape_of(text[mention.start : mention.end])
    before = _classes(text, max(0, mention.start - _BACK), mention.start)
    behind = _classes(text, mention.end, min(len(text), mention.end + _ON))
    p2, p1 = (["<none>"] * 2 + before)[-2:]
    n1, n2 = (behind[:2] + ["<none>"] * 2)[:2]
    found = [
        "",
        f"is {mention.label}",
        f"shape {shape}",
        f"is {mention.label} {shape}",
        f"-1 {p1}",
        f"-2 {p2}",
        f"-21 {p2} {p1}",
        f"+1 {n1}",
        f"+2 {n2}",
        f"-1 {p1} {shape}",
        f"+1 {n1} {shape}",
        f"-1 {p1} {mention.label}",
        f"+1 {n1} {mention.label}",
    ]
    if caseless:
        found.append("without case")
        found.append(f"without case {mention.label}")
    elif begins_sentence(text, mention.start):
        found.append("opens a sentence")
    for one in seen:
        same = one.start == mention.start and one.end == mention.end
        where = "saw" if same else "saw more" if one.span.covers(mention.span) else "saw of it"
        found += [f"{where} {one.label} {source.value}" for source in one.sources]
    possessive = text[mention.end : mention.end + 2] in ("'s", "’s")
    found += _of_words(text[mention.start : mention.end], possessive)
    last, following = beside
    if last is not None and mention.start - last.end <= _JOINT:
        joint = _joint(text[last.end : mention.start])
        found.append(f"behind {last.label} {joint}")
    if following is not None and following.start - mention.end <= _JOINT:
        joint = _joint(text[mention.end : following.start])
        found.append(f"before {following.label} {joint}")
    return found


@lru_cache(maxsize=16384)
def _joint(between: str) -> str:
    """What stands between two names, as the regression sees it: "," or "in the"."""
    return " ".join(_classes(between, 0, len(between)))


def shares_of(text: str, mention: Mention, kinds: Kinds) -> KindShares | None:
    """The mean of the name model's shares over the words of the mention that it saw in a name."""
    known = [
        kinds[word.start + mention.start]
        for word in words(text[mention.start : mention.end])
        if word.start + mention.start in kinds
    ]
    if not known:
        return None
    person, place, organisation = (sum(part) / len(known) for part in zip(*known, strict=True))
    return person, place, organisation


@lru_cache(maxsize=16384)
def shape_of(surface: str) -> str:
    """How a name is written and what the tables know of its words, as one of about thirty."""
    found = words(surface)
    folded = tuple(word.folded for word in found)
    if not folded:
        return "none"
    if len(folded) > 1:
        known = "place" if is_place(folded) else ""
        person = name_fact(folded[0]).given >= _SOME and name_fact(folded[-1]).family >= _SOME
        last = "word" if is_word_too(folded[-1]) or is_ordinary(folded[-1]) else "name"
        first = "word" if is_word_too(folded[0]) or is_ordinary(folded[0]) else "name"
        return known or ("person" if person and last == "name" else f"{first} {last}")
    if surface.isupper() and 1 < len(surface) < 7:
        return "acronym"
    fact = name_fact(folded[0])
    given = "given" if fact.given >= _OFTEN else "hardly given" if fact.given >= _SOME else ""
    family = "family" if fact.family >= _OFTEN else ""
    place = "place" if is_place(folded) else ""
    word = "word" if is_word_too(folded[0]) else "ordinary" if is_ordinary(folded[0]) else ""
    return " ".join(part for part in (given, family, place, word) if part) or "unknown"


@lru_cache(maxsize=16384)
def _of_words(surface: str, possessive: bool) -> tuple[str, ...]:
    """The words of a name that are common words of the language, by where they stand in it."""
    found = words(surface)
    many = len(found)
    told = [f"words {min(many, 4)}"]
    folded = tuple(word.folded for word in found)
    for name, listed in (("body", ORG_WORDS), ("place", _PLACE_WORDS)):
        if many > 1 and folded[-1] in listed:
            told.append(f"ends in a word of a {name}")
        elif many > 1 and not listed.isdisjoint(folded):
            told.append(f"has a word of a {name}")
        elif many == 1 and folded[0] in listed:
            told.append(f"is a word of a {name}")
    if is_said_form(folded):
        told.append("another name of a place")
    if body := body_kind(folded, possessive):
        told += [f"body {body}", f"body known {shape_of(surface)}"]
    if facts := place_facts_of(folded):
        people = max(fact.people for fact in facts)
        told.append(f"place of {sum(people >= bound for bound in _TOWNS)}")
        told += sorted({f"place {fact.kind} {fact.nation}" for fact in facts})
    for at, word in enumerate(found):
        if not (is_function_word(word.folded) or is_ordinary(word.folded)):
            continue
        if at == many - 1:
            told.append(f"ends in {word.folded}")
        if at == 0:
            told.append(f"opens with {word.folded}")
        told.append(f"has {word.folded}")
    if many > 1 and is_place((found[0].folded,)):
        told.append("opens with a place")
    if many > 1 and name_fact(found[0].folded).given >= _OFTEN:
        told.append("opens with a given name")
    if any(c.isdigit() for c in surface):
        told.append("has figures")
    return tuple(told)


def _classes(text: str, start: int, end: int) -> list[str]:
    """The pieces between two offsets as the regression sees them."""
    return [_class(match[0]) for match in _PIECE.finditer(text, start, end)]


@lru_cache(maxsize=16384)
def _class(piece: str) -> str:
    """A mark or a small or common word as it is; people, kin, numbers, days, names each as one."""
    if not piece[0].isalnum():
        return "?" if "?" in piece else "." if piece[0] in ".!…" else piece[0]
    seen = seen_word(piece)
    if one := word_class(seen):
        return one
    if is_function_word(seen.base) or is_ordinary(seen.base):
        return seen.word
    return ("<Name>" if piece[0].isupper() else "<word>") + seen.ending
