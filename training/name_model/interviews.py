"""Whole invented interviews with who is who, told again with other names. For maintainers.

The interviews (`CORPORA/talk/gold.jsonl`) are read, never copied: an epoch shows each several times,
most with every person, place and organisation called otherwise, so that no name is learned by
heart. HELD_BACK studies are in no training and no tuning: the figures come from them. By the
studies of CHOOSING a model is chosen and its scores are calibrated; it is not trained on them.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import talk_words
from data import Passage, passages
from talk import Cast

HELD_BACK = frozenset({"kelvin-commons", "rio-abajo", "asr-leven"})
CHOOSING = frozenset({"machair-care", "river-hearth"})
NAMES = ("PERSON", "PLACE", "ORG")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHARE_AS_WRITTEN = 0.25
_SHARE_RENAMED = 0.75  # of each kind of entity in a document that is told again


def to_train_on(corpora: Path) -> list[dict]:
    """The documents of all studies but those kept back and those to choose by."""
    return [d for d in _interviews(corpora) if d["study"] not in HELD_BACK | CHOOSING]


def to_choose_by(corpora: Path) -> list[dict]:
    return [d for d in _interviews(corpora) if d["study"] in CHOOSING]


def _interviews(corpora: Path) -> list[dict]:
    lines = (corpora / "talk" / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def retold(documents: list[dict], rng: random.Random, times: int) -> list[Passage]:
    """Each document so many times, as passages."""
    found = []
    for document in documents:
        for _ in range(times):
            told = document if rng.random() < _SHARE_AS_WRITTEN else _renamed(document, rng)
            found += passages(told, rng.choice((120, 260, 420)))
    return found


@dataclass
class _Names:
    """The new names of one telling: the same word of a person, and the same entity, by the same."""

    rng: random.Random
    cast: Cast
    longest: dict[str, str]  # what an entity is called at its longest
    of_words: dict[str, str] = field(default_factory=dict)
    of_entities: dict[str, str] = field(default_factory=dict)

    def told(self, surface: str, label: str, entity: str) -> str:
        if label == "PERSON":
            return self._person(surface)
        new = self.of_entities.setdefault(entity, self._made(label))
        words, old = _WORD.findall(surface), _WORD.findall(self.longest[entity])
        if len(words) < len(old):
            new = part_of(new, words, old)
        return cased(new, surface)

    def _made(self, label: str) -> str:
        if label == "PLACE":
            return (
                self.cast.place() if self.rng.random() < 0.8 else self.cast.fill("street", "0")[0]
            )
        return self.cast.org() if self.rng.random() < 0.5 else self._ordinary()

    def _ordinary(self) -> str:
        """An organisation called by ordinary words, as many of those that help people are."""
        pick = self.rng.choice
        adjective, noun = pick(talk_words.ORG_FIRST), pick(talk_words.ORG_NOUN)
        return pick(
            (
                f"the {noun}",
                f"{adjective} {noun}",
                f"{noun} House",
                f"{noun} and {pick(talk_words.ORG_NOUN)}",
                f"{noun} on the {pick(talk_words.ORG_NOUN)}",
                f"{pick(('Open', 'Next', 'Second', 'Common', 'Full', 'Long', 'Plain'))} {noun}",
            )
        ).removeprefix("the ")

    def _person(self, surface: str) -> str:
        words = _WORD.findall(surface)

        def other(match: re.Match[str]) -> str:
            word = match[0]
            if len(word) < 3:
                return word
            if word.casefold() not in self.of_words:
                first, last = self.cast.person()
                is_last = len(words) > 1 and word == words[-1]
                self.of_words[word.casefold()] = last if is_last else first
            return cased(self.of_words[word.casefold()], word)

        return _WORD.sub(other, surface)


def part_of(name: str, words: list[str], old: list[str]) -> str:
    """The short form of a new name that answers to these words of the old."""
    new = name.split()
    if len(new) == 1:
        return name
    if len(words) == 1 and words[0].isupper() and 1 < len(words[0]) <= 6:
        return "".join(word[0] for word in new).upper()
    from_the_end = words[0] != old[0] and words[-1] == old[-1]
    kept = max(1, min(len(words), len(new) - 1))
    return " ".join(new[-kept:] if from_the_end else new[:kept])


def cased(word: str, like: str) -> str:
    if like.islower():
        return word.lower()
    return word.upper() if like.isupper() and len(like) > 3 else word


def _renamed(document: dict, rng: random.Random) -> dict:
    """The document with its names exchanged, or some kinds of them."""
    longest: dict[str, str] = {}
    for span in document["spans"]:
        surface = document["text"][span["start"] : span["end"]]
        if len(surface) > len(longest.get(span["entity_id"], "")):
            longest[span["entity_id"]] = surface
    cast = Cast(rng, rng.choice("SU"), frozenset())
    names = _Names(rng, cast, longest)
    kinds = {label for label in NAMES if rng.random() < _SHARE_RENAMED}
    text, spans, last = "", [], 0
    for span in sorted(document["spans"], key=lambda s: s["start"]):
        surface = document["text"][span["start"] : span["end"]]
        text += document["text"][last : span["start"]]
        if span["label"] in kinds:
            surface = names.told(surface, span["label"], span["entity_id"])
        spans.append({**span, "start": len(text), "end": len(text) + len(surface)})
        text += surface
        last = span["end"]
    return {**document, "text": text + document["text"][last:], "spans": spans}
