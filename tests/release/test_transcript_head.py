"""One head and one speaker scheme: codes are told and replaced, pseudonyms stay as they are."""

from __future__ import annotations

import re

import pytest

from redact.core import Entity, Replacement, RosterEntry, SafeTranscript, Span, Transcript, Turn
from redact.release.transcript_head import (
    SpeakerLabel,
    head_accounted,
    participant_of,
    relabelled,
    speaker_labels,
    template_head,
)


def transcript(text: str) -> Transcript:
    turns, at = [], 0
    for line in text.splitlines(keepends=True):
        label = re.match(r"[^:\n]+(?=:)", line)
        speaker = Span(at, at + label.end()) if label else None
        turns.append(Turn(start=at, end=at + len(line), speaker=speaker))
        at += len(line)
    return Transcript(id="D0001", text=text, turns=tuple(turns))


def safe(text: str, *replaced: tuple[str, str]) -> SafeTranscript:
    """The text with each of these words replaced, where they stand first and again."""
    found = sorted(
        (match.start(), match.end(), new)
        for old, new in replaced
        for match in re.finditer(re.escape(old), text)
    )
    out, items, at = "", [], 0
    for start, end, new in found:
        out += text[at:start]
        items.append(
            Replacement(
                start=start,
                end=end,
                text=new,
                entity="e1",
                safe_start=len(out),
                safe_end=len(out) + len(new),
            )
        )
        out += new
        at = end
    return SafeTranscript("D0001", out + text[at:], tuple(items))


CODES = "INT: Who are you?\nP11: I am Tabitha, P11 for you.\nINT: Aye.\n"


def test_codes_become_one_scheme_and_what_is_said_stays() -> None:
    shown = safe(CODES, ("Tabitha", "[Person 3]"))
    labels = speaker_labels(transcript(CODES), shown, (), "[Person 3]")
    assert [(one.typed, one.shown, one.role) for one in labels] == [
        ("INT", "Interviewer", "interviewer"),
        ("P11", "[Person 3]", "interviewee"),
    ]
    assert relabelled(shown.text, labels) == (
        "Interviewer: Who are you?\n[Person 3]: I am [Person 3], P11 for you.\nInterviewer: Aye.\n"
    )


def test_a_label_that_was_replaced_stays_as_it_is() -> None:
    text = "Speaker 1 (Ailsa): So?\nSpeaker 2 (Ishbel): So.\n"
    asks = RosterEntry(row=1, kind="PERSON", name="Ailsa", role="interviewer")
    shown = safe(text, ("Ailsa", "[Person 1]"), ("Ishbel", "[Person 2]"))
    labels = speaker_labels(transcript(text), shown, (asks,), "[Person 2]")
    assert all(one.is_pseudonym and one.shown == one.typed for one in labels)
    assert relabelled(shown.text, labels) == shown.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("INT: So?\nP1: Aye.\nP2: No.\n", ["Interviewer", "P1", "P2"]),  # a group: nobody is meant
        ("A: So?\nB: Aye.\n", ["A", "B"]),  # nobody says who asks
        ("INT: So?\nR: Aye.\n", ["Interviewer", "Participant R"]),
    ],
)
def test_who_is_not_known_keeps_their_code(text: str, shown: list[str]) -> None:
    labels = speaker_labels(transcript(text), safe(text), ())
    assert [one.shown for one in labels] == shown


def test_the_participant_is_told_only_where_there_is_one() -> None:
    one = Entity(id="e1", label="PERSON", mentions=(), interviewed_in=("D0001",))
    other = Entity(id="e2", label="PERSON", mentions=(), interviewed_in=("D0001", "D0002"))
    names = {"e1": "[Person 1]", "e2": "[Person 2]"}
    assert participant_of("D0001", [one, other], names) == ""
    assert participant_of("D0002", [one, other], names) == "[Person 2]"


def test_the_head_has_what_is_released_and_tells_what_was_typed() -> None:
    label = SpeakerLabel(
        spans=(Span(0, 3),),
        typed="INT",
        shown="Interviewer",
        role="interviewer",
        is_pseudonym=False,
    )
    row = {"interview": "one", "file": "transcripts/one.txt", "role": "manager", "year": "2019"}
    head = template_head("A  study", "one", row, [label], is_one_scheme=True)
    assert head.splitlines()[:5] == [
        "Study: A study",
        "Interview: one",
        "Year: 2019",
        "Role: manager",
        "Interviewer: Interviewer (typed as INT)",
    ]
    assert "typed as" not in template_head("A", "one", row, [label], is_one_scheme=False)
    said = {head[one.span.start : one.span.end]: one.reason for one in head_accounted(head, ())}
    assert said["A study"] == "depositor"
    assert "manager" not in said
