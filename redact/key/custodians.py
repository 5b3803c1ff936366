"""Looking after the key: custodians come and go, the identity is changed, split and tried.

Every change is logged under the custodian's neutral name and the digest of the packet. Nothing here
shows an original.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from pathlib import Path

from redact.audit.entries import LogEntry
from redact.audit.events import CustodyChanged
from redact.audit.log import AuditLog, utc_now
from redact.audit.reading import read_log
from redact.audit.verify import verify_log
from redact.custody import keyfile, shares
from redact.custody.age import HybridIdentity, PassphraseIdentity, Recipient, X25519Identity
from redact.custody.originals import open_original, sealed_anew, unnamed
from redact.custody.payload import LinkageKey
from redact.disk import files_in, make_folder, write_atomic
from redact.errors import KeyRefused, RedactError, Tampered, UsageError
from redact.key.looks import approved
from redact.study import rotation
from redact.study.anchors import anchors_of, require_newest_log, witness_is_gone
from redact.study.desk import handling_of
from redact.study.folder import Study
from redact.study.hold import hold
from redact.study.linkage import original, read_safe
from redact.study.roles import require_role
from redact.study.sealed import open_key, seal_key, superseding
from redact.study.vouched import is_rotating, is_sealed_last, recipient_in

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_SHARE = ".share.txt"


@dataclass(frozen=True, slots=True)
class CustodyCheck:
    """One thing that was checked, whether it is in order, and what was found.

    `look` says that a person must look, although nothing was changed.
    """

    what: str
    good: bool
    said: str
    _: KW_ONLY
    look: bool = False


def new_identity(path: Path, compat: bool = False) -> str:
    """Writes a new age identity (0600) for a custodian and gives its recipient.

    Raises UsageError if the file is there already: an identity is never overwritten.
    """
    if path.exists():
        raise UsageError("this file is there already", where=str(path), remedy="Name a new file.")
    identity = X25519Identity.generate() if compat else HybridIdentity.generate()
    public = str(identity.recipient())
    text = f"# created: {utc_now()}\n# public key: {public}\n{identity.text()}\n"
    write_atomic(path, text.encode("ascii"))
    return public


def custodians(study: Study) -> dict[str, str]:
    """Each custodian's recipient, or "passphrase"; shares are not packets and are not listed."""
    found = {}
    for packet in files_in(study.custody, "*.age"):
        record = packet.with_suffix(".recipient")
        found[packet.stem] = record.read_text("ascii").strip() if record.exists() else "passphrase"
    return found


def add_custodian(
    study: Study, opener: keyfile.Opener, name: str, recipient: Recipient, compat: bool = False
) -> None:
    """One more who can open the key alone; UsageError if the name is taken or not plain."""
    if not _NAME.match(name):
        raise UsageError(
            "a custodian's name has small letters, digits and - only",
            where=name,
            remedy="Use an office rather than a person, for example archive or ethics-chair.",
        )
    _require_free(study, name)
    require_role(study, "custodian", name, "the custodian's name")
    opened = open_key(study, opener)
    with hold(study, opened.seen) as log:
        _require_free(study, name)
        text = keyfile.packet_text(opened.identity.identity, log.key, log.checkpoint())
        packet = keyfile.write_packet(study.custody, name, recipient, text)
        _changed(log, "added compat" if compat else "added", name, packet)


def agree(study: Study, opener: keyfile.Opener, second: keyfile.Opener | None) -> None:
    """Another way into the key takes two people where looking does: else one could be both.

    The only custodian is asked alone: there is nobody else yet. Raises UsageError as `approved`.
    """
    if len(custodians(study)) > 1:
        approved(study, opener, second, "make another way into the key")


def _require_free(study: Study, name: str) -> None:
    """A packet that the log never had is of an addition that was killed: it gives way."""
    if name not in custodians(study):
        return
    digest = hashlib.sha256((study.custody / f"{name}.age").read_bytes()).hexdigest()
    if digest in _logged_packets(read_log(study.audit)).get(name, set()):
        raise UsageError(
            "there is a custodian of this name", where=name, remedy="Remove that one first."
        )


def remove_custodian(study: Study, opener: keyfile.Opener, name: str) -> None:
    """One less; the identity stays, so what they copied still opens: rotate afterwards.

    A packet that is gone without a word in the log is put on record: the removal was killed, or
    somebody deleted it by hand. Raises UsageError for an unknown name and for the last custodian.
    """
    opened = open_key(study, opener)
    with hold(study, opened.seen) as log:
        known = custodians(study)
        gone = set() if name in known else _logged_packets(read_log(study.audit)).get(name, set())
        if not gone and (name not in known or len(known) == 1):
            last = "the last custodian cannot be removed"
            what = last if name in known else "nobody has this name"
            raise UsageError(what, where=name, remedy=f"Custodians are: {', '.join(known)}.")
        path = study.custody / f"{name}.age"
        digest = min(gone) if gone else hashlib.sha256(path.read_bytes()).hexdigest()
        path.unlink(missing_ok=True)
        path.with_suffix(".recipient").unlink(missing_ok=True)
        log.append(CustodyChanged(change="removed", custodian=name, sha256=digest))


