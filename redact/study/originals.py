"""Which sources are sealed beside the linkage key: those that do not come back from their texts."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import replace

from redact.custody.age import HybridIdentity
from redact.custody.originals import lies_whole, seal_original
from redact.custody.payload import Document, LinkageKey, SealedOriginal
from redact.errors import BadInput
from redact.formats.registry import keeps_all
from redact.formats.source_bytes import SourceBytes
from redact.formats.source_file import SourceFile
from redact.study.desk import Desk
from redact.study.folder import Study
from redact.study.linkage import as_text_only, read_safe


def with_originals(
    study: Study,
    key: LinkageKey,
    as_text: Container[str],
    sources: tuple[SourceFile, ...],
    identity: HybridIdentity,
) -> LinkageKey:
    """The key with a sealed original for each document that comes back `as_text` only.

    The files are written before a key names them. What lies there whole is taken as it is. Raises
    BadInput if a source was changed meanwhile. The caller holds the study.
    """
    there = {one.doc: one for one in key.originals}
    made: list[SealedOriginal] = []
    read = SourceBytes()
    for document, source in zip(key.documents, sources, strict=True):
        if document.doc_id not in as_text:
            continue
        known = there.get(document.doc_id)
        if known is None or not lies_whole(study.originals, known):
            data = _bytes_of(document, source, read)
            known = seal_original(study.originals, document.doc_id, data, identity)
        made.append(known)
    return replace(key, originals=tuple(made))


def lacking(desk: Desk) -> frozenset[str]:
    """The documents that come back as text only, and of which no sealed original lies there.

    Those of a study of an earlier build, and of one whose linkage/originals/ was lost or changed.
    """
    there = {one.doc for one in desk.key.originals if lies_whole(desk.study.originals, one)}
    doubtful = [
        document
        for document, source in zip(desk.key.documents, desk.sources, strict=True)
        if document.doc_id not in there
        and document.safe_name
        and not keeps_all(source.reading, source.name)
    ]
    handling = desk.policy.formats
    files = tuple(read_safe(desk.study.safe, one, handling) for one in doubtful)
    return as_text_only(desk.key, doubtful, files)


def _bytes_of(document: Document, source: SourceFile, read: SourceBytes) -> bytes:
    data = read.at(source.path)
    if hashlib.sha256(data).hexdigest() != document.source_sha256:
        raise BadInput(
            "this source was changed while it was worked on",
            where=source.path,
            remedy="Put back the file as it was, and run this again.",
        )
    return data
