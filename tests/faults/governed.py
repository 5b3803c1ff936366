"""Commands of governance, each killed at every system call: given again, they are done once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from redact.audit.consent_events import ConsentRecorded
from redact.audit.events import ReleaseCreated
from redact.audit.reading import read_log
from redact.cli import main
from redact.governance.incident import incidents
from redact.study import records
from redact.study.approval import approvals
from redact.study.consent import agreed
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


def quoting(study: SmallStudy, place: Path) -> Operation:
    """A release of an approved quote: in place once, and in the log once, when given again."""
    pattern = place / "quoted" / "study"
    shutil.copytree(study.folder, pattern)
    key = ("--identity", study.identity)
    chosen = ("interview_01", "--lines", "1", "--by", "A. Reader", *key)
    assert run_redact("quotes", "add", pattern, *chosen).code == 0
    word = ("Q1", "--by", "B. Chair", "--role", "approver", *key)
    assert run_redact("quotes", "approve", pattern, *word).code == 0

    def holds(folder: Path, ended: Outcome) -> bool:
        if study.again(folder, "quotes", "release") != 0:
            return False
        made = [one.name for one in (folder / "release").glob("quotes-*")]
        done = [
            entry.event
            for entry in read_log(folder / "audit")
            if isinstance(entry.event, ReleaseCreated)
            and entry.event.phase == "done"
            and entry.event.name == "quotes-01"
        ]
        return made == ["quotes-01"] and len(done) == 1 and _goes_on(study, folder)

    return Operation("a release of quotes", pattern, study.command("quotes", "release"), holds)


def lowering(study: SmallStudy, place: Path) -> Operation:
    """A table that lowers a consent below a release: told in the log, once, when run again."""
    table, source = place / "interviews.csv", study.identity.parent / "src"
    table.write_text(
        "interview,file,consent\n1,one.txt,no sharing\n2,two.rtf,archive open\n", "utf-8"
    )
    words = ("run", str(source), "--policy", "safe-copy", "--interviews", str(table), "--out")
    identity = ("--identity", str(study.identity))

    def do(folder: Path, acknowledge: Callable[[], None]) -> None:
        main([*words, str(folder), *identity])

    def holds(folder: Path, ended: Outcome) -> bool:
        if run_redact(*words, folder, *identity).code not in (0, 3):
            return False
        said = agreed(read_log(folder / "audit"))
        lowered = [one for one in said if one.releases]
        recorded = sum(
            isinstance(entry.event, ConsentRecorded) for entry in read_log(folder / "audit")
        )
        return (len(said), len(lowered), recorded) == (2, 1, 2) and _goes_on(study, folder)

    return Operation("a lowered consent", study.folder, do, holds)


def _goes_on(study: SmallStudy, folder: Path) -> bool:
    """The key opens and the log is whole."""
    return run_redact("key", "check", folder, "--identity", study.identity).code == 0
