"""What was hidden stays hidden, until a person says of that very thing that it is no name.

The linkage key remembers every place and every form that a key of the study ever hid. Whatever is
detected, decided, imported, linked or withdrawn later, the mentions of the study are laid over that
memory: letters that nothing covers any more stay covered. Only a person's recorded word lets go:
"no name" of a place, `keep` of a pseudonym's places, the undoing of what they had added themselves.
Two that overlap under one label become one, so that no name is cut (docs/decisions/023).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from redact.core import (
    DETAIL,
    NAMES,
    Detection,
    Entity,
    Kept,
    Label,
    Mention,
    Place,
    SafeTranscript,
    Source,
    Span,
)
from redact.custody.payload import GRAMMAR_TYPE, FormerForm, HiddenOnce, LinkageKey
from redact.errors import RedactError
from redact.link.corrections import Act, Correction, undone
from redact.policy import Actions
from redact.rendering import counted
from redact.replace.labels import NOUNS, number_of
from redact.study.rulings import ReviewRow, Ruling, Undoing, without_overruled
from redact.transcript.spans import apart, overlapping, trimmed

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A place that stays hidden, and under which label; of an identifier also its kind."""

    place: Place
    label: Label
    kind: str | None = None


def remembered(
    key: LinkageKey, rows: Sequence[ReviewRow], docs: Container[str] | None = None
) -> tuple[Remembered, ...]:
    """Every place that this key or an earlier one hid, of these transcripts or of all.

    Without what a reviewer had added where nothing was hidden, and took back again.
    """
    back = _taken_back(key, rows)
    once: dict[Place, Remembered] = {}
    for old in key.hidden:
        if docs is None or old.doc in docs:
            place = Place.at(old.doc, old.start, old.end)
            once[place] = Remembered(place, cast(Label, old.type))
    for item in key.replacements:
        entry = key.entries[item.entry]
        if entry.type != GRAMMAR_TYPE and (docs is None or item.doc in docs):
            place, label = Place.at(item.doc, item.start, item.end), cast(Label, entry.type)
            once[place] = Remembered(place, label, _kind(label, entry.pseudonym))
    return tuple(one for place, one in once.items() if place not in back)


def _kind(label: Label, pseudonym: str) -> str | None:
    """What the pseudonym calls an identifier beside "identifier"; None for a name."""
    named = None if label in NAMES else number_of(pseudonym)
    return named[0] if named and named[0] != NOUNS[label] else None


def _taken_back(key: LinkageKey, rows: Sequence[ReviewRow]) -> frozenset[Place]:
    """Places that somebody hid where nothing had been hidden, all of whose rulings are undone.

    Of the undoings only those that this key does not know yet: what is hidden there since, is so by
    something else.
    """
    undone_batches = {row.batch for row in rows if isinstance(row, Undoing)}
    new = undone_batches.difference(key.undone)
    rulings = [row for row in rows if isinstance(row, Ruling) and row.label is not None]
    standing = {ruling.place for ruling in rulings if ruling.batch not in undone_batches}
    return frozenset(r.place for r in rulings if r.adds and r.batch in new) - standing


def _words_taken_back(key: LinkageKey, rows: Sequence[ReviewRow], texts: Texts) -> frozenset[str]:
    """What stands at places that were taken back, and at no place that is remembered."""

    def said(place: Place) -> str:
        return texts.get(place.transcript, "")[place.start : place.end]

    back = {said(place) for place in _taken_back(key, rows)}
    return frozenset(back and back - {said(one.place) for one in remembered(key, rows)})


@dataclass(frozen=True, slots=True)
class LetGo:
    """What people said is no name or may stay: at these places; and wherever the words stand.

    `everywhere` are places too: what stands there is meant, spelled just so. `kept` are those of
    `places` where an entity stands as it is by a person's word.
    """

    places: tuple[Place, ...]
    everywhere: tuple[Place, ...]
    kept: tuple[Place, ...]

    def spans(self) -> dict[str, list[Span]]:
        """By transcript the stretches let go, in text order."""
        by_transcript: dict[str, list[Span]] = defaultdict(list)
        for place in sorted({*self.places, *self.kept}):
            by_transcript[place.transcript].append(place.span)
        return by_transcript


def let_go(rows: Sequence[ReviewRow], corrections: Sequence[Correction]) -> LetGo:
    """The words that hold, letter by letter: of two on the same letters the later one."""
    gone = {row.batch for row in rows if isinstance(row, Undoing)}
    free: dict[str, list[tuple[Span, bool]]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Ruling) and row.batch not in gone:
            span = row.place.span
            left = [(rest, e) for one, e in free[row.transcript] for rest in apart(one, [span])]
            said = [(span, row.everywhere)] if row.label is None else []
            free[row.transcript] = [*left, *said]
    places = {Place(doc, span): e for doc, spans in free.items() for span, e in spans}
    kept = _kept_by_word(without_overruled(corrections, rows))
    return LetGo(tuple(places), (*(place for place, said in places.items() if said), *kept), kept)


