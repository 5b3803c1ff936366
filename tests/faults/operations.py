"""A kill or an error at the system calls of what touches log, key and releases.

A process that is killed leaves the disk as its last changing call made it, so it is killed once
before each of these, and let go to its end; some of its other calls are tried too, and must leave
no other disk. Each changing and syncing call is made to fail, and some others. After each: the
child said no name and ended as the command line promises, no name stands in clear anywhere but in
the sources, every file is private, and what the operation promises holds.
"""

from __future__ import annotations

import dataclasses
import io
import math
import random
import re
import shutil
import uuid
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

from redact.audit.entries import Actor
from redact.audit.events import CheckpointAnchored, RunFinished
from redact.audit.log import LOG, create_log, open_log
from redact.audit.verify import verify_log
from redact.cli import main
from redact.custody import keyfile
from redact.custody.originals import open_original
from redact.errors import RedactError
from redact.formats.archive import read_members
from redact.release.bag import verify_bag
from redact.study.folder import Study
from redact.study.sealed import DESTROYED, open_key, seal_key
from tests.conftest import run_redact
from tests.faults.injected import KILL, SYNCING, Call, Fault, Outcome, Work, run_with

ACTOR = Actor("steward", "data steward")
# Long ones: in the base64 of an age header five letters come up by chance.
ORIGINALS = ("Catriona", "MacAllister", "Lochgilphead", "Alexander", "Drumnadrochit")
ERRORS = ("ENOSPC", "EIO", "EACCES")
LOG_ENTRIES = 6
_DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}|\d+")


