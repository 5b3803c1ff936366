"""All transcripts of a study made safe: gathered, decided and said in one pure function."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from redact.core import Decision, Entity, Place, RosterEntry, SafeTranscript, Span, Transcript
from redact.link.scenes import is_family
from redact.policy import Policy
from redact.replace.decide import decide
from redact.replace.labels import numbers_in, pseudonym
from redact.replace.places import regions_of
from redact.replace.render import replace
from redact.replace.splice import by_transcript
from redact.replace.wording import StudyFacts, Wording, Wordings
from redact.transcript.words import words

_TELLING = 2  # mentions of places from which a transcript's region is believed


def make_safe(
    transcripts: tuple[Transcript, ...],
    entities: tuple[Entity, ...],
    policy: Policy,
    roster: tuple[RosterEntry, ...],
    secret: bytes,
    roles: Mapping[str, str],
    earlier: Mapping[Place, str],
    spent: Iterable[str] = (),
    rewrites: Mapping[Place, str] | None = None,
    held: Mapping[str, Sequence[Span]] | None = None,
) -> tuple[tuple[Decision, ...], tuple[SafeTranscript, ...]]:
    """The decisions, and the safe transcripts in the order of the transcripts.

    `roles` are the interviewees' by transcript; `earlier` what an earlier run put at each place;
    `spent` pseudonyms that are, or were, somebody's; `rewrites` what a person wrote for a detail;
    `held`, by transcript, the stretches that must not stand as they are. Raises RedactError if a
    safe transcript would not keep the structure of its source.
    """
    said = what_is_said(entities, transcripts)
    standing = {pseudonym(*label) for t in transcripts for label in numbers_in(t.text)}
    facts = StudyFacts(
        secret=secret,
        words=frozenset().union(*(_vocabulary(t.text) for t in transcripts)),
        names=tuple(t.organisation for t in transcripts if t.organisation),
        roles=roles,
        shifts=shifts(transcripts, entities, policy, secret),
        rewrites=rewrites or {},
    )
    decisions = decide(entities, policy, earlier, (*spent, *standing), said, roster, facts)
    decided = {decision.entity: decision for decision in decisions}
    mentions = by_transcript(entities)
    safe = tuple(
        replace(
            transcript,
            mentions.get(transcript.id, ()),
            decided,
            policy,
            said,
            (held or {}).get(transcript.id, ()),
        )
        for transcript in transcripts
    )
    return decisions, safe


@lru_cache(maxsize=512)
def _vocabulary(text: str) -> frozenset[str]:
    """The folded words of a text; in memory only, for a study that is made safe again and again."""
    return frozenset(word.folded for word in words(text))


def what_is_said(
    entities: Iterable[Entity], transcripts: Iterable[Transcript]
) -> dict[str, Wordings]:
    """By entity, its forms in the order in which they are first said."""
    by_id = {transcript.id: transcript for transcript in transcripts}
    entities = tuple(entities)
    homes = _homes(entities, by_id)
    said: dict[str, Wordings] = {}
    for entity in entities:
        counts: Counter[tuple[str, bool]] = Counter()
        for mention in entity.mentions:
            text = by_id[mention.transcript].text
            of_family = entity.label == "PERSON" and is_family(text, mention.start, mention.end)
            counts[text[mention.start : mention.end], of_family] += 1
        first = by_id[entity.mentions[0].transcript]
        forms = tuple(Wording(text, count, family) for (text, family), count in counts.items())
        said[entity.id] = Wordings(
            forms=forms,
            nation=first.nation,
            transcript=first.id,
            home=homes.get(first.id, ""),
        )
    return said


def _homes(entities: Iterable[Entity], by_id: Mapping[str, Transcript]) -> dict[str, str]:
    """By transcript, the region or state its places lie in: the one that most of them tell.

    A place tells it where all of its name lie in one. Where a transcript tells too little, those
    of its organisation do.
    """
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        if entity.label != "PLACE":
            continue
        for mention in entity.mentions:
            transcript = by_id[mention.transcript]
            form = transcript.text[mention.start : mention.end]
            regions = regions_of(form, transcript.nation)
            if len(regions) == 1:
                for scope in (transcript.id, f"\0{transcript.organisation}"):
                    told[scope].update(regions)
    homes: dict[str, str] = {}
    for transcript in by_id.values():
        scopes = [
            transcript.id,
            *([f"\0{transcript.organisation}"] if transcript.organisation else []),
        ]
        for scope in scopes:
            best = told[scope].most_common(1)
            if best and best[0][1] >= _TELLING:
                homes[transcript.id] = best[0][0]
                break
    return homes


def shifts(
    transcripts: Iterable[Transcript],
    entities: Iterable[Entity],
    policy: Policy,
    secret: bytes,
) -> dict[str, int]:
    """By transcript, the days by which its dates move: one secret amount for each participant.

    It is drawn for the participant's first transcript, so that a later one moves alike.
    """
    first: dict[str, str] = {}
    for entity in entities:
        for document in entity.interviewed_in:
            first[document] = min(first.get(document, document), *entity.interviewed_in)
    weeks = policy.actions.shift_weeks
    days_of: dict[str, int] = {}
    for transcript in transcripts:
        drawn = hmac.digest(
            secret, f"shift\0{first.get(transcript.id, transcript.id)}".encode(), hashlib.sha256
        )
        size, sign = int.from_bytes(drawn[:8]), 1 if drawn[8] % 2 else -1
        if policy.actions.shift_keeps_weekday:
            days_of[transcript.id] = sign * 7 * (1 + size % weeks)
        else:
            days_of[transcript.id] = sign * (1 + size % (7 * weeks))
    return days_of
