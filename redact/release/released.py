"""A text about to be released, and the stretches of it that decisions account for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import lru_cache

from redact.core import DETAIL, Kept, Replacement, SafeTranscript, Span
from redact.custody.payload import LinkageKey
from redact.transcript.words import Forms, fold

# Words that writing programs put into their files and that are names too: themes, languages.
OF_PROGRAMS = frozenset("berlin savon ion gallery facet droplet gb us office char".split())
# And of the names that the files of a release have.
OWN_NAMES = frozenset(
    """anonymisation changes codebook consent core crate csv data datacite datapackage ddi
    documentation docx dublin format guide html information interview interviews json log md
    metadata methods notes odt original pdf policy project projects qdpx readme redaction ro rtf
    scot sheet summary toml topic transcription transcripts txt us vtt srt xlsx xml""".split()
)
PSEUDONYM = "pseudonym"


@dataclass(frozen=True, slots=True, order=True)
class Accounted:
    """A stretch of a released text that is no leak, and the decision that says so."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a released table: where it stands in its text, whose row, and which column."""

    span: Span
    row: str
    column: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedText:
    """A text about to be released, with the stretches that decisions account for.

    `ours` are words of the tool's own and `template` what it says whatever the study; `strict`
    texts (tables) hold only what people filled in, in `cells`. `doc` is the document whose safe
    text begins at the offset `shift` of a transcript.
    """

    name: str
    text: str = field(repr=False)
    _: KW_ONLY
    sure: tuple[Accounted, ...] = field(default=(), repr=False)
    ours: frozenset[str] = frozenset()
    is_transcript: bool = False
    strict: bool = False
    doc: str | None = None
    shift: int = 0
    template: str = ""
    cells: tuple[Cell, ...] = ()

    def cell_at(self, there: Span) -> Cell | None:
        """The cell in which this span begins; None where there is none."""
        return next((c for c in self.cells if c.span.start <= there.start < c.span.end), None)

    def says_itself(self, there: Span) -> bool:
        """Whether the whole words at this span stand together in the tool's own template."""
        if not self.template:
            return False
        start, end = there.start, there.end
        while start > 0 and self.text[start - 1].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum():
            end += 1
        said = " ".join(fold(self.text[start:end]))
        return bool(said) and f" {said} " in _words_in_row(self.template)


@lru_cache(maxsize=32)
def _words_in_row(template: str) -> str:
    return f" {' '.join(fold(template))} "


def account_for(safe: SafeTranscript, kept: Iterable[Kept]) -> tuple[Accounted, ...]:
    """Stretches of the safe text that a recorded decision explains: kept spans and pseudonyms."""
    accounted = [
        Accounted(Span(r.safe_start, r.safe_end), PSEUDONYM)
        for r in safe.replacements
        if r.entity != DETAIL  # what a person wrote for a detail is searched like all else
    ]
    shifts = list(safe.replacements)
    at = shift = 0
    for item in sorted(kept, key=lambda k: k.start):
        while at < len(shifts) and shifts[at].end <= item.start:
            shift = shifts[at].safe_end - shifts[at].end
            at += 1
        accounted.append(Accounted(Span(item.start + shift, item.end + shift), item.reason))
    return tuple(sorted(accounted))


def keep_spans(text: str, terms: Iterable[str], reason: str = "kept_body") -> tuple[Accounted, ...]:
    """Where the policy's own kept terms stand in a document."""
    wanted = tuple(terms)
    spans = {Span(hit.start, hit.end) for hit in _forms_of(wanted).find(text)}
    for term in wanted:  # and as the policy itself spells it: "Carers (Scotland) Act"
        if term in text:
            spans |= {Span(*match.span()) for match in re.finditer(re.escape(term), text)}
    return tuple(Accounted(span, reason) for span in sorted(spans))


@lru_cache(maxsize=8)
def _forms_of(terms: tuple[str, ...]) -> Forms[str]:
    """The policy's terms ready to be looked for: every part of every file is asked for them."""
    return Forms((term, term) for term in terms)


def safe_transcripts(key: LinkageKey, texts: Mapping[str, str]) -> tuple[SafeTranscript, ...]:
    """Safe transcripts as the key remembers them; for an entity stands its kind."""
    return tuple(
        SafeTranscript(
            document.doc_id,
            texts[document.doc_id],
            tuple(
                Replacement(
                    start=r.start,
                    end=r.end,
                    text="",
                    entity=key.entries[r.entry].type,
                    safe_start=r.safe_start,
                    safe_end=r.safe_end,
                )
                for r in key.replacements_of(document.doc_id)
            ),
        )
        for document in key.documents
    )