def rotate(study: Study, opener: keyfile.Opener) -> tuple[str, ...]:
    """A new study identity and a new key of the log; every packet is made anew.

    Raises UsageError if a custodian other than the opener has a passphrase, which only they can
    type: remove them and add them again. A rotation that is killed is finished, or undone, by the
    next command.
    """
    opened_key = open_key(study, opener)
    with hold(study, opened_key.seen) as log:
        known = custodians(study)
        _require_rotatable(study, known, opened_key.identity.custodian)
        new = HybridIdentity.generate()
        old = opened_key.identity.identity
        originals = sealed_anew(study.originals, opened_key.key.originals, old, new)
        log.change_key()
        text = keyfile.packet_text(new, log.key, log.checkpoint())
        packets = {
            name: keyfile.seal_packet(
                _again(opener) if how == "passphrase" else keyfile.parse_recipient(how, True), text
            )
            for name, how in known.items()
        }
        keyfile.drop_keys(study.linkage, opened_key.behind)
        rotation.begin(log, study, new, packets)
        following = superseding(opened_key.key, opened_key.digest, log)
        moved = replace(following, log_key=log.key, originals=originals)
        seal_key(study, log, moved, new, supersedes=opened_key.digest)
        rotation.complete(log, study, opener, new)
    return tuple(known)


def _require_rotatable(study: Study, known: Mapping[str, str], custodian: str) -> None:
    if custodian != "shares" and custodian not in known:
        raise RedactError(
            "the custodian who opened the key is not among those who would get it",
            where=str(study.custody),
            remedy="Nothing was changed. Check the disk and try again.",
        )
    typed = [name for name, how in known.items() if how == "passphrase"]
    if others := [name for name in typed if name != custodian]:
        raise UsageError(
            f"the passphrase of {', '.join(others)} is not known here",
            where="redact key rotate",
            remedy="Remove these custodians, rotate, and let them add their passphrase again.",
        )


def _again(opener: keyfile.Opener) -> Recipient:
    """The recipient of the passphrase that was just typed."""
    assert isinstance(opener.identity, PassphraseIdentity)
    return keyfile.passphrase_recipient(opener.identity.passphrase)


def split_key(
    study: Study, opener: keyfile.Opener, threshold: int, count: int, target: Path
) -> tuple[Path, ...]:
    """Share files in `target`, any `threshold` of which open the key; logged by their digests.

    Raises UsageError if the target lies in the study folder: shares kept beside the key open it.
    """
    if target.resolve().is_relative_to(study.root.resolve()):
        raise UsageError(
            "shares must not be put into the study folder",
            where=str(target),
            remedy="Name a folder on another disk.",
            command="`--to` names it.",
        )
    _require_no_shares(target)
    opened = open_key(study, opener)
    made = shares.split(opened.identity.identity, threshold, count)
    paths = []
    with hold(study, opened.seen) as log:
        make_folder(target)
        _require_no_shares(target)
        for number, words in enumerate(made, start=1):
            text = (
                f"# share {number} of {count} of a redact study; any {threshold} open its key "
                f"(SLIP-39)\n{keyfile.LOG_KEY_COMMENT}{log.key}\n{words}\n"
            )
            path = target / f"share-{number}{_SHARE}"
            write_atomic(path, text.encode("ascii"))
            paths.append(path)
            _changed(log, f"share {threshold} of {count}", f"share-{number}", text.encode("ascii"))
    return tuple(paths)


def _require_no_shares(folder: Path) -> None:
    """Raises UsageError where shares lie: they may be all that opens another study, or this one."""
    if there := files_in(folder, f"*{_SHARE}"):
        raise UsageError(
            f"{len(there)} share(s) of a key lie here already, of this study or another",
            where=str(folder),
            remedy="Name an empty folder; nothing was written.",
            command="`--to` names it.",
        )


def check_custody(study: Study, opener: keyfile.Opener) -> tuple[CustodyCheck, ...]:
    """Whether packets, key, safe transcripts and log are as the log says; opens, shows nothing."""
    opened_key = open_key(study, opener, any_log=True)
    anchors = anchors_of(study, opened_key.identity, opened_key.key)
    key = opened_key.key
    checks = [CustodyCheck("linkage key", True, f"opens; {len(key.entries)} pseudonyms in it")]
    checks += _check_sealed(study, key, opened_key.digest)
    checks += _check_packets(study)
    checks += _check_documents(study, key)
    checks += _check_originals(study, key, opened_key.identity.identity)
    gone = witness_is_gone(study)
    verified = verify_log(study.audit, opened_key.identity.log_key, anchors, gone)
    said = "; ".join((*verified.findings, *verified.remarks)) or f"{verified.entries} entries"
    look = verified.status in ("clock-fault", "unwitnessed")
    checks.append(CustodyCheck("audit log", look or verified.status == "intact", said, look=look))
    return tuple(checks)


