"""`redact answer`: what a release waits for, word by word, and then the release."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.cli.waiting import (
    KINDS,
    contexts_of,
    next_steps,
    open_as_json,
    open_without_words,
    what_is_open,
)
from redact.errors import StudyChanged, UsageError
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.core import Label
    from redact.custody.keyfile import Opener
    from redact.release.make import ReleaseOutcome
    from redact.release.open_forms import OpenForm, Waiting
    from redact.review.answer import Answer
    from redact.study.desk import Desk
    from redact.study.folder import Study

_QUESTION = "  e a name everywhere · h only here · x no name · t its kind · l later · q stop "
_BESIDE = "  x no name, it may stand · l later · q stop "
ID = "ID"


@click.command()
@shared.study_argument
@click.option("--by", required=True, help="Who answers: a name or initials, for the log.")
@click.option("--everywhere", multiple=True, metavar=ID, help="A name, wherever it stands.")
@click.option("--here", multiple=True, metavar=ID, help="A name at these places only.")
@click.option("--no-name", multiple=True, metavar=ID, help="No name.")
@shared.key_options
@shared.second_options
@shared.json_option
def answer(
    study: Path,
    by: str,
    everywhere: tuple[str, ...],
    here: tuple[str, ...],
    no_name: tuple[str, ...],
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Settle what the release of STUDY waits for: is each word a name? Then it is released.

    At a terminal the words are shown with one key each, and that is logged. Elsewhere each has an
    ID to answer by, and no word is shown.
    """
    from redact.key.looks import approved
    from redact.review.answer import Answer
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    said = [
        *((one, Answer.EVERYWHERE) for one in everywhere),
        *((one, Answer.HERE) for one in here),
        *((one, Answer.NONE) for one in no_name),
    ]
    _require_once([one for one, _ in said])
    if said:
        _record_all(opened, opener, said, by)
    elif at_a_terminal() and not as_json:
        second = shared.get_second(second_passphrase_file, second_identity)
        names = approved(opened, opener, second, "show what is open")
        settle_here(opened, opener, by, names)
    desk, waits, outcome = go_on(opened, opener)
    if outcome is not None:
        result = {"study": str(study), "open": None, "release": str(outcome.folder)}
        return shared.print_result(as_json, result, [f"release: {outcome.folder}"])
    lines = [f"open: {what_is_open(waits)}", *open_without_words(waits), *next_steps(study, waits)]
    listed = {"study": str(study), "open": open_as_json(waits, desk), "release": None}
    return shared.print_result(as_json, listed, lines, 3)


def at_a_terminal() -> bool:
    """Whether a person sits here who can be shown words and asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _require_once(ids: list[str]) -> None:
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise UsageError(
            "this is answered twice", where=twice, remedy="Give each ID one answer; none was taken."
        )


def _record_all(study: Study, opener: Opener, said: Iterable[tuple[str, Answer]], by: str) -> None:
    """Every answer, or none where an ID is open no longer or an answer would hide nothing."""
    from redact.cli.release import up_to_date
    from redact.release.open_forms import asked_of, waiting
    from redact.review.answer import require_answerable

    with up_to_date(study, opener) as desk:
        waits = waiting(desk)
        meant = [(one, waits.form(one), word) for one, word in said]
        for one, form, _ in meant:
            if form is None:
                raise UsageError(
                    "nothing of this ID is open",
                    where=one,
                    remedy=f"`redact answer {study.root} --by YOU --json` lists what is.",
                )
        for _, form, word in meant:
            if form is not None:
                require_answerable(desk, asked_of(form), word, form.label)
        for _, form, word in meant:
            if form is not None:
                record(desk, form, word, form.label, by, waits.newest)


def record(desk: Desk, form: OpenForm, word: Answer, label: Label, by: str, seen: int) -> None:
    """One answer about one form, by somebody who has seen this batch of decisions."""
    from redact.release.open_forms import asked_of
    from redact.review.answer import answer as answered

    answered(desk, asked_of(form), word, label, by, seen)


def go_on(study: Study, opener: Opener) -> tuple[Desk, Waiting, ReleaseOutcome | None]:
    """The safe texts made anew, and the release if nothing is open any more."""
    from redact.cli.release import up_to_date
    from redact.release.make import release
    from redact.release.open_forms import waiting

    with up_to_date(study, opener) as desk:
        waits = waiting(desk)
        return desk, waits, release(desk) if waits.is_over else None


def settle_here(study: Study, opener: Opener, by: str, names: tuple[str, ...]) -> None:
    """Asks about each open form at the terminal, until none is left or the person stops."""
    from redact.audit.events import LinkageRevealed
    from redact.cli.release import up_to_date
    from redact.key.looks import Showing, looking
    from redact.release.open_forms import waiting

    later: set[str] = set()
    while True:
        with up_to_date(study, opener) as desk:
            waits = waiting(desk)
        forms = [form for form in waits.forms if form.id not in later]
        if not forms:
            return
        docs = frozenset().union(*(form.docs for form in forms))
        look = LinkageRevealed(
            phase="intent",
            purpose=Showing.OPEN_WORDS.value,
            documents=len(docs),
            entries=len(forms),
            approved_by=names,
            by=by,
            docs=tuple(sorted(docs)),
        )
        with looking(study, look):
            click.echo(f"To settle before the release: {counted(len(forms), 'word', 'words')}.")
        for number, form in enumerate(forms, start=1):
            click.echo(f"\n{number} of {len(forms)}: {shown(' '.join(form.words.split()))}")
            click.echo("\n".join(f"    {line}" for line in contexts_of(form, waits)))
            try:
                if not _asked(desk, waits, form, by, later):
                    return
            except StudyChanged:
                click.echo("  Another command changed the study: the list is made anew.")
                break


def _asked(desk: Desk, waits: Waiting, form: OpenForm, by: str, later: set[str]) -> bool:
    """One form's answer; False if the person stops."""
    from redact.review.answer import Answer

    label: Label = form.label
    keys = {"e": Answer.EVERYWHERE, "h": Answer.HERE, "x": Answer.NONE}
    if form.only_beside:
        keys = {"x": Answer.NONE}
    while True:
        question = _BESIDE if form.only_beside else _QUESTION
        click.echo(f"  taken for {KINDS.get(label, label)}\n{question}", nl=False)
        key = click.getchar().lower()
        click.echo(key if key.isprintable() else "")
        if key in ("q", "\x03", "\x04", ""):
            return False
        if key == "l":
            later.add(form.id)
            return True
        if key == "t":
            kinds = [*KINDS]
            label = kinds[(kinds.index(label) + 1) % len(kinds)] if label in kinds else "PERSON"
        if key in keys:
            try:
                record(desk, form, keys[key], label, by, waits.newest)
            except UsageError as error:
                click.echo(f"  {error.line()}")
                later.add(form.id)
            return True
