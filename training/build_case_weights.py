"""Trains two tables of words that are written small. For maintainers.

    python training/build_case_weights.py FOLDER_OF_CORPORA redact/data

A unigram model of letter case on open English text: for every word seen small at
least three times, log2 of small against capital in mid-sentence (add-half), kept if
it is at least 1.5: small_words.tsv.gz. The same over far more talk, with bounds that let
no name in, gives ordinary_words.txt.gz. Words and weights are shipped, the text is not;
attribution in NOTICE.md.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CORPORA = ("gum_train_open.jsonl", "wnut17_train.jsonl", "btc.jsonl")
LEAST_SMALL, LEAST_WEIGHT = 3, 1.5
MORE_TALK = (*CORPORA, "slue_train.jsonl", "inquiry_talk.jsonl")
LEAST_ORDINARY, LEAST_SURE = 4, 3.0
_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(r"(?:^|[.?!:\"“\n])\W*\Z")


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a word was written small, and how strongly it is: log2 against capitals."""

    word: str
    small: int
    weight: float


def main() -> None:
    """Counts and writes."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    weighed = [w for w in seen(folder, CORPORA) if w.small >= LEAST_SMALL]
    lines = [f"{w.word}\t{w.weight:.1f}" for w in weighed if w.weight >= LEAST_WEIGHT]
    _write(target / "small_words.tsv.gz", lines)
    sure = [w for w in seen(folder, MORE_TALK) if w.small >= LEAST_ORDINARY]
    _write(target / "ordinary_words.txt.gz", [w.word for w in sure if w.weight >= LEAST_SURE])


def seen(folder: Path, corpora: Iterable[str]) -> list[Seen]:
    """Every word that is written small somewhere, in the order of the alphabet."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for name in corpora:
        for line in (folder / name).read_text("utf-8").splitlines():
            document = json.loads(line)
            named = {at for s in document.get("spans", ()) for at in range(s["start"], s["end"])}
            for sentence in re.finditer(r"[^\n]+", document["text"]):
                words = list(_WORD.finditer(sentence[0]))
                titled = sum(match[0][0].isupper() for match in words)
                if titled * 2 > len(words):
                    continue  # a heading says nothing about case
                for match in words:
                    word, at = match[0], sentence.start() + match.start()
                    if len(word) < 2:
                        continue
                    if word.islower() and at not in named:
                        small[word] += 1
                    elif at in named or not _FIRST.search(sentence[0][: match.start()]):
                        capital[word.lower()] += 1
    return [
        Seen(word, count, math.log2((count + 0.5) / (capital[word] + 0.5)))
        for word, count in sorted(small.items())
    ]


def _write(out: Path, lines: list[str]) -> None:
    with out.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode("utf-8"))


if __name__ == "__main__":
    main()
