"""What the talk tells without a name: by passage, by interview, and by organisation.

Nothing here is an original: people and organisations stand under their pseudonyms, and passages and
clues as the safe transcripts have them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redact.core import NAMES, RosterEntry, SafeTranscript
from redact.formats.registry import stem_of
from redact.release.contents import Contents
from redact.release.datalist import without_names
from redact.replace.splice import moved
from redact.risk.details import Kind, Passage, single_out
from redact.risk.organisations import (
    CLUE_KINDS,
    Clue,
    Together,
    clues,
    fits,
    point_to_one,
    survives,
)
from redact.study import records
from redact.study.desk import Desk, detections_of
from redact.study.records import DECISIONS, ENTITIES
from redact.study.rulings import Left
from redact.study.search import KeySearch, line_of
from redact.transcript.words import fold

_FACTS = {"service": "category", "size": "size", "town": "town_class", "founded": "founded"}
_MOST_SETS = 40  # of things that point to one organisation, in the JSON


@dataclass(frozen=True, slots=True)
class Telling:
    """A passage that singles somebody out, as the safe transcript has it."""

    file: str
    line: int
    kinds: tuple[Kind, ...]
    seen_in: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
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
class ClueSaid:
    """What a safe text says of an organisation, and in how many organisations' interviews."""

    words: str = field(repr=False)
    file: str
    line: int
    organisations: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """What a reader learns of one organisation: the more is only there, the easier it is told.

    `known` are the facts the steward listed, `told` those of them that the safe texts still say;
    `fits` of how many organisations the told ones hold. `together` are things that only its
    interviews speak of together, those in clear first.
    """

    pseudonym: str
    nation: str
    interviews: int
    people: int
    places_only_here: tuple[str, ...]
    organisations_only_here: tuple[str, ...]
    kept_only_here: tuple[str, ...]  # public bodies and programmes that nobody else speaks of
    telling: int
    known: dict[str, str]
    told: tuple[str, ...]
    fits: int
    clues: dict[str, tuple[ClueSaid, ...]]
    together: tuple[Together, ...]


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
        _organisations(desk, contents, passages, search),
    )


def _passages(desk: Desk) -> tuple[Passage, ...]:
    """Those that nobody has dealt with."""
    rows = records.read_rulings(desk.study.rulings)
    left = [r.place for r in rows if isinstance(r, Left)]
    found = single_out(desk.transcripts, {d.transcript: d for d in detections_of(desk)})
    return tuple(p for p in found if not any(p.place.overlaps(one) for one in left))


def _as_shown(contents: Contents, passage: Passage) -> Telling:
    document = contents.key.document(passage.transcript)
    safe = contents.safe[contents.key.documents.index(document)]
    start, end = moved(safe, _outside(safe, passage.start)), moved(safe, passage.end)
    return Telling(
        document.safe_name,
        line_of(safe.text, start),
        passage.kinds,
        passage.seen_in,
        " ".join(safe.text[start:end].split()),
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
    found = []
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
        found.append(
            OfInterview(
                document.safe_name,
                stem_of(document.safe_name) in alone,
                len(told),
                dict(kinds),
                min((p.seen_in for p in told), default=0),
                tuple(only),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.passages, one.file)))


def _alone(contents: Contents) -> frozenset[str]:
    """Interviews whose quasi-identifiers no other row has."""
    listed = contents.data_list
    if listed is None or "interview" not in listed.columns:
        return frozenset()
    rows = listed.quasi(contents.policy.risk.quasi).rows
    names = listed.column("interview")
    return frozenset(name for name, row in zip(names, rows, strict=True) if rows.count(row) == 1)


def _organisations(
    desk: Desk, contents: Contents, passages: tuple[Passage, ...], search: KeySearch
) -> tuple[Organisation, ...]:
    """The organisations where interviews were held, under their pseudonyms."""
    held = {t.id: t.organisation for t in desk.transcripts if t.organisation}
    names = tuple(dict.fromkeys(held.values()))
    pseudonym = {
        form.text.casefold(): entry.pseudonym
        for entry in desk.key.entries
        if entry.type == "ORG"
        for form in entry.forms
    }
    spoken, people = _spoken(desk, held)
    kept = {
        doc: {item.term for item in items if item.term}
        for doc, items in contents.kept.items()
        if doc in held
    }
    said = _clues_said(desk, contents, held)
    by_words = Counter(
        words for there in said.values() for words in {one.clue.words for one in there}
    )
    nation = {t.organisation: t.nation for t in reversed(desk.transcripts) if t.organisation}
    facts = {name: _facts(desk.roster, name, nation[name]) for name in names}
    told = {
        name: [fact for fact in facts[name] if _is_told(fact, facts[name], said[name])]
        for name in names
    }
    alike = fits(facts, told)
    clear = point_to_one(_in_clear(held, kept, said), held)
    veiled = point_to_one({doc: frozenset(p for p, _ in spoken[doc]) for doc in held}, held)
    made = []
    for name in names:
        docs = {doc for doc, there in held.items() if there == name}
        elsewhere = [doc for doc in held if doc not in docs]
        mine = pseudonym.get(name.casefold(), "[Organisation]")
        only = {label: _only(spoken, docs, elsewhere, label) for label in ("PLACE", "ORG")}
        made.append(
            Organisation(
                pseudonym=mine,
                nation=nation[name],
                interviews=len(docs),
                people=len({one for doc in docs for one in people[doc]}),
                places_only_here=only["PLACE"],
                organisations_only_here=tuple(o for o in only["ORG"] if o != mine),
                kept_only_here=tuple(
                    sorted(
                        set().union(*(kept.get(doc, set()) for doc in docs))
                        - set().union(*(kept.get(doc, set()) for doc in elsewhere))
                    )
                ),
                telling=sum(p.transcript in docs for p in passages),
                known={fact: without_names(value, search) for fact, value in facts[name].items()},
                told=tuple(told[name]),
                fits=alike[name],
                clues=_counted(said[name], by_words),
                together=tuple(
                    one for one in (*clear[name], *veiled[name]) if one.things != (mine,)
                )[:_MOST_SETS],
            )
        )
    return tuple(sorted(made, key=lambda one: one.pseudonym))


