"""A labeller of words that has no name by heart: it sees their shape, their ends and neighbours.

A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001), run by
python-crfsuite. It is trained by training/second_look.py on the same open corpora as the name model
and on invented talk, but is built otherwise: no network, no table of names or places.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from redact.detect.lexicon import is_function_word, is_word_too
from redact.transcript.words import Word, words

NO_NAME, NAME = "O", "N"
MODEL = "second_look.crfsuite"
_REACH = 24  # characters before a word that tell whether a sentence begins
_LONGEST = 400  # words that are labelled together
_STARTS = re.compile(r"(?:\A|[.?!…:;\n\r\]\)\"“”]|[-–—]{1,2})[\s\"'“”‘’(*_>]*\Z")


def begins_sentence(text: str, word: Word) -> bool:
    """Whether a sentence, a turn or a quotation begins with this word."""
    return _STARTS.search(text[max(0, word.start - _REACH) : word.start]) is not None


def name_chances(text: str) -> list[tuple[Word, float]]:
    """Each word of a text, and how likely it is (0 to 1) part of a name."""
    import pycrfsuite  # only when somebody looks

    tagger = pycrfsuite.Tagger()  # one a call: it holds the line it was set to
    tagger.open_inmemory(_model())
    chances: list[tuple[Word, float]] = []
    for run in runs(text):
        tagger.set(features(text, run))
        chances += [(word, 1 - tagger.marginal(NO_NAME, at)) for at, word in enumerate(run)]
    return chances


def runs(text: str) -> list[list[Word]]:
    """The words line by line; a line that is very long in pieces."""
    runs: list[list[Word]] = []
    last = 0
    for word in words(text):
        new = not runs or len(runs[-1]) >= _LONGEST or "\n" in text[last : word.start]
        if new:
            runs.append([])
        runs[-1].append(word)
        last = word.end
    return runs


def features(text: str, run: list[Word]) -> list[list[str]]:
    """What the labeller sees of each word of a line."""
    shapes = [_shape(text[word.start : word.end]) for word in run]
    starts = [begins_sentence(text, word) for word in run]
    has_case = any("X" in shape for shape in shapes)
    gaps = ["^", *(_gap(text, a, b) for a, b in pairwise(run)), "$"]
    rows = []
    for at, word in enumerate(run):
        kind, shape, start = _kind(word.folded), shapes[at], starts[at]
        row = [
            *_letters(word.folded),
            f"kind={kind}",
            f"shape={shape}",
            f"shape={shape}|{start}",
            f"case={has_case}",
            f"kind={kind}|{shape[:1]}|{start}",
            f"before={gaps[at]}",
            f"after={gaps[at + 1]}",
        ]
        for step in (-2, -1, 1, 2):
            if not 0 <= at + step < len(run):
                row.append(f"{step}none")
                continue
            other = run[at + step].folded
            row.append(f"{step}word={other}")
            if abs(step) == 1:
                row += [
                    f"{step}kind={_kind(other)}",
                    f"{step}shape={shapes[at + step][:2]}",
                    f"{step}end={other[-3:]}",
                ]
        if at:
            row += [
                f"-1word={run[at - 1].folded}|{shape[:1]}",
                f"-1word={run[at - 1].folded}|{kind}",
            ]
        rows.append(row)
    return rows


def _gap(text: str, one: Word, other: Word) -> str:
    return re.sub(r"\s+", " ", text[one.end : other.start])[:3]


@lru_cache(maxsize=65536)
def _letters(folded: str) -> tuple[str, ...]:
    ends = [f"end={folded[-n:]}" for n in (2, 3, 4)]
    return (f"word={folded}", *ends, f"start={folded[:3]}")


@lru_cache(maxsize=65536)
def _kind(folded: str) -> str:
    """A word of any talk, an ordinary word (a name too, perhaps), or neither."""
    return "f" if is_function_word(folded) else "w" if is_word_too(folded) else "-"


@lru_cache(maxsize=65536)
def _shape(surface: str) -> str:
    """Capitals, small letters and figures, runs of one kind shortened: "McRae" is XxXx+."""
    kinds = "".join(
        "9" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in surface
    )
    return re.sub(r"x{2,}", "x+", re.sub(r"X{2,}", "X+", kinds))


@cache
def _model() -> bytes:
    """Kept for good: a tagger reads on in these bytes and does not hold them itself."""
    return resources.files("redact.data").joinpath(MODEL).read_bytes()
