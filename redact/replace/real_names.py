"""The names of a study, which no role, category or label may say aloud."""

from __future__ import annotations

from collections.abc import Iterable

from redact.detect.key_search import KeySearch
from redact.detect.lexicon import is_never_name, is_word_too
from redact.transcript.words import fold


class RealNames:
    """Forms of people, places and organisations, to be looked for in what stands for them."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """`forms` are (label, text) pairs."""
        pairs = tuple(dict.fromkeys(forms))
        said = (word for _, text in pairs for word in fold(text))
        self.words = frozenset(word for word in said if not is_never_name(word))
        self._search = KeySearch(pairs)

    def stand_in(self, said: str) -> bool:
        """Whether a role, category or label says one of them.

        It may have ordinary words of a name in it, but not a whole one with a capital.
        """
        words = self.words.intersection(fold(said))
        return not all(map(is_word_too, words)) or any(
            not said[hit.start : hit.end].islower() for hit in self._search.find(said)
        )