def _in_clear(
    held: Mapping[str, str], kept: Mapping[str, set[str]], said: Mapping[str, tuple[_Said, ...]]
) -> dict[str, frozenset[str]]:
    """By interview the kept bodies and programmes, and the clues that are none of them."""
    as_kept = {" ".join(fold(term)) for terms in kept.values() for term in terms}
    clues_of: dict[str, set[str]] = defaultdict(set)
    for there in said.values():
        for one in there:
            clues_of[one.doc].add(one.clue.words)
    return {doc: frozenset(kept.get(doc, set()) | (clues_of[doc] - as_kept)) for doc in held}


_Spoken = dict[str, set[tuple[str, str]]]  # by interview, pseudonym and label


def _spoken(desk: Desk, held: Mapping[str, str]) -> tuple[_Spoken, dict[str, set[str]]]:
    """By interview the places and organisations that are spoken of, and the people."""
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    spoken: _Spoken = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    for entity in records.read_entities(desk.study.work / ENTITIES):
        for doc in {m.transcript for m in entity.mentions if m.transcript in held}:
            if entity.label == "PERSON":
                people[doc].add(entity.id)
            elif entity.label in ("PLACE", "ORG"):
                spoken[doc].add((shown.get(entity.id, ""), entity.label))
    return spoken, people


def _only(
    spoken: _Spoken, docs: Iterable[str], elsewhere: Iterable[str], label: str
) -> tuple[str, ...]:
    here = {one for doc in docs for one in spoken[doc] if one[1] == label}
    return tuple(sorted(p for p, _ in here - {one for doc in elsewhere for one in spoken[doc]}))


@dataclass(frozen=True, slots=True)
class _Said:
    """A clue, and where a reader finds it."""

    doc: str
    clue: Clue = field(repr=False)
    file: str
    line: int


def _clues_said(
    desk: Desk, contents: Contents, held: Mapping[str, str]
) -> dict[str, tuple[_Said, ...]]:
    """By organisation the clues of its interviews, as the safe texts have them."""
    found: dict[str, list[_Said]] = defaultdict(list)
    for document, safe in zip(contents.key.documents, contents.safe, strict=True):
        doc = document.doc_id
        if doc in held:
            found[held[doc]] += [
                _Said(doc, clue, document.safe_name, line_of(safe.text, clue.start))
                for clue in clues(safe.text)
            ]
    return {name: tuple(found[name]) for name in held.values()}


def _facts(roster: Iterable[RosterEntry], name: str, nation: str) -> dict[str, str]:
    """What the steward listed of an organisation: what somebody who knows the field knows."""
    row = next(
        (
            r
            for r in roster
            if r.kind == "ORG" and name.casefold() in (form.casefold() for form in r.forms)
        ),
        None,
    )
    listed = {fact: getattr(row, column) for fact, column in _FACTS.items()} if row else {}
    return {"nation": nation, **{fact: value for fact, value in listed.items() if value}}


def _is_told(fact: str, facts: Mapping[str, str], said: Iterable[_Said]) -> bool:
    """Whether a safe text of the organisation's interviews still says this fact."""
    return fact == "nation" or survives(
        facts.get(fact, ""), (one.clue.words for one in said if one.clue.kind == fact)
    )


def _counted(said: Iterable[_Said], by_words: Mapping[str, int]) -> dict[str, tuple[ClueSaid, ...]]:
    """The clues by kind, each once, those that fewest organisations' interviews have first."""
    found: dict[str, dict[str, ClueSaid]] = {kind: {} for kind in CLUE_KINDS}
    for one in said:
        clue = one.clue
        if clue.words not in found[clue.kind]:
            row = ClueSaid(clue.words, one.file, one.line, by_words[clue.words])
            found[clue.kind][clue.words] = row
    return {
        kind: tuple(sorted(rows.values(), key=lambda row: (row.organisations, row.words)))
        for kind, rows in found.items()
        if rows
    }


def tells_json(found: Tells) -> dict[str, Any]:
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
            for t in found.passages
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
            for i in found.interviews
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
            for o in found.organisations
        ],
    }
