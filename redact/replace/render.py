"""The safe transcript: every mention said as its decision has it, and the sentence kept whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes

from redact.core import DETAIL, Decision, SafeTranscript, Source, Span, Transcript
from redact.link.scenes import is_family
from redact.policy import Policy
from redact.replace.check import require_same_structure
from redact.replace.decide import parts_of
from redact.replace.grammar import GRAMMAR, beside, capitalised, without_second_article
from redact.replace.labels import inside, is_acronym, is_label, shown
from redact.replace.names import NameParts, plural_of, said_with
from redact.replace.personas import read_persona
from redact.replace.splice import EntityMention, Planned, splice
from redact.replace.wording import NO_WORDINGS, Wordings, in_template
from redact.transcript.vocabulary import TITLES, one_of
from redact.transcript.words import squash

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TITLE_BEFORE = re.compile(rf"\b{one_of(TITLES)}\.?\s+\Z", re.IGNORECASE)
_JOINT = re.compile(r"[ \t]*\Z")
# Of two labels over one place the more specific is meant: an address is more than the name in it.
_SPECIFIC = {"ID": 3, "EMAIL": 3, "URL": 3, "PHONE": 3, "DATE": 2, "AGE": 2, "ORG": 1}
_NO_PARTS = NameParts(frozenset(), frozenset(), "")


@dataclass(frozen=True, slots=True)
class _SpeakerLabels:
    """The spans of a transcript's speaker labels, in text order."""

    spans: tuple[Span, ...]

    def at(self, offset: int) -> Span | None:
        """The label in which this lies."""
        last = bisect_right(self.spans, offset, key=lambda span: span.start) - 1
        return self.spans[last] if last >= 0 and offset < self.spans[last].end else None

    def end_before(self, offset: int) -> int | None:
        """Where the last label that ends before this, or at it, has its end."""
        last = bisect_right(self.spans, offset, key=lambda span: span.end) - 1
        return self.spans[last].end if last >= 0 else None


@dataclass(frozen=True, slots=True)
class _Initials:
    """The initials of invented people that tell them apart in a transcript, by entity.

    Nobody has those of another speaker, nor what is a name of the study.
    """

    of_entity: Mapping[str, str]

    @classmethod
    def of(
        cls,
        mentions: Iterable[EntityMention],
        decisions: Mapping[str, Decision],
        wordings: Mapping[str, Wordings],
    ) -> _Initials:
        labelled = {
            one.entity.id for one in mentions if Source.SPEAKER_INITIALS in one.mention.sources
        }
        drawn = {
            entity: persona.given[0] + persona.family[0]
            for entity in sorted(labelled)
            if decisions[entity].action == "surrogate"
            and (persona := read_persona(decisions[entity].pseudonym))
        }
        if not drawn:
            return cls({})  # the forms of a whole study are many, and this is asked of each text
        counts = Counter(drawn.values())
        forms = {squash(form.text) for said in wordings.values() for form in said.forms}
        own = {e: short for e, short in drawn.items() if counts[short] == 1}
        return cls({e: short for e, short in own.items() if short.casefold() not in forms})

    def said(self, said: str, new: str, decision: Decision) -> str:
        """What stands for initials: those of the invented person, else that one's given name."""
        persona = read_persona(decision.pseudonym)
        if decision.action != "surrogate" or persona is None:
            return new
        short = self.of_entity.get(decision.entity)
        if short is None:
            return persona.given.upper() if said.isupper() else persona.given
        if "." in said:
            return f"{short[0]}.{short[1]}." if said.endswith(".") else f"{short[0]}.{short[1]}"
        return short.lower() if said.islower() else short


def replace(
    transcript: Transcript,
    mentions: Iterable[EntityMention],
    decisions: Mapping[str, Decision],
    policy: Policy,
    wordings: Mapping[str, Wordings],
    held: Sequence[Span] = (),
) -> SafeTranscript:
    """The safe transcript; RedactError if it would not keep lines, turns, speakers and times.

    What its decision would leave as it is, and touches a stretch that is `held`, gets its label.
    """
    text = transcript.text
    labels = _SpeakerLabels(tuple(turn.speaker for turn in transcript.turns if turn.speaker))
    mentions = list(mentions)
    initials = _Initials.of(mentions, decisions, wordings)
    parts: dict[str, NameParts] = {}
    planned: list[Planned] = []
    for one in _joined(text, _without_overlaps(mentions), decisions):
        entity, span = one.entity, one.mention.span
        decision = decisions[entity.id]
        if decision.action == "keep":
            continue
        mine = wordings.get(entity.id, NO_WORDINGS)
        if entity.id not in parts:
            parts[entity.id] = parts_of(mine) if read_persona(decision.pseudonym) else _NO_PARTS
        label = labels.at(span.start)
        new = _said(text, one, decision, parts[entity.id], in_label=label is not None)
        if Source.SPEAKER_INITIALS in one.mention.sources:
            new = initials.said(text[span.start : span.end], new, decision)
        new = in_template(entity, new, decision.pseudonym, policy, mine)
        exact = entity.label == DETAIL  # a person's own words
        if label is None and not exact:
            new = _in_sentence(text, span, new, labels.end_before(span.start))
        if _stands_already(text, span, new):
            new = shown(entity, decision.pseudonym)
            if _stands_already(text, span, new) or not any(one.overlaps(span) for one in held):
                continue
        around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
        if is_label(new) and around == "[]":
            new = inside(new)  # "[KW]" is "[Person 3]", not "[[Person 3]]"
        new = _with_breaks(text[span.start : span.end], new)
        planned.append(Planned(span, new, entity.id))
        opens_turn = label is not None and label.start == span.start
        if not opens_turn and not exact:
            planned += beside(text, span, new)
    safe = splice(transcript.id, text, _apart_from_names(planned))
    require_same_structure(transcript, safe)
    return safe


