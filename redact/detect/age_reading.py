"""Ages that no frame tells: a number weighed by the words and marks around it.

Most ages are said without a frame ("Me? Forty-eight.", "her daughter, seventy-three, says"), in as
many ways as there are of talking. Every number that could be an age is read with what stands before
and behind it, and a logistic regression says how probably it is one (training/ages.py, decision
045). It sees small and common words as they are, people and kin as one, every other word only as a
word: it has learnt from no name.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from redact.core import Span
from redact.detect.lexicon import is_function_word, is_ordinary
from redact.detect.word_classes import seen_word, word_class
from redact.transcript.said_numbers import TO_A_HUNDRED, said_value
from redact.transcript.spans import offsets_of

ALWAYS, RULE = "", "a rule reads it"  # features of every number, and of those in an age's frame
Weights = Mapping[str, float]

_COULD_BE = re.compile(
    r"(?<![\w.,:/£$€#@-])(?<!\d[ ])(?:1[01]\d|\d{1,2})½?(?![\w:/%@]|[.,]\d|-\d)"
    rf"|(?<![\w-]){TO_A_HUNDRED}(?!\w|-(?!year|yr|some|odd|plus|ish|month|week))",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?…]+|[,;:()\[\]—–\"“”£$%/|\n\t-]")
_SENTENCE_END = re.compile(r"[.!?\n]")
_OF_AGE = re.compile(
    r"\b(?:how\s+(?:old|auld|young)|what\s+age|(?:your|his|her|my)\s+age|birthday|born|oldest|youngest|"
    r"eldest|aulder|older|younger)\b",
    re.IGNORECASE,
)
_OF_A_COUNT = re.compile(r"\bhow\s+(?:many|much|long|far|often|big|late)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PLURAL = re.compile(r"^[a-z]{2,}[^\W\d_'’sui]s$", re.IGNORECASE)
_MONEY = re.compile(
    r"[£$€%]|\b(?:pounds?|dollars?|quid|bucks|cents?|pence|percent|per cent|paid?|pay|rent|costs?|"
    r"worth)\b",
    re.IGNORECASE,
)
_SAYS_WHO = {"he": "<one>", "she": "<one>", "i": "<one>"} | dict.fromkeys(
    ("they", "you", "we"), "<some>"
)
_BOUNDS = (2, 5, 13, 20, 30, 65, 111)
_BACK, _ON, _ASKED, _NEAR = 90, 60, 160, 60  # characters


def could_be_ages(text: str) -> Iterator[Span]:
    """The spans of numbers from 0 to 119, written or said, that are part of no longer number."""
    for match in _COULD_BE.finditer(text):
        yield Span(*match.span())


def ages_read(text: str, framed: Iterable[Span], least: float) -> Iterator[tuple[Span, float]]:
    """The numbers that are ages with at least this probability, and the probability.

    `framed` are the spans that a rule reads as ages.
    """
    weights, told = age_weights(), offsets_of(framed)
    for span in could_be_ages(text):
        seen = features(text, span, not told.isdisjoint(range(span.start, span.end)))
        likely = probability(seen, weights)
        if likely >= least:
            yield span, likely


def probability(seen: frozenset[str], weights: Weights) -> float:
    """Between 0 and 1; what the weights do not know counts for nothing."""
    return 1 / (1 + math.exp(-sum(weights.get(one, 0.0) for one in sorted(seen))))


@cache
def age_weights() -> Weights:
    """The shipped weights, by feature."""
    packed = resources.files("redact.data").joinpath("age_weights.json.gz").read_bytes()
    weights: dict[str, float] = json.loads(gzip.decompress(packed))
    return weights


def features(text: str, span: Span, framed: bool) -> frozenset[str]:
    """What the regression sees of a number: itself, its neighbours, its sentence, a question."""
    surface = text[span.start : span.end]
    value = said_value(surface)
    size = sum(value >= bound for bound in _BOUNDS)
    written = "figures" if surface[0].isdigit() else "said"
    before = seen_around(text, max(0, span.start - _BACK), span.start)
    behind = seen_around(text, span.end, min(len(text), span.end + _ON))
    p3, p2, p1 = (["<none>"] * 3 + before)[-3:]
    n1, n2, n3 = (behind[:3] + ["<none>"] * 3)[:3]
    sentence = _SENTENCE_END.split(text[max(0, span.start - 2 * _ON) : span.start])[-1]
    said = seen_around(sentence, 0, len(sentence))
    rest = _SENTENCE_END.split(text[span.end : span.end + _ON + 20])[0]
    seen = {
        ALWAYS,
        f"size {size}",
        written,
        f"size {size} {written}",
        f"-1 {p1}",
        f"-2 {p2}",
        f"-21 {p2} {p1}",
        f"-321 {p3} {p2} {p1}",
        f"+1 {n1}",
        f"+2 {n2}",
        f"+12 {n1} {n2}",
        f"+123 {n1} {n2} {n3}",
        f"-1+1 {p1} | {n1}",
        f"-21+1 {p2} {p1} | {n1}",
        f"first | {n1}" if not said else f"within | {n1}",
        *(f"sentence {one}" for one in said),
        *(f"goes on {one}" for one in seen_around(rest, 0, len(rest))),
    }
    seen |= {
        f"+1 size {size} {n1}",
        f"-1 size {size} {p1}",
        f"-1+12 {p1} | {n1} {n2}",
        f"-32+1 {p3} {p2} | {n1}",
        f"-2+1 {p2} | {n1}",
        f"-1+2 {p1} | {n2}",
    }
    if who := [one for one in said if one[0] == "<"]:
        seen |= {f"who {who[-1]} | {n1}", f"who {who[-1]} | {p1}"}
    seen |= {f"counts {at}" for at in plurals_behind(text, span)}
    seen |= {f"money {side}" for side in money_beside(text, span)}
    if value and value % 10 == 0:
        seen.add("round")
    if written == "said" and surface.isalpha():
        seen.add("one word")
    if not any(one[0].isalpha() or one[0] == "<" for one in said):
        seen.add("alone")
    if not text[max(0, span.start - _BACK) : span.start].rpartition("\n")[2].strip():
        seen.add("opens a line")
    asked = text[max(0, span.start - _ASKED) : span.start]
    near = text[max(0, span.start - _NEAR) : span.end + _NEAR]
    marks = ((_OF_AGE, asked, "age asked"), (_OF_A_COUNT, asked, "count asked"))
    seen |= {
        name
        for pattern, where, name in (*marks, (_OF_AGE, near, "age near"))
        if pattern.search(where)
    }
    return frozenset(seen | {RULE}) if framed else frozenset(seen)


def plurals_behind(text: str, span: Span) -> tuple[int, ...]:
    """Which of the two words behind a number is a plural first, as 1 or 2: what is counted."""
    if text[span.end : span.end + 1] not in (" ", "-"):
        return ()
    following = _WORD.findall(text[span.end : span.end + 40])[:2]
    plurals = [_PLURAL.search(word) is not None for word in following]
    return (plurals.index(True) + 1,) if True in plurals else ()


def money_beside(text: str, span: Span) -> tuple[str, ...]:
    """On which sides of a number it says that it is paid."""
    sides = {
        "before": text[max(0, span.start - 12) : span.start],
        "behind": text[span.end : span.end + 16],
    }
    return tuple(side for side, said in sides.items() if _MONEY.search(said))


def seen_around(text: str, start: int, end: int) -> list[str]:
    """The pieces between two offsets as the regression sees them."""
    seen: list[str] = []
    before = ""
    for match in _PIECE.finditer(text, start, end):
        piece = match[0]
        starts = before in ("", "\n", ":") or before[0] in ".!?…"
        seen.append(_class(piece, starts))
        before = piece
    return seen


@cache
def _class(piece: str, starts: bool) -> str:
    """A mark or a small or common word as it is; people, kin, numbers, days, names each as one."""
    if not piece[0].isalnum():
        return "?" if "?" in piece else "." if piece[0] in ".!…" else piece
    seen = seen_word(piece)
    if who := _SAYS_WHO.get(seen.base):
        return who + seen.ending
    if one := word_class(seen):
        return one
    if piece[0].isupper() and piece[1:2].islower() and not starts:
        return "<Name>" + seen.ending
    if is_function_word(seen.base) or is_ordinary(seen.base):
        return seen.word
    return "<word>" + seen.ending
