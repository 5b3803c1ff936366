"""How a person's own words would look: a few places of their transcripts, in each way offered.

The words are theirs and no study is made yet: they are shown to whoever brought the files, as
`redact look` shows speakers, and go into no log and no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redact.library import Pseudonymised, pseudonymise
from redact.page.purposes import CHOICES, OFFERS, Purpose, read_policy

_TEXTS, _CHARACTERS = 3, 3_000  # of the transcripts that are looked at
_LINES, _LONGEST = 1, 220  # that are shown of one purpose, and characters of a line


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as it was said, and as readers would see it."""

    said: str = field(repr=False)
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayShown:
    """Words of one kind, and what would stand there in one way of showing them."""

    label: str
    action: str
    said: str = field(repr=False)
    seen: str


@dataclass(frozen=True, slots=True)
class OwnExamples:
    """By purpose the lines it changes, and by kind and way one example."""

    lines: Mapping[Purpose, tuple[LineShown, ...]] = field(repr=False)
    ways: tuple[WayShown, ...] = field(repr=False)

    def way(self, label: str, action: str) -> WayShown | None:
        """The example of one way; None where nothing of the kind was found."""
        return next((w for w in self.ways if (w.label, w.action) == (label, action)), None)


def before_after(
    texts: Mapping[str, str], roster: Path | None = None, interviews: Path | None = None
) -> OwnExamples:
    """Examples from the first of these texts by name; raises RedactError as reading them does."""
    some = {name: text[:_CHARACTERS] for name, text in [*texts.items()][:_TEXTS]}

    def made(purpose: Purpose, chosen: Mapping[str, str]) -> Pseudonymised:
        return pseudonymise(
            some,
            read_policy(purpose, chosen),
            roster=str(roster) if roster else (),
            interviews=str(interviews) if interviews else (),
            secret=bytes(32),  # nothing of it is kept: the study draws its own
        )

    lines = {one.purpose: _lines(some, made(one.purpose, {})) for one in OFFERS}
    ways: dict[tuple[str, str], WayShown] = {}
    for number in range(max(len(one.ways) for one in CHOICES)):
        chosen: dict[str, str] = {
            one.label: one.ways[min(number, len(one.ways) - 1)].action for one in CHOICES
        }
        for way in _ways(some, made(Purpose.COLLEAGUE, chosen), chosen):
            ways.setdefault((way.label, way.action), way)
    labelled = {(way.label, way.said): way.seen for way in ways.values() if way.action == "label"}
    told = (
        way  # one that falls back to the label here is no example
        for way in ways.values()
        if way.action == "label" or labelled.get((way.label, way.said)) != way.seen
    )
    return OwnExamples(lines, tuple(told))


def _lines(texts: Mapping[str, str], made: Pseudonymised) -> tuple[LineShown, ...]:
    """Short lines in which most kinds of names are replaced."""
    found = []
    label_of = {one.id: one.label for one in made.entities}
    for one in made.safe:
        text, start = texts[one.id], 0
        for line in text.splitlines(keepends=True):
            end = start + len(line)
            inside = [r for r in one.replacements if start <= r.start and r.end <= end]
            if inside and len(line) <= _LONGEST and " " in line.strip():
                seen, at = [], start
                for r in inside:
                    seen += [text[at : r.start], r.text]
                    at = r.end
                seen.append(text[at:end])
                kinds = len({label_of[r.entity] for r in inside})
                found.append((kinds, LineShown(line.strip(), "".join(seen).strip())))
            start = end
    found.sort(key=lambda pair: (-pair[0], len(pair[1].said)))
    return tuple(line for _, line in found[:_LINES])


def _ways(
    texts: Mapping[str, str], made: Pseudonymised, chosen: Mapping[str, str]
) -> list[WayShown]:
    label_of = {one.id: one.label for one in made.entities}
    return [
        WayShown(
            label=label, action=chosen[label], said=texts[one.id][r.start : r.end], seen=r.text
        )
        for one in made.safe
        for r in one.replacements
        if (label := label_of[r.entity]) in chosen
    ]