def _kept_by_word(corrections: Sequence[Correction]) -> tuple[Place, ...]:
    """The places of entities that a person said shall stand as they are; the newest word holds."""
    gone = undone(corrections)
    last: dict[Place, str] = {}
    for number, one in enumerate(corrections, start=1):
        if isinstance(one, Act) and number not in gone:
            last |= dict.fromkeys(one.places, one.action)
    return tuple(place for place, action in last.items() if action == "keep")


def hold(
    detections: Iterable[Detection],
    memory: Iterable[Remembered],
    free: LetGo,
    texts: Texts,
) -> tuple[Detection, ...]:
    """The detections with a mention over every remembered letter that nobody let go.

    Mentions stay disjoint and in text order. A mention of the same label that a remembered stretch
    touches grows over it; otherwise the stretch is a mention of its own.
    """
    by_transcript: dict[str, list[Remembered]] = defaultdict(list)
    for one in memory:
        by_transcript[one.place.transcript].append(one)
    spans = free.spans()
    made = []
    for detection in detections:
        doc = detection.transcript
        text, let = texts.get(doc, ""), spans.get(doc, [])
        made.append(_told(_held(detection, by_transcript[doc], let, text), let, text))
    return tuple(made)


def _told(detection: Detection, free: list[Span], text: str) -> Detection:
    """With what was let go among what is kept on a reviewer's word, as far as it is not yet."""
    if not free:
        return detection
    taken = [*(m.span for m in detection.mentions), *(k.span for k in detection.kept)]
    left = [
        Kept(Place(detection.transcript, letters), "reviewer")
        for span in free
        for rest in apart(span, taken)
        if (letters := trimmed(rest, text))
    ]
    return replace(detection, kept=tuple(sorted((*detection.kept, *left), key=lambda k: k.span)))


def _held(detection: Detection, memory: list[Remembered], free: list[Span], text: str) -> Detection:
    mentions = sorted(detection.mentions, key=lambda m: m.span)
    exact = {m.span for m in mentions}
    changed = False
    for one in sorted(memory, key=lambda r: (-(r.place.end - r.place.start), r.place)):
        if one.place.span in exact:
            continue
        low = max(0, bisect_right(mentions, one.place.start, key=lambda m: m.start) - 1)
        high = bisect_left(mentions, one.place.end, key=lambda m: m.start)
        taken = [m.span for m in mentions[low:high]] + free
        for gap in apart(one.place.span, taken):
            changed |= _cover(mentions, gap, one, text)
    if not changed:
        return detection
    covered = [m.span for m in mentions]
    kept = tuple(k for k in detection.kept if not _overlaps_any(k, covered))
    return Detection(detection.transcript, tuple(mentions), kept)


def _overlaps_any(kept: Kept, spans: list[Span]) -> bool:
    at = bisect_right(spans, kept.start, key=lambda s: s.start) - 1
    return any(kept.span.overlaps(span) for span in spans[max(0, at) : at + 2])


def _cover(mentions: list[Mention], gap: Span, one: Remembered, text: str) -> bool:
    """Puts a mention over this gap, or lets a neighbour of the same label grow over it."""
    letters = trimmed(gap, text)
    if letters is None:
        return False
    at = bisect_left(mentions, gap.start, key=lambda m: m.start)
    before = mentions[at - 1] if at and mentions[at - 1].end == gap.start else None
    after = mentions[at] if at < len(mentions) and mentions[at].start == gap.end else None
    if before is not None and before.label == one.label:
        mentions[at - 1] = _grown(before, before.start, letters.end)
    elif after is not None and after.label == one.label:
        mentions[at] = _grown(after, letters.start, after.end)
    else:
        place = Place(one.place.transcript, letters)
        made = Mention(
            place=place,
            label=one.label,
            score=1.0,
            sources=(Source.HIDDEN_BEFORE,),
            kind=one.kind,
        )
        mentions.insert(at, made)
    return True


def _grown(mention: Mention, start: int, end: int) -> Mention:
    sources = tuple(dict.fromkeys((*mention.sources, Source.HIDDEN_BEFORE)))
    return replace(mention, place=Place.at(mention.transcript, start, end), sources=sources)


def standing(
    key: LinkageKey,
    found: Iterable[Detection],
    ruled: Iterable[Detection],
    rows: Sequence[ReviewRow],
    corrections: Sequence[Correction],
    texts: Texts,
) -> tuple[Detection, ...]:
    """The mentions as they stand: `ruled` over `found`, and nothing cut that was a mention before.

    `ruled` are the detections with the reviewers' word in them. A place that they say is a mention
    never makes a longer one shorter, and an earlier word of theirs holds where a later one is
    narrower.
    """
    found = tuple(found)
    undone_batches = {row.batch for row in rows if isinstance(row, Undoing)}
    said = (
        Remembered(row.place, row.label)
        for row in rows
        if isinstance(row, Ruling) and row.label is not None and row.batch not in undone_batches
    )
    seen = (Remembered(m.place, m.label, m.kind) for d in found for m in d.mentions)
    memory = dict.fromkeys((*remembered(key, rows, {d.transcript for d in found}), *said, *seen))
    return hold(ruled, memory, let_go(rows, corrections), texts)


