"""What a model made of a text that it has read, so that a process reads no text twice.

A run and the release behind it read the same papers, a page the same transcripts after each
decision. Texts are known by their digest alone; all is in memory and ends with the process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

MOST = 4_000_000  # bytes of text of which the readings are kept: about 100 interviews


@dataclass(frozen=True, slots=True)
class _OfOne[R]:
    size: int  # bytes of the text
    reading: R = field(repr=False)


class Readings[R]:
    """Readings by the digest of their text; those not asked for longest are forgotten first."""

    def __init__(self, most: int = MOST) -> None:
        """`most` is how many bytes of text the readings are kept of."""
        self._most = most
        self._kept: dict[bytes, _OfOne[R]] = {}
        self._held = 0
        self._lock = Lock()

    def of(self, text: bytes, read: Callable[[], R]) -> R:
        """The reading of this text: the one that is kept, or else what `read` gives."""
        digest = hashlib.sha256(text).digest()
        with self._lock:
            kept = self._kept.pop(digest, None)
            if kept is not None:
                self._kept[digest] = kept  # now the last one
                return kept.reading
        reading = read()
        with self._lock:
            if digest not in self._kept and len(text) <= self._most:
                self._kept[digest] = _OfOne(len(text), reading)
                self._held += len(text)
                while self._held > self._most:
                    self._held -= self._kept.pop(next(iter(self._kept))).size
        return reading
