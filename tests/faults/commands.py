"""Commands of every day, each to be killed at every system call: given again, they are done."""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from redact.cli import main
from redact.errors import RedactError
from redact.formats.registry import read_file
from redact.page.opened import OpenedStudy
from redact.page.room import Room
from redact.review.verdict import Verdict
from redact.study import records
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from tests.conftest import run_redact
from tests.faults.injected import Outcome
from tests.faults.operations import Operation, SmallStudy


def merging(study: SmallStudy) -> Operation:
    """A merge of two people: recorded once, applied, and done by the same command after a kill."""
    more = ("[Person 1]", "[Person 2]", "--by", "A. Steward")

    def holds(folder: Path, ended: Outcome) -> bool:
        if study.again(folder, "entity", "merge", more=more) != 0:
            return False
        rows = (folder / "corrections.jsonl").read_text("utf-8").count('"kind":"merge"')
        return rows == 1 and _goes_on(study, folder)

    work = study.command("entity", "merge", more=more)
    return Operation("a merge", study.folder, work, holds)


def taking_list(study: SmallStudy, place: Path) -> Operation:
    """A list of names taken back, with one refused and two joined: done, or told to be made anew.

    It is several words one after the other: what a kill left of it is known by the next list.
    """
    names = place / "names.csv"
    copied = shutil.copytree(study.folder, place / "written" / "study")
    written = run_redact("tables", copied, "--to", names, "--identity", study.identity)
    assert written.code == 0, written.err
    with names.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people = [row for row in rows if row["kind"] == "PERSON"]
    people[0]["same as"] = people[1]["ref"]
    next(row for row in rows if row["kind"] == "PLACE")["kind"] = "ORG"
    with names.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    more = ("--take", str(names), "--by", "A. Steward")

    def holds(folder: Path, ended: Outcome) -> bool:
        if study.again(folder, "tables", more=more) not in (0, 2):
            return False
        return study.again(folder, "replace") == 0 and _goes_on(study, folder)

    return Operation("a list taken back", study.folder, study.command("tables", more=more), holds)


def importing(study: SmallStudy, table: Path) -> Operation:
    """Decisions of a table brought in: all or none recorded, and applied by the same command."""
    more = (str(table), "--as", "table", "--by", "A. Steward")

    def holds(folder: Path, ended: Outcome) -> bool:
        if study.again(folder, "decisions", "import", more=more) != 0:
            return False
        rulings = records.read_rulings(folder / "rulings.jsonl")
        return len(rulings) % 2 == 0 and bool(rulings) and _goes_on(study, folder)

    work = study.command("decisions", "import", more=more)
    return Operation("an import of decisions", study.folder, work, holds)


def deciding(study: SmallStudy) -> Operation:
    """A decision on the review page, and the safe transcripts made anew there."""

    def do(folder: Path, acknowledge: Callable[[], None]) -> None:
        room = Room(
            opened=OpenedStudy(desk=_desk(study, folder), reopen=partial(_desk, study, folder)),
            by="AB",
        )
        shown = room.study()
        doc = next(one for one in shown.transcripts if "Lochgilphead" in one.text)
        start = doc.text.index("Lochgilphead")
        verdict = Verdict(transcript=doc.id, start=start, end=start + 12, label="ORG")
        room.decide((verdict,), shown.newest)
        acknowledge()
        room.apply()
        acknowledge()

    def holds(folder: Path, ended: Outcome) -> bool:
        decided = len(records.read_rulings(folder / "rulings.jsonl"))
        if decided < min(1, ended.acknowledged):
            return False
        with suppress(RedactError):
            do(folder, lambda: None)
            paths = list((folder / "safe").glob("[a-z]*"))
            safe = "".join(read_file(one.read_bytes(), one.name, one.name).text for one in paths)
            return "[Organisation 1]" in safe and _goes_on(study, folder)
        return False

    return Operation("a decision on the page", study.folder, do, holds)


def describing(study: SmallStudy) -> Operation:
    """A description of the study: there or as it was, and never half a study.toml."""

    def do(folder: Path, acknowledge: Callable[[], None]) -> None:
        main(["describe", str(folder), "--set", "title=A title of ours"])
        acknowledge()

    def holds(folder: Path, ended: Outcome) -> bool:
        again = run_redact("describe", folder, "--set", "title=A title of ours")
        said = tomllib.loads((folder / "study.toml").read_text("utf-8"))
        title = said["deposit"]["title"] == "A title of ours"
        return again.code == 0 and title and _goes_on(study, folder)

    return Operation("a description", study.folder, do, holds)


def running(study: SmallStudy, name: str, source: Path, policy: Path, documents: int) -> Operation:
    """`redact run` over a study that is there: under another policy, or with a new transcript."""

    def do(folder: Path, acknowledge: Callable[[], None]) -> None:
        words = [
            "run",
            str(source),
            "--policy",
            str(policy),
            "--change-policy",
            "--out",
            str(folder),
        ]
        main([*words, "--identity", str(study.identity)])

    def holds(folder: Path, ended: Outcome) -> bool:
        out = ("--policy", policy, "--change-policy", "--out", folder, "--identity", study.identity)
        if run_redact("run", source, *out).code not in (0, 3):
            return False
        if (folder / "policy.toml").read_bytes() != policy.read_bytes():
            return False
        safe = len(list((folder / "safe").glob("[a-z]*")))
        return safe == study.documents(folder) == documents and _goes_on(study, folder)

    return Operation(name, study.folder, do, holds)


def _desk(study: SmallStudy, folder: Path) -> Desk:
    return open_desk(Study(folder), study.opener())


def _goes_on(study: SmallStudy, folder: Path) -> bool:
    """Key, packets, safe transcripts and log are as they say, and nothing is left to do."""
    again = run_redact("replace", folder, "--identity", study.identity, "--json")
    if again.code != 0 or again.json["changed"]:
        return False
    return run_redact("key", "check", folder, "--identity", study.identity).code == 0
