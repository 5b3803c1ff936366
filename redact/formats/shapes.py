"""Shapes of values that are structure in office files and web pages: labels, formats, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from redact.formats.allowed import Kind, is_a
from redact.formats.names import folded, folded_list

_TOKEN = re.compile(r"\S+")
_FIGURES = 4  # in a label; more might be a telephone
_LONGEST = 40
_CURRENCY = 3

# ECMA-376 18.8.31, ODF 16.27: letters of a number's format, and literals without letters.
_FORMAT = re.compile(
    r"""(?:General|Standard|@|[yYmMdDhHsSnN]{1,5}(?![A-Za-z])|AM/PM|am/pm|A/P|[Ee][+-]
    |\[(?:Red|Blue|Green|Yellow|Black|White|Cyan|Magenta|Color\ ?[0-9]{1,2}|h{1,2}|m{1,2}|s{1,2}
    |[<>=]{1,2}[0-9.]{1,6}|\$[$€£¥]?(?:-[0-9A-Fa-f]{1,6})?|HH?|MM?|SS?)\]
    |\\[^A-Za-z0-9]|"[^A-Za-z0-9"]{0,3}"|[^A-Za-z1-9"\\\[\]])*""",
    re.VERBOSE,
)
_GUIDE = re.compile(r"(?:adj|Adj)[0-9]?|(?:val )?[+-]?[0-9]{1,8}")
_SHAPE = re.compile(r"#?_x0000_[a-z]{1,2}[0-9]{1,5}")
# The parts of packages that go out, by the names that programs give them.
_STEM = (
    "(?:document|styles|numbering|fontTable|settings|webSettings|stylesWithEffects|footnotes"
    "|endnotes|(?:header|footer|comments?|commentsDrawing|theme|vmlDrawing)[0-9]{0,3}|sheet[0-9]{1,4}|workbook"
    "|sharedStrings|core|app|custom|content|meta)"
)
PART = re.compile(
    rf"(?:/|\.\./)?(?:(?:word|xl|docProps|theme|worksheets|comments|drawings)/)*{_STEM}\.(?:xml|vml)"
    rf"|(?:(?:word|xl|xl/worksheets)/)?_rels/(?:{_STEM}\.xml)?\.rels"
    r"|\[Content_Types\]\.xml|/|mimetype|META-INF/manifest\.xml"
)
_TRANSFORM = re.compile(
    r"(?:(?:rotate|translate|skewX|skewY|scale|matrix) ?"
    r"\((?:[ ,]*[+-]?[0-9]{0,5}\.?[0-9]{0,16}(?:cm|mm|in|pt|px)?){1,6}\)[ ,]*){1,8}"
)
_CLIP = re.compile(r"auto|rect\((?:[ ,]*[+-]?[0-9]{1,4}(?:\.[0-9]{1,6})?(?:cm|mm|in|pt)){4}\)")
_SHARE = re.compile(r"[0-9]{1,6}\*")
_POSITION = re.compile(
    r"(?:super|sub|[+-]?[0-9]{1,3}(?:\.[0-9]{1,3})?%)(?: [0-9]{1,3}(?:\.[0-9]{1,3})?%)?"
)
_NUMBERED = re.compile(
    r"(?:Heading|Contents|Numbering|List|ListLabel|Index|User Index|WW8Num[0-9z]*|Table|WWNum[0-9]*"
    r"|WW_CharLFO[0-9]*LVL)[ 0-9]{0,4}(?: (?:Start|End|Cont\.))?"
)
_BORDERS = frozenset(
    "none hidden solid double dotted dashed groove ridge inset outset thin".split()
)
_SPAN = re.compile(r"[0-9]{1,5}:[0-9]{1,5}")


def is_label(value: str) -> bool:
    """Whether it numbers or marks an item: levels as `%1`, figures and signs, no letters."""
    rest = re.sub("%[1-9][0-9]?%?", "", value)
    figures = sum(c.isdigit() for c in rest)
    plain = len(value) <= _LONGEST and figures <= _FIGURES and not any(c.isalpha() for c in rest)
    return plain or value == "o"  # Word's round bullet is an o of Courier


def is_face(value: str) -> bool:
    """Whether it is a list of families of fonts, quoted or not, numbered as ODF numbers them."""
    return all(_is_family(one.strip().strip("'\"")) for one in re.split("[,;]", value))


def _is_family(name: str) -> bool:
    """A family with the cuts and the number that programs put behind its name."""
    plain = re.sub(
        r"(?: (?:Bold|Italic|Light|Medium|Regular|Semibold|Condensed))*[0-9]?\Z", "", name
    )
    return not name or any(is_a(Kind.FONT, one) for one in (name, plain, plain.lstrip("@")))


def _all(kind: Kind) -> Callable[[str], bool]:
    return lambda value: all(is_a(kind, one) for one in _TOKEN.findall(value))


# OHMS: the word of a line at which each minute begins.
_SYNC = re.compile(r"(?:[0-9]{1,2}:)?(?:\|?[0-9]{1,5}\([0-9]{1,3}\))*\|?", re.ASCII)


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


SHAPES: Mapping[str, Callable[[str], bool]] = {
    "sync": _matches(_SYNC),
    "label": is_label,
    "face": is_face,
    "format": _matches(_FORMAT),
    "guide": _matches(_GUIDE),
    "shape": _matches(_SHAPE),
    "prefixes": _all(Kind.PREFIX),
    "cells": _all(Kind.CELL),
    "measures": _all(Kind.MEASURE),
    "sheet": _matches(re.compile(r"(?:Sheet|Tabelle|Feuil|Hoja)\s?[0-9]{1,3}")),
    "spans": lambda value: all(_SPAN.fullmatch(one) for one in value.split()),
    "odf-style": lambda value: (
        folded(value) in folded_list("odf-styles") or _NUMBERED.fullmatch(value) is not None
    ),
    "border": lambda value: all(
        one in _BORDERS or is_a(Kind.MEASURE, one) or is_a(Kind.COLOUR, one)
        for one in value.split()
    ),
    "transform": _matches(_TRANSFORM),
    "clip": _matches(_CLIP),
    "share": _matches(_SHARE),
    "position": _matches(_POSITION),
    "part": _matches(PART),
    "figures": lambda value: all(is_a(Kind.WHOLE, one.strip()) for one in value.split(",")),
    "currency": lambda value: len(value) <= _CURRENCY and (not value.isascii() or value == "$"),
    "theme-face": lambda value: (
        value in ("+mj-lt", "+mn-lt", "+mj-ea", "+mn-ea", "+mj-cs", "+mn-cs")
    ),
    "character": lambda value: len(value) == 1 and not value.isalnum(),
    "style-name": lambda value: folded(value) in folded_list("style-names"),
}
