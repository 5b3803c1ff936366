"""Who speaks where, and each mention of a person as linking sees it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from redact.core import Mention, RosterEntry, Span, Speaker, Transcript, Turn
from redact.detect.gazetteer import name_fact
from redact.link.names import read_name, turned
from redact.transcript.tokens import letters_of
from redact.transcript.words import fold

Role = Literal["interviewer", "interviewee", ""]
_INTERVIEWERS = frozenset("int interviewer i q researcher moderator facilitator".split())
_CONTEXT = 70  # code points looked at before a mention
_INTRODUCED = re.compile(r"\b(?:I['’]m|I am|my name(?:['’]s| is)|name is)\s+\Z", re.IGNORECASE)
_GREETED = re.compile(r"\b(?:you['’]re|you are|this is|thank you|thanks)[,\s]+\Z", re.IGNORECASE)
_HEADED = re.compile(
    r"\s*(?:participants?|interviewees?|respondents?|name)\s*:[^\r\n]*\Z", re.IGNORECASE
)
_OPENING = 40  # code points
_WORD = re.compile(r"\w")
_FIRST_TURNS = 5  # within which an interviewee says who they are
_GROUP = re.compile(r"\b(?:the|them|thae)\s+\Z", re.IGNORECASE)
_ONE_OF_GROUP = re.compile(r"\ban?\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """A mention of a person: the name's words, and what stands around it.

    `group` is a family spoken of as one ("the Nicolsons", "a Nicolson"); `labelled` a speaker
    label; `own` how the speakers say that this is the interviewee; `said_by` the part of who
    speaks, in which `turn`, that begins at `said_from` of the transcript's `text`. `voice` is the
    folded label of who speaks, `listener` that of who alone speaks before and after; `opening` is
    what they said before the name if that is little, and `closes` says that no more follows. Of
    initials, their letters and whom the transcript's structure says that they stand for.
    """

    mention: Mention
    words: tuple[str, ...] = field(repr=False)
    title: str
    kin: bool
    group: bool
    labelled: bool
    own: bool
    said_by: Role
    text: str = field(repr=False)
    said_from: int
    transcript: str
    turn: int
    place: str = field(repr=False)
    interview: str = field(repr=False)
    voice: tuple[str, ...] = field(default=(), repr=False)
    listener: tuple[str, ...] = field(default=(), repr=False)
    opening: str | None = field(default=None, repr=False)
    closes: bool = False
    initials: str = field(default="", repr=False)
    stands_for: Speaker | None = field(default=None, repr=False)

    @property
    def before(self) -> str:
        """What stands before the name in its turn; a little of it."""
        start = self.mention.start
        return self.text[max(self.said_from, start - _CONTEXT) : start]

    @property
    def after(self) -> str:
        """A little of what follows the name."""
        return self.text[self.mention.end : self.mention.end + _CONTEXT]

    @property
    def full(self) -> bool:
        return len(self.words) > 1


def read_uses(
    transcript: Transcript, mentions: Iterable[Mention], roster: tuple[RosterEntry, ...]
) -> list[NameUse]:
    """The transcript's mentions of persons, in order."""
    roles = roles_of(transcript, roster)
    voices = _voices(transcript)
    starts = [turn.start for turn in transcript.turns]
    text = transcript.text
    marked = {mark.start: speaker for speaker in transcript.speakers for mark in speaker.marks}
    place = transcript.organisation.casefold()
    lettered = {speaker.letters: speaker for speaker in transcript.speakers if speaker.letters}
    uses = []
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        turn = transcript.turns[at] if at >= 0 else None
        labelled = bool(turn and turn.speaker and _lies_in(mention, turn.speaker))
        said = text[mention.start : mention.end]
        letters = letters_of(said) if lettered else ""
        marks = marked.get(mention.start) or lettered.get(letters)
        name = read_name(text, mention.start, mention.end)
        lone = len(name.words) == 1 and not name.title
        label = turn.speaker if turn else None
        said_from = label.end if label else turn.start if turn else 0
        group = lone and is_family(text, mention.start, mention.end)
        uses.append(
            NameUse(
                mention=mention,
                words=turned(name.words, said),
                title=name.title,
                kin=name.is_kin,
                group=group,
                labelled=labelled,
                own=not labelled and _is_own(roles[at] if at >= 0 else "", at, text, turn, mention),
                said_by=roles[at] if at >= 0 else "",
                text=text,
                said_from=turn.start if turn else 0,
                transcript=transcript.id,
                turn=at,
                place=place,
                interview=transcript.interview or transcript.id,
                voice=voices[at] if at >= 0 else (),
                listener=_listener(voices, at),
                opening=None if labelled else _opening(text, said_from, mention.start),
                closes=turn is not None and not _WORD.search(text, mention.end, turn.end),
                initials=marks.letters if marks else "",
                stands_for=marks,
            )
        )
    return uses


