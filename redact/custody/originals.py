"""Source files that their safe texts do not bring back byte for byte: each sealed in its own file.

A Word file is more than its words. What the linkage key cannot rebuild lies beside it, in
linkage/originals/, sealed to the same identity, so that the key itself stays small. The key has the
digest of each sealed file; a file is called so, and one that no key names is swept away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from redact.custody.age import AgeError, HybridIdentity, decrypt, encrypt
from redact.custody.payload import BLOCK, LinkageKey, SealedOriginal
from redact.disk import files_in, make_folder, write_atomic
from redact.errors import KeyRefused

NAME = re.compile(r"[0-9a-f]{64}\.age")  # the SHA-256 of the sealed file


def seal_original(folder: Path, doc: str, data: bytes, identity: HybridIdentity) -> SealedOriginal:
    """Seals the bytes of a document's source into a file of the folder, and reads it back.

    Zeros fill them up to a multiple of 4 KiB, so that its size tells little. Raises KeyRefused if
    it does not open to what was put in.
    """
    padded = data + bytes(-len(data) % BLOCK)
    sealed = encrypt(padded, [identity.recipient()])
    made = SealedOriginal(doc=doc, sealed=hashlib.sha256(sealed).hexdigest(), size=len(data))
    if decrypt(sealed, [identity]) != padded:
        raise KeyRefused(
            "a sealed original did not open to what was put in",
            remedy="Nothing was written. Check this machine's memory before you go on.",
        )
    make_folder(folder)
    write_atomic(path_of(folder, made), sealed)
    if not lies_whole(folder, made):
        raise KeyRefused(
            "a sealed original on disk is not what was written",
            where=str(path_of(folder, made)),
            remedy="The key from before was kept. Check this disk, and delete the new file.",
        )
    return made


def open_original(folder: Path, original: SealedOriginal, identity: HybridIdentity) -> bytes:
    """The source's bytes; KeyRefused if the file is gone, changed or sealed to somebody else."""
    path = path_of(folder, original)
    try:
        sealed = path.read_bytes()
        if hashlib.sha256(sealed).hexdigest() != original.sealed:
            raise AgeError("changed")
        return decrypt(sealed, [identity])[: original.size]
    except (OSError, AgeError):
        raise KeyRefused(
            "this sealed original is gone or was changed",
            where=str(path),
            remedy="Put back the linkage folder from your backup.",
            command="Or give `redact run` again with the sources, and it is sealed anew.",
        ) from None


def path_of(folder: Path, original: SealedOriginal) -> Path:
    """Where a sealed original lies."""
    return folder / f"{original.sealed}.age"


def lies_whole(folder: Path, original: SealedOriginal) -> bool:
    """Whether the sealed file lies there as the key knows it; it is not opened."""
    try:
        with path_of(folder, original).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == original.sealed
    except OSError:
        return False


def drop_originals(folder: Path, key: LinkageKey) -> None:
    """Deletes the sealed files that the key, which is in force, does not name.

    Such a file is of a key before it, or was written just before a kill. The caller holds the
    study.
    """
    for path in unnamed(folder, key):
        path.unlink()


def unnamed(folder: Path, key: LinkageKey) -> list[Path]:
    """The sealed files that the key does not name."""
    named = {path_of(folder, one) for one in key.originals}
    return [p for p in files_in(folder, "*.age") if p not in named and NAME.fullmatch(p.name)]


def sealed_anew(
    folder: Path, originals: Iterable[SealedOriginal], old: HybridIdentity, new: HybridIdentity
) -> tuple[SealedOriginal, ...]:
    """The same originals sealed to another identity, beside the old files."""
    return tuple(
        seal_original(folder, one.doc, open_original(folder, one, old), new) for one in originals
    )
