"""Files of lines that only this study can have written: each a signature and what it signs.

A line that is damaged, edited or of another study is passed over. What is in them is offsets and
figures, no words.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from redact.disk import write_atomic
from redact.study.names import token


def signed_line(secret: bytes, kind: str, row: dict[str, Any]) -> bytes:
    """The row as a line of a file of this kind; it names its `transcript`."""
    text = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return f"{token(secret, kind, text)} {text}\n".encode()


def signed_rows(path: Path, secret: bytes, kind: str) -> Iterator[Any]:
    """What stands in the lines that this study wrote; nothing where there is no file."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        signature, _, said = line.partition(b" ")
        try:
            text = said.decode("utf-8")
            if hmac.compare_digest(signature, token(secret, kind, text).encode()):
                yield json.loads(text)
        except ValueError:
            continue


def forget_lines(path: Path, ids: Collection[str]) -> None:
    """The file without the lines of these transcripts; a line that says nothing goes too."""
    if not path.is_file():
        return
    lines = path.read_bytes().splitlines(keepends=True)
    write_atomic(path, b"".join(line for line in lines if _transcript(line) not in (None, *ids)))


def _transcript(line: bytes) -> str | None:
    try:
        return str(json.loads(line.partition(b" ")[2])["transcript"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
