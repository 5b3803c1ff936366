"""What singles somebody out without a name, and a person's own words that stand there instead."""

from __future__ import annotations

import re
from unicodedata import normalize

from redact.core import DETAIL, Place, Replacement, SafeTranscript
from redact.errors import RedactError
from redact.replace.labels import REMOVED_DETAIL, number_of
from redact.review.places import PlaceRefused
from redact.study.desk import Desk
from redact.study.linkage import made_file
from redact.study.search import name_words
from redact.transcript.words import words

_LONGEST_REWRITE = 200  # characters, brackets included


def check_detail(desk: Desk, place: Place, text_instead: str) -> None:
    """A detail lies in one turn's words, and what stands for it names nobody.

    Raises UsageError for a place, or for other words, where that is not so.
    """

    def refused(what: str, remedy: str) -> PlaceRefused:
        return PlaceRefused(what, desk, place, f"{remedy} Nothing was recorded.")

    transcript = next(t for t in desk.transcripts if t.id == place.transcript)
    text = transcript.text
    for edge in (place.start, place.end):
        if text[edge - 1 : edge].isalnum() and text[edge : edge + 1].isalnum():
            raise refused("this cuts a word in two", "Select whole words.")
    for turn in transcript.turns:
        edges = (turn.start, *(span.end for span in (turn.speaker, turn.time) if span))
        if any(place.start < edge < place.end for edge in edges) or any(
            span and span.overlaps(place.span) for span in (turn.speaker, turn.time)
        ):
            raise refused(
                "this is more than the words of one turn",
                "Leave out who speaks and when, and select each turn by itself.",
            )
    _try_in_file(desk, place, text_instead)
    wanted = bracketed(text_instead)
    if len(wanted) > _LONGEST_REWRITE or re.search(r"[\[\]\r\n]", wanted[1:-1]):
        raise refused(
            f"other words are up to {_LONGEST_REWRITE} characters in one line, without brackets",
            "Shorten them, and leave [ and ] out: they are put round it.",
        )
    if number_of(wanted) or wanted.casefold() in {e.pseudonym.casefold() for e in desk.key.entries}:
        raise refused(
            "these words look like somebody's pseudonym",
            "Say what the person is or does, for example [a team leader].",
        )
    known = name_words(desk.key)
    for number, word in enumerate(words(wanted), start=1):
        if not wanted[word.start].islower() and word.folded in known:
            raise refused(
                f"word {number} of what you wrote is a real name here",
                "Say it without the name, for example [a team leader].",
            )


def _try_in_file(desk: Desk, place: Place, text_instead: str) -> None:
    """Raises UsageError where the source's file cannot say it: a stretch over two of its parts."""
    pairs = zip(desk.sources, desk.key.documents, strict=True)
    source = next(s for s, document in pairs if document.doc_id == place.transcript)
    said_instead = bracketed(text_instead) or REMOVED_DETAIL
    alone = Replacement(start=place.start, end=place.end, text=said_instead, entity=DETAIL)
    try:
        made_file(source, SafeTranscript(place.transcript, "", (alone,)), desk.policy.formats)
    except RedactError:
        raise PlaceRefused(
            "this kind of file cannot say other words over so long a stretch",
            desk,
            place,
            "Mark the words of one sentence or segment, then those of the next.",
        ) from None


def bracketed(text: str) -> str:
    """Marked as a person's words, as archives ask; nothing stays nothing."""
    text = normalize("NFC", " ".join(text.split()))
    return text if not text or (text[0] == "[" and text[-1] == "]") else f"[{text}]"
