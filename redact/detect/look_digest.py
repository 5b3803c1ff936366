"""What a look at a transcript depends on: the same digest, the same look.

A look is made of the transcript, of what the roster names in it, of the policy's sections on
detection, of the models and of this program's own rules and tables. If any of that changes, the
digest does, and the transcript is looked at again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path

from redact.core import Mention, Transcript
from redact.detect.spacy_model import model_folder
from redact.policy import Policy

_PACKAGE = Path(__file__).resolve().parent.parent
_OURS = ("core", "data", "detect", "transcript")


def look_digest(transcript: Transcript, policy: Policy, listed: Iterable[Mention]) -> str:
    """SHA-256, in hex, of all that a look at this transcript depends on.

    `listed` is what the roster names in it. The digest tells whether a guess of the text is right:
    whoever writes it down keys it first. Raises UsageError if there is no such spaCy model.
    """
    parts = [
        asdict(transcript),
        [asdict(mention) for mention in listed],
        policy.detect.model_dump(),
        policy.keep.terms,
        rules_digest(),
        _files(model_folder(policy.detect.model)),
        *(_files(Path(folder)) for folder in (policy.detect.name_model, policy.detect.gliner)),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def rules_digest() -> str:
    """SHA-256 of every file of ours that a look is made by, tables and model with them."""
    return program_digest(*_OURS)


@cache
def program_digest(*folders: str) -> str:
    """SHA-256 of every file in these folders of redact, tables and models with them; "" is all."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((_PACKAGE / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(_PACKAGE)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _files(folder: Path) -> list[tuple[str, int, int]]:
    """What tells a model from another that lies in its place: files, their sizes and times."""
    paths = sorted(folder.rglob("*")) if folder.parts else []  # "" is no folder, not this one
    return [
        (str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns)
        for path in paths
        if path.is_file() and "__pycache__" not in path.parts
    ]
