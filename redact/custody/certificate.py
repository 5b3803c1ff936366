"""The page that a steward files when a linkage key was destroyed, with what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WHAT_IT_SAYS = """\
Every custody packet and the sealed linkage key in the study folder were deleted, and every
custodian has stated that theirs is destroyed. A backup of the linkage key alone stays
unreadable: what opened it is gone. The study's secret, by which surrogates and dates were
drawn, is gone too. As far as the key goes, nobody can link the safe corpus to names any more.
"""
WHAT_IT_CANNOT_SAY = """\
No software can prove that nobody kept a copy of a packet, a share or a passphrase, or wrote
down what the key held. Deleted files may be recoverable from disks and backups until these
are overwritten. The sources are not touched: as long as they exist, names can be found in
them. What people tell of their lives can single them out without any key.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """What was destroyed when, by whose word; digests are SHA-256."""

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


def certificate(done: Destruction) -> str:
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
            f"- Sealed files left in the study folder: {done.files_left}",
            "",
            "| custodian | packet (SHA-256) | statement (SHA-256) |",
            "|---|---|---|",
            *rows,
            "",
            "## What this says",
            "",
            WHAT_IT_SAYS,
            "## What it cannot say",
            "",
            WHAT_IT_CANNOT_SAY,
        ]
    )
