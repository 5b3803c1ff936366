"""Keys and what opens them are found under any name, in any wrapping."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.custody import shares
from redact.custody.age import HybridIdentity, X25519Identity, encrypt
from redact.key.copies import find_copies

IDENTITY = HybridIdentity.generate()
SEALED = encrypt(b"names", [IDENTITY.recipient()])
SHARE = shares.split(IDENTITY, 2, 3)[0]
SIXTY_FOUR = base64.b64encode(SEALED)
ARMORED = (
    b"-----BEGIN AGE ENCRYPTED FILE-----\n" + SIXTY_FOUR + b"\n-----END AGE ENCRYPTED FILE-----\n"
)
PLAIN: dict[str, bytes] = {
    "sealed": SEALED,
    "sealed in a mail": b"Subject: key\r\n\r\n" + SEALED,
    "armored": ARMORED,
    "base64": b'{"k": "' + SIXTY_FOUR + b'"}',
    "base64 from the second letter on": base64.b64encode(b"x" + SEALED),
    "base64 from the third": base64.b64encode(b"xy" + SEALED),
    "identity in base64": base64.b64encode(b"# mine\n" + IDENTITY.text().encode()),
    "post-quantum identity": f"# mine\n{IDENTITY.text()}\n".encode(),
    "identity": X25519Identity.generate().text().encode(),
    "small letters": IDENTITY.text().lower().encode(),
    "UTF-16": IDENTITY.text().encode("utf-16"),
    "UTF-16, other end first": IDENTITY.text().encode("utf-16-be"),
    "SSH key": b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n",
    "PEM": b"-----BEGIN PRIVATE KEY-----\nMIIE\n",
    "opened key": b'{"documents":[],"format":"redact-linkage/2"}',
    "share": SHARE.encode(),
    "share, numbered": "\n".join(f"{n}. {w}" for n, w in enumerate(SHARE.split(), 1)).encode(),
    "share in capitals": SHARE.upper().encode(),
    "share by four letters": " ".join(word[:4] for word in SHARE.split()).encode(),
    "share in UTF-16": SHARE.encode("utf-16"),
}


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", data)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("a/b.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "nothing": bytes,
    "zip": zipped,
    "tar": tarred,
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "tar.gz": lambda data: gzip.compress(tarred(data)),
    "tar.xz": lambda data: lzma.compress(tarred(data)),
    "zip in zip in tar.gz": lambda data: gzip.compress(tarred(zipped(zipped(data)))),
    "zip behind a program": lambda data: b"#!/bin/sh\nexit\n" + zipped(data),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("kind", PLAIN)
def test_a_copy_is_found_in_any_wrapping(kind: str, wrapping: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    path = tmp_path / "deep" / "holiday.jpg"
    path.write_bytes(WRAPPINGS[wrapping](PLAIN[kind]))
    assert {copy.where.partition(": ")[0] for copy in find_copies([tmp_path])} == {str(path)}


@pytest.mark.parametrize(
    "data",
    [
        b"7z\xbc\xaf\x27\x1c" + bytes(40),
        b"Rar!\x1a\x07\x01\x00" + bytes(40),
        b"\x28\xb5\x2f\xfd" + bytes(40),
        b"PK\x03\x04" + bytes(20) + b"PK\x05\x06" + bytes(18),
        gzip.compress(SEALED)[:-9],
        b"BZh91AY&SY" + bytes(40),
    ],
    ids=["7z", "RAR", "Zstandard", "torn zip", "torn gzip", "torn bzip2"],
)
def test_what_cannot_be_looked_into_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(data)
    assert find_copies([tmp_path]) != ()


def test_an_encrypted_zip_a_link_and_archives_too_deep_are_named(tmp_path: Path) -> None:
    data = bytearray(zipped(b"x"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    (tmp_path / "closed.zip").write_bytes(bytes(data))
    (tmp_path / "link").symlink_to(tmp_path.parent)
    deep = b"x"
    for _ in range(9):
        deep = zipped(deep)
    (tmp_path / "deep.zip").write_bytes(deep)
    found = {Path(one.where.partition(": ")[0]).name for one in find_copies([tmp_path])}
    assert found == {"closed.zip", "link", "deep.zip"}


def test_what_a_study_has_anyway_is_no_copy(small_study: tuple[Path, Path], tmp_path: Path) -> None:
    """Nor are talk, office files and tables."""
    study, _ = small_study
    found = find_copies([study / name for name in ("audit", "safe", "release", "work")])
    assert found == ()
    other = tmp_path / "other"
    other.mkdir()
    (other / "talk.txt").write_text("and again always become academic " * 40, "utf-8")
    (other / "book.docx").write_bytes(zipped(b"<w:document>hello</w:document>"))
    (other / "readme.txt").write_text("a line that begins with AGE-SECRET-KEY-PQ-1, age1pq1…")
    assert find_copies([other]) == ()
