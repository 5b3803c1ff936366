"""The event of the closed set that says that texts left this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TextsSent:
    """So many documents' texts are about to be sent to a cluster, one at a time, to be looked at.

    `scheduler` is its address, `workers` how many processes of it were ready to look by then.
    """

    kind: ClassVar[str] = "texts.sent"
    scheduler: str
    workers: int
    documents: int
