"""What the linkage key says: documents, pseudonyms with every form behind them, replacements.

Serialised as JCS (RFC 8785) JSON; unknown fields are errors on reading. Offsets
are Unicode code points of the extracted text, end exclusive. `pad` brings the
size to a multiple of 4 KiB so that the sealed size tells little.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from redact.errors import KeyRefused

FORMAT = "redact-linkage/1"
BLOCK = 4096
GRAMMAR_TYPE = "GRAMMAR"  # of the entry for words that are nobody's: an article, an apostrophe


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, allow_inf_nan=False
    )


class Document(_Strict):
    """One transcript: where its source lay, what it was, what it became.

    `bom` is the hex of a byte-order mark; with `encoding` it makes the restored
    bytes exact. `safe_name` and `safe_sha256` are empty until it was replaced.
    """

    doc_id: str
    source_name: str = Field(repr=False)
    source_path: str = Field(repr=False)
    source_sha256: str = Field(repr=False)
    encoding: str
    bom: str
    safe_name: str
    safe_sha256: str


class Form(_Strict):
    """One exact wording of an entity in the sources and how often it was replaced."""

    text: str = Field(repr=False)
    count: int = Field(ge=1)


class Entry(_Strict):
    """One pseudonym and everything it stands for."""

    pseudonym: str
    type: str
    forms: tuple[Form, ...] = Field(repr=False)
    decided_by: str
    reason: str


class Replaced(_Strict):
    """One place: source span, safe span, and the entry and form it came from."""

    doc: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    safe_start: int = Field(ge=0)
    safe_end: int = Field(ge=0)
    entry: int = Field(ge=0)
    form: int = Field(ge=0)


class Table(_Strict):
    """A roster or interviews table the study was run with, by role and place."""

    role: str
    path: str = Field(repr=False)


class Tool(_Strict):
    name: str
    version: str


class _Payload(_Strict):
    format: str
    linkage_id: str
    project: str
    log: str
    log_key: str
    created: str
    supersedes: str | None
    checkpoint: str
    tool: Tool
    hmac_key: str = Field(repr=False)
    tables: tuple[Table, ...]
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    replacements: tuple[Replaced, ...]
    pad: str


@dataclass(frozen=True, slots=True)
class LinkageKey:
    """The opened linkage key. Its secret fields are never shown by repr."""

    linkage_id: str
    project: str
    log: str
    log_key: str
    created: str
    supersedes: str | None
    checkpoint: str
    tool_version: str
    secret: bytes = field(repr=False)
    tables: tuple[Table, ...] = ()
    documents: tuple[Document, ...] = ()
    entries: tuple[Entry, ...] = ()
    replacements: tuple[Replaced, ...] = ()

    def document(self, doc_id: str) -> Document:
        """The document with this id; KeyError if it is not in the key."""
        for document in self.documents:
            if document.doc_id == doc_id:
                return document
        raise KeyError(doc_id)

    def replacements_of(self, doc_id: str) -> tuple[Replaced, ...]:
        return tuple(item for item in self.replacements if item.doc == doc_id)


def dump_payload(key: LinkageKey) -> bytes:
    """The canonical bytes; KeyRefused if the key contradicts itself."""
    check_invariants(key)
    body: dict[str, Any] = {
        "format": FORMAT,
        "linkage_id": key.linkage_id,
        "project": key.project,
        "log": key.log,
        "log_key": key.log_key,
        "created": key.created,
        "supersedes": key.supersedes,
        "checkpoint": key.checkpoint,
        "tool": {"name": "redact", "version": key.tool_version},
        "hmac_key": base64.b64encode(key.secret).decode("ascii"),
        "tables": [item.model_dump() for item in key.tables],
        "documents": [item.model_dump() for item in key.documents],
        "entries": [item.model_dump(mode="json") for item in key.entries],
        "replacements": [item.model_dump() for item in key.replacements],
        "pad": "",
    }
    body["pad"] = " " * (-len(rfc8785.dumps(body)) % BLOCK)
    return rfc8785.dumps(body)


def load_payload(data: bytes) -> LinkageKey:
    """The key in these bytes; KeyRefused, without showing any of them, if they are not one."""
    try:
        body = json.loads(data)
        payload = _Payload.model_validate_json(data)
        if rfc8785.dumps(body) != data:
            raise ValueError("not canonical")
        secret = base64.b64decode(payload.hmac_key, validate=True)
    except (ValueError, ValidationError, RecursionError):
        raise KeyRefused(
            "the linkage key was opened, but its content is not a linkage key of this version",
            remedy="Take the copy from your backup, or the version of redact that wrote it.",
        ) from None
    if payload.format != FORMAT or len(secret) != 32:
        raise KeyRefused(
            f"the linkage key has the format {payload.format!r}, this version reads {FORMAT!r}",
            remedy="Use the version of redact that wrote it.",
        )
    key = LinkageKey(
        linkage_id=payload.linkage_id,
        project=payload.project,
        log=payload.log,
        log_key=payload.log_key,
        created=payload.created,
        supersedes=payload.supersedes,
        checkpoint=payload.checkpoint,
        tool_version=payload.tool.version,
        secret=secret,
        tables=payload.tables,
        documents=payload.documents,
        entries=payload.entries,
        replacements=payload.replacements,
    )
    check_invariants(key)
    return key


def check_invariants(key: LinkageKey) -> None:
    """Raises KeyRefused, naming the rule and never a value, if the key contradicts itself."""
    doc_ids = [document.doc_id for document in key.documents]
    pseudonyms = [entry.pseudonym for entry in key.entries]
    known = set(doc_ids)
    if len(known) != len(doc_ids):
        raise _contradiction("two documents share an id")
    if len(set(pseudonyms)) != len(pseudonyms):
        raise _contradiction("two entries share a pseudonym")
    at: dict[str, tuple[int, int]] = {}
    for item in key.replacements:
        if item.doc not in known:
            raise _contradiction("a replacement names an unknown document")
        if item.entry >= len(key.entries) or item.form >= len(key.entries[item.entry].forms):
            raise _contradiction("a replacement names an unknown entry or form")
        last, safe_last = at.get(item.doc, (0, 0))
        if not last <= item.start < item.end or not safe_last <= item.safe_start <= item.safe_end:
            raise _contradiction("replacements overlap or are out of order")
        if item.end - item.start != len(key.entries[item.entry].forms[item.form].text):
            raise _contradiction("a replacement is not as long as its form")
        if item.start - last != item.safe_start - safe_last:
            raise _contradiction("text between replacements was changed")
        at[item.doc] = (item.end, item.safe_end)


def _contradiction(rule: str) -> KeyRefused:
    return KeyRefused(
        f"the linkage key contradicts itself: {rule}",
        remedy="Nothing was written. Please report this with the version of redact.",
    )
