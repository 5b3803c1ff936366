"""A reviewer's decisions on the places of a study: checked, logged, recorded, undone; never lost.

The page of `redact review` is one way to make them; nothing here knows of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from redact.audit.events import DecisionRecorded
from redact.audit.log import AuditLog, utc_now
from redact.core import (
    DETAIL,
    Detection,
    Entity,
    Label,
    Mention,
    Place,
    Source,
    Span,
)
from redact.errors import UsageError
from redact.link.covering import Covering
from redact.review.check_places import check_places, not_there
from redact.review.detail import bracketed
from redact.review.occurrences import occurrences
from redact.review.verdict import Verdict
from redact.study import records
from redact.study.desk import Desk, decided_on, detections_of
from redact.study.hold import hold
from redact.study.nameless import READ
from redact.study.records import ENTITIES, MENTIONS
from redact.study.rulings import (
    Assigned,
    Elsewhere,
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
from redact.study.word_files import record_lines, require_vouched
from redact.transcript.assemble import keyed_order
from redact.transcript.spans import apart, overlapping

_LONGEST_NAME = 60


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
    detections: tuple[Detection, ...] | None = None,
    uncovers: DecisionRecorded | None = None,
) -> int:
    """Records a batch of decisions and gives its number; those of a `second` reader apart.

    `detections` are the detectors' own, read if they are not given. `seen` is the newest batch that
    the reviewer has seen. `uncovers` is logged with them. Raises Stale if a newer one of somebody
    touches a place, UsageError for a place that is none or two that overlap. Of a name marked over
    the ends of turns, labels or times its parts between them are recorded.
    """
    wanted = tuple(places)
    check_places(desk, wanted)
    wanted = tuple(_in_parts(desk, wanted))
    if detections is None:
        detections = records.read_detections(desk.study.work / MENTIONS)
    touched = {one.transcript for one in wanted}
    found = tuple(one for one in detections if one.transcript in touched)
    detected = labels_at(found)
    with hold(desk.study, desk.seen) as log:
        rows = rows_of(desk, second)
        corrections = records.read_corrections(desk.study.corrections)
        hidden = _found_spans(decided_on(desk, found, rows, corrections))
        made = [
            Ruling(
                batch=last_batch(rows) + 1,
                place=verdict.place,
                label=verdict.label,
                by=normalize("NFC", by),
                time=utc_now(),
                found_label=detected.get(verdict.place),
                text=bracketed(verdict.text) or None,
                adds=verdict.label is not None and _adds(desk, verdict, hidden),
                everywhere=verdict.everywhere and verdict.label is None,
                missed=verdict.missed and verdict.label is not None,
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
        action = "second review" if second else "review"
        _record(log, desk, made, by, action, dict(said), docs, second, uncovers)
    return made[0].batch


def _in_parts(desk: Desk, verdicts: tuple[Verdict, ...]) -> Iterator[Verdict]:
    """The verdicts; of one that says a name, the parts of it that lie within a turn or a label."""
    by_id = {transcript.id: transcript for transcript in desk.transcripts}
    bare = {d: Covering.of(by_id[d], Detection(d, ())) for d in {v.transcript for v in verdicts}}
    for one in verdicts:
        whole = one.label in (None, DETAIL)
        parts = [one.place.span] if whole else bare[one.transcript].parts(one.place.span)
        if not parts:
            raise UsageError(
                "only a time is marked here, and nothing that is said",
                where="review",
                remedy="Mark the name itself, in a label or in what is said.",
            )
        yield from (replace(one, start=part.start, end=part.end) for part in parts)


def _found_spans(detections: Iterable[Detection]) -> dict[str, list[Span]]:
    """By transcript, in text order, the mentions that stand on more than a reviewer's word."""
    return {
        d.transcript: [m.span for m in d.mentions if m.sources != (Source.REVIEWER,)]
        for d in detections
    }


def _adds(desk: Desk, verdict: Verdict, hidden: Mapping[str, list[Span]]) -> bool:
    """Whether it hides a letter that nothing else does."""
    span = verdict.place.span
    bare = apart(span, overlapping(hidden[verdict.transcript], span))
    words = (desk.words_of(Place(verdict.transcript, one)) for one in bare)
    return any(character.isalnum() for said in words for character in said)


def undo(desk: Desk, batch: int, by: str, second: bool = False) -> None:
    """The decisions of a batch do not hold any more; UsageError if there is none to undo."""
    with hold(desk.study, desk.seen) as log:
        rows = rows_of(desk, second)
        undone = {row.batch for row in rows if isinstance(row, Undoing)}
        gone = [r for r in rows if isinstance(r, Ruling | Elsewhere) and r.batch == batch]
        if not gone or batch in undone:
            raise UsageError(
                f"decision {batch} does not hold any more, so it cannot be undone",
                where="review",
                remedy="Somebody may have undone it already. Nothing was changed.",
            )
        row = Undoing(batch, normalize("NFC", by), utc_now())
        counts = {"places": len(gone)}
        docs = {r.transcript for r in gone if isinstance(r, Ruling)}
        _record(log, desk, [row], by, "undo review", counts, docs, second)


