"""The nouns of the book: what travels from a transcript to a release.

All are frozen. Offsets are Unicode code points of the transcript's text, end
exclusive. Fields that hold original words are never shown by `repr`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from redact.core.consent import Consent as Consent
from redact.core.seen_by import Source as Source
from redact.core.timed import Timed

VERSION = "0.1.0"

Label = Literal["PERSON", "PLACE", "ORG", "DATE", "AGE", "PHONE", "EMAIL", "URL", "ID", "DETAIL"]
NAMES: tuple[Label, ...] = ("PERSON", "PLACE", "ORG")
LABELS: tuple[Label, ...] = (*NAMES, "DATE", "AGE", "PHONE", "EMAIL", "URL", "ID")
DETAIL: Label = "DETAIL"  # only a person says so: what singles somebody out without a name

DOUBTFUL = 0.65  # the score below which a mention is shown to the reviewer first

Nation = Literal["Scotland", "United States", "unknown"]
Gender = Literal["woman", "man"]
Action = Literal[
    "label",
    "surrogate",
    "role",
    "category",
    "generalise",
    "month",
    "year",
    "shift",
    "band",
    "remove",
    "keep",
    "rewrite",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: start, and end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether they share a character: spans that only touch do not."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies in this one, edges included."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of one transcript; places are ordered by transcript, then by span."""

    transcript: str
    span: Span

    @classmethod
    def at(cls, transcript: str, start: int, end: int) -> Place:
        return cls(transcript, Span(start, end))

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end

    def overlaps(self, other: Place) -> bool:
        """Whether both lie in the same transcript and share a character."""
        return self.transcript == other.transcript and self.span.overlaps(other.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's stretch, its label and line end included; label parts where there are any."""

    start: int
    end: int
    speaker: Span | None = None
    time: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """A person as a table names them; `labels` are initials that may stand on the tape."""

    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """A row of interviews.csv: who was interviewed where. `more` holds its further columns.

    `file` is empty where the row names none. `labels` are initials or labels on the tape that the
    row gives without a name to each; `asked_by` are those of interviewers who stand so. `consent`
    is None where the table has no column for it.
    """

    interview: str = field(repr=False)
    file: str = field(repr=False)
    nation: Nation = "unknown"
    organisation: str = field(default="", repr=False)
    role: str = field(default="", repr=False)
    more: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    row: int = 0
    interviewees: tuple[ListedPerson, ...] = field(default=(), repr=False)
    interviewers: tuple[ListedPerson, ...] = field(default=(), repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)
    asked_by: tuple[str, ...] = field(default=(), repr=False)
    consent: Consent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """A row of roster.csv: a person, place or organisation the steward already knows.

    `labels` are initials and the like that may label them where they speak; they are no names.
    `interviewed_in` is the interview that the interviews table names them for; unlike `interview`,
    which a roster says, it does not bound where their lone names are looked for. `aside` says that
    a cell of somebody's row names this place or organisation, which has no row of its own.
    """

    row: int
    kind: Label
    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    role: str = field(default="", repr=False)
    organisation: str = field(default="", repr=False)
    nation: Nation = "unknown"
    gender: str = field(default="", repr=False)
    category: str = field(default="", repr=False)
    size: str = field(default="", repr=False)
    founded: str = field(default="", repr=False)
    town_class: str = field(default="", repr=False)
    interview: str = field(default="", repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)
    interviewed_in: str = field(default="", repr=False)
    aside: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


SpeakerKind = Literal["person", "role", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks in a transcript, or whom its header names by initials alone.

    `labels` are where turns name them; a role or a code is nobody, and stays. `letters` are a
    person's initials, folded, and `marks` their places in labels, legend and talk. `name` is what
    the label, the legend or the steward's tables (`why`) call them, "" where none does; `named` are
    its places in the text.
    """

    labels: tuple[Span, ...]
    kind: SpeakerKind
    letters: str = field(default="", repr=False)
    marks: tuple[Span, ...] = ()
    name: str = field(default="", repr=False)
    named: tuple[Span, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One interview as text with its turns; `organisation` is where it was held.

    `speakers` and `names` are what its structure gives away besides; `ends` are where its file
    begins a line, cell or cue that no name runs into; `times` are when stretches of the text are
    said, as far as the file tells.
    """

    id: str
    text: str = field(repr=False)
    turns: tuple[Turn, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    names: tuple[NamedSpan, ...] = ()
    ends: tuple[int, ...] = ()
    times: tuple[Timed, ...] = field(default=(), repr=False)
    nation: Nation = "unknown"
    organisation: str = field(default="", repr=False)
    interview: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name that the transcript's structure gives away, and what kind of name."""

    span: Span
    label: Label
    why: Source


@dataclass(frozen=True, slots=True)
class AtPlace:
    """What stands at a place of a transcript."""

    place: Place

    @property
    def transcript(self) -> str:
        return self.place.transcript

    @property
    def span(self) -> Span:
        return self.place.span

    @property
    def start(self) -> int:
        return self.place.span.start

    @property
    def end(self) -> int:
        return self.place.span.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(AtPlace):
    """A place in a transcript that points at someone or something: evidence, not yet identity."""

    label: Label
    score: float
    sources: tuple[Source, ...]
    kind: str | None = None

    def moved(self, start: int, end: int) -> Mention:
        """The same mention at another span of its transcript."""
        return replace(self, place=Place.at(self.transcript, start, end))


@dataclass(frozen=True, slots=True)
class Kept(AtPlace):
    """A place that looks like a mention and was left, with the rule that left it.

    `reason` is `kept_body` (with the policy's own `term`), `ordinary_word` or `reviewer`.
    """

    reason: Literal["kept_body", "ordinary_word", "reviewer"]
    term: str = ""


@dataclass(frozen=True, slots=True)
class Detection:
    """Everything detection decided about one transcript, in text order."""

    transcript: str
    mentions: tuple[Mention, ...]
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Mentions that came to an entity although linking was not sure, and how sure it was.

    The `score` is linking's own, above 0; 0 where an earlier pseudonym alone holds them there.
    """

    places: tuple[Place, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, place, organisation or identifier of the study.

    `why` names the rules that joined its mentions; `question` is set when a
    person should look (two people it might be); `renamed` is the pseudonym a person chose. Of a
    person, `gender` is what titles, relations, pronouns or the roster say, and `interviewed_in` the
    transcripts in which they are the interviewee. `owner` is the person whose address this is.
    `fits` are places, each of somebody it may be; `joins` what came to it over the study, and how
    surely; `action` is a person's, above the policy's.
    """

    id: str
    label: Label
    mentions: tuple[Mention, ...]
    kind: str | None = None
    why: tuple[str, ...] = ()
    question: str | None = None
    roster_row: int | None = None
    renamed: str | None = None
    gender: Gender | None = None
    interviewed_in: tuple[str, ...] = ()
    owner: str | None = None
    fits: tuple[Place, ...] = ()
    joins: tuple[Joined, ...] = ()
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens to an entity, by whose word, and why.

    `text` is what the safe text shows, `short` what it shows for an acronym if that is different.
    """

    entity: str
    action: Action
    pseudonym: str
    by: str
    reason: str
    text: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A span of the original text and what stands there in the safe text."""

    start: int
    end: int
    text: str
    entity: str
    safe_start: int = 0
    safe_end: int = 0


@dataclass(frozen=True, slots=True)
class SafeTranscript:
    """The text that may be shared, and how it came from the original."""

    id: str
    text: str
    replacements: tuple[Replacement, ...]
