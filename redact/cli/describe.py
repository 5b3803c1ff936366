"""`redact describe`: the words of a deposit, asked once and kept in study.toml."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.rendering import shown

if TYPE_CHECKING:
    from redact.study.folder import Study


@click.command()
@shared.study_argument
@click.option(
    "--from",
    "source",
    type=shared.PATH,
    metavar="FILE",
    help="Take the answers from a TOML file with the settings of [deposit].",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Answer one question; lists are written with semicolons.",
)
@click.option("--all", "everything", is_flag=True, help="Ask again what is answered already.")
@shared.json_option
def describe(
    study: Path, source: Path | None, settings: tuple[str, ...], everything: bool, as_json: bool
) -> int:
    """Describe STUDY for a catalogue: title, makers, methods, access. Every question says why.

    At a terminal it asks what is not answered yet; an empty answer leaves it open.
    """
    from redact.study.description import describe as record
    from redact.study.description import read_description
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    if source is None and not settings:
        given = asked(opened, everything)
        description = read_description(opened)
    else:
        given = _given(source, settings)
        description = record(opened, given)
    left = [name for name, value in description.model_dump().items() if not value]
    return shared.print_result(
        as_json,
        {"study": str(study), "answered": sorted(given), "open": left},
        [
            f"{len(given)} answers written to {opened.settings}.",
            f"Still open: {', '.join(left) or 'nothing'}.",
            f"What an archive still wants: `redact release {study} --check --profile ukds`.",
        ],
    )


def _given(source: Path | None, settings: tuple[str, ...]) -> dict[str, Any]:
    from redact.study.description import QUESTIONS, answered

    given: dict[str, Any] = {}
    if source is not None:
        try:
            given = tomllib.loads(source.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            raise UsageError(
                "this file cannot be read as TOML",
                where=str(source),
                remedy='It has lines such as title = "…", as study.toml under [deposit].',
            ) from None
        given = given.get("deposit", given)
        if isinstance(papers := given.get("documents"), dict):
            given["documents"] = {
                slot: str((source.parent / path).resolve()) if path else ""
                for slot, path in papers.items()
            }
    for setting in settings:
        name, equals, value = setting.partition("=")
        question = next((q for q in QUESTIONS if q.field == name.strip()), None)
        if not equals or question is None:
            raise UsageError(
                "this answers no question",
                where=f"--set {name}",
                remedy=f"Write NAME=VALUE with one of {', '.join(q.field for q in QUESTIONS)}.",
            )
        given[question.field] = answered(question, value)
    return given


def asked(study: Study, everything: bool) -> dict[str, Any]:
    """Asks each question at the terminal, with its why and an example; gives what was answered.

    Each answer is checked and written when it is given; an empty one leaves the question open.
    """
    from redact.study.description import QUESTIONS, checked, read_description
    from redact.study.description import describe as record

    if not sys.stdin.isatty():
        raise UsageError(
            "there is nobody here to ask",
            where="redact describe",
            remedy="Use --from FILE or --set NAME=VALUE, or run it at a terminal.",
        )
    given: dict[str, Any] = {}
    for question in QUESTIONS:
        known = read_description(study)
        if getattr(known, question.field) and not everything:
            continue
        click.echo(
            f"\n{question.ask}\n  {question.why}\n  For example: {question.example}", err=True
        )
        while True:
            said = click.prompt(f"  {question.field}", default="", show_default=False, err=True)
            if not str(said).strip():
                break
            try:
                value = checked(question, str(said), known)
            except UsageError as error:
                click.echo(shown(f"  {error.what}. {error.remedy}"), err=True)
                continue
            record(study, {question.field: value})
            given[question.field] = value
            break
    return given
