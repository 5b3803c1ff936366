"""What the linkage key says: documents, pseudonyms with every form behind them, replacements.

Serialised as JCS (RFC 8785) JSON; unknown fields are errors on reading. Offsets
are Unicode code points of the extracted text, end exclusive. `pad` brings the
size to a multiple of 4 KiB so that the sealed size tells little.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.dataclasses import dataclass as strict_dataclass

from redact.errors import KeyRefused

FORMAT = "redact-linkage/2"
BLOCK = 4096
LARGEST_COUNT = 2**53 - 1  # I-JSON (RFC 7493)
GRAMMAR_TYPE = "GRAMMAR"  # of the entry for words that are nobody's: an article, an apostrophe


_STRICT = ConfigDict(
    extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, allow_inf_nan=False
)
_Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]


class _Strict(BaseModel):
    """Fields stand in the order of the alphabet, which is the order RFC 8785 wants them in."""

    model_config = _STRICT


class Document(_Strict):
    """One transcript: where its source lay, what it was, what it became.

    `bom` is the hex of a byte-order mark; with `encoding` it makes the restored bytes exact;
    `guessed` says that nobody named it. `text_sha256` is that of its words in UTF-8: of a file
    whose hidden places were left out only these come back. `safe_name` and `safe_sha256` are empty
    until it was replaced.
    """

    bom: str
    doc_id: str
    encoding: str
    guessed: bool
    safe_name: str
    safe_sha256: str
    source_name: str = Field(repr=False)
    source_path: str = Field(repr=False)
    source_sha256: str = Field(repr=False)
    text_sha256: str = Field(repr=False)


class Comment(_Strict):
    """What a reviewer wrote beside a stretch of a document; it may name people, so it lies here.

    Offsets are those of `Replaced.start` and `end`; `time` is in UTC (RFC 3339).
    """

    by: str
    doc: str
    end: int = Field(ge=1, le=LARGEST_COUNT)
    id: str
    start: int = Field(ge=0, le=LARGEST_COUNT)
    text: str = Field(repr=False)
    time: str


class Form(_Strict):
    """One exact wording of an entity in the sources and how often it was replaced."""

    count: int = Field(ge=1, le=LARGEST_COUNT)
    text: str = Field(repr=False)


class Entry(_Strict):
    """One pseudonym and everything it stands for."""

    decided_by: str
    forms: tuple[Form, ...] = Field(repr=False)
    pseudonym: str
    reason: str
    type: str


@strict_dataclass(slots=True, kw_only=True, config=_STRICT)
class Replaced:
    """One place: source span, safe span, and the entry and form it came from.

    A dataclass with slots, for there are as many as a million: a model takes ten times the memory.
    """

    doc: str
    end: _Count
    entry: _Count
    form: _Count
    safe_end: _Count
    safe_start: _Count
    start: _Count


@strict_dataclass(slots=True, kw_only=True, config=_STRICT)
class HiddenOnce:
    """A source span that an earlier key hid as just this; `type` is its entry's."""

    doc: str
    end: _Count
    start: _Count
    type: str


class FormerForm(_Strict):
    """A form that an earlier key had and this one has no more."""

    text: str = Field(repr=False)
    type: str


class Forgotten(_Strict):
    """A form of somebody who withdrew: a keyed token by which it is found, and not the form.

    `size` counts its words, or its characters where it is looked for run together (`run`) or as
    digits.
    """

    kind: Literal["words", "run", "digits"]
    size: _Count
    token: str
    type: str


class Table(_Strict):
    """A roster or interviews table the study was run with, by role and place."""

    path: str = Field(repr=False)
    role: str


class SealedOriginal(_Strict):
    """A source that lies sealed beside the key: the SHA-256 of that file, the size of the source.

    The sealed bytes go on with zeros behind the source's own (docs/decisions/044).
    """

    doc: str
    sealed: str
    size: int = Field(ge=1, le=LARGEST_COUNT)


class Tool(_Strict):
    name: str
    version: str


_IF_ANY = ("comments", "forgotten", "former", "hidden", "originals", "skips", "undone")


