"""ASCII armor of age files: strict PEM with the label AGE ENCRYPTED FILE (read only)."""

from __future__ import annotations

import base64
import binascii

from redact.custody.age.header import COLUMNS, AgeError

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"


def looks_armored(data: bytes) -> bool:
    """True if the first thing in the file is an armor line rather than a header."""
    return data.lstrip(b" \t\r\n").startswith(b"-----BEGIN ")


def read_armor(data: bytes) -> bytes:
    """The binary age file inside; white space around the armor is allowed, nothing else."""
    text = data.strip(b" \t\r\n").replace(b"\r\n", b"\n")
    lines = text.split(b"\n")
    if len(lines) < 3 or lines[0] != BEGIN or lines[-1] != END:
        raise AgeError("malformed armor")
    body = lines[1:-1]
    full, last = body[:-1], body[-1]
    if any(len(line) != COLUMNS for line in full) or not 0 < len(last) <= COLUMNS:
        raise AgeError("malformed armor lines")
    joined = b"".join(body)
    try:
        binary = base64.b64decode(joined, validate=True)
    except (binascii.Error, ValueError) as error:
        raise AgeError("invalid base64 in the armor") from error
    if base64.b64encode(binary) != joined:
        raise AgeError("base64 in the armor is not canonical")
    return binary
