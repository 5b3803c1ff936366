"""Commands of governance, each killed at every system call: given again, they are done once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from redact.audit.reading import read_log
from redact.governance.incident import incidents
from redact.study import records
from redact.study.approval import approvals
from tests.conftest import run_redact
from tests.faults.injected import Outcome
from tests.faults.operations import Operation, SmallStudy


def approving(study: SmallStudy) -> Operation:
    """An approval of the policy: in the log once, however often it is given."""
    more = ("--by", "B. Chair", "--role", "ethics committee", "--for", "open")

    def holds(folder: Path, ended: Outcome) -> bool:
        if study.again(folder, "policy", "approve", more=more) != 0:
            return False
        return len(approvals(read_log(folder / "audit"))) == 1 and _goes_on(study, folder)

    work = study.command("policy", "approve", more=more)
    return Operation("an approval", study.folder, work, holds)


def reporting(study: SmallStudy, place: Path) -> Operation:
    """An incident: what was cut short hides the words, or is opened anew; never open and bare."""
    found = place / "found.txt"
    found.write_text("not\n", "utf-8")
    more = ("--what", "ORG", "--by", "A. Steward", "--words-file", str(found))

    def holds(folder: Path, ended: Outcome) -> bool:
        code = study.again(folder, "incident", "open", more=more)
        opened = incidents(read_log(folder / "audit"))
        hidden = bool(records.read_rulings(folder / "rulings.jsonl"))
        if code not in (0, 2) or (opened and not hidden):
            return False
        log = b"".join(one.read_bytes() for one in (folder / "audit").iterdir() if one.is_file())
        if b'"not"' in log.lower():
            return False
        applied = run_redact("replace", folder, "--identity", study.identity)
        return applied.code == 0 and hidden and _goes_on(study, folder)

    work = study.command("incident", "open", more=more)
    return Operation("an incident", study.folder, work, holds)


def giving(study: SmallStudy) -> Operation:
    """A release that was given: in the log once, with its terms."""
    name = sorted(one.name for one in (study.folder / "release").iterdir())[0]
    day = datetime.now(UTC).date().isoformat()
    more = (name, "--to", "Leith Archive", "--on", day, "--purpose", "a second coding")

    def holds(folder: Path, ended: Outcome) -> bool:
        if study.again(folder, "release", "given", more=more) != 0:
            return False
        listed = run_redact("register", folder, "--json").json["releases"]
        return [one["to"] for one in listed] == ["Leith Archive"] and _goes_on(study, folder)

    work = study.command("release", "given", more=more)
    return Operation("a release given", study.folder, work, holds)


def _goes_on(study: SmallStudy, folder: Path) -> bool:
    """The key opens and the log is whole."""
    return run_redact("key", "check", folder, "--identity", study.identity).code == 0
