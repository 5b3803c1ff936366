"""`redact entity`: a person's word on who is who."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from redact.cli import shared


@click.group()
def entity() -> None:
    """Join, part, rename, retype pseudonyms. Recorded and logged; later runs keep to it."""


def _options(command: Callable[..., int]) -> Callable[..., int]:
    """The options that all share."""
    for option in (
        shared.json_option,
        shared.key_options,
        click.option("--reason", default="a person's word", show_default=True),
        click.option("--by", required=True, help="Whose word it is: a name or initials."),
    ):
        command = option(command)
    return command


def _apply(study: Path, change: Callable[..., None], given: dict[str, Any]) -> int:
    """Records the change and brings the safe transcripts up to date with it."""
    from redact.pipeline import run_stage
    from redact.study.desk import open_desk
    from redact.study.folder import Study
    from redact.study.hold import hold

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(given["passphrase_file"], given["identity"])
    with hold(opened):
        desk = open_desk(opened, opener)
        shared.tell_of_strangers(opened, desk.key.documents)
        desk, _ = run_stage(desk, "replace")
        change(desk, by=given["by"], reason=given["reason"])
        desk, _ = run_stage(desk, "replace")
    return shared.print_result(
        given["as_json"],
        {"study": str(study), "entities": len(desk.key.entries)},
        ["Recorded; the safe transcripts are up to date. What changed must be settled again."],
    )


@entity.command()
@shared.study_argument
@click.argument("pseudonym", nargs=-1, required=True)
@_options
def merge(study: Path, pseudonym: tuple[str, ...], **given: Any) -> int:
    """PSEUDONYM... are one person, place or organisation."""
    from redact.review import correct

    return _apply(study, partial(correct.merge, pseudonyms=pseudonym), given)


@entity.command()
@shared.study_argument
@click.argument("pseudonym")
@click.option(
    "--at", multiple=True, required=True, metavar="FILE:LINE", help="Where it is another."
)
@_options
def split(study: Path, pseudonym: str, at: tuple[str, ...], **given: Any) -> int:
    """At these lines of the safe transcripts PSEUDONYM hides somebody else."""
    from redact.review import correct

    return _apply(study, partial(correct.split, pseudonym=pseudonym, at=at), given)


@entity.command()
@shared.study_argument
@click.argument("pseudonym")
@click.argument("to")
@_options
def rename(study: Path, pseudonym: str, to: str, **given: Any) -> int:
    """Show PSEUDONYM as TO, for example '[Manager A]'."""
    from redact.review import correct

    return _apply(study, partial(correct.rename, pseudonym=pseudonym, to=to), given)


@entity.command()
@shared.study_argument
@click.argument("pseudonym")
@click.argument("label")
@_options
def retype(study: Path, pseudonym: str, label: str, **given: Any) -> int:
    """PSEUDONYM is a PERSON, PLACE, ORG, DATE, AGE, PHONE, EMAIL, URL or ID (LABEL) after all."""
    from redact.review import correct

    return _apply(study, partial(correct.retype, pseudonym=pseudonym, label=label), given)


@entity.command()
@shared.study_argument
@click.argument("pseudonym", nargs=-1, required=True)
@_options
def apart(study: Path, pseudonym: tuple[str, ...], **given: Any) -> int:
    """PSEUDONYM... are somebody each: the answer to a question that linking raised."""
    from redact.review import correct

    return _apply(study, partial(correct.apart, pseudonyms=pseudonym), given)


@entity.command()
@shared.study_argument
@click.argument("action")
@click.argument("pseudonym", nargs=-1, required=True)
@_options
def act(study: Path, action: str, pseudonym: tuple[str, ...], **given: Any) -> int:
    """ACTION is done to PSEUDONYM..., whatever the policy says of their kind: keep, label, role …

    The actions are those the policy can have for the kind.
    """
    from redact.review import correct

    return _apply(study, partial(correct.act, pseudonyms=pseudonym, action=action), given)


@entity.command()
@shared.study_argument
@click.argument("number", type=click.IntRange(1), required=False)
@_options
def undo(study: Path, number: int | None, **given: Any) -> int:
    """Bring back what was before correction NUMBER, or before the newest that holds."""
    from redact.review import correct

    return _apply(study, partial(correct.undo, number=number), given)
