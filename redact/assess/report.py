"""What a study still tells of its people, as it would be released now: figures, and where.

Nothing here is an original: people and organisations stand under their pseudonyms, and passages as
the safe transcripts have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from redact.assess.figures import plots_of
from redact.assess.paths import FoundPath, found_paths
from redact.assess.prices import Price, exposure_json, prices, reasons
from redact.assess.talk import Tells, tells_json, what_tells
from redact.errors import UsageError
from redact.release.contents import Contents
from redact.release.findings import sentences
from redact.release.gates import real_surrogates
from redact.release.gather import gather
from redact.release.intruder import attack
from redact.release.make import may_go_out
from redact.release.measures import Exposure
from redact.release.released import ReleasedText, account_for
from redact.release.second_look import NOT_LOOKED, SecondLook, second_look
from redact.risk.background import Background
from redact.risk.closeness import t_closeness
from redact.risk.lattice import ValueSearch, best_by_values, in_their_order
from redact.risk.margins import Margin, OutsideEstimate, alone_outside, sources_of
from redact.risk.residual import Expected
from redact.risk.uniqueness import (
    MOST_COLUMNS,
    Cause,
    Effect,
    QuasiTable,
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
from redact.study.description import Access
from redact.study.desk import Desk

LEVELS: tuple[Access, ...] = ("open", "safeguarded", "controlled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The risk of a study as it would be released now.

    `reached` is the most open access that every measure allows, `not_reached` says of the others
    why not, `prices` what would reach the target; `asked` is the k that the policy asks for each.
    `look` is a second, differently built look at the safe texts. `population_uniques` is None where
    the policy does not say how many might have been asked.
    """

    access: str
    target: Access
    asked: dict[str, int]
    quasi: QuasiTable = field(repr=False)
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
    tells: Tells = field(repr=False)
    still_missed: str = ""
    most_left: float = 0.0  # that the policy bears, in 10,000 words
    look: SecondLook = NOT_LOOKED
    collisions: tuple[str, ...] = ()
    exposure: Exposure = Exposure()  # noqa: RUF009 frozen
    not_reached: Mapping[Access, tuple[str, ...]] = field(default_factory=dict)
    prices: tuple[Price, ...] = ()
    by_values: ValueSearch = ValueSearch(None, 0, True)  # noqa: RUF009 frozen
    closeness: dict[str, float] = field(default_factory=dict)
    outside: tuple[OutsideEstimate, ...] = ()
    margins: Mapping[str, str] = field(default_factory=dict)  # by column who published them
    paths: tuple[FoundPath, ...] = ()


def assess(
    desk: Desk,
    target: Access | None = None,
    background: Background | None = None,
    margins: tuple[Margin, ...] = (),
) -> Assessment:
    """The figures, for the access that is aimed at (the steward's choice, else safeguarded).

    An intruder has the study's own tables, or the `background` instead; `margins` are published
    counts of the population.

    Raises UsageError or Tampered as a release would.
    """
    contents, desk = gather(desk), may_go_out(desk)
    if background is not None:
        played = replace(contents.exposure, attacks=attack(desk, contents, background))
        contents = replace(contents, exposure=played)
    risk, listed = desk.policy.risk, contents.data_list
    quasi = listed.quasi(risk.quasi) if listed is not None else QuasiTable((), (), ())
    if len(quasi.columns) > MOST_COLUMNS:
        raise UsageError(
            f"the data list has {len(quasi.columns)} columns that may tell of people",
            where="policy.toml",
            remedy=f"Name up to {MOST_COLUMNS} that count in [risk], quasi = [...].",
        )
    aim: Access = target or contents.description.access or "safeguarded"
    least = risk.least(aim)
    steps = ladder(quasi, risk.coarser(), frozenset(risk.kept))
    alone = causes(quasi)
    k = k_anonymity(quasi)
    tells = what_tells(desk, contents)
    look = _look(contents)
    against = {level: reasons(contents.exposure, look, risk, level) for level in LEVELS}
    smallest = suggest(quasi, steps, least) if quasi.rows else None
    sensitive = [c for c in risk.sensitive if listed is not None and c in listed.columns]
    return Assessment(
        access=contents.access,
        target=aim,
        asked={level: risk.least(level) for level in LEVELS},
        quasi=quasi,
        k=k,
        reached=next((level for level in LEVELS if not against[level]), "none"),
        unique=uniques(quasi),
        below=below(quasi, least),
        causes=alone,
        by_column=by_column(alone),
        population_uniques=population_unique(quasi, risk.population) if risk.population else None,
        diversity={
            c: l_diversity(quasi, listed.column(c)) for c in sensitive if listed is not None
        },
        closeness={
            c: t_closeness(quasi, listed.column(c), in_their_order(listed.column(c)))
            for c in sensitive
            if listed is not None
        },
        effects=effects(quasi, steps, least),
        suggestion=smallest,
        tells=tells,
        still_missed=contents.still_missed,
        most_left=risk.left(aim),
        look=look,
        collisions=_collisions(desk),
        exposure=contents.exposure,
        not_reached=against,
        prices=prices(desk, contents, look, aim, smallest, background),
        by_values=best_by_values(quasi, least, frozenset(risk.kept)),
        outside=alone_outside(quasi, margins, risk.population),
        margins=sources_of(one for one in margins if one.column in quasi.columns),
        paths=found_paths(
            contents.exposure,
            {document.doc_id: document.safe_name for document in contents.key.documents},
            {one.name: one for one in alone},
        ),
    )


