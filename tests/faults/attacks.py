"""What is done to the log, the key and the parsers, and what must come of it: counts.

Each function tries `of` cases or so (all of them in the full run) and gives how many it tried and
how many went wrong. `torture.py` prints them; `test_faults.py` has it run in a short form.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from redact.audit.events import EventError, read_entry
from redact.audit.log import CHECKPOINT, LOG, create_log, open_log
from redact.audit.note import NoteError, Verifier, open_note, read_checkpoint
from redact.audit.verify import verify_log
from redact.custody import keyfile
from redact.custody.age import AgeError, HybridIdentity, decrypt, encrypt
from redact.custody.payload import load_payload
from redact.desk import open_desk, open_key, seal_key
from redact.errors import KeyRefused, RedactError
from redact.keeping import rotate
from redact.release.bag import verify_bag
from redact.releasing import release
from redact.study import Study
from tests.faults.injected import CALLS, DONE, REFUSED, WRITES, run_with

ACTOR = {"id": "steward", "role": "data steward"}
NAME = b"Morag"


@dataclass(frozen=True, slots=True)
class Count:
    """What was tried, how often, and how often it went wrong."""

    what: str
    tried: int
    wrong: int
    more: str = ""


def some_log(folder: Path, entries: int = 6) -> str:
    """A log with so many entries; its key."""
    folder.mkdir(parents=True)
    signer = create_log(folder, "redact.study/faults")
    with open_log(folder, ACTOR) as log:
        for number in range(entries):
            log.append("run.finished", command=f"step {number}", outcome="done", exit=0)
    return str(signer.verifier())


def append_two(folder: Path, acknowledge: Callable[[], None]) -> None:
    with open_log(folder, ACTOR) as log:
        for number in range(2):
            log.append("run.finished", command=f"more {number}", outcome="done", exit=0)
            acknowledge()


def _whole_and_alive(folder: Path, key: str, at_least: int) -> bool:
    """Nothing acknowledged is lost, the log takes another entry, and it verifies."""
    try:
        with open_log(folder, ACTOR) as log:
            kept = log.tree.size
            log.append("checkpoint.anchored", where="after")
    except RedactError:
        return False
    return kept >= at_least and verify_log(folder, key).status == "intact"


def _points(calls: int, of: int) -> Iterator[int]:
    step = max(1, calls // of)
    yield from range(1, calls + 1, step)


def kills_of_an_append(work: Path, of: int) -> Count:
    """SIGKILL at every system call of two appends."""
    return _log_faults(work, of, "SIGKILL in two appends", ("signal=SIGKILL",), CALLS)


def errors_of_an_append(work: Path, of: int) -> Count:
    """ENOSPC, EIO and EACCES at every call that writes: refused, and nothing lost."""
    faults = ("error=ENOSPC", "error=EIO", "error=EACCES")
    return _log_faults(work, of, "ENOSPC, EIO, EACCES in two appends", faults, WRITES)


def _log_faults(work: Path, of: int, what: str, faults: tuple[str, ...], calls: str) -> Count:
    pattern = work / "pattern"
    key = some_log(pattern)
    (work / "dry").mkdir()
    shutil.copytree(pattern, work / "dry" / "audit")
    made = run_with(append_two, work / "dry" / "audit", calls=calls).calls
    tried = wrong = 0
    for fault in faults:
        for point in _points(made, max(1, of // len(faults))):
            folder = work / "one" / "audit"
            shutil.rmtree(work / "one", ignore_errors=True)
            shutil.copytree(pattern, folder)
            outcome = run_with(append_two, folder, f"{fault}:when={point}", calls)
            clean = outcome.code in (DONE, REFUSED, -signal.SIGKILL)
            whole = _whole_and_alive(folder, key, 6 + outcome.acknowledged)
            tried, wrong = tried + 1, wrong + (not (clean and whole))
    return Count(what, tried, wrong, f"{made} calls")


def kills_of_a_recovery(work: Path, of: int) -> Count:
    """SIGKILL while a torn tail is set aside."""
    pattern = work / "pattern"
    key = some_log(pattern)
    with (pattern / LOG).open("ab") as file:
        file.write(b'{"half an ent')
    (work / "dry").mkdir()
    shutil.copytree(pattern, work / "dry" / "audit")
    made = run_with(append_two, work / "dry" / "audit").calls
    tried = wrong = 0
    for point in _points(made, of):
        folder = work / "one" / "audit"
        shutil.rmtree(work / "one", ignore_errors=True)
        shutil.copytree(pattern, folder)
        outcome = run_with(append_two, folder, f"signal=SIGKILL:when={point}")
        tried += 1
        wrong += not _whole_and_alive(folder, key, 6 + outcome.acknowledged)
    return Count("SIGKILL in a recovery", tried, wrong, f"{made} calls")


def sealing(study: Path, identity: Path) -> Callable[[Path, Callable[[], None]], None]:
    """Seals the study's key anew, as every replacing does."""

    def work(folder: Path, acknowledge: Callable[[], None]) -> None:
        opened = Study(folder)
        opener = keyfile.Opener.from_identity_file(identity)
        found, key, digest = open_key(opened, opener)
        with open_log(opened.audit, ACTOR) as log:
            new = dataclasses.replace(key, linkage_id=str(uuid.uuid4()), supersedes=digest)
            seal_key(opened, log, new, found.identity, supersedes=digest)
        acknowledge()

    return work


