"""Every task on the road, with how it stands: what the home of a study shows.

The counts are those that the gates of a release use (`Room.waits`); nothing is counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from redact.rendering import counted

_WORDS_A_MINUTE = 200  # that somebody reads who also looks at the safe text
_ANSWERS_A_MINUTE = 2
_COUNTING = "Counting …"


class TaskState(StrEnum):
    """How loud a status is: what is finished is quiet, what waits for a person is not."""

    DONE = "done"
    ASK = "ask"
    GOING = "going"
    LOOK = "look"
    STOP = "stop"
    WAIT = "wait"


class RoadStep(StrEnum):
    """The steps of the road, in their order."""

    PREPARE = "Prepare"
    WHO = "Who is who"
    READ = "Read"
    CHECK = "Check"
    RELEASE = "Release"
    KEEP = "Keep safe"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadCounts:
    """What the tasks are told from.

    `open_words` and `unread` are of the gates, `others` the gates that no answer about words
    settles; `is_asked` is false as long as the gates have not answered. `unsure` are places in
    transcripts, `custodians` those who can open the key, `due` what is to be called back or
    overdue, `incidents` those that are open.
    """

    transcripts: int
    words_to_read: int
    questions: int
    unsure: int
    unread: int
    open_words: int
    others: tuple[str, ...]
    counts_refused: bool
    described: int
    to_describe: int
    asks_reading: bool
    is_second_read: bool
    releases: int
    given: int
    custodians: int
    drilled: str
    due: int = 0
    incidents: int = 0
    first_unread: str = ""
    is_asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row: what is to do, what it is about, where it is done, and how it stands."""

    step: RoadStep
    name: str
    what: str
    path: str
    state: TaskState
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The one thing to do next, why, and the words on its button."""

    name: str
    why: str
    button: str
    path: str


def tasks_of(seen: RoadCounts) -> tuple[Task, ...]:
    """Every task in the order of the road."""
    return (
        Task(
            step=RoadStep.PREPARE,
            name="Choose the transcripts",
            what=f"{counted(seen.transcripts, 'interview')}, as they were read",
            path="/sources",
            state=TaskState.DONE,
            said="Completed",
        ),
        Task(
            step=RoadStep.WHO,
            name="Say who is meant",
            what="Names that could be two people, or two names of one",
            path="/entities",
            state=TaskState.ASK if seen.questions else TaskState.DONE,
            said=f"{seen.questions} to answer" if seen.questions else "Completed",
        ),
        *_reading(seen),
        *_checking(seen),
        *_releasing(seen),
        *_keeping(seen),
    )


def _reading(seen: RoadCounts) -> tuple[Task, ...]:
    read = seen.transcripts - seen.unread
    unsure = f"; {counted(seen.unsure, 'place')} to look at in them" if seen.unsure else ""
    if not seen.unread:
        state, said = TaskState.DONE, "Completed"
    elif read:
        state, said = TaskState.GOING, f"{read} of {seen.transcripts} read"
    else:
        state, said = TaskState.LOOK, f"{seen.unread} not read yet"
    must = "" if seen.asks_reading else ". What it is for asks no reading; read it all the same"
    return (
        Task(
            step=RoadStep.READ,
            name="Read each interview",
            what=f"Beside its safe text{unsure}{must}",
            path="/",
            state=state,
            said=said,
        ),
        Task(
            step=RoadStep.READ,
            name="Decide on words that may be names",
            what="Nobody has explained them, and a release waits for it",
            path="/open",
            state=TaskState.LOOK if seen.open_words else _quiet(seen),
            said=f"{seen.open_words} to look at"
            if seen.open_words
            else "Completed"
            if seen.is_asked
            else _COUNTING,
        ),
        Task(
            step=RoadStep.READ,
            name="Look for what was missed",
            what="Capitals and rare words that nothing caught",
            path="/missed",
            state=TaskState.WAIT,
            said="Optional",
        ),
        Task(
            step=RoadStep.READ,
            name="Decide on telling details",
            what="“The only”, a role with a place, what was in the papers",
            path="/details",
            state=TaskState.WAIT,
            said="Optional",
        ),
        Task(
            step=RoadStep.READ,
            name="Ask a second reader",
            what="It tells how many names are probably still missed",
            path="/second" if seen.is_second_read else "/#assign",
            state=TaskState.DONE if seen.is_second_read else TaskState.WAIT,
            said="Begun" if seen.is_second_read else "Optional",
        ),
    )


def _checking(seen: RoadCounts) -> tuple[Task, ...]:
    left = seen.to_describe - seen.described
    return (
        Task(
            step=RoadStep.CHECK,
            name="See what it still tells",
            what="Whether interviews can be told apart with every name gone",
            path="/tells",
            state=TaskState.STOP if seen.counts_refused else TaskState.WAIT,
            said="Needs a decision" if seen.counts_refused else "Optional",
        ),
        Task(
            step=RoadStep.CHECK,
            name="Describe the study",
            what="For a catalogue; a copy for a colleague does without",
            path="/describe",
            state=TaskState.GOING if seen.described and left else TaskState.WAIT,
            said=f"{seen.described} of {seen.to_describe} answered"
            if seen.described
            else "Optional",
        )
        if left
        else Task(
            step=RoadStep.CHECK,
            name="Describe the study",
            what="For a catalogue",
            path="/describe",
            state=TaskState.DONE,
            said="Completed",
        ),
    )


def _releasing(seen: RoadCounts) -> tuple[Task, ...]:
    left = open_things(seen)
    if not seen.is_asked:
        what, said = "What is open is being counted", _COUNTING
    else:
        what = f"What is open: {', '.join(left)}" if left else "Nothing is open any more"
        said = "Not yet" if left else f"{seen.releases} made" if seen.releases else "Can start"
    made = Task(
        step=RoadStep.RELEASE,
        name="Make the release",
        what=what,
        path="/before",
        state=TaskState.WAIT if left or not seen.releases else TaskState.DONE,
        said=said,
    )
    return (
        made if left or seen.releases or not seen.is_asked else replace(made, state=TaskState.ASK),
        Task(
            step=RoadStep.RELEASE,
            name="Say who was given it",
            what="The register: who has what, on which terms, and what became of it",
            path="/register" if seen.releases else "",
            state=TaskState.STOP if seen.due else TaskState.DONE if seen.given else TaskState.WAIT,
            said=f"{seen.due} to call back"
            if seen.due
            else counted(seen.given, "handing over", "handings over")
            if seen.given
            else "Optional"
            if seen.releases
            else "Cannot start yet",
        ),
    )


def _quiet(seen: RoadCounts) -> TaskState:
    return TaskState.DONE if seen.is_asked else TaskState.WAIT


def _keeping(seen: RoadCounts) -> tuple[Task, ...]:
    alone = seen.custodians == 1
    return (
        Task(
            step=RoadStep.KEEP,
            name="See who can open the real names",
            what="If you lose your passphrase, nobody can"
            if alone
            else "Each of them can open the originals alone",
            path="/keep",
            state=TaskState.ASK if alone else TaskState.DONE,
            said="Only you" if alone else f"{seen.custodians} can",
        ),
        Task(
            step=RoadStep.KEEP,
            name="Try whether the key opens",
            what="Nothing is shown, and the log has the day",
            path="/keep#drill",
            state=TaskState.DONE if seen.drilled else TaskState.WAIT,
            said=f"Tried on {seen.drilled}" if seen.drilled else "Not tried yet",
        ),
        Task(
            step=RoadStep.KEEP,
            name="Take a participant out",
            what="If somebody withdraws",
            path="/withdraw",
            state=TaskState.WAIT,
            said="If needed",
        ),
        Task(
            step=RoadStep.KEEP,
            name="Report a name that was found",
            what="After a release: it is hidden, and you see whom to tell",
            path="/incident",
            state=TaskState.STOP if seen.incidents else TaskState.WAIT,
            said=f"{seen.incidents} open" if seen.incidents else "If needed",
        ),
    )


def open_things(seen: RoadCounts) -> list[str]:
    """What a release waits for, each with its number."""
    left = []
    if seen.asks_reading and seen.unread:
        left.append(f"{counted(seen.unread, 'interview')} to read")
    if seen.open_words:
        left.append(f"{counted(seen.open_words, 'word')} that may be names")
    return [*left, *seen.others]


def next_of(seen: RoadCounts) -> NextStep | None:
    """The one thing that is most useful now; None where all is done."""
    if seen.incidents:
        return NextStep(
            name="see to the name that was found",
            why="A name can be read in a release. Those who have it are to be told.",
            button="See what is left to do",
            path="/incident",
        )
    if seen.due:
        return NextStep(
            name="call a release back",
            why=f"{counted(seen.due, 'holder')} should not have it any more.",
            button="See the register",
            path="/register",
        )
    if seen.questions:
        minutes = _minutes(seen.questions / _ANSWERS_A_MINUTE)
        return NextStep(
            name="say who is meant",
            why=f"{counted(seen.questions, 'name')} could be two people, or two names of one "
            f"person. Answering takes {minutes}.",
            button="Answer the first question",
            path="/entities",
        )
    if seen.unread:
        minutes = _minutes(seen.words_to_read / _WORDS_A_MINUTE)
        return NextStep(
            name="read the next interview",
            why=f"{counted(seen.unread, 'interview')} not read yet. Reading them takes {minutes}.",
            button="Read it",
            path=f"/t/{seen.first_unread}" if seen.first_unread else "/",
        )
    if seen.open_words:
        return NextStep(
            name="decide on words that may be names",
            why=f"{counted(seen.open_words, 'word')} that nobody has explained. It takes "
            f"{_minutes(seen.open_words / _ANSWERS_A_MINUTE)}.",
            button="Decide on the first",
            path="/open",
        )
    if not seen.is_asked:
        return None
    if seen.others or not seen.releases:
        why = "A release waits for a decision." if seen.others else "Nothing is open any more."
        return NextStep(
            name="see what goes out" if not seen.others else "see what is still open",
            why=why,
            button="Go to the release",
            path="/before",
        )
    if not seen.given:
        return NextStep(
            name="say who was given the release",
            why="Then the next one tells them what changed, and a withdrawal says whom to tell.",
            button="Say who has it",
            path="/register#give",
        )
    if seen.custodians == 1:
        return NextStep(
            name="let somebody else hold a key",
            why="If you lose your passphrase, nobody can open the real names.",
            button="See who can open it",
            path="/keep",
        )
    return None


def _minutes(number: float) -> str:
    if number < 1.5:
        return "about a minute"
    if number < 90:
        return f"about {round(number) if number < 10 else round(number / 5) * 5} minutes"
    return f"about {round(number / 60)} hours"
