"""Styles of web pages (CSS 2.1 and what programs write of later ones): what of them is structure.

A declaration stays if its property is on the list and every word of its value is a measure, a
colour, a keyword or a font that many computers have. Classes are made anew. Comments, addresses,
content, imports and whatever else a style sheet can hold stay behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from redact.formats.allowed import Kind, is_a, published
from redact.formats.names import Names
from redact.formats.shapes import is_face

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NESTED = re.compile(r"@(?!page)[\w-]+[^{};]*\{(?:[^{}]|\{[^{}]*\})*\}")  # of one medium only
_TOKEN = re.compile(r"rgba?\([^()]*\)|[^\s,/]+")
_STEP = re.compile(
    r"\s*([>+~]?)\s*(\*|[A-Za-z][A-Za-z0-9]*)?((?:\.[A-Za-z_][\w-]*)*)((?::[a-z-]+)?)(?=\s|[>+~]|\Z)",
    re.ASCII,
)
_PAGE = re.compile(r"@page(?:\s+([A-Za-z_][\w-]*))?", re.ASCII)
_PSEUDO = frozenset(
    """ :link :visited :hover :active :focus :first-child :last-child :first-line :first-letter
    :before :after""".split()
) | {""}
_TAGS = frozenset(
    """html head body div span p a b i u s h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody
    tfoot tr td th caption col colgroup pre code em strong small sub sup blockquote hr br font
    section article header footer main nav aside figure figcaption title label button""".split()
)


@dataclass(slots=True)
class PlainStyle:
    """A style with structure only, and how many things of it stayed behind."""

    text: str = field(default="", repr=False)
    left_behind: int = 0


def plain_declarations(style: str) -> PlainStyle:
    """The declarations of a style attribute or a rule that are structure."""
    plain = PlainStyle()
    kept = []
    for declaration in _COMMENT.sub("", style).split(";"):
        if _is_plain(declaration):
            kept.append(declaration)
        elif declaration.strip():
            plain.left_behind += 1
    plain.text = ";".join(kept)
    plain.left_behind += len(_COMMENT.findall(style))
    return plain


def _is_plain(declaration: str) -> bool:
    prop, colon, value = declaration.partition(":")
    prop = prop.strip().lower()
    if not colon:
        return not declaration.strip()
    if prop not in published("css-properties"):
        return False
    value = re.sub(r"!\s*important\s*\Z", "", value)
    if prop == "font-family":
        return is_face(value.strip())
    return all(_is_word(token) for token in _TOKEN.findall(value))


def _is_word(token: str) -> bool:
    kinds = (Kind.NUMBER, Kind.MEASURE, Kind.COLOUR)
    return token.lower() in published("css-words") or any(is_a(kind, token) for kind in kinds)


def plain_sheet(sheet: str, names: Names) -> PlainStyle:
    """The rules of a style sheet that are structure, with classes made anew."""
    rules, nested = _NESTED.subn(" ", _COMMENT.sub(" ", sheet))
    plain = PlainStyle(left_behind=nested + sheet.count("/*"))
    pieces, at = [], 0
    for rule in _RULE.finditer(rules):
        between, at = rules[at : rule.start()].strip(), rule.end()
        plain.left_behind += bool(between)
        selectors = [_selector(one, names) for one in rule[1].split(",")]
        known = [one for one in selectors if one is not None]
        declarations = plain_declarations(rule[2])
        plain.left_behind += len(selectors) - len(known) + declarations.left_behind
        if known and declarations.text.strip():
            pieces.append(f"{', '.join(known)} {{{declarations.text}}}")
    plain.left_behind += bool(rules[at:].strip())
    plain.text = "\n".join(["", *pieces, ""]) if pieces else ""
    return plain


def _selector(selector: str, names: Names) -> str | None:
    """A selector of tags, classes and states; None for another."""
    steps, at, selector = [], 0, selector.strip()
    if page := _PAGE.fullmatch(selector):
        return f"@page {plain_class(page[1], names)}" if page[1] else selector
    while at < len(selector):
        step = _STEP.match(selector, at)
        if step is None or step.end() == at:
            return None
        tag, classes, state = step[2] or "", step[3], step[4]
        if (tag and tag != "*" and tag.lower() not in _TAGS) or state not in _PSEUDO:
            return None
        new = "".join(f".{plain_class(one, names)}" for one in classes.split(".")[1:])
        steps.append(f"{step[1]}{' ' if step[1] else ''}{tag}{new}{state}")
        at = step.end()
    return " ".join(steps) or None


def plain_class(name: str, names: Names) -> str:
    """A class as it is called in the safe page."""
    return name if names.stays("class", name) else names.new("class", name)
