"""Writing the audit log: a signed checkpoint is laid down ahead of every entry.

docs/security.md, section 4.3 in short: sign the checkpoint for n+1 into `.next`, write the
line, fsync, then promote `.next`. After a crash the log is either whole, or one
entry ahead of its checkpoint with a `.next` that vouches for it, or carries a
torn tail, which is set aside and said. Anything else is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from redact.audit.entries import LARGEST_LINE, Actor, LogEntry, entry_line, read_entry
from redact.audit.epochs import change_of_key
from redact.audit.events import (
    ClockRegressed,
    Event,
    EventError,
    LinkageRevealed,
    LogRecovered,
    LogUnwitnessed,
)
from redact.audit.files import (
    append_line,
    promote,
    read_cosigner,
    read_part,
    read_signer,
    write_cosigner,
    write_signer,
)
from redact.audit.inclusion import write_inclusion
from redact.audit.memory import Memory
from redact.audit.note import (
    Checkpoint,
    NoteError,
    Signer,
    checkpoint_text,
    open_note,
    read_checkpoint,
)
from redact.audit.tree import Tree, leaf_hash
from redact.audit.witness import is_as_witnessed, require_witnessed, witness_of, write_witness
from redact.disk import Lock, locked, sweep_temporary, write_atomic
from redact.errors import RedactError, Tampered

LOG = "log.jsonl"
CHECKPOINT = "log.checkpoint"
NEXT = "log.next"
SIGNING_KEY = "signing.key"
FOLLOWING_KEY = "signing.next"  # the key that a change under way will sign with
STATE = "log.state"  # the tree as it stood, so that an append need not read the log again
NO_HASH = bytes(32)


def utc_now(later: timedelta = timedelta()) -> str:
    """RFC 3339 in UTC with milliseconds, as every entry carries it; or so much later."""
    return (datetime.now(UTC) + later).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class AuditLog:
    """An open log, held under its lock; `append` returns only when the entry is safe on disk."""

    def __init__(
        self, folder: Path, signer: Signer, actor: Actor, clock: Callable[[], str] = utc_now
    ) -> None:
        self.folder = folder
        self.signer = signer
        self.actor = actor
        self.clock = clock
        self.tree = Tree()
        self.last_hash = NO_HASH
        self.last_time = ""
        self.interrupted = False
        self.lock: Lock | None = None  # without one only who knows that nobody else is there writes
        self.last_inclusion = ""  # the proof for the entry that was appended last

    @property
    def origin(self) -> str:
        return self.signer.name

    @property
    def key(self) -> str:
        """The verifier key to give away: whoever holds it can check the log."""
        return str(self.signer.verifier())

    def checkpoint(self) -> str:
        """The signed checkpoint of the log as it stands."""
        return read_part(self.folder / CHECKPOINT).decode("utf-8")

    def cosigned(self) -> str:
        """The checkpoint with a post-quantum cosignature as well: ML-DSA-44, made now."""
        cosigner = read_cosigner(self.folder, self.origin)
        note = self.checkpoint().encode("utf-8")
        line = cosigner.cosign(self.origin, self.tree.size, self.tree.root(), posix(self.clock()))
        return (note + line).decode("utf-8")

    def cosigner_key(self) -> str:
        """The key that checks cosignatures."""
        return str(read_cosigner(self.folder, self.origin).verifier())

    def memory(self) -> Memory:
        """How far the log has come."""
        return Memory(
            size=self.tree.size,
            root=self.tree.root(),
            time=self.last_time or None,
            origin=self.origin,
        )

    def witness(self) -> None:
        """Writes beside the log's folder how far it came: an older folder put back is seen."""
        if self.last_time:
            write_witness(self.folder, self.signer, self.tree, self.last_time)

    def remember(self) -> None:
        """Keeps the tree for the next command, and how far the log came beside its folder."""
        if self.interrupted:
            return
        self.witness()
        state = {
            "size": self.tree.size,
            "frontier": [node.hex() for node in self.tree.frontier],
            "last_hash": self.last_hash.hex(),
            "last_time": self.last_time,
            "file": _stamp(self.folder / LOG),
        }
        write_atomic(self.folder / STATE, json.dumps(state, sort_keys=True).encode("ascii"))

    def append(self, event: Event) -> None:
        """Adds one entry. RedactError if the disk refuses; the log is then as it was.

        What was seen of originals is remembered outside the log's folder at once.
        """
        self._append(event, self._now())
        if isinstance(event, LinkageRevealed):
            self.witness()

    def change_key(self) -> str:
        """A new signing key from the next entry on, which old and new sign; gives its verifier key.

        Killed on the way, the next command finds which of the two signed last and keeps that one.
        """
        now = self._now()
        following = Signer.generate(self.origin)
        write_signer(self.folder / FOLLOWING_KEY, following)
        self._append(change_of_key(self.tree.size, self.signer, following), now, following)
        promote(self.folder / FOLLOWING_KEY, self.folder / SIGNING_KEY)
        return self.key

    def _now(self) -> str:
        """The time of the next entry; a clock that went back is said first."""
        if self.interrupted:  # the line may be written though the append failed: read what is there
            _recover(self)
        now = self.clock()
        if self.last_time and now < self.last_time:
            self._append(ClockRegressed(self.last_time), now)
        return now

    def _append(self, event: Event, now: str, signer: Signer | None = None) -> None:
        if self.lock is not None:
            self.lock.require()
        signer = signer or self.signer
        self.interrupted = True
        line = entry_line(self._entry(event, now))
        leaf = leaf_hash(line)
        grown = self.tree.add(leaf)
        note = signer.sign(checkpoint_text(self.origin, grown.size, grown.root()))
        write_atomic(self.folder / NEXT, note)
        append_line(self.folder / LOG, line + b"\n")
        promote(self.folder / NEXT, self.folder / CHECKPOINT)
        self.last_inclusion = write_inclusion(self.tree, line)
        self.tree, self.last_hash, self.last_time, self.signer = grown, leaf, now, signer
        self.interrupted = False

    def _entry(self, event: Event, now: str) -> LogEntry:
        """The entry of this event at the log's end."""
        return LogEntry(
            log=self.origin,
            number=self.tree.size,
            time=now,
            before=self.last_hash,
            actor=self.actor,
            event=event,
        )


