"""What lies outside a log and remembers how far it had come; what a log that went back lacks.

The sealed linkage key and its note, custody packets, bags, a note given away, and a witness beside
the log's own folder: each is signed by the log's key of its day. A log is as it was only if each of
them is a beginning of it (docs/security.md, section 4.5).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redact.audit.entries import TIME, read_entry
from redact.audit.epochs import Epochs
from redact.audit.events import EventError
from redact.audit.note import (
    Anchor,
    NoteError,
    Verifier,
    open_note,
    read_checkpoint,
    without_cosignature,
)
from redact.audit.tree import Tree, leaf_hash

WITNESS = "redact-witness/1"
NOTE_FORMAT = "redact-linkage/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """So many entries, under this root, at this time (RFC 3339) in the log of this name.

    Linkage notes of builds before this one tell the number only.
    """

    size: int
    root: bytes | None = None
    time: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledBack:
    """The entries that a log lacks, from `first` to `last`; who knew them, and when.

    `ends` is the time of the log's last entry, "" if it has none; `known` that of the memory.
    """

    first: int
    last: int
    ends: str
    known: str | None
    by: str

    def sentence(self) -> str:
        """What was rolled back, from when to when, for people."""
        which = f"entry {self.last} is" if self.first == self.last else self._several()
        then = f"; there were {self.last + 1} entries at {shown_time(self.known)}"
        ends = f"entry {self.first - 1} of {shown_time(self.ends)}" if self.first else "nothing"
        said = f"rolled back: {which} gone since {self.by}: the log ends with {ends}"
        return said + (then if self.known else "")

    def _several(self) -> str:
        return f"entries {self.first} to {self.last} are"


def shown_time(time: str | None) -> str:
    """An entry's time to the second, for people."""
    return f"{time[:19].replace('T', ' ')} UTC" if time else "an unknown time"


def witness_text(origin: str, size: int, root: bytes, time: str) -> str:
    """The body of the note that is kept beside a log's folder."""
    return f"{WITNESS}\n{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n{time}\n"


def linkage_text(linkage_id: str, sha256: str, recipient: str, log: Memory) -> str:
    """The body of a linkage key's note: what it vouches for, and how far the log had come."""
    root = base64.b64encode(log.root or b"").decode("ascii")
    head = f"{NOTE_FORMAT}\n{linkage_id}\nsha256:{sha256}\n{recipient}\n{log.size}\n"
    return f"{head}{root}\n{log.time}\n"


def read_memory(text: str) -> Memory:
    """What a signed text of ours says of its log; NoteError if it says nothing of one."""
    lines = text.split("\n")
    if lines[0] == WITNESS and len(lines) == 6:
        return _memory(lines[2:5], lines[1])
    if lines[0] == NOTE_FORMAT and len(lines) == 8:
        return _memory(lines[4:7])
    if lines[0] == NOTE_FORMAT and len(lines) == 6:
        return Memory(size=_size(lines[4]))
    said = read_checkpoint(text)
    return Memory(size=said.size, root=said.root, origin=said.origin)


def _memory(lines: list[str], origin: str | None = None) -> Memory:
    size, encoded, time = lines
    try:
        root = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise NoteError("malformed root") from error
    if len(root) != 32 or not TIME.match(time):
        raise NoteError("malformed root or time")
    return Memory(size=_size(size), root=root, time=time, origin=origin)


def _size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NoteError("malformed number of entries")
    return int(text)


def opened(note: bytes, epochs: Epochs, entries: int, also: Iterable[Verifier] = ()) -> Memory:
    """What a note says; NoteError unless the key in force at that size signed it for this log.

    A size that the log does not reach is checked with the last key, or with one of `also`: those
    that are known from elsewhere to be the log's, for a log that went back lost its newer ones.
    """
    refusal = NoteError("it is not signed")
    plain = without_cosignature(note, epochs.keys[0].name)
    for verifier in dict.fromkeys((*reversed(epochs.keys), *also)):
        try:
            said = read_memory(open_note(plain, verifier))
        except NoteError as error:
            refusal = error
            continue
        if said.origin not in (None, verifier.name):
            raise NoteError("it belongs to another log")
        if verifier in epochs.keys and epochs.at(min(said.size, entries)) != verifier:
            raise NoteError("it is signed by a key that was not in force")
        if verifier not in epochs.keys and said.size <= entries:
            raise NoteError("it is signed by a key that this log never had")
        return said
    raise refusal


def roots_of(lines: Iterable[bytes]) -> tuple[bytes, ...]:
    """The root after 0, 1, 2 … of these lines."""
    tree = Tree()
    roots = [tree.root()]
    for line in lines:
        tree = tree.add(leaf_hash(line))
        roots.append(tree.root())
    return tuple(roots)


def last_time(lines: Sequence[bytes]) -> str:
    """The time of the last entry; "" if there is none that can be read."""
    try:
        return read_entry(lines[-1]).time if lines else ""
    except EventError:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A log against what remembers it: what speaks against it, and what of it is gone.

    `newest` is the most entries that an anchor outside the study vouches for.
    """

    findings: tuple[str, ...] = ()
    rolled_back: tuple[RolledBack, ...] = ()
    newest: int = 0


def compare(
    anchors: Iterable[Anchor],
    lines: Sequence[bytes],
    epochs: Epochs,
    also: Iterable[Verifier] = (),
) -> Compared:
    """The lines of a log against each anchor, which must be a beginning of it."""
    findings: list[str] = []
    rolled_back: list[RolledBack] = []
    newest, ends, roots = 0, last_time(lines), roots_of(lines)
    for anchor in anchors:
        name = name_of(anchor)
        try:
            said = opened(anchor.note, epochs, len(lines), also)
        except NoteError as error:
            findings.append(f"{name} does not verify: {error}{_unproven(anchor, len(lines))}")
            continue
        lacking = lost(said, name, len(lines), ends)
        if lacking is not None:
            rolled_back.append(lacking)
            findings.append(lacking.sentence())
        elif was_rewritten(said, roots):
            findings.append(f"entries before {said.size} were rewritten since {name}")
        elif anchor.outside:
            newest = max(newest, said.size)
    return Compared(findings=tuple(findings), rolled_back=tuple(rolled_back), newest=newest)


def _unproven(anchor: Anchor, entries: int) -> str:
    """What an anchor says that no key of this log vouches for: a log from before its key changed,
    or another's; nothing if it says nothing that can be read.
    """
    text = anchor.note.decode("utf-8", "replace").partition("\n\n")[0]
    try:
        said = read_memory(f"{text}\n")
    except NoteError:
        return ""
    when = f" at {shown_time(said.time)}" if said.time else ""
    return (
        f". It says that there were {said.size} entries{when}; this log has {entries}. "
        "The folder is from before the log's key changed, or another study's"
    )


def lost(said: Memory, by: str, entries: int, ends: str) -> RolledBack | None:
    """What the log lacks of what was remembered; None if it came as far."""
    if said.size <= entries:
        return None
    return RolledBack(first=entries, last=said.size - 1, ends=ends, known=said.time, by=by)


def was_rewritten(said: Memory, roots: Sequence[bytes]) -> bool:
    """Whether the log's beginning is another than was remembered."""
    return said.root is not None and said.size < len(roots) and roots[said.size] != said.root


def name_of(anchor: Anchor) -> str:
    """What an anchor is called in a finding."""
    return f"anchor {anchor.name}" if anchor.outside else anchor.name
