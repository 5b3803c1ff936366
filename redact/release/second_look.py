"""G3: what a second look at the safe texts sees, and how many names are expected to be left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import floor

from redact.core import Span
from redact.formats.registry import stem_of
from redact.release.findings import Finding, Gate, GateResult
from redact.release.gates import SETTLE
from redact.release.looked_before import NEVER_LOOKED, LookedBefore
from redact.release.released import ReleasedText
from redact.risk.residual import Expected, missed_by_both, residual_names, with_case
from redact.study.search import line_of
from redact.transcript.words import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """What it sees in the safe texts, where; and how many names nobody has seen.

    `unseen` are expected beside what it sees now, if each of that is a name that detection and the
    reader missed. `before_reading` is what neither it nor detection saw: the names that a person
    marked since and it sees too count there as well, and whoever read may have found some of them.
    """

    findings: tuple[Finding, ...]
    words: int
    unseen: Expected
    before_reading: Expected
    to_keep: tuple[bytes, ...] = field(default=(), repr=False)  # looked_before.py

    @property
    def in_10_000_words(self) -> float:
        """Names left: those it sees, if each is one, and those expected beside them."""
        left = len(self.findings) + self.unseen.names
        return 10_000 * left / max(1, self.words)


NOT_LOOKED = SecondLook(
    findings=(), words=0, unseen=Expected(0, 0, 0), before_reading=Expected(0, 0, 0)
)


def second_look(
    texts: Iterable[ReleasedText],
    only_it: Mapping[bool, int],
    before: LookedBefore = NEVER_LOOKED,
) -> SecondLook:
    """Looks at the safe texts once more; no word of theirs is in what it gives back.

    An interview that is released in two formats is looked at once.
    `only_it` counts, by texts with case or without, the names that detection had missed, a person
    marked, and the second look sees in the original. What a reviewer said is no name is left out.
    Texts that were looked at `before` are not looked at again.
    """
    findings: list[Finding] = []
    seen: dict[bool, set[tuple[str, tuple[str, ...]]]] = {}
    count, looked_at = 0, set()
    chosen = []
    for released in texts:
        stem = stem_of(released.name.rpartition("/")[2])
        if released.is_transcript and stem not in looked_at:
            looked_at.add(stem)
            chosen.append(released)
    words = before.at(released.text for released in chosen)
    for released in chosen:
        text, stem = released.text, stem_of(released.name.rpartition("/")[2])
        sure = [(a.span.start, a.span.end) for a in released.sure]
        found = residual_names(text, sure, words[text])
        count += len(text.split())
        distinct = seen.setdefault(with_case(text), set())
        for one in found:
            line = line_of(text, one.start)
            there = Span(one.start - released.shift, one.end - released.shift)
            findings.append(
                Finding(where=released.name, line=line, what=one.why, doc=released.doc, span=there)
            )
            distinct.add((stem, fold(text[one.start : one.end])))
    now = {case: len(distinct) for case, distinct in seen.items()}
    ever = {case: names + only_it.get(case, 0) for case, names in now.items()}
    return SecondLook(
        findings=tuple(findings),
        words=count,
        unseen=missed_by_both(now),
        before_reading=missed_by_both(ever),
        to_keep=tuple(before.line(r.doc, r.text, words[r.text]) for r in chosen if r.doc),
    )


def gate_residual(look: SecondLook, most: float, passed_before: bool = False) -> GateResult:
    """G3: few names are left by a second look, built differently from detection.

    `most` is how many the policy bears in 10,000 words of transcripts: those it sees, if each is a
    name, and those that are expected beside them. What `passed_before` as a part of a larger
    release passes again: a withdrawal leaves fewer words, and tells nothing new.
    """
    seen, unseen = len(look.findings), look.unseen
    few = look.in_10_000_words <= most or passed_before
    allows = floor(most * look.words / 10_000)
    more = f", and about {unseen.names:.0f} more are expected" if round(unseen.names) else ""
    about = Finding(
        what=f"{seen} of {look.words:,} words {'look' if seen != 1 else 'looks'} like "
        f"{'names' if seen != 1 else 'a name'}{more}; your policy allows {allows}"
    )
    return GateResult(
        gate=Gate.SECOND_LOOK,
        findings=() if few else (about, *look.findings),
        remedy=SETTLE,
        explained={"a word like a name": seen} if few and seen else {},
    )
