"""How each interview's person could be found, in plain words: the shortest way that was measured.

Nothing here is an original: facts stand as the tables of the data list and the safe texts have
them, people under their pseudonyms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from redact.formats.registry import stem_of
from redact.release.measures import Exposure, StatedFact, finds_people
from redact.rendering import counted
from redact.risk.uniqueness import Cause

_SHOWN = 3  # facts that are quoted


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A paragraph on one interview; `is_found` says that an intruder found its person."""

    file: str
    is_found: bool
    text: str = field(repr=False)


def found_paths(
    seen: Exposure, files: Mapping[str, str], causes: Mapping[str, Cause]
) -> tuple[FoundPath, ...]:
    """A paragraph an interview, those that are found first.

    `files` are the safe transcripts' names by document, `causes` what makes a row unique by the
    interview's neutral name.
    """
    paths = [
        FoundPath(
            file,
            bool(by := _attacks(seen, file)),
            " ".join(_said(seen, doc, stem_of(file), causes, by)),
        )
        for doc, file in files.items()
    ]
    return tuple(sorted(paths, key=lambda one: (not one.is_found, one.file)))


def _attacks(seen: Exposure, file: str) -> list[str]:
    """The attacks better than chance that found this interview's person, the plainest first."""
    return [
        one.attack.partition(", ")[2]
        for one in seen.attacks
        if one.attack.startswith("interviewees") and finds_people(one) and file in one.right_ones
    ]


def _said(
    seen: Exposure, doc: str, name: str, causes: Mapping[str, Cause], by: list[str]
) -> list[str]:
    told = []
    if by:
        told.append(
            "Somebody with the list of people that was tried finds who this is "
            f"{by[0]}; they need nothing else."
        )
    if (cause := causes.get(name)) and cause.sets:
        told.append(f"In the data list nobody else has the same {' and '.join(cause.sets[0])}.")
    facts = [one for one in seen.stated if one.doc == doc]
    if facts:
        told.append(_facts(facts))
    if fits := seen.fits.get(name):
        row = "Row and talk together" if seen.is_joined else "The talk alone"
        who = "nobody but this one" if fits == 1 else f"{fits} of {len(seen.fits)}"
        told.append(f"{row} fit {who}." if seen.is_joined else f"{row} fits {who}.")
    if not told:
        told.append("No measure of ours leads here. That is no proof that nobody could.")
    elif not by:
        told.append("The intruder that was played did not find them.")
    return told


def _facts(facts: list[StatedFact]) -> str:
    first = list({one.kind: one for one in reversed(facts)}.values())[::-1][:_SHOWN]
    quoted = "; ".join(f"{one.kind} ({one.file}, line {one.line}: “{one.quote}”)" for one in first)
    more = len({one.kind for one in facts}) - len(first)
    rest = f"; and {counted(more, 'more kind')}" if more > 0 else ""
    return f"The talk says {quoted}{rest}."
