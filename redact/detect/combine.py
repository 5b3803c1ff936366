"""One list of mentions from many recognizers: trimmed, kept within a turn, without overlaps.

The longest reading wins, then the surer source, then the score. What a loser
covers outside the winner is not dropped: it stays a mention of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from redact.core import NAMES, Mention, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.lexicon import is_function_word, is_never_name, is_opening, is_word_too
from redact.detect.ranks import WEAK, Rank, rank
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.spans import overlapping
from redact.transcript.vocabulary import TITLES, one_of, word_list
from redact.transcript.words import APOSTROPHES, Word, words

_CUE = re.compile(r" {20,}")  # a cue's times, at the least (transcript/captions.py)
_COLUMNS = re.compile(r"(?<=\S)(?:[ ]{3,}|[ ]*\t[ \t]*)(?=\S)")  # a table's, and no name's
_HEAD = re.compile(r"[\ufeff\s]*WEBVTT\b")
_JOINT = re.compile(r"\s*(?:,|&|;|/|\band\b|\bor\b|\ban\b)\s+", re.IGNORECASE)


def tidy(transcript: Transcript, mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions cut at edges of turns, times and cells, and trimmed to the name; none is empty."""
    times = sorted(turn.time for turn in transcript.turns if turn.time)
    edges = sorted(
        {turn.start for turn in transcript.turns}
        | set(transcript.ends)
        | {edge for time in times for edge in (time.start, time.end)}
        | {edge for t in transcript.turns if t.speaker for edge in (t.speaker.start, t.speaker.end)}
        | _cue_edges(transcript.text)
        | {edge for match in _COLUMNS.finditer(transcript.text) for edge in match.span()}
        | {
            edge
            for name in transcript.names
            if name.why is Source.SPEAKER_INITIALS
            for edge in (name.span.start, name.span.end)
        }
    )
    labels = [(t.speaker.start, t.speaker.end) for t in transcript.turns if t.speaker]
    label_starts = [start for start, _ in labels]
    tidied: list[Mention] = []
    head = _HEAD.match(transcript.text)
    said = head.end() if head else 0
    for mention in mentions:
        if mention.start < said:
            continue  # what every file of captions begins with
        for piece in _people_apart(transcript.text, _split(mention, edges)):
            if overlapping(times, piece.span):
                continue  # when something was said is structure
            at = bisect_right(label_starts, piece.start) - 1
            if at >= 0 and piece.start < labels[at][1] and rank(piece) < Rank.STRUCTURE:
                continue  # in a speaker label only its structure or the roster speaks
            trimmed = _trim(transcript.text, piece)
            if trimmed is not None:
                tidied.append(_with_title(transcript.text, trimmed))
    return tidied


def _cue_edges(text: str) -> set[int]:
    """Where the marks of captions stand, which are blanks here: no mention goes over them."""
    return {edge for match in _CUE.finditer(text) for edge in match.span()}


def _split(mention: Mention, edges: list[int]) -> list[Mention]:
    inside = edges[bisect_right(edges, mention.start) : bisect_left(edges, mention.end)]
    starts, ends = [mention.start, *inside], [*inside, mention.end]
    return [mention.moved(s, e) for s, e in zip(starts, ends, strict=True)]


def _people_apart(text: str, pieces: list[Mention]) -> list[Mention]:
    """Two people that the model took for one ("Lloyd and Betty") are two."""
    apart: list[Mention] = []
    for piece in pieces:
        if piece.label != "PERSON" or rank(piece) > Rank.VIEW:
            apart.append(piece)
            continue
        at = piece.start
        for match in _JOINT.finditer(text, piece.start, piece.end):
            apart.append(piece.moved(at, match.start()))
            at = match.end()
        apart.append(piece.moved(at, piece.end))
    return apart


def _trim(text: str, mention: Mention) -> Mention | None:
    """Names lose articles, titles, talk and a possessive at their edges; others only space."""
    if Source.SPEAKER_INITIALS in mention.sources:
        return mention  # K.B. with its last full stop; [KW], which is blank like a label of ours
    found = words(text[mention.start : mention.end])
    if not found:
        return None
    if mention.label not in NAMES:
        start, end = mention.start, mention.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return mention.moved(start, end)
    if rank(mention) >= Rank.EVIDENCE or _is_plain_to_the_model(text, mention):
        return mention.moved(mention.start + found[0].start, mention.start + found[-1].end)
    while found and is_never_name(found[0].folded) and not _opens_organisation(mention, found):
        found = found[1:]
    while found and mention.label == "PERSON" and is_never_name(found[-1].folded):
        found = found[:-1]
    if not found or all(_is_talk(text, mention.start + w.start, w.folded) for w in found):
        return None
    if rank(mention) == Rank.VIEW and all(w.folded.isdigit() or len(w.folded) == 1 for w in found):
        return None
    return mention.moved(mention.start + found[0].start, mention.start + found[-1].end)