@dataclass(frozen=True, slots=True)
class Count:
    """What was tried, how often, and how often it went wrong; `more` names the first wrong ones."""

    what: str
    tried: int
    wrong: int
    more: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on a folder, and what must hold after it was cut short there."""

    name: str
    pattern: Path  # a study or an audit folder, copied for each trial
    work: Work
    holds: Callable[[Path, Outcome], bool]


def kills(operation: Operation, work: Path, of: int, others: int) -> Count:
    """The operation killed before so many of its changing calls, and let go to its end.

    Then it is killed at so many of its `others`, which must leave the disk as one of these did.
    """
    calls = _calls_of(operation, work)
    changing = [call for call in calls if call.changes]
    looking = [call for call in calls if not call.changes]
    states, wrong = set(), []
    tried = _spread(changing, of)
    for fault in (*(Fault(call, KILL) for call in tried), None):
        folder, outcome = _done(operation, work, fault)
        states.add(_state(folder))
        if found := _gone_wrong(operation, folder, outcome):
            wrong.append(f"{fault or 'not killed'}: {found}")
    chance = random.Random(operation.name)  # noqa: S311 a seed
    for call in chance.sample(looking, min(others, len(looking))):
        folder, _ = _done(operation, work, Fault(call, KILL))
        if _state(folder) not in states:
            wrong.append(f"{Fault(call, KILL)}: it leaves another disk")
    more = (
        f"{len(calls):,} calls, {len(changing):,} change the disk, {len(states):,} states; "
        f"{min(others, len(looking))} others left no other"
    )
    return _count(f"{KILL} in {operation.name}", len(tried) + 1, wrong, more)


def errors(operation: Operation, work: Path, of: int, others: int) -> Count:
    """The operation with an error of so many of its changing and syncing calls, and of `others`."""
    calls = _calls_of(operation, work)
    telling = [call for call in calls if call.changes or call.name in SYNCING]
    looking = [call for call in calls if not (call.changes or call.name in SYNCING)]
    chance = random.Random(operation.name)  # noqa: S311 a seed
    chosen = _spread(telling, of)
    tried = [*chosen, *_spread(looking, others)]
    wrong = []
    for call in tried:
        fault = Fault(call, chance.choice(ERRORS))
        folder, outcome = _done(operation, work, fault)
        if found := _gone_wrong(operation, folder, outcome):
            wrong.append(f"{fault}: {found}")
    more = f"{len(chosen):,} of {len(telling):,} calls that change or sync, and others"
    return _count(f"an error in {operation.name}", len(tried), wrong, more)


def _count(what: str, tried: int, wrong: list[str], more: str) -> Count:
    return Count(what, tried, len(wrong), "; ".join([more, *wrong[:5]]))


def _calls_of(operation: Operation, work: Path) -> tuple[Call, ...]:
    """The calls of the operation when it is let work."""
    warm = work / "warm"
    shutil.copytree(operation.pattern, warm)
    with redirect_stdout(io.StringIO()), suppress(SystemExit):
        operation.work(warm, lambda: None)  # here, so that no child has a module left to import
    return _done(operation, work, None)[1].calls


def _done(operation: Operation, work: Path, fault: Fault | None) -> tuple[Path, Outcome]:
    """A fresh copy of the pattern after the operation on it, and how that ended."""
    folder = work / "one" / operation.pattern.name
    shutil.rmtree(work / "one", ignore_errors=True)
    shutil.copytree(operation.pattern, folder)
    return folder, run_with(operation.work, folder, fault)


def _spread(calls: Sequence[Call], of: int) -> list[Call]:
    """About so many of them, evenly, from the first on."""
    return list(calls[:: max(1, math.ceil(len(calls) / max(1, of)))])


def _state(folder: Path) -> str:
    """What the disk holds: what is drawn by chance, and what is sealed, is told by its length."""
    found = []
    for path in sorted(folder.parent.rglob("*")):
        name = _DRAWN.sub("*", str(path.relative_to(folder.parent)))
        status = path.lstat()
        size = 0 if path.is_dir() else status.st_size
        found.append(f"{name} {status.st_mode:o} {size}")
    return "\n".join(sorted(found))


def _gone_wrong(operation: Operation, folder: Path, outcome: Outcome) -> str:
    """The first promise that was not kept, or nothing."""
    if not outcome.is_clean():
        return f"it ended with {outcome.code} {outcome.said[-200:]!r}"
    if names_in(outcome.said):
        return "it said a name"
    if broken := leaks(folder.parent):
        return f"after it {broken}"
    if not operation.holds(folder, outcome):
        return "its promise is broken"
    if broken := leaks(folder.parent):
        return f"after recovery {broken}"
    return ""


def leaks(around: Path) -> str:
    """Whether anything under this folder is not private, or has a name in clear."""
    for path in around.rglob("*"):
        mode = path.lstat().st_mode & 0o777
        if path.parent != around and mode & ~(0o700 if path.is_dir() else 0o600):
            return f"{path.name} has mode {mode:o}"
        if path.is_file() and names_in(path.read_bytes()):
            return f"a name is in {path.name}"
        if names_in(path.name.encode("utf-8", "surrogateescape")):
            return "a name is in a file name"
    return ""


def names_in(data: bytes) -> bool:
    """An original in these bytes, as UTF-8 or UTF-16, in any case; of a Word file, in its parts."""
    parts = read_members(data, "a safe file").values() if data.startswith(b"PK") else [data]
    low = b"\n".join(parts).lower()
    return any(
        name.lower().encode(encoding) in low
        for name in ORIGINALS
        for encoding in ("utf-8", "utf-16-le")
    )


# The log by itself


def some_log(folder: Path, entries: int = LOG_ENTRIES) -> str:
    """A log with so many entries; its key."""
    folder.mkdir(parents=True)
    signer = create_log(folder, "redact.study/faults")
    with open_log(folder, ACTOR) as log:
        for number in range(entries):
            log.append(RunFinished(command=f"step {number}", outcome="done", exit=0))
    return str(signer.verifier())


def append_two(folder: Path, acknowledge: Callable[[], None]) -> None:
    with open_log(folder, ACTOR) as log:
        for number in range(2):
            log.append(RunFinished(command=f"more {number}", outcome="done", exit=0))
            acknowledge()


def whole_and_alive(folder: Path, key: str, at_least: int) -> bool:
    """Nothing acknowledged is lost, the log takes another entry, and it verifies."""
    try:
        with open_log(folder, ACTOR) as log:
            kept = log.tree.size
            log.append(CheckpointAnchored(where="after"))
    except RedactError:
        return False
    return kept >= at_least and verify_log(folder, key).status == "intact"


def appending(work: Path) -> Operation:
    """Two appends to a log."""
    key = some_log(work / "audit")
    return Operation(
        "two appends",
        work / "audit",
        append_two,
        lambda folder, ended: whole_and_alive(folder, key, LOG_ENTRIES + ended.acknowledged),
    )


def recovering(work: Path) -> Operation:
    """Two appends to a log with a torn tail, which is set aside first."""
    key = some_log(work / "audit")
    with (work / "audit" / LOG).open("ab") as file:
        file.write(b'{"half an ent')
    return Operation(
        "a recovery",
        work / "audit",
        append_two,
        lambda folder, ended: whole_and_alive(folder, key, LOG_ENTRIES + ended.acknowledged),
    )


def changing_key(work: Path) -> Operation:
    """A change of the log's key between two appends."""
    key = some_log(work / "audit")

    def do(folder: Path, acknowledge: Callable[[], None]) -> None:
        with open_log(folder, ACTOR) as log:
            log.change_key()
            acknowledge()
            log.append(RunFinished(command="more", outcome="done", exit=0))
            acknowledge()

    return Operation(
        "a change of the log's key",
        work / "audit",
        do,
        lambda folder, ended: whole_and_alive(folder, key, LOG_ENTRIES + ended.acknowledged),
    )


# A study


