"""Identifiers as people say them: digits as words, letters spelled, "dot" and "at".

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

from redact.core import Label, Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.lexicon import is_function_word
from redact.transcript.vocabulary import TENS, UNITS, entries
from redact.transcript.words import words

_DIGITS = {said: str(value) for value, said in enumerate(UNITS[:10])} | {
    said.word: digit for said in entries("digits as said") for digit in said.notes
}
_TEENS = {said: str(value) for value, said in enumerate(UNITS[10:], start=10)}
_TENS = {said: str(first) for first, said in enumerate(TENS, start=2)}
_FILLERS = frozenset(
    "em um uh er eh erm mm hm mmhm uhhuh aye yeah yep right okay ok then and so dash hyphen space "
    "sorry wait no hang on is it's that's mhm".split()
)
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+|\S")
_LABEL = re.compile(r"\s*(?:\[?[\d:.]+\]?\s*)?[^\W\d_][^:\n]{0,30}:\s")
_SPAN_BREAK = frozenset('?!;"“”()')
_NUMBER_CONTEXT = re.compile(
    r"(?<!\w)(?:number|phone|call|ring|text|mobile|cell|reach|extension|social|case|member|account|"
    r"id|i\.d\.|ends? in|ending|last four|pin|reference|ref|badge|zip|code|licen[cs]e|chi|medicaid|"
    r"insurance|docket|file|tel|telephone|fax|whatsapp|policy|claim|record)(?!\w)",
    re.IGNORECASE,
)
_PHONE_CONTEXT = re.compile(
    r"(?<!\w)(?:phone|call|ring|text|mobile|cell|reach|tel|telephone|fax|whatsapp|number|line|"
    r"office|extension)(?!\w)",
    re.IGNORECASE,
)
_INSURANCE = re.compile(r"[A-Z]{2}\d{6}\Z")  # its last letter, A to D, is a word too
_YEARS = re.compile(r"(?:(?:18|19|20)\d\d)+\Z")
_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|btinternet|sky|live|msn|proton|protonmail"
)
_ENDINGS = (
    "com|org|net|edu|gov|co|uk|scot|us|io|info|ac|nhs|me|example|test|invalid|sch|biz|email|mail"
)
_SEP = r"[\s,]+"
_EMAIL = re.compile(
    rf"(?<![\w@])[A-Za-z0-9_'-]+(?:(?:{_SEP}(?:dot|underscore|dash|hyphen|point){_SEP}|\.)[A-Za-z0-9_'-]+)*"
    rf"{_SEP}at{_SEP}(?:the{_SEP})?(?:[A-Za-z0-9-]+{_SEP}){{1,3}}?dot{_SEP}[A-Za-z]+(?:{_SEP}dot{_SEP}[A-Za-z]+)*"
    rf"|(?<![\w@])[A-Za-z0-9_'-]+(?:(?:{_SEP}(?:dot|underscore|dash|hyphen){_SEP}|\.)[A-Za-z0-9_'-]+)+"
    rf"{_SEP}at{_SEP}(?:{_PROVIDERS})(?!\w)",
    re.IGNORECASE,
)
_SITE = re.compile(
    rf"(?<![\w@])(?:w{_SEP}w{_SEP}w{_SEP}dot{_SEP})?[A-Za-z0-9-]+(?:{_SEP}dot{_SEP}[A-Za-z0-9-]+)*"
    rf"{_SEP}dot{_SEP}(?:{_ENDINGS})(?:{_SEP}dot{_SEP}(?:{_ENDINGS}))?(?:{_SEP}slash{_SEP}[A-Za-z]+)*(?!\w)",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    rf"(?<![\w@])(?!polka\b)[A-Za-z]{{2,}}(?:{_SEP}(?:dot|underscore){_SEP}[A-Za-z]+)+(?!\w)",
    re.IGNORECASE,
)
_EMAIL_CONTEXT = re.compile(
    r"(?<!\w)(?:e-?mail|e mail|send (?:it|me|that)|write to|address)(?!\w)", re.IGNORECASE
)
_HANDLE = re.compile(
    rf"(?<![\w@])[A-Za-z0-9]+(?:{_SEP}(?:underscore|dot){_SEP}[A-Za-z0-9]+)+(?!\w)", re.IGNORECASE
)
_HANDLE_CONTEXT = re.compile(
    r"(?<!\w)(?:insta|instagram|twitter|tiktok|tik tok|snapchat|snap|facebook|bluesky|handle|"
    r"username|venmo|cash ?app)(?!\w)",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"(?<![\w-])(?:[A-Za-z](?:[-–][A-Za-z]){2,}|[A-Z](?:[ .,]{1,2}[A-Z]){3,})(?![\w-])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRun:
    """Digits and single letters said one after another, and where."""

    start: int
    end: int
    said: str
    words: int


class SpokenRecognizer:
    """Numbers, e-mail addresses, web addresses, handles and names in spoken form."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        yield from self._numbers(transcript)
        yield from self._addresses(transcript)
        for match in _SPELLED.finditer(transcript.text):
            if match[0].replace(".", "").replace("-", "").upper() not in _KNOWN_SPELLED:
                yield _mention(
                    transcript, *match.span(), "PERSON", points.SPELLED_OUT, Source.SPELLED_OUT_NAME
                )

    def _numbers(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        for run in number_runs(text):
            digits = re.sub(r"\D", "", run.said)
            letters = len(run.said) - len(digits)
            before = text[max(0, run.start - 90) : run.start]
            if run.words == 0 or _YEARS.match(run.said):
                continue
            if letters and letters <= 5 and len(digits) >= 2 and len(run.said) >= 5:
                yield _mention(
                    transcript,
                    run.start,
                    run.end,
                    "ID",
                    points.SPELLED_OUT,
                    Source.SPELLED_OUT_IDENTIFIER,
                    "identifier",
                )
            elif not letters and len(digits) >= 7:
                phone = len(digits) in (7, 10, 11, 12, 13) and (
                    digits[0] == "0" or bool(_PHONE_CONTEXT.search(before)) or len(digits) == 7
                )
                label: Label = "PHONE" if phone else "ID"
                yield _mention(
                    transcript,
                    run.start,
                    run.end,
                    label,
                    points.SPOKEN_NUMBER,
                    Source.SPOKEN_NUMBER,
                    "" if phone else "identifier",
                )
            elif not letters and len(digits) >= 4 and _NUMBER_CONTEXT.search(before[-45:]):
                yield _mention(
                    transcript,
                    run.start,
                    run.end,
                    "ID",
                    points.SPOKEN_SHORT_NUMBER,
                    Source.SPOKEN_NUMBER,
                    "identifier",
                )

    def _addresses(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        for match in _EMAIL.finditer(text):
            yield _mention(
                transcript,
                *match.span(),
                "EMAIL",
                points.SPOKEN_E_MAIL_ADDRESS,
                Source.SPOKEN_E_MAIL_ADDRESS,
            )
        for match in _SITE.finditer(text):
            yield _mention(
                transcript,
                *match.span(),
                "URL",
                points.SPOKEN_WEB_ADDRESS,
                Source.SPOKEN_WEB_ADDRESS,
            )
        for match in _LOCAL.finditer(text):
            said = {word.folded for word in words(match[0])}
            about = text[max(0, match.start() - 110) : match.end() + 40]
            if _EMAIL_CONTEXT.search(about) or not any(is_function_word(word) for word in said):
                yield _mention(
                    transcript,
                    *match.span(),
                    "EMAIL",
                    points.SPOKEN_LOCAL_PART,
                    Source.SPOKEN_E_MAIL_ADDRESS,
                )
        for match in _HANDLE.finditer(text):
            if _HANDLE_CONTEXT.search(text[max(0, match.start() - 60) : match.end() + 30]):
                yield _mention(
                    transcript,
                    *match.span(),
                    "ID",
                    points.SPOKEN_HANDLE,
                    Source.SPOKEN_HANDLE,
                    "social handle",
                )


_KNOWN_SPELLED = frozenset({"NHS", "SDS", "DWP", "HUD", "PIP", "ILF", "SSI", "ADA", "BBC", "USA"})


def _mention(
    transcript: Transcript,
    start: int,
    end: int,
    label: Label,
    score: float,
    why: Source,
    kind: str = "",
) -> Mention:
    return Mention(
        place=Place.at(transcript.id, start, end),
        label=label,
        score=score,
        sources=(why,),
        kind=kind,
    )


def number_runs(text: str) -> Iterator[NumberRun]:
    """Runs of three or more characters of spoken or written digits, at least one of them spoken."""
    start = end = -1
    said, spoken, last = "", 0, ""
    pending = ""
    quiet = 0

    def finished() -> NumberRun | None:
        ok = len(said) >= 3 and start >= 0
        return NumberRun(start=start, end=end, said=said, words=spoken) if ok else None

    skip_to = 0
    for match in _TOKEN.finditer(text):
        if match.start() < skip_to:
            continue
        piece = match[0].lower()
        line = text.rfind("\n", 0, match.start()) + 1
        label = _LABEL.match(text, line) if match.start() - line < 40 else None
        if label and match.start() < label.end():
            skip_to = label.end()
            continue
        value = _value(piece, last)
        if len(piece) == 1 and piece in "abcd" and _INSURANCE.match(said):
            value = piece.upper()
        if value is None and piece in ("double", "triple"):
            pending = last = piece
            continue
        if value is not None:
            if pending:
                value = value * (2 if pending == "double" else 3)
                if start < 0:
                    start = text.rfind(pending, 0, match.start())
                pending = ""
            if start < 0:
                start = match.start()
            if last in _TENS and len(value) == 1 and piece in _DIGITS and value != "0":
                said = said[:-1]
            said += value
            spoken += piece in _DIGITS or piece in _TEENS or piece in _TENS or piece == "hundred"
            end, quiet, last = match.end(), 0, piece
            continue
        if piece == "hundred" and said:
            said, end, quiet, last = said + "00", match.end(), 0, piece
            continue
        if said and (piece in _FILLERS or not piece[0].isalnum()) and piece not in _SPAN_BREAK:
            quiet += 1
            if quiet <= 4 and not (piece == "." and quiet > 2):
                continue
        run = finished()
        if run:
            yield run
        start, said, spoken, last, pending, quiet = -1, "", 0, "", "", 0
    run = finished()
    if run:
        yield run


def _value(piece: str, last: str) -> str | None:
    """The characters that a piece says: digits, or a single letter said by itself."""
    if piece in _DIGITS:
        return _DIGITS[piece]
    if piece in _TEENS:
        return _TEENS[piece]
    if piece in _TENS:
        return _TENS[piece] + "0"
    if piece.isdigit() and len(piece) <= 6:
        return piece
    if len(piece) == 1 and piece.isalpha() and piece not in "ai":
        return piece.upper()
    return None
