"""Going on with a study: the same sources, and perhaps a new policy or new tables."""

from __future__ import annotations

import uuid
from dataclasses import replace

from redact import __version__
from redact.audit.log import open_log, utc_now
from redact.custody.keyfile import Opener
from redact.desk import Desk, Order, open_desk, open_key, seal_key, tables_of
from redact.errors import UsageError
from redact.formats.sources import read_sources
from redact.policy import load_policy, policy_digest
from redact.study import Study, write_atomic


def update_desk(study: Study, opener: Opener, order: Order) -> Desk:
    """The study opened with the policy and tables now asked for.

    Raises UsageError if the sources are not those the study was started with.
    """
    _, key, _ = open_key(study, opener)
    sources = read_sources(list(order.sources), order.encoding)
    asked = {(source.name, source.sha256) for source in sources}
    known = {(document.source_name, document.source_sha256) for document in key.documents}
    if asked != known:
        raise UsageError(
            f"these are not the transcripts this study was started with "
            f"({len(asked - known)} new or changed, {len(known - asked)} missing)",
            where=str(study.root),
            remedy="Start a new study with another --out.",
        )
    _, policy_data = load_policy(order.policy)
    if study.policy.read_bytes() != policy_data:
        write_atomic(study.policy, policy_data)
    desk = open_desk(study, opener, paths=tables_of(order))
    tables = tables_of(order)
    moved = {s.name: s.path for s in sources}
    documents = tuple(
        document.model_copy(update={"source_path": moved[document.source_name]})
        for document in key.documents
    )
    if tables == key.tables and documents == key.documents:
        return desk
    with open_log(desk.log, desk.actor()) as log:
        log.append(
            "run.started",
            command="update tables",
            tool=f"redact {__version__}",
            policy=f"{desk.policy.name} {desk.policy.version}",
            policy_sha256=policy_digest(desk.policy_data),
        )
        changed = replace(
            key,
            linkage_id=str(uuid.uuid4()),
            created=utc_now(),
            supersedes=desk.key_sha256,
            checkpoint=log.checkpoint(),
            tables=tables,
            documents=documents,
        )
        sealed = seal_key(study, log, changed, desk.identity.identity, supersedes=desk.key_sha256)
        log.append("run.finished", command="update tables", outcome="done", exit=0)
    return desk.with_key(changed, sealed)