def create_log(folder: Path, origin: str) -> Signer:
    """Makes the signing keys (0600) and an empty log under a signed checkpoint of size 0."""
    signer = Signer.generate(origin)
    write_signer(folder / SIGNING_KEY, signer)
    write_cosigner(folder, origin)
    write_atomic(folder / CHECKPOINT, signer.sign(checkpoint_text(origin, 0, Tree().root())))
    write_atomic(folder / LOG, b"")
    return signer


def posix(time: str) -> int:
    """Seconds since the epoch of an entry's time; 0 for a clock that stands before it."""
    return max(0, int(datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()))


@contextlib.contextmanager
def open_log(folder: Path, actor: Actor) -> Iterator[AuditLog]:
    """The log under its lock, recovered from a crash if need be.

    Raises Tampered when what lies there cannot have come from a crash.
    """
    with locked(folder / "log.lock") as lock:
        sweep_temporary(folder)
        log = AuditLog(folder, read_signer(folder / SIGNING_KEY), actor)
        log.lock = lock
        if not _recall(log):
            _recover(log)
        try:
            yield log
        finally:
            with contextlib.suppress(RedactError, OSError):
                log.remember()


def _recall(log: AuditLog) -> bool:
    """Takes the tree from the remembered state, if it is just what the checkpoint signs.

    The state is trusted for nothing else: its root must be the signed one and the log must have
    the length and time it had. Anything else, or residue of a crash, and the log is read whole.
    Who changes an entry in place and sets the clock back is not seen here, but by every `verify`:
    what is signed stays the true root.
    """
    try:
        state = json.loads((log.folder / STATE).read_bytes())
        tree = Tree(int(state["size"]), tuple(bytes.fromhex(node) for node in state["frontier"]))
        last_hash, last_time = bytes.fromhex(state["last_hash"]), str(state["last_time"])
        same = _stamp(log.folder / LOG) == state["file"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    residue = [name for name in (NEXT, FOLLOWING_KEY) if (log.folder / name).exists()]
    if not same or residue or not tree.size:
        return False
    if not _signed(log, CHECKPOINT).is_of(tree) or not _ends_with(log, last_hash):
        return False
    log.tree, log.last_hash, log.last_time = tree, last_hash, last_time
    return is_as_witnessed(log.folder, log.signer, tree)


def _stamp(path: Path) -> list[int]:
    """Length, time of last change and inode: what changes when a file is touched."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def _ends_with(log: AuditLog, last_hash: bytes) -> bool:
    """Whether the last line is whole and hashes to this; only the file's end is read."""
    with (log.folder / LOG).open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LARGEST_LINE - 2))
        end = file.read()
    body, _, tail = end.rpartition(b"\n")
    return not tail and leaf_hash(body.rpartition(b"\n")[2]) == last_hash


