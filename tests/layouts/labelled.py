"""The same figures over a gold file: its mentions that stand where a line or cue begins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from redact.core import Span
from redact.evaluate.gold import GoldDocument, GoldSpan, read_gold
from redact.policy import Policy
from redact.transcript.assemble import assemble
from tests.layouts.figures import Figures, measure, see_whole
from tests.layouts.gold import GoldPart, Kind, LaidOut
from tests.layouts.read import ReadLayout

# What may stand before a label on its line: a time, a number, marks of lists and of captions, a
# role or a title.
_BEFORE = re.compile(
    r"[ \t]*(?:<v |>>|\*\*|[-–(\[<|])?[ \t\d:.,()\[\]<>|-]*(?:[A-Z][A-Za-z]+ \()?"
    r"(?:(?:Rev|Dr|Mr|Mrs|Ms|Mother|MR|MRS|MS)\.? )*\Z"
)
_AFTER = re.compile(
    r"\.?(?:[^\S\n]?\([^()\n]{1,20}\))?(?:\*\*)?[\])>]?\*{0,2}"
    r"(?:[ \t]*[:>|–—\t]|[ \t]*-[ \t]| {2,}|\))"
)
_INITIALS = re.compile(r"(?:[A-Z]\.? ?){1,2}(?:Mc)?[A-Z]\.?\Z")
# A code in a speaker's place.
_CODE = re.compile(
    r"^[ \t]*(?:\[[\d:.]+\][ \t]*)?"
    r"(?P<code>(?:[A-Z]{1,4}|spk_)\d{1,3}|Speaker \d{1,2}|I|Int|INT|MOD|[RPQA])(?=[:.] )",
    re.MULTILINE,
)
_TIMES = re.compile(
    r"\d{1,2}:\d{2}:\d{2}[.,]\d{3} --> \d{1,2}:\d{2}:\d{2}[.,]\d{3}"
    r"|(?<=\[)\d{2}:\d{2}(?::\d{2})?(?=\])"
)
_TWICE = 2  # a label comes back


def measure_gold(path: Path, policy: Policy) -> Iterable[tuple[str, Figures]]:
    """By study, which is the name of a document without its last part, the figures."""
    studies: dict[str, Figures] = defaultdict(Figures)
    for document in read_gold(path):
        read = read_document(document)
        study = re.split(r"-(?=[^-]*\Z)", document.id)[0]
        studies[study] += measure(read, see_whole(read, policy))
    return studies.items()


def read_document(document: GoldDocument) -> ReadLayout:
    """A gold document with its speakers, initials, codes and times as parts; no turns."""
    people = [span for span in document.spans if span.label == "PERSON"]
    begins = Counter(
        document.text[one.start : one.end] for one in people if _is_label(document.text, one)
    )
    parts = []
    for one in people:
        words = document.text[one.start : one.end]
        in_label = begins[words] >= _TWICE and _is_label(document.text, one)
        kind: Kind = "initials" if _INITIALS.match(words) else "name"
        span = Span(one.start, one.end)
        parts.append(
            GoldPart(
                span=span,
                kind=kind,
                who=one.entity,
                in_label=in_label,
            )
        )
    taken = [Span(one.start, one.end) for one in document.spans]
    for match in _CODE.finditer(document.text):
        span = Span(*match.span("code"))
        if not any(span.overlaps(one) for one in taken):
            parts.append(GoldPart(span=span, kind="code", who=match["code"], in_label=True))
    for match in _TIMES.finditer(document.text):
        parts.append(GoldPart(span=Span(*match.span()), kind="mark"))
    laid = LaidOut(layout="gold", name=document.id, text=document.text, parts=(), turns=())
    corpus = assemble({document.id: document.text})
    return ReadLayout(laid=laid, corpus=corpus, parts=tuple(parts), turns=())


def _is_label(text: str, span: GoldSpan) -> bool:
    line = text.rfind("\n", 0, span.start) + 1
    return bool(
        _BEFORE.match(text[line : span.start]) and _AFTER.match(text[span.end : span.end + 40])
    )
