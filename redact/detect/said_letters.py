"""Letters of a number as people say them: one by one, by a word, or several as one.

"A as in apple", "kilo", "Edward Paul four", "KD three three oh eight", "six four, KV, three two",
"cr stroke oh oh seven". They count beside figures or one another only.
"""

from __future__ import annotations

import re

from redact.detect.lexicon import is_function_word, is_ordinary
from redact.detect.said_digits import DIGIT_BEHIND, DIGITS, TEENS, TENS_SAID, TIMES

# Letters by the names that police give them: beside figures or one another only.
_POLICE = {
    word: word[0]
    for word in (
        "adam boy charles david edward frank george henry ida john king lincoln mary nora ocean "
        "paul queen robert sam tom union william young zebra"
    ).split()
}
# Behind these it is no letter: "out loud to the boy, nine one seven".
_ARTICLE = re.compile(r"\b(?:the|an?|my|his|her|our|your|that|this|wee|old)\s+\Z", re.IGNORECASE)
# Letters by a word, and by their names: beside figures only.
_LETTERS_SAID = {
    word: word[0]
    for word in (
        "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november "
        "oscar papa quebec romeo sierra tango uniform victor whiskey yankee zulu tee zed zee"
    ).split()
} | {"ess": "s", "aitch": "h"}
_A_DIGIT = rf"(?:\d|(?:{'|'.join((*DIGITS, *TIMES))})\b)"
_POLICE_BEHIND = re.compile(
    rf"[\s,.-]+(?:(?:{'|'.join(_POLICE)})[\s,.-]+){{0,2}}{_A_DIGIT}(?:\d|[\s,.-]+{_A_DIGIT})",
    re.IGNORECASE,
)
_LETTER_SAID_BEHIND = re.compile(
    rf"[\s,.-]+(?:\d|(?:{'|'.join((*DIGITS, *TIMES, *_LETTERS_SAID))})\b)", re.IGNORECASE
)
_UNITS_SAID = (
    r"(?:lb|kg|mg|ml|km|cm|mm|tv|cd|dr|mr|mrs|st|nd|rd|th|hr|hrs|ft|vs|pm|hmm|mhm|hm|nhs|ssn)\b"
)
# "A as in apple", "a for apple": the word begins with the letter; "capital A".
_SPELLED_BY_A_WORD = re.compile(
    r"[\s,]+(?:for|as[\s,]+in)[\s,]+(?:(?P<a>a)|i)[a-z]{2,}\b", re.IGNORECASE
)
_CAPITAL = re.compile(r"\bcapital\s+\Z", re.IGNORECASE)
# Letters said as one amid figures: "six four, KV, three two". These are no letters of a number.
_JOINED = re.compile(
    r"(?!(?:NHS|PIP|DWP|DLA|ESA|SDS|SSI|SSDI|SNAP|VA|TV|CD|PA|PAS|CEO|GP|AM|PM|US|UK|OK)\b)[A-Z]{2,4}\Z"
)
_JOINED_SMALL = re.compile(rf"(?!{_UNITS_SAID})[b-df-hj-np-tv-z]{{2,4}}\Z")
PLATE = re.compile(
    rf"(?<![\w'’-])[A-Z]{{2}}[\s,]+(?:{'|'.join(TEENS)}|(?:{'|'.join(TENS_SAID)})(?:[\s-](?:{'|'.join(DIGITS)}))?)[\s,]+[A-Z]{{3}}(?![\w'’])"
)
_LETTER_BEHIND = re.compile(r"[ ,.-]{1,2}[A-Z](?![\w'’])")
_SMALL_LETTER_BEHIND = re.compile(r"[ ,.-]{1,2}[b-hj-z](?![\w'’])")
_LETTERS_AND_DIGIT = re.compile(
    r"(?:[ ,.-]{1,2}[b-hj-z](?![\w'’])){0,3}[ ,.-]{1,2}(?:(?:dash|slash|stroke|hyphen)[ ,]+)?"
    rf"(?:\d|(?:{'|'.join((*DIGITS, *TEENS, *TENS_SAID, *TIMES))})\b)",
    re.IGNORECASE,
)
# Letters said as one before a number, "KD three three oh eight", with "stroke" between or not.
_STROKES = r"(?:(?:forward\s+)?slash|stroke|dash|hyphen)"
_HEAD = re.compile(
    rf"(?<![\w'’-])(?:(?!ID\b|PIN\b|CHI\b|NHS\b|SSN\b|NI\b|ZIP\b|DOB\b)[A-Z]{{2,5}}[\s,]+(?:{_STROKES}[\s,]+)?){{1,3}}\Z"
)
TAIL = re.compile(
    rf"[\s,]+(?:{_STROKES}[\s,]+[A-Z](?:[ -]?[A-Z]){{0,4}}|hash|star|[A-Z](?=[\s,]+for[\s,]+[a-z]))"
    r"\b(?!['’])"
)
STROKE = re.compile(_STROKES)
# The same as a recogniser writes it: "cr stroke oh oh seven", "gs four four oh nine".
_SMALL_HEAD = re.compile(
    rf"(?<![\w'’-])(?:(?:[a-z]{{2,4}}[\s,]+{_STROKES}[\s,]+){{1,3}}|(?!{_UNITS_SAID})[b-df-hj-np-tv-z]{{2,3}}[\s,]+)\Z"
)