class _Payload(_Strict):
    checkpoint: str
    comments: tuple[Comment, ...] = ()  # left out where there is none, as before there were any
    created: str
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    forgotten: tuple[Forgotten, ...] = ()  # as are these, and the two below
    format: str
    former: tuple[FormerForm, ...] = Field(default=(), repr=False)
    hidden: tuple[HiddenOnce, ...] = ()
    hmac_key: str = Field(repr=False)
    linkage_id: str
    log: str
    log_key: str
    originals: tuple[SealedOriginal, ...] = ()  # left out where there is none, too
    pad: str
    project: str
    replacements: tuple[Replaced, ...]
    skips: tuple[str, ...] = Field(default=(), repr=False)  # left out where there is none, too
    supersedes: str | None
    tables: tuple[Table, ...]
    tool: Tool
    undone: tuple[_Count, ...] = ()  # left out where there is none, too


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageKey:
    """The opened linkage key. Its secret fields are never shown by repr.

    `hidden`, `former` and `forgotten` are its memory of what earlier keys hid: places, forms, and
    tokens of forms; `undone` are the batches of rulings that were undone when it was made
    (docs/decisions/023). `skips` are the names and patterns of files that a person leaves out;
    `originals` are the sources that lie sealed beside the key.
    """

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
    comments: tuple[Comment, ...] = ()
    hidden: tuple[HiddenOnce, ...] = ()
    former: tuple[FormerForm, ...] = field(default=(), repr=False)
    forgotten: tuple[Forgotten, ...] = ()
    undone: tuple[int, ...] = ()
    skips: tuple[str, ...] = field(default=(), repr=False)
    originals: tuple[SealedOriginal, ...] = ()

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
    payload = _Payload.model_construct(
        format=FORMAT,
        linkage_id=key.linkage_id,
        project=key.project,
        log=key.log,
        log_key=key.log_key,
        created=key.created,
        supersedes=key.supersedes,
        checkpoint=key.checkpoint,
        comments=key.comments,
        forgotten=key.forgotten,
        former=key.former,
        hidden=key.hidden,
        tool=Tool(name="redact", version=key.tool_version),
        hmac_key=base64.b64encode(key.secret).decode("ascii"),
        tables=key.tables,
        documents=key.documents,
        entries=key.entries,
        replacements=key.replacements,
        undone=key.undone,
        skips=key.skips,
        originals=key.originals,
        pad="",
    )
    short = -len(_canonical(payload)) % BLOCK
    return _canonical(payload.model_copy(update={"pad": " " * short}))


def _canonical(payload: _Payload) -> bytes:
    """RFC 8785 of a payload. Compact JSON by pydantic is just that here: fields are declared in
    order, names are ASCII, there are no floats, integers are bounded. The tests compare it with
    `rfc8785`, which takes forty times as long.
    """
    without = {name for name in _IF_ANY if not getattr(payload, name)}
    return payload.model_dump_json(exclude=without).encode("utf-8")


def load_payload(data: bytes) -> LinkageKey:
    """The key in these bytes; KeyRefused, without showing any of them, if they are not one."""
    try:
        payload = _Payload.model_validate_json(data)
        if _canonical(payload) != data:  # twice a field, spaces, other escapes
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
        comments=payload.comments,
        hidden=payload.hidden,
        former=payload.former,
        forgotten=payload.forgotten,
        undone=payload.undone,
        skips=payload.skips,
        originals=payload.originals,
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
    if any(c.doc not in known or c.end <= c.start for c in key.comments):
        raise _contradiction("a comment lies in no document")
    if any(one.doc not in known or one.end <= one.start for one in key.hidden):
        raise _contradiction("what was hidden once lies in no document")
    if not {one.doc for one in key.originals} <= known:
        raise _contradiction("a sealed original is of no document")
    if len({one.doc for one in key.originals}) != len(key.originals):
        raise _contradiction("a document has two sealed originals")
    if len({comment.id for comment in key.comments}) != len(key.comments):
        raise _contradiction("two comments share an id")


def _contradiction(rule: str) -> KeyRefused:
    return KeyRefused(
        f"the linkage key contradicts itself: {rule}",
        remedy="Nothing was written. Please report this with the version of redact.",
    )