def not_let_go(
    key: LinkageKey, rows: Sequence[ReviewRow], corrections: Sequence[Correction]
) -> dict[str, list[Span]]:
    """By transcript what must be hidden: the remembered stretches beside those let go."""
    free = let_go(rows, corrections).spans()
    held: dict[str, list[Span]] = defaultdict(list)
    for one in remembered(key, rows):
        place = one.place
        held[place.transcript] += apart(place.span, free.get(place.transcript, ()))
    return {transcript: _joined(spans) for transcript, spans in held.items()}


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same letters in spans that are apart, in text order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def still_hidden(
    entities: Iterable[Entity], held: Mapping[str, Sequence[Span]], actions: Actions
) -> tuple[Entity, ...]:
    """The entities; one that would stand as it is and of which a place must be hidden is labelled.

    All of its places are: a name that stands in clear beside its label would tell whose it is.
    """
    made = []
    for entity in entities:
        kept = actions.for_entity(entity) == "keep"
        if kept and any(overlapping(held.get(m.transcript, ()), m.span) for m in entity.mentions):
            entity = replace(entity, action="label", why=(*entity.why, Source.HIDDEN_BEFORE.value))
        made.append(entity)
    return tuple(made)


def require_hidden(
    held: Mapping[str, Sequence[Span]], safe: Iterable[SafeTranscript], texts: Texts
) -> None:
    """Raises RedactError if a safe transcript would show letters that must be hidden."""
    for one in safe:
        replaced = [Span(r.start, r.end) for r in one.replacements]
        text = texts[one.id]
        bare = [
            rest
            for span in held.get(one.id, ())
            for rest in apart(span, overlapping(replaced, span))
            if trimmed(rest, text)
        ]
        if bare:
            raise RedactError(
                counted(len(bare), "place that was", "places that were")
                + " hidden would stand in clear",
                where=one.id,
                remedy="Nothing was written. Say of each, in its transcript, what it is; if this "
                "stays, report it.",
            )


def with_memory(
    before: LinkageKey, after: LinkageKey, rows: Sequence[ReviewRow], texts: Texts
) -> LinkageKey:
    """The key that follows another, with all in its memory that only that one has.

    What was taken back since the other was made is forgotten, once: it may be hidden again.
    """
    back, words = _taken_back(before, rows), _words_taken_back(before, rows, texts)
    places = {(r.doc, r.start, r.end) for r in after.replacements}
    hidden = {(one.doc, one.start, one.end): one for one in before.hidden}
    for item in before.replacements:
        kind, place = before.entries[item.entry].type, (item.doc, item.start, item.end)
        if kind != GRAMMAR_TYPE:
            hidden[place] = HiddenOnce(doc=item.doc, start=item.start, end=item.end, type=kind)
    forms = {(entry.type, form.text) for entry in after.entries for form in entry.forms}
    once = dict.fromkeys((one.type, one.text) for one in before.former) | dict.fromkeys(
        (entry.type, form.text)
        for entry in before.entries
        if entry.type not in (GRAMMAR_TYPE, DETAIL)
        for form in entry.forms
    )
    return replace(
        after,
        hidden=tuple(
            one
            for place, one in hidden.items()
            if place not in places and Place.at(*place) not in back
        ),
        former=tuple(
            FormerForm(text=text, type=label)
            for label, text in once
            if (label, text) not in forms and text not in words
        ),
        forgotten=before.forgotten,
        undone=tuple(sorted({row.batch for row in rows if isinstance(row, Undoing)})),
    )


def former_forms(
    key: LinkageKey,
    rows: Sequence[ReviewRow],
    corrections: Sequence[Correction],
    texts: Texts,
) -> tuple[tuple[str, str], ...]:
    """Kind and form of all that earlier keys hid, this one does not, and nobody let go everywhere.

    A word on one place is a word on that place: the form is looked for in all others.
    """

    def said(place: Place) -> str:
        return texts.get(place.transcript, "")[place.start : place.end]

    free = {said(place) for place in let_go(rows, corrections).everywhere}
    gone = free | _words_taken_back(key, rows, texts)
    return tuple((one.type, one.text) for one in key.former if one.text not in gone)


def forms_to_seek(
    key: LinkageKey,
    rows: Sequence[ReviewRow],
    corrections: Sequence[Correction],
    texts: Texts,
) -> tuple[tuple[str, str], ...]:
    """Kind and form of all that this key and earlier ones hid, and nobody let go everywhere.

    When the key is made anew, those it has no more are `former_forms` of it.
    """
    now = (
        FormerForm(text=form.text, type=entry.type)
        for entry in key.entries
        if entry.type not in (GRAMMAR_TYPE, DETAIL)
        for form in entry.forms
    )
    every = tuple(dict.fromkeys((*key.former, *now)))
    return former_forms(replace(key, former=every), rows, corrections, texts)
