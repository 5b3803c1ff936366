"""What a spreadsheet does to words on their way: what came back is known again as what went out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from redact.review.name_list import in_a_cell, key_of

_HARMED = re.compile(r"[^\x00-\x7f]|[?_]")  # a letter of another encoding, or what stands for one
_PARTS = re.compile(r"\s*(?:[,/|]|\b(?:aka|a\.k\.a\.?|also called|also known as|or)\b)\s*", re.I)


def as_it_went(said: str, forms: Iterable[str]) -> str:
    """The form that was written here, if only the encoding of a CSV file made another of it.

    Excel saves CSV in the system's encoding: a letter that this does not have comes back as `?`.
    """
    own = list(forms)
    if not _HARMED.search(said) or any(key_of(form) == key_of(said) for form in own):
        return said
    meant = [one for one in own if not one.isascii() and _bones(one) == _bones(said)]
    return meant[0] if len(meant) == 1 else said


def _bones(form: str) -> str:
    return _HARMED.sub("", form).casefold()


def forms_in(cell: str) -> tuple[str, ...]:
    """The forms of a cell, one between two semicolons or on a line."""
    return tuple(form for one in re.split(r"[;\r\n]", cell) if (form := in_a_cell(one)))


def spelt_out(form: str, stands: Callable[[str], bool]) -> Iterator[str]:
    """The forms that a person meant by one that stands nowhere: `Cat, Kitty`, `Orrick, Hepzibah`.

    `stands` says whether a form is known or stands in a transcript.
    """
    pieces = [piece for piece in _PARTS.split(form) if piece]
    if len(pieces) < 2 or stands(form):
        yield form
    elif len(pieces) == 2 and "," in form and stands(turned := f"{pieces[1]} {pieces[0]}"):
        yield turned
    else:
        yield from pieces
