"""What a release told and its gates bore, so that a part of it is not refused later.

After a withdrawal fewer words and fewer rows are left, and what is counted in shares of them rises.
A release that tells nothing but what one before it told, under the same bounds, passes again.
"""

from __future__ import annotations

from collections.abc import Iterable

from redact.custody.payload import LinkageKey
from redact.release.findings import Finding
from redact.release.measures import StatedFact
from redact.release.source_places import SourcePlaces
from redact.risk.uniqueness import QuasiTable
from redact.study.names import token


def looks_told(key: LinkageKey, findings: Iterable[Finding], most: float) -> frozenset[str]:
    """A token for each word like a name, at its place in the source, under this bound."""
    told, source = set(), SourcePlaces(key)
    for one in findings:
        if one.doc is not None and one.span is not None:
            place = source.of(one.doc, one.span)
            said = f"{place.transcript} {place.start} {place.end} {most:g}"
            told.add(token(key.secret, "passed look", said))
    return frozenset(told)


def rows_told(key: LinkageKey, quasi: QuasiTable, least: int, access: str) -> frozenset[str]:
    """A token for each row of the data list, with what it tells, under this bound."""
    return frozenset(
        token(key.secret, "passed row", "\0".join((name, access, str(least), *quasi.columns, *row)))
        for name, row in zip(quasi.names, quasi.rows, strict=True)
    )


def facts_told(
    key: LinkageKey, stated: Iterable[StatedFact], least: int, access: str
) -> frozenset[str]:
    """A token for each thing the talk states of somebody, under this bound."""
    return frozenset(
        token(
            key.secret,
            "passed fact",
            "\0".join((one.doc, access, str(least), one.kind, one.value)),
        )
        for one in stated
    )
