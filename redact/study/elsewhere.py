"""Words that a person said are no name where they stand beside the transcripts of a release.

A transcript's place is remembered by its offsets. A released table, paper or file of markup is made
anew each time, so the words themselves are remembered there, as a keyed token.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redact.study.names import token
from redact.study.rulings import Elsewhere, ReviewRow, Undoing
from redact.transcript.words import fold


def words_token(secret: bytes, words: str) -> str:
    """The keyed token of words, however they are written."""
    return token(secret, "elsewhere", " ".join(fold(words)) or words.strip())


@dataclass(frozen=True, slots=True)
class LetStand:
    """What may stand in which released file; `tokens` are by file."""

    secret: bytes = field(default=b"", repr=False)
    tokens: frozenset[tuple[str, str]] = frozenset()

    def has(self, file: str, words: str) -> bool:
        """Whether a person said that these words are no name in this file."""
        return bool(self.tokens) and (file, words_token(self.secret, words)) in self.tokens


NOTHING_STANDS = LetStand()


def allowed_by(secret: bytes, rows: Sequence[ReviewRow]) -> LetStand:
    """What these decisions allow; what was undone is not among it."""
    undone = {row.batch for row in rows if isinstance(row, Undoing)}
    said = (row for row in _elsewhere(rows) if row.batch not in undone)
    return LetStand(secret, frozenset((row.file, row.token) for row in said))


def _elsewhere(rows: Iterable[ReviewRow]) -> Iterable[Elsewhere]:
    return (row for row in rows if isinstance(row, Elsewhere))
