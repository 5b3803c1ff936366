"""The chain that library, study and command line share: detect, link, replace.

Each link is a pure function from `detect`, `link` and `replace`; here is how they join. There is
no study in it, no key and no log: `pipeline.py` adds those.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from redact.core import Decision, Detection, Entity, Place, SafeTranscript, Span
from redact.detect.detector import (
    Detected,
    KnownLook,
    LookMade,
    detect,
    detect_again,
)
from redact.detect.elsewhere import Workers
from redact.link.corrections import Correction, correct
from redact.link.earlier import keep_earlier
from redact.link.everywhere import Form, Recall, found_everywhere
from redact.link.linker import link
from redact.link.owners import with_owners
from redact.policy import Policy
from redact.replace.corpus import make_safe
from redact.transcript.assemble import Corpus

Progress = Callable[[str, int, int], None]
FOUND = "found"  # mentions until now, told beside the stages; nobody knows of how many


def no_progress(stage: str, done: int, of: int) -> None:
    """For callers that show nothing."""


@dataclass(frozen=True, slots=True)
class LinkedMentions:
    """What was found in the transcripts, and who or what it is."""

    detections: tuple[Detection, ...]
    entities: tuple[Entity, ...]

    def entity_of(self) -> dict[Place, str]:
        return {m.place: e.id for e in self.entities for m in e.mentions}


@dataclass(frozen=True, slots=True)
class SafeCorpus:
    """What became of every entity, and the transcripts that say so, in the corpus's order."""

    decisions: tuple[Decision, ...]
    transcripts: tuple[SafeTranscript, ...]


def find_mentions(
    corpus: Corpus, policy: Policy, workers: Workers = None, progress: Progress = no_progress
) -> tuple[Detection, ...]:
    """The detections of all transcripts; `progress` is told how many are done."""
    done = _told(progress, len(corpus.transcripts))
    return detect(corpus.transcripts, policy, corpus.roster, workers, done)


def find_new_mentions(
    corpus: Corpus,
    policy: Policy,
    workers: Workers,
    progress: Progress,
    known: KnownLook,
    keep: Callable[[LookMade], None],
) -> Detected:
    """As `find_mentions`, but only transcripts of which no look is known are looked at.

    `keep` is told each new look as it is made.
    """
    done = _told(progress, len(corpus.transcripts))
    return detect_again(corpus.transcripts, policy, corpus.roster, workers, done, known, keep)


def _told(progress: Progress, of: int) -> Callable[[str, int], None]:
    found: dict[str, int] = {}

    def done(transcript_id: str, mentions: int) -> None:
        found[transcript_id] = mentions
        progress("detect", len(found), of)
        progress(FOUND, sum(found.values()), 0)

    progress("detect", 0, of)
    return done


def find_everywhere(
    corpus: Corpus,
    detections: tuple[Detection, ...],
    *,
    sought: Iterable[Form] = (),
    recall: Recall = lambda _: (),
) -> tuple[Detection, ...]:
    """The detections with every form of theirs, and all that is sought, settled everywhere."""
    return found_everywhere(corpus.transcripts, detections, corpus.roster, sought, recall)


def link_mentions(
    corpus: Corpus,
    detections: tuple[Detection, ...],
    policy: Policy,
    *,
    earlier: Mapping[Place, str] | None = None,
    known_rows: Container[int] = frozenset(),
    corrections: Iterable[Correction] = (),
) -> tuple[Entity, ...]:
    """The entities of the corpus; a person's corrections are above what was decided earlier.

    `earlier` is the pseudonym that each place had in an earlier run, and `known_rows` are the rows
    of the roster that it knew.
    """
    numbered = [transcript.id for transcript in corpus.transcripts]
    entities = link(corpus.transcripts, detections, corpus.roster, policy.link.scope, numbered)
    entities = correct(keep_earlier(entities, earlier or {}, known_rows), corrections)
    return with_owners(entities, {transcript.id: transcript for transcript in corpus.transcripts})


def corrected_entities(
    corpus: Corpus,
    entities: tuple[Entity, ...],
    corrections: Sequence[Correction],
    applied: int,
) -> tuple[Entity, ...]:
    """Linked entities with the corrections made since; the first so many were `applied` then."""
    free = (replace(one, owner=None) if one.owner else one for one in entities)
    entities = correct(free, corrections, applied)
    return with_owners(entities, {transcript.id: transcript for transcript in corpus.transcripts})


def find_entities(
    corpus: Corpus, policy: Policy, workers: Workers = None, progress: Progress = no_progress
) -> LinkedMentions:
    """Detection and linking in one, for transcripts that belong to no study."""
    detections = find_everywhere(corpus, find_mentions(corpus, policy, workers, progress))
    return LinkedMentions(detections, link_mentions(corpus, detections, policy))


def replace_mentions(
    corpus: Corpus,
    entities: tuple[Entity, ...],
    policy: Policy,
    secret: bytes,
    *,
    earlier: Mapping[Place, str] | None = None,
    spent: Iterable[str] = (),
    rewrites: Mapping[Place, str] | None = None,
    held: Mapping[str, Sequence[Span]] | None = None,
) -> SafeCorpus:
    """The corpus made safe; what is drawn, such as surrogates and shifts, depends on the secret.

    `spent` are pseudonyms that are, or were, somebody's; `rewrites` what a person wrote for a
    detail, by its place; `held`, by transcript, the stretches that must not stand as they are.
    """
    decisions, transcripts = make_safe(
        corpus.transcripts,
        entities,
        policy,
        corpus.roster,
        secret,
        corpus.roles,
        earlier or {},
        spent,
        rewrites,
        held,
    )
    return SafeCorpus(decisions, transcripts)
