"""What a release waits for, told to a person at a terminal, to anybody there and to programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.core import Label
    from redact.release.open_forms import OpenForm, OpenPlace, Waiting
    from redact.study.desk import Desk

KINDS: dict[Label, str] = {
    "PERSON": "a person",
    "PLACE": "a place",
    "ORG": "an organisation",
    "DATE": "a date",
    "AGE": "an age",
    "PHONE": "a phone number",
    "EMAIL": "an e-mail address",
    "URL": "a web address",
    "ID": "a number that identifies",
}
_MOST_CONTEXTS = 6  # of one form, at a terminal


def what_is_open(waits: Waiting) -> str:
    """How much is open, in one line without a word of a transcript."""
    parts = []
    if waits.forms:
        words = counted(len(waits.forms), "word or name", "words or names")
        parts.append(f"{words} at {counted(waits.places, 'place')} to settle")
    if waits.unread:
        parts.append(f"{counted(len(waits.unread), 'transcript')} to read")
    parts += [f"{one.gate} ({counted(len(one.findings), 'place')})" for one in waits.others]
    return ", ".join(parts) or "nothing"


def open_as_json(waits: Waiting, desk: Desk) -> dict[str, Any]:
    """The list for programs: ids, kinds, files and lines, and no word."""
    return {
        "forms": [
            {
                "id": form.id,
                "label": form.label,
                "only_beside": form.only_beside,
                "places": [
                    {"gate": str(one.gate), "file": one.file, "line": one.line}
                    for one in form.places
                ],
            }
            for form in waits.forms
        ],
        "to_read": [desk.key.document(doc).safe_name for doc in waits.unread],
        "others": [one.to_json() for one in waits.others],
    }


def open_without_words(waits: Waiting) -> list[str]:
    """The list for a screen that may be anybody's."""
    lines = []
    for form in waits.forms:
        where = Counter(one.file for one in form.places)
        told = ", ".join(f"{file} ({n})" if n > 1 else file for file, n in where.items())
        lines.append(f"  {form.id}  {KINDS.get(form.label, form.label)}?  {told}")
    return lines


def contexts_of(form: OpenForm, waits: Waiting) -> list[str]:
    """Its places with the words around them; what reads the same is told once, with its count."""
    from redact.release.open_forms import passages_of

    passages = passages_of(form)
    lines = []
    for one in passages[:_MOST_CONTEXTS]:
        more = f" (and {one.same} more that read the same)" if one.same else ""
        said = "".join(f"»{piece.text}«" if piece.is_open else piece.text for piece in one.pieces)
        where = with_own_names(one.first.where, waits.own_names)
        where = f"{file_of(one.first, waits)}, {where}{more}"
        lines.append(f"{where}: {shown(' '.join(said.split()))}")
    if len(passages) > _MOST_CONTEXTS:
        lines.append(f"and {counted(len(passages) - _MOST_CONTEXTS, 'more passage')}: see the page")
    return lines


def file_of(place: OpenPlace, waits: Waiting) -> str:
    """The released file, and the steward's own name of it."""
    from redact.release.open_forms import comes_from

    if place.place is None:
        return f"{place.file}, from {comes_from(place.file)}"
    name = place.file.removeprefix("transcripts/")
    own = waits.names.get(place.place.transcript, "")
    return f"{name} ({shown(own)})" if own and own != name else name


def _with_own(own: str, neutral: re.Match[str]) -> str:
    return f"{neutral[0]} ({shown(own)})"


def with_own_names(line: str, names: Mapping[str, str]) -> str:
    """A line with the steward's own name behind each neutral one: for their own screen only."""
    for neutral, own in names.items():
        stem, dot, ending = neutral.rpartition(".")
        if own != neutral and stem in line:
            either = rf"(?<!\w){re.escape(stem)}(?:{re.escape(dot + ending)})?(?!\w)"
            line = re.sub(either, partial(_with_own, own), line)
    return line


def reasons(waits: Waiting) -> list[str]:
    """Why words are open where a number says it: how many look like names, and how many may."""
    return [f"  because      {waits.look}"] if waits.look else []


def next_steps(study: Path, waits: Waiting) -> list[str]:
    """How to go on, with one command."""
    from redact.release.findings import Gate

    steps = []
    if waits.forms or waits.unread:
        does = "settle" if waits.forms else "read"
        steps.append(f"  {does:<13}redact review {study} --by YOU --to-settle   (in your browser)")
    is_refused = any(one.gate == Gate.CONSENT for one in waits.others)  # reading does not help
    then = "" if is_refused else "   (then it is released)"
    if waits.forms:
        steps.append(f"  or here      redact answer {study} --by YOU{then}")
    elif waits.unread:
        steps.append(
            f"  or mark read redact settle {study} --by YOU   (once you have read the safe text)"
        )
        if not is_refused:
            steps.append(f"  then         redact release {study}")
    return [*steps, *(f"  {one.gate}: {one.remedy}" for one in waits.others)]
