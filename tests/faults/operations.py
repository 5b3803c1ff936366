"""A kill or an error at every system call of what touches log, key and releases.

After each: the child said no name and ended as the command line promises, no name stands in clear
anywhere but in the sources, every file is private, and what the operation promises holds.
"""

from __future__ import annotations

import dataclasses
import io
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

from redact.audit.entries import Actor
from redact.audit.events import CheckpointAnchored, RunFinished
from redact.audit.log import LOG, create_log, open_log
from redact.audit.verify import verify_log
from redact.cli import main
from redact.custody import keyfile
from redact.errors import RedactError
from redact.release.bag import verify_bag
from redact.study.folder import Study
from redact.study.sealed import DESTROYED, open_key, seal_key
from tests.conftest import run_redact
from tests.faults.injected import Outcome, Work, run_with

ACTOR = Actor("steward", "data steward")
# Long ones: in the base64 of an age header five letters come up by chance.
ORIGINALS = ("Catriona", "MacAllister", "Lochgilphead", "Alexander", "Drumnadrochit")
KILL = "signal=SIGKILL"
ERRORS = ("error=ENOSPC", "error=EIO", "error=EACCES")
LOG_ENTRIES = 6


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


def faults(operation: Operation, work: Path, kinds: tuple[str, ...], of: int) -> Count:
    """The operation with each kind of fault at every call, or at about `of` calls of each kind."""
    dry, warm = work / "dry" / operation.pattern.name, work / "warm"
    shutil.copytree(operation.pattern, warm)
    with redirect_stdout(io.StringIO()), suppress(SystemExit):
        operation.work(warm, lambda: None)  # here, so that no child has a module left to import
    shutil.copytree(operation.pattern, dry)
    made = run_with(operation.work, dry).calls
    tried = 0
    wrong = []
    for kind in kinds:
        for point in _points(made, max(1, of // len(kinds))):
            folder = work / "one" / operation.pattern.name
            shutil.rmtree(work / "one", ignore_errors=True)
            shutil.copytree(operation.pattern, folder)
            outcome = run_with(operation.work, folder, f"{kind}:when={point}")
            found = _gone_wrong(operation, folder, outcome)
            tried += 1
            if found:
                wrong.append(f"{kind} at {point}: {found}")
    names = ", ".join(kind.partition("=")[2] for kind in kinds)
    more = f"{made} calls" + "".join(f"; {one}" for one in wrong[:5])
    return Count(f"{names} in {operation.name}", tried, len(wrong), more)


def _points(calls: int, of: int) -> Iterator[int]:
    step = max(1, calls // of)
    yield from range(1, calls + 1, step)


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
    """An original in these bytes, as UTF-8 or UTF-16, in any case."""
    low = data.lower()
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

    def content(self, folder: Path) -> tuple[object, tuple[object, ...], object, object] | None:
        """What the key of a copy says; None if it does not open or its log is not true."""
        try:
            key = open_key(Study(folder), self.opener()).key
            with open_log(folder / "audit", ACTOR) as log:
                log.append(CheckpointAnchored(where="after"))
        except RedactError:
            return None
        if verify_log(folder / "audit", self.log_key).status != "intact":
            return None
        return key.secret, key.documents, key.entries, key.replacements

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
            seal_key(opened, log, new, opened_key.identity.identity, supersedes=digest)

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
        return study.documents(folder) == len(list((folder / "safe").glob("*.txt"))) == 1

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
