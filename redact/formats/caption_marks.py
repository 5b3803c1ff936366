"""Marks of captions that are structure: times, settings, tags, styles. Others are cut, or words.

WebVTT (W3C 2019), sections 3.1 to 3.5 and 4; SubRip and the tags that players read in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Span
from redact.formats.allowed import Allowed, Kind, is_a, published

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
_PERCENT = r"-?\d{1,3}(?:\.\d{1,6})?%?"
_SETTING = (
    r"align:(?:start|center|middle|end|left|right)"
    rf"|(?:line|position):{_PERCENT}(?:,(?:start|center|end|line-left|line-right))?"
    rf"|size:{_PERCENT}|vertical:(?:rl|lr)|region:[A-Za-z][_-]?\d{{1,3}}|[XY][12]:\d{{1,4}}"
)
TIMES = re.compile(
    rf"[ \t]*(?P<begins>{TIME})[ \t]*-->[ \t]*(?P<ends>{TIME})"
    rf"(?P<settings>(?:[ \t]+(?:{_SETTING}))*)[ \t]*"
)
_CUE = Allowed((Kind.WHOLE, Kind.GUID, Kind.NUMBERED))
_CUE_OF_TEAMS = re.compile(r"(?P<guid>[0-9a-fA-F-]{36})/\d{1,6}-\d{1,4}")
_LONG_NUMBER = re.compile(r"[1-9]\d{8}")  # a telephone, in a GUID too
_HEADING = re.compile(r"(?P<name>Kind|Language)[:=][ \t]*(?P<value>\S*)[ \t]*")
_KINDS = frozenset("captions subtitles descriptions chapters metadata".split())
_MAP = re.compile(
    rf"X-TIMESTAMP-MAP=(?:(?:LOCAL:{TIME}|MPEGTS:\d{{1,8}})(?:,|(?=[ \t]*\Z))){{1,2}}[ \t]*"
)
_REGION = re.compile(
    r"REGION[ \t]*|(?:id[:=][A-Za-z][_-]?\d{1,3}|width[:=]\d{1,3}(?:\.\d{1,6})?%|lines[:=]\d{1,3}"
    rf"|(?:region|viewport)anchor[:=]{_PERCENT},{_PERCENT}|scroll[:=]up|[ \t])+"
)
_STYLE = re.compile(r"\s*::cue\s*\{(?P<rules>[^{}]*)\}\s*")
_RULE = re.compile(r"(?P<name>[a-z-]+)\s*+:\s*+(?P<value>[^;]*+)")
_STYLES = {
    "color": Allowed((Kind.COLOUR,)),
    "background": Allowed((Kind.COLOUR,)),
    "background-color": Allowed((Kind.COLOUR,)),
    "font-size": Allowed((Kind.MEASURE,)),
    "opacity": Allowed((Kind.NUMBER,)),
    "line-height": Allowed((Kind.MEASURE, Kind.NUMBER)),
    "font-style": Allowed(words=frozenset("normal italic oblique".split())),
    "font-weight": Allowed((Kind.WHOLE,), frozenset("normal bold bolder lighter".split())),
    "font-family": Allowed(
        (Kind.FONT,), frozenset("serif sans-serif monospace cursive fantasy".split())
    ),
    "text-decoration": Allowed(words=frozenset("none underline".split())),
}
# In WebVTT all in angles is a tag; in SubRip only what players know is, and the rest is words.
VTT_TAG = re.compile(
    r"<(?P<slash>/?+)(?P<name>[^\s<>.]*+)(?P<classes>(?:\.[^\s<>]*+)?+)(?P<rest>[^<>]*+)>"
    r"|\{(?P<ass>\\[^{}]*)\}"
)
SRT_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[ibusIBUS]|font|FONT)(?P<classes>)(?P<rest>(?:[ \t][^<>]*+)?+)>"
    r"|\{(?P<ass>\\[^{}]*)\}"
)
_CLASSES = frozenset("first last loud quiet soft shout whisper music sound narrator".split())
_VTT_NAMES = frozenset("c i b u v lang ruby rt s font".split())
_ASS = re.compile(
    r"(?:\\(?:an?\d{1,2}|[ibus][01]|[1-4]?c&H[0-9A-Fa-f]{6}&?|fs\d{1,3}|pos\(\d{1,4},\d{1,4}\)|N|n|h))+"
)
_FONT = re.compile(
    r"[ \t]*(?P<name>color|size|face)[ \t]*=[ \t]*"
    r"(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)'|(?P<bare>[^\s\"'<>]+))"
)
_FONTS = {
    "color": Allowed((Kind.COLOUR,)),
    "size": Allowed((Kind.WHOLE, Kind.MEASURE)),
    "face": Allowed((Kind.FONT,)),
}


def is_cue_number(line: str) -> bool:
    """Whether the line before a cue's times is its number, or what a producer made up for it."""
    if _LONG_NUMBER.search(line):
        return False
    teams = _CUE_OF_TEAMS.fullmatch(line.strip())
    return _CUE.takes(line.strip()) or (teams is not None and is_a(Kind.GUID, teams["guid"]))


def is_heading(line: str) -> bool:
    """Whether a line in the head of a WebVTT file is one that players read, and no more."""
    match = _HEADING.fullmatch(line)
    if match is None:
        return _MAP.fullmatch(line) is not None
    value = match["value"]
    return value in _KINDS if match["name"] == "Kind" else is_a(Kind.LANGUAGE, value)


def is_region(lines: list[str]) -> bool:
    """Whether a block defines a region, by numbers and a numbered name."""
    return all(_REGION.fullmatch(line) for line in lines)


def is_style(lines: list[str]) -> bool:
    """Whether a block says how all cues look, and nothing of words."""
    match = _STYLE.fullmatch("\n".join(lines[1:]))
    if match is None or lines[0].strip() != "STYLE":
        return False
    return all(_is_rule(rule) for rule in match["rules"].split(";") if rule.strip())


def _is_rule(rule: str) -> bool:
    match = _RULE.fullmatch(rule.strip())
    allowed = _STYLES.get(match["name"]) if match else None
    return match is not None and allowed is not None and allowed.takes(match["value"].strip("\"'"))


def unknown_in(tag: re.Match[str]) -> Iterator[Span]:
    """Stretches of a tag, or all of it, that are no structure. A voice's name is words."""
    if tag["ass"] is not None:
        if not _ASS.fullmatch(tag["ass"]):
            yield Span(*tag.span())
        return
    name, rest = tag["name"].lower(), tag["rest"].strip()
    if is_a(Kind.TIME, tag["name"] + tag["classes"]) and not rest:
        return
    if name not in _VTT_NAMES or (tag["slash"] and (tag["classes"] or rest)):
        yield Span(*tag.span())
        return
    classes = tag["classes"].lstrip(".").split(".") if tag["classes"] else []
    if not all(one.removeprefix("bg_") in _CLASSES | published("colours") for one in classes):
        yield Span(*tag.span("classes"))
    is_kept = (
        not rest
        or name == "v"
        or (name == "lang" and is_a(Kind.LANGUAGE, rest))
        or (name == "font" and _is_font(rest))
    )
    if not is_kept:
        yield Span(*tag.span("rest"))


def _is_font(attributes: str) -> bool:
    found = list(_FONT.finditer(attributes))
    values = ((m["name"], m["double"] or m["single"] or m["bare"] or "") for m in found)
    return not _FONT.sub("", attributes).strip() and all(
        _FONTS[name].takes(value) for name, value in values
    )