def have_read(desk: Desk, doc: str, by: str) -> None:
    """A second reader has read this transcript to its end."""
    row = Read(transcript=doc, by=normalize("NFC", by), time=utc_now())
    with hold(desk.study, desk.seen) as log:
        _record(log, desk, [row], by, "second review", {"transcripts": 1}, {doc}, second=True)


def leave(desk: Desk, passage: Place, by: str) -> None:
    """This passage was looked at: its details may stay. UsageError if it is no place."""
    doc = passage.transcript
    check_places(desk, (Verdict(transcript=doc, start=passage.start, end=passage.end, label=None),))
    row = Left(place=passage, by=normalize("NFC", by), time=utc_now())
    with hold(desk.study, desk.seen) as log:
        _record(log, desk, [row], by, "details stay", {"passages": 1}, {doc})


def assign(desk: Desk, docs: Iterable[str], to: str, by: str, second: bool = False) -> None:
    """These transcripts are for `to` to read, or to read a second time; for nobody if it is "".

    Raises UsageError if no transcript is named, or one that the study does not have.
    """
    wanted = sorted(set(docs))
    if not wanted or not {t.id for t in desk.transcripts}.issuperset(wanted):
        if wanted:
            raise not_there()
        raise UsageError(
            "no interview is ticked",
            where="review",
            remedy="Tick the interviews that you mean, then press the button again.",
        )
    to, by = normalize("NFC", to.strip()), normalize("NFC", by)
    if len(to) > _LONGEST_NAME or not to.isprintable():
        raise UsageError(
            f"this name is longer than {_LONGEST_NAME} characters, or has signs that nobody sees",
            where="review",
            remedy="Write a name or initials in one line.",
        )
    rows = [
        Assigned(transcript=doc, to=to or None, second=second, by=by, time=utc_now())
        for doc in wanted
    ]
    with hold(desk.study, desk.seen) as log:
        action = "assign second review" if second else "assign review"
        _record(log, desk, rows, by, action, {"transcripts": len(rows)}, set(wanted))


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
    """The place, and every other in the corpus that has the same words.

    For a mention these are all places where the words stand by themselves, capitals aside, and not
    as part of a longer mention. For none they are the mentions of the same entity that are written
    just so: another's name of the same words stays hidden.
    """
    form = desk.words_of(place.place)
    if place.label is None:
        one = _entity_at(desk, place.place)
        places = {m.place for m in one.mentions if desk.words_of(m.place) == form} if one else set()
        places.add(place.place)
        apart = sorted(places)
    else:
        others = (v.place for v in places_with(desk, form, place.label))
        apart = [place.place, *(p for p in others if not p.overlaps(place.place))]
    return tuple(
        Verdict(
            transcript=there.transcript,
            start=there.start,
            end=there.end,
            label=place.label,
            everywhere=True,
        )
        for there in sorted(apart)
    )


def _entity_at(desk: Desk, place: Place) -> Entity | None:
    """Who or what is hidden at just this place, as it was linked."""
    path = desk.study.work / ENTITIES
    linked = records.read_entities(path) if path.is_file() else ()
    return next((e for e in linked if any(m.place == place for m in e.mentions)), None)


def places_with(
    desk: Desk,
    form: str,
    label: Label | None,
    docs: Container[str] | None = None,
    seen: Iterable[Detection] | None = None,
) -> tuple[Verdict, ...]:
    """Where these words stand by themselves, in these transcripts or in all.

    For a mention capitals are set aside, and words that are part of a longer mention are passed
    over: it stays whole. For none it is where nothing is hidden, or just these words are. `seen`
    are the mentions as this reader has them, if not as they stand.
    """
    verdicts = []
    standing = detections_of(desk) if seen is None else seen
    mentions_in = {d.transcript: [m.span for m in d.mentions] for d in standing}
    for transcript in desk.transcripts:
        if docs is not None and transcript.id not in docs:
            continue
        spans = mentions_in.get(transcript.id, [])
        for span in occurrences(transcript.text, form):
            touched = overlapping(spans, span)
            alike = label is not None or transcript.text[span.start : span.end] == form
            if (alike or not touched) and _may_be_said(span, touched, label):
                verdicts.append(
                    Verdict(
                        transcript=transcript.id,
                        start=span.start,
                        end=span.end,
                        label=label,
                        everywhere=docs is None,
                        missed=label is not None,
                    )
                )
    return tuple(verdicts)


def _may_be_said(span: Span, touched: Sequence[Span], label: Label | None) -> bool:
    """Whether a word on these letters leaves every longer mention it touches whole."""
    if label is None:
        return all(one == span for one in touched)
    return not any(one != span and one.covers(span) for one in touched)


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


def _record(
    log: AuditLog,
    desk: Desk,
    rows: Iterable[ReviewRow],
    by: str,
    action: str,
    counts: dict[str, int],
    docs: set[str],
    second: bool = False,
    uncovers: DecisionRecorded | None = None,
) -> None:
    """The log first: what it does not have was never decided."""
    if uncovers is not None:
        log.append(uncovers)
    decided = DecisionRecorded(
        action=action,
        by=normalize("NFC", by),
        reason=READ,
        counts=counts,
        docs=tuple(sorted(docs)),
    )
    path = desk.study.second if second else desk.study.rulings
    require_vouched(desk.study, desk.key.secret)
    record_lines(log, desk.key.secret, path, records.ruling_lines(rows), decided)
