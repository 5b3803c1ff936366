"""What is left for the researcher: does the safe corpus give the answers the original gives?

- words unchanged: share of words outside the gold's mentions that no replacement touched.
- kept: share of the gold's KEEP mentions of which no letter was touched.
- lines, turns, speakers, times: share of transcripts in which they are the same when the safe text
  is read afresh: as many lines; as many turns, each with or without a speaker as before; the same
  order of speakers, whatever they are called; the same time codes.
- frequent words: of the 50 words said most in a nation or an organisation, the share that is also
  among the 50 of the safe corpus (mean over the groups; words in mentions aside).
- telling words: the same for the 25 words that tell a nation, or an organisation, from the rest by
  log-likelihood (Dunning 1993; Rayson and Garside 2000).
- co-mention: F1 of the pairs of people, places and organisations named in one interview, as a
  reader of the safe text sees them, against the gold's. A reader knows them by what is shown.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby

from redact.core import NAMES, Decision, SafeTranscript, Transcript
from redact.evaluate.gold import KEEP, GoldDocument
from redact.replace.grammar import GRAMMAR
from redact.transcript.turns import read_structure

FREQUENT, TELLING = 50, 25
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Share:
    """A share and what it is of; `value` is None where there was nothing to count."""

    value: float | None
    of: int


def measure_utility(
    gold: Iterable[GoldDocument],
    transcripts: tuple[Transcript, ...],
    safe: tuple[SafeTranscript, ...],
    decisions: Iterable[Decision],
) -> dict[str, Share]:
    """The figures by name, in the order of this module's description."""
    documents = list(gold)
    said_of = {transcript.id: transcript for transcript in transcripts}
    safe_of = {item.id: item for item in safe}
    triples = [(d, said_of[d.id], safe_of[d.id]) for d in documents]
    figures: dict[str, Share] = {
        "words unchanged": _share([_unchanged(d, s) for d, _, s in triples]),
        "kept": _share([_kept(d, s) for d, _, s in triples]),
    }
    checks = [_structure(t.text, s.text) for _, t, s in triples]
    for number, name in enumerate(("lines", "turns", "speakers", "times")):
        figures[name] = _share([(int(check[number]), 1) for check in checks])
    words = [
        (
            t,
            _words_aside(d.text, [(x.start, x.end) for x in d.spans if x.label != KEEP]),
            _words_aside(s.text, [(r.safe_start, r.safe_end) for r in s.replacements]),
        )
        for d, t, s in triples
    ]
    for name, group in (("nation", "nation"), ("organisation", "organisation")):
        groups = [
            (str(getattr(t, group)), before, after)
            for t, before, after in words
            if getattr(t, group) not in ("", "unknown")
        ]
        figures[f"frequent words by {name}"] = _same(groups, _frequent)
        figures[f"telling words by {name}"] = _same(groups, _telling)
    figures["co-mention"] = _co_mention(triples, {d.entity: d for d in decisions})
    return figures


def _share(counts: list[tuple[int, int]]) -> Share:
    part, whole = sum(p for p, _ in counts), sum(w for _, w in counts)
    return Share(part / whole if whole else None, whole)


def _unchanged(document: GoldDocument, safe: SafeTranscript) -> tuple[int, int]:
    named = _covered((s.start, s.end) for s in document.spans if s.label != KEEP)
    touched = _covered((r.start, r.end) for r in safe.replacements if r.entity != GRAMMAR)
    outside = [m for m in _WORD.finditer(document.text) if m.start() not in named]
    same = sum(not any(at in touched for at in range(*m.span())) for m in outside)
    return same, len(outside)


def _kept(document: GoldDocument, safe: SafeTranscript) -> tuple[int, int]:
    touched = _covered((r.start, r.end) for r in safe.replacements)
    spans = [span for span in document.spans if span.label == KEEP]
    return sum(not touched.intersection(range(s.start, s.end)) for s in spans), len(spans)


