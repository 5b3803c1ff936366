"""What tests ask of a safe file."""

from __future__ import annotations

from redact.formats.beside import beside_the_text
from redact.formats.format import BY_DEFAULT
from redact.formats.registry import read_file
from redact.policy import Handling


def said_beside(data: bytes, name: str, handling: Handling = BY_DEFAULT) -> list[str]:
    """What a safe file says beside its text, by part, as the release gate reads it."""
    reading = read_file(data, name, name, handling)
    return [beside.text for beside in beside_the_text(reading, name)]
