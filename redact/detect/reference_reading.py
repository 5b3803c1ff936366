"""Numbers that identify without a form or frame: weighed by the words and marks around them.

"They sewed it in his jumpers, 2219", "it used to be 19 44": rules know a number by its shape or by
a word beside it (detect/references.py), and people tell a number in more ways than there are rules.
Every number that no rule takes is read with what stands around it, and a logistic regression says
how probably it is somebody's (training/references.py, decision 073). It sees what the reading of
ages sees, small and common words, and so has learnt from no name.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from redact.core import NAMES, Mention, Place, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.age_reading import (
    Weights,
    money_beside,
    plurals_behind,
    probability,
    seen_around,
)
from redact.detect.reference_context import YEARS
from redact.detect.spoken import number_runs
from redact.transcript.spans import offsets_of

_WRITTEN = re.compile(
    r"(?<![\w£$€#@./:,'’+–-])(?<!\d )"
    r"(?:(?:[A-Z]{1,4}[ -]?)?\d{2,6}(?:[ -]\d{1,6}){0,3}|\d{1,6})[A-Z]{0,2}"
    r"(?![\w%°@]|[.,:/]\d|-\w|\s?[£$€])"
)
_SENTENCE_END = re.compile(r"[.!?\n]")
_BACK, _ON, _PASSAGE = 90, 60, 200  # characters
_FEWEST, _FEWEST_SAID = 2, 3  # letters and figures written, figures said
_OF_A_TIME = (":", ".", ",")  # before figures: "00:07:40  Oh, yes"


def could_be_references(text: str) -> Iterator[Span]:
    """The spans of numbers of two characters and more, written or said, but years and decimals."""
    reached = 0
    said = [
        Span(run.start, run.end)
        for run in number_runs(text)
        if run.words and sum(map(str.isdigit, run.said)) >= _FEWEST_SAID
        if not text.endswith(_OF_A_TIME, 0, run.start)
    ]
    written = [
        Span(*match.span())
        for match in _WRITTEN.finditer(text)
        if len(match[0]) >= _FEWEST and not YEARS.fullmatch(match[0])
    ]
    for span in sorted([*said, *written]):
        if span.start >= reached:
            reached = span.end
            yield span


def references_read(transcript: Transcript, taken: Iterable[Mention]) -> Iterator[Mention]:
    """The numbers that are more likely somebody's than not, of those that nothing else takes.

    `taken` are the mentions found before; a name among them may be a reference that looks like one.
    """
    weights, text = reference_weights(), transcript.text
    of_others = offsets_of(
        one.span for one in taken if one.label not in NAMES or Source.STREET_ADDRESS in one.sources
    )
    for span in could_be_references(text):
        if not of_others.isdisjoint(range(span.start, span.end)):
            continue
        likely = probability(features(text, span), weights)
        if likely >= points.LEAST_REFERENCE:
            yield Mention(
                place=Place(transcript.id, span),
                label="ID",
                score=round(likely, 2),
                sources=(Source.NUMBER_READ_AS_A_REFERENCE,),
                kind="reference number",
            )


@cache
def reference_weights() -> Weights:
    """The shipped weights, by feature."""
    packed = resources.files("redact.data").joinpath("reference_weights.json.gz").read_bytes()
    weights: dict[str, float] = json.loads(gzip.decompress(packed))
    return weights


def features(text: str, span: Span) -> frozenset[str]:
    """What the regression sees: shape, neighbours, sentence and passage of a number."""
    shape = shape_of(text[span.start : span.end])
    before = seen_around(text, max(0, span.start - _BACK), span.start)
    behind = seen_around(text, span.end, min(len(text), span.end + _ON))
    p3, p2, p1 = (["<none>"] * 3 + before)[-3:]
    n1, n2 = (behind[:2] + ["<none>"] * 2)[:2]
    start = max(0, span.start - _PASSAGE)
    passage = _SENTENCE_END.split(text[start : span.start])
    sentence = seen_around(passage[-1], 0, len(passage[-1]))
    earlier = " ".join(passage[:-1])
    rest = _SENTENCE_END.split(text[span.end : span.end + _ON])[0]
    seen = {
        "",
        f"shape {shape}",
        f"-1 {p1}",
        f"-2 {p2}",
        f"-3 {p3}",
        f"-21 {p2} {p1}",
        f"+1 {n1}",
        f"+2 {n2}",
        f"-1+1 {p1} | {n1}",
        f"-1 {p1} | {shape}",
        f"+1 {n1} | {shape}",
        f"+12 {n1} {n2}",
        *(f"sentence {one}" for one in sentence),
        *(f"earlier {one}" for one in seen_around(earlier, 0, len(earlier))),
        *(f"goes on {one}" for one in seen_around(rest, 0, len(rest))),
        *(f"counts {at}" for at in plurals_behind(text, span)),
        *(f"money {side}" for side in money_beside(text, span)),
    }
    if not sentence:
        seen |= {"first", f"first | {shape}"}
    return frozenset(seen)


def shape_of(said: str) -> str:
    """How a number looks: how many figures and letters, in groups or not; said, how many words."""
    figures = sum(c.isdigit() for c in said)
    if not figures:
        return f"said {min(len(said.split()), 8)}"
    letters = "letters " if any(c.isalpha() for c in said) else ""
    groups = "groups " if re.search(r"\d[ -]\d", said) else ""
    round_ = " round" if said.endswith("00") or (figures < 3 and said.endswith("0")) else ""
    return f"{letters}{groups}{min(figures, 7)}{round_}"