def said_letters(text: str, at: re.Match[str], said: str, amid: bool) -> str | None:
    """The letters that a piece of talk is in a number of which `said` is read, in capitals.

    `amid` says that digits one by one go before it at once.
    """
    piece = at[0].lower()
    if piece in _LETTERS_SAID and (said or _LETTER_SAID_BEHIND.match(text, at.end())):
        return _LETTERS_SAID[piece].upper()
    if (
        piece in _POLICE
        and _POLICE_BEHIND.match(text, at.end())
        and not _ARTICLE.search(text, max(0, at.start() - 8), at.start())
    ):
        return _POLICE[piece].upper()
    if piece in "ai":
        return piece.upper() if _is_letter(text, at, said) else None
    if amid and (_JOINED.match(at[0]) or _is_joined_small(text, at)):
        return at[0].upper()
    return None


def _is_joined_small(text: str, at: re.Match[str]) -> bool:
    """Whether these are letters in small ones, which make no word, amid figures."""
    if is_function_word(at[0]) or is_ordinary(at[0]):
        return False
    return _JOINED_SMALL.match(at[0]) is not None and DIGIT_BEHIND.match(text, at.end()) is not None


def head_before(before: str, one_by_one: bool) -> re.Match[str] | None:
    """Letters said as one at the end of what goes before a number; in small letters with a stroke,
    or before digits said one by one."""
    if head := _HEAD.search(before):
        return head
    head = _SMALL_HEAD.search(before)
    if head and (one_by_one or STROKE.search(head[0])):
        return None if is_ordinary(head[0].split()[0].strip(",")) else head
    return None


def _is_letter(text: str, at: re.Match[str], said: str) -> bool:
    """Whether A or I is a letter that is read aloud, and no word: "A B E", "J-I, two", "a y one".

    Written small it must stand among letters that are read out.
    """
    spelled = _SPELLED_BY_A_WORD.match(text, at.end())
    if spelled and bool(spelled["a"]) == (at[0] in "aA"):
        return True
    if _CAPITAL.search(text, max(0, at.start() - 10), at.start()):
        return True
    if not at[0].isupper():
        among = said[-1:].isalpha() or _SMALL_LETTER_BEHIND.match(text, at.end()) is not None
        return among and _LETTERS_AND_DIGIT.match(text, at.end()) is not None
    return _LETTER_BEHIND.match(text, at.end()) is not None or (
        bool(said) and DIGIT_BEHIND.match(text, at.end()) is not None
    )
