"""What a reader learns of each organisation from the safe texts, under its pseudonym."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redact.core import RosterEntry
from redact.detect.key_search import KeySearch
from redact.release.consented import entities_of
from redact.release.contents import Contents
from redact.release.datalist import without_names
from redact.risk.details import Passage
from redact.risk.facts import FactKind
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
from redact.study.desk import Desk
from redact.study.records import DECISIONS
from redact.study.search import line_of
from redact.transcript.words import fold

_FACTS = {"service": "category", "size": "size", "town": "town_class", "founded": "founded"}
_FACT_OF: Mapping[FactKind, str] = {
    "kind of organisation": "service",
    "size": "size",
    "town class": "town",
    "founding year": "founded",
}
_MOST_SETS = 40  # of things that point to one organisation, in the JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueSaid:
    """What a safe text says of an organisation, and in how many organisations' interviews."""

    words: str = field(repr=False)
    file: str
    line: int
    organisations: int


@dataclass(frozen=True, slots=True, kw_only=True)
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


def organisations_told(
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
    stated = {
        (held.get(one.doc, ""), _FACT_OF[one.kind])
        for one in contents.exposure.stated
        if one.kind in _FACT_OF
    }
    told = {
        name: [
            fact
            for fact in facts[name]
            if (name, fact) in stated or _is_told(fact, facts[name], said[name])
        ]
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
    held: Mapping[str, str], kept: Mapping[str, set[str]], said: Mapping[str, tuple[ClueAt, ...]]
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
    for entity in entities_of(desk):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueAt:
    """A clue, and where a reader finds it."""

    doc: str
    clue: Clue = field(repr=False)
    file: str
    line: int


def _clues_said(
    desk: Desk, contents: Contents, held: Mapping[str, str]
) -> dict[str, tuple[ClueAt, ...]]:
    """By organisation the clues of its interviews, as the safe texts have them."""
    clues_of: dict[str, list[ClueAt]] = defaultdict(list)
    for document, safe in zip(contents.key.documents, contents.safe, strict=True):
        doc = document.doc_id
        if doc in held:
            clues_of[held[doc]] += [
                ClueAt(
                    doc=doc,
                    clue=clue,
                    file=document.safe_name,
                    line=line_of(safe.text, clue.start),
                )
                for clue in clues(safe.text)
            ]
    return {name: tuple(clues_of[name]) for name in held.values()}


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


def _is_told(fact: str, facts: Mapping[str, str], said: Iterable[ClueAt]) -> bool:
    """Whether a safe text of the organisation's interviews still says this fact."""
    return fact == "nation" or survives(
        facts.get(fact, ""), (one.clue.words for one in said if one.clue.kind == fact)
    )


def _counted(
    said: Iterable[ClueAt], by_words: Mapping[str, int]
) -> dict[str, tuple[ClueSaid, ...]]:
    """The clues by kind, each once, those that fewest organisations' interviews have first."""
    by_kind: dict[str, dict[str, ClueSaid]] = {kind: {} for kind in CLUE_KINDS}
    for one in said:
        clue = one.clue
        if clue.words not in by_kind[clue.kind]:
            row = ClueSaid(
                words=clue.words,
                file=one.file,
                line=one.line,
                organisations=by_words[clue.words],
            )
            by_kind[clue.kind][clue.words] = row
    return {
        kind: tuple(sorted(rows.values(), key=lambda row: (row.organisations, row.words)))
        for kind, rows in by_kind.items()
        if rows
    }
