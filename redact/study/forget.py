"""What is left of a study's working files when its key is destroyed: nothing that tells of sources.

Where a name stood in a source, and so how long it was, which row of the roster it had and what
reviewers marked where: all of it goes. What `redact explain` says of the safe texts stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from redact.core import Entity, Mention, Place
from redact.disk import files_below, sync_folder
from redact.study import records
from redact.study.folder import Study
from redact.study.placements import Placement, Placements
from redact.study.records import DECISIONS, ENTITIES, MENTIONS, PLACES

_FOLLOWING = ".next"  # what a file is to be, once the mentions are gone
_STAYS = frozenset({DECISIONS, ENTITIES, PLACES})


def forget_sources(study: Study) -> None:
    """Working files and people's decisions without a place, length or row of the sources.

    Killed on the way, the same call finishes it.
    """
    work = study.work
    if (work / MENTIONS).is_file():
        if all((work / name).is_file() for name in (ENTITIES, PLACES)):
            _write_following(work)
        (work / MENTIONS).unlink()  # from here on the new files are those that count
        sync_folder(work)
    for name in (ENTITIES, PLACES):
        following = work / f"{name}{_FOLLOWING}"
        if following.is_file():
            following.replace(work / name)
    if not _says_nothing_of_sources(work):
        for name in (ENTITIES, PLACES):
            (work / name).unlink(missing_ok=True)
    for path in files_below(work) if work.is_dir() else ():
        if path.is_file() and path.name not in _STAYS:
            path.unlink()
    for path in (study.rulings, study.second, study.corrections):
        path.unlink(missing_ok=True)
    sync_folder(work)
    sync_folder(study.root)


def _write_following(work: Path) -> None:
    placements = records.read_placements(work / PLACES)
    entities = records.read_entities(work / ENTITIES)
    records.write_entities(
        work / f"{ENTITIES}{_FOLLOWING}", (_in_safe_text(e, placements) for e in entities)
    )
    records.write_placements(work / f"{PLACES}{_FOLLOWING}", map(_without_source, placements))


def _without_source(one: Placements) -> Placements:
    placed = tuple(Placement(p.safe, p.safe, p.entity) for p in one.placed)
    return replace(one, placed=placed)


def _in_safe_text(entity: Entity, placements: Iterable[Placements]) -> Entity:
    """The entity with its mentions where they stand in the safe texts."""
    mentions: list[Mention] = []
    for one in placements:
        here = [m for m in entity.mentions if m.transcript == one.transcript]
        for placed in one.placed:
            seen = [m for m in here if m.span.overlaps(placed.original)]
            if placed.entity == entity.id and seen:
                sources = tuple(dict.fromkeys(s for m in seen for s in m.sources))
                best = max(seen, key=lambda m: m.score)
                mentions.append(
                    replace(best, place=Place(one.transcript, placed.safe), sources=sources)
                )
    return replace(entity, mentions=tuple(mentions), roster_row=None, gender=None, fits=())


def _says_nothing_of_sources(work: Path) -> bool:
    if not (work / PLACES).is_file():
        return False
    placements = records.read_placements(work / PLACES)
    return all(p.original == p.safe for one in placements for p in one.placed)
