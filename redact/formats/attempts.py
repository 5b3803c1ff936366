"""In which ways edits are tried, one after another, until the safe file says what it should."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redact.formats.edges import Edge, in_whole_words, within_edges, without_marks
from redact.formats.labels import as_labels, beside_talk, plainly
from redact.formats.slots import Edit, Reading

_JOINTS = " \n"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Edits to be made; `to_the_letter` if the file must say them with just these line ends."""

    edits: Sequence[Edit]
    to_the_letter: bool


def with_blanks(text: str, edits: Iterable[Edit], unwritable: re.Pattern[str] | None) -> list[Edit]:
    """The edits in order, with a blank for each character that the safe file cannot hold."""
    edits = sorted(edits)
    if unwritable is None:
        return edits
    starts = [edit.start for edit in edits]
    blanks = []
    for match in unwritable.finditer(text):
        before = bisect_right(starts, match.start())
        if before == 0 or edits[before - 1].end <= match.start():
            blanks.append(Edit(match.start(), match.end(), " "))
    return sorted([*edits, *blanks])


def attempts_at(reading: Reading, edits: Sequence[Edit]) -> Iterator[Attempt]:
    """The edits as they are, in ever smaller pieces, in whole words, last without any marks."""
    yield Attempt(edits, to_the_letter=True)
    by_line = within_edges(reading, edits, Edge.LINE)
    yield Attempt(by_line, to_the_letter=True)
    as_labelled = as_labels(reading.text, by_line)
    yield Attempt(as_labelled, to_the_letter=True)
    yield Attempt(without_marks(reading.text, as_labelled), to_the_letter=True)
    if reading.talk_ends is not None:
        apart = beside_talk(without_marks(reading.text, as_labelled), reading.talk_ends)
        yield Attempt(apart, to_the_letter=True)
    yield Attempt(edits, to_the_letter=False)
    for edge in (Edge.JOINT, Edge.SLOT):
        pieces = within_edges(reading, edits, edge)
        yield Attempt(pieces, to_the_letter=False)
    pieces = as_labels(reading.text, pieces)
    yield Attempt(pieces, to_the_letter=False)
    whole = in_whole_words(reading.text, pieces)
    yield Attempt(whole, to_the_letter=False)
    if reading.talk_ends is not None:
        yield Attempt(beside_talk(whole, reading.talk_ends), to_the_letter=False)
    for last in (plainly(reading.text, pieces), plainly(reading.text, whole)):
        yield Attempt(last, to_the_letter=False)
        if reading.talk_ends is not None:
            yield Attempt(beside_talk(last, reading.talk_ends), to_the_letter=False)


def says(reading: Reading, text: str) -> bool:
    """Whether a file says this text, but for a blank between its pieces for a line's end."""
    if len(reading.text) != len(text):
        return False
    pairs = enumerate(zip(reading.text, text, strict=True))
    differing = [at for at, (one, other) in pairs if one != other]
    joints = all(reading.text[at] in _JOINTS and text[at] in _JOINTS for at in differing)
    return joints and not any(
        slot.start <= at < slot.end
        for slot in reading.every_slot()
        if not slot.layer
        for at in differing
    )


def said_alike(reading: Reading, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with the longest words of all where one place of the file is said again."""
    said: dict[tuple[str, int, int, int], list[Edit]] = {}
    spoken = [slot for slot in reading.every_slot() if not slot.layer]
    spoken.sort(key=lambda slot: slot.start)
    starts = [slot.start for slot in spoken]
    for edit in edits:
        slot = spoken[max(0, bisect_right(starts, edit.start) - 1)]
        said.setdefault((slot.part, slot.at, slot.to, edit.start - slot.start), []).append(edit)
    longest = {key: max((one.text for one in some), key=len) for key, some in said.items()}
    return sorted(
        replace(one, text=longest[key]) if one.text.strip() == longest[key].strip() else one
        for key, some in said.items()
        for one in some
    )
