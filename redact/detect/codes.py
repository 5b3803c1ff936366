"""Codes for those who take part stay, in labels and in talk: P07, R1, S02, spk_0, FGD2, Speaker 3.

Which letters make a code the document says: those before a number in its speakers' labels, or in
what the tables call the interview. Beside them there are heads of codes that most studies share
(vocabulary). A code is nobody's name, and no licence, address or body either. What a person listed
or hid stays a mention, and a number of another form around a code does too ("P12 ABC" of a car).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redact.core import NAMES, Mention, Source, Span, Transcript
from redact.detect.ranks import Rank, rank
from redact.transcript.vocabulary import folded_words
from redact.transcript.words import words

_CODE = re.compile(
    r"(?<![\w@#.])(?<!\w/)(?P<head>[A-Za-z]{1,5})(?P<joint>[-_]?)(?P<number>\d{1,3})[a-z]?(?!\w|[-/.:]\d)"
)
# In a label the head may be a word: "Speaker 3", "Participant 12".
_IN_LABEL = re.compile(
    r"(?<!\w)(?P<head>[^\W\d_]{1,14})(?P<joint>[-_ ]?)(?P<number>\d{1,3})[a-z]?(?!\w)"
)
# What a talk is called in a study: no body, and nobody.
_TITLE = re.compile(
    r"\b(?:Interview|Transcript|Session|Participant|Group|Tape|Recording|Visit|Wave|Round)[ ]"
    r"(?:[Nn]o\.?[ ]?|#)?\d{1,3}\b"
)
_HEADS = folded_words("heads of codes")
_SURE_HEADS = folded_words("heads of codes", "sure")
# Whoever says so is believed: a code may be listed as somebody's other name.
_BY_A_PERSON = frozenset((Source.ROSTER, Source.REVIEWER, Source.HIDDEN_BEFORE, Source.GOLD))
_BY_ITS_LOOKS = frozenset((Source.REFERENCE_NUMBER_FORM,))  # no word says that it is a number
_ON_A_MAP = frozenset((Source.GAZETTEER, Source.STREET_ADDRESS))  # a road may be M8


@dataclass(frozen=True, slots=True)
class CodeFamily:
    """What codes of one kind have in common: the letters, folded, and what joins the number."""

    head: str
    joint: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a text; `is_of_document` if its labels or tables have such codes.

    `is_sure` if its letters stand before the numbers of participants in every study.
    """

    span: Span
    is_of_document: bool
    is_sure: bool = False


def families(transcript: Transcript) -> frozenset[CodeFamily]:
    """The kinds of codes that label this transcript's speakers, or name its interview."""
    labels = {
        transcript.text[turn.speaker.start : turn.speaker.end]
        for turn in transcript.turns
        if turn.speaker
    }
    return frozenset(
        CodeFamily(match["head"].casefold(), match["joint"])
        for said in (*labels, transcript.interview)
        for match in _IN_LABEL.finditer(said)
    )


def codes_in(transcript: Transcript) -> Iterator[Code]:
    """The codes of a transcript in text order."""
    own = families(transcript)
    for match in _CODE.finditer(transcript.text):
        head = match["head"].casefold()
        if CodeFamily(head, match["joint"]) in own:
            yield Code(Span(*match.span()), True)
        elif (match["head"].isupper() or match["joint"] == "_") and _is_shared(
            head, match["number"], bool(own)
        ):
            yield Code(Span(*match.span()), False, head in _SURE_HEADS)
    yield from (Code(Span(*match.span()), True) for match in _TITLE.finditer(transcript.text))
    spoken = [one.head for one in own if one.joint == " "]
    for head in spoken:
        for match in re.finditer(rf"\b{re.escape(head)} \d{{1,3}}\b", transcript.text, re.I):
            yield Code(Span(*match.span()), True)


def _is_shared(head: str, number: str, is_coded: bool) -> bool:
    """Whether most studies would call a participant so; one letter needs more than itself."""
    padded = len(number) > 1 and number[0] == "0"
    return head in _SURE_HEADS or (head in _HEADS and (is_coded or padded))


def without_codes(transcript: Transcript, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions without those of codes; a name beside a code is cut free of it."""
    found = sorted(codes_in(transcript), key=lambda code: code.span)
    for mention in mentions:
        if _BY_A_PERSON.intersection(mention.sources):
            yield mention
            continue
        pieces = [mention]
        for code in found:
            if code.span.overlaps(mention.span):
                pieces = [part for piece in pieces for part in _beside(transcript, piece, code)]
        yield from (one for one in pieces if not _is_no_name(transcript, one))


def _beside(transcript: Transcript, mention: Mention, code: Code) -> list[Mention]:
    """What is left of a mention beside a code; all of it where the code is part of a number."""
    if not code.span.overlaps(mention.span):
        return [mention]
    if mention.label not in NAMES:
        by_ours = not all(source.presidio for source in mention.sources)
        is_more = not code.span.covers(mention.span)
        is_looks = code.is_sure and _BY_ITS_LOOKS.issuperset(mention.sources)
        stays = by_ours and not code.is_of_document and not is_looks
        return [mention] if is_more or stays else []
    if not code.is_of_document and _ON_A_MAP.intersection(mention.sources):
        return [mention]
    left = []
    for start, end in ((mention.start, code.span.start), (code.span.end, mention.end)):
        found = words(transcript.text[start:end]) if start < end else ()
        if found:
            left.append(mention.moved(start + found[0].start, start + found[-1].end))
    return left


def _is_no_name(transcript: Transcript, mention: Mention) -> bool:
    """A single token of letters and a number, which only a reading of names took for a person."""
    said = transcript.text[mention.start : mention.end]
    return mention.label == "PERSON" and rank(mention) < Rank.RULE and bool(_CODE.fullmatch(said))
