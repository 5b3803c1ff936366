"""Names that the transcript's own structure or the steward's roster gives away."""

from __future__ import annotations

from collections.abc import Iterator

from redact.core import NAMES, Label, Mention, RosterEntry, Transcript
from redact.detect.lexicon import is_word_too
from redact.transcript.turns import read_structure
from redact.transcript.words import Forms, fold


class SpeakerRecognizer:
    """Names in speaker labels and header lines."""

    labels: tuple[Label, ...] = NAMES

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        for name in read_structure(transcript.text).names:
            span = name.span
            yield Mention(transcript.id, span.start, span.end, name.label, 0.95, (name.why,))


class RosterRecognizer:
    """Every listed form, whatever its case or possessive; forms that are words need evidence.

    A form such as "Will" or "Hope" is left to the corpus evidence, which looks
    at case and sentence; a listed full name never is.
    """

    labels: tuple[Label, ...] = NAMES

    def __init__(self, roster: tuple[RosterEntry, ...]) -> None:
        self._forms = Forms(
            (form, entry.kind)
            for entry in roster
            for form in entry.forms
            if not is_ambiguous_form(form)
        )

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        for hit in self._forms.find(transcript.text):
            label: Label = hit.key  # type: ignore[assignment]
            yield Mention(transcript.id, hit.start, hit.end, label, 0.99, ("roster",))


def is_ambiguous_form(form: str) -> bool:
    """True for a form of one word that is an ordinary word too."""
    folded = fold(form)
    return len(folded) == 1 and is_word_too(folded[0])
