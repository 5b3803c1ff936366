"""What a release says of its depositor: public by their own word, whoever else has the name.

A researcher may be called as somebody in the transcripts is, may be the interviewer, and may work
where an interview speaks of. In what the steward writes for the catalogue such a name is the
depositor's. Only the names given there are: whole names of people, the institution, the funder, who
holds the rights, an e-mail address. Whoever took part is none of them: an interviewee, or an
organisation where interviews were held, stays hidden also where it deposits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape

from redact.release.released import Accounted, keep_spans
from redact.study.description import Description
from redact.transcript.words import fold

DEPOSITOR = "depositor"


def depositor_names(
    description: Description, took_part: frozenset[tuple[str, ...]]
) -> tuple[str, ...]:
    """The names that are the depositor's; `took_part` are participants' names, folded."""
    others = [name for name in _names(description) if not _is_of(fold(name), took_part)]
    return tuple(dict.fromkeys(others))


def depositor_spans(text: str, names: Iterable[str]) -> tuple[Accounted, ...]:
    """Where the depositor's names stand in a file that is no transcript."""
    return keep_spans(text, names, DEPOSITOR)


def _is_of(name: tuple[str, ...], took_part: frozenset[tuple[str, ...]]) -> bool:
    """Whether a participant's whole name stands in it, in whatever order its words are."""
    return any(form and set(form) <= set(name) for form in took_part)


def _names(said: Description) -> Iterator[str]:
    for one in (*said.creators, *said.contributors):
        family, comma, given = (part.strip() for part in one.name.partition(","))
        if comma and given:
            yield from (one.name, f"{given} {family}", *_in_fields(given, family))
        elif " " in one.name.strip() or one.is_organisation:
            yield one.name
        if one.affiliation:
            yield one.affiliation
    yield from filter(None, (said.institution, said.funder, said.rights_holder))
    yield from said.emails  # other words of it may name anybody


def _in_fields(given: str, family: str) -> Iterator[str]:
    """The parts of a name by themselves, in DataCite's fields for them."""
    for field, part in (("givenName", given), ("familyName", family)):
        yield f"<{field}>{escape(part, quote=False)}</{field}>"
        yield f'"{field}": {json.dumps(part, ensure_ascii=False)}'
