"""Numbers and identifiers as people say them: digits as words, letters spelled.

Number words and digits are read into one run, whatever stands between them that is
no word of its own: fillers ("em"), pauses, commas, a back-channel of the other
speaker, a caption break. "oh one four one, four nine six, oh one two three" is
01414960123. A run of seven digits or more is an identifier unless it is made of
years; shorter ones need a word that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from redact.core import Label, Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.said_digits import (
    DIGIT_BEHIND,
    DIGITS,
    FILLERS,
    TEENS,
    TENS_SAID,
    TIMES,
    begins_anew,
    ends_a_number,
    is_an_amount,
    is_counted,
)
from redact.detect.said_letters import PLATE, STROKE, TAIL, head_before, said_letters

# What the other speaker puts in, a turn by itself.
_PUT_IN = re.compile(
    r"(?:go\s+(?:ahead|on)|take\s+your\s+time|got\s+(?:it|that)|gotcha|i['’]m\s+(?:listening|ready)|"
    r"(?:just\s+)?a\s+(?:sec|minute|moment)|let\s+me\s+(?:write|get)\s+(?:that|a\s+pen)(?:\s+down)?|"
    r"hold\s+on|mm+[- ]?hm+|mhm+|uh[- ]?huh|okay|ok|aye|yeah|yes|right|sure|keep\s+going|alright|"
    r"all\s+right|very\s+good|good|perfect)[^\w\n]*(?=\n)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|\S")
_LABEL = re.compile(
    r"\s*(?:\[?[\d:.]+\]?\s*)?[^\W\d_][^:\n]{0,30}:\s|\s*[\[(<]?\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)?[\])>]?(?=\s|$)"
)
_AS_IN = re.compile(r"(?:for|as\s+in)\s+[a-z]+\b", re.IGNORECASE)
_KEY_BEHIND = re.compile(
    r"[\s,]+(?:and[\s,]+)?(?:then[\s,]+)?(?:the[\s,]+)?(?:pound|hash|star)\b", re.IGNORECASE
)
_HYPHENED = re.compile(r"[^\W\d_]+(?:[-–][^\W\d_]+)+\Z")  # "one-one-seven"
_SPAN_BREAK = frozenset('?!;"“”()<>')
_NUMBER_CONTEXT = re.compile(
    r"(?<!\w)(?:number|phone|call|ring|text|mobile|cell|reach|extension|social|case|member|account|"
    r"id|i\.d\.|ends? in|ending|last four|pin|reference|ref|badge|zip|code|licen[cs]e|chi|medicaid|"
    r"insurance|docket|file|fob|tag|safe|passcode|password|gate|alarm|keypad|lift|buzzer|tel|telephone|fax|whatsapp|policy|claim|record)(?!\w)",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    r"\b(?:number|code|pin|extension|ends? in|ending|buzzer|keypad|alarm|gate|safe|door|passcode|"
    r"badge|tag|fob|ref|reference|id|locker|box|plate|combination)"
    r"(?:\s+(?:is|was|wis|it's|that's|number|code)|['’]s){0,3}[\s,:.\"“]*\Z",
    re.IGNORECASE,
)
# Of three figures not one by one: what is counted is not called so.
_CODE_BEFORE = re.compile(
    r"\b(?:code|pin|extension|ends? in|ending|buzzer|p\.? ?o\.? box|route \w+ box)[\s,:.\"“]*\Z",
    re.I,
)
# Behind these even 4321 is somebody's.
_OWN = re.compile(
    r"\b(?:ssn|social(?:\s+security)?(?:\s+number)?|pin|pass ?code)"
    r"(?:\s+(?:is|was|it['’]?s))?[\s,:.]*\Z",
    re.I,
)
_PUBLIC = frozenset("111 101 112 211 311 411 511 611 711 811 911 988 999".split())
_COUNTED_BEHIND = re.compile(
    r"[\s-]+(?:dollars?|pounds?|quid|people|folk|families|households|days|weeks|months|years|miles|"
    r"hours|times|percent|per\s+cent|of\b|thousand|million)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\b(?:count(?:ed|ing)?|options?|or)[\s,:.\"“]*\Z", re.IGNORECASE)
_PHONE_CONTEXT = re.compile(
    r"(?<!\w)(?:phone|call|ring|text|mobile|cell|reach|tel|telephone|fax|whatsapp|number|line|"
    r"office|extension)(?!\w)",
    re.IGNORECASE,
)
_KEY = re.compile(r"\b(?:pound|hash|star)[\s,]+\Z", re.IGNORECASE)  # of a door or a telephone
_MOST_LETTERS, _FEWEST_DIGITS, _SHORTEST = 7, 2, 5
_INSURANCE = re.compile(r"[A-Z]{2}\d{6}\Z")  # its last letter, A to D, is a word too
_YEARS = re.compile(r"(?:(?:18|19|20)\d\d)+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRun:
    """Digits and single letters said one after another, and where.

    `one_by_one` says that each was said by itself: "two two one four", and not "twenty-two";
    `counts` that hundreds are in it.
    """

    start: int
    end: int
    said: str
    words: int
    one_by_one: bool = False
    counts: bool = False


class SpokenRecognizer:
    """Numbers and identifiers in spoken form."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        for match in PLATE.finditer(text):
            why, score = Source.SPELLED_OUT_IDENTIFIER, points.SPELLED_OUT
            yield spoken_mention(transcript, *match.span(), "ID", score, why, "identifier")
        for run in number_runs(text):
            digits = re.sub(r"\D", "", run.said)
            letters = len(run.said) - len(digits)
            before = text[max(0, run.start - 90) : run.start]
            if run.words == 0 or (_YEARS.match(run.said) and not run.one_by_one):
                continue
            head = head_before(before, run.one_by_one)
            tail = TAIL.match(text, run.end)
            start = run.start - len(head[0]) if head else run.start
            end = tail.end() if tail else run.end
            told = run.one_by_one and _NUMBER_CONTEXT.search(before[-45:]) is not None
            if _is_headed(head, digits, told) or _is_mixed(letters, digits, told):
                why, score = Source.SPELLED_OUT_IDENTIFIER, points.SPELLED_OUT
                yield spoken_mention(transcript, start, end, "ID", score, why, "identifier")
            elif not letters and len(digits) >= 7:
                phone = len(digits) in (7, 10, 11, 12, 13) and (
                    digits[0] == "0" or bool(_PHONE_CONTEXT.search(before)) or len(digits) == 7
                )
                label: Label = "PHONE" if phone else "ID"
                why, kind = Source.SPOKEN_NUMBER, "" if phone else "identifier"
                yield spoken_mention(
                    transcript, run.start, run.end, label, points.SPOKEN_NUMBER, why, kind
                )
            elif not letters and (_is_read_out(run, digits, before, text) or _is_keyed(run, text)):
                why, score = Source.SPOKEN_NUMBER, points.SPOKEN_SHORT_NUMBER
                key = _KEY.search(before)
                start = run.start - len(key[0]) if key else run.start
                yield spoken_mention(transcript, start, end, "ID", score, why, "identifier")


