"""What is done to the log, the key and the parsers, and what must come of it: counts.

Each function tries `of` cases or so (all of them in the full run) and gives how many it tried and
how many went wrong. `torture.py` prints them; `test_faults.py` has it run in a short form.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from redact.audit.cosignature import CosignatureVerifier
from redact.audit.entries import read_entry
from redact.audit.events import CheckpointAnchored, EventError, RunFinished
from redact.audit.log import CHECKPOINT, LOG, SIGNING_KEY, open_log
from redact.audit.note import (
    Anchor,
    NoteError,
    Signer,
    Verifier,
    checkpoint_text,
    open_note,
    read_checkpoint,
)
from redact.audit.tree import Tree, leaf_hash
from redact.audit.verify import verify_log
from redact.custody import keyfile, shares
from redact.custody.age import AgeError, HybridIdentity, SshIdentity, decrypt, encrypt
from redact.custody.payload import load_payload
from redact.errors import KeyRefused, RedactError, UsageError
from tests.faults.operations import ACTOR, Count, append_two, some_log, whole_and_alive


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
        alive = whole_and_alive(work / "audit", key, acknowledged)
        acknowledged += alive
        wrong += not alive
    return Count("random SIGKILLs of a writer", of, wrong, f"{acknowledged} entries acknowledged")


def _write(folder: str, count: int, number: int) -> None:
    done = 0
    while done < count:
        try:
            with open_log(Path(folder), ACTOR) as log:
                log.append(RunFinished(command=f"w{number}", outcome="done", exit=done))
            done += 1
        except RedactError:
            time.sleep(0.001)


def writers_at_once(work: Path, writers: int, each: int) -> Count:
    """Several processes appending to one log: every entry is there, once, in one chain."""
    key = some_log(work / "audit", 0)
    context = multiprocessing.get_context("fork")
    children = [
        context.Process(target=_write, args=(str(work / "audit"), each, n)) for n in range(writers)
    ]
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
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        return None
    try:
        key = some_log(disk / "audit", 0)
        kept = refused = 0
        while refused < 5:
            try:
                with open_log(disk / "audit", ACTOR) as log:
                    log.append(RunFinished(command="fill", outcome="done", exit=kept))
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


def changed_bytes_of_notes(work: Path, stride: int) -> list[Count]:
    """Every byte with every mask: the checkpoint, a key's note, a bag's note, a cosignature."""
    key = some_log(work / "audit")
    verifier = Verifier.parse(key)
    with open_log(work / "audit", ACTOR) as log:
        cosigned, cosigner = log.cosigned().encode(), CosignatureVerifier.parse(log.cosigner_key())
        checkpoint = log.checkpoint().encode()
        linkage = log.signer.sign(f"redact-linkage/1\nid\nsha256:{'0' * 64}\n{'0' * 64}\n6\n")
        release = log.signer.sign(f"redact-release/1\n{'0' * 128}\n")
    said = read_checkpoint(open_note(checkpoint, verifier))
    line = cosigned.removeprefix(checkpoint)

    def check_cosignature(data: bytes) -> None:
        try:
            cosigner.check(data.decode("utf-8"), said.origin, said.size, said.root)
        except UnicodeDecodeError as error:
            raise NoteError("not UTF-8") from error

    def check(data: bytes) -> None:
        open_note(data, verifier)

    def check_checkpoint(data: bytes) -> None:
        read_checkpoint(open_note(data, verifier))

    return [
        _masks("checkpoint", checkpoint, check_checkpoint, NoteError, stride),
        _masks("a linkage key's note", linkage, check, NoteError, stride),
        _masks("a release's note", release, check, NoteError, stride),
        _masks("a cosignature (ML-DSA-44)", line, check_cosignature, NoteError, stride),
    ]


def changed_bytes_of_a_sealed_file(stride: int) -> Count:
    """Every byte of a sealed file with every mask."""
    identity = HybridIdentity.generate()
    sealed = encrypt(b"Morag is [Person 1]", [identity.recipient()])
    return _masks("sealed file", sealed, lambda d: decrypt(d, [identity]), AgeError, stride)


def _masks(
    what: str, data: bytes, check: Callable[[bytes], object], own: type[Exception], stride: int
) -> Count:
    """Every byte with every `stride`-th mask: only the check's own error may come of it."""
    check(data)
    tried = wrong = 0
    for at in range(len(data)):
        for mask in range(1, 256, stride):
            tried += 1
            try:
                check(data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :])
                wrong += 1
            except own:
                pass
    return Count(f"{what}: every byte x 255 masks", tried, wrong)


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
        log.append(CheckpointAnchored(where="outside"))
        kept = log.checkpoint().encode()
    # Inherent (docs/security.md, section 4.5): the log says what no anchor covers.
    without = verify_log(work / "old", key)
    noticed = verify_log(work / "old", key, (Anchor("kept", kept),)).status == "tampered"
    reported = (without.status, without.anchored) == ("intact", 0)
    return Count("rollback: with an anchor, and without", 2, (not reported) + (not noticed))