def _check_sealed(study: Study, key: LinkageKey, digest: str) -> list[CustodyCheck]:
    """An older key put back opens too: it may have somebody in it who withdrew since."""
    if is_sealed_last(study, key, digest):
        return []
    said = (
        "it is not the one that the log says was sealed last: an older linkage folder, or another"
    )
    return [CustodyCheck("linkage key", False, said)]


def _check_packets(study: Study) -> list[CustodyCheck]:
    try:
        logged = _logged_packets(read_log(study.audit))
    except Tampered as error:
        return [
            CustodyCheck("custody", False, f"nothing says which packets are true: {error.what}")
        ]
    checks = []
    for name in sorted(custodians(study)):
        digest = hashlib.sha256((study.custody / f"{name}.age").read_bytes()).hexdigest()
        good = digest in logged.get(name, ())
        said = "as the log says" if good else "not the packet that was logged"
        checks.append(CustodyCheck(f"custodian {name}", good, said))
    gone = [name for name in logged if not (study.custody / f"{name}.age").exists()]
    if gone:
        said = f"the packets of {', '.join(gone)} are missing"
        checks.append(CustodyCheck("custody", False, said))
    return checks


def _check_documents(study: Study, key: LinkageKey) -> list[CustodyCheck]:
    handling = handling_of(study)
    made = [document for document in key.documents if document.safe_name]
    kept = {one.doc for one in key.originals}
    wrong, as_text = [], []
    for document in made:
        try:
            name, _ = original(key, document, read_safe(study.safe, document, handling))
        except RedactError:
            wrong.append(document.safe_name)
            continue
        if name != document.source_name and document.doc_id not in kept:
            as_text.append(document.safe_name)
    said = f"{len(made) - len(wrong)} of {len(made)} give their source back"
    said += "".join(f"; not {name}" for name in wrong)
    if as_text:
        said += (
            f"; as text only, until `redact run` is given again with the sources, for an earlier "
            f"redact made this study: {', '.join(as_text)}"
        )
    return [CustodyCheck("safe transcripts", not wrong, said)]


def _check_originals(study: Study, key: LinkageKey, identity: HybridIdentity) -> list[CustodyCheck]:
    """Whether each sealed original opens to the source that the key knows."""
    digest_of = {one.doc_id: one.source_sha256 for one in key.documents}
    name_of = {one.doc_id: one.safe_name for one in key.documents}
    wrong = []
    for one in key.originals:
        try:
            data = open_original(study.originals, one, identity)
        except KeyRefused:
            data = b""
        if hashlib.sha256(data).hexdigest() != digest_of[one.doc]:
            wrong.append(name_of[one.doc])
    strange = unnamed(study.originals, key)
    if not key.originals and not strange:
        return []
    said = f"{len(key.originals) - len(wrong)} of {len(key.originals)} open to their source"
    told = said + "".join(f"; not that of {name}" for name in wrong)
    told += "".join(
        f"; {study.originals.name}/{path.name} is of an earlier key or of who withdrew: delete it"
        for path in strange
    )
    return [CustodyCheck("sealed originals", not wrong and not strange, told)]


def _logged_packets(entries: Iterable[LogEntry]) -> dict[str, set[str]]:
    """By custodian the digests that their packet may have, as the log tells it.

    Two while a rotation was cut short: it was undone, or finished, when the key was next opened.
    """
    packets: dict[str, set[str]] = {}
    for entry in entries:
        match entry.event:
            case CustodyChanged(change="removed", custodian=name):
                packets.pop(name, None)
            case CustodyChanged(change="rotating", custodian=name, sha256=digest):
                packets.setdefault(name, set()).add(digest)
            case CustodyChanged(change=change, custodian=name, sha256=digest):
                if not change.startswith(("share", "drilled")):
                    packets[name] = {digest}
    return packets


def drill(study: Study, openers: Sequence[keyfile.Opener]) -> tuple[str, ...]:
    """Who can recover the key today: what each opens is compared with what the key is sealed to.

    The linkage key stays closed. Raises KeyRefused if a packet does not open, or opens to another
    identity than the key's.
    """
    study.require()
    if is_rotating(study):
        rotation.finish_rotation(study, openers[0])
    with hold(study) as log:
        sealed_to = {recipient_in(path) for path in files_in(study.linkage, "*.note")}
        able = []
        for opener in openers:
            opened = keyfile.unlock(study.custody, opener)
            if keyfile.fingerprint(opened.identity).encode() not in sealed_to:
                raise KeyRefused(
                    "this packet opens, but not to the identity the linkage key is sealed to",
                    where=str(study.custody / f"{opened.custodian}.age"),
                    remedy="Have it made anew: remove this custodian and add them again.",
                )
            require_newest_log(study, opened)
            able.append(opened.custodian)
        for name in able:
            path = study.custody / f"{name}.age"
            _changed(log, "drilled", name, path.read_bytes() if path.exists() else b"")
    return tuple(able)


def _changed(log: AuditLog, change: str, name: str, packet: bytes) -> None:
    digest = hashlib.sha256(packet).hexdigest()
    log.append(CustodyChanged(change=change, custodian=name, sha256=digest))
