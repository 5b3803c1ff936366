"""Names that the transcript's own structure or the steward's roster gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, RosterEntry, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.lexicon import is_never_name, is_word_too
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.turns import read_structure
from redact.transcript.vocabulary import one_of, word_list
from redact.transcript.words import APOSTROPHES, Forms, fold


class SpeakerRecognizer:
    """Names and initials in speaker labels, in the header and the legend, and wherever else a
    speaker's initials stand."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        names = transcript.names or read_structure(transcript.text).names
        for name in names:
            span = name.span
            said = transcript.text[span.start : span.end]
            if not said.strip() and name.why is not Source.SPEAKER_INITIALS:
                continue  # a label of ours, which is blank here; "[KW]" only looks like one
            yield Mention(
                place=Place.at(transcript.id, span.start, span.end),
                label=name.label,
                score=points.STRUCTURE,
                sources=(name.why,),
            )


_SURE = (
    *word_list("titles", "sure"),
    *(word.capitalize() for word in word_list("kin", "sure")),
    *(word.lower() for word in word_list("titles", "sure small")),
    *word_list("kin", "sure small"),
)
_TITLED = re.compile(
    rf"\b{one_of(_SURE)}\.?[ ]+(?P<name>[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*)"
    r"(?![\w'’-]*[ ]+of\b)"
)


class TitleRecognizer:
    """The capitalised word behind a title or a kin word: Mrs Begum, Auntie Pearl."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        for match in _TITLED.finditer(transcript.text):
            start, end = match.span("name")
            if text_ends_possessive(match["name"]):
                end -= 2
            if not is_never_name(fold(match["name"])[0]):
                place = Place.at(transcript.id, start, end)
                yield Mention(
                    place=place, label="PERSON", score=points.TITLED, sources=(Source.TITLE,)
                )


def text_ends_possessive(name: str) -> bool:
    """True for MacLeod's, not for O'Neil."""
    return len(name) > 2 and name[-1] in "sS" and name[-2] in APOSTROPHES


# What follows an ordinary word at the start of a sentence and no name: "Will you come?", "May I".
_GOES_ON = re.compile(
    r"[ \t]+(?:i|you|we|he|she|it|they|there|the|a|an|this|that|these|those|my|your|his|her|our|"
    r"their|its|some|any|someone|anyone|anybody|everyone|people|to|so|not|be|do|have|for|of|"
    r"me|us|him|them)\b",
    re.IGNORECASE,
)
_LEAST_PART = 3  # letters of a given name or a surname that is looked for by itself


class RosterRecognizer:
    """Every listed form, whatever its case or possessive; forms that are words need a capital.

    A form such as "Will" or "Hope", or a listed person's given name or surname of that kind, is a
    name wherever it has a capital or labels a speaker, but for the start of a sentence that goes on
    as with the word: "Will you come?". Written small it is left to the corpus evidence.
    """

    def __init__(self, roster: tuple[RosterEntry, ...]) -> None:
        listed = [(form, entry.kind) for entry in roster for form in entry.forms]
        self._forms = Forms((f, kind) for f, kind in listed if not is_ambiguous_form(f))
        words_too = [(form, kind) for form, kind in listed if is_ambiguous_form(form)]
        words_too += [
            (part, entry.kind)
            for entry in roster
            if entry.kind == "PERSON"
            for part in _given_and_surname(entry.name)
            if is_ambiguous_form(part)
        ]
        self._words_too = Forms(words_too)

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        hits = list(self._forms.find(text))
        if not is_caseless(text):
            whole = [Span(hit.start, hit.end) for hit in hits]
            hits += [
                hit
                for hit in self._words_too.find(text)
                if is_written_as_name(text, hit.start, hit.end)
                and not any(one.covers(Span(hit.start, hit.end)) for one in whole)
            ]
        for hit in hits:
            yield Mention(
                place=Place.at(transcript.id, hit.start, hit.end),
                label=hit.key,
                score=points.ROSTER,
                sources=(Source.ROSTER,),
            )


def _given_and_surname(name: str) -> tuple[str, ...]:
    words = name.split()
    return tuple(w for w in (words[0], words[-1]) if len(words) > 1 and len(w) >= _LEAST_PART)


def is_written_as_name(text: str, start: int, end: int) -> bool:
    """Whether a listed form that is a word too has a capital that the word would not have here."""
    surface = text[start:end]
    if not surface[0].isupper() or (surface.isupper() and len(surface) <= _LONGEST_ACRONYM):
        return False
    return not (begins_sentence(text, start) and _GOES_ON.match(text, end))


_LONGEST_ACRONYM = 3  # letters: PA is no Pa


def is_ambiguous_form(form: str) -> bool:
    """True for a form of one word that is an ordinary word too."""
    folded = fold(form)
    return len(folded) == 1 and is_word_too(folded[0])
