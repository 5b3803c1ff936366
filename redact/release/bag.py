"""The bag: BagIt 1.0 (RFC 8493), signed, and a verifier stricter than the standard's.

`bagit` makes and checks the manifests. It accepts extra files beside the
payload, links and edited tag files, so everything else is checked here.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from redact.audit.cosignature import CosignatureVerifier
from redact.audit.events import ReleaseCreated
from redact.audit.inclusion import read_inclusion
from redact.audit.note import NoteError, Signer, Verifier, open_note, read_checkpoint
from redact.disk import cannot_read, cannot_write, files_below, make_folder, write_atomic
from redact.errors import RedactError
from redact.release.findings import Finding

CHECKPOINT = "audit-checkpoint.note"
LOG_KEY = "audit-log.vkey"
SIGNATURE = "release.note"
COSIGNED = "audit-cosigned.note"  # the checkpoint with its post-quantum cosignature
COSIGNER_KEY = "audit-cosigner.vkey"
INCLUSION = "audit-inclusion.txt"  # the proof that the log has this release
COSIGNATURE = frozenset({COSIGNED, COSIGNER_KEY})  # both, or neither in bags of before
TAG_FILES = frozenset(
    {
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha512.txt",
        CHECKPOINT,
        LOG_KEY,
        SIGNATURE,
    }
)
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MOST_FILES = 100_000
LARGEST_FILE = 1 << 31
SIGNED = "redact-release/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class BagReport:
    """What the verifier found; `signed_by` is the log key the signature was checked with."""

    problems: tuple[Finding, ...]
    files: int
    signed_by: str
    trusted: bool


def build_bag(
    folder: Path,
    payload: Mapping[str, bytes],
    info: Mapping[str, str],
    checkpoint: str,
    signer: Signer,
    cosigned: tuple[str, str] | None = None,
    inclusion: str = "",
) -> str:
    """Writes a whole signed bag into an empty folder; gives the SHA-512 of its tag manifest.

    `payload` maps names under `data/` to bytes; `info` is bag-info without dates of today;
    `cosigned` is the checkpoint with a post-quantum cosignature, and the cosigner's key;
    `inclusion` the proof that the checkpoint's log has the release.
    """
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    make_folder(folder)
    for name, data in payload.items():
        target = folder / PurePosixPath(name)
        make_folder(target.parent)
        write_atomic(target, data)
    try:
        bag = bagit.make_bag(str(folder), dict(info), checksums=["sha512"])
        write_atomic(folder / "bagit.txt", DECLARATION.encode("ascii"))
        write_atomic(folder / CHECKPOINT, checkpoint.encode("utf-8"))
        write_atomic(folder / LOG_KEY, f"{signer.verifier()}\n".encode("ascii"))
        if cosigned is not None:
            write_atomic(folder / COSIGNED, cosigned[0].encode("utf-8"))
            write_atomic(folder / COSIGNER_KEY, f"{cosigned[1]}\n".encode("ascii"))
        if inclusion:
            write_atomic(folder / INCLUSION, inclusion.encode("utf-8"))
        bag.save()
        for path in files_below(folder):
            path.chmod(0o700 if path.is_dir() else 0o600)
    except OSError as error:
        raise cannot_write(folder, error) from None
    except (bagit.BagError, RuntimeError):  # its words for a disk that fails while it looks
        raise RedactError(
            "the bag could not be made",
            where=str(folder),
            remedy="Check the disk and make the release again; nothing half-made is left.",
        ) from None
    digest = bag_digest(folder)
    write_atomic(folder / SIGNATURE, signer.sign(f"{SIGNED}\n{digest}\n"))
    return digest


def verify_bag(folder: Path, key: str | None = None) -> BagReport:
    """Every check that needs only the bag; with `key`, the signature against a trusted key."""
    problems, files = _check_files(folder)
    signed_by, trusted = "", key is not None
    if not problems:
        problems += _check_declaration(folder)
        problems += _check_manifests(folder, files)
        problems += _check_with_bagit(folder)
        signed_by, found = _check_signature(folder, key)
        problems += found
        if COSIGNED in files:
            problems += _check_cosignature(folder)
        if INCLUSION in files and not found:
            problems += _check_inclusion(folder)
    return BagReport(
        problems=tuple(problems), files=len(files), signed_by=signed_by, trusted=trusted
    )


def _check_files(folder: Path) -> tuple[list[Finding], list[str]]:
    if not folder.is_dir() or folder.is_symlink():
        return [Finding(what="this is not a folder")], []
    problems: list[Finding] = []
    names: list[str] = []
    folded: dict[str, str] = {}
    for root, folders, files in os.walk(folder, onerror=_unreadable):
        for name in (*folders, *files):
            path = Path(root) / name
            shown = path.relative_to(folder).as_posix()
            info = path.lstat()
            regular = stat.S_ISREG(info.st_mode) and info.st_nlink == 1
            if not (regular or (name in folders and stat.S_ISDIR(info.st_mode))):
                problems.append(
                    Finding(where=shown, what="not a plain file or folder (a link or device)")
                )
                continue
            if info.st_size > LARGEST_FILE:
                problems.append(Finding(where=shown, what=f"larger than {LARGEST_FILE} bytes"))
            if unicodedata.normalize("NFC", shown) != shown or any(c in name for c in '\\:*?"<>|'):
                problems.append(Finding(where=shown, what="a name that not every system can hold"))
            if folded.setdefault(shown.casefold(), shown) != shown:
                problems.append(Finding(where=shown, what="differs from another name only by case"))
            if name in files:
                names.append(shown)
    if len(names) > MOST_FILES:
        problems.append(Finding(what=f"more than {MOST_FILES} files"))
    loose = {name for name in names if not name.startswith("data/")}
    wanted = _tags_of(loose)
    problems += [
        Finding(where=name, what="does not belong in the bag") for name in sorted(loose - wanted)
    ]
    problems += [Finding(where=name, what="missing") for name in sorted(wanted - loose)]
    return problems, names


def _tags_of(names: set[str]) -> frozenset[str]:
    """The tag files that a bag with these has: bags of before had no cosignature and no proof."""
    cosigned = COSIGNATURE if COSIGNATURE & names else frozenset[str]()
    return TAG_FILES | cosigned | ({INCLUSION} & names)


def _unreadable(error: OSError) -> None:
    raise cannot_read(Path(str(error.filename)), error) from None


def _check_declaration(folder: Path) -> list[Finding]:
    if (folder / "bagit.txt").read_bytes() != DECLARATION.encode("ascii"):
        return [Finding(where="bagit.txt", what="not the declaration of BagIt 1.0")]
    return []


def _check_manifests(folder: Path, names: list[str]) -> list[Finding]:
    """Both manifests list exactly the files they must, with the right digests."""
    problems: list[Finding] = []
    payload = {name for name in names if name.startswith("data/")}
    tags = _tags_of(set(names)) - {"tagmanifest-sha512.txt", SIGNATURE}
    for manifest, expected in (
        ("manifest-sha512.txt", payload),
        ("tagmanifest-sha512.txt", tags),
    ):
        listed: dict[str, str] = {}
        try:
            lines = (folder / manifest).read_bytes().decode("utf-8").split("\n")
        except UnicodeDecodeError:
            return [*problems, Finding(where=manifest, what="not UTF-8")]
        for line in filter(None, lines):
            digest, _, name = line.partition(" ")
            name = name.removeprefix(" ")
            if not name or name in listed:
                problems.append(Finding(where=manifest, what="a malformed or repeated line"))
            listed[name] = digest
        problems += [
            Finding(where=name, what=f"not in {manifest}")
            for name in sorted(expected - listed.keys())
        ]
        problems += [
            Finding(where=name, what=f"in {manifest} only")
            for name in sorted(listed.keys() - expected)
        ]
        for name in sorted(expected & listed.keys()):
            if _sha512(folder / name) != listed[name]:
                problems.append(Finding(where=name, what="changed since the bag was made"))
    return problems


def _check_with_bagit(folder: Path) -> list[Finding]:
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, OSError, ValueError) as error:
        return [Finding(what=f"bagit refuses it ({type(error).__name__})")]
    return []


def _check_signature(folder: Path, key: str | None) -> tuple[str, list[Finding]]:
    try:
        verifier = Verifier.parse(key or (folder / LOG_KEY).read_text("utf-8"))
        signed = open_note((folder / SIGNATURE).read_bytes(), verifier)
        read_checkpoint(open_note((folder / CHECKPOINT).read_bytes(), verifier))
    except (NoteError, UnicodeDecodeError) as error:
        return "", [Finding(where="signature", what=str(error))]
    if signed != f"{SIGNED}\n{bag_digest(folder)}\n":
        return str(verifier), [Finding(where="signature", what="made for other files")]
    return str(verifier), []


def _check_cosignature(folder: Path) -> list[Finding]:
    """The cosigned note must be the checkpoint and one more line, of the key beside it."""
    checkpoint = (folder / CHECKPOINT).read_bytes()
    note = (folder / COSIGNED).read_bytes()
    try:
        text = checkpoint.decode("utf-8").rpartition("\n\n")[0] + "\n"
        verifier = CosignatureVerifier.parse((folder / COSIGNER_KEY).read_text("utf-8"))
        if not note.startswith(checkpoint):
            raise NoteError("it is of another checkpoint")
        said = read_checkpoint(text)
        line = note[len(checkpoint) :].decode("utf-8")
        verifier.check(line, said.origin, said.size, said.root)
    except (NoteError, UnicodeDecodeError) as error:
        return [Finding(where="cosignature", what=str(error))]
    return []


def payload_digest(payload: Mapping[str, str]) -> str:
    """SHA-512 over a payload's files, sorted: `payload` gives each one's own SHA-512 in hex."""
    lines = "".join(f"{payload[name]}  {name}\n" for name in sorted(payload))
    return hashlib.sha512(lines.encode("utf-8")).hexdigest()


def _check_inclusion(folder: Path) -> list[Finding]:
    """The proof's entry must be this release's, with these files, in the checkpoint's log."""
    try:
        note = (folder / CHECKPOINT).read_bytes().decode("utf-8")
        said = read_checkpoint(note.rpartition("\n\n")[0] + "\n")
        proof = (folder / INCLUSION).read_bytes().decode("utf-8")
        entry = read_inclusion(proof, said.size, said.root)
    except (NoteError, UnicodeDecodeError) as error:
        return [Finding(where="inclusion proof", what=str(error))]
    lines = (folder / "manifest-sha512.txt").read_text("utf-8").splitlines()
    files = {
        name.lstrip().removeprefix("data/"): digest
        for digest, _, name in (line.partition(" ") for line in lines)
    }
    created = entry.event
    if not isinstance(created, ReleaseCreated) or created.payload_sha512 != payload_digest(files):
        return [Finding(where="inclusion proof", what="the log's entry is of another release")]
    return []


def bag_digest(folder: Path) -> str:
    """The SHA-512 of the tag manifest: what a release's note signs and the log remembers."""
    return _sha512(folder / "tagmanifest-sha512.txt")


def _sha512(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()
