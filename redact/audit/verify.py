"""Checking a log from its raw bytes, trusting nothing that lies beside it.

docs/security.md, section 4.5. A log without a trusted key can only be found consistent with
itself: that is said, and it is not a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from redact.audit.entries import read_entry
from redact.audit.epochs import Epochs, read_epochs
from redact.audit.events import ClockRegressed, EventError
from redact.audit.log import CHECKPOINT, LOG, NEXT, NO_HASH, SIGNING_KEY, utc_now
from redact.audit.note import (
    Anchor,
    Checkpoint,
    NoteError,
    Signer,
    Verifier,
    open_note,
    read_checkpoint,
    without_cosignature,
)
from redact.audit.tree import Tree, leaf_hash

Status = Literal["intact", "tampered", "self-attested", "crash-residue"]
EXIT_CODES: dict[Status, int] = {
    "intact": 0,
    "tampered": 1,
    "self-attested": 3,
    "crash-residue": 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The finding in one word, the entries read, the newest anchor, and every reason."""

    status: Status
    entries: int
    anchored: int
    findings: tuple[str, ...]


def verify_log(folder: Path, key: str | None, anchors: tuple[Anchor, ...] = ()) -> Verification:
    """Verifies `folder` against a trusted verifier key and any checkpoints kept elsewhere.

    Never raises for a bad log.
    """
    findings: list[str] = []
    try:
        raw = (folder / LOG).read_bytes()
    except OSError:
        return Verification(
            status="tampered", entries=0, anchored=0, findings=("the log cannot be read",)
        )
    whole, _, tail = raw.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    verifier, trusted, problem = _verifier(folder, key)
    if verifier is None:
        return Verification(status="tampered", entries=len(lines), anchored=0, findings=(problem,))
    roots = _read_lines(lines, verifier.name, findings)
    epochs = read_epochs(lines, verifier, findings)
    if trusted and not epochs.since(verifier):
        findings.append("the trusted key never was this log's")
    residue = bool(tail)
    signed = _checkpoint(folder / CHECKPOINT, epochs, len(lines), findings)
    if signed is not None and signed.size != len(lines):
        following = None
        if (folder / NEXT).exists():
            following = _checkpoint(folder / NEXT, epochs, len(lines), [])
        if following is not None and following.size == len(lines) == signed.size + 1:
            signed, residue = following, True
        else:
            findings.append(f"the log has {len(lines)} entries, its checkpoint signs {signed.size}")
            signed = None
    if signed is not None and roots[signed.size] != signed.root:
        findings.append("the entries do not hash to the signed root")
    anchored = _check_anchors(anchors, epochs, roots, findings)
    if findings:
        status: Status = "tampered"
    elif residue:
        status = "crash-residue"
        findings.append(
            "the last append was cut off; the next command will set it aside and say so"
        )
    elif not trusted:
        status = "self-attested"
        findings.append("no trusted key was given: a forger who replaced all of it would pass")
    else:
        status = "intact"
    return Verification(
        status=status, entries=len(lines), anchored=anchored, findings=tuple(findings)
    )


def _verifier(folder: Path, key: str | None) -> tuple[Verifier | None, bool, str]:
    try:
        if key is not None:
            return Verifier.parse(key), True, ""
        signer = Signer.parse((folder / SIGNING_KEY).read_text("ascii"))  # it may be the newest
        return signer.verifier(), False, ""
    except (NoteError, OSError, UnicodeDecodeError):
        return None, False, "there is no readable key to check the log with"


def _read_lines(lines: list[bytes], origin: str, findings: list[str]) -> list[bytes]:
    """The root after 0, 1, 2 … entries; findings name the first bad entry of each kind."""
    tree, prev, last_time = Tree(), NO_HASH, ""
    roots = [tree.root()]
    limit = utc_now()
    after_regress = False
    for number, line in enumerate(lines):
        leaf = leaf_hash(line)
        try:
            entry = read_entry(line)
        except EventError as error:
            findings.append(f"entry {number}: {error}")
        else:
            if entry.number != number:
                findings.append(f"entry {number}: its number is {entry.number}")
            if entry.before != prev:
                findings.append(f"entry {number}: it does not follow the entry before it")
            if entry.log != origin:
                findings.append(f"entry {number}: it belongs to another log")
            regressed = isinstance(entry.event, ClockRegressed)
            if entry.time < last_time and not regressed and not after_regress:
                findings.append(f"entry {number}: time goes back")
            if entry.time > limit:
                findings.append(f"entry {number}: it comes from the future")
            last_time, after_regress = entry.time, regressed
        tree, prev = tree.add(leaf), leaf
        roots.append(tree.root())
    return roots


def _checkpoint(path: Path, epochs: Epochs, entries: int, findings: list[str]) -> Checkpoint | None:
    """The checkpoint of about so many entries, if the key then in force signed it."""
    try:
        return _opened(path.read_bytes(), epochs, entries)
    except OSError:
        findings.append("the signed checkpoint is missing")
    except NoteError as error:
        findings.append(f"the signed checkpoint does not verify: {error}")
    return None


def _opened(note: bytes, epochs: Epochs, entries: int) -> Checkpoint:
    """What the note says; NoteError unless the key in force at that size signed it for this log.

    A size that the log does not reach is checked with the last key.
    """
    refusal = NoteError("it is not signed")
    for verifier in dict.fromkeys(reversed(epochs.keys)):
        try:
            checkpoint = read_checkpoint(open_note(note, verifier))
        except NoteError as error:
            refusal = error
            continue
        if checkpoint.origin != verifier.name:
            raise NoteError("it belongs to another log")
        if epochs.at(min(checkpoint.size, entries)) != verifier:
            raise NoteError("it is signed by a key that was not in force")
        return checkpoint
    raise refusal


def _check_anchors(
    anchors: tuple[Anchor, ...],
    epochs: Epochs,
    roots: list[bytes],
    findings: list[str],
) -> int:
    newest = 0
    for anchor in anchors:
        try:
            plain = without_cosignature(anchor.note, epochs.keys[0].name)
            checkpoint = _opened(plain, epochs, len(roots) - 1)
        except NoteError as error:
            findings.append(f"anchor {anchor.name} does not verify: {error}")
            continue
        size = checkpoint.size
        if size >= len(roots):
            lost = f"entries {len(roots) - 1} to {size - 1}"
            findings.append(f"{lost} are gone since anchor {anchor.name}")
        elif roots[size] != checkpoint.root:
            findings.append(f"entries before {size} were rewritten since anchor {anchor.name}")
        else:
            newest = max(newest, size)
    return newest
