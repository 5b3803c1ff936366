"""All recognizers in their order, over one transcript or many, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import TimeoutError as WorkerTimeout
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from redact.core import Detection, Mention, RosterEntry, Transcript
from redact.detect import operating_points as points
from redact.detect.addresses import AddressRecognizer
from redact.detect.ages import AgeRecognizer
from redact.detect.already_safe import without_labels
from redact.detect.boilerplate import without_boilerplate
from redact.detect.codes import without_codes
from redact.detect.combine import tidy
from redact.detect.confidence import (
    Sightings,
    is_doubted_small,
    is_weighed,
    score_weights,
    weigh,
)
from redact.detect.context import (
    LastNet,
    OrganisationRecognizer,
    PersonRecognizer,
    PlaceRecognizer,
)
from redact.detect.dates import DateRecognizer
from redact.detect.elsewhere import LookAsked, OtherMachines, Workers
from redact.detect.evidence import Look, spread
from redact.detect.identifiers import IdentifierRecognizer
from redact.detect.keep import KeepList, settle
from redact.detect.kinds import with_kinds
from redact.detect.look_digest import look_digest
from redact.detect.name_model import name_recognizer
from redact.detect.no_names import without_words
from redact.detect.phones import (
    PhoneShapeRecognizer,
    WebAddressRecognizer,
)
from redact.detect.possessives import with_possessives
from redact.detect.presidio import presidio_recognizer
from redact.detect.ranks import Rank, rank
from redact.detect.reference_reading import references_read
from redact.detect.references import ReferenceRecognizer
from redact.detect.roster import RosterRecognizer, SpeakerRecognizer, TitleRecognizer
from redact.detect.spelled import SpelledNameRecognizer
from redact.detect.spoken import SpokenRecognizer
from redact.detect.spoken_addresses import SpokenAddressRecognizer
from redact.errors import RedactError
from redact.offline import refuse_network
from redact.policy import Policy
from redact.processes import process_context, shares_what_is_loaded, workers_here
from redact.transcript.assemble import as_seen
from redact.transcript.captions import as_heard
from redact.transcript.case import is_caseless
from redact.transcript.marks import beside_marks, marks_in, without_marks

SECONDS_FOR_ONE = 1800.0
KnownLook = Callable[[str], Look | None]  # by what the look depends on


class Recognizer(Protocol):
    """One kind of evidence: what it sees of mentions in a transcript, in any order."""

    def find(self, transcript: Transcript) -> Iterable[Mention]: ...


class Detector:
    """The registry: one line a recognizer. The first one of a process loads the models."""

    def __init__(self, policy: Policy) -> None:
        self._least = policy.detect.min_score
        self._least_name = points.LEAST[policy.detect.recall]
        self._names = name_recognizer(policy.detect.name_model)
        self.modelled = self._names is not None
        self._presidio = presidio_recognizer(
            policy.detect.model, self._names is None, policy.detect.gliner
        )
        self._keep = KeepList(policy.keep.terms)
        self._last_net = LastNet()
        self._speakers = SpeakerRecognizer()
        self._recognizers: tuple[Recognizer, ...] = (
            TitleRecognizer(),
            DateRecognizer(policy.detect.dates),
            AgeRecognizer(),
            PhoneShapeRecognizer(),
            WebAddressRecognizer(),
            IdentifierRecognizer(),
            ReferenceRecognizer(),
            SpokenRecognizer(),
            SpokenAddressRecognizer(),
            SpelledNameRecognizer(),
            AddressRecognizer(),
            PlaceRecognizer(),
            PersonRecognizer(),
            OrganisationRecognizer(),
        )

    def find(self, asked: LookAsked) -> Sightings:
        """What every recognizer says; of the words the name model, or without it the tagger."""
        transcript = asked.transcript
        views = [self._presidio.find(transcript)]
        if self._names is not None:
            views.append(self._names.find(transcript))
        mentions = [mention for view in views for mention in view.mentions]
        mentions += [*self._speakers.find(transcript), *asked.listed]
        for recognizer in self._recognizers:
            mentions += recognizer.find(transcript)
        mentions += references_read(transcript, mentions)
        mentions += self._last_net.find(transcript, views[-1].proper())
        return Sightings(tuple(tidy(transcript, mentions)), views[-1].likely, views[-1].kinds)

    def look(self, asked: LookAsked) -> Look:
        """What this transcript gives by itself, as far as the policy's operating point believes."""
        transcript, seen = asked.transcript, self.find(asked)
        weighed = weigh(seen.mentions, seen.likely, score_weights(self.modelled))
        cased = not is_caseless(transcript.text)
        believed = _left(
            transcript,
            (
                m
                for m in weighed
                if self._is_believed(m) and not (cased and is_doubted_small(transcript.text, m))
            ),
        )
        settled, kept = settle(transcript.text, believed, self._keep.find(transcript))
        return Look(
            mentions=tuple(settled),
            kept=tuple(kept),
            likely=seen.likely,
            kinds=seen.kinds,
            modelled=self.modelled,
        )

    def _is_believed(self, mention: Mention) -> bool:
        if is_weighed(mention):
            return mention.score >= self._least_name
        return mention.score >= self._least or rank(mention) >= Rank.STRUCTURE


def _left(transcript: Transcript, mentions: Iterable[Mention]) -> list[Mention]:
    """What is left beside codes of those who take part and what programs say of themselves."""
    coded = without_codes(transcript, without_words(transcript, mentions))
    return without_boilerplate(transcript, coded)


@cache
def _loaded(policy: Policy) -> Detector:
    return Detector(policy)


def look(policy: Policy, asked: LookAsked) -> Look:
    """What a transcript gives by itself. A process loads the models of a policy once."""
    return _loaded(policy).look(asked)


