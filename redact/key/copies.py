"""What a destruction looks for: keys and what opens them, under any name, also inside archives."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from redact.disk import files_below

LARGEST = 1 << 29  # bytes of a file, or of one in an archive, that is looked into
DEEPEST = 6  # archives in archives
_AGE = b"age-encryption.org/v1"
_IDENTITY = b"AGE-SECRET-KEY-"
WORDS = 20  # of SLIP-39 in a row: the shortest share


def _encoded(text: bytes) -> bytes:
    """A pattern of a text in base64, wherever in it the text begins."""
    ways = []
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + text)
        ways.append(encoded[-(-shift * 8 // 6) : len(encoded) - 4])
    return b"|".join(re.escape(one) for one in ways)


_SIGNS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("a sealed age file", re.compile(re.escape(_AGE) + rb"\r?\n-> ")),
    ("an armored age file", re.compile(rb"-----BEGIN AGE ENCRYPTED FILE-----")),
    (
        "an age identity",
        re.compile(
            rb"AGE-(?:SECRET-KEY|PLUGIN)-(?:[A-Z0-9]+-)*1[02-9AC-HJ-NP-Z]{20}", re.IGNORECASE
        ),
    ),
    ("a private key", re.compile(rb"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----")),
    ("an age file or identity in base64", re.compile(_encoded(_AGE) + b"|" + _encoded(_IDENTITY))),
    ("a linkage key in clear", re.compile(rb'"format":\s*"redact-linkage/\d')),
    ("a share of the key", re.compile(rb"any \d+ open its key \(SLIP-39\)")),
    ("a page of originals", re.compile(rb"<h1>Misses and false alarms</h1>")),
)
# What is known by its first bytes and cannot be looked into with what Python has.
_CLOSED: tuple[tuple[str, int, bytes], ...] = (
    ("7z", 0, b"7z\xbc\xaf\x27\x1c"),
    ("RAR", 0, b"Rar!\x1a\x07"),
    ("Zstandard", 0, b"\x28\xb5\x2f\xfd"),
    ("LZ4", 0, b"\x04\x22\x4d\x18"),
    ("lzip", 0, b"LZIP"),
    ("cabinet", 0, b"MSCF"),
    ("compress", 0, b"\x1f\x9d"),
    ("cpio", 0, b"070707"),
    ("cpio", 0, b"070701"),
    ("ar", 0, b"!<arch>\n"),
    ("xar", 0, b"xar!"),
    ("squashfs", 0, b"hsqs"),
    ("disk image", 32769, b"CD001"),
    ("PGP", 0, b"-----BEGIN PGP MESSAGE-----"),
    ("old or encrypted office", 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("KeePass", 0, b"\x03\xd9\xa2\x9a"),
)
LOOKED_FOR = (
    "age files, sealed or armored, and age identities (also post-quantum ones), as text in any "
    "letter case, in UTF-16 and in base64",
    "private keys in PEM (SSH, OpenSSL), linkage keys in clear, redact's pages of originals",
    f"shares of SLIP-39: redact's own pages, and {WORDS} or more of its words in a row",
    "all of these inside zip (office files too), tar, gzip, bzip2 and xz, also one in another",
    "archives that cannot be looked into (7z, RAR, Zstandard, encrypted zip and others), links and "
    "what cannot be read; they are named, for they may hold any of these",
)
NOT_LOOKED_FOR = (
    "anything outside the folders that were looked through",
    "passphrases; identities and shares that are broken up, written otherwise, or in pictures, "
    "PDF, sound or another program's own format",
    "what was deleted and can be brought back from this disk, a snapshot, a backup or a cloud",
)


@dataclass(frozen=True, slots=True)
class Copy:
    """Something found: where (a file, and the members of archives in it), and what it is."""

    where: str
    what: str


def find_copies(folders: Iterable[Path]) -> tuple[Copy, ...]:
    """Everything in these folders that is a key, opens one, or may hide one; links unfollowed."""
    found: list[Copy] = []
    for folder in folders:
        if folder.is_file():
            found += _in_file(folder)
        for path in files_below(folder) if folder.is_dir() else ():
            found += _in_file(path)
    return tuple(dict.fromkeys(found))


def _in_file(path: Path) -> Iterator[Copy]:
    where = str(path)
    if path.is_symlink():
        yield Copy(where, "a link, which was not followed")
    elif path.is_file():
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= LARGEST else None
        except OSError:
            yield Copy(where, "it cannot be read")
            return
        yield from _in_bytes(data, where, 0) if data is not None else (_too_large(where),)


def _too_large(where: str) -> Copy:
    return Copy(where, "it is too large to be looked into")


def _in_bytes(data: bytes, where: str, depth: int) -> Iterator[Copy]:
    plain = data.replace(b"\0", b"")  # UTF-16 and UTF-32 of these are plain text with zeros
    for text in dict.fromkeys((data, plain)):
        for what, sign in _SIGNS:
            if sign.search(text):
                yield Copy(where, what)
    if _has_share(plain):
        yield Copy(where, "words of a share of the key")
    for name, at, magic in _CLOSED:
        if data[at : at + len(magic)] == magic:
            yield Copy(where, f"an archive that cannot be looked into ({name})")
    for is_one, members in _OPEN:
        if is_one(data):
            if depth >= DEEPEST:
                yield Copy(where, "archives in archives, too deep to be looked into")
                return
            yield from _inside(members, data, where, depth)


_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, tarfile.TarError, lzma.LZMAError, zlib.error)
_ZIPPED = b"PK\x03\x04"
_Members = Callable[[bytes], Iterator[tuple[str, bytes | None]]]


def _inside(members: _Members, data: bytes, where: str, depth: int) -> Iterator[Copy]:
    """What is in an archive's members; one that does not open is named."""
    try:
        for name, inner in members(data):
            place = f"{where}: {name}" if name else where
            if inner is None:
                yield Copy(place, "it is encrypted, a link or too large to be looked into")
            else:
                yield from _in_bytes(inner, place, depth + 1)
    except (OSError, ValueError, EOFError, RuntimeError, LookupError, *_DAMAGED):
        yield Copy(where, "an archive that is damaged or cannot be looked into")


