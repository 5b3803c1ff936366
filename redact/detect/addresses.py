"""Street addresses: a number and a street, a named street, a flat or apartment beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.lexicon import is_function_word
from redact.transcript.case import is_caseless
from redact.transcript.said_numbers import ANY_WORD
from redact.transcript.words import words

# Street words that are hardly anything else; the others need a capital and a number or "on".
_SURE = (
    "Street|Road|Avenue|Ave|Lane|Wynd|Crescent|Drive|Terrace|Boulevard|Blvd|Vennel|Parkway|Gardens|"
    "Cottages"
)
_OTHER = (
    "St|Rd|Dr|Close|Court|Place|Way|Square|Row|Loan|Brae|Quay|View|Gate|Parade|Circle|Highway|Pend|"
    "Walk|Green|Mews|Park|Hill|Grove|House|Towers?|Buildings"
)
_NAME = r"(?:[A-Z][\w'’.-]*\s+){1,3}"
_ROOM = r"#?(?:\d+[A-Za-z]?(?:/\d+)?|[A-Z]\d?)"
_FLAT = rf"(?:,?\s*(?:flat|apartment|apt\.?|unit|suite|room|number|#)\s*{_ROOM})"
_WITH_NUMBER = re.compile(
    rf"(?<![\w/.,])\d{{1,5}}[A-Za-z]?(?:/\d+)?,?\s+(?:[NSEW]\.?\s+)?(?:{_NAME}(?:{_SURE}|{_OTHER})\b"
    rf"|(?:[NSEW]\.|North|South|East|West)\s+[A-Z][\w'’-]+\b|(?:the\s+)?[A-Z][\w'’-]+\s+(?:{_SURE}|{_OTHER})\b){_FLAT}?"
)
_NAMED = re.compile(rf"\b{_NAME}(?:{_SURE})\b(?!\s+(?:Trust|Project|Centre|Center|Church|School))")
_FLAT_FIRST = re.compile(
    rf"\b(?:[Ff]lat|[Aa]partment|[Aa]pt\.?)\s+\d+[A-Za-z]?(?:/\d+)?,\s+(?={_NAME}|\d)"
)
_HIGHWAY = re.compile(
    r"(?<![\w-])(?:I-\d{1,3}|(?:Route|Highway|Interstate|County Road|US)[ -]\d{1,3})(?![\w-])"
)
_LOW_SURE = _SURE.lower()
_LOW = re.compile(
    rf"(?<!\w)\d{{1,5}}[a-z]?\s+(?:[a-z'’]+\s+){{1,2}}?(?:{_LOW_SURE}|court|close|place|way)\b"
    rf"|(?<=\bon\s)(?:[a-z'’]{{3,}}\s+){{1,2}}?(?:{_LOW_SURE})\b"
)
# Of a house as it is said: "nine oh four east lafayette", "eighteen b mill wynd".
_SAID = rf"(?:{ANY_WORD}|oh)(?:[ -](?:{ANY_WORD}|oh)){{0,3}}(?:[ ][a-h])?"
_SAID_STREET = r"(?:street|road|avenue|wynd|crescent|terrace|boulevard|vennel|brae)"
_LOW_SAID = re.compile(
    rf"(?<![\w'’-]){_SAID}\s+((?:(?:north|south|east|west)\s+)?(?:[^\W\d_]{{3,}}\s+){{1,2}}?){_SAID_STREET}\b"
    rf"|(?<![\w'’-])(?:{ANY_WORD}|oh)(?:[ -](?:{ANY_WORD}|oh)){{2,3}}"
    r"\s+(?:north|south|east|west)\s+([^\W\d_]{4,})\b",
    re.IGNORECASE,
)
_LOW_PLAIN = re.compile(r"^(?:the|this|that|a|our|my|your|their|main|high|same|other|whole)\s")
_NOT_STREETS = frozenset({"high street", "main street", "the street", "wall street", "the road"})


class AddressRecognizer:
    """Street addresses and named streets, as places."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        caseless = is_caseless(text)
        patterns = (_LOW,) if caseless else (_WITH_NUMBER, _NAMED, _FLAT_FIRST, _HIGHWAY)
        for pattern in (*patterns, _LOW_SAID):
            for match in pattern.finditer(text):
                said = " ".join(match[0].lower().split())
                if said in _NOT_STREETS or (pattern is _LOW and _LOW_PLAIN.match(said)):
                    continue
                if pattern is _LOW_SAID and not _is_street(match, caseless):
                    continue
                yield Mention(
                    place=Place.at(transcript.id, match.start(), match.end()),
                    label="PLACE",
                    score=points.STREET_ADDRESS,
                    sources=(Source.STREET_ADDRESS,),
                )


def _is_street(match: re.Match[str], caseless: bool) -> bool:
    """Whether what stands between a number and its street is a name: not "two miles of road"."""
    name = words(match[1] or match[2] or "")
    if any(is_function_word(word.folded) or word.folded.endswith("s") for word in name):
        return False
    return caseless or match[0].rpartition(" ")[2][:1].isupper()
