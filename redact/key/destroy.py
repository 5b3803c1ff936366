"""The end of a linkage key: packets and key go, and a certificate says what was done.

What is to go is written down first; a destruction that is killed is finished from there, and
until then every command that needs the key refuses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from redact.audit.events import LinkageDestroyed
from redact.audit.log import AuditLog, open_log, utc_now
from redact.custody.certificate import Destruction, certificate
from redact.custody.keyfile import Opener
from redact.disk import files_below, files_in, sync_folder, write_atomic
from redact.errors import KeyRefused, UsageError
from redact.key.custodians import custodians
from redact.study.folder import Study, actor
from redact.study.notes import DestructionNote, read_note, write_note
from redact.study.sealed import DESTROYED, DESTRUCTION, open_key

_BY_HAND = "Delete what is left in linkage/ and custody/ by hand; the log has who decided it."
_AGE_HEADER = b"age-encryption.org/"


def destroy(study: Study, opener: Opener, statements: Mapping[str, bytes], by: str) -> Path:
    """Crypto-erasure; gives the certificate. There is no way back once it is logged.

    `statements` are the custodians' own, by name; each must have made one. What was copied
    elsewhere is not touched: the certificate says so. Raises UsageError if one is missing.
    """
    known = custodians(study)
    if missing := [name for name in known if name not in statements]:
        raise UsageError(
            f"there is no statement of {', '.join(missing)}",
            where="redact key destroy",
            remedy="Each custodian writes what they had, how and when it was destroyed, and who "
            "saw it; give the files with --statement NAME=FILE.",
        )
    opened_key = open_key(study, opener)
    packets = {
        name: hashlib.sha256((study.custody / f"{name}.age").read_bytes()).hexdigest()
        for name in known
    }
    statement_digests = {
        name: hashlib.sha256(statements[name]).hexdigest() for name in sorted(statements)
    }
    with open_log(study.audit, actor(study)) as log:
        plan = Destruction(
            study=opened_key.key.project,
            log=opened_key.key.log,
            log_key=log.key,
            entry=0,
            time=utc_now(),
            by=by,
            linkage=opened_key.digest,
            packets=packets,
            statements=statement_digests,
            files_left=len(packets) + 1,
        )
        for name, text in statements.items():
            write_atomic(study.custody / f"statement-{name}.txt", text)
        _log(log, plan, "intent")
        write_note(study.custody / DESTRUCTION, DestructionNote(kind="destruction", **asdict(plan)))
        return _carry_out(study, log, plan)


def is_begun(study: Study) -> bool:
    """Whether a destruction was cut short."""
    return (study.custody / DESTRUCTION).is_file()


def finish_destruction(study: Study) -> Path:
    """Carries out what was begun, without the key: it may be gone already."""
    with open_log(study.audit, actor(study)) as log:
        note = read_note(study.custody / DESTRUCTION, DestructionNote, _BY_HAND)
        plan = Destruction(**note.model_dump(exclude={"kind"}))
        return _carry_out(study, log, plan)


def _carry_out(study: Study, log: AuditLog, plan: Destruction) -> Path:
    for folder, pattern in ((study.custody, "*.age*"), (study.linkage, "*")):
        for path in files_in(folder, pattern):
            path.unlink()
        sync_folder(folder)
    left = _sealed_files(study.root)
    done = replace(plan, entry=log.tree.size, time=utc_now(), files_left=len(left))
    write_atomic(study.custody / DESTROYED, certificate(done).encode("utf-8"))
    _log(log, done, "done")
    write_atomic(study.custody / "destruction.note", log.cosigned().encode("utf-8"))
    (study.custody / DESTRUCTION).unlink()
    sync_folder(study.custody)
    if left:
        raise KeyRefused(
            f"{len(left)} sealed file(s) are still in the study folder",
            where=", ".join(str(path) for path in left[:5]),
            remedy="Delete them by hand; everything else was destroyed and logged.",
        )
    return study.custody / DESTROYED


def _log(log: AuditLog, plan: Destruction, phase: str) -> None:
    log.append(
        LinkageDestroyed(
            phase=phase,
            packets=tuple(sorted(plan.packets.values())),
            linkage=(plan.linkage,),
            statements=tuple(sorted(plan.statements.values())),
            copies_left=plan.files_left,
        )
    )


def _sealed_files(root: Path) -> list[Path]:
    """Age files anywhere in the study folder, whatever they are called."""
    found = []
    for path in files_below(root):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if _AGE_HEADER in file.read(64):
                    found.append(path)
    return found
