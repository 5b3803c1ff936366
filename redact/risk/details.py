"""Passages whose details single a person out together: role, place and event, with no name.

"The only Gaelic-speaking team leader on the island" names nobody. UK Data Service and the ICO's
motivated intruder test (Anonymisation guidance, 2025) ask that a person look at such combinations;
this finds them for that person. It is a list of words, not an understanding: it flags, it does not
decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Literal, cast, get_args

from redact.core import DETAIL, Detection, Place, Transcript
from redact.transcript.vocabulary import KIN, TENS, UNITS, one_of
from redact.transcript.words import Forms, fold

Kind = Literal[
    "unique",
    "news",
    "office",
    "role",
    "event",
    "place",
    "background",
    "health",
    "family",
    "size",
    "age",
    "date",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
_OF_MENTIONS: Mapping[str, Kind] = {"PLACE": "place", "DATE": "date", "AGE": "age"}
_ABOUT_SOMEBODY = frozenset({"news", "office", "role", "event", "background", "health", "family"})
_ENOUGH = 3  # kinds of detail about one person, without the word that says there is one only
_NUMBER = rf"(?:\d{{1,3}}|{one_of([*UNITS[2:], *TENS])})"
_KIN = one_of(KIN)
SIZE = re.compile(
    rf"\b(?:{_NUMBER}[- ](?:person|bed|bedded|strong|staff|man)\b|{_NUMBER} of us\b|"
    rf"(?:staff|team|board|congregation|population) of (?:about |around |just |only )?{_NUMBER}\b|"
    rf"{_NUMBER} (?:staff|houses|families|members|residents|employees|people work))",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:(?:\d{2,3}|\w+)[- ]year[- ]old|(?:in (?:his|her|my|their) (?:late |early |mid )?"
    r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))|centenarian)\b",
    re.IGNORECASE,
)
_KIN_OF = re.compile(
    rf"['’]s (?:\w+ )?{_KIN}\b|\bwhose {_KIN}\b",
    re.IGNORECASE,
)
_BUILD = re.compile(r"\b(?:six|seven|6|7)[- ](?:foot|feet|ft)[- ](?!of\b)\w+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.?!…]+[\"”’')\]]*\s+|\n+")
# "the only nurse", "our youngest tenant"; not "if only", "I only went", "it is oldest".
_OF_ITS_KIND = re.compile(
    r"\b(?:the|our|my|your|his|her|their|its|an?|one|\w+['’]s) \Z", re.IGNORECASE
)
_LOOSE = frozenset({"only", "only one", "oldest", "youngest", "sole"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One detail: its kind and place, and its folded words (of a mention its label)."""

    kind: Kind
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of one turn whose details single somebody out together.

    `seen_in` is in how many interviews the same details stand together in a passage: 1 is unique.
    """

    transcript: str
    start: int
    end: int
    hits: tuple[Detail, ...]
    seen_in: int = 1

    @property
    def place(self) -> Place:
        return Place.at(self.transcript, self.start, self.end)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        hit_kinds = {hit.kind for hit in self.hits}
        return tuple(kind for kind in KINDS if kind in hit_kinds)


def single_out(
    transcripts: Iterable[Transcript], detections: Mapping[str, Detection]
) -> tuple[Passage, ...]:
    """The passages for a person to look at: those that say "the only" first, then the most telling.

    `detections` are by transcript, reviewers' word included: a detail that was bracketed is gone.
    """
    telling = [
        passage
        for transcript in transcripts
        for passage in _of_transcript(transcript, detections.get(transcript.id))
    ]
    together: Counter[frozenset[str]] = Counter()
    for names in {(p.transcript, _combination(p)) for p in telling}:
        together[names[1]] += 1
    counted = [
        Passage(
            transcript=p.transcript,
            start=p.start,
            end=p.end,
            hits=p.hits,
            seen_in=together[_combination(p)],
        )
        for p in telling
    ]
    return tuple(sorted(counted, key=_telling))


def _telling(passage: Passage) -> tuple[object, ...]:
    kinds = passage.kinds
    return ("unique" not in kinds, -len(kinds), passage.seen_in, passage.transcript, passage.start)


def _combination(passage: Passage) -> frozenset[str]:
    return frozenset(f"{hit.kind}:{hit.words}" for hit in passage.hits)


@lru_cache(maxsize=2048)  # the page asks again after every decision
def _of_transcript(transcript: Transcript, detection: Detection | None) -> tuple[Passage, ...]:
    text = transcript.text
    gone = [(m.start, m.end) for m in detection.mentions if m.label == DETAIL] if detection else []
    hits = _hits(text, detection)
    passages = []
    for start, end in _windows(transcript):
        mine = tuple(hit for hit in hits if start <= hit.start and hit.end <= end)
        mine = tuple(h for h in mine if not any(a < h.end and h.start < b for a, b in gone))
        if _singles_out(mine, text):
            passages.append(
                Passage(transcript=transcript.id, start=mine[0].start, end=mine[-1].end, hits=mine)
            )
    return tuple(_widest(passages))


def _singles_out(hits: tuple[Detail, ...], text: str) -> bool:
    """What a newspaper would have; one of a kind or an office with any other detail; three kinds of
    detail; or two that tell of the person in one sentence.
    """
    kinds = {hit.kind for hit in hits}
    about = kinds & _ABOUT_SOMEBODY
    if "news" in kinds or ("office" in kinds and len(kinds) > 1):
        return True
    if "unique" in kinds or len(kinds) >= _ENOUGH:
        return bool(about) or {"unique", "place"} <= kinds
    one_sentence = len(hits) > 1 and not _SENTENCE.search(text, hits[0].start, hits[-1].end)
    return len(about) > 1 and one_sentence


def _windows(transcript: Transcript) -> list[tuple[int, int]]:
    """Each sentence of a turn with the one after it: what is said in one breath."""
    windows = []
    for turn in transcript.turns:
        start = max([turn.start, *(s.end for s in (turn.speaker, turn.time) if s)])
        ends = [m.end() for m in _SENTENCE.finditer(transcript.text, start, turn.end)]
        edges = [start, *ends, turn.end]
        sentences = [(a, b) for a, b in pairwise(edges) if transcript.text[a:b].strip()]
        windows += [(a, d) for (a, _), (_, d) in pairwise(sentences)] or sentences
    return windows


def _widest(passages: list[Passage]) -> list[Passage]:
    """Windows overlap; of two that share a detail the one that tells more stays."""
    left: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (-len(p.kinds), -len(p.hits), p.start)):
        if not any(a.start < passage.end and passage.start < a.end for a in left):
            left.append(passage)
    return sorted(left, key=lambda p: p.start)


def _hits(text: str, detection: Detection | None) -> list[Detail]:
    mentions = detection.mentions if detection else ()
    hits = [
        Detail(kind=_OF_MENTIONS[m.label], start=m.start, end=m.end, words=m.label)
        for m in mentions
        if m.label in _OF_MENTIONS
    ]
    hidden = [(m.start, m.end) for m in mentions]
    said = [
        Detail(
            kind=cast(Kind, hit.key),
            start=hit.start,
            end=hit.end,
            words=" ".join(fold(text[hit.start : hit.end])),
        )
        for hit in headed_forms("details.txt").find(text)
    ]
    shapes: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("size", SIZE),
        ("age", _AGED),
        ("family", _KIN_OF),
        ("health", _BUILD),
    )
    said += [
        Detail(kind=kind, start=match.start(), end=match.end(), words=" ".join(fold(match[0])))
        for kind, shape in shapes
        for match in shape.finditer(text)
    ]
    for hit in said:
        in_mention = any(start < hit.end and hit.start < end for start, end in hidden)
        if not in_mention and not _is_idle(text, hit):
            hits.append(hit)
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _is_idle(text: str, hit: Detail) -> bool:
    """Words that single out elsewhere, but not as they are used here."""
    before = text[max(0, hit.start - 12) : hit.start]
    if hit.kind == "unique" and hit.words in _LOOSE:
        return _OF_ITS_KIND.search(before) is None
    if text[hit.start : hit.end].isupper():
        return False
    upper = {"bbc", "mbe", "obe", "cbe", "gp", "mp", "msp", "hiv", "als", "ms", "mnd"}
    return hit.words in upper


@cache
def headed_forms(name: str) -> Forms[str]:
    """The words of a list of redact.data, each filed under the heading it stands below."""
    forms = Forms[str]([])
    kind = ""
    lines = resources.files("redact.data").joinpath(name).read_text("utf-8")
    for line in lines.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            forms.add(line, kind)
            if not line.isupper():
                forms.add(f"{line}s", kind)
    return forms
