"""Captions heard as talk: cue numbers and times are blanks, so that a name can run over them.

The text keeps its length, and every offset its meaning (SubRip; WebVTT, W3C 2019).
"""

from __future__ import annotations

import re

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
# Only what can hold no name is blanked: anything else on these lines stays to be read.
_SETTINGS = r"(?:[ \t]+(?:align|line|position|size|vertical):[\d.,%a-z-]{1,20})*"
_TIMES = re.compile(
    rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}{_SETTINGS}[ \t]*(?:\r?\n|\Z)", re.MULTILINE
)
# A number, or the address that Teams gives a cue: 3f0c9d1e-77a2-4b19-9a54-0d6e2b8fc410/7-0.
_CUE_NUMBER = re.compile(
    r"(?:\A|\n[ \t]*\r?\n)[ \t]*"
    r"(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/\d+-\d+)?)[ \t]*\r?\n[ \t]*\Z",
    re.IGNORECASE,
)


def as_heard(text: str) -> str:
    """The text with the marks of its cues blanked, of the same length; other texts unchanged."""
    if "-->" not in text:
        return text
    out, last = [], 0
    for match in _TIMES.finditer(text):
        start = match.start()
        number = _CUE_NUMBER.search(text, last, start)
        start = number.start() if number else start
        while start > last and text[start - 1] in " \t\r\n":
            start -= 1
        out.append(text[last:start])
        out.append(" " * (match.end() - start))
        last = match.end()
    out.append(text[last:])
    return "".join(out)
