"""A new study folder: its log, its identity and first key, whole or not at all."""

from __future__ import annotations

import glob
import hashlib
import secrets
import shutil
import uuid
from contextlib import nullcontext
from pathlib import Path

from redact.audit.entries import Actor
from redact.audit.events import CustodyChanged, LogCreated, RunFinished, RunStarted
from redact.audit.log import AuditLog, create_log, open_log, utc_now
from redact.core import VERSION
from redact.custody import keyfile
from redact.custody.age import HybridIdentity, Recipient
from redact.custody.payload import LinkageKey
from redact.disk import files_in, locked, make_folder, write_atomic
from redact.errors import Busy, UsageError
from redact.formats.said import require_english
from redact.formats.sources import FoundSources
from redact.policy import load_policy, parse_policy, policy_digest
from redact.study.description import template
from redact.study.desk import (
    Order,
    documents_of,
    read_tables,
    record_how_read,
    skips_with,
    tables_of,
)
from redact.study.folder import Study
from redact.study.kept_columns import write_kept_columns
from redact.study.sealed import seal_key

_MAKING = "making.lock"  # in work/, held until the study stands in its place
RECOVERY = """\
How to open the linkage key of this study without redact
=========================================================

1. Get the study's identity, a line that begins with AGE-SECRET-KEY-PQ-1, into identity.txt.

   From a custody packet: each .age file here is an age v1 file. steward.age opens with the study's
   passphrase, any other one with its custodian's own age identity:
       age --decrypt steward.age > identity.txt
       age --decrypt --identity mine.txt other.age > identity.txt

   From shares: each is a list of 33 words of SLIP-39 (SatoshiLabs Improvement Proposal 39). Any
   tool for it puts as many as are needed together to 32 bytes; there is no passphrase. These
   bytes in Bech32 (BIP 173) with the prefix age-secret-key-pq- are the line, in capitals.

2. identity.txt opens the linkage key. It is post-quantum: age 1.3 or newer, or any other tool that
   knows recipients age1pq1...:
       age --decrypt --identity identity.txt ../linkage/<id>.age > linkage.json

3. linkage.json names every source file, every pseudonym and every form behind it.

4. Sources that do not come back from their safe texts lie whole in ../linkage/originals/. Under
   "originals" linkage.json has for each document ("doc") the name of its file ("sealed") and the
   size of the source; zeros stand behind it:
       age --decrypt --identity identity.txt ../linkage/originals/<sealed>.age | head -c <size> > it

Delete identity.txt and linkage.json afterwards. Who has them has every name in the study.
"""


def create_study(
    root: Path, order: Order, recipients: tuple[tuple[str, Recipient], ...]
) -> tuple[Study, HybridIdentity, str]:
    """A new study folder, whole or not at all; gives its identity and log key.

    `recipients` are (custodian, recipient) pairs, each of whom can open the key alone.
    """
    check_places(root, order.sources)
    policy, policy_data = load_policy(order.policy)
    found = order.find_sources(policy.formats).required()
    require_english(found.files, order.language)
    read_tables(order)
    make_folder(root.parent if str(root.parent) else Path())
    stem = f".{glob.escape(root.name)}"
    for stale in files_in(root.parent, f"{stem}.????????.tmp", everything=True):
        _sweep_start(stale, root)
    building = root.with_name(f".{root.name}.{secrets.token_hex(4)}.tmp")
    study = Study(building)
    try:
        study.create_folders()
        with locked(study.work / _MAKING):
            identity, log_key = _fill(study, order, policy_data, recipients, found)
            _move_into_place(building, root)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Study(root), identity, log_key


