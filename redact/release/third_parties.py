"""Who is spoken of at length and was not asked: people of the talk who took no part in it.

At length is a rule of thumb, read on tuning studies (docs/decisions/067): their name stands in at
least `PLACES` sentences of one interview, and these have at least `SHARE` of its words. What is
said of somebody without their name is not counted: read the interview.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from unicodedata import normalize

from redact.audit.consent_events import ThirdPartyDecided
from redact.audit.entries import LogEntry, says_something
from redact.audit.reading import read_log
from redact.core import Entity, Source, Span
from redact.errors import UsageError
from redact.release.consented import ThirdParty
from redact.study import records
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.nameless import require_nameless
from redact.study.names import token
from redact.study.records import DECISIONS, ENTITIES
from redact.study.roles import require_role
from redact.transcript.words import squash

PLACES, SHARE = 5, 0.05
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")


def third_parties(desk: Desk) -> tuple[ThirdParty, ...]:
    """Those of the desk's transcripts, the most spoken of first, with what was decided on them."""
    path = desk.study.work / ENTITIES
    if not path.is_file():
        return ()
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    decided = decisions_on(read_log(desk.log))
    texts = {one.id: one.text for one in desk.transcripts}
    sentences = {doc: _sentences(text) for doc, text in texts.items()}
    speakers = frozenset(
        (one.id, turn.speaker) for one in desk.transcripts for turn in one.turns if turn.speaker
    )
    names = {one.doc_id: one.safe_name for one in desk.key.documents}
    found = []
    for entity in records.read_entities(path):  # of the whole study: they may be left out here
        if entity.label != "PERSON" or entity.id not in shown or _took_part(entity, speakers):
            continue
        most = max(_spoken_of(entity, sentences, texts), default=None)
        if most is None:
            continue
        share, places, doc = most
        pseudonym = shown[entity.id]
        mark = person_token(desk, pseudonym)
        found.append(
            ThirdParty(
                pseudonym=pseudonym,
                token=mark,
                places=places,
                share=share,
                safe_name=names[doc],
                stays=decided.get(mark),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.share, one.pseudonym)))


def person_token(desk: Desk, pseudonym: str) -> str:
    """What the log calls somebody by: nothing without the key."""
    return token(desk.key.secret, "third party", squash(pseudonym))


def decisions_on(entries: Iterable[LogEntry]) -> dict[str, bool]:
    """By token the newest word on whether somebody may stay."""
    return {
        entry.event.person_token: entry.event.stays
        for entry in entries
        if isinstance(entry.event, ThirdPartyDecided)
    }


def _took_part(entity: Entity, speakers: frozenset[tuple[str, Span]]) -> bool:
    """Whether they were interviewed, or speak, in any talk: also in one that does not go out.

    They speak where their name or their initials label a turn.
    """
    speaks = any(
        Source.SPEAKER_LABEL in mention.sources
        or (mention.transcript, Span(mention.start, mention.end)) in speakers
        for mention in entity.mentions
    )
    return bool(entity.interviewed_in) or speaks


def _sentences(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _SENTENCE.finditer(text)]


def _spoken_of(
    entity: Entity, sentences: dict[str, list[Span]], texts: dict[str, str]
) -> Iterator[tuple[float, int, str]]:
    """For each transcript where it is at length: the share of its words, places, the document."""
    at: dict[str, set[Span]] = defaultdict(set)
    for mention in entity.mentions:
        there = sentences.get(mention.transcript, [])
        nearest = bisect_right(there, mention.start, key=lambda span: span.start) - 1
        if nearest >= 0 and mention.start < there[nearest].end:
            at[mention.transcript].add(there[nearest])
    for doc, spans in at.items():
        text = texts[doc]
        words = sum(len(text[span.start : span.end].split()) for span in spans)
        share = words / max(1, len(text.split()))
        if len(spans) >= PLACES and share >= SHARE:
            yield share, len(spans), doc


def decide_on(desk: Desk, pseudonym: str, stays: bool, by: str, reason: str) -> ThirdParty:
    """Records whether somebody who is spoken of at length may stay in what goes out.

    Raises UsageError for a pseudonym of nobody who is, for words that are missing or say a name of
    the study. The same said twice is recorded once; of two words that contradict the newer holds.
    """
    known = third_parties(desk)
    who = next((one for one in known if squash(one.pseudonym) == squash(pseudonym)), None)
    if who is None:
        raise UsageError(
            "nobody of this pseudonym is spoken of at length and was not interviewed",
            where="PSEUDONYM",
            remedy=f"There are: {', '.join(one.pseudonym for one in known) or 'none'}.",
        )
    said = {"--by": normalize("NFC", by.strip()), "--reason": normalize("NFC", reason.strip())}
    for option, words in said.items():
        if not says_something(words):
            raise UsageError(
                "nothing is said here", where=option, remedy="Say who decides, and why."
            )
        require_nameless(desk.key, words, option, is_sentence=option == "--reason")
    require_role(desk.study, "steward", said["--by"])
    event = ThirdPartyDecided(
        person_token=who.token, by=said["--by"], stays=stays, reason=said["--reason"]
    )
    with hold(desk.study, desk.seen) as log:
        earlier = [
            entry.event
            for entry in read_log(desk.log)
            if isinstance(entry.event, ThirdPartyDecided) and entry.event.person_token == who.token
        ]
        if not earlier or earlier[-1] != event:
            log.append(event)
    return replace(who, stays=stays)
