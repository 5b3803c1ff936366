"""Measures a release before it is one: what its tables know, what its talk states, who is found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from redact.core import Interview, RosterEntry, Span
from redact.detect.key_search import KeySearch
from redact.formats.registry import stem_of
from redact.release.contents import Contents
from redact.release.datalist import DataList, without_names
from redact.release.gates import forms_of
from redact.release.measures import Exposure, StatedFact
from redact.release.played import played
from redact.release.released import account_for
from redact.risk.facts import FactKind, quote, self_stated, stated
from redact.risk.uniqueness import QuasiTable, Row, k_anonymity
from redact.study.desk import Desk
from redact.study.search import line_of

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_TABLE = QuasiTable((), (), ())
# Further columns of the table of interviews that are no facts, or are asked for by name.
_PASSED = frozenset({"year", "date", "nation", "role", "gender", "sex"})
_COLUMNS: Mapping[str, FactKind] = {"age": "age", "years_in_post": "years in post"}
_OF_ORGANISATIONS: tuple[tuple[FactKind, str], ...] = (
    ("kind of organisation", "category"),
    ("size", "size"),
    ("town class", "town_class"),
    ("founding year", "founded"),
)
_OF_HOUSES = frozenset(kind for kind, _ in _OF_ORGANISATIONS)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """What the tables hold of a participant or their organisation; `column` is a table's own."""

    kind: FactKind
    column: str
    value: str = field(repr=False)


def exposure_of(desk: Desk, contents: Contents) -> Exposure:
    """All measures of what would be released."""
    listed = contents.data_list
    quasi = listed.quasi(contents.policy.risk.quasi) if listed is not None else _NO_TABLE
    known = {
        document.doc_id: known_facts(row, desk.roster) if row is not None else ()
        for document, row in zip(contents.key.documents, desk.interviews, strict=True)
    }
    told = _stated(contents, known, desk.interviews)
    linked = _linked_rows(listed, quasi)
    unlinked: Row = ()
    rows_of = {doc: linked.get(doc, unlinked) for doc in _listed_documents(contents, desk)}
    return Exposure(
        k=k_anonymity(quasi) if quasi.columns else 0,
        rows=len(quasi.rows),
        fits=_fits(contents, rows_of, known, told),
        is_joined=bool(linked),
        stated=told,
        attacks=played(desk, contents),
    )


def known_facts(row: Interview, roster: Iterable[RosterEntry]) -> tuple[KnownFact, ...]:
    """Everything the tables hold of an interview: role, gender, further columns, organisation."""
    listed = tuple(roster)
    more = {name.casefold(): value for name, value in row.more}
    person = next(
        (
            one
            for one in listed
            if one.kind == "PERSON"
            and row.interview
            and row.interview in (one.interview, one.interviewed_in)
        ),
        None,
    )
    house = next(
        (
            one
            for one in listed
            if one.kind == "ORG"
            and row.organisation
            and row.organisation.casefold() in (form.casefold() for form in one.forms)
        ),
        None,
    )
    gender = more.get("gender") or more.get("sex") or (person.gender if person else "")
    facts = [
        KnownFact("role", "role", row.role or (person.role if person else "")),
        KnownFact("gender", "gender", gender),
    ]
    if house is not None:
        facts += [
            KnownFact(kind, column, getattr(house, column)) for kind, column in _OF_ORGANISATIONS
        ]
    facts += [
        KnownFact(_COLUMNS.get(name, "other"), name, value)
        for name, value in more.items()
        if name not in _PASSED
    ]
    return tuple(fact for fact in facts if fact.value)


def _stated(
    contents: Contents,
    known: Mapping[str, tuple[KnownFact, ...]],
    interviews: tuple[Interview | None, ...],
) -> tuple[StatedFact, ...]:
    """What each safe text states of what is known, and what its participant says of themselves.

    What the tables know of an organisation is looked for in its own interviews, and in those of
    others on the lines that have its pseudonym.
    """
    search = KeySearch(forms_of(contents.key))
    texts = [
        _SafeWords(
            doc=document.doc_id,
            file=document.safe_name,
            text=safe.text,
            bare=_without_kept(contents, document.doc_id, safe.text),
            year=_year_of(row),
            house=_pseudonym(contents, row),
        )
        for document, safe, row in zip(
            contents.key.documents, contents.safe, interviews, strict=True
        )
    ]
    found: list[StatedFact] = []
    for mine in texts:
        for fact in known[mine.doc]:
            # A column of one's own may hold a whole story: what the text says of it is quoted.
            value = fact.column if fact.kind == "other" else without_names(fact.value, search)
            for there in texts:
                spans: Iterable[Span]
                if there is mine:
                    spans = stated(fact.kind, fact.value, mine.bare, mine.year)
                elif mine.house and fact.kind in _OF_HOUSES and there.house != mine.house:
                    spans = there.beside(mine.house, fact)
                else:
                    continue
                found += [there.states(mine.doc, fact.kind, value, span) for span in spans]
        own = _of_main_speaker(mine.bare)
        found += [
            mine.states(mine.doc, one.kind, one.value, Span(one.start, one.end))
            for one in self_stated(mine.bare)
            if any(span.start <= one.start < span.end for span in own)
        ]
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SafeWords:
    """A safe text, without kept bodies in `bare`; `house` is where it was held, by pseudonym."""

    doc: str
    file: str
    text: str = field(repr=False)
    bare: str = field(repr=False)
    year: int | None
    house: str

    def states(self, about: str, kind: FactKind, value: str, span: Span) -> StatedFact:
        return StatedFact(
            doc=about,
            said_in=self.doc,
            file=self.file,
            line=line_of(self.text, span.start),
            kind=kind,
            value=value,
            quote=quote(self.text, span),
            span=span,
        )

    def beside(self, house: str, fact: KnownFact) -> Iterator[Span]:
        """Where a line that has this pseudonym states the fact."""
        at = 0
        for line in self.bare.splitlines(keepends=True):
            if house in line:
                for span in stated(fact.kind, fact.value, line, self.year):
                    yield Span(at + span.start, at + span.end)
            at += len(line)


