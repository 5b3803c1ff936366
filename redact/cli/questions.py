"""`redact questions`: who may be whom, the most worth asking first, and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.cli.answer import at_a_terminal
from redact.errors import StudyChanged, UsageError
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.audit.events import LinkageRevealed
    from redact.custody.keyfile import Opener
    from redact.link.questions import WhoQuestion
    from redact.review.ask import Replied, SideInWords
    from redact.study.desk import Desk
    from redact.study.folder import Study

_ABOUT = {
    "speaker": "what else is this speaker called?",
    "name": "who is this?",
    "join": "these were joined: rightly?",
}
_KEYS = "  the same: its number (1, or 1 3) · n none of them · ? don't know · Enter later · q stop"
_KEYS_OF_ONE = "  s the same · n not the same · ? don't know · Enter later · q stop"
_WRITTEN = "ID=same, ID=same:1,3, ID=different or ID=dont-know"


@click.command()
@shared.study_argument
@click.option("--by", help="Who answers: a name or initials, for the log.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="ID=SAID",
    help="Answer one: ID=same (with several beside it ID=same:1,3, or ID=same:[Person 4]), "
    "ID=different, ID=dont-know. May be given several times.",
)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many are shown."
)
@shared.key_options
@shared.second_options
@shared.json_option
def questions(
    study: Path,
    by: str | None,
    answers: tuple[str, ...],
    limit: int,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Who may be whom in STUDY: the questions whose answers bring most together, one by one.

    Each shows the names with the words around them, and that is logged. With --by at a terminal
    they are asked; elsewhere they are listed, to be answered with --answer.
    """
    from redact.key.looks import approved
    from redact.study.folder import Study

    told = _told(answers)
    if told and not by:
        raise UsageError("it is not said who answers", where="--by", remedy="Add --by NAME.")
    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    if told and by:
        return _record(opened, opener, told, by, as_json)
    second = shared.get_second(second_passphrase_file, second_identity)
    names = approved(opened, opener, second, "show questions about who is who")
    if by and at_a_terminal() and not as_json:
        return _ask_here(opened, opener, by, names)
    return _list(opened, opener, by, names, limit, as_json)


def _told(answers: Iterable[str]) -> tuple[Replied, ...]:
    """The answers as they are typed; UsageError for one that is none, or given twice."""
    from redact.review.ask import Replied, Reply

    told: dict[str, Replied] = {}
    for typed in answers:
        name, _, said = typed.partition("=")
        word, _, which = said.partition(":")
        reply = next((one for one in Reply if one == word.strip().lower()), None)
        if reply is None or name in told or (which and reply is not Reply.SAME):
            raise UsageError(
                "this is no answer" if name not in told else "this is answered twice",
                where=typed,
                remedy=f"Write {_WRITTEN}; none was taken.",
            )
        named = [one.strip() for one in which.split(",") if one.strip()]
        told[name] = Replied(
            id=name,
            reply=reply,
            numbers=tuple(int(one) for one in named if one.isdecimal()),
            pseudonyms=tuple(one for one in named if not one.isdecimal()),
        )
    return tuple(told.values())


def _record(study: Study, opener: Opener, told: Sequence[Replied], by: str, as_json: bool) -> int:
    """Every answer, or none; the safe transcripts follow at once."""
    from redact.cli.release import up_to_date
    from redact.pipeline import run_stage
    from redact.review.ask import as_said, asking_of, open_questions, take_answers

    with up_to_date(study, opener) as desk:
        asking, seen = asking_of(desk), as_said(desk)
        seen = take_answers(desk, seen, open_questions(asking, seen), told, by)
        left = len(open_questions(asking, seen))
        run_stage(desk, "replace")
    result = {"study": str(study.root), "answered": len(told), "open": left}
    lines = [
        f"{counted(len(told), 'answer')} recorded; the safe transcripts are up to date.",
        f"{counted(left, 'question')} open. `redact entity undo` takes an answer back.",
    ]
    return shared.print_result(as_json, result, lines)


def _list(
    study: Study,
    opener: Opener,
    by: str | None,
    names: tuple[str, ...],
    limit: int,
    as_json: bool,
) -> int:
    from redact.cli.release import up_to_date
    from redact.key.looks import looking
    from redact.review.ask import as_said, asking_of, in_words, open_questions

    with up_to_date(study, opener) as desk:
        asked = open_questions(asking_of(desk), as_said(desk))
        some = asked[:limit]
        with looking(study, _look(some, names, by)):
            told = iter(in_words(desk, (side for one in some for side in one.sides)))
            rows = [(one, next(told), list(islice(told, len(one.others)))) for one in some]
            result = {
                "study": str(study.root),
                "open": len(asked),
                "questions": [_as_json(*row) for row in rows],
            }
            lines = [line for row in rows for line in (*_lines(*row), "")]
            lines.append(f"{counted(len(asked), 'question')} open, {len(some)} shown.")
            if asked:
                lines += [
                    f"  answer here  redact questions {study.root} --by YOU   (at a terminal)",
                    f"  or write     redact questions {study.root} --by YOU --answer ID=SAID",
                    f"  SAID         {_WRITTEN}",
                ]
            return shared.print_result(as_json, result, lines)