def _is_plain_to_the_model(text: str, mention: Mention) -> bool:
    """True where the name model is sure of a name without case: "will oyelaran", "june"."""
    sure = mention.sources == (Source.NAME_MODEL,) and mention.score >= points.MODEL_PLAIN
    return sure and is_caseless(text)


def _opens_organisation(mention: Mention, found: Sequence[Word]) -> bool:
    """Scottish in "scottish borders council", Community in "Community Lodge": part of the name."""
    return mention.label == "ORG" and len(found) > 1 and not is_opening(found[0].folded)


_SHORT = word_list("titles", "short")
# Not "Director": a job is no part of the name behind it.
_IN_FULL = frozenset(TITLES).difference(_SHORT, word_list("titles", "job"))
_SMALL = word_list("titles", "small")


def _capital_or_small(titles: Iterable[str]) -> str:
    """A pattern for these titles, and for those written small as well."""
    written = frozenset(titles)
    return one_of(written | {title.lower() for title in written.intersection(_SMALL)})


_TITLE = re.compile(  # a full stop is an abbreviation's: "one doctor. Fiona came" is two sentences
    rf"(?<!\w)(?:{_capital_or_small(_SHORT)}\.?|{_capital_or_small(_IN_FULL)})\s+\Z"
)


def _with_title(text: str, mention: Mention) -> Mention:
    """A title belongs to the name it stands before: "Mrs MacLeod" is one mention."""
    if mention.label != "PERSON":
        return mention
    title = _TITLE.search(text, max(0, mention.start - 14), mention.start)
    if title is None or (Source.SPEAKER_LABEL in mention.sources and "\n" in title[0]):
        return mention  # a speaker's label begins a line, whatever the line before ends in
    return mention.moved(title.start(), mention.end)


def _is_talk(text: str, at: int, folded: str) -> bool:
    """A word of talk: never a name, or a name like Will that is written small here."""
    return is_never_name(folded) or (is_function_word(folded) and not text[at].isupper())


def without_overlaps(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Disjoint mentions in text order that together cover the names of all that went in."""
    queue = sorted(
        mentions,
        key=lambda m: (-(m.end - m.start), -rank(m), -m.score, m.start, m.label),
    )
    starts: list[int] = []
    taken: list[Mention] = []
    for mention in queue:
        rest = [mention]
        at = max(0, bisect_right(starts, mention.start) - 1)
        for winner in taken[at : bisect_left(starts, mention.end)]:
            rest = [part for piece in rest for part in _beside(text, piece, winner)]
        for part in rest:
            place = bisect_right(starts, part.start)
            starts.insert(place, part.start)
            taken.insert(place, part)
    seen: dict[tuple[int, int, str], list[Mention]] = {}
    for mention in queue:
        seen.setdefault((mention.start, mention.end, mention.label), []).append(mention)
    return tuple(
        _with_sources(mention, seen.get((mention.start, mention.end, mention.label), []))
        for mention in taken
    )


def _beside(text: str, piece: Mention, winner: Mention) -> list[Mention]:
    if not piece.span.overlaps(winner.span):
        return [piece]
    parts = []
    for start, end in ((piece.start, winner.start), (winner.end, piece.end)):
        if start >= end:
            continue
        found = [
            word
            for word in words(text[start:end])
            if not is_never_name(word.folded)
            and not _is_of_word_before(text, start + word.start)
            and not (text[start + word.start].islower() and is_no_rest(text, piece, word.folded))
        ]
        if found:
            parts.append(piece.moved(start + found[0].start, start + found[-1].end))
    return parts


def is_no_rest(text: str, piece: Mention, folded: str) -> bool:
    """An ordinary word written small that is no name without the rest: "ken" beside "Nis, ken", or
    the job of "barrhead job" in a text without case, where will beside "dunlop" may be Will."""
    if piece.label not in NAMES or not is_word_too(folded):
        return False
    surface = text[piece.start : piece.end]
    return surface != surface.lower() or piece.label != "PERSON"


def _is_of_word_before(text: str, at: int) -> bool:
    """The "s" of "Andrew's", cut off from its word."""
    return at > 1 and text[at - 1] in APOSTROPHES and text[at - 2].isalnum()


def _with_sources(mention: Mention, same: list[Mention]) -> Mention:
    """The mention with every source that saw just this span under this label, best score first."""
    sources = {source for other in same for source in other.sources} | set(mention.sources)
    score = max([mention.score, *(other.score for other in same)])
    return replace(mention, sources=tuple(sorted(sources)), score=score)


def is_doubtful_start(text: str, mention: Mention, lowered: frozenset[str]) -> bool:
    """True for a lone word that the study writes small elsewhere and that little speaks for.

    First in its sentence the model and the name table prove nothing; in mid-sentence
    its capital alone does not either.
    """
    found = words(text[mention.start : mention.end])
    if len(found) != 1 or found[0].folded not in lowered:
        return False
    if mention.sources == (Source.CAPITAL,):
        return True
    return WEAK.issuperset(mention.sources) and begins_sentence(text, mention.start)