def spoken_mention(
    transcript: Transcript,
    start: int,
    end: int,
    label: Label,
    score: float,
    why: Source,
    kind: str | None = None,
) -> Mention:
    return Mention(
        place=Place.at(transcript.id, start, end),
        label=label,
        score=score,
        sources=(why,),
        kind=kind,
    )


def _is_headed(head: re.Match[str] | None, digits: str, told: bool) -> bool:
    """Whether letters said as one go before: "KD three three oh eight", "CR stroke oh seven"."""
    if head is None:
        return False
    return len(digits) >= (2 if STROKE.search(head[0]) else 3 if told else 4)


def _is_mixed(letters: int, digits: str, told: bool) -> bool:
    """Whether single letters and figures are enough for an identifier; `told` by a word before."""
    if not 0 < letters <= _MOST_LETTERS or len(digits) < _FEWEST_DIGITS - (told and letters > 1):
        return False
    if told and letters > 1 and len(digits) == 1:
        return letters + len(digits) >= 3
    return letters + len(digits) >= (_SHORTEST if letters == 1 and not told else _SHORTEST - 1)


def _is_read_out(run: NumberRun, digits: str, before: str, text: str) -> bool:
    """Whether a short number is somebody's: by a word before it, or read out figure by figure."""
    if digits in _PUBLIC or (is_counting(digits) and not _OWN.search(before)):
        return False
    if _COUNTS.search(before[-12:]) and len(digits) < _SHORTEST:
        return False
    if not run.one_by_one and (run.counts or _COUNTED_BEHIND.match(text, run.end)):
        return False
    if len(digits) == 3 and _CODE_BEFORE.search(before):
        return True
    least = 3 if run.one_by_one else 4
    if len(digits) >= least and _NUMBER_CONTEXT.search(before[-45:]):
        return len(digits) >= 4 or _NUMBER_BEFORE.search(before) is not None
    return run.one_by_one and len(digits) >= 4


