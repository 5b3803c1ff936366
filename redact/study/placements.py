"""Where the replacements of one safe transcript stand, in its source and in itself; no words."""

from __future__ import annotations

from dataclasses import dataclass

from redact.core import Span


@dataclass(frozen=True, slots=True)
class Placement:
    """One replacement: where it stands in the source and in the safe text, and of which entity."""

    original: Span
    safe: Span
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placements:
    """All replacements of one transcript, in text order; `file` is the safe file's name."""

    transcript: str
    file: str
    placed: tuple[Placement, ...]
    encoding: str = "utf-8"
