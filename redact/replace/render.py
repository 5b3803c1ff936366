"""The safe transcript: every mention said as its decision has it, and the sentence kept whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from redact.core import DETAIL, Decision, Entity, Mention, Place, SafeTranscript, Transcript
from redact.link.scenes import is_family
from redact.policy import Policy
from redact.replace.check import require_same_structure
from redact.replace.decide import parts_of
from redact.replace.grammar import GRAMMAR, beside, capitalised, without_second_article
from redact.replace.labels import is_acronym, is_label
from redact.replace.names import NameParts, plural_of, said_with
from redact.replace.operators import operate
from redact.replace.personas import read_persona
from redact.replace.splice import Planned, splice
from redact.replace.wording import Said, in_template

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev)\.?\s+\Z", re.IGNORECASE)
_JOINT = re.compile(r"[ \t]*\Z")
# Of two labels over one place the more specific is meant: an address is more than the name in it.
_SPECIFIC = {"ID": 3, "EMAIL": 3, "URL": 3, "PHONE": 3, "DATE": 2, "AGE": 2, "ORG": 1}


def replace(
    transcript: Transcript,
    mentions: Iterable[tuple[Mention, Entity]],
    decisions: Mapping[str, Decision],
    policy: Policy,
    said: Mapping[str, Said],
) -> SafeTranscript:
    """The safe transcript; RedactError if it would not keep lines, turns, speakers and times."""
    text = transcript.text
    labels = [turn.speaker for turn in transcript.turns if turn.speaker]
    label_starts = {span.start for span in labels}
    label_ends = [span.end for span in labels]
    inside_label = {at for span in labels for at in range(span.start, span.end)}
    parts: dict[str, NameParts] = {}
    planned: list[Planned] = []
    chosen = _joined(text, _without_overlaps(mentions), decisions)
    for mention, entity in chosen:
        decision = decisions[entity.id]
        mine = said.get(entity.id, Said(()))
        if entity.id not in parts:
            parts[entity.id] = parts_of(mine) if read_persona(decision.pseudonym) else _NO_PARTS
        in_label = mention.start in inside_label
        new = _said(text, mention, entity, decision, parts[entity.id], in_label)
        new = in_template(entity, new, decision.pseudonym, policy, mine)
        exact = entity.label == DETAIL  # a person's own words
        if not in_label and not exact:
            new = without_second_article(text, mention.start, new)
            said_here = text[mention.start : mention.end]
            at = bisect_right(label_ends, mention.start) - 1
            label_end = label_ends[at] if at >= 0 else -1
            new = capitalised(text, mention.start, said_here, new, label_end)
        if decision.action == "keep" or _stands_already(text, mention, new):
            continue
        new = _with_breaks(text[mention.start : mention.end], new)
        planned.append((mention.start, mention.end, new, entity.id))
        if mention.start not in label_starts and not exact:
            planned += [
                (edit.start, edit.end, edit.text, GRAMMAR)
                for edit in beside(text, mention.start, mention.end, new)
            ]
    safe = splice(transcript.id, text, _apart_from_names(planned))
    require_same_structure(transcript, safe)
    return safe


_NO_PARTS = NameParts(frozenset(), frozenset(), "")


def _said(
    text: str,
    mention: Mention,
    entity: Entity,
    decision: Decision,
    parts: NameParts,
    in_label: bool,
) -> str:
    """What stands for this mention, before template and grammar."""
    said = text[mention.start : mention.end]
    family = entity.label == "PERSON" and is_family(text, mention.start, mention.end)
    if decision.action == "remove" and in_label:
        return decision.text  # a speaker without a label would be a turn less
    persona = read_persona(decision.pseudonym) if entity.label == "PERSON" else None
    if persona and decision.action == "surrogate":
        titled = _TITLE_BEFORE.search(text, max(0, mention.start - 12), mention.start) is not None
        new = said_with(persona, said, parts, text[mention.end : mention.end + 3], titled or family)
    elif decision.short and is_acronym(said):
        new = decision.short
    elif family and said.endswith("s") and is_label(decision.text) and len(said) > 3:
        new = plural_of(decision.text) if decision.text.endswith("]") else decision.text
    else:
        new = decision.text
    return operate(decision.action, said, new)


def _without_overlaps(
    mentions: Iterable[tuple[Mention, Entity]],
) -> list[tuple[Mention, Entity]]:
    """In text order; of two that overlap the longer, the more specific, the surer stays."""
    best = sorted(
        mentions,
        key=lambda pair: (
            pair[0].start - pair[0].end,
            -_SPECIFIC.get(pair[0].label, 0),
            -pair[0].score,
            pair[0].start,
        ),
    )
    taken: list[tuple[Mention, Entity]] = []
    occupied: set[int] = set()
    for mention, entity in best:
        span = range(mention.start, mention.end)
        if not occupied.intersection(span):
            occupied.update(span)
            taken.append((mention, entity))
    return sorted(taken, key=lambda pair: pair[0].start)


def _joined(
    text: str, mentions: list[tuple[Mention, Entity]], decisions: Mapping[str, Decision]
) -> list[tuple[Mention, Entity]]:
    """Two neighbours of one entity that show the same label are one: no "[Person 3] [Person 3]"."""
    joined: list[tuple[Mention, Entity]] = []
    for mention, entity in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last[1].id == entity.id
            and is_label(decisions[entity.id].text)
            and last[0].end < mention.start
            and _JOINT.match(text[last[0].end : mention.start])
        ):
            whole = Mention(Place.at(mention.transcript, last[0].start, mention.end), last[0].label,
                            last[0].score, last[0].sources, last[0].kind)  # fmt: skip
            joined[-1] = (whole, entity)
        else:
            joined.append((mention, entity))
    return joined


def _stands_already(text: str, mention: Mention, new: str) -> bool:
    """True if the source says just this already: a safe transcript read again stays as it is."""
    return (
        text[mention.start : mention.end] == new
        or text[max(0, mention.start - 1) : mention.end + 1] == new
    )


def _with_breaks(said: str, new: str) -> str:
    """With the line breaks of the original, so that lines and turns keep count."""
    breaks = _LINE_BREAK.findall(said)
    if breaks == _LINE_BREAK.findall(new):
        return new
    return " ".join(_LINE_BREAK.sub(" ", new).split()) + "".join(breaks)


def _apart_from_names(planned: list[Planned]) -> list[Planned]:
    """Without edits of grammar that lie in a mention."""
    names = {at for start, end, _, entity in planned if entity != GRAMMAR
             for at in range(start, end)}  # fmt: skip
    return [item for item in planned
            if item[3] != GRAMMAR or not names.intersection(range(item[0], item[1]))]  # fmt: skip