def rotating(study: Path, identity: Path) -> Callable[[Path, Callable[[], None]], None]:
    """Rotates the study's identity."""

    def work(folder: Path, acknowledge: Callable[[], None]) -> None:
        rotate(Study(folder), keyfile.Opener.from_identity_file(identity))
        acknowledge()

    return work


def faults_of_the_key(work: Path, study: Path, identity: Path, of: int, what: str,
                      make: Callable[..., Callable[..., None]], fault: str) -> Count:  # fmt: skip
    """A fault at every call of sealing or rotating: the key opens after it, no name is about."""
    calls = CALLS if "signal" in fault else WRITES
    do = make(study, identity)
    expected = _content(study, identity)
    (work / "dry").mkdir()
    shutil.copytree(study, work / "dry" / "study")
    made = run_with(do, work / "dry" / "study", calls=calls).calls
    tried = wrong = 0
    for point in _points(made, of):
        folder = work / "one" / "study"
        shutil.rmtree(work / "one", ignore_errors=True)
        shutil.copytree(study, folder)
        outcome = run_with(do, folder, f"{fault}:when={point}", calls)
        tried += 1
        good = outcome.code in (DONE, REFUSED, -signal.SIGKILL)
        try:
            good = good and _content(folder, identity) == expected
            with open_log(folder / "audit", ACTOR) as log:
                log.append("checkpoint.anchored", where="after")
        except RedactError:
            good = False
        wrong += not (good and not names_about(folder) and modes_are_private(folder))
    return Count(what, tried, wrong, f"{made} calls")


def faults_of_a_release(work: Path, study: Path, identity: Path, of: int, fault: str) -> Count:
    """A fault at every call of a release: it is there whole or not at all, and can be made then."""

    def do(folder: Path, acknowledge: Callable[[], None]) -> None:
        release(open_desk(Study(folder), keyfile.Opener.from_identity_file(identity)), "again")
        acknowledge()

    calls = CALLS if "signal" in fault else WRITES
    (work / "dry").mkdir()
    shutil.copytree(study, work / "dry" / "study")
    made = run_with(do, work / "dry" / "study", calls=calls).calls
    tried = wrong = 0
    for point in _points(made, of):
        folder = work / "one" / "study"
        shutil.rmtree(work / "one", ignore_errors=True)
        shutil.copytree(study, folder)
        outcome = run_with(do, folder, f"{fault}:when={point}", calls)
        bag = folder / "release" / "again"
        good = outcome.code in (DONE, REFUSED, -signal.SIGKILL)
        good = good and (not bag.exists() or not verify_bag(bag).problems)
        try:
            do(folder, lambda: None) if not bag.exists() else None
        except RedactError:
            good = False
        good = good and not verify_bag(bag).problems
        tried, wrong = tried + 1, wrong + (not (good and not names_about(folder)))
    kind = fault.partition("=")[2]
    return Count(f"{kind} in a release", tried, wrong, f"{made} calls")


def _content(study: Path, identity: Path) -> tuple[object, ...]:
    _, key, _ = open_key(Study(study), keyfile.Opener.from_identity_file(identity))
    return key.secret, key.documents, key.entries, key.replacements


