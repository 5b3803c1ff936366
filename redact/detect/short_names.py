"""How people call an organisation for short: by its first words, or by "the" and one word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from redact.core import Transcript
from redact.detect import operating_points as points
from redact.detect.confidence import Likely
from redact.detect.gazetteer import is_borne, is_place
from redact.transcript.case import is_caseless
from redact.transcript.words import fold_word

_THE = re.compile(r"\bthe[ \n]+(?=([^\W\d_]{3,}))")


def short_names(organisations: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """The folded words that open these folded names and are no known place and nobody's name."""
    return frozenset(
        name[:many]
        for name in organisations
        for many in range(1, len(name))
        if not is_place(name[:many]) and not any(map(is_borne, name[:many]))
    )


class SaidShort:
    """What texts without case call "the" and one word, and how sure the name model is of it.

    "The road" may be one: a word that is mostly a name behind "the" is one wherever "the" stands
    before it, any other where the model half believes it.
    """

    def __init__(self, texts: Iterable[tuple[Transcript, Likely]]) -> None:
        shares: dict[str, list[float]] = {}
        for transcript, likely in texts:
            if is_caseless(transcript.text):
                for match in _THE.finditer(transcript.text):
                    said = fold_word(match[1])
                    shares.setdefault(said, []).append(likely.get(match.end(), 0.0))
        self._shares = {word: sum(of_one) / len(of_one) for word, of_one in shares.items()}

    def among(self, organisations: Iterable[tuple[str, ...]]) -> frozenset[str]:
        """The words of these organisations' folded names that mostly are a name behind "the"."""
        said = {word for name in organisations if len(name) > 1 for word in name}
        return frozenset(word for word in said if self._mostly(word))

    def _mostly(self, folded: str) -> bool:
        return self._shares.get(folded, 0.0) >= points.MOSTLY_SAID_SHORT

    def is_name(self, transcript: Transcript, start: int, folded: str, share: float) -> bool:
        """Whether the word that starts here is an organisation's, said for short, without case."""
        if not is_caseless(transcript.text):
            return False
        if not transcript.text.endswith(("the ", "the\n"), 0, start):
            return False
        return share >= (points.NO_SHORT_NAME if self._mostly(folded) else points.SAID_SHORT)
