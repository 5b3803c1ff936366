"""What stands in a safe file beside its text, for the release gate to search."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from redact.formats.registry import format_of
from redact.formats.slots import WHOLE, Reading, Slot
from redact.formats.xml import everything_in

_BASE64 = re.compile(r"[A-Za-z0-9+/]{12,}")
_OF_TEXT = 0.7  # the share of letters and blanks from which decoded bytes are taken for words


@dataclass(frozen=True, slots=True)
class Beside:
    """A part of a safe file by its name, None for the whole of one, and what it says unspoken."""

    part: str | None
    text: str = field(repr=False)


def beside_the_text(reading: Reading, name: str) -> Iterator[Beside]:
    """Every part of the safe file `name` and all that stands in it beside its text.

    Markup is read as its texts, attribute values and comments, so that entities are read and runs
    joined; other bytes as UTF-8 and UTF-16; what looks like base64 is decoded as well.
    """
    known = format_of(name)
    spoken: dict[str, list[Slot]] = {}
    for slot in reading.slots:
        spoken.setdefault(slot.part, []).append(slot)
    for part, raw in reading.parts.items():
        rest = _without(raw, spoken.get(part, ()))
        if known and known.beside:
            said = known.beside(rest.decode(reading.encoding, "replace"))
        elif rest.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            said = everything_in(rest, f"{name}, {part}")
        else:
            said = rest.decode(reading.encoding if part == WHOLE else "utf-8", "replace")
        if b"\0" in rest:
            said += "\n" + "\n".join(rest[at:].decode("utf-16-le", "replace") for at in (0, 1))
        yield Beside(part or None, "\n".join([part, said, *_decoded(said)]))


def _without(raw: bytes, slots: Iterable[Slot]) -> bytes:
    """The bytes of a part but for its slots."""
    pieces, at = [], 0
    for slot in sorted(slots, key=lambda slot: slot.at):
        if slot.at >= at:
            pieces.append(raw[at : slot.at])
            at = slot.to
    return b"".join([*pieces, raw[at:]])


def _decoded(text: str) -> Iterator[str]:
    """What runs of base64 say, where they say text."""
    for match in _BASE64.finditer(text):
        for shift in range(4):
            run = match[0][shift:]
            with suppress(ValueError):
                whole = run[:-1] if len(run) % 4 == 1 else run  # one character alone says nothing
                padded = whole + "=" * (-len(whole) % 4)
                said = base64.b64decode(padded).decode("utf-8", "ignore")
                if sum(c.isalpha() or c == " " for c in said) > len(said) * _OF_TEXT:
                    yield said