@dataclass(frozen=True, slots=True)
class SmallStudy:
    """A finished study, an identity file that opens it, and its log's first key."""

    folder: Path
    identity: Path
    log_key: str

    def content(
        self, folder: Path
    ) -> tuple[object, tuple[object, ...], *tuple[object, ...]] | None:
        """What the key of a copy says, and what lies sealed beside it.

        None if one does not open, or the log is not true.
        """
        try:
            opened = open_key(Study(folder), self.opener())
            key, identity = opened.key, opened.identity.identity
            beside = [
                open_original(Study(folder).originals, one, identity) for one in key.originals
            ]
            with open_log(folder / "audit", ACTOR) as log:
                log.append(CheckpointAnchored(where="after"))
        except RedactError:
            return None
        if verify_log(folder / "audit", self.log_key).status != "intact":
            return None
        return key.secret, key.documents, key.entries, key.replacements, beside

    def documents(self, folder: Path) -> int:
        """How many transcripts the key of a copy has; 0 if it does not open."""
        content = self.content(folder)
        return len(content[1]) if content is not None else 0

    def opener(self) -> keyfile.Opener:
        return keyfile.Opener.from_identity_file(self.identity)

    def command(self, *words: str, more: tuple[str, ...] = ()) -> Work:
        """`redact WORDS STUDY MORE --identity …`, as a user types it."""

        def do(folder: Path, acknowledge: Callable[[], None]) -> None:
            main([*words, str(folder), *more, "--identity", str(self.identity)])

        return do

    def again(self, folder: Path, *words: str, more: tuple[str, ...] = ()) -> int:
        """The same command once more, without a fault; its exit code."""
        return run_redact(*words, folder, *more, "--identity", self.identity).code


def sealing(study: SmallStudy) -> Operation:
    """The study's key sealed anew, as every replacing does."""
    before = study.content(_copy(study.folder))

    def do(folder: Path, acknowledge: Callable[[], None]) -> None:
        opened = Study(folder)
        opened_key = open_key(opened, study.opener())
        digest = opened_key.digest
        with open_log(opened.audit, ACTOR) as log:
            new = dataclasses.replace(
                opened_key.key, linkage_id=str(uuid.uuid4()), supersedes=digest
            )
            identity, behind = opened_key.identity.identity, opened_key.behind
            seal_key(opened, log, new, identity, digest, behind)

    return Operation("a sealing", study.folder, do, lambda f, _: study.content(f) == before)


def rotating(study: SmallStudy) -> Operation:
    """A rotation of the study's identity and the log's key."""
    before = study.content(_copy(study.folder))
    return Operation(
        "a rotation",
        study.folder,
        study.command("key", "rotate"),
        lambda f, _: study.content(f) == before,
    )


def releasing(study: SmallStudy) -> Operation:
    """A release: there whole or not at all, and made by the same command then."""
    name = ("--name", "again")

    def holds(folder: Path, ended: Outcome) -> bool:
        bag = folder / "release" / "again"
        if bag.exists() and verify_bag(bag).problems:
            return False
        if study.again(folder, "release", more=name) not in (0, 3):
            return False
        return not verify_bag(bag).problems and study.content(folder) is not None

    return Operation("a release", study.folder, study.command("release", more=name), holds)


def withdrawing(study: SmallStudy) -> Operation:
    """A withdrawal: not begun, or finished by the same command."""
    more = ("two", "--by", "A. Steward")

    def holds(folder: Path, ended: Outcome) -> bool:
        before = study.documents(folder)
        unfinished = before == 2 or (folder / "withdrawal.next").exists()
        if unfinished and study.again(folder, "withdraw", more=more) != 0:
            return False
        sealed, safe = (folder / "linkage").rglob("*.age"), (folder / "safe").glob("[a-z]*")
        return study.documents(folder) == len([*safe]) == len([*sealed]) == 1

    return Operation("a withdrawal", study.folder, study.command("withdraw", more=more), holds)


def destroying(study: SmallStudy, statement: Path) -> Operation:
    """A destruction: not begun, or finished by the same command."""
    more = ("--by", "A. Steward", "--yes", "--statement", f"mine={statement}")

    def holds(folder: Path, ended: Outcome) -> bool:
        certificate = folder / "custody" / DESTROYED
        unfinished = not certificate.exists() or (folder / "custody" / "destruction.next").exists()
        if unfinished and study.again(folder, "key", "destroy", more=more) != 0:
            return False
        left = [*folder.rglob("*.age"), *(folder / "linkage").iterdir()]
        verified = verify_log(folder / "audit", study.log_key)
        if verified.status == "crash-residue":
            with open_log(folder / "audit", ACTOR) as log:
                log.append(CheckpointAnchored(where="after"))
            verified = verify_log(folder / "audit", study.log_key)
        return not left and certificate.exists() and verified.status == "intact"

    return Operation(
        "a destruction", study.folder, study.command("key", "destroy", more=more), holds
    )


def _copy(study: Path) -> Path:
    """A copy to look into, so that the pattern itself stays as it is."""
    copied = study.with_name(f"{study.name}-looked-into-{uuid.uuid4().hex[:8]}")
    shutil.copytree(study, copied)
    return copied
