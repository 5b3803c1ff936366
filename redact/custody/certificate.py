"""The page that a steward files when a linkage key was destroyed, with what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WHAT_IT_SAYS = """\
Every packet in custody/, every sealed key in linkage/ and every sealed original in
linkage/originals/ of the study folder was deleted, and every custodian in the table has stated
that theirs is destroyed. A backup of the linkage key alone stays unreadable: what opened it is
gone. The study's secret, by which surrogates and dates were drawn, is gone too. In work/ nothing
is left that tells where a name stood in a source, how long it was or which row of the roster it
had; the reviewers' places are deleted.
"""
WHAT_IT_CANNOT_SAY = """\
No software can prove that nobody kept a copy of a packet, a share or a passphrase, or wrote
down what the key held. Deleted files may be recoverable from disks and backups until these
are overwritten. The sources are not touched: as long as they exist, names can be found in
them. What people tell of their lives can single them out without any key.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """What was destroyed when, by whose word; digests are SHA-256.

    `also` are folders beside the study's that were looked through; `originals` counts the sources
    that lay sealed beside the key.
    """

    study: str
    log: str
    log_key: str
    entry: int
    time: str
    by: str
    linkage: str
    packets: Mapping[str, str]
    statements: Mapping[str, str]
    files_left: int
    also: tuple[str, ...] = ()
    originals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was looked for, what was not, and what was found and is still there, in words."""

    looked_for: tuple[str, ...]
    not_looked_for: tuple[str, ...]
    found: tuple[str, ...]


def certificate(done: Destruction, search: Search) -> str:
    """The certificate as Markdown."""
    rows = [
        f"| {name} | {packet} | {done.statements[name]} |" for name, packet in done.packets.items()
    ]
    return "\n".join(
        [
            "# Certificate of destruction of a linkage key",
            "",
            f"- Study: {done.study} (audit log {done.log})",
            f"- Destroyed: {done.time}, recorded by {done.by}",
            f"- Log: entries {done.entry - 1} and {done.entry}; its key is {done.log_key}",
            f"- Linkage key: SHA-256 {done.linkage}",
            f"- Sealed originals beside it (source files): {done.originals or 'none'}",
            f"- Sealed files left in the study folder: {done.files_left}"
            + (" (and what may hold one: see below)" if done.files_left else ""),
            f"- Other folders that were looked through: {len(done.also) or 'none'}",
            "",
            "| custodian | packet (SHA-256) | statement (SHA-256) |",
            "|---|---|---|",
            *rows,
            "",
            "## What this says",
            "",
            WHAT_IT_SAYS,
            "## What was looked for",
            "",
            *(f"- {one}" for one in search.looked_for),
            "",
            "## What was not looked for",
            "",
            *(f"- {one}" for one in search.not_looked_for),
            "",
            "## What was found and is still there",
            "",
            *(f"- {one}" for one in search.found or ("Nothing.",)),
            "",
            "## What it cannot say",
            "",
            WHAT_IT_CANNOT_SAY,
        ]
    )
