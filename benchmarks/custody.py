"""Seconds and memory of the linkage key and the audit log, large.

A key of 100,000 entries and 1,000,000 replacements sealed and opened, with an age file of as many
plain bytes as the baseline; 10,000 appends, each alone under its lock; 100,000 entries verified.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from redact.audit.entries import Actor, LogEntry, entry_line
from redact.audit.events import RunFinished
from redact.audit.log import CHECKPOINT, LOG, create_log, open_log
from redact.audit.note import checkpoint_text
from redact.audit.tree import leaf_hash
from redact.audit.verify import verify_log
from redact.custody import keyfile
from redact.custody.age import HybridIdentity, decrypt, encrypt
from redact.custody.payload import (
    Document,
    Entry,
    Form,
    LinkageKey,
    Replaced,
    dump_payload,
    load_payload,
)

ENTRIES, REPLACEMENTS, DOCUMENTS = 100_000, 1_000_000, 200
APPENDS, VERIFIED = 10_000, 100_000
ACTOR = Actor("steward", "data steward")


def large_key() -> LinkageKey:
    """An invented key; every form is ten letters long."""
    documents = tuple(
        Document(
            doc_id=f"D{n:04d}",
            source_name=f"{n}.txt",
            source_path=f"/x/{n}.txt",
            source_sha256="0" * 64,
            text_sha256="0" * 64,
            bom="",
            encoding="utf-8",
            guessed=False,
            safe_name=f"scot_{n}.txt",
            safe_sha256="0" * 64,
        )
        for n in range(DOCUMENTS)
    )
    entries = tuple(
        Entry(
            pseudonym=f"[Person {n}]",
            type="PERSON",
            decided_by="policy x 1",
            reason="full name",
            forms=(Form(text=f"Na{n:08d}", count=10),),
        )
        for n in range(ENTRIES)
    )
    each = REPLACEMENTS // DOCUMENTS
    replacements = tuple(
        Replaced(
            doc=f"D{d:04d}",
            start=20 * n,
            end=20 * n + 10,
            safe_start=20 * n,
            safe_end=20 * n + 10,
            entry=(d * each + n) % ENTRIES,
            form=0,
        )
        for d in range(DOCUMENTS)
        for n in range(each)
    )
    return LinkageKey(
        linkage_id="id",
        project="project",
        log="log",
        log_key="log+key",
        created="2026-11-25T00:00:00.000Z",
        supersedes=None,
        checkpoint="c",
        tool_version="0.1.0",
        secret=b"s" * 32,
        tables=(),
        documents=documents,
        entries=entries,
        replacements=replacements,
    )


def baseline() -> tuple[str, float]:
    """age alone on as many bytes as the payload has."""
    plain = dump_payload(large_key())
    identity = HybridIdentity.generate()
    started = time.perf_counter()
    encrypt(plain, [identity.recipient()])
    return f"age alone, {len(plain) / 1e6:.0f} MB", time.perf_counter() - started


def sealing() -> tuple[str, float]:
    identity, key = HybridIdentity.generate(), large_key()
    started = time.perf_counter()
    keyfile.prepare(key, identity)
    return "sealed: 100,000 entries, 1,000,000 places", time.perf_counter() - started


def opening() -> tuple[str, float]:
    """The sealed file comes from a process of its own, so that only opening counts here."""
    identity = HybridIdentity.generate()
    with ProcessPoolExecutor(1, get_context("fork")) as process:
        sealed = process.submit(_sealed_to, str(identity.recipient())).result()
    started = time.perf_counter()
    load_payload(decrypt(sealed, [identity]))
    return "opened", time.perf_counter() - started


def _sealed_to(recipient: str) -> bytes:
    return encrypt(dump_payload(large_key()), [keyfile.parse_recipient(recipient)])


def appending() -> tuple[str, float]:
    with tempfile.TemporaryDirectory(dir=".") as folder:
        audit = _log(Path(folder))
        started = time.perf_counter()
        for number in range(APPENDS):
            with open_log(audit, ACTOR) as log:
                log.append(RunFinished(command="x", outcome="done", exit=number))
            if number == 99:
                first = time.perf_counter() - started
        took = time.perf_counter() - started
        ratio = took / APPENDS / (first / 100)
        return f"10,000 appends ({ratio:.2f} of the first 100's time each)", took


def verifying() -> tuple[str, float]:
    with tempfile.TemporaryDirectory(dir=".") as folder:
        audit = _log(Path(folder))
        _fill(audit)
        with open_log(audit, ACTOR) as log:
            key = log.key
        started = time.perf_counter()
        verified = verify_log(audit, key)
        took = time.perf_counter() - started
        return f"{verified.entries:,} entries verified ({verified.status})", took


def _log(folder: Path) -> Path:
    audit = folder / "audit"
    audit.mkdir()
    create_log(audit, "redact.study/benchmark")
    return audit


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """A row each, from a process of its own: seconds, and that process's peak of memory."""
    rows: list[tuple[str, ...]] = []
    for part in (baseline, sealing, opening, appending, verifying):
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            what, seconds, peak = process.submit(_measured, part).result()
        rows.append((f"{what:52}", f"{seconds:7.2f} s", f"peak {peak:.2f} GB"))
    return "Linkage key and audit log, one core", rows


def _measured(part: Callable[[], tuple[str, float]]) -> tuple[str, float, float]:
    what, seconds = part()
    return what, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576


def _fill(audit: Path) -> None:
    """The log grown to its full size at once, properly signed."""
    with open_log(audit, ACTOR) as log:
        tree, prev, lines = log.tree, log.last_hash, []
        now = log.clock()
        while tree.size < VERIFIED:
            line = entry_line(
                LogEntry(
                    log=log.origin,
                    number=tree.size,
                    time=now,
                    before=prev,
                    actor=ACTOR,
                    event=RunFinished("x", "done", tree.size),
                )
            )
            prev = leaf_hash(line)
            tree = tree.add(prev)
            lines.append(line + b"\n")
        with (audit / LOG).open("ab") as file:
            file.writelines(lines)
        note = log.signer.sign(checkpoint_text(log.origin, tree.size, tree.root()))
        (audit / CHECKPOINT).write_bytes(note)


if __name__ == "__main__":
    title, table = measure()
    print(title)
    for line in table:
        print("  " + "  ".join(line))
