"""What stands in a safe file beside its text, for the release gate to search."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from redact.formats.registry import format_of
from redact.formats.slots import WHOLE, Reading, Slot
from redact.formats.xml import everything_in

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{7,}")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[ :,-]?){5,}(?![0-9A-Fa-f])")
_QUOTED = re.compile(r"=[0-9A-F]{2}")  # as in mails
_MIRRORED = re.compile("\u202e([^\u202c\n]+)")  # shown from its end
_NO_HEX = re.compile(r"[^0-9A-Fa-f]")
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
    for slot in reading.every_slot():
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
        decoded = (one.text for one in decoded_runs(said))
        yield Beside(part or None, "\n".join([part, said, *decoded]))


def _without(raw: bytes, slots: Iterable[Slot]) -> bytes:
    """The bytes of a part but for its slots."""
    pieces, at = [], 0
    for slot in sorted(slots, key=lambda slot: slot.at):
        if slot.at >= at:
            pieces.append(raw[at : slot.at])
            at = slot.to
    return b"".join([*pieces, raw[at:]])


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a run of a text says in another writing, and where the run stands."""

    at: int
    end: int
    text: str = field(repr=False)


def decoded_runs(text: str) -> Iterator[Decoded]:
    """What runs of base64, of hexadecimal figures, as in mails and mirrored say."""
    for match in _MIRRORED.finditer(text):
        yield Decoded(match.start(), match.end(), match[1][::-1])
    yield from _quoted_runs(text)
    for match in _BASE64.finditer(text):
        run = match[0].translate(_TO_STANDARD)
        letters = run.replace("+", "")
        if letters.isalpha() and (letters.islower() or letters.istitle()):
            continue  # a word
        for shift in range(4 if len(run) > _SHORT else 1):
            whole = run[shift:]
            whole = whole[:-1] if len(whole) % 4 == 1 else whole  # one alone says nothing
            with suppress(ValueError):
                raw = base64.b64decode(whole + "=" * (-len(whole) % 4))
                said = raw.decode("utf-8", "strict" if len(run) <= _SHORT else "ignore")
                if _is_text(said):
                    yield Decoded(match.start(), match.end(), said)
    for match in _HEX.finditer(text):
        figures = _NO_HEX.sub("", match[0])
        said = bytes.fromhex(figures[: len(figures) // 2 * 2]).decode("utf-8", "ignore")
        if _is_text(said):
            yield Decoded(match.start(), match.end(), said)


def _quoted_runs(text: str) -> Iterator[Decoded]:
    """What each line says from its first quoted character to its last, in whole words."""
    at = 0
    for line in text.splitlines(keepends=True) if "=" in text else ():
        quoted = [match.span() for match in _QUOTED.finditer(line)]
        if quoted:
            start, end = quoted[0][0], quoted[-1][1]
            while start > 0 and not line[start - 1].isspace():
                start -= 1
            while end < len(line) and not line[end].isspace():
                end += 1
            raw = quopri.decodestring(line[start:end].encode("utf-8"))
            yield Decoded(at + start, at + end, raw.decode("utf-8", "ignore"))
        at += len(line)


_SHORT, _SHORTEST = 11, 4  # characters: of a run that is all of it, of what it says
_TO_STANDARD = {ord("-"): "+", ord("_"): "/"}


def _is_text(said: str) -> bool:
    return (
        len(said) >= _SHORTEST and sum(c.isalpha() or c == " " for c in said) > len(said) * _OF_TEXT
    )