def _fill(
    study: Study,
    order: Order,
    policy_data: bytes,
    recipients: tuple[tuple[str, Recipient], ...],
    found: FoundSources,
) -> tuple[HybridIdentity, str]:
    """Everything a new study has; gives its identity and the key of its log."""
    policy = parse_policy(policy_data, str(order.policy))
    origin = f"redact.study/{secrets.token_hex(8)}"
    log_key = str(create_log(study.audit, origin).verifier())
    identity = HybridIdentity.generate()
    with open_log(study.audit, Actor("steward", "data steward")) as log:
        log.append(LogCreated(key=log.key, tool=f"redact {VERSION}"))
        log.append(
            RunStarted(
                command="init",
                tool=f"redact {VERSION}",
                policy=f"{policy.name} {policy.version}",
                policy_sha256=policy_digest(policy_data),
                two_people=policy.custody.two_people or None,
                vouches=True,
            )
        )
        record_how_read(log, found, found.files)
        text = keyfile.packet_text(identity, log.key, log.checkpoint())
        for custodian, recipient in recipients:
            packet = keyfile.write_packet(study.custody, custodian, recipient, text)
            digest = hashlib.sha256(packet).hexdigest()
            log.append(CustodyChanged(change="added", custodian=custodian, sha256=digest))
        write_atomic(study.custody / "README.txt", RECOVERY.encode("utf-8"))
        key = _first_key(origin, log, order, found)
        seal_key(study, log, key, identity, supersedes=None)
        log.append(RunFinished(command="init", outcome="done", exit=0))
    write_atomic(study.policy, policy_data)
    tables = read_tables(order)
    write_kept_columns(study, tables.all)
    write_atomic(study.settings, _settings(origin, log_key).encode("utf-8"))
    return identity, log_key


def _sweep_start(folder: Path, root: Path) -> None:
    """Deletes what a start that was killed left; Busy if somebody is making this study just now."""
    making = Study(folder).work / _MAKING
    try:
        with locked(making) if making.is_file() else nullcontext():
            shutil.rmtree(folder, ignore_errors=True)
    except Busy:
        raise Busy(
            "another redact command is making this study",
            where=str(root),
            remedy="Wait until it has finished and run this again.",
        ) from None


def check_places(root: Path, sources: tuple[Path, ...]) -> None:
    """Raises UsageError if the study would lie in a source folder, on one, or on other files."""
    target = root.resolve()
    for source in sources:
        where = source.resolve()
        inside = target == where or target.is_relative_to(
            where if where.is_dir() else where.parent / where.name
        )
        if inside or (where.is_relative_to(target) and where != target):
            raise UsageError(
                "the study folder and the sources must not lie inside each other",
                where=str(root),
                remedy="Choose a folder beside the sources.",
                command="`--out` names it.",
            )
    if root.exists() and (not root.is_dir() or any(root.iterdir())) and not Study(root).exists():
        raise UsageError(
            "this folder holds other things and is not a study",
            where=str(root),
            remedy="Choose a new or empty folder.",
            command="`--out` names it.",
        )


def _move_into_place(building: Path, root: Path) -> None:
    try:
        if root.is_dir():
            root.rmdir()
        building.replace(root)
    except OSError:
        raise UsageError(
            "the study cannot be put here",
            where=str(root),
            remedy="Choose a new folder.",
            command="`--out` names it.",
        ) from None


def _settings(origin: str, log_key: str) -> str:
    return (
        "# A redact study. [actor] and [deposit] are the steward's; the rest is for checking.\n"
        'format = "redact-study/1"\n'
        f'log = "{origin}"\n'
        f"# Keep a copy of this line elsewhere: `redact audit verify --key` trusts it.\n"
        f'log_key = "{log_key}"\n\n'
        "[actor]\n"
        'id = "steward"\n'
        'role = "data steward"\n\n'
    ) + template()


def _first_key(origin: str, log: AuditLog, order: Order, found: FoundSources) -> LinkageKey:
    secret = secrets.token_bytes(32)
    documents = documents_of(found.files, secret)
    return LinkageKey(
        linkage_id=str(uuid.uuid4()),
        project=origin.rpartition("/")[2],
        log=origin,
        log_key=log.key,
        created=utc_now(),
        supersedes=None,
        checkpoint=log.checkpoint(),
        tool_version=VERSION,
        secret=secret,
        tables=tables_of(order),
        documents=documents,
        skips=skips_with((), order, found),
    )


def check_order(order: Order) -> None:
    """Raises what would stop a new study, before anybody is asked for a passphrase."""
    policy, _ = load_policy(order.policy)
    order.find_sources(policy.formats).required()
    read_tables(order)
