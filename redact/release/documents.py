"""What a release says of itself: README, data list, redaction summary. No originals."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass

from redact.core import DETAIL, LABELS
from redact.release.metadata import Facts, title_of
from redact.study.description import Description

NOT_REVIEWED = (
    "MACHINE ONLY: no person has reviewed these transcripts. Software misses names. "
    "Do not publish them; share them only with people who keep them confidential."
)
REVIEWED = "Reviewed: a person settled every transcript before this release was made."

TEMPLATE = """\
# {title}

{status}

{notice}{about}This folder holds {count} interview transcripts ({nations}). Names of people, places
and organisations, and identifiers such as phone numbers, were replaced by labels. The originals
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
| `transcripts/` | one file an interview, {form} |
{other}| `interviews.csv` | one row an interview, where the depositor supplied it |
| `policy.toml` | the rules that were applied: {policy} |
| `redaction-summary.json` | counts by label and transcript, and the checks that were passed |
| `documentation/` | what was replaced by kind and rule, how it was done, how to read it |
| `metadata/`, `ro-crate-metadata.json`, `datapackage.json` | the same for catalogues and programs |

Beside this folder, `audit-checkpoint.note` fixes the state of the depositor's audit log at the
time of release, and `release.note` signs every file. `redact release verify` checks both.

## What is not promised

Labels hide direct identifiers that were detected. What people say of their lives can still single
somebody out: a rare role, an event, a turn of phrase. Do not try to identify anyone. If you
recognise a person or find a name that was missed, tell the depositor{contact} and do not pass
it on.
"""

_ORIGINAL_FORMAT = "| `original-format/` | those that were no plain text, in their own format |\n"


@dataclass(frozen=True, slots=True, kw_only=True)
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


def write_readme(
    summary: Summary,
    notice: str,
    description: Description,
    facts: Facts,
    as_text: bool,
    others: bool = False,
) -> str:
    """The README for the reader of the corpus; whether it was reviewed stands on its face.

    `as_text` says that transcripts are plain text under a header, `others` that some stand in their
    own format as well.
    """
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
        title=title_of(description, facts),
        about=_about(description, facts),
        form="as plain text, under the cells of its row in the data list"
        if as_text
        else "in the format it was brought in",
        other=_ORIGINAL_FORMAT if others else "",
        contact=f" ({description.contact})" if description.contact else "",
    )


_STYLE = (
    "body{font:1rem/1.55 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem}"
    ":root{color-scheme:light dark}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:1.8rem}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:.25rem .8rem .25rem 0;"
    "border-bottom:1px solid #999;vertical-align:top}code{font-size:.9em}"
)


def as_page(readme: str, title: str) -> str:
    """The README as a page that opens in a browser: self-contained, nothing in it is run."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(readme)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _about(description: Description, facts: Facts) -> str:
    """What it is, how to cite it, who may have it: as far as the steward has said."""
    names = "; ".join(one.name for one in description.creators)
    parts = [description.abstract]
    if names:
        year = description.year or facts.date[:4]
        parts.append(
            f"Cite it as: {names} ({year}). {title_of(description, facts)}, version "
            f"{description.version}. {description.institution}".strip()
            + "."
        )
    told = [f"Access: {facts.access}."]
    told += [description.access_reason] if description.access_reason else []
    told += [f"Terms: {description.licence}."] if description.licence else []
    told += [f"Not before {description.embargo}."] if description.embargo else []
    parts.append(" ".join(told))
    return "\n\n".join(part for part in parts if part) + "\n\n"


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
