"""Neutral names: what a transcript is called once nobody should know whose it is."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable

from redact.core import Nation

PREFIX: dict[Nation, str] = {"Scotland": "scot", "United States": "us", "unknown": "interview"}


def neutral_names(nations: Iterable[Nation], earlier: Iterable[str] = ()) -> list[str]:
    """`scot_01`, `us_01`, `scot_02` … for transcripts in this order, without an ending.

    `earlier` are the names that the first of them had, or "": a name stays as long as its nation.
    """
    wanted = list(nations)
    had = [*earlier][: len(wanted)]
    had += [""] * (len(wanted) - len(had))
    kept = [
        name if name.startswith(f"{PREFIX[nation]}_") else ""
        for nation, name in zip(wanted, had, strict=True)
    ]
    widths = [len(name.rpartition("_")[2]) for name in kept if name]
    digits = widths[0] if widths else max(2, len(str(len(wanted))))
    taken, counts, names = set(kept), Counter[Nation](), []
    for nation, name in zip(wanted, kept, strict=True):
        while not name:
            counts[nation] += 1
            free = f"{PREFIX[nation]}_{counts[nation]:0{digits}d}"
            name = free if free not in taken else ""
        names.append(name)
    return names


def token(secret: bytes, kind: str, value: str) -> str:
    """HMAC-SHA-256 of a value under the study's secret, for the log: useless without the key."""
    return hmac.new(secret, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()
