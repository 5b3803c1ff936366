"""Names of restored files: one for each source, whatever the file system sets equal."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from unicodedata import normalize

_LONGEST = 255  # bytes of a name, in every file system we know
_SEPARATORS = re.compile(r"[/\x00]" if os.name != "nt" else r'[\x00-\x1f/\\:*?"<>|]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


def apart(names: Iterable[str]) -> tuple[str, ...]:
    """A file name for each of these, in their order; of those that would be one, ` (2)` is added.

    Names that differ in case, in how an accent is written, or in full stops and blanks at their
    end are one file in some file systems, and are told apart in all.
    """
    taken: set[str] = set()
    told = []
    for name in names:
        plain = _usable(name)
        stem, dot, ending = plain.rpartition(".")
        number, chosen = 1, _short(plain, "")
        while _as_one(chosen) in taken:
            number += 1
            mark = f" ({number})"
            chosen = _short(stem, f"{mark}{dot}{ending}") if stem else _short(plain, mark)
        taken.add(_as_one(chosen))
        told.append(chosen)
    return tuple(told)


def _usable(name: str) -> str:
    """The name as it is, without what cannot be in one here."""
    plain = _SEPARATORS.sub("_", name)
    if os.name == "nt":
        plain = plain.rstrip(". ")
        plain = f"_{plain}" if _DEVICES.match(plain) else plain
    return plain if plain.strip(". ") else f"_{plain}"


def _short(head: str, tail: str) -> str:
    """Both together, the head cut so that a file system takes the name."""
    room = _LONGEST - len(os.fsencode(tail))
    while len(os.fsencode(head)) > room:
        head = head[:-1]
    return head + tail


def _as_one(name: str) -> str:
    """What is equal where two names would be one file."""
    return normalize("NFC", normalize("NFC", name).casefold()).rstrip(". ")
