"""What an ethics board asks of the log, on one page: who did what when, by which rules, is it true.

The same content as Markdown and as one self-contained page; nothing in it is not in the log.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from redact.audit.reading import Logged, said
from redact.audit.verify import Verification

STATES = {
    "intact": "The log is intact: every entry is as it was written.",
    "tampered": "THE LOG WAS TAMPERED WITH. Do not rely on anything below.",
    "self-attested": "The log is consistent with itself. No key from outside was given, so a "
    "forger who replaced all of it would not be noticed.",
    "crash-residue": "The log is intact, with the residue of a crash that the next command says.",
}
# Section → the events that belong to it.
SECTIONS = (
    ("Runs", ("run.started", "run.finished")),
    ("Decisions of people", ("decision.recorded",)),
    ("Originals shown", ("linkage.revealed",)),
    ("Custody of the linkage key", ("custody.changed", "linkage.sealed", "linkage.destroyed")),
    ("Releases and their gates", ("release.created", "gate.evaluated", "gate.overridden")),
    (
        "The log itself",
        ("log.created", "log.recovered", "clock.regressed", "key.rotated", "checkpoint.anchored"),
    ),
)
_BY_MACHINE = ("policy ", "detection", "linking", "grammar")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading with rows under columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The page: the log's name, the state of its verification with reasons, and its tables."""

    log: str
    state: str
    reasons: tuple[str, ...]
    tables: tuple[Table, ...]


def make_report(log: str, entries: Iterable[Logged], verified: Verification) -> Report:
    """The report of these entries; `verified` stands at its top."""
    entries = tuple(entries)
    reasons = [f"{verified.entries} entries were checked.", *verified.findings]
    if verified.anchored:
        after = verified.entries - verified.anchored
        reasons.append(f"An anchor vouches for the first {verified.anchored}; {after} came after.")
    tables = [_policies(entries), _replaced(entries)]
    tables += [_section(title, events, entries) for title, events in SECTIONS]
    return Report(log, STATES[verified.status], tuple(reasons), tuple(t for t in tables if t.rows))


def _policies(entries: tuple[Logged, ...]) -> Table:
    used: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        if entry.event == "run.started":
            key = (entry.data["policy"], entry.data["policy_sha256"])
            used.setdefault(key, []).append(entry.time)
    rows = (
        (policy, digest, when[0][:16], when[-1][:16]) for (policy, digest), when in used.items()
    )
    return Table("Policies in force", ("policy", "SHA-256", "first run", "last run"), tuple(rows))


def _replaced(entries: tuple[Logged, ...]) -> Table:
    """What was linked, replaced and kept the last time, by the log's own counts."""
    counted: dict[str, Counter[str]] = {}
    for entry in entries:
        if entry.event == "decision.recorded" and entry.data["action"] in (
            "replace",
            "keep",
            "link",
        ):
            counted[entry.data["action"]] = Counter(entry.data["counts"])
    rows = [
        (action, kind, str(count))
        for action in ("replace", "keep", "link")
        for kind, count in sorted(counted.get(action, Counter()).items())
    ]
    return Table("What was done, by kind (the last time)", ("step", "kind", "count"), tuple(rows))


def _section(title: str, events: tuple[str, ...], entries: tuple[Logged, ...]) -> Table:
    rows = [
        (entry.time[:19].replace("T", " "), f"{entry.actor} ({entry.role})", _what(entry))
        for entry in entries
        if entry.event in events and not (title.startswith("Decisions") and _is_machine(entry))
    ]
    return Table(title, ("when (UTC)", "who", "what"), tuple(rows))


def _is_machine(entry: Logged) -> bool:
    return str(entry.data.get("by", "")).startswith(_BY_MACHINE)


def _what(entry: Logged) -> str:
    return f"{entry.event}: {said(entry)}"


def as_markdown(report: Report) -> str:
    """The report for a file or an e-mail."""
    lines = [f"# Governance report of {report.log}", "", f"**{report.state}**", ""]
    lines += [f"- {reason}" for reason in report.reasons]
    for table in report.tables:
        lines += ["", f"## {table.title}", "", f"| {' | '.join(table.columns)} |"]
        lines.append("|" + "---|" * len(table.columns))
        lines += [f"| {' | '.join(_cell(c) for c in row)} |" for row in table.rows]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def as_page(report: Report) -> str:
    """The report as one page without anything from elsewhere, to be read or printed."""
    good = report.state == STATES["intact"]
    body = [
        f"<h1>Governance report</h1><p>{html.escape(report.log)}</p>",
        f'<p class="{"good" if good else "bad"}"><strong>{html.escape(report.state)}</strong></p>',
        "<ul>" + "".join(f"<li>{html.escape(reason)}</li>" for reason in report.reasons) + "</ul>",
    ]
    for table in report.tables:
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in table.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in table.rows
        )
        body.append(
            f"<h2>{html.escape(table.title)}</h2>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )
    return PAGE.replace("{{body}}", "\n".join(body))


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Governance report</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
h1 { margin-bottom: 0; } h2 { margin-top: 2.2rem; border-bottom: 2px solid #d0d7de; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid #d0d7de; overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; } thead { display: table-header-group; }
.good, .bad { padding: .8rem 1rem; border-left: .5rem solid #1a7f37; background: #eef7f0; }
.bad { border-color: #b3261e; background: #fbeeed; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
</style>
</head>
<body>
{{body}}
</body>
</html>
"""
