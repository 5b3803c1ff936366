"""Labels of turns that must stay apart: [Person 1] of Morag, and of Morag MacLeod after her."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from redact.core import Span
from redact.formats.slots import Edit

_LONGEST = 60  # characters of a label
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NO_LABEL = re.compile(r'[\[\]:\n<>?!;"]+')  # what no label has (captions.py)


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands before the first colon of a line, as it was and as it will be."""

    original: str = field(default="", repr=False)
    safe: str = ""


def as_labels(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with brackets around one that a turn's label begins with.

    "Morag: Aye" with "a daughter" for Morag would be talk, and the turn that of the speaker before.
    """
    return [
        replace(edit, text=f"[{_NO_LABEL.sub(' ', edit.text).strip()}]")
        if _begins_a_turn(text, edit) and not edit.text.startswith(("[", "@@"))
        else edit
        for edit in edits
    ]


def _begins_a_turn(text: str, edit: Edit) -> bool:
    begins = text[max(0, edit.start - 1) : edit.start] in ("", "\n")
    return begins and ":" in text[edit.end : edit.end + _LONGEST].partition("\n")[0]


def beside_talk(edits: Sequence[Edit], talk_ends: int) -> list[Edit]:
    """The edits, those beside the talk in brackets.

    `twenty` beside "20", both "[Number 1]" now, would be read as that word again.
    """
    return [
        replace(edit, text=f"({edit.text})") if edit.start >= talk_ends else edit for edit in edits
    ]


def plainly(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits with words in brackets alone, for what a file may take for its own marks.

    "12", "=1+1" or "…" beside the talk would be no words there, `-->` the times of a cue. Those of
    who speaks are not longer than a label.
    """
    return [
        edit
        if edit.text.startswith("@@")
        else replace(edit, text=f"[{_in_words(edit.text, _begins_a_turn(text, edit))}]")
        for edit in edits
    ]


def _in_words(text: str, is_label: bool) -> str:
    """The words of a text, with a word beside what is figures alone."""
    words = " ".join(_WORDS.findall(text))
    if is_label:
        words = words[: _LONGEST // 2].strip()
    if any(character.isalpha() for character in words):
        return words
    return f"{words} instead" if words else "removed"


def told_apart(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, with a blank after the label of a turn where it would be that of the turn before.

    Morag, then Morag MacLeod, are two turns; both [Person 1] would be read as one.
    """
    apart = list(edits)
    before = _Label()
    number = 0  # of the next edit
    for place, line_end in _labels(text):
        first = number
        while number < len(apart) and apart[number].start < line_end:
            number += 1
        if place is None:
            before = _Label()
            continue
        label = _label(text, place, apart[first:number])
        if label.safe == before.safe and label.original != before.original:
            for at in range(first, number):
                if apart[at].end == place.end:
                    apart[at] = replace(apart[at], text=f"{apart[at].text} ")
                    label = replace(label, safe=f"{label.safe} ")
        before = label
    return apart


def _labels(text: str) -> Iterator[tuple[Span | None, int]]:
    """Where the label of each line stands, if it has one, and where the line ends."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        colon = text.find(":", at, end)
        yield (Span(at, colon) if colon >= 0 else None), end
        at = end + 1


def _label(text: str, place: Span, edits: Iterable[Edit]) -> _Label:
    safe, at = "", place.start
    for edit in edits:
        if edit.end <= place.end:
            safe += text[at : edit.start] + edit.text
            at = edit.end
    return _Label(text[place.start : place.end], safe + text[at : place.end])
