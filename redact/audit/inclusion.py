"""The proof that an entry is in a log: the entry, and the hashes that lead from it to the root.

RFC 6962, section 2.1.1, for the newest entry of a tree: every hash on the way stands to its left. A
release carries that of its own `release.created`, so that its reader needs no log to see it there.

    redact-inclusion/1
    <size of the tree>
    <the entry's line>
    <a hash a line, in hex, from the leaf up>
"""

from __future__ import annotations

from redact.audit.entries import LogEntry, read_entry
from redact.audit.events import EventError
from redact.audit.note import NoteError
from redact.audit.tree import Tree, leaf_hash, node_hash

FORMAT = "redact-inclusion/1"
_MOST_HASHES = 64


def write_inclusion(before: Tree, line: bytes) -> str:
    """The proof for the entry that was added to a tree; `line` has no line feed."""
    path = [node.hex() for node in reversed(before.frontier)]
    return "\n".join([FORMAT, str(before.size + 1), line.decode("utf-8"), *path, ""])


def read_inclusion(text: str, size: int, root: bytes) -> LogEntry:
    """The entry that a proof is of; NoteError unless it leads to this root of a tree this size."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != FORMAT or lines[-1] or len(lines) > _MOST_HASHES + 4:
        raise NoteError("it is no proof of this version")
    if lines[1] != str(size):
        raise NoteError("it is of a log of another size")
    line, hashes = lines[2].encode("utf-8"), lines[3:-1]
    if len(hashes) != bin(size - 1).count("1"):
        raise NoteError("it has too many or too few hashes")
    node = leaf_hash(line)
    for one in hashes:
        if len(one) != 64 or any(c not in "0123456789abcdef" for c in one):
            raise NoteError("a hash of it is none")
        node = node_hash(bytes.fromhex(one), node)
    if node != root:
        raise NoteError("it leads to another log")
    try:
        entry = read_entry(line)
    except EventError:
        raise NoteError("its entry is none") from None
    if entry.number != size - 1:
        raise NoteError("its entry is another one")
    return entry