def _of_zip(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not archive.infolist() and _ZIPPED in data:
            raise ValueError("it has what it does not list")
        for member in archive.infolist():
            if member.is_dir():
                continue
            closed = member.flag_bits & 1 or member.file_size > LARGEST
            yield member.filename, None if closed else archive.read(member)


def _of_tar(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for member in archive:
            if member.isdir():
                continue
            file = archive.extractfile(member) if member.isreg() else None
            yield member.name, file.read(LARGEST) if file and member.size <= LARGEST else None


def _stream(opened: Callable[[io.BytesIO], io.BufferedIOBase]) -> _Members:
    def members(data: bytes) -> Iterator[tuple[str, bytes | None]]:
        with opened(io.BytesIO(data)) as file:
            inner = file.read(LARGEST + 1)
        yield "", inner if len(inner) <= LARGEST else None

    return members


def _is_tar(data: bytes) -> bool:
    if len(data) < 512 or data[:1] == b"\0":
        return False
    try:
        tarfile.TarInfo.frombuf(data[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


_OPEN: tuple[tuple[Callable[[bytes], bool], _Members], ...] = (
    (lambda data: data[:4] == _ZIPPED or zipfile.is_zipfile(io.BytesIO(data)), _of_zip),
    (_is_tar, _of_tar),
    (lambda data: data[:2] == b"\x1f\x8b", _stream(lambda file: gzip.GzipFile(fileobj=file))),
    (lambda data: data[:3] == b"BZh", _stream(bz2.BZ2File)),
    (lambda data: data[:6] == b"\xfd7zXZ\0" or data[:3] == b"]\0\0", _stream(lzma.LZMAFile)),
)


@cache
def _share_words() -> frozenset[bytes]:
    """The words of SLIP-39, whole and by the four letters that tell each from the others."""
    try:
        from shamir_mnemonic.wordlist import WORDLIST
    except ImportError:
        return frozenset()
    return frozenset(word.encode("ascii")[:n] for word in WORDLIST for n in (4, 8))


_WORD = re.compile(rb"[a-z]+")


def _has_share(data: bytes) -> bool:
    """Whether so many words of SLIP-39 follow one another."""
    known = _share_words()
    if not known or len(data) < 5 * WORDS:
        return False
    row, last = 0, 0
    for match in _WORD.finditer(data.lower()):
        near = match.start() - last <= 12
        row = (row + 1 if near else 1) if match[0] in known else 0
        if row >= WORDS:
            return True
        last = match.end()
    return False
