"""`redact review`: the page on which a person sees every decision and settles it."""

from __future__ import annotations

import contextlib
import webbrowser
from pathlib import Path

import click

from redact.cli import shared
from redact.errors import UsageError


def _share(_: click.Context, __: click.Parameter, value: str | None) -> float | str | None:
    """A share of the interviews, or the word for those that are assigned."""
    if value in (None, "mine"):
        return value
    try:
        share = float(value)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise click.BadParameter("it is a share above 0 and up to 1, or `mine`")
    return share


@click.command()
@shared.study_argument
@click.option("--by", required=True, help="Who reviews: a name or initials, for the log.")
@click.option("--no-browser", is_flag=True, help="Print the address, do not open it.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="A port; 0 takes a free one."
)
@click.option(
    "--idle",
    type=click.FloatRange(0.01, 600),
    default=60,
    show_default=True,
    help="Minutes without a request after which the page closes.",
)
@click.option(
    "--second",
    metavar="SHARE",
    callback=_share,
    help="Read this share of the interviews (such as 0.1), or `mine`, those assigned to you, a "
    "second time, without the first reader's decisions.",
)
@shared.key_options
def review(
    study: Path,
    by: str,
    no_browser: bool,
    port: int,
    idle: float,
    second: float | str | None,
    passphrase_file: str | None,
    identity: Path | None,
) -> int:
    """See every decision of STUDY in your browser, doubtful ones first, and settle them.

    The page is served on this machine only and to your browser only. Nothing goes to a network.
    """
    from redact.disk import write_atomic
    from redact.page.room import Room
    from redact.page.server import serve
    from redact.pipeline import run_stage
    from redact.rendering import render
    from redact.review.decide import assigned, sample
    from redact.study.desk import open_desk
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    run_stage(open_desk(opened, opener), "replace")
    desk = open_desk(opened, opener)
    blind: frozenset[str] = frozenset()
    if isinstance(second, float):
        blind = sample(desk, second)
    elif second:
        blind = assigned(desk, by)
        if not blind:
            raise UsageError(
                f"no interview is assigned to {by} for a second reading",
                where=str(study),
                remedy="Assign some on the corpus page, or name a share such as --second 0.1.",
            )
    room = Room(desk=desk, by=by, reopen=lambda: open_desk(opened, opener), blind=blind)
    door = opened.work / "open-review.html"

    def ready(address: str) -> None:
        if not no_browser:
            # Other users see how a browser is started: it is given this file, not the key.
            write_atomic(door, render("redact.page", "door.html", address=address).encode("utf-8"))
        click.echo(f"Review page (this machine only; Ctrl-C ends it):\n\n    {address}\n")
        if not no_browser:
            webbrowser.open(door.resolve().as_uri())

    try:
        with contextlib.suppress(KeyboardInterrupt):
            serve(room, idle, ready, port)
    except OSError as error:
        raise UsageError(
            f"the page cannot be served ({error.strerror or 'unknown reason'})",
            where=f"port {port}",
            remedy="Leave out --port, or name another.",
        ) from None
    finally:
        door.unlink(missing_ok=True)
    click.echo("The review page is closed. Every decision is recorded.")
    return 0
