"""Checking a log from its raw bytes, trusting nothing that lies beside it.

docs/security.md, section 4.5. A log without a trusted key can only be found consistent with
itself: that is said, and it is not a pass.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from redact.audit.entries import LogEntry, read_entry
from redact.audit.epochs import Epochs, read_epochs
from redact.audit.events import ClockRegressed, EventError, LogUnwitnessed
from redact.audit.log import CHECKPOINT, LOG, NEXT, NO_HASH, SIGNING_KEY, utc_now
from redact.audit.memory import Memory, RolledBack, compare, opened, roots_of, shown_time
from redact.audit.note import Anchor, NoteError, Signer, Verifier
from redact.audit.tree import leaf_hash

Status = Literal[
    "intact", "tampered", "unwitnessed", "clock-fault", "self-attested", "crash-residue"
]
EXIT_CODES: dict[Status, int] = {
    "intact": 0,
    "tampered": 1,
    "unwitnessed": 3,
    "clock-fault": 3,
    "self-attested": 3,
    "crash-residue": 3,
}
_TRIES, _WAIT = 5, 0.02  # seconds; what a crash left stays, and is told then
_LATE = timedelta(minutes=1)  # clocks are set right by seconds all the time


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The finding in one word, the entries read, the newest anchor, and every reason.

    `anchored` counts what anchors outside the study vouch for; `rolled_back` is what the log lacks
    of what others remember; `remarks` do not make the log doubtful.
    """

    status: Status
    entries: int
    anchored: int
    findings: tuple[str, ...]
    rolled_back: tuple[RolledBack, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Noticed:
    """What is found on the way: reasons for doubt, entries of a wrong clock, remarks."""

    findings: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def verify_log(
    folder: Path, key: str | None, anchors: tuple[Anchor, ...] = (), witness_gone: bool = False
) -> Verification:
    """Verifies `folder` against a trusted verifier key and whatever remembers the log.

    `witness_gone` says that the note beside the folder should be there and is not. Never raises for
    a bad log.
    """
    seen = _Noticed()
    try:
        raw = _at_rest(folder)
    except OSError:
        return _tampered(0, "the log cannot be read")
    whole, _, tail = raw.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    verifier, trusted, problem = _verifier(folder, key)
    if verifier is None:
        return _tampered(len(lines), problem)
    _read_lines(lines, verifier.name, seen)
    roots = roots_of(lines)
    epochs = read_epochs(lines, verifier, seen.findings)
    if trusted and not epochs.since(verifier):
        seen.findings.append("the trusted key never was this log's")
    residue = bool(tail)
    signed = _checkpoint(folder / CHECKPOINT, epochs, len(lines), seen.findings)
    if signed is not None and signed.size != len(lines):
        following = None
        if (folder / NEXT).exists():
            following = _checkpoint(folder / NEXT, epochs, len(lines), [])
        if following is not None and following.size == len(lines) == signed.size + 1:
            signed, residue = following, True
        else:
            seen.findings.append(
                f"the log has {len(lines)} entries, its checkpoint signs {signed.size}"
            )
            signed = None
    if signed is not None and roots[signed.size] != signed.root:
        seen.findings.append("the entries do not hash to the signed root")
    compared = compare(anchors, lines, epochs, (verifier,))
    seen.findings += compared.findings
    return Verification(
        status=_judged(seen, residue, trusted, witness_gone),
        entries=len(lines),
        anchored=compared.newest,
        findings=tuple(dict.fromkeys(seen.findings)),
        rolled_back=compared.rolled_back,
        remarks=tuple(seen.remarks),
    )


def _at_rest(folder: Path) -> bytes:
    """The log's bytes, read again while another command is just adding to it."""
    for _ in range(_TRIES):
        before = _stamps(folder)
        raw = (folder / LOG).read_bytes()
        if _stamps(folder) == before and not (folder / NEXT).exists():
            break
        time.sleep(_WAIT)
    return raw


def _stamps(folder: Path) -> tuple[tuple[int, int, int], ...]:
    found = []
    for name in (LOG, CHECKPOINT):
        path = folder / name
        info = path.stat() if path.exists() else None
        found.append((info.st_ino, info.st_size, info.st_mtime_ns) if info else (0, 0, 0))
    return tuple(found)


def _tampered(entries: int, finding: str) -> Verification:
    return Verification(status="tampered", entries=entries, anchored=0, findings=(finding,))


def _judged(seen: _Noticed, residue: bool, trusted: bool, witness_gone: bool) -> Status:
    """The finding in one word; what is behind it is added to the findings."""
    if seen.findings:
        seen.findings += seen.ahead
        return "tampered"
    if witness_gone:
        seen.findings += seen.ahead
        seen.findings.append(
            "the note beside the audit folder was taken away: what came after the newest entry "
            "that linkage key, packets and releases know may be gone. The next command makes it "
            "anew and says so in the log"
        )
        return "unwitnessed"
    if seen.ahead:
        seen.findings += seen.ahead
        seen.findings.append(
            "the clock of this machine, or of the one that wrote these entries, is wrong: "
            "set it right; the next command says so in the log, and work goes on"
        )
        return "clock-fault"
    if residue:
        seen.findings.append(
            "the last append was cut off; the next command will set it aside and say so"
        )
        return "crash-residue"
    if not trusted:
        seen.findings.append("no trusted key was given: a forger who replaced all of it would pass")
        return "self-attested"
    return "intact"


def _verifier(folder: Path, key: str | None) -> tuple[Verifier | None, bool, str]:
    try:
        if key is not None:
            return Verifier.parse(key), True, ""
        signer = Signer.parse((folder / SIGNING_KEY).read_text("ascii"))  # it may be the newest
        return signer.verifier(), False, ""
    except (NoteError, OSError, UnicodeDecodeError):
        return None, False, "there is no readable key to check the log with"


def _read_lines(lines: list[bytes], origin: str, seen: _Noticed) -> None:
    """Findings name the first bad entry of each kind; those of a clock that was ahead are apart.

    An entry from the future is vouched for when a later one says that the clock went back.
    """
    prev, last_time = NO_HASH, ""
    limit = utc_now(_LATE)
    after_regress = False
    ahead: list[LogEntry] = []
    for number, line in enumerate(lines):
        try:
            entry = read_entry(line)
        except EventError as error:
            seen.findings.append(f"entry {number}: {error.what}")
        else:
            if entry.number != number:
                seen.findings.append(f"entry {number}: its number is {entry.number}")
            if entry.before != prev:
                seen.findings.append(f"entry {number}: it does not follow the entry before it")
            if entry.log != origin:
                seen.findings.append(f"entry {number}: it belongs to another log")
            regressed = isinstance(entry.event, ClockRegressed)
            if entry.time < last_time and not regressed and not after_regress:
                seen.findings.append(f"entry {number}: time goes back")
            if regressed and ahead:
                seen.remarks.append(f"{_span(ahead)}; entry {number} says that it was set right")
                ahead = []
            if entry.time > limit:
                ahead.append(entry)
            if isinstance(entry.event, LogUnwitnessed):
                seen.remarks.append(
                    f"entry {number}: the note beside the audit folder was not there; that nothing "
                    "was rolled back just before is known from key, packets and releases only"
                )
            last_time, after_regress = entry.time, regressed
        prev = leaf_hash(line)
    if ahead:
        seen.ahead.append(_span(ahead))


def _span(ahead: list[LogEntry]) -> str:
    """Which entries have a time that is still to come."""
    first, last = ahead[0], ahead[-1]
    which = f"entry {first.number} has a time"
    if first is not last:
        which = f"entries {first.number} to {last.number} have times"
    return f"{which} that is still to come (up to {shown_time(last.time)}): a clock was wrong"


def _checkpoint(path: Path, epochs: Epochs, entries: int, findings: list[str]) -> Memory | None:
    """The checkpoint of about so many entries, if the key then in force signed it."""
    try:
        return opened(path.read_bytes(), epochs, entries)
    except OSError:
        findings.append("the signed checkpoint is missing")
    except NoteError as error:
        findings.append(f"the signed checkpoint does not verify: {error}")
    return None
