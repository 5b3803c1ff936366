"""Kinds of value that are structure: what is of none of them is words, or does not go out.

Every kind is narrow: bounded in length, closed where a list of all values is published, and where
it is a number too small for a telephone, an account or a date of birth. A format's table says of
which kinds a field of it is, `Allowed` whether a value is of one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Kind(StrEnum):
    """What a field may say that is structure."""

    BOOLEAN = "boolean"  # true, 0, on
    WHOLE = "whole"  # up to six figures
    NUMBER = "number"  # up to six figures before the point, what was measured behind it; 2E-05
    LENGTH = "length"  # up to eight figures: thousandths of a second, EMU
    MEASURE = "measure"  # a number with its unit: 1.5cm, 12pt, 40%
    TIME = "time"  # of a recording: 00:01:02.500, PT3.5S; never a day
    COLOUR = "colour"  # six hexadecimal figures that are no word, or a name that CSS has
    LANGUAGE = "language"  # BCP 47
    SCRIPT = "script"  # ISO 15924, those that programs write
    COUNTRY = "country"  # two letters
    SCHEMA = "schema"  # a namespace that a standard or a program publishes
    PREFIX = "prefix"  # of a namespace
    FONT = "font"  # a family that many computers have
    GUID = "guid"  # as programs make them
    HEX = "hex"  # two or four figures: a flag, a character of a font
    REFERENCE = "reference"  # rId7: what relations are called
    NUMBERED = "numbered"  # ts1, P12, a-3: a letter or what programs put there, and figures
    CELL = "cell"  # A1, $B$2:C9
    VERSION = "version"  # 16.0300
    ENCODING = "encoding"  # of text
    BLANK = "blank"  # white space, or nothing


_UNITS = "cm|mm|in|inch|pt|pc|px|pi|em|ex|rem|%|deg|rad|grad|q|vh|vw|fr|s|ms|f|fd"
_PATTERNS = {
    Kind.BOOLEAN: "true|false|on|off|yes|no|t|f|[01]",
    Kind.WHOLE: "[+-]?[0-9]{1,6}",
    Kind.NUMBER: r"[+-]?(?:[0-9]{1,6}(?:\.0{0,4}[0-9]{0,17})?|\.[0-9]{1,17})(?:[eE]-[0-9]{1,2})?",
    Kind.LENGTH: "[+-]?[0-9]{1,8}",
    Kind.MEASURE: rf"[+-]?(?:[0-9]{{1,6}}(?:\.[0-9]{{0,8}})?|\.[0-9]{{1,8}})(?:{_UNITS})",
    Kind.TIME: r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}(?:[.,:][0-9]{1,9})?"
    r"|P?T?(?:[0-9]{1,3}H)?(?:[0-9]{1,3}M)?[0-9]{1,6}(?:\.[0-9]{1,9})?[Ss]",
    Kind.COUNTRY: "[A-Z]{2}|none",
    Kind.PREFIX: "ns[0-9]{1,3}|[a-z][0-9]{1,2}",
    Kind.GUID: r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?",
    Kind.HEX: "(?:0x)?(?:[0-9A-F]{2}|[0-9a-f]{2}|F{4}|f{4}|(?=.*[0-9])(?:[0-9A-F]{4}|[0-9a-f]{4}))",
    Kind.REFERENCE: "rId[0-9]{1,6}",
    Kind.NUMBERED: "(?:[A-Za-z]|ts|cv|cve|er|lg|tl|id|seg|tok|sent|word|user|spk|SPK)"
    "[-_]?[0-9]{1,6}",
    Kind.CELL: r"(?:\$?[A-Z]{1,2}\$?[0-9]{1,6}|\$?[A-Z]{1,2}|\$?[0-9]{1,6})"
    r"(?::\$?[A-Z]{0,2}\$?[0-9]{0,6})?",
    Kind.VERSION: r"[0-9]{1,3}(?:\.[0-9]{1,5})?|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}",
    Kind.BLANK: r"[ \t\r\n]*",
}
_RULES = {kind: re.compile(pattern, re.ASCII) for kind, pattern in _PATTERNS.items()}
_WITH_BLANKS = frozenset(  # | stands between them
    "fonts style-names odf-styles cell-styles classes css-properties chat-headers inqscribe".split()
)
_LISTED = {
    Kind.COLOUR: "colours",
    Kind.FONT: "fonts",
    Kind.SCHEMA: "schemas",
    Kind.SCRIPT: "scripts",
    Kind.ENCODING: "encodings",
}
# In one case, and of letters alone only in pairs (FFCCEE) or grey (DEDEDE): FACADE is a word, and a
# name may be written so. A short form needs its mark.
_COLOUR = re.compile(
    r"#?(?:(?=.*[0-9])(?:[0-9A-F]{6}|[0-9a-f]{6}))"
    r"|#?(?:00|FF|ff)?(?:(?:([A-F])\1([A-F])\2([A-F])\3|([A-F]{2})\4\4)"
    r"|([a-f])\5([a-f])\6([a-f])\7|([a-f]{2})\8\8)"
    r"|#?(?=[0-9]*[A-Fa-f])(?=..[A-Fa-f]*[0-9])(?:[0-9A-F]{8}|[0-9a-f]{8})"
    r"|#(?=.*[0-9])[0-9A-Fa-f]{3,4}|#([a-fA-F])\9\9"
    r"|rgba?\([0-9]{1,3}%?(?:, ?[0-9.]{1,6}%?){2,3}\)",
    re.ASCII,
)
_LANGUAGE = re.compile(
    r"([A-Za-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?", re.ASCII
)


def is_a(kind: Kind, value: str) -> bool:
    """Whether a value is of a kind, in full: nothing stands before or behind it."""
    match kind:
        case Kind.LANGUAGE:
            language = _LANGUAGE.fullmatch(value)
            return (
                language is not None
                and language[1].lower() in published("languages")
                and language[2] in {None, *published("scripts")}
            )
        case Kind.COLOUR if _COLOUR.fullmatch(value):
            return True
        case Kind.COLOUR if value[:1].isupper():  # Olive, Violet, BROWN are names
            return False
        case Kind.COLOUR | Kind.ENCODING:
            return value.lower() in published(_LISTED[kind])
        case Kind.FONT | Kind.SCHEMA | Kind.SCRIPT:
            return value in published(_LISTED[kind])
        case Kind.PREFIX:
            return value in published("prefixes") or _RULES[kind].fullmatch(value) is not None
        case _:
            return _RULES[kind].fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Allowed:
    """Values of these kinds, and these words of a published enumeration."""

    kinds: tuple[Kind, ...] = ()
    words: frozenset[str] = frozenset()

    def takes(self, value: str) -> bool:
        """Whether a value is structure by this rule."""
        return value in self.words or any(is_a(kind, value) for kind in self.kinds)

    def takes_all(self, values: Iterable[str]) -> bool:
        """Whether each of several values is."""
        return all(self.takes(value) for value in values)


@cache
def published(name: str) -> frozenset[str]:
    """A list of `data/structure/lists.txt` by its name."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files("redact.data").joinpath("structure/lists.txt").read_text("utf-8")
    lists: dict[str, set[str]] = {}
    values: set[str] = set()
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line[1:-1]
            values = lists.setdefault(name, set())
        elif line and not line.startswith("# "):
            several = line.split("|") if name in _WITH_BLANKS else line.split()
            values.update(value.strip() for value in several)
    return {name: frozenset(values) for name, values in lists.items()}
