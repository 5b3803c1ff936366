"""What an ethics board asks of the log, on one page: who did what when, by which rules, is it true.

The same content as Markdown and as one self-contained page; nothing in it is not in the log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redact.audit.consent_events import (
    ConsentRecorded,
    HolderTold,
    QuoteChosen,
    QuoteDecided,
    ReleaseHolds,
    ThirdPartyDecided,
)
from redact.audit.entries import LogEntry
from redact.audit.events import (
    CheckpointAnchored,
    ClockRegressed,
    CustodyChanged,
    DecisionRecorded,
    Event,
    GateEvaluated,
    GateOverridden,
    KeyRotated,
    LinkageDestroyed,
    LinkageRevealed,
    LinkageSealed,
    LogCreated,
    LogRecovered,
    LogUnwitnessed,
    PolicyApproved,
    ReleaseCreated,
    ReleaseEnded,
    ReleaseGiven,
    RunFinished,
    RunStarted,
)
from redact.audit.incident_events import (
    IncidentClosed,
    IncidentOpened,
    IncidentTakenBack,
    IncidentTold,
)
from redact.audit.reading import words_of
from redact.audit.sent import TextsSent
from redact.audit.verify import Verification
from redact.rendering import render, shown

STATES = {
    "intact": "The log is intact: every entry is as it was written.",
    "tampered": "THE LOG WAS TAMPERED WITH. Do not rely on anything below.",
    "unwitnessed": "The log is as it was written as far as it goes, but its end may have been "
    "taken away.",
    "clock-fault": "The log is as it was written, but a clock was wrong: some of its times are "
    "still to come.",
    "self-attested": "The log is consistent with itself. No key from outside was given, so a "
    "forger who replaced all of it would not be noticed.",
    "crash-residue": "The log is intact, with the residue of a crash that the next command says.",
}
SECTIONS: Mapping[str, tuple[type[Event], ...]] = {
    "Runs": (RunStarted, RunFinished),
    "Decisions of people": (DecisionRecorded,),
    "Originals shown": (LinkageRevealed,),
    "Texts sent to a cluster": (TextsSent,),
    "Custody of the linkage key": (CustodyChanged, LinkageSealed, LinkageDestroyed),
    "Releases and their gates": (
        PolicyApproved,
        ReleaseHolds,
        ReleaseCreated,
        ReleaseGiven,
        ReleaseEnded,
        GateEvaluated,
        GateOverridden,
    ),
    "Consent, person by person": (
        ConsentRecorded,
        ThirdPartyDecided,
        HolderTold,
        QuoteChosen,
        QuoteDecided,
    ),
    "Names found after a release": (
        IncidentOpened,
        IncidentTold,
        IncidentClosed,
        IncidentTakenBack,
    ),
    "The log itself": (
        LogCreated,
        LogRecovered,
        LogUnwitnessed,
        ClockRegressed,
        KeyRotated,
        CheckpointAnchored,
    ),
}
_STEPS = ("replace", "keep", "link")
_MARKUP = re.compile(r"[\\`*\[\]|]")
_BY_MACHINE = ("policy ", "detection", "linking", "grammar")


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A heading with rows under columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The page: the log's name, the state of its verification with reasons, and its tables."""

    log: str
    state: str
    reasons: tuple[str, ...]
    tables: tuple[ReportTable, ...]


def make_report(log: str, entries: Iterable[LogEntry], verified: Verification) -> Report:
    """The report of these entries; `verified` stands at its top."""
    entries = tuple(entries)
    reasons = [f"{verified.entries} entries were checked.", *verified.findings, *verified.remarks]
    if verified.anchored:
        after = verified.entries - verified.anchored
        reasons.append(f"An anchor vouches for the first {verified.anchored}; {after} came after.")
    tables = [_policies(entries), _replaced(entries)]
    tables += [_section(title, events, entries) for title, events in SECTIONS.items()]
    return Report(
        log=log,
        state=STATES[verified.status],
        reasons=tuple(reasons),
        tables=tuple(t for t in tables if t.rows),
    )


def _policies(entries: tuple[LogEntry, ...]) -> ReportTable:
    used: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        if isinstance(entry.event, RunStarted):
            policy = (entry.event.policy, entry.event.policy_sha256)
            used.setdefault(policy, []).append(entry.time)
    rows = ((*policy, _minute(times[0]), _minute(times[-1])) for policy, times in used.items())
    return ReportTable(
        "Policies in force", ("policy", "SHA-256", "first run", "last run"), tuple(rows)
    )


def _minute(time: str) -> str:
    return time[:16].replace("T", " ")


def _replaced(entries: tuple[LogEntry, ...]) -> ReportTable:
    """What was linked, replaced and kept the last time, by the log's own counts."""
    counted: dict[str, Mapping[str, int]] = {}
    for entry in entries:
        if isinstance(entry.event, DecisionRecorded) and entry.event.action in _STEPS:
            counted[entry.event.action] = entry.event.counts
    rows = [
        (step, kind, str(count))
        for step in _STEPS
        for kind, count in sorted(counted.get(step, {}).items())
    ]
    return ReportTable(
        "What was done, by kind (the last time)", ("step", "kind", "count"), tuple(rows)
    )


def _section(
    title: str, events: tuple[type[Event], ...], entries: tuple[LogEntry, ...]
) -> ReportTable:
    rows = [
        (
            entry.time[:19].replace("T", " "),
            f"{entry.actor.id} ({entry.actor.role})",
            f"{entry.event.kind}: {words_of(entry.event)}",
        )
        for entry in entries
        if isinstance(entry.event, events) and not _is_by_machine(entry.event)
    ]
    return ReportTable(title, ("when (UTC)", "who", "what"), tuple(rows))


def _is_by_machine(event: Event) -> bool:
    return isinstance(event, DecisionRecorded) and event.by.startswith(_BY_MACHINE)


def as_markdown(report: Report) -> str:
    """The report for a file or an e-mail."""
    lines = [f"# Governance report of {_cell(report.log)}", "", f"**{report.state}**", ""]
    lines += [f"- {_cell(reason)}" for reason in report.reasons]
    for table in report.tables:
        lines += ["", f"## {table.title}", "", f"| {' | '.join(table.columns)} |"]
        lines.append("|" + "---|" * len(table.columns))
        lines += [f"| {' | '.join(_cell(c) for c in row)} |" for row in table.rows]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    """A cell of a table in Markdown: no markup, no bar and nothing unseen in it."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")
    return _MARKUP.sub(r"\\\g<0>", shown(plain))


def as_page(report: Report) -> str:
    """The report as one page without anything from elsewhere, to be read or printed."""
    good = report.state == STATES["intact"]
    return render("redact.audit", "report.html", report=report, good=good)
