"""A reviewer's decisions on the places of a study: checked, logged, recorded, undone; never lost.

The page of `redact review` is one way to make them; nothing here knows of it.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from redact.audit.events import DecisionRecorded
from redact.audit.log import open_log, utc_now
from redact.core import (
    DETAIL,
    LABELS,
    Detection,
    Label,
    Mention,
    Place,
    Replacement,
    SafeTranscript,
    Span,
)
from redact.disk import append_lines, locked
from redact.errors import RedactError, UsageError
from redact.replace.labels import REMOVED_DETAIL, number_of
from redact.study import records
from redact.study.desk import Desk, detections_of
from redact.study.linkage import made_file
from redact.study.records import MENTIONS
from redact.study.rulings import (
    Assigned,
    Left,
    Read,
    ReviewRow,
    Ruling,
    Undoing,
    in_force,
    labels_at,
    last_batch,
    readers,
)
from redact.study.search import name_words
from redact.transcript.assemble import keyed_order
from redact.transcript.words import fold, words

_LONGEST_NAME = 60
_LONGEST_REWRITE = 200  # characters, brackets included


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a reviewer says a stretch of a transcript is; with no label no mention. Not checked yet.

    A DETAIL singles somebody out without a name: `text` stands there instead, in brackets; without
    one it is said that a detail was removed.
    """

    transcript: str
    start: int
    end: int
    label: Label | None
    text: str = ""

    @property
    def place(self) -> Place:
        """Where it is; ValueError if that is no span."""
        return Place.at(self.transcript, self.start, self.end)


class Stale(UsageError):
    """Somebody decided on these places since they were shown; `newer` is what they said."""

    def __init__(self, newer: tuple[Ruling, ...]) -> None:
        super().__init__(
            f"{newer[0].by} has decided on this since you saw it",
            remedy="Look at it again and decide anew; nothing of yours was recorded.",
        )
        self.newer = newer


def decide(
    desk: Desk,
    places: Iterable[Verdict],
    by: str,
    seen: int,
    second: bool = False,
    detections: Iterable[Detection] | None = None,
) -> int:
    """Records a batch of decisions and gives its number; those of a `second` reader apart.

    `detections` are the detectors' own, read if they are not given. `seen` is the newest batch that
    the reviewer has seen. Raises Stale if a newer one of somebody touches a place, UsageError for a
    place that is none or two that overlap.
    """
    wanted = tuple(places)
    _check(desk, wanted)
    if detections is None:
        detections = records.read_detections(desk.study.work / MENTIONS)
    detected = labels_at(detections)
    with locked(desk.study.work / "rulings.lock"):
        rows = rows_of(desk, second)
        made = [
            Ruling(
                batch=last_batch(rows) + 1,
                place=verdict.place,
                label=verdict.label,
                by=normalize("NFC", by),
                time=utc_now(),
                found_label=detected.get(verdict.place),
                text=_bracketed(verdict.text) or None,
            )
            for verdict in wanted
        ]
        newer = tuple(
            row
            for rulings in in_force(rows).values()
            for row in rulings
            if row.batch > seen and any(row.place.overlaps(one.place) for one in made)
        )
        if newer:
            raise Stale(newer)
        said: Counter[str] = Counter(one.label or "no mention" for one in made)
        docs = {one.transcript for one in made}
        _record(desk, made, by, "second review" if second else "review", dict(said), docs, second)
    return made[0].batch


def undo(desk: Desk, batch: int, by: str, second: bool = False) -> None:
    """The decisions of a batch do not hold any more; UsageError if there is none to undo."""
    with locked(desk.study.work / "rulings.lock"):
        rows = rows_of(desk, second)
        undone = {row.batch for row in rows if isinstance(row, Undoing)}
        gone = [r for r in rows if isinstance(r, Ruling) and r.batch == batch]
        if not gone or batch in undone:
            raise _usage("there is nothing of this number to undo")
        row = Undoing(batch, normalize("NFC", by), utc_now())
        counts = {"places": len(gone)}
        _record(desk, [row], by, "undo review", counts, {r.transcript for r in gone}, second)


def have_read(desk: Desk, doc: str, by: str) -> None:
    """A second reader has read this transcript to its end."""
    row = Read(transcript=doc, by=normalize("NFC", by), time=utc_now())
    with locked(desk.study.work / "rulings.lock"):
        _record(desk, [row], by, "second review", {"transcripts": 1}, {doc}, second=True)


