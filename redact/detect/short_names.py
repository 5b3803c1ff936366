"""How people call an organisation for short: by the words that open its name."""

from __future__ import annotations

from collections.abc import Iterable

from redact.detect.gazetteer import is_place, name_fact


def short_names(organisations: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """The folded words that open these folded names and are no known place and nobody's name."""
    return frozenset(
        name[:many]
        for name in organisations
        for many in range(1, len(name))
        if not is_place(name[:many]) and not any(map(_is_borne, name[:many]))
    )


def _is_borne(folded: str) -> bool:
    """Whether the tables know somebody of this given or family name."""
    fact = name_fact(folded)
    return fact.given > 0 or fact.family > 0