def _pseudonym(contents: Contents, row: Interview | None) -> str:
    """What the organisation of an interview is called in the safe texts; nothing if unknown."""
    if row is None or not row.organisation:
        return ""
    held = row.organisation.casefold()
    return next(
        (
            entry.pseudonym
            for entry in contents.key.entries
            if entry.type == "ORG" and any(form.text.casefold() == held for form in entry.forms)
        ),
        "",
    )


def _without_kept(contents: Contents, doc: str, text: str) -> str:
    """The text with blanks where kept bodies and programmes stand: they are nobody's facts."""
    safe = next(one for one in contents.safe if one.id == doc)
    for one in account_for(safe, contents.kept.get(doc, ())):
        if one.reason == "kept_body":
            text = _blanked(text, one.span)
    return text


def _blanked(text: str, span: Span) -> str:
    return text[: span.start] + " " * (span.end - span.start) + text[span.end :]


def _of_main_speaker(text: str) -> tuple[Span, ...]:
    """Lines of the speaker who says most; the whole text where no lines have labels."""
    lines: dict[str, list[Span]] = defaultdict(list)
    at, label = 0, ""
    for line in text.splitlines(keepends=True):
        head, colon, _ = line.partition(":")
        label = head if colon and len(head) < 40 else label
        lines[label].append(Span(at, at + len(line)))
        at += len(line)

    def length(spans: list[Span]) -> int:
        return sum(span.end - span.start for span in spans)

    return tuple(sorted(lines.values(), key=length)[-1]) if lines else ()


def _year_of(row: Interview | None) -> int | None:
    """The year of an interview, where its row says one."""
    more = row.more if row is not None else ()
    said = " ".join(value for name, value in more if name.casefold() in ("year", "date"))
    found = _YEAR.search(said)
    return int(found[0]) if found else None


def _listed_documents(contents: Contents, desk: Desk) -> tuple[str, ...]:
    """The neutral names of the interviews that the table of interviews knows."""
    rows = zip(contents.key.documents, desk.interviews, strict=True)
    return tuple(stem_of(document.safe_name) for document, row in rows if row is not None)


def _linked_rows(listed: DataList | None, quasi: QuasiTable) -> Mapping[str, Row]:
    """By neutral name of an interview its row, as far as a reader can tell which one it is.

    A list tells it by the name or by the file; without both only the talk is left.
    """
    if listed is None:
        return {}
    for column in ("interview", "file"):
        if column in listed.columns:
            names = [PurePosixPath(cell).name for cell in listed.column(column)]
            stems = names if column == "interview" else list(map(stem_of, names))
            return dict(zip(stems, quasi.rows, strict=True))
    return {}


def _fits(
    contents: Contents,
    rows: Mapping[str, Row],
    known: Mapping[str, tuple[KnownFact, ...]],
    told: Iterable[StatedFact],
) -> dict[str, int]:
    """By interview how many agree with its row and with what its talk states.

    Of what a table holds the truth counts; of what somebody says of themselves only another who
    says otherwise is told apart.
    """
    stems = {d.doc_id: stem_of(d.safe_name) for d in contents.key.documents}
    truth = {
        doc: {fact.kind: fact.value.casefold() for fact in facts if fact.kind != "other"}
        for doc, facts in known.items()
    }
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for one in told:
        if one.kind != "other":
            said[one.doc].setdefault(one.kind, one.value.casefold())

    def agrees(mine: str, other: str) -> bool:
        if rows[stems[mine]] != rows[stems[other]]:
            return False
        for kind, value in said[mine].items():
            if kind in truth[mine]:
                if truth[other].get(kind) != truth[mine][kind]:
                    return False
            elif said[other].get(kind, value) != value:
                return False
        return True

    docs = [doc for doc, stem in stems.items() if stem in rows]
    return {stems[doc]: sum(agrees(doc, other) for other in docs) for doc in docs}


def bracketed(contents: Contents) -> Contents:
    """The same without a data list, and with blanks where the talk states a fact: what an intruder
    would have if all of that were dealt with."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for fact in contents.exposure.stated:
        spans[fact.said_in].append(fact.span)
    safe = []
    for one in contents.safe:
        text = one.text
        for span in spans[one.id]:
            text = _blanked(text, span)
        safe.append(replace(one, text=text))
    return replace(contents, data_list=None, safe=tuple(safe))
