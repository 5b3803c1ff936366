"""Which key signs the log from when on: a change of key is an entry, signed by old and new.

docs/security.md, section 4.5: a checkpoint's key must be the one in force at its size. systemd's
journal once took entries sealed again with a newer key (CVE-2023-31439).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from redact.audit.entries import read_entry
from redact.audit.events import EventError, KeyRotated
from redact.audit.note import NoteError, Signer, Verifier, open_note


@dataclass(frozen=True, slots=True)
class Epochs:
    """The keys one after another; `starts[i]` is the size from which on `keys[i]` signs."""

    keys: tuple[Verifier, ...]
    starts: tuple[int, ...]

    def at(self, size: int) -> Verifier:
        """The key that signs a checkpoint of so many entries."""
        number = sum(start <= size for start in self.starts) - 1
        return self.keys[number]

    def since(self, key: Verifier) -> tuple[Verifier, ...]:
        """This key and those that came after it; none if it never was the log's."""
        return self.keys[self.keys.index(key) :] if key in self.keys else ()


def change_of_key(size: int, old: Signer, new: Signer) -> KeyRotated:
    """What the entry at this place says: both keys, each signing that the second follows."""
    text = _statement(size, old.verifier(), new.verifier())
    return KeyRotated(
        old=str(old.verifier()),
        key=str(new.verifier()),
        by_old=_last_line(old.sign(text)),
        by_new=_last_line(new.sign(text)),
    )


def read_epochs(lines: list[bytes], first: Verifier, findings: list[str]) -> Epochs:
    """The keys as the log tells them; `first` where it tells of no change.

    A change that is not signed by both keys is a finding, and does not count.
    """
    keys, starts = [first], [0]
    for number, line in enumerate(lines):
        if KeyRotated.kind.encode() not in line:
            continue
        try:
            event = read_entry(line).event
            if not isinstance(event, KeyRotated):
                continue
            old, new = _checked(number, event)
        except (EventError, NoteError):
            findings.append(f"entry {number}: the change of key is not signed by both keys")
            continue
        if len(keys) == 1:
            keys = [old]
        if keys[-1] != old:
            findings.append(f"entry {number}: the change is of another key than the log's")
            continue
        keys.append(new)
        starts.append(number + 1)
    return Epochs(tuple(keys), tuple(starts))


def keys_since(log: Path, key: Verifier) -> tuple[Verifier, ...]:
    """A trusted key and those that followed it in this log, each vouched for by the one before."""
    try:
        lines = log.read_bytes().split(b"\n")
    except OSError:
        return (key,)
    return read_epochs(lines, key, []).since(key)


def _checked(number: int, change: KeyRotated) -> tuple[Verifier, Verifier]:
    old, new = Verifier.parse(change.old), Verifier.parse(change.key)
    text = _statement(number, old, new)
    for verifier, signature in ((old, change.by_old), (new, change.by_new)):
        if open_note(f"{text}\n{signature}\n".encode(), verifier) != text:
            raise NoteError("another statement")
    if old.name != new.name:
        raise NoteError("another log")
    return old, new


def _statement(size: int, old: Verifier, new: Verifier) -> str:
    return f"redact-log-key/1\n{size}\n{old}\n{new}\n"


def _last_line(note: bytes) -> str:
    return note.decode("utf-8").split("\n")[-2]
