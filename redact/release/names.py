"""Neutral names: what a transcript is called once nobody should know whose it is."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable

from redact.core import Nation

PREFIX: dict[Nation, str] = {"Scotland": "scot", "United States": "us", "unknown": "interview"}


def keyed_order(secret: bytes, digests: Iterable[str]) -> list[str]:
    """The digests in an order that only the secret knows, so that it tells nothing of names."""
    return sorted(digests, key=lambda digest: hmac.digest(secret, digest.encode("ascii"), "sha256"))


def neutral_names(nations: Iterable[Nation]) -> list[str]:
    """`scot_01`, `us_01`, `scot_02` … for transcripts in this order, without an ending."""
    wanted = list(nations)
    digits = max(2, len(str(len(wanted))))
    counts: Counter[Nation] = Counter()
    names = []
    for nation in wanted:
        counts[nation] += 1
        names.append(f"{PREFIX[nation]}_{counts[nation]:0{digits}d}")
    return names


def token(secret: bytes, kind: str, value: str) -> str:
    """HMAC-SHA-256 of a value under the study's secret, for the log: useless without the key."""
    return hmac.new(secret, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()