def leave(desk: Desk, passage: Place, by: str) -> None:
    """This passage was looked at: its details may stay. UsageError if it is no place."""
    doc = passage.transcript
    _check(desk, (Verdict(transcript=doc, start=passage.start, end=passage.end, label=None),))
    row = Left(place=passage, by=normalize("NFC", by), time=utc_now())
    with locked(desk.study.work / "rulings.lock"):
        _record(desk, [row], by, "details stay", {"passages": 1}, {doc})


def assign(desk: Desk, docs: Iterable[str], to: str, by: str, second: bool = False) -> None:
    """These transcripts are for `to` to read, or to read a second time; for nobody if it is "".

    Raises UsageError if no transcript is named, or one that the study does not have.
    """
    wanted = sorted(set(docs))
    if not wanted or not {t.id for t in desk.transcripts}.issuperset(wanted):
        raise _usage("no interview is chosen" if not wanted else "there is no such transcript")
    to, by = normalize("NFC", to.strip()), normalize("NFC", by)
    if len(to) > _LONGEST_NAME or not to.isprintable():
        raise _usage(f"a name or initials are up to {_LONGEST_NAME} characters in one line")
    rows = [
        Assigned(transcript=doc, to=to or None, second=second, by=by, time=utc_now())
        for doc in wanted
    ]
    with locked(desk.study.work / "rulings.lock"):
        action = "assign second review" if second else "assign review"
        _record(desk, rows, by, action, {"transcripts": len(rows)}, set(wanted))


def assigned(desk: Desk, to: str) -> frozenset[str]:
    """The transcripts that somebody is to read a second time."""
    for_whom = readers(rows_of(desk), second=True)
    return frozenset(doc for doc, name in for_whom.items() if name == normalize("NFC", to))


def sample(desk: Desk, share: float) -> frozenset[str]:
    """The transcripts of a second review: this share of them, drawn by the study's own secret.

    At least one; the same again for the same share, and with a larger share those and more.
    """
    drawn = keyed_order(
        desk.key.secret, [document.source_sha256 for document in desk.key.documents]
    )
    chosen = set(drawn[: max(1, round(share * len(drawn)))])
    return frozenset(d.doc_id for d in desk.key.documents if d.source_sha256 in chosen)


def everywhere(desk: Desk, place: Verdict) -> tuple[Verdict, ...]:
    """The place, and every other in the corpus that has the same words, capitals aside.

    For a mention these are all places where the words stand by themselves; for none, the mentions
    of just these words.
    """
    form = desk.words_of(place.place)
    if place.label is None:
        places = {m.place for m in mentions(desk) if fold(desk.words_of(m.place)) == fold(form)}
    else:
        places = {Place(t.id, span) for t in desk.transcripts for span in occurrences(t.text, form)}
    places.add(place.place)
    apart: list[Verdict] = []
    for there in sorted(places):
        one = Verdict(
            transcript=there.transcript, start=there.start, end=there.end, label=place.label
        )
        if not (apart and apart[-1].place.overlaps(there)):
            apart.append(one)
    return tuple(apart)


def occurrences(text: str, form: str) -> list[Span]:
    """Where these words stand by themselves, capitals aside, in text order."""
    folded, wanted = text.lower(), form.lower()
    if len(folded) != len(text) or not wanted.strip():
        folded, wanted = text, form
    spans, at = [], folded.find(wanted)
    while at >= 0 and wanted.strip():
        end = at + len(wanted)
        inside = (text[at - 1 : at].isalnum() and wanted[0].isalnum()) or (
            text[end : end + 1].isalnum() and wanted[-1].isalnum()
        )
        if not inside:
            spans.append(Span(at, end))
        at = folded.find(wanted, end if not inside else at + 1)
    return spans


def mentions(desk: Desk) -> list[Mention]:
    """All mentions of the study as they stand, the reviewers' word included."""
    return [mention for detection in detections_of(desk) for mention in detection.mentions]


def rows_of(desk: Desk, second: bool = False) -> tuple[ReviewRow, ...]:
    """All decisions of reviewers, or of second readers, in the order they were made."""
    return records.read_rulings(desk.study.second if second else desk.study.rulings)