def names_about(study: Path) -> list[Path]:
    """Files of the study, sealed ones aside, in which an original stands in clear."""
    return [path for path in study.rglob("*") if path.is_file() and NAME in path.read_bytes()]


def modes_are_private(study: Path) -> bool:
    files = [path for path in study.rglob("*") if path.is_file()]
    return all(path.stat().st_mode & 0o077 == 0 for path in files)


def _append_for_ever(folder: Path, pipe: int) -> None:
    def acknowledge() -> None:
        os.write(pipe, b"a")

    while True:
        append_two(folder, acknowledge)


def random_kills(work: Path, of: int) -> Count:
    """Writers killed at random moments; what they had acknowledged is there."""
    key = some_log(work / "audit")
    chance = random.Random(20261125)  # noqa: S311 a seed
    acknowledged, wrong = 6, 0
    for _ in range(of):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _append_for_ever(work / "audit", write)
        os.close(write)
        time.sleep(chance.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(read, 65536):
            acknowledged += len(more)
        os.close(read)
        alive = _whole_and_alive(work / "audit", key, acknowledged)
        acknowledged += alive
        wrong += not alive
    return Count("random SIGKILLs of a writer", of, wrong, f"{acknowledged} entries acknowledged")


def _write(folder: str, count: int, number: int) -> None:
    done = 0
    while done < count:
        try:
            with open_log(Path(folder), ACTOR) as log:
                log.append("run.finished", command=f"w{number}", outcome="done", exit=done)
            done += 1
        except RedactError:
            time.sleep(0.001)


def writers_at_once(work: Path, writers: int, each: int) -> Count:
    """Several processes appending to one log: every entry is there, once, in one chain."""
    key = some_log(work / "audit", 0)
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=_write, args=(str(work / "audit"), each, n))
                for n in range(writers)]  # fmt: skip
    for child in children:
        child.start()
    for child in children:
        child.join()
    verified = verify_log(work / "audit", key)
    missing = writers * each - verified.entries
    wrong = abs(missing) + (verified.status != "intact")
    return Count(f"{writers} writers x {each} appends", writers * each, wrong)


def full_disk(work: Path) -> Count | None:
    """A 48 KiB disk filled to the brim: clean errors, everything kept; None where not allowed."""
    disk = work / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(disk)],
                             capture_output=True)  # fmt: skip
    if mounted.returncode:
        return None
    try:
        key = some_log(disk / "audit", 0)
        kept = refused = 0
        while refused < 5:
            try:
                with open_log(disk / "audit", ACTOR) as log:
                    log.append("run.finished", command="fill", outcome="done", exit=kept)
                kept += 1
            except RedactError:
                refused += 1
        verified = verify_log(disk / "audit", key)
        wrong = (verified.status != "intact") + (verified.entries != kept)
        return Count("a full 48 KiB disk", kept, wrong, f"{kept} entries kept")
    finally:
        subprocess.run(["umount", str(disk)], capture_output=True)


def changed_bytes_of_the_log(work: Path, stride: int) -> Count:
    """Every byte of the log with each bit flipped."""
    key = some_log(work / "audit")
    path = work / "audit" / LOG
    data = path.read_bytes()
    tried = wrong = 0
    for at in range(0, len(data), stride):
        for bit in range(8):
            path.write_bytes(data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :])
            tried += 1
            wrong += verify_log(work / "audit", key).status != "tampered"
    return Count("log: every byte x 8 bits", tried, wrong)


def changed_bytes_of_the_checkpoint(work: Path, stride: int) -> Count:
    """Every byte of the checkpoint with every mask."""
    key = some_log(work / "audit")
    verifier = Verifier.parse(key)
    data = (work / "audit" / CHECKPOINT).read_bytes()
    tried = wrong = 0
    for at in range(len(data)):
        for mask in range(1, 256, stride):
            tried += 1
            changed = data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]
            try:
                read_checkpoint(open_note(changed, verifier))
                wrong += 1
            except NoteError:
                pass
    return Count("checkpoint: every byte x 255 masks", tried, wrong)


