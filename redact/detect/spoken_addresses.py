"""Addresses as people say them: "dot", "at" and "underscore" in e-mail, web and handles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.lexicon import is_function_word
from redact.detect.spoken import spoken_mention
from redact.transcript.said_numbers import ANY_WORD
from redact.transcript.words import words

_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|btinternet|sky|live|msn|proton|protonmail"
)
_ENDINGS = (
    "com|org|net|edu|gov|co|uk|scot|us|io|info|ac|nhs|me|example|test|invalid|sch|biz|email|mail"
)
_SEP = r"[\s,]+"
# Bounds, so that a run of any length costs no more than its length: a whole address has 254
# characters (RFC 5321), and twelve dots.
_PIECE = "[A-Za-z0-9_'-]{1,254}"
_AROUND = 600
_AT = re.compile(r"(?<=[\s,])at(?=[\s,])", re.IGNORECASE)
_DOT = re.compile(r"(?<=[\s,])(?:dot|underscore)(?=[\s,])", re.IGNORECASE)
_EMAIL = re.compile(
    rf"(?<![\w@]){_PIECE}(?:(?:{_SEP}(?:dot|underscore|dash|hyphen|point){_SEP}|\.){_PIECE}){{0,12}}"
    rf"{_SEP}at{_SEP}(?:the{_SEP})?(?:[A-Za-z0-9-]+{_SEP}){{1,3}}?dot{_SEP}[A-Za-z]+(?:{_SEP}dot{_SEP}[A-Za-z]+)*"
    rf"|(?<![\w@]){_PIECE}(?:(?:{_SEP}(?:dot|underscore|dash|hyphen){_SEP}|\.){_PIECE}){{1,12}}"
    rf"{_SEP}at{_SEP}(?:{_PROVIDERS})(?!\w)",
    re.IGNORECASE,
)
_SITE = re.compile(
    rf"(?<![\w@])(?:w{_SEP}w{_SEP}w{_SEP}dot{_SEP})?[A-Za-z0-9-]{{1,254}}(?:{_SEP}dot{_SEP}[A-Za-z0-9-]{{1,254}}){{0,12}}"
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
    rf"(?<![\w@])[A-Za-z0-9]+(?:{_SEP}(?:underscore|dot){_SEP}[A-Za-z0-9]+)+"
    rf"(?:{_SEP}(?:\d+|{ANY_WORD}|oh|double)\b)*(?!\w)",
    re.IGNORECASE,
)
# What is spelled before the first dot: "t a n y a underscore ...".
_SPELLED = re.compile(r"(?:(?<![\w'’])[A-Za-z](?:[\s,]+|-))+\Z")
_MOST_SPELLED = 60  # characters
_HANDLE_CONTEXT = re.compile(
    r"(?<!\w)(?:insta|instagram|twitter|tiktok|tik tok|snapchat|snap|facebook|bluesky|handle|"
    r"username|venmo|cash ?app)(?!\w)",
    re.IGNORECASE,
)


class SpokenAddressRecognizer:
    """E-mail addresses, web addresses and handles in spoken form."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        for match in _about(_AT, _EMAIL, text):
            yield spoken_mention(
                transcript,
                _spelled_from(text, match.start()),
                match.end(),
                "EMAIL",
                points.SPOKEN_E_MAIL_ADDRESS,
                Source.SPOKEN_E_MAIL_ADDRESS,
            )
        for match in _about(_DOT, _SITE, text):
            yield spoken_mention(
                transcript,
                *match.span(),
                "URL",
                points.SPOKEN_WEB_ADDRESS,
                Source.SPOKEN_WEB_ADDRESS,
            )
        for match in _about(_DOT, _LOCAL, text):
            said = {word.folded for word in words(match[0])}
            about = text[max(0, match.start() - 110) : match.end() + 40]
            if _EMAIL_CONTEXT.search(about) or not any(is_function_word(word) for word in said):
                yield spoken_mention(
                    transcript,
                    *match.span(),
                    "EMAIL",
                    points.SPOKEN_LOCAL_PART,
                    Source.SPOKEN_E_MAIL_ADDRESS,
                )
        for match in _about(_DOT, _HANDLE, text):
            if _HANDLE_CONTEXT.search(text[max(0, match.start() - 60) : match.end() + 30]):
                yield spoken_mention(
                    transcript,
                    *match.span(),
                    "ID",
                    points.SPOKEN_HANDLE,
                    Source.SPOKEN_HANDLE,
                    "social handle",
                )


def _spelled_from(text: str, start: int) -> int:
    """Where an address begins whose first piece is one letter of several that are read out."""
    if not re.match(r"[A-Za-z](?![\w'’])", text[start : start + 2]):
        return start
    spelled = _SPELLED.search(text, max(0, start - _MOST_SPELLED), start)
    return spelled.start() if spelled else start


def _about(word: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches around the word that each of them has; elsewhere the text is not tried."""
    start = end = 0
    for said in word.finditer(text):
        if said.start() - _AROUND > end:
            yield from pattern.finditer(text, start, end)
            start = said.start() - _AROUND
        end = min(len(text), said.end() + _AROUND)
    yield from pattern.finditer(text, start, end)
