"""Names that the transcript's own structure or the steward's roster gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, RosterEntry, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.lexicon import is_never_name, is_word_too
from redact.transcript.turns import read_structure
from redact.transcript.vocabulary import one_of, word_list
from redact.transcript.words import APOSTROPHES, Forms, fold


class SpeakerRecognizer:
    """Names in speaker labels and header lines."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        for name in read_structure(transcript.text).names:
            span = name.span
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


class RosterRecognizer:
    """Every listed form, whatever its case or possessive; forms that are words need evidence.

    A form such as "Will" or "Hope" is left to the corpus evidence, which looks
    at case and sentence; a listed full name never is.
    """

    def __init__(self, roster: tuple[RosterEntry, ...]) -> None:
        self._forms = Forms(
            (form, entry.kind)
            for entry in roster
            for form in entry.forms
            if not is_ambiguous_form(form)
        )

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        for hit in self._forms.find(transcript.text):
            yield Mention(
                place=Place.at(transcript.id, hit.start, hit.end),
                label=hit.key,
                score=points.ROSTER,
                sources=(Source.ROSTER,),
            )


def is_ambiguous_form(form: str) -> bool:
    """True for a form of one word that is an ordinary word too."""
    folded = fold(form)
    return len(folded) == 1 and is_word_too(folded[0])
