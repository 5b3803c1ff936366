"""A layout as a recipe: the line of a label, what form of a name stands in it, head and foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from string import Formatter

from redact.core import Interview, RosterEntry
from tests.layouts.cast import SAID_TOO, WORDY, Cast, Member, draw_cast
from tests.layouts.gold import Bit, LaidOut, Page, Words, with_breaks, wrapped
from tests.layouts.talk import Spice, Utterance, converse, with_ordinary

type Form = Callable[[Member], Words]
type Block = Callable[[Page, Cast], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A way to write an interview down, by a name for people; `make` draws one of its kind."""

    name: str
    group: str
    make: Callable[[Random], LaidOut]


def lay_out(layout: Layout, seed: str) -> LaidOut:
    """A file in this layout, always the same for the same seed."""
    return replace(layout.make(Random(f"{layout.name} {seed}")), layout=layout.name)


class Clock:
    """The time of the recording, which goes on with every turn."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.seconds = random.randrange(3, 20)

    def on(self) -> int:
        """Seconds after the next turn began."""
        self.seconds += self._random.randrange(2, 40)
        return self.seconds

    @property
    def long(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"

    @property
    def short(self) -> str:
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


def nothing(page: Page, cast: Cast) -> None:
    """No head and no foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How turns are written.

    `line` stands before what is said, with fields name, time, short (a time), number and org.
    `letters` and `givens` are to choose from for the first who answers; `traps` says sentences in
    which they are words. `codes` are those of the speakers, `others` are named in talk only. With
    `every` above 1 only some turns have a label. `first_form` is for each speaker's first turn.
    """

    name: str
    group: str
    form: Form
    line: str = "{name}: "
    first_form: Form | None = None
    head: Block = nothing
    foot: Block = nothing
    gap: str = "\n\n"
    answering: int = 1
    letters: tuple[str, ...] = ()
    givens: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    name_once: bool = False
    in_tables: bool = False
    every: int = 1
    width: int = 0
    indent: str = ""
    line_end: str = "\n"
    suffix: str = ".txt"

    @property
    def layout(self) -> Layout:
        return Layout(name=self.name, group=self.group, make=self.lay_out)

    def lay_out(self, random: Random) -> LaidOut:
        letters = random.choice(self.letters) if self.letters else ""
        given = random.choice(self.givens) if self.givens else ""
        cast = draw_cast(random, self.answering, letters=letters, given=given, codes=self.codes)
        traps = [with_ordinary(WORDY[letters], letters)] if letters in WORDY else []
        traps += [with_ordinary(SAID_TOO[given], given)] if given in SAID_TOO else []
        spice = Spice(name_once=self.name_once, codes=self.others, traps=tuple(traps))
        page = Page()
        self.head(page, cast)
        self._talk(page, random, converse(random, cast, spice=spice))
        self.foot(page, cast)
        made = page.laid_out(self.name, f"interview{self.suffix}")
        if self.in_tables:
            made = replace(made, roster=roster_of(cast), interviews=interviews_of(made, cast))
        return with_breaks(made, self.line_end) if self.line_end != "\n" else made

    def _talk(self, page: Page, random: Random, talk: tuple[Utterance, ...]) -> None:
        clock = Clock(random)
        seen: set[str] = set()
        for number, one in enumerate(talk, start=1):
            clock.on()
            new = one.by.key not in seen
            seen.add(one.by.key)
            words = wrapped(one.words, self.width, self.indent) if self.width else one.words
            if number > 2 and number % self.every:
                page.put(*words)
            else:
                form = self.first_form if self.first_form and new else self.form
                before, after = _around(self.line, clock, number, one.by)
                page.put(*before)
                page.turn(one.by.key, form(one.by), after, words)
            page.put(self.gap)


def _around(line: str, clock: Clock, number: int, who: Member) -> tuple[Words, Words]:
    """What stands before and after the name of a label."""
    before: list[Bit | str] = []
    after: list[Bit | str] = []
    side = before
    for words, field, _, _ in Formatter().parse(line):
        side.append(words)
        if field == "name":
            side = after
        elif field == "time":
            side.append(Bit(clock.long, "mark"))
        elif field == "short":
            side.append(Bit(clock.short, "mark"))
        elif field == "number":
            side.append(Bit(str(number), "mark"))
        elif field == "job":
            side.append(who.job)
    return before, after


def roster_of(cast: Cast) -> tuple[RosterEntry, ...]:
    """The steward's list of those who speak."""
    return tuple(
        RosterEntry(row=row, kind="PERSON", name=f"{one.given} {one.family}", role=one.job)
        for row, one in enumerate(cast.speakers, start=2)
    )


def interviews_of(made: LaidOut, cast: Cast) -> tuple[Interview, ...]:
    """The steward's row of this file."""
    answering = cast.answering[0]
    people = (
        ("participant", f"{answering.given} {answering.family}"),
        ("interviewer", f"{cast.interviewer.given} {cast.interviewer.family}"),
    )
    return (Interview(interview="1", file=made.name, role=answering.job, more=people),)
