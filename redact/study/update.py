"""Going on with a study: the same sources, new ones beside them, a new policy, new tables."""

from __future__ import annotations

from dataclasses import replace

from redact.audit.events import RunFinished, RunStarted
from redact.audit.log import open_log
from redact.core import VERSION
from redact.custody.keyfile import Opener
from redact.disk import write_atomic
from redact.errors import UsageError
from redact.formats.sources import read_sources
from redact.policy import load_policy, policy_digest
from redact.study.desk import Desk, Order, documents_of, open_desk, tables_of
from redact.study.folder import Study
from redact.study.sealed import open_key, seal_key, superseding
from redact.study.withdraw import is_withdrawn


def update_desk(study: Study, opener: Opener, order: Order) -> Desk:
    """The study opened with the policy, tables and sources now asked for.

    New sources join the study. Raises UsageError if one it was started with is changed or is not
    named again: a study that is named by mistake must not take in strangers.
    """
    key = open_key(study, opener).key
    policy, policy_data = load_policy(order.policy)
    sources = read_sources(list(order.sources), order.encoding, policy.formats)
    asked = {source.name: source.sha256 for source in sources}
    known = {document.source_name: document.source_sha256 for document in key.documents}
    if back := [s for s in sources if is_withdrawn(study, key.secret, s.sha256)]:
        raise UsageError(
            f"{len(back)} of these transcripts were withdrawn from this study",
            where=back[0].path,
            remedy="Delete the file, or leave it out: its participant took it back.",
        )
    changed = sum(asked.get(name, sha256) != sha256 for name, sha256 in known.items())
    missing = len(known.keys() - asked.keys())
    if changed or missing:
        raise UsageError(
            f"these are not the transcripts this study was started with "
            f"({changed} changed, {missing} missing)",
            where=str(study.root),
            remedy="Name the old sources, unchanged, as well as the new ones; or start a new study "
            "with another --out.",
        )
    if study.policy.read_bytes() != policy_data:
        write_atomic(study.policy, policy_data)
    desk = open_desk(study, opener, paths=tables_of(order))
    tables = tables_of(order)
    moved = {s.name: s.path for s in sources}
    documents = tuple(
        document.model_copy(update={"source_path": moved[document.source_name]})
        for document in key.documents
    )
    new = [source for source in sources if source.name not in known]
    last = max((int(document.doc_id[1:]) for document in documents), default=0)
    documents += documents_of(new, key.secret, last + 1)
    if tables == key.tables and documents == key.documents:
        return desk
    with open_log(desk.log, desk.actor()) as log:
        log.append(
            RunStarted(
                command="add transcripts" if new else "update tables",
                tool=f"redact {VERSION}",
                policy=f"{desk.policy.name} {desk.policy.version}",
                policy_sha256=policy_digest(desk.policy_data),
            )
        )
        grown = replace(superseding(key, desk.key_sha256, log), tables=tables, documents=documents)
        seal_key(study, log, grown, desk.identity.identity, supersedes=desk.key_sha256)
        finished = "add transcripts" if new else "update tables"
        log.append(RunFinished(command=finished, outcome="done", exit=0))
    return open_desk(study, opener, paths=tables)