@dataclass(frozen=True, slots=True)
class LookMade:
    """A look at a transcript, and the digest of all that it depends on."""

    transcript: str
    digest: str
    look: Look


@dataclass(frozen=True, slots=True)
class Detected:
    """The detections of all transcripts, and the looks that they were made of."""

    detections: tuple[Detection, ...]
    looks: tuple[LookMade, ...]


def detect(
    transcripts: tuple[Transcript, ...],
    policy: Policy,
    roster: tuple[RosterEntry, ...] = (),
    workers: Workers = None,
    done: Callable[[str, int], None] = lambda _, __: None,
) -> tuple[Detection, ...]:
    """Detections of all transcripts, the same for any number of workers.

    Without a number there are as many as this process can share its models with (processes.py);
    they may also be other machines. `done` is told each transcript's id as it is finished, and how
    many mentions it gave by itself; what it raises ends the work. Raises RedactError, naming the
    transcript and never its words, if one cannot be analysed.
    """
    return detect_again(transcripts, policy, roster, workers, done, known=None).detections


def detect_again(
    transcripts: tuple[Transcript, ...],
    policy: Policy,
    roster: tuple[RosterEntry, ...],
    workers: Workers,
    done: Callable[[str, int], None],
    known: KnownLook | None,
    keep: Callable[[LookMade], None] = lambda _: None,
) -> Detected:
    """As `detect`, but only transcripts whose look is not known are looked at.

    `known` gives the look that an earlier call made of just the same, by its digest. Where it is
    None no look is known, and none is given back. `keep` is told each new look as it is made, so
    that a run that ends before its time loses none.
    """
    seen = tuple(as_seen(transcript) for transcript in transcripts)
    marks = tuple(marks_in(one.transcript) for one in seen)
    transcripts = tuple(
        replace(
            one.transcript,
            text=without_labels(without_marks(as_heard(one.transcript.text), of_one)),
        )
        for one, of_one in zip(seen, marks, strict=True)
    )
    recognizer = RosterRecognizer(roster)
    asked = tuple(LookAsked(one, tuple(recognizer.find(one))) for one in transcripts)
    digests = _digests(asked, policy) if known else {}
    looks: dict[str, Look] = {}
    for one in transcripts:
        earlier = known(digests[one.id]) if known else None
        if earlier is not None:
            looks[one.id] = earlier
            done(one.id, len(earlier.mentions))

    def made(transcript_id: str, new: Look) -> None:
        looks[transcript_id] = new
        if known:
            keep(LookMade(transcript_id, digests[transcript_id], new))
        done(transcript_id, len(new.mentions))

    _look_at(tuple(one for one in asked if one.transcript.id not in looks), policy, workers, made)
    looks = {one.id: looks[one.id] for one in transcripts}  # made in any order
    told = with_kinds(transcripts, looks, spread(transcripts, looks, roster), roster)
    found = tuple(
        replace(
            detection,
            mentions=tuple(
                beside_marks(
                    one.text, with_possessives(one.text, _left(one, detection.mentions)), of_one
                )
            ),
        )
        for one, of_one, detection in zip(transcripts, marks, told, strict=True)
    )
    return Detected(
        tuple(one.in_source(detection) for one, detection in zip(seen, found, strict=True)),
        tuple(LookMade(name, digest, looks[name]) for name, digest in digests.items()),
    )


def _digests(asked: Iterable[LookAsked], policy: Policy) -> dict[str, str]:
    """By transcript what its look depends on: of the roster only what is found of it there."""
    return {one.transcript.id: look_digest(one.transcript, policy, one.listed) for one in asked}


def _look_at(
    asked: tuple[LookAsked, ...],
    policy: Policy,
    workers: Workers,
    made: Callable[[str, Look], None],
) -> None:
    """What each of these gives by itself, in one process, in several or elsewhere."""
    if isinstance(workers, OtherMachines):
        if asked:
            workers.look_at(asked, policy, made)
        return
    most = min(workers_here() if workers is None else workers, len(asked))
    if most > 1:
        _look_in_processes(asked, policy, most, made)
        return
    for one in asked:
        try:
            seen = look(policy, one)
        except RedactError:
            raise
        except Exception as error:  # noqa: BLE001 its message may hold the transcript's words
            raise failed(one.transcript.id, type(error).__name__) from None
        made(one.transcript.id, seen)


def _look_in_processes(
    asked: tuple[LookAsked, ...], policy: Policy, workers: int, made: Callable[[str, Look], None]
) -> None:
    """Pebble's pool: a worker that dies takes only its own transcript with it."""
    from pebble import ProcessExpired, ProcessPool

    if shares_what_is_loaded():
        _loaded(policy)
    context = process_context()
    with ProcessPool(max_workers=workers, context=context, initializer=refuse_network) as pool:
        waiting = [
            (one.transcript.id, pool.schedule(look, (policy, one), timeout=SECONDS_FOR_ONE))
            for one in asked
        ]
        for transcript_id, future in waiting:
            try:
                seen = future.result()
            except RedactError:
                pool.stop()
                raise
            except (ProcessExpired, WorkerTimeout, Exception) as error:  # noqa: BLE001 as above
                pool.stop()
                raise failed(transcript_id, type(error).__name__) from None
            try:
                made(transcript_id, seen)
            except BaseException:  # somebody stops it: those that wait are not begun
                pool.stop()
                raise


def failed(transcript_id: str, kind: str) -> RedactError:
    """What is said of a transcript that cannot be analysed: its id, and of the error the kind."""
    return RedactError(
        f"this transcript could not be analysed ({kind})",
        where=transcript_id,
        remedy="Run it again; if it fails again, leave the file out and report it.",
    )