def _recover(log: AuditLog) -> None:
    """Reads the log whole, as after a crash, and says in it if a torn tail was set aside."""
    log.tree, log.last_hash, log.last_time, log.interrupted = Tree(), NO_HASH, "", False
    torn = _load(log)
    require_witnessed(log.folder, log.signer, log.folder / LOG)
    if torn:
        log._append(torn, log.clock())
    if log.tree.size and not witness_of(log.folder).exists():
        log.append(LogUnwitnessed(log.tree.size))
        log.witness()


def _load(log: AuditLog) -> LogRecovered | None:
    """Reads the log into its tree and mends crash residue; a torn tail that it set aside."""
    data = read_part(log.folder / LOG)
    whole, _, tail = data.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    for line in lines:
        try:
            log.last_time = read_entry(line).time
        except EventError:
            raise _refused(log.folder, f"entry {log.tree.size} is not as it was written") from None
        log.last_hash = leaf_hash(line)
        log.tree = log.tree.add(log.last_hash)
    following = log.folder / FOLLOWING_KEY
    also = (read_signer(following),) if following.exists() else ()
    signed = _signed(log, CHECKPOINT, also)
    if log.tree.size == signed.checkpoint.size + 1 and (log.folder / NEXT).exists():
        signed = _signed(log, NEXT, also)
        promote(log.folder / NEXT, log.folder / CHECKPOINT)
    if not signed.is_of(log.tree):
        raise _refused(log.folder, "it does not fit its signed checkpoint")
    (log.folder / NEXT).unlink(missing_ok=True)
    if signed.signer in also:
        promote(following, log.folder / SIGNING_KEY)
    following.unlink(missing_ok=True)
    log.signer = signed.signer
    if not tail:
        return None
    at = len(data) - len(tail)
    digest = hashlib.sha256(tail).hexdigest()
    write_atomic(log.folder / f"torn-{log.tree.size}.bin", tail)
    with (log.folder / LOG).open("r+b") as file:
        file.truncate(at)
        os.fsync(file.fileno())
    return LogRecovered(at, len(tail), digest)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A checkpoint and who signed it."""

    checkpoint: Checkpoint
    signer: Signer

    def is_of(self, tree: Tree) -> bool:
        """Whether it is this tree that was signed."""
        return (self.checkpoint.size, self.checkpoint.root) == (tree.size, tree.root())


def _signed(log: AuditLog, name: str, also: tuple[Signer, ...] = ()) -> _Signed:
    """The checkpoint in this file, signed by the log's signer or by one of `also`."""
    note = read_part(log.folder / name)
    for signer in (log.signer, *also):
        try:
            checkpoint = read_checkpoint(open_note(note, signer.verifier()))
        except NoteError:
            continue
        if checkpoint.origin != log.origin:
            raise _refused(log.folder, "its checkpoint belongs to another log")
        return _Signed(checkpoint, signer)
    raise _refused(log.folder, "its checkpoint is damaged or signed by another key")


def _refused(folder: Path, what: str) -> Tampered:
    return Tampered(
        f"the audit log was changed: {what}",
        where=str(folder / LOG),
        remedy="Put back the audit folder from your backup.",
        command="`redact audit verify` says where it was changed.",
    )
