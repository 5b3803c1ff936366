"""Entities as the pages show them, and who may be one with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from redact.core import DOUBTFUL, Entity, Place
from redact.page.show import ShownStudy, new_label
from redact.transcript.words import fold

_CANDIDATES = 6


@lru_cache(maxsize=20_000)
def _folded(said: str) -> tuple[str, ...]:
    """The folded words of a name; in memory only, for a list that is searched at every letter."""
    return fold(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """An entity on its page: what the safe text shows, how it was said, how sure, and why."""

    entity: Entity
    pseudonym: str
    safe: str
    forms: tuple[tuple[str, int], ...] = field(repr=False)
    interviews: tuple[str, ...] = ()
    score: float = 1.0
    places: tuple[Place, ...] = ()

    @property
    def name(self) -> str:
        """How a form means it: its pseudonym, or a place of its where it has none yet."""
        return self.pseudonym or f"@{self.places[0].transcript}:{self.places[0].start}"

    @property
    def is_unsure(self) -> bool:
        return self.score < DOUBTFUL

    def is_called(self, words: str) -> bool:
        """Whether it is said or shown with these words, or beginnings of words."""
        said = " ".join((self.safe, *(form for form, _ in self.forms)))
        wanted, known = fold(words), _folded(said)
        return words.casefold() in said.casefold() or all(
            any(word.startswith(one) for word in known) for one in wanted
        )


def entities_of(study: ShownStudy, label: str = "") -> tuple[Who, ...]:
    """Entities, those with a question first, then by doubt."""
    scores = {
        (d.transcript, m.start, m.end): m.score
        for d in study.detections.values()
        for m in d.mentions
    }
    rows = []
    for entity in study.entities.values():
        if label and entity.label != label:
            continue
        said: Counter[str] = Counter()
        for mention in entity.mentions:
            said[study.words_of(mention.place)] += 1
        decision = study.decisions.get(entity.id)
        names = dict.fromkeys(study.names.get(m.transcript, "") for m in entity.mentions)
        rows.append(
            Who(
                entity=entity,
                pseudonym=decision.pseudonym if decision else "",
                safe=(decision.text or decision.pseudonym) if decision else new_label(entity.label),
                forms=tuple(said.most_common(12)),
                interviews=tuple(names),
                score=min(
                    (scores.get((m.transcript, m.start, m.end), m.score) for m in entity.mentions),
                    default=1.0,
                ),
                places=tuple(m.place for m in entity.mentions),
            )
        )
    return tuple(sorted(rows, key=lambda who: (not who.entity.question, who.score, who.safe)))


@dataclass(slots=True)
class Everybody:
    """The entities of a study in the order of the list, made anew when any of them is another."""

    _study: ShownStudy | None = field(default=None, repr=False)
    _rows: tuple[Who, ...] = field(default=(), repr=False)

    def of(self, study: ShownStudy) -> tuple[Who, ...]:
        """Those of this study, as `entities_of` gives them."""
        if self._study is None or not _shows_the_same(self._study, study):
            self._rows, self._study = entities_of(study), study
        return self._rows


def _shows_the_same(one: ShownStudy, other: ShownStudy) -> bool:
    """Whether nothing that the list shows is another."""
    return (
        one.entity_at is other.entity_at
        and one.detections is other.detections
        and one.decisions == other.decisions
    )


def sought(rows: Iterable[Who], words: str) -> tuple[Who, ...]:
    """Those that are said or shown with these words."""
    return tuple(who for who in rows if who.is_called(words))


def may_be_one(everybody: Iterable[Who], entity: Entity) -> tuple[Who, ...]:
    """Whom linking thinks it may be, then others of its kind that share a word with it.

    Of those, the ones of its own interviews come first.
    """
    rows = [who for who in everybody if who.entity.label == entity.label]
    mine = next((who for who in rows if who.entity.id == entity.id), None)
    if mine is None:
        return ()
    said = _words_of(mine)
    near = [who for who in rows if who is not mine and (said & _words_of(who) or _fits(mine, who))]
    together = set(mine.interviews)
    near.sort(
        key=lambda who: (
            not _fits(mine, who),
            not together & set(who.interviews),
            -len(who.places),
            who.safe,
        )
    )
    return tuple(near[:_CANDIDATES])


def _fits(one: Who, other: Who) -> bool:
    """Whether linking could not tell these two apart."""
    return bool(
        set(one.entity.fits) & set(other.places) or set(other.entity.fits) & set(one.places)
    )


def _words_of(who: Who) -> set[str]:
    return {word for form, _ in who.forms for word in fold(form) if len(word) > 1}