def _voices(transcript: Transcript) -> list[tuple[str, ...]]:
    """The folded label of each turn."""
    labels = (turn.speaker for turn in transcript.turns)
    return [fold(transcript.text[one.start : one.end]) if one else () for one in labels]


def _listener(voices: list[tuple[str, ...]], at: int) -> tuple[str, ...]:
    """Who speaks both before and after this turn, if that is one and not its speaker."""
    around = {voices[n] for n in (at - 1, at + 1) if 0 <= n < len(voices)} - {()}
    return around.pop() if len(around) == 1 and voices[at] not in around else ()


def _opening(text: str, start: int, end: int) -> str | None:
    """What somebody said before a name that they begin with, nearly; nothing if it is more."""
    return text[start:end].lstrip(":>*.)] \t\r\n") if end - start <= _OPENING else None


def _lies_in(mention: Mention, label: Span) -> bool:
    """Whether a mention is in a label; a title before the name may stand outside of it."""
    return label.start < mention.end <= label.end


def _is_own(role: Role, at: int, text: str, turn: Turn | None, mention: Mention) -> bool:
    """Whether header or talk say so: "Participant: …", "I'm …", an early answer, "So you're …"."""
    if turn is None:
        return False
    if turn.speaker is None and _HEADED.match(text, turn.start, mention.start):
        return True
    behind = turn.speaker is not None and turn.speaker.end <= mention.start
    said = text[turn.speaker.end if turn.speaker and behind else turn.start : mention.start]
    if role == "interviewee" and turn.speaker:
        label = set(fold(text[turn.speaker.start : turn.speaker.end]))
        named = fold(text[mention.start : mention.end])
        if at <= _FIRST_TURNS and len(named) > 1 and label & set(named):
            return True
    if role == "interviewee":
        opens = at <= _FIRST_TURNS and not re.search(r"\w", said)
        return opens or bool(_INTRODUCED.search(said))
    return role == "interviewer" and at <= _FIRST_TURNS and bool(_GREETED.search(said))


def is_family(text: str, start: int, end: int) -> bool:
    """True where a lone name at this place is a whole family's: "the Nicolsons", "a Nicolson"."""
    before = text[max(0, start - 10) : start]
    plural = end < len(text) and text[end - 1] == "s"
    many = _GROUP.search(before) and _many(text, end, plural)
    one = _ONE_OF_GROUP.search(before)
    if one and (word := fold(text[start:end])):
        fact = name_fact(word[0])
        one = one if fact.family >= fact.given else None  # "a Nicolson", not "a Lesley"
    return bool(many or one)


def _many(text: str, end: int, plural: bool) -> bool:
    """After "the": the name in the plural, or a family, lot or boys of that name."""
    return plural or bool(
        re.match(r"s\b|\s+(?:family|lot|boys|girls|brothers|sisters)\b", text[end:])
    )


def roles_of(transcript: Transcript, roster: tuple[RosterEntry, ...]) -> list[Role]:
    """The part of each turn's speaker, as far as labels and tables tell."""
    here = transcript.interview
    own = _words_of(e for e in roster if here and here in (e.interview, e.interviewed_in))
    asking = _words_of(e for e in roster if "interviewer" in e.role.casefold())
    labels = [
        fold(transcript.text[turn.speaker.start : turn.speaker.end]) if turn.speaker else ()
        for turn in transcript.turns
    ]
    known: dict[tuple[str, ...], Role] = {}
    for label in labels:
        said = set(label)
        if said & (_INTERVIEWERS | asking):
            known[label] = "interviewer"
        elif said & own:
            known[label] = "interviewee"
    others = {label for label in labels if label} - set(known)
    if len(others) == 1 and len(set(known.values())) == 1:
        (other,) = others
        known[other] = "interviewee" if "interviewer" in known.values() else "interviewer"
    return [known.get(label, "") for label in labels]


def _words_of(entries: Iterable[RosterEntry]) -> set[str]:
    return {word for entry in entries for form in entry.forms for word in fold(form)}
