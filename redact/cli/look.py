"""`redact look`: what is understood of some files before anything is made of them."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.formats.sources import FoundSources
    from redact.formats.understood import Understood
    from redact.study.looked import TablesSeen

_SPEAKERS = 12  # that are listed of one file
_TAKEN_FOR = {"person": "a person", "role": "a role", "code": "a code"}


@click.command()
@click.argument("source", nargs=-1, required=True, type=shared.PATH)
@shared.roster_option
@shared.interviews_option
@shared.consent_option
@shared.skip_option
@shared.encoding_option
@click.option(
    "--policy", metavar="FILE", help="A policy file, for what it says of hidden places in files."
)
@shared.json_option
def look(
    source: tuple[Path, ...],
    roster: Path | None,
    interviews: Path | None,
    consent: Path | None,
    skips: tuple[str, ...],
    encoding: str | None,
    policy: str | None,
    as_json: bool,
) -> int:
    """Say what is understood of SOURCE (files or folders) before anything is made of it.

    Tables called roster, interviews or consent that lie in SOURCE are shown as they would be read.
    Nothing is written and nothing logged. Speakers' names are shown: look where only you can see.
    """
    from redact.formats.sources import AS_IT_IS
    from redact.policy import load_policy
    from redact.study.looked import look_at

    own = shared.find_policy(policy) if policy else None
    looked = look_at(
        source,
        roster=roster,
        interviews=interviews,
        consent=consent,
        skips=skips,
        encoding=encoding,
        handling=load_policy(own)[0].formats if own else AS_IT_IS,
        given=[own] if own else [],
    )
    found, seen, tables = looked.found, looked.files, looked.tables
    code = 0
    if found.refused:
        code = 2 if any(one.usage for one in found.refused) else 3
    return shared.print_result(
        as_json, _as_json(found, seen, tables), [*_lines(found, seen, source, skips, tables)], code
    )


def _as_json(found: FoundSources, seen: Iterable[Understood], tables: TablesSeen) -> dict[str, Any]:
    return {
        "files": [
            {
                **asdict(one),
                "language": {**asdict(one.language), "english": one.language.is_english},
            }
            for one in seen
        ],
        "tables": [
            {
                "role": one.role,
                "path": one.where,
                "columns": [{"letter": c.letter, **asdict(c)} for c in one.columns],
                "remarks": [asdict(remark) for remark in one.remarks],
            }
            for one in tables.read.all
        ],
        "tables_fit": asdict(tables.fit),
        "passed_over": [{"path": str(one.path), "why": str(one.why)} for one in found.passed],
        "refused": [asdict(one) for one in found.refused],
    }


def _lines(
    found: FoundSources,
    seen: Sequence[Understood],
    source: tuple[Path, ...],
    skips: tuple[str, ...],
    tables: TablesSeen,
) -> Iterator[str]:
    from redact.formats.said import said_of_passed, said_of_sources
    from redact.study.table_check import lines_of_columns, lines_of_fit

    for one in seen:
        yield from file_lines(one)
        yield ""
    if of_tables := [*lines_of_columns(tables.read), *lines_of_fit(tables.fit)]:
        yield "Tables, as their columns are read:"
        yield from of_tables
        yield ""
    yield (
        f"{counted(len(seen), 'transcript')} can be taken, "
        f"{counted(len(found.refused), 'file or folder', 'files or folders')} cannot."
    )
    for said in (*said_of_passed(found.passed), *said_of_sources(found.files)):
        yield f"  {said}."
    if found.refused:
        yield "Cannot be taken:"
        yield from shared.refusal_lines(found.refused)
    elif seen:
        skipped = (word for skip in skips for word in ("--skip", skip))
        typed = [*map(str, source), *skipped, *tables.typed]
        yield f"Next: `redact run {shlex.join(typed)} --policy safe-copy --out my-study`."


def file_lines(one: Understood) -> Iterator[str]:
    """What was understood of a file, in lines for a person."""
    yield one.name
    encoding = f", {one.encoding}" if one.encoding else ""
    guess = " (a guess: are words with accents right?)" if one.guessed else ""
    yield f"  read as      {one.format}{encoding}{guess}"
    if one.was_called:
        yield f"               by its content: it is called {one.was_called}"
    yield f"  language     {language_line(one)}"
    yield f"  length       {counted(one.words, 'word')}, {counted(one.turns, 'turn')}"
    yield from _listed("speakers", speaker_lines(one))
    yield from _listed("header", [f"{field.key}: {field.value}" for field in one.header])
    if one.left_out:
        gone = ", ".join(f"{kind} {count}" for kind, count in sorted(one.left_out.items()))
        yield f"  left out     of the safe file: {gone}"


def language_line(one: Understood) -> str:
    """What is said of a file's language."""
    seen = one.language
    if not seen.is_english:
        return (
            "does not look like English. redact knows the names of English and Scots talk, and "
            "finds few in another language"
        )
    if seen.has_other_parts:
        return (
            f"English, but {seen.foreign} of {seen.passages} passages do not look like it: read "
            "these with care"
        )
    return "English" if seen.is_judged else "too short to tell"


def speaker_lines(one: Understood) -> list[str]:
    """Who speaks in a file, a line each."""
    lines = []
    for speaker in one.speakers[:_SPEAKERS]:
        name = f", {speaker.name}" if speaker.name else ""
        turns = counted(speaker.turns, "turn")
        lines.append(f"{speaker.label} ({_TAKEN_FOR[speaker.kind]}{name}): {turns}")
    if len(one.speakers) > _SPEAKERS:
        kinds = Counter(_TAKEN_FOR[speaker.kind] for speaker in one.speakers[_SPEAKERS:])
        more = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
        lines.append(f"and {len(one.speakers) - _SPEAKERS} more ({more})")
    return lines or ["nobody is named at the beginning of a turn"]


def _listed(head: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"  {'' if number else head:<12} {line}"
