"""Annotated text as windows of word pieces with their labels. For maintainers.

A window is a run of whole lines of one document. Each epoch shows it in another guise: as it
stands, without case, or without case and punctuation, as a speech recogniser writes.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from redact.transcript.case import word_cases

LABELS = ("O", "B-PERSON", "I-PERSON", "B-PLACE", "I-PLACE", "B-ORG", "I-ORG")
CORPORA = ("gum_train_open", "wnut17_train", "btc", "uner_ewt_dev")
LONGEST = 128
HELD_BACK = 8  # one document in eight, chosen by a hash of corpus and id

_PUNCTUATION = re.compile(r"[.,!?;:\"“”]+(?=\s|\Z)")

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Passage:
    """A stretch of text and its names; offsets are code points of `text`, end exclusive."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Window:
    """One training example: pieces, the case of each, and the number of its label."""

    pieces: tuple[int, ...]
    cases: tuple[int, ...]
    labels: tuple[int, ...]


def read_corpus(folder: Path, name: str) -> tuple[list[dict], list[dict]]:
    """Documents to train on and documents held back."""
    train, held = [], []
    for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        key = f"{name}/{document['id']}".encode()
        back = hashlib.sha256(key).digest()[0] % HELD_BACK == 0
        (held if back else train).append(document)
    return train, held


def passages(document: dict, characters: int = 420) -> list[Passage]:
    """A document cut at line ends into stretches of about so many characters."""
    text = document["text"]
    spans = sorted((s["start"], s["end"], s["label"]) for s in document["spans"])
    cut, edges, last = [], [0], 0
    for match in re.finditer(r"\n", text):
        if match.end() - last >= characters:
            edges.append(match.end())
            last = match.end()
    edges.append(len(text))
    for start, end in zip(edges, edges[1:], strict=False):
        inside = tuple(
            (a - start, b - start, label)
            for a, b, label in spans
            if start <= a and b <= end and label in ("PERSON", "PLACE", "ORG")
        )
        if text[start:end].strip():
            cut.append(Passage(text[start:end], inside))
    return cut


def disguise(passage: Passage, rng: random.Random) -> Passage:
    """The passage as it stands (2 in 5), without case, or without case and punctuation."""
    draw = rng.random()
    if draw < 0.4:
        return passage
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in passage.text)
    passage = Passage(lowered, passage.spans)
    return passage if draw < 0.6 else without_punctuation(passage)


def without_punctuation(passage: Passage) -> Passage:
    """The passage without its stops and commas, spans moved along."""
    out, moved, removed, last = [], [], [], 0
    for match in _PUNCTUATION.finditer(passage.text):
        out.append(passage.text[last : match.start()])
        removed.append((match.start(), match.end() - match.start()))
        last = match.end()
    out.append(passage.text[last:])

    def at(offset: int) -> int:
        return offset - sum(min(n, offset - place) for place, n in removed if place < offset)

    for start, end, label in passage.spans:
        if at(start) < at(end):
            moved.append((at(start), at(end), label))
    return Passage("".join(out), tuple(moved))


def encode(passage: Passage, tokenizer) -> Window:
    """Pieces and labels; what is longer than a window is cut off."""
    coded = tokenizer.encode(passage.text)
    case = word_cases(passage.text)
    starts = {}
    owner = [None] * (len(passage.text) + 1)
    for number, (start, end, label) in enumerate(passage.spans):
        for at in range(start, min(end, len(passage.text))):
            owner[at] = number
        starts[number] = label
    labels, cases, last = [], [], None
    for (start, end), special in zip(coded.offsets, coded.special_tokens_mask, strict=True):
        if special:
            labels.append(-100)
            cases.append(0)
            last = None
            continue
        cases.append(int(case[start]))
        number = owner[start]
        if number is None:
            labels.append(0)
        else:
            begins = "I" if number == last else "B"
            labels.append(LABELS.index(f"{begins}-{starts[number]}"))
        last = number
    return Window(tuple(coded.ids), tuple(cases), tuple(labels))
