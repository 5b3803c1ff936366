"""What stands above a released transcript, and one way to name its speakers: the policy's choice.

The template is after the UK Data Service's model transcript (ukdataservice.ac.uk, "Transcribing
qualitative data"): study, interview, date, interviewer, setting, then who speaks under which label.
Cells of the data list are there only where the policy releases them. Of the speakers' labels only
codes are changed (INT, P11); what was replaced is the person's pseudonym already.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from redact.core import Entity, RosterEntry, SafeTranscript, Span, Transcript
from redact.link.scenes import Role, roles_of
from redact.release.datalist import COUNTED
from redact.release.released import PSEUDONYM, Accounted
from redact.replace.splice import moved

_RULE = "-" * 40
_USUAL = ("date", "year", "setting", "mode", "duration")  # columns that the template has by name
INTERVIEWER, PARTICIPANT = "Interviewer", "Participant"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerLabel:
    """A label as it stands in the safe text, and what it is called where there is one scheme.

    `is_pseudonym` says that something in it was replaced: it stays as it is.
    """

    spans: tuple[Span, ...]
    typed: str = field(repr=False)
    shown: str
    role: Role
    is_pseudonym: bool


def speaker_labels(
    transcript: Transcript,
    safe: SafeTranscript,
    roster: tuple[RosterEntry, ...],
    participant: str = "",
) -> tuple[SpeakerLabel, ...]:
    """The labels of a transcript, in the order in which they speak first.

    `participant` is the pseudonym of whom it was held with, where they are known.
    """
    places: dict[str, list[Span]] = {}
    roles: dict[str, Role] = {}
    replaced: dict[str, bool] = {}
    for turn, role in zip(transcript.turns, roles_of(transcript, roster), strict=True):
        if turn.speaker is None:
            continue
        there = Span(moved(safe, turn.speaker.start), moved(safe, turn.speaker.end))
        typed = safe.text[there.start : there.end]
        if not typed.strip():
            continue
        places.setdefault(typed, []).append(there)
        roles[typed] = roles.get(typed) or role
        replaced[typed] = replaced.get(typed, False) or any(
            item.start < turn.speaker.end and turn.speaker.start < item.end
            for item in safe.replacements
        )
    alone = sum(role == "interviewee" for role in roles.values()) == 1
    return tuple(
        SpeakerLabel(
            spans=tuple(spans),
            typed=typed,
            shown=_shown(typed, roles[typed], replaced[typed], participant if alone else ""),
            role=roles[typed],
            is_pseudonym=replaced[typed],
        )
        for typed, spans in places.items()
    )


def _shown(typed: str, role: Role, is_pseudonym: bool, participant: str) -> str:
    if is_pseudonym or not role:
        return typed
    return INTERVIEWER if role == "interviewer" else participant or f"{PARTICIPANT} {typed}"


def relabelled(text: str, labels: Iterable[SpeakerLabel]) -> str:
    """The safe text with every label as it is shown; no line is added or left out."""
    pieces, at = [], 0
    places = [(span, label.shown) for label in labels for span in label.spans]
    for span, shown in sorted(places, key=lambda one: one[0]):
        pieces += [text[at : span.start], shown]
        at = span.end
    return "".join([*pieces, text[at:]])


def participant_of(doc: str, entities: Iterable[Entity], shown: Mapping[str, str]) -> str:
    """The pseudonym of the one person whom an interview was held with; nothing where several or
    none are known. `shown` are pseudonyms by entity."""
    theirs = [
        shown.get(e.id, "") for e in entities if e.label == "PERSON" and doc in e.interviewed_in
    ]
    return theirs[0] if len(theirs) == 1 else ""


def template_head(
    study: str,
    interview: str,
    row: Mapping[str, str],
    labels: Iterable[SpeakerLabel],
    is_one_scheme: bool,
) -> str:
    """The head as the template has it: a line a fact, then a rule and an empty line."""
    lines = [f"Study: {' '.join(study.split())}", f"Interview: {interview}"]
    said = {column: cell for column, cell in row.items() if cell and column not in COUNTED}
    lines += [f"{column.capitalize()}: {said[column]}" for column in _USUAL if column in said]
    rest = (one for one in said if one not in (*_USUAL, "interview", "file"))
    lines += [f"{column.capitalize()}: {said[column]}" for column in rest]
    for label in labels:
        now = label.shown if is_one_scheme else label.typed
        typed = f" (typed as {label.typed})" if now != label.typed else ""
        called = {"interviewer": INTERVIEWER, "interviewee": PARTICIPANT}.get(label.role, "Speaker")
        lines.append(f"{called}: {now}{typed}")
    return "\n".join([*lines, _RULE, "", ""])


def head_accounted(head: str, pseudonyms: Container[str]) -> tuple[Accounted, ...]:
    """What stands in the template by our own hand or under a pseudonym, for the gates; the study's
    title is in the metadata too, where the gates ask for every word of it."""
    found, at = [], 0
    for line in head.splitlines(keepends=True):
        key, colon, said = line.rstrip("\n").partition(": ")
        if colon:
            found.append(Accounted(Span(at, at + len(key)), "ordinary_word"))
            behind = at + len(key + colon)
            if key == "Study":
                found.append(Accounted(Span(behind, behind + len(said)), "depositor"))
            elif said in pseudonyms:
                found.append(Accounted(Span(behind, behind + len(said)), PSEUDONYM))
        at += len(line)
    return tuple(found)
