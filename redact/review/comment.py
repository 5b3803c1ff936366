"""What reviewers write to each other beside a transcript: kept in the linkage key, nowhere else.

A comment may say who somebody is, so it is an original; sealed in the key it is rotated, withdrawn
and destroyed with it (docs/decisions/015).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from unicodedata import normalize

from redact.audit.events import DecisionRecorded
from redact.audit.log import utc_now
from redact.custody.payload import Comment
from redact.errors import KeyRefused, UsageError
from redact.study.desk import Desk
from redact.study.hold import as_it_lies, changed, hold
from redact.study.sealed import seal_key, superseding
from redact.study.vouched import current_key

LONGEST = 4000  # characters


def comment(desk: Desk, doc: str, start: int, end: int, text: str, by: str) -> Desk:
    """Seals a comment on this stretch of a transcript into the key; the desk with that key.

    Raises UsageError for a stretch that does not lie in the transcript and for a comment that says
    nothing or is longer than 4,000 characters.
    """
    text, by = normalize("NFC", text.strip()), normalize("NFC", by)
    length = {transcript.id: len(transcript.text) for transcript in desk.transcripts}
    if not 0 <= start < end <= length.get(doc, 0):
        raise UsageError(
            "no place is chosen for this comment",
            where="review",
            remedy="Choose a place or select words in the original, then write it down again.",
        )
    if not text or len(text) > LONGEST:
        raise UsageError(
            f"a comment has 1 to {LONGEST:,} characters, and this has {len(text):,}",
            where="review",
            remedy="Shorten it." if text else "Write something, then write it down again.",
        )
    made = Comment(
        by=by, doc=doc, end=end, id=uuid.uuid4().hex, start=start, text=text, time=utc_now()
    )
    return _seal(desk, lambda before: (*before, made), "comment", by, doc)


def answer(desk: Desk, comment_id: str, by: str) -> Desk:
    """Takes out a comment that is dealt with; UsageError if there is none of this id."""
    mine = next((one for one in desk.key.comments if one.id == comment_id), None)
    if mine is None:
        raise UsageError(
            "this comment is not there any more",
            where="review",
            remedy="Somebody has dealt with it already. Nothing was changed.",
        )

    def without(before: tuple[Comment, ...]) -> tuple[Comment, ...]:
        return tuple(one for one in before if one.id != comment_id)

    return _seal(desk, without, "comment dealt with", normalize("NFC", by), mine.doc)


def latest(desk: Desk) -> Desk:
    """The desk with the key as it is now: another reviewer may have sealed a newer one."""
    seen = as_it_lies(desk.study)
    current = current_key(desk.study, desk.identity)
    key, digest, behind = current.key, current.digest, current.behind
    return replace(desk, key=key, key_sha256=digest, behind=behind, seen=seen)


def _seal(
    desk: Desk,
    change: Callable[[tuple[Comment, ...]], tuple[Comment, ...]],
    action: str,
    by: str,
    doc: str,
) -> Desk:
    with hold(desk.study) as log:
        desk = _again(desk, doc)
        log.append(
            DecisionRecorded(
                action=action,
                by=by,
                reason="read against the original",
                counts={"comments": 1},
                docs=(doc,),
            )
        )
        key = replace(
            superseding(desk.key, desk.key_sha256, log), comments=change(desk.key.comments)
        )
        sealed = seal_key(
            desk.study, log, key, desk.identity.identity, desk.key_sha256, desk.behind
        )
    return desk.with_key(key, sealed)


def _again(desk: Desk, doc: str) -> Desk:
    """The desk with what others sealed meanwhile; StudyChanged if the key is another's, or without
    this transcript.
    """
    if as_it_lies(desk.study) == desk.seen:
        return desk
    try:
        now = latest(desk)
    except KeyRefused:
        raise changed(desk.study) from None
    if doc not in {document.doc_id for document in now.key.documents}:
        raise changed(desk.study)
    return now
