"""The proof that nothing but names changed: lines, turns, speakers and time codes are as before."""

from __future__ import annotations

import re
from bisect import bisect_right

from redact.core import SafeTranscript, Span, Transcript
from redact.errors import RedactError
from redact.replace.splice import moved

_LINE_END = re.compile(r"\r\n|\r|\n")


def require_same_structure(transcript: Transcript, safe: SafeTranscript) -> None:
    """Raises RedactError, naming the rule and the line, if a replacement broke the structure.

    The same line ends in the same order; every turn on its line; no time code touched; every
    speaker label still there.
    """
    original_ends = _LINE_END.findall(transcript.text)
    if original_ends != _LINE_END.findall(safe.text):
        raise _broken(transcript, "its lines changed", 0)
    for item in safe.replacements:
        before = _LINE_END.findall(transcript.text[item.start : item.end])
        if before != _LINE_END.findall(safe.text[item.safe_start : item.safe_end]):
            raise _broken(transcript, "a line break was moved", item.start)
    starts = [item.start for item in safe.replacements]
    for turn in transcript.turns:
        if turn.time and _touched(safe, starts, turn.time):
            raise _broken(transcript, "a time code was replaced", turn.time.start)
        if turn.speaker:
            label = safe.text[moved(safe, turn.speaker.start) : moved(safe, turn.speaker.end)]
            if not label.strip():
                raise _broken(transcript, "a speaker label is gone", turn.speaker.start)


def _touched(safe: SafeTranscript, starts: list[int], span: Span) -> bool:
    at = max(0, bisect_right(starts, span.start) - 1)
    while at < len(starts) and starts[at] < span.end:
        if safe.replacements[at].end > span.start:
            return True
        at += 1
    return False


def _broken(transcript: Transcript, rule: str, at: int) -> RedactError:
    line = len(_LINE_END.findall(transcript.text, 0, at)) + 1
    return RedactError(
        f"the safe transcript would not keep the structure of its source: {rule}",
        where=f"{transcript.id}, line {line}",
        remedy="Nothing was written. Give this label another action in the policy, or report it.",
    )
