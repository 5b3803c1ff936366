"""The run of the program as W3C PROV, in the package: which commands made it, by what, of what.

PROV-JSON (W3C Member Submission, 24 April 2013), from the audit log: its runs and who read, with no
name of a person and no word of a transcript. The log itself stays with the study; the bag has its
checkpoint.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redact.audit.entries import LogEntry
from redact.audit.events import RunFinished, RunStarted
from redact.release.metadata import Facts
from redact.release.reading import ReadingTally

_ORIGINALS, _POLICY, _TOOL, _STEWARD = (
    "redact:originals",
    "redact:policy",
    "redact:software",
    "redact:steward",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRun:
    """A command that the log has from its beginning to its end; times are UTC (RFC 3339)."""

    number: int
    command: str
    tool: str
    policy: str
    policy_sha256: str
    began: str
    ended: str


def runs_of(entries: Iterable[LogEntry]) -> tuple[LoggedRun, ...]:
    """The runs that ended well, in the log's order."""
    runs, begun = [], None
    for entry in entries:
        match entry.event:
            case RunStarted() as started:
                begun = (entry, started)
            case RunFinished(outcome="done") if begun is not None:
                first, said = begun
                runs.append(
                    LoggedRun(
                        number=first.number,
                        command=said.command,
                        tool=said.tool,
                        policy=said.policy,
                        policy_sha256=said.policy_sha256,
                        began=first.time,
                        ended=entry.time,
                    )
                )
                begun = None
            case RunFinished():
                begun = None
    return tuple(runs)


def provenance(
    runs: Iterable[LoggedRun], read: ReadingTally, facts: Facts, files: Iterable[str]
) -> str:
    """The document; `files` are the released transcripts, by name.

    A run under an earlier policy has its digest only: nobody asked whether its name says somebody.
    """
    package = f"redact:release/{facts.name}"
    entities: dict[str, Any] = {
        _ORIGINALS: {"prov:label": "The original transcripts; not released"},
        _POLICY: {"prov:label": facts.policy},
        package: {"prov:label": "This package", "prov:type": "prov:Collection"},
    }
    activities: dict[str, Any] = {}
    used, made, by, derived, members = [], [], [], [], []
    for run in runs:
        activity = f"redact:run/{run.number}"
        activities[activity] = {
            "prov:startTime": run.began,
            "prov:endTime": run.ended,
            "prov:label": run.command,
            "redact:tool": run.tool,
            **({"redact:policy": run.policy} if run.policy == facts.policy else {}),
            "redact:policy_sha256": run.policy_sha256,
        }
        used += [{"prov:activity": activity, "prov:entity": one} for one in (_ORIGINALS, _POLICY)]
        by.append({"prov:activity": activity, "prov:agent": _TOOL})
    activities["redact:reading"] = {
        "prov:label": "Reading, as the log has it",
        **{f"redact:{how.replace(' ', '_')}": count for how, count in read.to_json().items()},
    }
    by.append({"prov:activity": "redact:reading", "prov:agent": _STEWARD})
    activities["redact:releasing"] = {"prov:label": "release", "redact:day": facts.date}
    by.append({"prov:activity": "redact:releasing", "prov:agent": _TOOL})
    made.append({"prov:entity": package, "prov:activity": "redact:releasing"})
    for name in files:
        file = f"redact:file/{name}"
        entities[file] = {"prov:label": name}
        derived.append({"prov:generatedEntity": file, "prov:usedEntity": _ORIGINALS})
        members.append({"prov:collection": package, "prov:entity": file})
    document = {
        "prefix": {"redact": "urn:redact:"},
        "entity": entities,
        "activity": activities,
        "agent": {
            _TOOL: {"prov:label": facts.tool, "prov:type": "prov:SoftwareAgent"},
            _STEWARD: {"prov:label": "Whoever kept the study", "prov:type": "prov:Person"},
        },
        **{
            relation: {f"_:{relation}{n}": one for n, one in enumerate(rows, start=1)}
            for relation, rows in (
                ("used", used),
                ("wasGeneratedBy", made),
                ("wasAssociatedWith", by),
                ("wasDerivedFrom", derived),
                ("hadMember", members),
            )
            if rows
        },
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
