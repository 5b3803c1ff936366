"""Is every community's name found alike? Persons covered, by the origin of the name.

The hand-written transcripts of samples/ are told again with every person renamed from one
list of names (samples/further/origins.txt), once for each origin; nothing else changes, so that
a difference is the name's. The training lists hold none of these names, and five of the origins
not at all. Each transcript is read alone: the names are few, and the corpus as evidence would
carry them from one to the next. (Substitution as in Mishra, He and Belli, "Assessing Demographic
Bias in Named Entity Recognition", 2020.)
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from redact.core import Transcript
from redact.detect.detector import detect
from redact.evaluate.gold import GoldDocument, GoldSpan, lowered, read_gold
from redact.evaluate.metrics import Predicted, evaluate
from redact.policy import load_policy
from redact.transcript.turns import read_structure
from redact.transcript.words import fold

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ("co-production/gold.jsonl", "further/seen.jsonl", "further/unseen.jsonl")
_TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev reverend sir dame sister father councillor "
    "judge justice auntie aunt uncle pastor officer sheriff coach deacon bishop big wee auld ma "
    "mister miz la don doña señora de and the brother elder chief".split()
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPELLED = re.compile(r"(?:[A-Za-z][-. ]+){2,}[A-Za-z]")

Names = dict[str, tuple[list[str], list[str]]]


def read_origins(path: Path) -> Names:
    """Given and family names by origin."""
    parts: dict[str, dict[str, list[str]]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, names = line.partition(":")
            origin, part = head.split()
            parts.setdefault(origin, {})[part] = names.split()
    return {origin: (part["given"], part["family"]) for origin, part in parts.items()}


def family_names(documents: list[GoldDocument]) -> set[str]:
    """Words that close a name of several words or follow a title."""
    found = set()
    for document in documents:
        for span in persons(document):
            parts = fold(document.text[span.start : span.end])
            if len(parts) > 1:
                found.add(parts[-1])
    return found


def persons(document: GoldDocument) -> list[GoldSpan]:
    return [span for span in document.spans if span.label == "PERSON"]


def renamed(
    documents: list[GoldDocument], given: list[str], family: list[str]
) -> list[GoldDocument]:
    """The documents with each word of a person's name exchanged, the same word by the same."""
    last = family_names(documents)
    next_given, next_family = cycle(given), cycle(family)
    new: dict[str, str] = {}

    def exchanged(match: re.Match[str]) -> str:
        word = match[0]
        folded = "".join(fold(word))
        if folded in _TITLES:
            return word
        if folded not in new:
            new[folded] = next(next_family if folded in last else next_given)
        return new[folded].lower() if word.islower() else new[folded]

    def told(surface: str) -> str:
        if _SPELLED.fullmatch(surface):
            return "-".join(next(next_given).upper())
        return _TOKEN.sub(exchanged, surface)

    result = []
    for document in documents:
        text, spans, at = "", [], 0
        for span in sorted(document.spans, key=lambda s: s.start):
            if span.start < at:
                continue  # a gold span inside another
            text += document.text[at : span.start]
            surface = document.text[span.start : span.end]
            surface = told(surface) if span.label == "PERSON" else surface
            spans.append(
                GoldSpan(
                    start=len(text),
                    end=len(text) + len(surface),
                    label=span.label,
                    entity=span.entity,
                )
            )
            text += surface
            at = span.end
        result.append(
            GoldDocument(id=document.id, text=text + document.text[at:], spans=tuple(spans))
        )
    return result


def read_texts() -> list[GoldDocument]:
    """The hand-written transcripts; ids are unlike across files."""
    return [
        replace(document, id=f"{name}/{document.id}")
        for name in TEXTS
        for document in read_gold(ROOT / "samples" / name)
    ]


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """Title and rows: the origin, persons covered in case and without, with 95% intervals."""
    policy, _ = load_policy(ROOT / "policies" / "safe-copy.toml")
    texts = read_texts()
    rows: list[tuple[str, ...]] = []
    for origin, (given, family) in read_origins(ROOT / "samples/further/origins.txt").items():
        told = renamed(texts, given, family)
        cells = []
        for documents in (told, [lowered(document) for document in told]):
            transcripts = tuple(
                Transcript(id=d.id, text=d.text, turns=read_structure(d.text).turns)
                for d in documents
            )
            predicted = {
                found.transcript: tuple(
                    Predicted(start=m.start, end=m.end, label=m.label, entity="")
                    for m in found.mentions
                )
                for transcript in transcripts
                for found in detect((transcript,), policy)
            }
            figure = evaluate(tuple(documents), predicted)["covered"]["PERSON"]
            cells.append(f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]")
        rows.append((f"{origin:16}", f"in case {cells[0]}", f"lower {cells[1]}"))
    return f"Persons covered by origin of the name, {len(texts)} transcripts, no roster", rows
