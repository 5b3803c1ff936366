"""Time by length: the chain on shapes that make careless expressions slow, at n, 2n and 4n letters.

    python benchmarks/lengths.py [LETTERS [SHAPE …]]

Processor time of each part in one process and one run. What is held linear has ratios near 2 from
size to size; `slow` marks one above 3 that takes more than half a second.
"""

from __future__ import annotations

import itertools
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from redact.chain import find_mentions, link_mentions, replace_mentions
from redact.core import Detection, Entity, SafeTranscript
from redact.policy import Policy, find_policy, load_policy
from redact.release.released import ReleasedText
from redact.release.second_look import second_look
from redact.transcript.assemble import Corpus, assemble
from redact.transcript.folding import folded

LETTERS = 16_000
MOST_SECONDS = 60.0
_DRAW = random.Random(20)  # noqa: S311 the shapes are no secret
# A unit that is repeated; every one of them was quadratic somewhere, or is a sister of one.
UNITS: Mapping[str, str] = {
    "one letter": "a",
    "capital": "A",
    "digits": "0123456789",
    "brackets": "(",
    "square brackets": "[",
    "hyphens": "a-",
    "capitals with hyphens": "A-",
    "hyphens alone": "-",
    "at": "@",
    "addresses": "a@b.",
    "dots": "a.",
    "dots alone": ".",
    "apostrophes": "a'",
    "combining marks": "e\u0301",
    "combining marks alone": "\u0301",
    "invisible": "a\u200b",
    "one word": "word ",
    "one name": "Morag ",
    "names without blanks": "Morag",
    "capitals": "MORAG MACLEOD ",
    "labels": "P01: Aye.\n",
    "label on one line": "P01: aye. ",
    "numbers": "12 ",
    "years": "2019 ",
    "fractions": "1/2/",
    "said numbers": "nine ",
    "said addresses": "a dot ",
    "entities": "&amp;",
    "quotes": "“a” ",
    "addresses of pages": "http://a.example/b?c=d&e ",
    "one address": "http://a.b/c?d=e&",
    "lines": "\n",
    "blanks": " ",
    "tabs": "\t",
    "times": "00:00:01.000 --> 00:00:02.000\n",
    "labels of ours": "[Person 1] ",
    "half a label": "[Person ",
    "marks of an archive": "@@Isla ",
    "initials": "A B ",
    "and": "Anna and ",
    "organisations": "University of the ",
    "tags": "<",
    "slashes": "/",
    "other scripts": "ع",
}


def shapes() -> dict[str, Callable[[int], str]]:
    """Each shape by name: a text of so many letters."""

    def repeated(unit: str) -> Callable[[int], str]:
        return lambda letters: (unit * (letters // len(unit) + 1))[:letters]

    def letters_without_blanks(letters: int) -> str:
        return "".join(_DRAW.choices("abcdefghijklmnop", k=letters))

    def many_speakers(letters: int) -> str:
        lines = (f"Name{number}: Aye.\n" for number in range(letters // 14 + 1))
        return "".join(lines)[:letters]

    return {
        "letters": letters_without_blanks,
        "many speakers": many_speakers,
        **{name: repeated(unit) for name, unit in UNITS.items()},
    }


@dataclass(slots=True)
class Parts:
    """What a text has become so far; each part of the chain needs the one before."""

    text: str
    policy: Policy
    corpus: Corpus | None = None
    detections: tuple[Detection, ...] = ()
    entities: tuple[Entity, ...] = ()
    safe: tuple[SafeTranscript, ...] = ()

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "read", self._read
        yield "detect", self._detect
        yield "link", self._link
        yield "replace", self._replace
        yield "look again", self._look_again

    def _read(self) -> None:
        folded(self.text)
        self.corpus = assemble({"one": self.text})

    def _detect(self) -> None:
        assert self.corpus is not None
        self.detections = find_mentions(self.corpus, self.policy)

    def _link(self) -> None:
        assert self.corpus is not None
        self.entities = link_mentions(self.corpus, self.detections, self.policy)

    def _replace(self) -> None:
        assert self.corpus is not None
        made = replace_mentions(
            self.corpus, self.entities, self.policy, b"a secret of 32 bytes...."
        )
        self.safe = made.transcripts

    def _look_again(self) -> None:
        texts = [ReleasedText(one.id, one.text, is_transcript=True) for one in self.safe]
        second_look(texts, {})


class TooLong(BaseException):
    """A part took longer than anybody should wait; no `except Exception` may keep it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds_of(text: str, policy: Policy) -> dict[str, float]:
    """Processor seconds of each part; what was not reached in time is not there."""
    taken: dict[str, float] = {}
    parts = Parts(text, policy)
    try:
        for name, do in parts.steps():
            with limited(MOST_SECONDS):
                started = time.process_time()
                do()
                taken[name] = time.process_time() - started
    except TooLong:
        pass
    return taken


def main() -> None:
    arguments = sys.argv[1:]
    letters = int(arguments[0]) if arguments else LETTERS
    policy = load_policy(find_policy("safe-copy"))[0]
    seconds_of("INT: Who?\nP01: Morag MacLeod, in Kilmarnock, on 07700 900 123.\n", policy)
    print("| shape | part | n | 2n | 4n | ratios |\n|---|---|---:|---:|---:|---|", flush=True)
    slow = 0
    for name, make in shapes().items():
        if arguments[1:] and name not in arguments[1:]:
            continue
        taken = [seconds_of(make(letters * times), policy) for times in (1, 2, 4)]
        for part in ("read", "detect", "link", "replace", "look again"):
            times = [one.get(part, MOST_SECONDS) for one in taken]
            ratios = [after / max(before, 0.02) for before, after in itertools.pairwise(times)]
            mark = ratios[-1] > 3 and times[-1] > 0.5
            slow += mark
            shown = " | ".join(f"{one:.2f}" for one in times)
            said = ", ".join(f"{one:.1f}" for one in ratios)
            print(f"| {name} | {part} | {shown} | {said}{' slow' * mark} |", flush=True)
    print(f"\n{slow} slow of {len(shapes())} shapes; n is {letters:,} letters")
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
