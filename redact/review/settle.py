"""The word of the person who read the transcripts: recorded, and void when one changes since."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

from redact.audit.events import DecisionRecorded
from redact.audit.log import open_log
from redact.errors import UsageError
from redact.formats.registry import stem_of
from redact.study.desk import Desk
from redact.study.linkage import read_safe
from redact.study.names import token
from redact.study.state import Settled, read_state, write_state


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


def settle(desk: Desk, names: tuple[str, ...], by: str, reason: str) -> tuple[str, ...]:
    """Records that a person read these safe transcripts (all if none is named) and accepts them.

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
    for name in wanted:
        read_safe(desk.study.safe, known[name], desk.policy.formats)
    chosen = [known[name].doc_id for name in wanted]
    new = sorted(set(chosen) - settled_documents(desk))
    if new:
        by, reason = normalize("NFC", by), normalize("NFC", reason)
        with open_log(desk.log, desk.actor()) as log:
            log.append(
                DecisionRecorded(
                    action="settle",
                    by=by,
                    reason=reason,
                    counts={"transcripts": len(new)},
                    docs=tuple(new),
                )
            )
            state = read_state(desk.study)
            added = {doc: Settled(by, _settled_token(desk, doc)) for doc in new}
            settled = {**state.settled, **added}
            write_state(desk.study, state, replace(state, settled=settled))
    return tuple(sorted(desk.key.document(doc).safe_name for doc in new))