def _look(contents: Contents) -> SecondLook:
    """The second look at the safe texts, as a release's gate takes it."""
    texts = [
        ReleasedText(
            document.safe_name,
            safe.text,
            sure=account_for(safe, contents.kept.get(document.doc_id, ())),
            is_transcript=True,
        )
        for document, safe in zip(contents.key.documents, contents.safe, strict=True)
    ]
    return second_look(texts, contents.only_second_look)


def _collisions(desk: Desk) -> tuple[str, ...]:
    """Invented names that are somebody's real name, or an organisation's or a place's."""
    return tuple(desk.key.entries[number - 1].pseudonym for number in real_surrogates(desk.key))


def _interval(one: Expected) -> dict[str, float]:
    return {"names": round(one.names, 1), "low": one.low, "high": one.high}


def _sizes(quasi: QuasiTable) -> dict[str, int]:
    """How many interviews stand in groups of each size, the smallest first."""
    classes = Counter(quasi.rows)
    sizes = Counter(classes[row] for row in quasi.rows)
    return {
        ("alone" if size == 1 else f"with {size - 1} more"): sizes[size] for size in sorted(sizes)
    }


def as_json(seen: Assessment) -> dict[str, Any]:
    """The same as JSON: figures, neutral names and passages of the safe texts."""

    def effect(one: Effect) -> dict[str, Any]:
        return {
            "steps": [step.what for step in one.steps],
            "k": one.k,
            "below": one.below,
            "lost": round(one.lost, 4),
        }

    return {
        "format": "redact-risk/1",
        "access": seen.access,
        "target": seen.target,
        "asked": seen.asked,
        "reached": seen.reached,
        "quasi_identifiers": list(seen.quasi.columns),
        "rows": len(seen.quasi.rows),
        "k": seen.k,
        "unique": list(seen.unique),
        "below": list(seen.below),
        "by_column": seen.by_column,
        "group_sizes": _sizes(seen.quasi),
        "minimal_unique_sets": {c.name: [list(s) for s in c.sets] for c in seen.causes},
        "population_uniques": seen.population_uniques,
        "diversity": seen.diversity,
        "effects": [effect(one) for one in seen.effects],
        "suggestion": effect(seen.suggestion) if seen.suggestion else None,
        **tells_json(seen.tells),
        "still_missed": seen.still_missed,
        "second_look": list(sentences(seen.look.findings)),
        "unseen": _interval(seen.look.unseen),
        "unseen_before_reading": _interval(seen.look.before_reading),
        "names_left_in_10000_words": round(seen.look.in_10_000_words, 2),
        "most_left": seen.most_left,
        "collisions": list(seen.collisions),
        "exposure": exposure_json(seen.exposure),
        "not_reached": {level: list(why) for level, why in seen.not_reached.items()},
        "by_values": {
            "found": effect(seen.by_values.best) if seen.by_values.best else None,
            "tried": seen.by_values.tried,
            "all_tried": seen.by_values.is_exhaustive,
        },
        "closeness": {column: round(t, 4) for column, t in seen.closeness.items()},
        "outside": [asdict(one) for one in seen.outside],
        "margins": dict(seen.margins),
        "paths": [asdict(one) for one in seen.paths],
        "plots": plots_of(seen.quasi, seen.exposure, seen.look, seen.asked[seen.target]),
        "prices": [{"step": p.step, "price": p.price, "gives": p.gives} for p in seen.prices],
        "attacks": [asdict(one) for one in seen.exposure.attacks],
    }
