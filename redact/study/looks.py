"""What each transcript gave detection by itself, kept so that only what is new is looked at again.

The file has offsets and shares of probability, no words. Each line is signed with the study's
secret: one that is damaged, edited or of another study is passed over, and its transcript is
looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from redact.detect.detector import LookMade
from redact.detect.evidence import Look
from redact.disk import write_atomic
from redact.study.names import token
from redact.study.signed_lines import signed_line, signed_rows

LOOKS = "looks.jsonl"
_LOOK: TypeAdapter[Look] = TypeAdapter(Look)
_SIGNED, _MADE_OF = "look", "look made of"


def look_token(secret: bytes, digest: str) -> str:
    """What stands on disk for the digest of all that a look depends on."""
    return token(secret, _MADE_OF, digest)


def read_looks(path: Path, secret: bytes) -> Mapping[str, Look]:
    """The looks that were kept, by `look_token`; none if there is no file."""
    kept = {}
    for row in signed_rows(path, secret, _SIGNED):
        try:
            kept[row["made_of"]] = _LOOK.validate_python(row["look"])
        except (ValidationError, LookupError, TypeError):
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
    return signed_line(secret, _SIGNED, row)
