"""What a release says of itself: README, data list, redaction summary. No originals."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

from redact.core import DETAIL, LABELS

NOT_REVIEWED = (
    "MACHINE ONLY: no person has reviewed these transcripts. Software misses names. "
    "Do not publish them; share them only with people who keep them confidential."
)
REVIEWED = "Reviewed: a person settled every transcript before this release was made."

TEMPLATE = """\
# Interview transcripts, pseudonymised

{status}

{notice}This folder holds {count} interview transcripts ({nations}). Names of people, places and
organisations, and identifiers such as phone numbers, were replaced by labels. The originals
are not here, and nothing here leads back to them without a key that is kept elsewhere.

## How to read the transcripts

- One person, place or organisation has one label in the whole corpus: `[Person 12]` is the same
  person in every transcript. Numbers carry no meaning.
- Identifiers have typed labels without a number: `[phone number]`, `[date]`, `[age]`.
- Turns, lines and speaker order are as they were. A label may stand where a speaker's name stood.
- Public bodies, programmes and nations that identify nobody were kept as spoken.

## What was replaced

{table}

## Files

| file | what it is |
|---|---|
| `transcripts/` | one file an interview, in the format it was brought in |
| `interviews.csv` | one row an interview, where the depositor supplied it |
| `policy.toml` | the rules that were applied: {policy} |
| `redaction-summary.json` | counts by label and transcript, and the checks that were passed |

Beside this folder, `audit-checkpoint.note` fixes the state of the depositor's audit log at the
time of release, and `release.note` signs every file. `redact release verify` checks both.

## What is not promised

Labels hide direct identifiers that were detected. What people say of their lives can still single
somebody out: a rare role, an event, a turn of phrase. Do not try to identify anyone. If you
recognise a person or find a name that was missed, tell the depositor and do not pass it on.
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one release. Keys are labels, policy terms and neutral names only."""

    policy: str
    policy_sha256: str
    reviewed: bool
    nations: Mapping[str, int]
    replaced: Mapping[str, int]
    by_transcript: Mapping[str, Mapping[str, int]]
    entities: Mapping[str, int]
    kept: Mapping[str, int]
    explained: Mapping[str, int]
    gates: Mapping[str, str]
    tool: str


def write_readme(summary: Summary, notice: str) -> str:
    """The README for the reader of the corpus; whether it was reviewed stands on its face."""
    rows = ["| kind | places | different ones |", "|---|---:|---:|"]
    for label in (*LABELS, DETAIL):
        if summary.replaced.get(label):
            known = summary.entities.get(label, 0)
            rows.append(f"| {label} | {summary.replaced[label]} | {known} |")
    nations = ", ".join(f"{nation}: {count}" for nation, count in summary.nations.items())
    return TEMPLATE.format(
        status=f"**{REVIEWED if summary.reviewed else NOT_REVIEWED}**",
        notice=f"{notice}\n\n" if notice else "",
        count=sum(summary.nations.values()),
        nations=nations,
        table="\n".join(rows),
        policy=summary.policy,
    )


def write_summary(summary: Summary) -> str:
    """The redaction summary as JSON."""
    body = {
        "format": "redact-summary/1",
        "tool": summary.tool,
        "policy": summary.policy,
        "policy_sha256": summary.policy_sha256,
        "reviewed_by_a_person": summary.reviewed,
        "transcripts": sum(summary.nations.values()),
        "nations": dict(summary.nations),
        "replaced": dict(summary.replaced),
        "entities": dict(summary.entities),
        "kept": dict(summary.kept),
        "occurrences_explained": dict(summary.explained),
        "gates": dict(summary.gates),
        "by_transcript": {name: dict(counts) for name, counts in summary.by_transcript.items()},
    }
    return json.dumps(body, indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def write_interviews(columns: list[str], rows: list[list[str]]) -> str:
    """CSV for people and spreadsheets: cells that a spreadsheet would run get a quote before."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_inert(cell) for cell in row])
    return out.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