def _is_keyed(run: NumberRun, text: str) -> bool:
    """Whether figures are keyed in, or said as one: "nine nine one and then the pound"."""
    if not run.one_by_one or is_counting(run.said):
        return False
    whole = _HYPHENED.match(text[run.start : run.end])
    return whole is not None or _KEY_BEHIND.match(text, run.end) is not None


def is_counting(figures: str) -> bool:
    """Whether figures go up or down by one, or are all the same: 1-2-3-4, 7-7-7."""
    steps = {int(b) - int(a) for a, b in pairwise(figures)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def number_runs(text: str) -> Iterator[NumberRun]:
    """Runs of three or more characters of spoken or written digits, at least one of them spoken."""
    start = end = -1
    said, spoken, last, single = "", 0, "", True
    pending, pending_at = "", 0
    quiet = line = read_to = 0
    hundreds = False

    def finished() -> NumberRun | None:
        ok = len(said) >= 3 and start >= 0
        if not ok:
            return None
        return NumberRun(
            start=start, end=end, said=said, words=spoken, one_by_one=single, counts=hundreds
        )

    skip_to = 0
    for match in _TOKEN.finditer(text):
        line = max(line, text.rfind("\n", read_to, match.start()) + 1)
        read_to = match.end()
        if match.start() < skip_to:
            continue
        piece = match[0].lower()
        label = _LABEL.match(text, line) if match.start() - line < 40 else None
        if label and match.start() < label.end():
            skip_to = label.end()
            continue
        value = None if piece == "one" and last == "no" else _value(piece)
        if value is not None and not piece.isdigit() and is_counted(said, spoken, text, match):
            value = None  # "07700 900123, and one of them"
        if begins_anew(said, piece):
            start, said, spoken, last = -1, "", 0, ""
        if len(piece) == 1 and piece in "abcd" and _INSURANCE.match(said):
            value = piece.upper()
        if value is None:
            value = said_letters(text, match, said, single and last in DIGITS)
        if (
            said
            and value is None
            and (put_in := _PUT_IN.match(text, match.start()))
            and (match.start() == skip_to or not text[line : match.start()].strip())
        ):
            skip_to = put_in.end()
            continue
        if (
            piece in ("for", "as")
            and said
            and said[-1].isalpha()
            and (word := _AS_IN.match(text, match.start()))
        ):
            end = skip_to = word.end()  # "l for lima"
            continue
        if pending and piece in "-–":  # "double-two"
            continue
        if value is None and piece in TIMES:
            pending = last = piece
            pending_at = match.start()
            continue
        if value is not None:
            if pending:
                value = value * TIMES[pending]
                spoken += 1
                if start < 0:
                    start = pending_at
                pending = ""
            if start < 0:
                start = match.start()
            if last in TENS_SAID and len(value) == 1 and piece in DIGITS and value != "0":
                said = said[:-1]
            said += value
            single = single and (piece in DIGITS or value.isalpha() or len(piece) == 1)
            spoken += piece in DIGITS or piece in TEENS or piece in TENS_SAID or piece == "hundred"
            end, quiet, last = match.end(), 0, piece
            continue
        if piece == "hundred" and said and not is_an_amount(said, text, match):
            said, end, quiet, last, single = said + "00", match.end(), 0, piece, False
            hundreds = True
            continue
        if piece in ("point", "dot") and single and len(said) > 1:
            quiet += DIGIT_BEHIND.match(text, match.end()) is None
            if not quiet:
                continue
        if ends_a_number(text, match, said, spoken):
            pass
        elif said and (piece in FILLERS or not piece[0].isalnum()) and piece not in _SPAN_BREAK:
            quiet += 1
            last = piece if piece == "no" else last
            if quiet <= 4 and not (piece == "." and quiet > 2):
                continue
        run = finished()
        if run:
            yield run
        start, said, spoken, last, pending, quiet, single = -1, "", 0, "", "", 0, True
        hundreds = False
    run = finished()
    if run:
        yield run


def _value(piece: str) -> str | None:
    """The characters that a piece says: digits, or a single letter said by itself."""
    if piece in DIGITS:
        return DIGITS[piece]
    if piece in TEENS:
        return TEENS[piece]
    if piece in TENS_SAID:
        return TENS_SAID[piece] + "0"
    if piece.isdigit() and len(piece) <= 6:
        return piece
    if len(piece) == 1 and piece.isalpha() and piece not in "ai":
        return piece.upper()
    return None
