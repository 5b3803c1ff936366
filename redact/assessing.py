"""What a study still tells of its people: the data list, the talk, and the organisations.

Nothing here is an original: people and organisations stand under their pseudonyms, and passages as
the safe transcripts have them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from redact import records
from redact.core import NAMES, Entity, SafeTranscript
from redact.description import Access
from redact.desk import Desk
from redact.detect.rulings import Left
from redact.errors import UsageError
from redact.pipeline import DECISIONS, ENTITIES, detections_of
from redact.release.contents import Contents
from redact.release.datalist import without_names
from redact.release.gates import ReleasedText, account_for, real_surrogates
from redact.release.search import KeySearch, line_of
from redact.release.second_look import SecondLook, second_look
from redact.releasing import gather
from redact.replace.splice import moved
from redact.risk.details import Kind, Passage, single_out
from redact.risk.residual import Expected
from redact.risk.uniqueness import (
    MOST_COLUMNS,
    Cause,
    Effect,
    Table,
    below,
    by_column,
    causes,
    effects,
    k_anonymity,
    l_diversity,
    ladder,
    population_unique,
    suggest,
    uniques,
)

LEVELS: tuple[Access, ...] = ("open", "safeguarded", "controlled")


@dataclass(frozen=True, slots=True)
class Telling:
    """A passage that singles somebody out, as the safe transcript has it."""

    file: str
    line: int
    kinds: tuple[Kind, ...]
    seen_in: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Organisation:
    """What a reader learns of one organisation: the more is only there, the easier it is told."""

    pseudonym: str
    nation: str
    interviews: int
    people: int
    places_only_here: tuple[str, ...]
    organisations_only_here: tuple[str, ...]
    kept_only_here: tuple[str, ...]  # public bodies and programmes that nobody else speaks of
    telling: int
    roster_says: str = ""  # kind and size, as far as the steward listed them


@dataclass(frozen=True, slots=True)
class Assessment:
    """The risk of a study as it would be released now.

    `reached` is the most open access whose k the data list has; `asked` what the policy asks for
    each. `look` is a second, differently built look at the safe texts. `population_uniques` is None
    where the policy does not say how many might have been asked.
    """

    access: str
    target: Access
    asked: dict[str, int]
    quasi: Table = field(repr=False)
    k: int
    reached: str
    unique: tuple[str, ...]
    below: tuple[str, ...]
    causes: tuple[Cause, ...]
    by_column: dict[str, int]
    population_uniques: float | None
    diversity: dict[str, int]
    effects: tuple[Effect, ...]
    suggestion: Effect | None
    telling: tuple[Telling, ...] = field(repr=False)
    organisations: tuple[Organisation, ...] = ()
    still_missed: str = ""
    most_left: float = 0.0  # that the policy bears, in 10,000 words
    look: SecondLook = SecondLook((), 0, Expected(0, 0, 0))  # noqa: RUF009 frozen
    collisions: tuple[str, ...] = ()


def assess(desk: Desk, target: Access | None = None) -> Assessment:
    """The figures, for the access that is aimed at (the steward's choice, else safeguarded).

    Raises UsageError or Tampered as a release would.
    """
    contents = gather(desk)
    risk, listed = desk.policy.risk, contents.data_list
    quasi = listed.quasi(risk.quasi) if listed is not None else Table((), (), ())
    if len(quasi.columns) > MOST_COLUMNS:
        raise UsageError(
            f"the data list has {len(quasi.columns)} columns that may tell of people",
            where="policy.toml",
            remedy=f"Name up to {MOST_COLUMNS} that count in [risk], quasi = [...].",
        )
    aim: Access = target or contents.description.access or "safeguarded"
    least = risk.least(aim)
    steps = ladder(quasi, risk.coarser(), frozenset(risk.kept))
    found = causes(quasi)
    k = k_anonymity(quasi)
    passages = _passages(desk)
    return Assessment(
        access=contents.access,
        target=aim,
        asked={level: risk.least(level) for level in LEVELS},
        quasi=quasi,
        k=k,
        reached=next((level for level in LEVELS if k >= risk.least(level)), "none"),
        unique=uniques(quasi),
        below=below(quasi, least),
        causes=found,
        by_column=by_column(found),
        population_uniques=population_unique(quasi, risk.population) if risk.population else None,
        diversity={
            column: l_diversity(quasi, listed.column(column))
            for column in risk.sensitive
            if listed is not None and column in listed.columns
        },
        effects=effects(quasi, steps, least),
        suggestion=suggest(quasi, steps, least) if quasi.rows else None,
        telling=tuple(_as_shown(contents, passage) for passage in passages),
        organisations=_organisations(desk, contents, passages),
        still_missed=contents.still_missed,
        most_left=risk.most_left,
        look=_look(contents),
        collisions=_collisions(desk),
    )


def _look(contents: Contents) -> SecondLook:
    """The second look at the safe texts, as a release's gate takes it."""
    texts = [
        ReleasedText(document.safe_name, safe.text,
                     account_for(safe, contents.kept.get(document.doc_id, ())), is_transcript=True)
        for document, safe in zip(contents.key.documents, contents.safe, strict=True)
    ]  # fmt: skip
    return second_look(texts, contents.only_second_look)


def _passages(desk: Desk) -> tuple[Passage, ...]:
    """Those that nobody has dealt with."""
    rows = records.read_rulings(desk.study.rulings)
    left = [(r.transcript, r.start, r.end) for r in rows if isinstance(r, Left)]
    found = single_out(desk.transcripts, {d.transcript: d for d in detections_of(desk)})
    return tuple(
        p for p in found
        if not any(p.transcript == doc and p.start < end and start < p.end
                   for doc, start, end in left)
    )  # fmt: skip


def _as_shown(contents: Contents, passage: Passage) -> Telling:
    document = contents.key.document(passage.transcript)
    safe = contents.safe[contents.key.documents.index(document)]
    start, end = moved(safe, _outside(safe, passage.start)), moved(safe, passage.end)
    return Telling(
        document.safe_name, line_of(safe.text, start), passage.kinds, passage.seen_in,
        " ".join(safe.text[start:end].split()),
    )  # fmt: skip


def _outside(safe: SafeTranscript, at: int) -> int:
    """The offset, or where the replacement begins that it lies in: a replacement is shown whole."""
    return next((r.start for r in safe.replacements if r.start < at < r.end), at)


def _organisations(
    desk: Desk, contents: Contents, passages: tuple[Passage, ...]
) -> tuple[Organisation, ...]:
    """The organisations where interviews were held, under their pseudonyms."""
    held = {t.id: t.organisation for t in desk.transcripts if t.organisation}
    pseudonym = {
        form.text.casefold(): entry.pseudonym
        for entry in desk.key.entries if entry.type == "ORG" for form in entry.forms
    }  # fmt: skip
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    spoken: dict[tuple[str, str], set[str]] = defaultdict(set)  # pseudonym and kind → where
    people: dict[str, set[str]] = defaultdict(set)
    for entity in records.read_entities(desk.study.work / ENTITIES):
        for where in _held_where(entity, held):
            spoken[shown.get(entity.id, ""), entity.label].add(where)
            if entity.label == "PERSON":
                people[where].add(entity.id)
    for doc, items in contents.kept.items():
        for item in items:
            if item.term and doc in held:
                spoken[item.term, "KEPT"].add(held[doc])
    kinds = {
        form.casefold(): ", ".join(filter(None, (entry.category, entry.size)))
        for entry in desk.roster if entry.kind == "ORG" for form in entry.forms
    }  # fmt: skip
    search = KeySearch(
        (e.type, f.text) for e in desk.key.entries if e.type in NAMES for f in e.forms
    )
    made = []
    for name in dict.fromkeys(held.values()):
        docs = [t for t in desk.transcripts if t.organisation == name]
        only = {kind: tuple(sorted(one for (one, k), where in spoken.items()
                                   if k == kind and where == {name}))
                for kind in ("PLACE", "ORG", "KEPT")}  # fmt: skip
        mine = pseudonym.get(name.casefold(), "[Organisation]")
        made.append(Organisation(
            mine, docs[0].nation, len(docs), len(people[name]), only["PLACE"],
            tuple(o for o in only["ORG"] if o != mine), only["KEPT"],
            sum(p.transcript in {t.id for t in docs} for p in passages),
            without_names(kinds.get(name.casefold(), ""), search),
        ))  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.pseudonym))