def rewritten(work: Path) -> Count:
    """Each entry rewritten by whoever holds the signing key: only an anchor from after it tells."""
    key = some_log(work / "audit")
    with open_log(work / "audit", ACTOR) as log:
        kept = log.checkpoint().encode()
    original = (work / "audit" / LOG).read_bytes().split(b"\n")[:-1]
    signer = Signer.parse((work / "audit" / SIGNING_KEY).read_text("ascii"))
    tried = wrong = 0
    for number in range(len(original)):
        tree, prev, lines = Tree(), "0" * 64, []
        for at, line in enumerate(original):
            entry = {**json.loads(line), "prev": prev}
            if at == number:
                entry["data"] = {**entry["data"], "command": "another"}
            lines.append(json.dumps(entry, sort_keys=True, separators=(",", ":")).encode())
            tree, prev = tree.add(leaf_hash(lines[-1])), leaf_hash(lines[-1]).hex()
        (work / "audit" / LOG).write_bytes(_joined(lines))
        note = signer.sign(checkpoint_text(signer.name, tree.size, tree.root()))
        (work / "audit" / CHECKPOINT).write_bytes(note)
        without = verify_log(work / "audit", key)
        noticed = verify_log(work / "audit", key, (Anchor("kept", kept),)).status == "tampered"
        reported = (without.status, without.anchored) == ("intact", 0)
        tried, wrong = tried + 2, wrong + (not reported) + (not noticed)
    return Count("rewritten by the key's holder: with an anchor, and without", tried, wrong)


def fuzz(of: int) -> list[Callable[[], Count]]:
    """Mutated inputs to each parser: only its own error may come out, no changed one is taken.

    Where a changed input may be another valid one (an entry, a name in a note), it is only asked
    that nothing unforeseen comes out.
    """
    identity = HybridIdentity.generate()
    sealed = encrypt(b"names", [identity.recipient()])
    payload = b'{"format":"redact-linkage/1","entries":[],"documents":[],"pad":""}'
    entry = (
        b'{"actor":{"id":"s","role":"r"},"data":{"command":"c","exit":0,"outcome":"d"},'
        b'"event":"run.finished","log":"l","prev":"' + b"0" * 64 + b'","seq":0,"time":'
        b'"2026-11-25T00:00:00.000Z","v":1}'
    )
    signer = Signer.generate("redact.study/x")
    note = signer.sign("redact.study/x\n6\n" + "A" * 43 + "=\n")
    verifier = signer.verifier()
    words = shares.split(identity, 2, 3)
    ssh = (
        b"-----BEGIN OPENSSH PRIVATE KEY-----\n"
        + b"b3BlbnNzaC1rZXktdjEAAAAABG5vbmU" * 6
        + b"\n-----END OPENSSH PRIVATE KEY-----\n"
    )

    def share(data: bytes) -> object:
        """With an unchanged other share of the set."""
        found = shares.combine([data.decode("utf-8", "replace"), words[1]])
        if found.text() != identity.text():
            return found
        raise KeyRefused("the same secret: another way to write the same words")

    def text(read: Callable[[str], object]) -> Callable[[bytes], object]:
        return lambda data: read(data.decode("utf-8", "replace"))

    kinds: list[tuple[str, bytes, Callable[[bytes], object], tuple[type[Exception], ...], bool]] = [
        ("age files", sealed, lambda d: decrypt(d, [identity]), (AgeError,), False),
        ("log entries", entry, read_entry, (EventError,), True),
        ("signed notes", note, lambda d: open_note(d, verifier), (NoteError,), False),
        ("linkage payloads", payload, load_payload, (KeyRefused,), False),
        (
            "checkpoints",
            note.rpartition(b"\n\n")[0] + b"\n",
            text(read_checkpoint),
            (NoteError,),
            True,
        ),
        ("log keys", str(verifier).encode(), text(Verifier.parse), (NoteError,), True),
        (
            "recipients",
            str(identity.recipient()).encode(),
            text(lambda t: keyfile.parse_recipient(t, True)),
            (UsageError,),
            True,
        ),
        ("identities", identity.text().encode(), text(HybridIdentity.parse), (AgeError,), True),
        ("ssh keys", ssh, SshIdentity.parse, (AgeError,), True),
        ("shares", words[0].encode(), share, (KeyRefused,), False),
    ]
    return [
        partial(_fuzz, what, seed, of, parse, own, taken) for what, seed, parse, own, taken in kinds
    ]


def _fuzz(
    what: str,
    seed: bytes,
    of: int,
    parse: Callable[[bytes], object],
    own: tuple[type[Exception], ...],
    taken: bool,
) -> Count:
    chance = random.Random(what)  # noqa: S311 a seed
    wrong = accepted = 0
    for _ in range(of):
        data = mutated(seed, chance)
        try:
            parse(data)
            accepted += 1
            wrong += not taken and data != seed
        except own:
            pass
        except Exception:  # noqa: BLE001 that is what is looked for
            wrong += 1
    return Count(f"fuzz: {what}", of, wrong, f"{accepted} valid" if accepted else "")


def mutated(seed: bytes, chance: random.Random) -> bytes:
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
