"""Who read each transcript, as far as the log has it: what was opened, declared, or nobody read.

A paper of a release says no more of a reading than stands here. That a transcript was open on the
page is no proof that it was read. The minutes run from an entry of the log that it was opened, or
that its reader decided something, to the next entry of the same reader, and never longer than the
ten minutes for which an entry of the page holds (docs/decisions/026): what is open over night
counts ten minutes. They are of one transcript at a time, the one that was opened last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from redact.audit.entries import LogEntry
from redact.audit.events import DecisionRecorded, LinkageRevealed
from redact.audit.reading import read_log
from redact.key.looks import HOLDS, READING, Showing
from redact.review.agreement import second_readers
from redact.review.settle import SETTLE, UNREAD, first_readers, settled_documents
from redact.study import records
from redact.study.desk import Desk
from redact.study.rulings import in_force
from redact.study.signers import signer


class HowRead(StrEnum):
    """What the log has of a transcript's reading, in the words of the released table."""

    ON_PAGE = "opened on the page beside the original"
    DECLARED = "declared as read, without the page"
    UNREAD = "not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """How one transcript was read, as it is now; one that changed since it was settled is unread.

    `by` settled it, `minutes` it was open to them on the page before, as the log has it, `decided`
    counts the places of it that people decided, and `second_readers` read it again without the
    first one's decisions, being none of those who decided on it or settled it.
    """

    doc: str
    how: HowRead = HowRead.UNREAD
    by: str = field(default="", repr=False)
    minutes: int = 0
    decided: int = 0
    second_readers: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_read(self) -> bool:
        return self.how is not HowRead.UNREAD


def readings(desk: Desk) -> tuple[ReadingRecord, ...]:
    """A record for each document, in the key's order."""
    settled, told = settled_documents(desk), told_by_log(read_log(desk.log))
    decided = in_force(records.read_rulings(desk.study.rulings))
    again = second_readers(records.read_rulings(desk.study.second), first_readers(desk))
    made = []
    for document in desk.key.documents:
        doc = document.doc_id
        nothing = ReadingRecord(doc=doc)
        made.append(
            replace(
                told.get(doc, nothing) if doc in settled else nothing,
                decided=len(decided.get(doc, ())),
                second_readers=tuple(sorted(again.get(doc, ()))),
            )
        )
    return tuple(made)


def told_by_log(entries: Iterable[LogEntry]) -> Mapping[str, ReadingRecord]:
    """By document how it was read, by whom, and for how many minutes: the last word on each."""
    told: dict[str, ReadingRecord] = {}
    shown: set[tuple[str, str]] = set()  # document and who saw it
    seconds: dict[tuple[str, str], float] = defaultdict(float)
    open_since: dict[str, tuple[tuple[str, ...], datetime]] = {}  # by who sits at the page

    def close(who: str, at: datetime) -> tuple[str, ...]:
        """Counts until now what this reader has open; gives what that was."""
        docs, since = open_since.pop(who, ((), at))
        for doc in docs:
            passed = min(HOLDS, max(0.0, (at - since).total_seconds()))
            seconds[doc, who] += passed / len(docs)
        return docs

    for entry in entries:
        match entry.event:
            case LinkageRevealed(purpose=purpose, by=str(by)) as look if purpose.startswith(
                Showing.REVIEW
            ):
                who, at = signer(by), datetime.fromisoformat(entry.time)
                close(who, at)
                if purpose == READING and look.phase == "intent" and look.docs:
                    shown.update((doc, who) for doc in look.docs)
                    open_since[who] = (look.docs, at)
            case DecisionRecorded(action=action, by=by, docs=tuple(docs)) if action in (
                SETTLE,
                UNREAD,
            ):
                who, at = signer(by), datetime.fromisoformat(entry.time)
                if left := tuple(doc for doc in close(who, at) if doc not in docs):
                    open_since[who] = (left, at)
                for doc in docs:
                    seen = action == SETTLE and (doc, who) in shown
                    declared = HowRead.DECLARED if action == SETTLE else HowRead.UNREAD
                    told[doc] = ReadingRecord(
                        doc=doc,
                        how=HowRead.ON_PAGE if seen else declared,
                        by=by,
                        minutes=round(seconds[doc, who] / 60) if seen else 0,
                    )
                # What was seen before is told with this: another settling needs another look.
                shown = {pair for pair in shown if pair[0] not in docs}
                for pair in [pair for pair in seconds if pair[0] in docs]:
                    del seconds[pair]
            case DecisionRecorded(by=by):
                who, at = signer(by), datetime.fromisoformat(entry.time)
                if still := close(who, at):
                    open_since[who] = (still, at)
    return told