def _held_where(entity: Entity, held: dict[str, str]) -> set[str]:
    return {held[m.transcript] for m in entity.mentions if m.transcript in held}


def _collisions(desk: Desk) -> tuple[str, ...]:
    """Invented names that are somebody's real name, or an organisation's or a place's."""
    return tuple(desk.key.entries[number - 1].pseudonym for number in real_surrogates(desk.key))


def _sizes(quasi: Table) -> dict[str, int]:
    """How many interviews stand in groups of each size, the smallest first."""
    classes = Counter(quasi.rows)
    sizes = Counter(classes[row] for row in quasi.rows)
    return {("alone" if size == 1 else f"with {size - 1} more"): sizes[size]
            for size in sorted(sizes)}  # fmt: skip


def as_json(found: Assessment) -> dict[str, Any]:
    """The same as JSON: figures, neutral names and passages of the safe texts."""

    def effect(one: Effect) -> dict[str, Any]:
        return {"steps": [step.what for step in one.steps], "k": one.k, "below": one.below,
                "lost": round(one.lost, 4)}  # fmt: skip

    return {
        "format": "redact-risk/1",
        "access": found.access,
        "target": found.target,
        "asked": found.asked,
        "reached": found.reached,
        "quasi_identifiers": list(found.quasi.columns),
        "rows": len(found.quasi.rows),
        "k": found.k,
        "unique": list(found.unique),
        "below": list(found.below),
        "by_column": found.by_column,
        "group_sizes": _sizes(found.quasi),
        "minimal_unique_sets": {c.name: [list(s) for s in c.sets] for c in found.causes},
        "population_uniques": found.population_uniques,
        "diversity": found.diversity,
        "effects": [effect(one) for one in found.effects],
        "suggestion": effect(found.suggestion) if found.suggestion else None,
        "telling": [{"file": t.file, "line": t.line, "kinds": list(t.kinds),
                     "seen_in": t.seen_in, "text": t.text} for t in found.telling],
        "organisations": [
            {"pseudonym": o.pseudonym, "nation": o.nation, "interviews": o.interviews,
             "people": o.people, "places_only_here": list(o.places_only_here),
             "organisations_only_here": list(o.organisations_only_here),
             "kept_only_here": list(o.kept_only_here), "telling": o.telling,
             "roster_says": o.roster_says}
            for o in found.organisations
        ],
        "still_missed": found.still_missed,
        "second_look": list(found.look.findings),
        "missed_by_both": {"names": round(found.look.expected.names, 1),
                           "low": found.look.expected.low, "high": found.look.expected.high},
        "names_left_in_10000_words": round(found.look.in_10_000_words, 2),
        "most_left": found.most_left,
        "collisions": list(found.collisions),
    }  # fmt: skip
