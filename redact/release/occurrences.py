"""The anonymisation log place by place: where something was replaced, by what, under which rule.

It is for those who may have the transcripts, in `restricted/`; everybody has the tally. Where names
of people are invented it tells which of them are, and so which are not: a name that was missed
stands out. It never says what was there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from redact.core import DETAIL, Action, Span
from redact.custody.payload import LinkageKey
from redact.policy import Policy
from redact.release.datalist import inert
from redact.release.package import Made
from redact.release.papers import NOTHING_CHOSEN, rule_of
from redact.release.released import PSEUDONYM, Accounted, ReleasedText
from redact.study.search import line_of, words_of

OCCURRENCES = "restricted/anonymisation-occurrences.csv"
OCCURRENCE_COLUMNS = ("file", "line", "kind", "replacement", "rule", "decided_by")


def occurrences(
    key: LinkageKey,
    policy: Policy,
    texts: Iterable[ReleasedText],
    chosen: Mapping[str, Action] = NOTHING_CHOSEN,
) -> Made:
    """A row for each place of each transcript, in the order of the files; an empty replacement says
    that nothing stands there now. A transcript that is released in two formats is told once."""
    lines = [",".join(OCCURRENCE_COLUMNS) + "\n"]
    at = len(lines[0])
    sure, said, told = [], set(lines[0].split(",")), set()
    for released in texts:
        if not released.is_transcript or released.doc is None or released.doc in told:
            continue
        told.add(released.doc)
        for item in key.replacements_of(released.doc):
            entry = key.entries[item.entry]
            start, end = released.shift + item.safe_start, released.shift + item.safe_end
            kind, rule = rule_of(entry.type, policy, chosen.get(entry.pseudonym))
            now = inert(released.text[start:end])
            before = _row(released.name, str(line_of(released.text, start)), kind, "")
            behind = _row(rule, inert(entry.decided_by))
            cell = _row(now) if now else ""
            lines.append(f"{before}{cell},{behind}\n")
            if kind != DETAIL:
                sure.append(
                    Accounted(Span(at + len(before), at + len(before) + len(cell)), PSEUDONYM)
                )
            said |= {released.name, kind, rule, entry.decided_by}
            at += len(lines[-1])
    ours = words_of(" ".join(sorted(said)))
    rules = sorted({rule_of(one.type, policy, chosen.get(one.pseudonym))[1] for one in key.entries})
    template = "\n".join((*OCCURRENCE_COLUMNS, *rules))
    return Made(
        name=OCCURRENCES, text="".join(lines), ours=ours, template=template, sure=tuple(sure)
    )


def _row(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