def _said(
    text: str, one: EntityMention, decision: Decision, parts: NameParts, *, in_label: bool
) -> str:
    """What stands for this mention, before template and grammar."""
    span, entity = one.mention.span, one.entity
    said = text[span.start : span.end]
    family = entity.label == "PERSON" and is_family(text, span.start, span.end)
    if decision.action == "remove":
        return decision.text if in_label else ""  # a speaker without a label would be a turn less
    persona = read_persona(decision.pseudonym) if entity.label == "PERSON" else None
    if persona and decision.action == "surrogate":
        titled = _TITLE_BEFORE.search(text, max(0, span.start - 16), span.start) is not None
        return said_with(persona, said, parts, text[span.end : span.end + 3], titled or family)
    if decision.short and is_acronym(said):
        return decision.short
    if family and said.endswith("s") and is_label(decision.text) and len(said) > 3:
        return plural_of(decision.text) if decision.text.endswith("]") else decision.text
    return decision.text


def _in_sentence(text: str, span: Span, new: str, label_end: int | None) -> str:
    """With one article and the capital that opens a sentence."""
    return capitalised(text, span, without_second_article(text, span.start, new), label_end)


def _without_overlaps(mentions: Iterable[EntityMention]) -> list[EntityMention]:
    """In text order; of two that overlap the longer, the more specific, the surer stays."""
    best = sorted(
        mentions,
        key=lambda one: (
            one.mention.start - one.mention.end,
            -_SPECIFIC.get(one.mention.label, 0),
            -one.mention.score,
            one.mention.start,
        ),
    )
    taken: list[EntityMention] = []
    occupied: set[int] = set()
    for one in best:
        characters = range(one.mention.start, one.mention.end)
        if not occupied.intersection(characters):
            occupied.update(characters)
            taken.append(one)
    return sorted(taken, key=lambda one: one.mention.start)


def _joined(
    text: str, mentions: list[EntityMention], decisions: Mapping[str, Decision]
) -> list[EntityMention]:
    """Two neighbours of one entity that show the same label are one: no "[Person 3] [Person 3]"."""
    joined: list[EntityMention] = []
    for one in mentions:
        last = joined[-1] if joined else None
        if last is not None and _shown_as_one(text, last, one, decisions):
            whole = last.mention.moved(last.mention.start, one.mention.end)
            joined[-1] = with_changes(last, mention=whole)
        else:
            joined.append(one)
    return joined


def _shown_as_one(
    text: str, last: EntityMention, one: EntityMention, decisions: Mapping[str, Decision]
) -> bool:
    between = text[last.mention.end : one.mention.start]
    if Source.SPEAKER_INITIALS in last.mention.sources:
        return False  # a label and the first word behind it
    same = last.entity.id == one.entity.id and is_label(decisions[one.entity.id].text)
    return same and between != "" and _JOINT.match(between) is not None


def _stands_already(text: str, span: Span, new: str) -> bool:
    """True if the source says just this already: a safe transcript read again stays as it is."""
    return new in (text[span.start : span.end], text[max(0, span.start - 1) : span.end + 1])


def _with_breaks(said: str, new: str) -> str:
    """With the line breaks of the original, so that lines and turns keep count."""
    breaks = _LINE_BREAK.findall(said)
    if breaks == _LINE_BREAK.findall(new):
        return new
    return " ".join(_LINE_BREAK.sub(" ", new).split()) + "".join(breaks)


def _apart_from_names(planned: list[Planned]) -> list[Planned]:
    """Without edits of grammar that lie in a mention."""
    names = sorted(item.span for item in planned if item.entity != GRAMMAR)
    return [item for item in planned if item.entity != GRAMMAR or not _lies_in(item.span, names)]


def _lies_in(span: Span, names: list[Span]) -> bool:
    """Whether it overlaps one of these, which are apart and in text order."""
    last = bisect_right(names, span.end - 1, key=lambda name: name.start) - 1
    return last >= 0 and names[last].overlaps(span)