def _covered(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _structure(before: str, after: str) -> tuple[bool, bool, bool, bool]:
    """Whether lines, turns, order of speakers and times are the same, both texts read afresh."""
    one, two = read_structure(before).turns, read_structure(after).turns
    lines = _LINE_END.findall(before) == _LINE_END.findall(after)
    turns = [bool(t.speaker) for t in one] == [bool(t.speaker) for t in two]
    times = [before[t.time.start : t.time.end] for t in one if t.time] == [
        after[t.time.start : t.time.end] for t in two if t.time
    ]
    return lines, turns, turns and _order(before) == _order(after), times


def _order(text: str) -> list[int]:
    """Speakers as numbers, in the order in which they first speak."""
    labels = [
        " ".join(text[t.speaker.start : t.speaker.end].casefold().split())
        for t in read_structure(text).turns
        if t.speaker
    ]
    number = {label: at for at, label in enumerate(dict.fromkeys(labels))}
    return [number[label] for label, _ in groupby(labels)]


def _words_aside(text: str, spans: list[tuple[int, int]]) -> Counter[str]:
    aside = _covered(spans)
    return Counter(m[0].casefold() for m in _WORD.finditer(text) if m.start() not in aside)


Group = tuple[str, Counter[str], Counter[str]]


Choose = Callable[[str, Mapping[str, Counter[str]]], set[str]]


def _same(groups: list[Group], choose: Choose) -> Share:
    """Mean share of each group's best words that are also the safe corpus's."""
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for name, one, two in groups:
        before[name] += one
        after[name] += two
    if len(before) < 2:
        return Share(None, 0)
    shares = []
    for name in before:
        first, second = choose(name, before), choose(name, after)
        shares.append(len(first & second) / len(first) if first else 1.0)
    return Share(sum(shares) / len(shares), len(shares))


def _frequent(name: str, groups: Mapping[str, Counter[str]]) -> set[str]:
    ordered = sorted(groups[name].items(), key=lambda item: (-item[1], item[0]))
    return {word for word, _ in ordered[:FREQUENT]}


def _telling(name: str, groups: Mapping[str, Counter[str]]) -> set[str]:
    mine = groups[name]
    rest = sum((counts for other, counts in groups.items() if other != name), Counter[str]())
    size, others = mine.total(), rest.total()

    def likelihood(word: str) -> float:
        a, b = mine[word], rest[word]
        expected = size * (a + b) / (size + others)
        against = others * (a + b) / (size + others)
        value = a * math.log(a / expected) + (b * math.log(b / against) if b else 0.0)
        return 2 * value if a > expected else 0.0

    ordered = sorted(mine, key=lambda word: (-likelihood(word), word))
    return set(ordered[:TELLING])


def _co_mention(
    triples: list[tuple[GoldDocument, Transcript, SafeTranscript]], decided: Mapping[str, Decision]
) -> Share:
    """F1 of pairs of entities in one interview; what a reader sees stands for most of its gold."""
    texts = Counter(decision.text for decision in decided.values())
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    read: list[tuple[set[str], set[str]]] = []
    for document, _, safe in triples:
        spans = [s for s in document.spans if s.label in NAMES and s.entity]
        shown: set[str] = set()
        for item in safe.replacements:
            decision = decided.get(item.entity)
            over = [s for s in spans if s.start < item.end and item.start < s.end]
            if decision is None or not over or not item.text.strip():
                continue
            known_by = decision.pseudonym if texts[decision.text] == 1 else decision.text
            seen[known_by][over[0].entity] += 1
            shown.add(known_by)
        for span in spans:  # what was left as it was said is known by itself
            if not any(r.start < span.end and span.start < r.end for r in safe.replacements):
                seen[f"\0{span.entity}"][span.entity] += 1
                shown.add(f"\0{span.entity}")
        read.append(({span.entity for span in spans}, shown))
    stands_for = {name: counts.most_common(1)[0][0] for name, counts in seen.items()}
    right = said = true = 0
    for entities, shown in read:
        pairs = set(combinations(sorted(entities), 2))
        found = [
            tuple(sorted((stands_for[a], stands_for[b]))) for a, b in combinations(sorted(shown), 2)
        ]
        right += len(pairs & set(found))
        said += len(found)
        true += len(pairs)
    return Share(2 * right / (said + true) if said + true else None, true)