def newest(desk: Desk) -> int:
    """The number of the newest batch of decisions."""
    return last_batch(rows_of(desk))


def text_digest(text: str) -> str:
    """What an exported decision is bound to: SHA-256 of the transcript's text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _check(desk: Desk, places: tuple[Verdict, ...]) -> None:
    length = {t.id: len(t.text) for t in desk.transcripts}
    if not places:
        raise _usage("no place is named")
    for place in places:
        if place.transcript not in length:
            raise _usage("there is no such transcript in this study")
        if not 0 <= place.start < place.end <= length[place.transcript]:
            raise _usage("this place does not lie in the transcript")
        if not desk.words_of(place.place).strip():
            raise _usage("there is no word at this place")
        if place.label not in (None, DETAIL, *LABELS):
            raise _usage(f"a label is one of {', '.join(LABELS)}")
        _check_rewrite(desk, place)
    ordered = sorted(places, key=lambda p: (p.transcript, p.start))
    if any(a.place.overlaps(b.place) for a, b in itertools.pairwise(ordered)):
        raise _usage("two of these places overlap")


def _check_rewrite(desk: Desk, place: Verdict) -> None:
    """A detail lies in one turn's words, and what stands for it names nobody."""
    if place.label != DETAIL:
        if place.text:
            raise _usage("only a detail can be said in other words")
        return
    transcript = next(t for t in desk.transcripts if t.id == place.transcript)
    text = transcript.text
    for edge in (place.start, place.end):
        if text[edge - 1 : edge].isalnum() and text[edge : edge + 1].isalnum():
            raise _usage("a detail is whole words: this cuts one in two")
    for turn in transcript.turns:
        edges = (turn.start, *(span.end for span in (turn.speaker, turn.time) if span))
        if any(place.start < edge < place.end for edge in edges) or any(
            span and span.overlaps(place.place.span) for span in (turn.speaker, turn.time)
        ):
            raise _usage("a detail lies in the words of one turn, without label and time")
    _try_in_file(desk, place)
    wanted = _bracketed(place.text)
    if len(wanted) > _LONGEST_REWRITE or re.search(r"[\[\]\r\n]", wanted[1:-1]):
        raise _usage(f"other words are 1 to {_LONGEST_REWRITE} characters in one line, no brackets")
    if number_of(wanted) or wanted.casefold() in {e.pseudonym.casefold() for e in desk.key.entries}:
        raise _usage("these words look like a pseudonym")
    said = {word.folded for word in words(wanted) if not wanted[word.start].islower()}
    if said & name_words(desk.key):
        raise _usage("these words have a name of the study in them")


def _try_in_file(desk: Desk, place: Verdict) -> None:
    """Raises UsageError where the source's file cannot say it: a stretch over two of its parts."""
    pairs = zip(desk.sources, desk.key.documents, strict=True)
    source = next(s for s, document in pairs if document.doc_id == place.transcript)
    words = _bracketed(place.text) or REMOVED_DETAIL
    alone = Replacement(start=place.start, end=place.end, text=words, entity=DETAIL)
    try:
        made_file(source, SafeTranscript(place.transcript, "", (alone,)), desk.policy.formats)
    except RedactError:
        raise UsageError(
            "this kind of file cannot say other words over so long a stretch",
            where="review",
            remedy="Mark the words of one sentence or segment, then those of the next.",
        ) from None


def _bracketed(text: str) -> str:
    """Marked as a person's words, as archives ask; nothing stays nothing."""
    text = normalize("NFC", " ".join(text.split()))
    return text if not text or (text[0] == "[" and text[-1] == "]") else f"[{text}]"


def _record(
    desk: Desk,
    rows: Iterable[ReviewRow],
    by: str,
    action: str,
    counts: dict[str, int],
    docs: set[str],
    second: bool = False,
) -> None:
    """The log first: what it does not have was never decided."""
    with open_log(desk.log, desk.actor()) as log:
        log.append(
            DecisionRecorded(
                action=action,
                by=normalize("NFC", by),
                reason="read against the original",
                counts=counts,
                docs=tuple(sorted(docs)),
            )
        )
    path = desk.study.second if second else desk.study.rulings
    append_lines(path, records.ruling_lines(rows))


def _usage(what: str) -> UsageError:
    return UsageError(what, where="review", remedy="Load the page again.")
