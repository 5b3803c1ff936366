"""What the talk tells without a name: by passage, by interview, and by organisation.

Nothing here is an original: people and organisations stand under their pseudonyms, and passages and
clues as the safe transcripts have them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from redact.assess.organisations import Organisation, organisations_told
from redact.core import NAMES, SafeTranscript
from redact.detect.key_search import KeySearch
from redact.formats.registry import stem_of
from redact.release.contents import Contents
from redact.replace.splice import moved
from redact.risk.details import Kind, Passage, single_out
from redact.study import records
from redact.study.desk import Desk, detections_of
from redact.study.rulings import Left
from redact.study.search import line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A passage that singles somebody out, as the safe transcript has it."""

    file: str
    line: int
    kinds: tuple[Kind, ...]
    seen_in: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfInterview:
    """What one interview tells: its passages, and the details that no other interview has.

    `rarest` is in how many interviews its rarest combination of details stands; 0 without one.
    """

    file: str
    alone: bool  # its row of the data list is like no other
    passages: int
    kinds: dict[Kind, int]
    rarest: int
    only_here: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tells:
    """All of it."""

    passages: tuple[Telling, ...] = ()
    interviews: tuple[OfInterview, ...] = ()
    organisations: tuple[Organisation, ...] = ()


def what_tells(desk: Desk, contents: Contents) -> Tells:
    """What nobody has dealt with, as a reader of the release would see it."""
    search = KeySearch(
        (e.type, f.text) for e in desk.key.entries if e.type in NAMES for f in e.forms
    )
    passages = _passages(desk)
    return Tells(
        tuple(_as_shown(contents, passage) for passage in passages),
        _interviews(contents, passages, search),
        organisations_told(desk, contents, passages, search),
    )


def _passages(desk: Desk) -> tuple[Passage, ...]:
    """Those that nobody has dealt with."""
    rows = records.read_rulings(desk.study.rulings)
    left = [r.place for r in rows if isinstance(r, Left)]
    passages = single_out(desk.transcripts, {d.transcript: d for d in detections_of(desk)})
    return tuple(p for p in passages if not any(p.place.overlaps(one) for one in left))


def _as_shown(contents: Contents, passage: Passage) -> Telling:
    document = contents.key.document(passage.transcript)
    safe = contents.safe[contents.key.documents.index(document)]
    start, end = moved(safe, _outside(safe, passage.start)), moved(safe, passage.end)
    return Telling(
        file=document.safe_name,
        line=line_of(safe.text, start),
        kinds=passage.kinds,
        seen_in=passage.seen_in,
        text=" ".join(safe.text[start:end].split()),
    )


def _outside(safe: SafeTranscript, at: int) -> int:
    """The offset, or where the replacement begins that it lies in: a replacement is shown whole."""
    return next((r.start for r in safe.replacements if r.start < at < r.end), at)


def _interviews(
    contents: Contents, passages: tuple[Passage, ...], search: KeySearch
) -> tuple[OfInterview, ...]:
    """Every interview, those that tell the most first."""
    alone = _alone(contents)
    mine: dict[str, list[Passage]] = defaultdict(list)
    where: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    for passage in passages:
        mine[passage.transcript].append(passage)
        for hit in passage.hits:
            where[hit.kind, hit.words].add(passage.transcript)
    interviews = []
    for document in contents.key.documents:
        told = mine[document.doc_id]
        details = {(h.kind, h.words) for p in told for h in p.hits}
        only = sorted(
            words.removeprefix("s ")
            for kind, words in details
            if len(where[kind, words]) == 1
            and not words.isupper()
            and not any(True for _ in search.find(words))
        )
        kinds: dict[Kind, int] = defaultdict(int)
        for passage in told:
            for kind in passage.kinds:
                kinds[kind] += 1
        interviews.append(
            OfInterview(
                file=document.safe_name,
                alone=stem_of(document.safe_name) in alone,
                passages=len(told),
                kinds=dict(kinds),
                rarest=min((p.seen_in for p in told), default=0),
                only_here=tuple(only),
            )
        )
    return tuple(sorted(interviews, key=lambda one: (-one.passages, one.file)))


def _alone(contents: Contents) -> frozenset[str]:
    """Interviews whose quasi-identifiers no other row has."""
    listed = contents.data_list
    if listed is None or "interview" not in listed.columns:
        return frozenset()
    rows = listed.quasi(contents.policy.risk.quasi).rows
    names = listed.column("interview")
    return frozenset(name for name, row in zip(names, rows, strict=True) if rows.count(row) == 1)


def tells_json(tells: Tells) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "telling": [
            {
                "file": t.file,
                "line": t.line,
                "kinds": list(t.kinds),
                "seen_in": t.seen_in,
                "text": t.text,
            }
            for t in tells.passages
        ],
        "interviews": [
            {
                "file": i.file,
                "alone_in_data_list": i.alone,
                "passages": i.passages,
                "kinds": i.kinds,
                "rarest_in": i.rarest,
                "only_here": list(i.only_here),
            }
            for i in tells.interviews
        ],
        "organisations": [
            {
                "pseudonym": o.pseudonym,
                "nation": o.nation,
                "interviews": o.interviews,
                "people": o.people,
                "places_only_here": list(o.places_only_here),
                "organisations_only_here": list(o.organisations_only_here),
                "kept_only_here": list(o.kept_only_here),
                "telling": o.telling,
                "known": o.known,
                "told": list(o.told),
                "fits": o.fits,
                "clues": {
                    kind: [
                        {
                            "words": c.words,
                            "file": c.file,
                            "line": c.line,
                            "organisations": c.organisations,
                        }
                        for c in rows
                    ]
                    for kind, rows in o.clues.items()
                },
                "together": [
                    {"things": list(t.things), "interviews": t.interviews} for t in o.together
                ],
            }
            for o in tells.organisations
        ],
    }
