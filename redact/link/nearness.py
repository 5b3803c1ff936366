"""How near two transcripts are: how many people they speak of both.

Kept by name, not by pair of transcripts: of ten thousand transcripts that all speak of somebody
there would be fifty million pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

_MANY = 6  # transcripts, above which who stands in most of them says little
_EVERYWHERE = 60  # transcripts, above which a name is no sign that two of them are near


class Nearness:
    """The index, from each telling name and the transcripts in which it stands.

    A name that stands in most of a study counts little (the researcher is in all), one that stands
    in more than `_EVERYWHERE` transcripts nothing.
    """

    def __init__(self, stands: Mapping[str, Set[str]], transcripts: int) -> None:
        self._stands: dict[str, list[tuple[Set[str], float]]] = defaultdict(list)
        for where in stands.values():
            if not 1 < len(where) <= _EVERYWHERE:
                continue
            in_most = transcripts > _MANY and len(where) * 2 > transcripts
            weight = 1 / (len(where) - 1) if in_most else 1.0
            for transcript in where:
                self._stands[transcript].append((where, weight))

    def of(self, ones: Iterable[str], others: Set[str]) -> float:
        """How near the nearest two are, one of each; 0 if none speaks of the people of another."""
        nearest = 0.0
        for one in ones:
            near: dict[str, float] = defaultdict(float)
            for where, weight in self._stands.get(one, ()):
                for other in where & others:
                    near[other] += weight
            near.pop(one, None)
            nearest = max(nearest, max(near.values(), default=0.0))
        return nearest
