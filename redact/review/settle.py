"""The word of the person who read the transcripts: recorded, and void when one changes since."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

from redact.audit.events import DecisionRecorded
from redact.audit.reading import read_log
from redact.errors import UsageError
from redact.formats.registry import stem_of
from redact.study import records
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.linkage import read_safe
from redact.study.nameless import require_nameless
from redact.study.names import token
from redact.study.rulings import Ruling
from redact.study.signers import signer
from redact.study.state import Settled, read_state, write_state

# As the log names what was done.
SETTLE = "settle"
UNREAD = "accept unread"


def settled_documents(desk: Desk) -> frozenset[str]:
    """Documents that a person settled and that have not changed since."""
    settled = read_state(desk.study).settled
    return frozenset(
        document.doc_id
        for document in desk.key.documents
        if document.doc_id in settled
        and settled[document.doc_id].token == _settled_token(desk, document.doc_id)
    )


def _settled_token(desk: Desk, doc_id: str) -> str:
    document = desk.key.document(doc_id)
    return token(desk.key.secret, "settled", f"{document.source_sha256} {document.safe_sha256}")


def first_readers(desk: Desk) -> dict[str, frozenset[str]]:
    """By transcript who decided on a place of it or settled it, as `signer` gives them."""
    readers: dict[str, set[str]] = {}
    for row in records.read_rulings(desk.study.rulings):
        if isinstance(row, Ruling):
            readers.setdefault(row.transcript, set()).add(signer(row.by))
    for doc, settled in read_state(desk.study).settled.items():
        readers.setdefault(doc, set()).add(signer(settled.by))
    return {doc: frozenset(names) for doc, names in readers.items()}


def accepted_unread(desk: Desk) -> frozenset[str]:
    """Settled documents of which whoever settled them said that nobody had read them."""
    last: dict[str, str] = {}
    for entry in read_log(desk.log):
        match entry.event:
            case DecisionRecorded(action=action, docs=tuple(docs)) if action in (SETTLE, UNREAD):
                last.update(dict.fromkeys(docs, action))
    return frozenset(doc for doc in settled_documents(desk) if last.get(doc) == UNREAD)


def settle(
    desk: Desk, names: tuple[str, ...], by: str, reason: str, unread: bool = False
) -> tuple[str, ...]:
    """Records that a person read these safe transcripts (all if none is named) and accepts them.

    Or that they accept them `unread`, which is no reading to any paper or policy; one that was
    accepted so may be read and settled later.

    Raises UsageError for a name that is not one of the study's safe transcripts.
    """
    known = {document.safe_name.rpartition(".")[0]: document for document in desk.key.documents}
    wanted = [stem_of(name) for name in names] or list(known)
    for name in wanted:
        if name not in known or not known[name].safe_name:
            raise UsageError(
                f"there is no safe transcript called {name}",
                where=str(desk.study.safe),
                remedy="Use the names of the files there, for example scot_01.",
            )
    require_nameless(desk.key, reason, "--reason")
    with hold(desk.study, desk.seen) as log:
        for name in wanted:
            read_safe(desk.study.safe, known[name], desk.policy.formats)
        done = settled_documents(desk) - (frozenset() if unread else accepted_unread(desk))
        new = sorted({known[name].doc_id for name in wanted} - done)
        if new:
            by, reason = normalize("NFC", by), normalize("NFC", reason)
            log.append(
                DecisionRecorded(
                    action=UNREAD if unread else SETTLE,
                    by=by,
                    reason=reason,
                    counts={"transcripts": len(new)},
                    docs=tuple(new),
                )
            )
            state = read_state(desk.study)
            added = {doc: Settled(by, _settled_token(desk, doc)) for doc in new}
            settled = {**state.settled, **added}
            write_state(log, desk.study, state, replace(state, settled=settled))
    return tuple(sorted(desk.key.document(doc).safe_name for doc in new))
