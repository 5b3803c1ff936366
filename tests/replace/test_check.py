"""A safe transcript has the structure of its original, or is refused with the line."""

from __future__ import annotations

import pytest

from redact.core import (
    SafeTranscript,
    Span,
)
from redact.errors import RedactError
from redact.replace.check import require_same_structure
from redact.replace.splice import Planned, splice
from redact.transcript.assemble import make_transcript


def test_a_broken_structure_is_refused_with_the_line() -> None:
    transcript = make_transcript("D1", "A: one\n[00:01] B: two\n", None)
    gone = splice("D1", transcript.text, [Planned(Span(7, 14), "", "x")])
    with pytest.raises(RedactError, match=r"D1, line 2.*time code was replaced"):
        require_same_structure(transcript, gone)
    with pytest.raises(RedactError, match="lines changed"):
        require_same_structure(transcript, SafeTranscript("D1", "A: one [00:01] B: two\n", ()))
    silent = splice("D1", transcript.text, [Planned(Span(0, 1), "", "x")])
    with pytest.raises(RedactError, match="speaker label is gone"):
        require_same_structure(transcript, silent)
