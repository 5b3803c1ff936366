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
from redact.audit.log import AuditLog, utc_now
from redact.audit.reading import read_log
from redact.custody.certificate import Destruction, Search, certificate
from redact.custody.keyfile import Opener
from redact.disk import files_in, sync_folder, write_atomic
from redact.errors import KeyRefused, UsageError
from redact.key.copies import LOOKED_FOR, NOT_LOOKED_FOR, find_copies
from redact.key.custodians import custodians
from redact.rendering import shown
from redact.study.anchors import require_newest_log
from redact.study.folder import Study
from redact.study.forget import forget_sources
from redact.study.hold import changed, hold
from redact.study.notes import DestructionNote, read_note, write_note
from redact.study.sealed import DESTROYED, DESTRUCTION, open_key

_BY_HAND = "Delete what is left in linkage/ and custody/ by hand; the log has who decided it."
SHOWN = 5  # copies in the error; the certificate has them all


def destroy(
    study: Study,
    opener: Opener,
    statements: Mapping[str, bytes],
    by: str,
    also: tuple[Path, ...] = (),
) -> Path:
    """Crypto-erasure; gives the certificate. There is no way back once it is logged.

    `statements` are the custodians' own, by name; each must have made one. Copies in the study
    folder and in the folders of `also` are found and named, never deleted. Raises UsageError if a
    statement is missing, KeyRefused while copies are left.
    """
    known = custodians(study)
    if missing := [name for name in known if name not in statements]:
        raise UsageError(
            f"there is no statement of {', '.join(missing)}",
            where="redact key destroy",
            remedy="Each custodian writes what they had, how and when it was destroyed, and who "
            "saw it.",
            command="`--statement NAME=FILE` gives each.",
        )
    opened_key = open_key(study, opener)
    statement_digests = {
        name: hashlib.sha256(statements[name]).hexdigest() for name in sorted(statements)
    }
    with hold(study, opened_key.seen) as log:
        if custodians(study) != known:
            raise changed(study)
        packets = {
            name: hashlib.sha256((study.custody / f"{name}.age").read_bytes()).hexdigest()
            for name in known
        }
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
            also=tuple(str(folder.resolve()) for folder in also),
            originals=len(files_in(study.originals, "*.age")),
        )
        plan = replace(plan, files_left=plan.files_left + plan.originals)
        for name, text in statements.items():
            write_atomic(study.custody / f"statement-{name}.txt", text)
        _log(log, plan, "intent")
        write_note(study.custody / DESTRUCTION, DestructionNote(kind="destruction", **asdict(plan)))
        return _carry_out(study, log, plan)


def is_begun(study: Study) -> bool:
    """Whether a destruction was cut short."""
    return (study.custody / DESTRUCTION).is_file()


def finish_destruction(study: Study, also: tuple[Path, ...] = ()) -> Path:
    """Carries out what was begun, without the key: it may be gone already; looks again for copies.

    Raises KeyRefused while some are left.
    """
    require_newest_log(study)
    with hold(study) as log:
        note = read_note(study.custody / DESTRUCTION, DestructionNote, _BY_HAND)
        plan = Destruction(**note.model_dump(exclude={"kind"}))
        _require_logged(study, plan)
        more = tuple(str(folder.resolve()) for folder in also)
        plan = replace(plan, also=tuple(dict.fromkeys((*plan.also, *more))))
        return _carry_out(study, log, plan)


def _require_logged(study: Study, plan: Destruction) -> None:
    """Raises KeyRefused unless somebody who had the key said in the log that this is to go."""
    wanted = (tuple(sorted(plan.packets.values())), (plan.linkage,))
    for entry in read_log(study.audit):
        said = entry.event
        if isinstance(said, LinkageDestroyed) and (said.packets, said.linkage) == wanted:
            return
    raise KeyRefused(
        "the log does not know of this destruction, so nothing was destroyed",
        where=str(study.custody / DESTRUCTION),
        remedy="Ask who put this file here, and take it out of the folder; then run this again.",
    )


def _carry_out(study: Study, log: AuditLog, plan: Destruction) -> Path:
    places = ((study.custody, "*.age*"), (study.originals, "*"), (study.linkage, "*"))
    for folder, pattern in places:
        if not folder.is_dir():
            continue
        for path in files_in(folder, pattern, everything=True):
            if path.is_symlink() or not path.is_dir():  # a folder is somebody else's
                path.unlink()
        sync_folder(folder)
    if study.originals.is_dir() and not any(study.originals.iterdir()):
        study.originals.rmdir()
    forget_sources(study)
    left = find_copies((study.root, *map(Path, plan.also)))
    done = replace(plan, entry=log.tree.size, time=utc_now(), files_left=len(left))
    search = Search(
        looked_for=LOOKED_FOR,
        not_looked_for=NOT_LOOKED_FOR,
        found=tuple(shown(f"{one.where}: {one.what}") for one in left),
    )
    write_atomic(study.custody / DESTROYED, certificate(done, search).encode("utf-8"))
    _log(log, done, "done")
    write_atomic(study.custody / "destruction.note", log.cosigned().encode("utf-8"))
    if left:
        raise KeyRefused(
            f"the key is destroyed, but {len(left)} thing(s) are left that are a copy, open one or "
            f"may hide one: {'; '.join(f'{one.where} ({one.what})' for one in left[:SHOWN])}",
            where=str(study.custody / DESTROYED),
            remedy="The certificate names them all. Delete or move what is a copy, and do it once "
            "more: the search and the certificate are made anew.",
        )
    (study.custody / DESTRUCTION).unlink()
    sync_folder(study.custody)
    return study.custody / DESTROYED


def _log(log: AuditLog, plan: Destruction, phase: str) -> None:
    log.append(
        LinkageDestroyed(
            phase=phase,
            packets=tuple(sorted(plan.packets.values())),
            linkage=(plan.linkage,),
            statements=tuple(sorted(plan.statements.values())),
            copies_left=plan.files_left,
            originals=plan.originals or None,
        )
    )
