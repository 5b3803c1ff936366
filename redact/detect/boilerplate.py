"""What a program of transcription writes of itself stays: its name, its settings, a file's ending.

Only in the head of a transcript, before anybody speaks, and in its last lines; a name or a path
that stands among it is found as anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redact.core import Mention, Span, Transcript
from redact.detect.lexicon import is_word_too
from redact.detect.ranks import Rank, rank
from redact.transcript.vocabulary import one_of, word_list
from redact.transcript.words import words

_LINE = re.compile(r"[^\r\n]+")
_SAYS_SO = re.compile(r"transcri|caption|subtitl|generated|exported|speech|record|convert", re.I)
_PROGRAMS = one_of(word_list("programs of transcription"))
# After what says that it made the text, or first on its line; "by Otter Bain" is a person.
_MADE = "(?:transcribed|captioned|generated|exported|recorded|created)"
_PROGRAM = re.compile(
    rf"(?:\A[ \t]*|(?:{_MADE}[ ](?:\w+ly[ ])?)?"
    rf"(?<!\w)(?:with|by|using|from|in)[ ])(?:https?://)?(?:www\.)?{_PROGRAMS}(?![\w@])(?:/(?!\w))?"
    r"(?:[ ](?:version|vers|ver|v)\.?[ ]?(?=\d))?"
    r"(?![ ](?-i:[A-Z]))",
    re.IGNORECASE,
)
_SETTING = re.compile(rf"(?<!\w){one_of(word_list('settings of programs'))}(?=\s*:)", re.IGNORECASE)
_LEAST_SETTINGS = 3  # on one line: a head with fewer may be a person's own
_LANGUAGE = re.compile(r"(?<=Language: )[A-Z][a-z]+(?: \((?:detected: )?[A-Za-z]+\b)?")
# The ending of a recording or document, by which a name of a file looks like an address. One with
# more than ordinary words and a short number may say who and when.
_ENDINGS = "mp3|mp4|m4a|wav|wma|aac|ogg|flac|mov|avi|mkv|webm|dss|ds2|docx?|odt|rtf|pdf|txt|srt|vtt"
_ENDING = re.compile(_ENDINGS, re.IGNORECASE)
_FILE = re.compile(rf"(?<![\w.-])(?P<name>[\w.-]*)\.(?:{_ENDINGS})(?!\w)", re.IGNORECASE)
_FIRST_LINES, _LAST_LINES = 25, 3
_LONGEST_NUMBER = 3


def without_boilerplate(transcript: Transcript, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions cut free of a program's own words, and none of a file's ending as an address."""
    text = transcript.text
    stays = tuple(boilerplate_in(transcript))
    files = [Span(*m.span()) for m in _FILE.finditer(text) if _says_little(m["name"])]
    left: list[Mention] = []
    for mention in mentions:
        pieces = [mention]
        if rank(mention) < Rank.STRUCTURE:
            for one in stays:
                pieces = [part for piece in pieces for part in _outside(text, piece, one)]
            pieces = [piece for piece in pieces if not _is_a_file(text, piece, files)]
        left += pieces
    return left


def _outside(text: str, mention: Mention, stays: Span) -> list[Mention]:
    if not stays.overlaps(mention.span):
        return [mention]
    parts = []
    for start, end in ((mention.start, stays.start), (stays.end, mention.end)):
        found = words(text[start:end]) if start < end else ()
        if found:
            parts.append(mention.moved(start + found[0].start, start + found[-1].end))
    return parts


def boilerplate_in(transcript: Transcript) -> Iterator[Span]:
    """Where a program names itself or its settings."""
    text = transcript.text
    first = min((turn.start for turn in transcript.turns if turn.speaker), default=len(text))
    lines = [match.span() for match in _LINE.finditer(text) if match[0].strip()]
    head = [line for line in lines[:_FIRST_LINES] if line[1] <= first]
    for start, end in {*head, *lines[-_LAST_LINES:]}:
        if _SAYS_SO.search(text, start, end):
            for found in _PROGRAM.finditer(text[start:end]):
                yield Span(start + found.start(), start + found.end())
        settings = [Span(*found.span()) for found in _SETTING.finditer(text, start, end)]
        if len(settings) >= _LEAST_SETTINGS:
            yield from settings
            yield from (Span(*found.span()) for found in _LANGUAGE.finditer(text, start, end))


def _is_a_file(text: str, mention: Mention, files: Iterable[Span]) -> bool:
    said = text[mention.start : mention.end]
    if mention.label == "URL" and _ENDING.fullmatch(said):
        return True
    is_bare = mention.label == "URL" and "/" not in said and not said.lower().startswith("www.")
    return is_bare and any(one.overlaps(mention.span) for one in files)


def _says_little(name: str) -> bool:
    """Whether a file's name has nothing but ordinary words and a short number."""
    found = [word.folded for word in words(name)]
    return all(
        len(word) <= _LONGEST_NUMBER if word.isdigit() else is_word_too(word) for word in found
    )
