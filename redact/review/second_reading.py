"""What somebody reads a second time: without what the first reader decided, and another's work."""

from __future__ import annotations

from dataclasses import dataclass

from redact.errors import UsageError
from redact.review.decide import assigned, sample
from redact.review.settle import first_readers
from redact.study.desk import Desk
from redact.study.signers import signer


@dataclass(frozen=True, slots=True)
class SecondShare:
    """The transcripts to read a second time; `own` counts those left out as read by them first."""

    docs: frozenset[str]
    own: int


def second_share(desk: Desk, by: str, share: float | None = None) -> SecondShare:
    """Those assigned to this person for a second reading, or a share of all, drawn by the study.

    UsageError if none is assigned, or all were read first by the same person: a second reader is
    another.
    """
    docs = assigned(desk, by) if share is None else sample(desk, share)
    if not docs:
        raise UsageError(
            f"no interview is assigned to {by} for a second reading",
            where=str(desk.study.root),
            remedy="Let the first reader tick some under Interviews, and assign them.",
            command="Or name a share, such as `--second 0.1`.",
        )
    readers = first_readers(desk)
    mine = frozenset(doc for doc in docs if signer(by) in readers.get(doc, frozenset()))
    if mine == docs:
        raise UsageError(
            f"{by} has read all of these first",
            where="--second",
            remedy="A second reading is another person's: let them give their own name.",
        )
    return SecondShare(docs - mine, len(mine))
