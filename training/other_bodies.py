"""Studies told again with bodies called by names that are hardly a body's. For maintainers.

In the interviews that teach, most bodies have a word in their name that says so, and the name model
has seen them. Others have a place's name, a family's, an ordinary word's or none that anybody knows
("at Woodend", "from Trinity", "the Landing"), and only what stands around them tells. So each telling
calls the bodies of a study so, the same everywhere in it, with their short forms, and half of its
places and people by other names of their kind.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import talk_words
from interviews import cased, part_of
from talk import Cast

_BODIES = (
    "Hospital Centre Center House Court Lodge Project Trust Hub Clinic School Church Hall Care Home "
    "Prison College"
).split()
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BODIES_RENAMED, _PLACES_RENAMED, _WORDS_RENAMED = 0.8, 0.5, 0.6
_SHORTEST = 3  # letters of a word of a person's name that is told otherwise


@dataclass
class _Telling:
    """The new names of one telling of a study."""

    rng: random.Random
    cast: Cast
    longest: dict[str, str]  # by entity, what it is called at its longest
    of_entities: dict[str, str | None] = field(default_factory=dict)
    of_words: dict[str, str] = field(default_factory=dict)

    def told(self, surface: str, label: str, entity: str) -> str:
        if label == "PERSON":
            return self._person(surface)
        if entity not in self.of_entities:
            self.of_entities[entity] = self._renamed(label, self.longest[entity])
        new = self.of_entities[entity]
        if new is None:
            return surface
        words, old = _WORD.findall(surface), _WORD.findall(self.longest[entity])
        return cased(part_of(new, words, old) if 0 < len(words) < len(old) else new, surface)

    def _renamed(self, label: str, longest: str) -> str | None:
        if label == "ORG":
            return self._body() if self.rng.random() < _BODIES_RENAMED else None
        figures = any(letter.isdigit() for letter in longest)
        return None if figures or self.rng.random() >= _PLACES_RENAMED else self.cast.place()

    def _body(self) -> str:
        """One as likely as in talk: a place's, a family's, somebody's, an ordinary word's, nobody's."""
        pick, cast, share = self.rng.choice, self.cast, self.rng.random()
        noun = pick(talk_words.ORG_NOUN)
        if share < 0.22:
            return cast.place()
        if share < 0.40:
            return f"{cast.place()} {pick(_BODIES)}"
        if share < 0.63:
            given, family = cast.person()
            names = (f"{family} {pick(_BODIES)}", family, f"{given} {family}")
            return self.rng.choices(names, (10, 7, 6))[0]
        if share < 0.80:
            return noun
        if share < 0.88:
            return f"{pick(talk_words.ORG_FIRST)} {noun}"
        return cast.invented() if share < 0.94 else f"{cast.invented()} {noun}"

    def _person(self, surface: str) -> str:
        words = _WORD.findall(surface)

        def other(match: re.Match[str]) -> str:
            word = match[0]
            if len(word) < _SHORTEST:
                return word
            if word.casefold() not in self.of_words:
                given, family = self.cast.person()
                new = family if len(words) > 1 and word == words[-1] else given
                renamed = self.rng.random() < _WORDS_RENAMED
                self.of_words[word.casefold()] = new if renamed else word
            return cased(self.of_words[word.casefold()], word)

        return _WORD.sub(other, surface)


def with_other_bodies(documents: Iterable[dict], seed: str) -> list[dict]:
    """The documents of one study, told together; the same seed tells the same."""
    study, rng = list(documents), random.Random(seed)
    longest: dict[str, str] = {}
    for document in study:
        for span in document["spans"]:
            surface, entity = _named(document, span)
            if len(surface) > len(longest.get(entity, "")):
                longest[entity] = surface
    telling = _Telling(rng, Cast(rng, rng.choice("SU"), frozenset()), longest)
    return [_told(document, telling) for document in study]


def _named(document: dict, span: dict) -> tuple[str, str]:
    surface = document["text"][span["start"] : span["end"]]
    return surface, span.get("entity_id") or surface


def _told(document: dict, telling: _Telling) -> dict:
    text, spans, last = "", [], 0
    for span in sorted(document["spans"], key=lambda s: s["start"]):
        surface, entity = _named(document, span)
        text += document["text"][last : span["start"]]
        if span["label"] in ("PERSON", "PLACE", "ORG"):
            surface = telling.told(surface, span["label"], entity)
        spans.append({**span, "start": len(text), "end": len(text) + len(surface)})
        text += surface
        last = span["end"]
    return {**document, "text": text + document["text"][last:], "spans": spans}
