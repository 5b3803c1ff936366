"""`redact release given`, `returned`, `destroyed`: who has a release, and who has it no more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.rendering import shown

if TYPE_CHECKING:
    from redact.study.given import End

_end_options = shared.options(
    shared.study_argument,
    click.argument("name"),
    click.option("--to", required=True, metavar="WHO", help="Who had it."),
    click.option("--on", required=True, metavar="DATE", help="On which day (2026-01-31)."),
    shared.key_options,
    shared.json_option,
)


@click.command()
@shared.study_argument
@click.argument("name")
@click.option("--to", required=True, metavar="WHO", help="Who has it: an archive by its name.")
@click.option("--on", required=True, metavar="DATE", help="Since which day (2026-01-31).")
@click.option("--purpose", default="", help="What they have it for, in a line.")
@click.option("--agreement", default="", help="Under which agreement: its number or title.")
@click.option(
    "--access",
    default="",
    type=click.Choice(["", "open", "safeguarded", "controlled", "team"]),
    help="Who may read it there.",
)
@click.option("--until", default="", metavar="DATE", help="The last day that they may have it.")
@click.option(
    "--anyway", default="", metavar="WHY", help="Why they have one that is to be called back."
)
@shared.key_options
@shared.json_option
def given(
    study: Path,
    name: str,
    to: str,
    on: str,
    purpose: str,
    agreement: str,
    access: str,
    until: str,
    anyway: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record in the log that the release NAME was given to somebody.

    One that is to be called back is refused without a reason: a name was found in it, or somebody
    in it withdrew or agrees to less now.
    """
    from redact.governance.giving import give_out
    from redact.study.given import Terms, has_it

    desk = shared.opened_desk(study, passphrase_file, identity)
    terms = Terms(purpose=purpose, agreement=agreement, access=access, until=until)
    had_it = has_it(desk, name, to)
    done = give_out(desk, name, to, on, terms, anyway)
    said = f"{done.name}: given to {done.to} on {done.on}. It is in the log."
    if had_it:
        said = (
            f"{done.name}: {done.to} has it since {done.on}; these are its terms now, in the log."
        )
    return shared.print_result(
        as_json, {"release": done.name, "to": done.to, "on": done.on}, [shown(said)]
    )


@click.command()
@_end_options
def returned(
    study: Path,
    name: str,
    to: str,
    on: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record in the log that WHO gave the release NAME back, and has no copy."""
    return _ended(study, name, to, on, "returned", (passphrase_file, identity), as_json)


@click.command()
@_end_options
def destroyed(
    study: Path,
    name: str,
    to: str,
    on: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record in the log that WHO destroyed the release NAME and every copy of it."""
    return _ended(study, name, to, on, "destroyed", (passphrase_file, identity), as_json)


def _ended(
    study: Path,
    name: str,
    to: str,
    on: str,
    how: End,
    key: tuple[str | None, Path | None],
    as_json: bool,
) -> int:
    from redact.study.given import end

    done = end(shared.opened_desk(study, *key), name, to, how, on)
    return shared.print_result(
        as_json,
        {"release": done.name, "to": done.to, "how": done.how, "on": done.on},
        [f"{done.name}: {done.how} by {done.to} on {done.on}, as you say. It is in the log."],
    )
