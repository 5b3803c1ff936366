"""What each transcript gave detection by itself, kept so that only what is new is looked at again.

The file has offsets and shares of probability, no words. Each line is signed with the study's
secret: one that is damaged, edited or of another study is passed over, and its transcript is
looked at again.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from redact.detect.detector import LookMade
from redact.detect.evidence import Look
from redact.disk import write_atomic
from redact.study.names import token

LOOKS = "looks.jsonl"
_LOOK: TypeAdapter[Look] = TypeAdapter(Look)
_SIGNED, _MADE_OF = "look", "look made of"


def look_token(secret: bytes, digest: str) -> str:
    """What stands on disk for the digest of all that a look depends on."""
    return token(secret, _MADE_OF, digest)


def read_looks(path: Path, secret: bytes) -> Mapping[str, Look]:
    """The looks that were kept, by `look_token`; none if there is no file."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return {}
    kept = {}
    for line in lines:
        signature, _, said = line.partition(b" ")
        try:
            text = said.decode("utf-8")
            if hmac.compare_digest(signature, token(secret, _SIGNED, text).encode()):
                row = json.loads(text)
                kept[row["made_of"]] = _LOOK.validate_python(row["look"])
        except (ValueError, ValidationError, LookupError, TypeError):
            continue  # of another build: its transcript is looked at again
    return kept


def write_looks(path: Path, secret: bytes, looks: Iterable[LookMade]) -> None:
    """Writes the looks in place of those that were kept."""
    write_atomic(path, b"".join(_line(secret, one) for one in looks))


def keep_look(path: Path, secret: bytes, made: LookMade) -> None:
    """Adds a look to those that are kept, so that a run that is stopped goes on behind it."""
    path.touch(mode=0o600)
    with path.open("ab") as file:
        file.write(_line(secret, made))


def _line(secret: bytes, made: LookMade) -> bytes:
    row = {
        "made_of": look_token(secret, made.digest),
        "transcript": made.transcript,
        "look": _LOOK.dump_python(made.look, mode="json"),
    }
    text = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return f"{token(secret, _SIGNED, text)} {text}\n".encode()


def forget_looks(path: Path, ids: Collection[str]) -> None:
    """The file without the looks at these transcripts; a line that says nothing goes too."""
    if not path.is_file():
        return
    lines = path.read_bytes().splitlines(keepends=True)
    write_atomic(path, b"".join(line for line in lines if _transcript(line) not in (None, *ids)))


def _transcript(line: bytes) -> str | None:
    try:
        return str(json.loads(line.partition(b" ")[2])["transcript"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