def changed_bytes_of_a_sealed_file(stride: int) -> Count:
    """Every byte of a sealed file with every mask."""
    identity = HybridIdentity.generate()
    sealed = encrypt(b"Morag is [Person 1]", [identity.recipient()])
    tried = wrong = 0
    for at in range(len(sealed)):
        for mask in range(1, 256, stride):
            tried += 1
            try:
                decrypt(sealed[:at] + bytes([sealed[at] ^ mask]) + sealed[at + 1 :], [identity])
                wrong += 1
            except AgeError:
                pass
    return Count("sealed file: every byte x 255 masks", tried, wrong)


def rearranged_lines(work: Path) -> Count:
    """Every truncation, and every line deleted, doubled, or swapped with every other."""
    key = some_log(work / "audit")
    path = work / "audit" / LOG
    data = path.read_bytes()
    lines = data.split(b"\n")[:-1]
    variants = [data[:at] for at in range(len(data))]
    for number in range(len(lines)):
        variants.append(_joined([*lines[:number], *lines[number + 1 :]]))
        variants.append(_joined([*lines[: number + 1], *lines[number:]]))
        for other in range(number + 1, len(lines)):
            swapped = list(lines)
            swapped[number], swapped[other] = lines[other], lines[number]
            variants.append(_joined(swapped))
    wrong = 0
    for variant in variants:
        path.write_bytes(variant)
        wrong += verify_log(work / "audit", key).status in ("intact", "self-attested")
    return Count("log: truncated, deleted, doubled, swapped", len(variants), wrong)


def _joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def rolled_back(work: Path) -> Count:
    """An old backup of the whole log: noticed with an anchor, reported without one."""
    key = some_log(work / "audit")
    shutil.copytree(work / "audit", work / "old")
    with open_log(work / "audit", ACTOR) as log:
        log.append("checkpoint.anchored", where="outside")
        kept = log.checkpoint().encode()
    without = verify_log(work / "old", key).status == "intact"  # inherent: see SECURITY
    noticed = verify_log(work / "old", key, (("kept", kept),)).status == "tampered"
    return Count("rollback: with an anchor, and without", 2, (not without) + (not noticed))


def fuzz(of: int) -> list[Count]:
    """Mutated inputs to each parser: only its own error may come out, no changed one is taken."""
    identity = HybridIdentity.generate()
    sealed = encrypt(b"names", [identity.recipient()])
    payload = b'{"format":"redact-linkage/1","entries":[],"documents":[],"pad":""}'
    entry = (b'{"actor":{"id":"s","role":"r"},"data":{"command":"c","exit":0,"outcome":"d"},'
             b'"event":"run.finished","log":"l","prev":"' + b"0" * 64 + b'","seq":0,"time":'
             b'"2026-11-25T00:00:00.000Z","v":1}')  # fmt: skip
    note = b"redact.study/x\n6\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 redact.study/x AAAA\n"
    verifier = Verifier("redact.study/x", bytes(32))
    return [
        _fuzz("age files", sealed, of, lambda d: decrypt(d, [identity]), AgeError, taken=False),
        _fuzz("log entries", entry, of, read_entry, EventError, taken=True),
        _fuzz("signed notes", note, of, lambda d: open_note(d, verifier), NoteError, taken=False),
        _fuzz("linkage payloads", payload, of, load_payload, KeyRefused, taken=False),
    ]


def _fuzz(what: str, seed: bytes, of: int, parse: Callable[[bytes], object],
          own: type[Exception], taken: bool) -> Count:  # fmt: skip
    chance = random.Random(what)  # noqa: S311 a seed
    wrong = accepted = 0
    for _ in range(of):
        data = _mutated(seed, chance)
        try:
            parse(data)
            accepted += 1
            wrong += not taken and data != seed
        except own:
            pass
        except Exception:  # noqa: BLE001 that is what is looked for
            wrong += 1
    return Count(f"fuzz: {what}", of, wrong, f"{accepted} valid" if accepted else "")


def _mutated(seed: bytes, chance: random.Random) -> bytes:
    data = bytearray(seed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) or 1)
        kind = chance.randrange(5)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at:at] = chance.choice(
                [b"[" * 40, b"\n", b"\xff", b"{}", b"9" * 30, b'"', b"-> x"]
            )
        elif kind == 2:
            del data[at : at + chance.randint(1, 30)]
        elif kind == 3:
            data[at:at] = data[at : at + chance.randint(1, 30)]
        else:
            data = data[: at + 1]
    return bytes(data)
