"""A person's answer about open words: a name everywhere, only here, or no name at all.

It becomes rulings of places, as all other decisions do; where the words stand beside the
transcripts it is remembered by the words themselves. The list of what is open is made elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import normalize

from redact.audit.events import DecisionRecorded
from redact.audit.log import utc_now
from redact.core import Label, Place, Span
from redact.detect.key_search import KeySearch
from redact.detect.lexicon import is_word_too
from redact.errors import UsageError
from redact.review.decide import decide, newest
from redact.review.verdict import Verdict
from redact.study import records
from redact.study.desk import Desk, detections_of
from redact.study.elsewhere import words_token
from redact.study.hold import hold
from redact.study.rulings import Elsewhere, last_batch
from redact.study.word_files import record_lines, require_vouched
from redact.transcript.spans import overlapping
from redact.transcript.words import fold


class Answer(StrEnum):
    """What a person says of words that nobody has explained."""

    EVERYWHERE = "everywhere"  # a name, wherever it stands
    HERE = "here"  # a name at the places shown, and at no other
    NONE = "none"  # no name


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words a person was shown: at these places of transcripts, and in these other files."""

    words: str = field(repr=False)
    places: tuple[Place, ...]
    files: tuple[str, ...] = ()


def answer(desk: Desk, asked: Asked, said: Answer, label: Label, by: str, seen: int) -> int:
    """Records the answer and gives the number of its batch; as `decide` does.

    UsageError as `require_answerable`. Stale if somebody decided on a place since `seen`.
    """
    require_answerable(desk, asked, said, label)
    verdicts = verdicts_of(desk, asked, said, label)
    with hold(desk.study, desk.seen):
        batch = decide(desk, verdicts, by, seen) if verdicts else newest(desk) + 1
        if said is Answer.NONE and asked.files:
            _let_stand(desk, asked, by, batch)
    return batch


def require_answerable(desk: Desk, asked: Asked, said: Answer, label: Label) -> None:
    """Raises UsageError where nothing would be hidden of words that are said to be a name.

    They stand beside the transcripts alone, or the policy keeps what they are.
    """
    if said is not Answer.NONE and not asked.places:
        raise UsageError(
            "these words stand in no transcript, so nothing is there to be hidden",
            where="review",
            remedy="Take them out where they come from: your table, paper or description.",
        )
    if said is not Answer.NONE and desk.policy.actions.of(label) == "keep":
        raise UsageError(
            "the policy leaves names of this kind as they are, so nothing would be hidden",
            where="review",
            remedy="Choose another kind; or say that it is no name, and it stays.",
            command="`redact answer` asks again.",
        )


def verdicts_of(desk: Desk, asked: Asked, said: Answer, label: Label) -> tuple[Verdict, ...]:
    """What becomes of each place. Where words are hidden already nothing is said anew.

    Of words that are ordinary ones too, only what is written as it was shown is taken for a name.
    """
    shown = {place: desk.words_of(place) for place in asked.places}
    free = [p for p in _elsewhere(desk, asked, label) if not any(map(p.overlaps, shown))]
    alike = [p for p in free if desk.words_of(p) in shown.values()]
    match said:
        case Answer.EVERYWHERE:
            ordinary = all(map(is_word_too, fold(asked.words)))
            return _verdicts((*shown, *(alike if ordinary else free)), label)
        case Answer.HERE:
            return (*_verdicts(shown, label), *_verdicts(alike, None))
        case Answer.NONE:
            return _verdicts((*shown, *alike), None)


def _verdicts(places: Iterable[Place], label: Label | None) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(
            transcript=place.transcript,
            start=place.start,
            end=place.end,
            label=label,
            missed=label is not None,
        )
        for place in places
    )


def _elsewhere(desk: Desk, asked: Asked, label: Label) -> list[Place]:
    """Where the words stand and nothing is hidden; of two that overlap the longer one."""
    search = KeySearch([(label, asked.words)])
    hidden: dict[str, list[Span]] = defaultdict(list)
    for detection in detections_of(desk):
        hidden[detection.transcript] = [m.span for m in detection.mentions]
    places: list[Place] = []
    for transcript in desk.transcripts:
        hits = {Span(hit.start, hit.end) for hit in search.find(transcript.text)}
        taken: list[Span] = []
        for span in sorted(hits, key=lambda s: (s.start - s.end, s)):
            if not overlapping(hidden[transcript.id], span) and not any(map(span.overlaps, taken)):
                taken.append(span)
        places += [Place(transcript.id, span) for span in sorted(taken)]
    return places


def _let_stand(desk: Desk, asked: Asked, by: str, batch: int) -> None:
    """The log first, as for all decisions."""
    with hold(desk.study, desk.seen) as log:
        rows = records.read_rulings(desk.study.rulings)
        number = max(batch, last_batch(rows))
        who, token = normalize("NFC", by), words_token(desk.key.secret, asked.words)
        made = [
            Elsewhere(batch=number, file=file, token=token, by=who, time=utc_now())
            for file in asked.files
        ]
        decided = DecisionRecorded(
            action="review",
            by=who,
            reason="no name beside the transcripts",
            counts={"files": len(made)},
        )
        lines = records.ruling_lines(made)
        require_vouched(desk.study, desk.key.secret)
        record_lines(log, desk.key.secret, desk.study.rulings, lines, decided)
