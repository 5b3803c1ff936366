"""Ages in talk without marks, which runs on: "i was twenty came out thirty-one", "i felt ninety".

What is around such a number must not deny that it is an age (detect/age_reading.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Span
from redact.detect.age_frames import ABOUT, BEEN, GROWN, GROWN_SAID, IS, NUMBER

_COUNTED_UNIT = (
    r"(?:years?\s+(?:in|at|on|with|into)|months?|weeks?|days?|hours?|minutes?|people|percent|per\s+cent|miles|pounds|"
    r"dollars|foot|feet|fit|stone|kilos?|points?|pounds?|times|of\b|to\b|past\b|hundred|thousand|something|odd\b|-?ish)"
)
_PLURAL = r"(?!years\b|always\b)[^\W\d_]{2,}[^\W\d_'’sui]s\b"
_RUNNING_ON = (
    re.compile(
        rf"\b(?:he|she|i|who)(?:{IS}|{BEEN})\s+{ABOUT}({NUMBER})\b(?![-–]|\s*(?:[%£$]|{_COUNTED_UNIT}|{_PLURAL}))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:felt|feels?|looks?|looked)\s+(?:like\s+)?({GROWN})(?=\s*[.,;!?\"”]|\s*$)",
        re.I | re.M,
    ),
    re.compile(rf"\b(?:since|from)\s+({GROWN_SAID})(?=\s*(?:[.;!?]|$))", re.I | re.M),
)


def ages_running_on(text: str) -> Iterator[Span]:
    """The spans of numbers that follow on from somebody, whatever follows but what is counted."""
    for pattern in _RUNNING_ON:
        for match in pattern.finditer(text):
            yield Span(*match.span(1))