def _look(
    questions: Iterable[WhoQuestion], names: tuple[str, ...], by: str | None
) -> LinkageRevealed:
    from redact.audit.events import LinkageRevealed
    from redact.key.looks import Showing

    asked = tuple(questions)
    sides = [side for one in asked for side in (one.who, *(other.side for other in one.others))]
    docs = sorted({side.example.transcript for side in sides})
    return LinkageRevealed(
        phase="intent",
        purpose=Showing.QUESTIONS.value,
        documents=len(docs),
        entries=len(sides),
        approved_by=names,
        by=by,
        docs=tuple(docs),
    )


def _as_json(
    question: WhoQuestion, who: SideInWords, others: Iterable[SideInWords]
) -> dict[str, Any]:
    from dataclasses import asdict

    beside = zip(question.others, others, strict=True)
    return {
        "id": question.id,
        "about": question.about,
        "worth": round(question.worth, 1),
        "who": asdict(who),
        "others": [
            {"number": number, "clue": one.clue, "share": one.share, **asdict(said)}
            for number, (one, said) in enumerate(beside, start=1)
        ],
    }


def _lines(question: WhoQuestion, who: SideInWords, others: Iterable[SideInWords]) -> list[str]:
    """A question as it is shown to a person."""
    lines = [f"{question.id}  {_ABOUT[question.about]}", *_side_lines("", who)]
    for number, (one, said) in enumerate(zip(question.others, others, strict=True), start=1):
        lines += _side_lines(f"{number}  ", said, f" ({one.clue})")
    return lines


def _side_lines(mark: str, side: SideInWords, why: str = "") -> list[str]:
    name = f"{side.words} {side.pseudonym}".rstrip()
    told = f"    {mark}{shown(name)}, {counted(side.mentions, 'mention')}{why}"
    quoted = f"{side.before}»{side.words}«{side.after}"
    return [told, f"        {shown(side.file)}: …{shown(quoted)}…"]


def _ask_here(study: Study, opener: Opener, by: str, names: tuple[str, ...]) -> int:
    """One question after the other, until none is left or the person stops."""
    from redact.cli.release import up_to_date
    from redact.pipeline import run_stage
    from redact.review.ask import as_said, asking_of, open_questions, take_answers

    later: set[str] = set()
    question: WhoQuestion | None = None
    answered = 0
    with up_to_date(study, opener) as desk:
        asking, seen = asking_of(desk), as_said(desk)
    while True:
        asked = open_questions(asking, seen, len(later) + 1)
        question = next((one for one in asked if one.id not in later), None)
        if question is None:
            break
        told = _asked(study, desk, question, by, names)
        if told is None:
            break
        if isinstance(told, str):
            later.add(told)
            continue
        try:
            seen = take_answers(desk, seen, (question,), (told,), by)
            answered += 1
        except StudyChanged:
            click.echo("  Another command changed the study: the list is made anew.")
            with up_to_date(study, opener) as desk:
                asking, seen = asking_of(desk), as_said(desk)
    if answered:
        click.echo("The safe transcripts are made anew …")
        with up_to_date(study, opener) as desk:
            run_stage(desk, "replace")
    left = "" if question or later else " No other question is open."
    click.echo(f"{counted(answered, 'answer')} recorded.{left}")
    return 0


def _asked(
    study: Study, desk: Desk, question: WhoQuestion, by: str, names: tuple[str, ...]
) -> Replied | str | None:
    """A person's answer; the question's id if they leave it for later, None if they stop."""
    from redact.key.looks import looking
    from redact.review.ask import Replied, Reply, in_words

    with looking(study, _look((question,), names, by)):
        who, *others = in_words(desk, question.sides)
        click.echo("\n" + "\n".join(_lines(question, who, others)))
    one = len(others) == 1
    while True:
        typed = click.prompt(
            _KEYS_OF_ONE if one else _KEYS, default="", show_default=False, prompt_suffix=" > "
        )
        said = str(typed).strip().lower().replace(",", " ")
        numbers = tuple(int(piece) for piece in said.split() if piece.isdecimal())
        if said in ("q", "quit"):
            return None
        if not said:
            return question.id
        if said in ("n", "none", "d", "different"):
            return Replied(id=question.id, reply=Reply.DIFFERENT)
        if said in ("?", "k", "dont-know"):
            return Replied(id=question.id, reply=Reply.DONT_KNOW)
        if one and said in ("s", "same"):
            return Replied(id=question.id, reply=Reply.SAME)
        if (
            numbers
            and len(numbers) == len(said.split())
            and all(1 <= number <= len(others) for number in numbers)
        ):
            return Replied(id=question.id, reply=Reply.SAME, numbers=numbers)
        click.echo("  This is none of the answers.")
