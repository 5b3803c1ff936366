"""A checkpoint of the log to be kept elsewhere: whoever has it sees if the log goes back."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from redact.audit.events import CheckpointAnchored
from redact.study.anchors import require_newest_log
from redact.study.folder import Study
from redact.study.hold import hold


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeAnchor:
    """The signed note, how many entries it is of, and the log's key; `kept` has a cosignature."""

    note: str
    size: int
    key: str
    kept: bytes


def make_anchor(study: Study, where: str) -> MadeAnchor:
    """A checkpoint of the log as it is now, which has it that `where` is to keep it.

    Raises Tampered if the log is older than what remembers it.
    """
    require_newest_log(study)
    with hold(study) as log:
        log.append(CheckpointAnchored(where=normalize("NFC", " ".join(where.split()))))
        return MadeAnchor(
            note=log.checkpoint(),
            size=log.tree.size,
            key=log.key,
            kept=log.cosigned().encode("utf-8"),
        )
