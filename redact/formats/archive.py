"""Zip files, taken in whole or not at all: no bombs, no tricks with names, nothing encrypted."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from redact.errors import BadInput

MOST_MEMBERS = 5_000
LARGEST_WHOLE = 512 << 20  # inflated bytes of all members together
LARGEST_RATIO = 400  # of a member above SMALL; Word's own XML stays below 60
SMALL = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EPOCH = (1980, 1, 1, 0, 0, 0)
_DAMAGE = (  # what zipfile raises for files that are not as they should be
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def read_members(data: bytes, where: str, only: str | None = None) -> dict[str, bytes]:
    """Every member's bytes by name, or those of one; in order, folders passed over.

    Raises BadInput for anything but a plain, unencrypted zip of reasonable size.
    """
    if data.startswith(_OLE):
        raise BadInput(
            "this file is locked with a password, or written by an Office of before 2007",
            where=where,
            remedy="Open it, take the password off or save it in the new format, and try again.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check(infos, where)
            return {
                info.filename: archive.read(info)
                for info in infos
                if not info.is_dir() and only in (None, info.filename)
            }
    except _DAMAGE as error:
        raise BadInput(
            f"this file is damaged or not what its ending says ({type(error).__name__})",
            where=where,
            remedy="Open it in the program that made it and save it again.",
        ) from None


def _check(infos: list[zipfile.ZipInfo], where: str) -> None:
    if wrong := _what_is_wrong(infos):
        raise BadInput(
            f"this file cannot be taken in: {wrong}",
            where=where,
            remedy="Open it in the program that made it and save it again, or unpack it yourself.",
        )


def _what_is_wrong(infos: list[zipfile.ZipInfo]) -> str | None:
    names = [info.filename for info in infos]
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_WHOLE:
        return "it unpacks to more than a transcript can be"
    if any(_looks_like_a_bomb(info) for info in infos):
        return "it is packed so tightly that it looks like a zip bomb"
    if any(info.flag_bits & 1 for info in infos):
        return "it is encrypted"
    if len({name.casefold() for name in names}) != len(names):
        return "two files in it have one name"
    if any(_is_trick(name) for name in names):
        return "a file in it has a name that leads out of it"
    return None


def _looks_like_a_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > SMALL and info.file_size > LARGEST_RATIO * info.compress_size


def _is_trick(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or ":" in name
        or any(ord(c) < 32 for c in name)
    )


def write_members(members: Mapping[str, bytes]) -> bytes:
    """A zip of these, in their order, without dates, comments or whose machine it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3
            info.external_attr = 0o600 << 16
            # ODF and EPUB want their type first and as it is.
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
