"""The decision that is undone next, in words, so that nobody undoes what they do not mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from redact.page.plain import kind_in_words
from redact.page.show import ShownStudy
from redact.rendering import counted

_LONGEST = 40  # characters of the words that are quoted


@dataclass(frozen=True, slots=True)
class Undoable:
    """A batch of decisions that still holds, and what it said."""

    batch: int
    said: str = field(repr=False)
    docs: frozenset[str] = frozenset()  # whose words it says


def undoable(study: ShownStudy, here: str = "") -> Undoable | None:
    """The newest batch of which something holds; None where nothing does.

    On the page of one transcript, `here`, words of no other are quoted.
    """
    held = [one for rulings in study.rulings.values() for one in rulings]
    batch = max((one.batch for one in held), default=None)
    if batch is None:
        return None
    mine = [one for one in held if one.batch == batch]
    first = next((one for one in mine if one.transcript == here), mine[0])
    if here not in ("", first.transcript):
        return Undoable(batch, f"what was decided in {study.names.get(first.transcript, '')}")
    words = " ".join(study.words_of(first.place).split())
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    more = f" and {counted(len(mine) - 1, 'more place')}" if len(mine) > 1 else ""
    kind = kind_in_words(first.label)
    article = "" if first.label is None else "an " if kind[0] in "aeiou" else "a "
    return Undoable(batch, f"“{words}” is {article}{kind}{more}", frozenset({first.transcript}))
