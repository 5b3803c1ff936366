"""The row that state.json is, read as strictly as all others."""

from __future__ import annotations

from typing import Literal

from redact.study.rows import StrictRow


class _MarkPart(StrictRow):
    inputs: str
    output: str


class _SettledPart(StrictRow):
    by: str
    token: str


class _ReleasePart(StrictRow):
    name: str
    fingerprint: str


class StateRow(StrictRow):
    """What state.json is."""

    kind: Literal["state"]
    stages: dict[Literal["detect", "link", "replace"], _MarkPart]
    scope: str | None
    releases: dict[str, str]
    releasing: _ReleasePart | None
    settled: dict[str, _SettledPart]
    passed: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    linked: int | None = None
