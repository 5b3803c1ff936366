"""Forms of those who withdrew: looked for in every release, and known to nobody any more.

What is left of a form is a keyed token. A text is read with every stretch that is as long as one
of them, folded as all forms are, and its tokens compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from redact.custody.payload import Forgotten
from redact.detect.key_search import Occurrence, Reach, reach_of
from redact.study.names import token
from redact.transcript.folding import folded, unmarked
from redact.transcript.glued import SHORTEST_NUMBER, SHORTEST_RUN, number_runs, run_of, text_runs
from redact.transcript.words import fold, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """Where a forgotten form stands, and its kind; `word` is the place's folded word, if one."""

    start: int
    end: int
    label: str
    word: str = ""


class _Tokens:
    """Tokens ready to be compared, with the kinds of each and the sizes there are."""

    def __init__(self, secret: bytes, forgotten: Iterable[Forgotten]) -> None:
        self._secret = secret
        self._known: dict[tuple[str, int, str], list[str]] = {}
        self._sizes: dict[str, set[int]] = {}
        for one in forgotten:
            if one.type == "AGE":  # an earlier build left tokens of them
                continue
            self._known.setdefault((one.kind, one.size, one.token), []).append(one.type)
            self._sizes.setdefault(one.kind, set()).add(one.size)

    def sizes(self, kind: str) -> list[int]:
        return sorted(self._sizes.get(kind, ()))

    def labels(self, kind: str, size: int, said: str) -> list[str]:
        return self._known.get((kind, size, _token(self._secret, kind, said)), [])


def _token(secret: bytes, kind: str, said: str) -> str:
    return token(secret, f"forgotten {kind}", said)


def forget(secret: bytes, forms: Iterable[tuple[str, str]]) -> tuple[Forgotten, ...]:
    """Tokens of these (label, text) forms, in an order that tells nothing.

    A form that is looked for in no other transcript (an age, a small number) has none: elsewhere
    the same word is somebody else's, or a time of day.
    """
    made: set[tuple[str, str, int, str]] = set()
    for label, text in forms:
        if reach_of(label, text) in (Reach.IN_ITS_OWN, Reach.NOWHERE):
            continue
        said, run = fold(text), run_of(text)
        digits = "".join(filter(str.isdigit, unmarked(text)))
        if said:
            made.add((_token(secret, "words", " ".join(said)), "words", len(said), label))
        if len(run) >= SHORTEST_RUN and not run.isdigit():
            made.add((_token(secret, "run", run), "run", len(run), label))
        if len(digits) >= SHORTEST_NUMBER:
            made.add((_token(secret, "digits", digits), "digits", len(digits), label))
    return tuple(
        Forgotten.model_validate({"kind": kind, "size": size, "token": hashed, "type": label})
        for hashed, kind, size, label in sorted(made)
    )


def recall(secret: bytes, forgotten: tuple[Forgotten, ...], text: str) -> Iterator[Recalled]:
    """Every place of the text where a forgotten form stands."""
    if not forgotten:
        return
    seen = folded(text)
    for one in _recall(_Tokens(secret, forgotten), seen.text):
        place = seen.source(one.start, one.end)
        yield replace(one, start=place.start, end=place.end)


def _recall(tokens: _Tokens, text: str) -> Iterator[Recalled]:
    found = words(text)
    for size in tokens.sizes("words"):
        for at in range(len(found) - size + 1):
            part = found[at : at + size]
            word = part[0].folded if size == 1 else ""
            for label in tokens.labels("words", size, " ".join(one.folded for one in part)):
                yield Recalled(start=part[0].start, end=part[-1].end, label=label, word=word)
    for kind, runs in (("run", text_runs), ("digits", number_runs)):
        if sizes := tokens.sizes(kind):
            for one in runs(text):
                parts = _within(tokens, kind, sizes, one.key)
                if kind == "run" and parts:  # a whole word is told by itself, at its own place
                    for other in found:
                        inside = one.start <= other.start and other.end <= one.end
                        if inside and tokens.labels("words", 1, other.folded):
                            parts[run_of(other.folded)] -= 1
                told = {
                    label
                    for part, times in parts.items()
                    if times > 0
                    for label in tokens.labels(kind, len(part), part)
                }
                for label in sorted(told):
                    yield Recalled(start=one.start, end=one.end, label=label)


def _within(tokens: _Tokens, kind: str, sizes: list[int], run: str) -> Counter[str]:
    """What is known and stands anywhere in a run, and how often."""
    parts = ((size, run[at : at + size]) for size in sizes for at in range(len(run) - size + 1))
    return Counter(part for size, part in parts if tokens.labels(kind, size, part))


def recalled(secret: bytes, forgotten: tuple[Forgotten, ...], text: str) -> Iterator[Occurrence]:
    """The same as occurrences of a form that nobody knows."""
    for one in recall(secret, forgotten, text):
        yield Occurrence(start=one.start, end=one.end, label=one.label, one_word=one.word)
