"""What people do to `Hiding` by corrections: who is who, and what becomes of whom."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from typing import TypedDict

from redact.core import LABELS, Decision, Entity
from redact.errors import UsageError
from redact.link.corrections import Undo, can_be_undone
from redact.review import correct
from redact.review.ask import Replied, Reply, as_said, asking_of, open_questions, take_answers
from redact.study import records
from redact.study.desk import Desk
from redact.study.records import DECISIONS, ENTITIES
from tests.faults.hidden import Hiding, Letter


class _Why(TypedDict):
    by: str
    reason: str


BY = _Why(by="AB", reason="told")


def becomes(h: Hiding, letter: Letter, action: str) -> None:
    """A person says what becomes of all that stands under the pseudonym at this letter."""
    desk = h.desk()
    for entity, decision in _shown(h):
        if letter in h.letters(desk, (m.place for m in entity.mentions)):
            correct.act(desk, (decision.pseudonym,), action, **BY)
            _said(h, desk, entity, action)


def a_correction(h: Hiding, pick: random.Random) -> None:
    """One of all that can be said of a pseudonym, or the newest of it taken back."""
    desk = h.desk()
    both = sorted(_shown(h), key=lambda pair: min(h.at(desk, m.place) for m in pair[0].mentions))
    if not both:
        return
    entities, names = [one for one, _ in both], [one.pseudonym for _, one in both]
    what = pick.choice(("merge", "retype", "keep", "label", "split", "rename", "undo", "apart"))
    one, other = pick.choice(names), pick.choice(names)
    entity = entities[names.index(one)]
    changes: dict[str, Callable[[], None]] = {
        "merge": lambda: correct.merge(desk, (one, other), **BY),
        "retype": lambda: correct.retype(desk, one, pick.choice(LABELS[:5]), **BY),
        "keep": lambda: correct.act(desk, (one,), "keep", **BY),
        "label": lambda: correct.act(desk, (one,), "label", **BY),
        "split": lambda: correct.split_places(desk, one, _first(h, desk, entity), **BY),
        "rename": lambda: correct.rename(desk, one, f"[Zed {len(h.told)}x]", **BY),
        "apart": lambda: correct.apart(desk, (one, other), **BY),
        "undo": lambda: correct.undo(desk, None, **BY),
    }
    before = records.read_corrections(h.study.corrections)
    held = [n for n in range(1, len(before) + 1) if can_be_undone(before, n)]
    if what == "undo" and not held:
        return
    try:
        changes[what]()
    except UsageError:
        return
    if len(records.read_corrections(h.study.corrections)) > len(before):
        _said(h, desk, entity, what)


def an_answer_to_who(h: Hiding, pick: random.Random) -> None:
    """A question about who is who is answered: the same, different, or it cannot be said."""
    desk = h.desk()
    seen = as_said(desk)
    asked = open_questions(asking_of(desk), seen)
    if not asked:
        return
    one = pick.choice(sorted(asked, key=lambda q: h.at(desk, q.who.example)))
    reply = pick.choice(list(Reply))
    number = pick.randrange(1, len(one.others) + 1)
    told = Replied(id=one.id, reply=reply, numbers=(number,) if reply is Reply.SAME else ())
    with contextlib.suppress(UsageError):
        take_answers(desk, seen, asked, [told], "AB")


def _said(h: Hiding, desk: Desk, entity: Entity, what: str) -> None:
    """The newest correction in the account."""
    rows = records.read_corrections(h.study.corrections)
    meant = h.letters(desk, (m.place for m in entity.mentions))
    if isinstance(rows[-1], Undo):
        h.stay.pop(rows[-1].row, None)
        h.labelled.pop(rows[-1].row, None)
    elif what == "label":
        h.labelled[len(rows)] = meant
    elif what == "keep":
        h.stay[len(rows)] = meant
        h.let_go(desk, meant)


def _shown(h: Hiding) -> list[tuple[Entity, Decision]]:
    linked = records.read_entities(h.study.work / ENTITIES)
    return list(zip(linked, records.read_decisions(h.study.work / DECISIONS), strict=True))


def _first(h: Hiding, desk: Desk, entity: Entity) -> frozenset[tuple[str, int]]:
    first = min(entity.mentions, key=lambda m: h.at(desk, m.place))
    return frozenset({(first.transcript, first.start)})
