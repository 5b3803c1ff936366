"""Going on with a study: the same sources, new ones beside them, a new policy, new tables."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from redact.audit.events import DecisionRecorded, LinkageRevealed, RunFinished
from redact.audit.log import AuditLog
from redact.audit.reading import read_log
from redact.custody.keyfile import Opener
from redact.custody.payload import Document
from redact.disk import write_atomic
from redact.errors import UsageError
from redact.formats.source_file import SourceFile
from redact.policy import load_policy
from redact.study.desk import (
    Desk,
    Order,
    documents_of,
    handling_of,
    log_start,
    open_desk,
    record_how_read,
    require_no_withdrawal,
    require_same_text,
    skips_with,
    tables_with,
)
from redact.study.folder import Study
from redact.study.hold import hold
from redact.study.kept_columns import write_kept_columns
from redact.study.safe_folder import require_unedited
from redact.study.sealed import open_key, seal_key, superseding
from redact.study.withdraw import is_withdrawn

_NAMED = 5  # files that an error names


def update_desk(study: Study, opener: Opener, order: Order, discard_edits: bool = False) -> Desk:
    """The study opened with the policy, tables and sources now asked for.

    New sources join the study, and a table that is not given again stays. Raises UsageError if one
    it was started with is changed or is not named again: a study that is named by mistake must not
    take in strangers. Raises BadInput if a safe transcript would be made anew over an edit by hand,
    unless edits are to be discarded.
    """
    study.require()
    with hold(study) as log:
        return _updated(log, study, opener, order, discard_edits)


def _updated(
    log: AuditLog, study: Study, opener: Opener, order: Order, discard_edits: bool
) -> Desk:
    require_no_withdrawal(study)
    key = open_key(study, opener).key
    policy, policy_data = load_policy(order.policy)
    found = order.find_sources(policy.formats, key.skips).required()
    sources, skips = found.files, skips_with(key.skips, order, found)
    if back := [s for s in sources if is_withdrawn(study, key.secret, s.sha256)]:
        raise UsageError(
            f"{len(back)} of these transcripts were withdrawn from this study",
            where=back[0].path,
            remedy="Delete the file, or leave it out: its participant took it back.",
        )
    matched = match_sources(key.documents, sources)
    _require_all(study, key.documents, matched, sources)
    is_another = study.policy.read_bytes() != policy_data
    if is_another:
        require_unedited(study, key.documents, discard_edits)
        if policy.formats != handling_of(study):
            require_same_text(key.documents, [matched[d.doc_id] for d in key.documents])
        write_atomic(study.policy, policy_data)
    tables = tables_with(key.tables, order)
    documents = tuple(
        document.model_copy(
            update={
                "source_path": matched[document.doc_id].path,
                "source_name": matched[document.doc_id].name,
            }
        )
        for document in key.documents
    )
    desk = open_desk(study, opener, paths=tables, documents=documents)
    if is_another:
        log_start(log, desk, "another policy")
        log.append(RunFinished(command="another policy", outcome="done", exit=0))
    write_kept_columns(study, desk.tables.all)
    taken = {source.path for source in matched.values()}
    new = [source for source in sources if source.path not in taken]
    documents += documents_of(new, key.secret, _last_number(study, documents) + 1)
    if tables == key.tables and documents == key.documents and skips == key.skips:
        return desk
    require_unedited(study, key.documents, discard_edits)
    command = "add transcripts" if new else "update tables"
    log_start(log, desk, command)
    record_how_read(log, found, new)
    grown = replace(
        superseding(key, desk.key_sha256, log), tables=tables, documents=documents, skips=skips
    )
    seal_key(study, log, grown, desk.identity.identity, desk.key_sha256, desk.behind)
    log.append(RunFinished(command=command, outcome="done", exit=0))
    return open_desk(study, opener, paths=tables)


def _last_number(study: Study, documents: Iterable[Document]) -> int:
    """The highest number that a document has or ever had: one that was withdrawn is in the log, and
    what the log has of it is never another's."""
    ids = {document.doc_id for document in documents}
    for entry in read_log(study.audit):
        if isinstance(entry.event, DecisionRecorded | LinkageRevealed):
            ids.update(entry.event.docs or ())
    return max((int(one[1:]) for one in ids if one[1:].isdecimal()), default=0)


def match_sources(
    documents: Iterable[Document], sources: Iterable[SourceFile]
) -> dict[str, SourceFile]:
    """Which source each document is now, by its id; one that is not there, or changed, has none.

    A file that lies where it lay, or has its name, comes first; one that was moved or renamed is
    known by its bytes and words.
    """
    asked, given = list(documents), list(sources)
    matched: dict[str, SourceFile] = {}
    taken: set[str] = set()
    for known, brought in _SAME:
        free: dict[tuple[str, str], list[SourceFile]] = defaultdict(list)
        for source in reversed(given):
            if source.path not in taken:
                free[brought(source)].append(source)
        for document in asked:
            if document.doc_id not in matched and free[known(document)]:
                source = free[known(document)].pop()
                matched[document.doc_id] = source
                taken.add(source.path)
    return matched


_SAME: tuple[
    tuple[Callable[[Document], tuple[str, str]], Callable[[SourceFile], tuple[str, str]]], ...
] = (
    (lambda d: (d.source_path, d.source_sha256), lambda s: (s.path, s.sha256)),
    (lambda d: (d.source_name, d.source_sha256), lambda s: (s.name, s.sha256)),
    (
        lambda d: (d.text_sha256, d.source_sha256),
        lambda s: (hashlib.sha256(s.text.encode("utf-8")).hexdigest(), s.sha256),
    ),
)


def _require_all(
    study: Study,
    documents: Iterable[Document],
    matched: Mapping[str, SourceFile],
    sources: Iterable[SourceFile],
) -> None:
    """Raises UsageError if a document of the study is changed, or is not among the sources."""
    unmatched = [document for document in documents if document.doc_id not in matched]
    if not unmatched:
        return
    there = {source.path for source in sources} | {source.name for source in sources}
    changed = sum(bool({one.source_path, one.source_name} & there) for one in unmatched)
    names = ", ".join(sorted(document.source_name for document in unmatched)[:_NAMED])
    more = f" and {len(unmatched) - _NAMED} more" if len(unmatched) > _NAMED else ""
    raise UsageError(
        f"these are not the transcripts this study was started with "
        f"({changed} changed, {len(unmatched) - changed} missing): {names}{more}",
        where=str(study.root),
        remedy="Name the old sources, unchanged, as well as the new ones (one that was renamed or "
        "moved is known again); or start a new study.",
        command="Another `--out` names it.",
    )
