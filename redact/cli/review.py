"""`redact review`: the page on which a person sees every decision and settles it."""

from __future__ import annotations

import contextlib
import webbrowser
from pathlib import Path

import click

from redact.cli import shared
from redact.errors import UsageError


@click.command()
@shared.study_argument
@click.option("--by", required=True, help="Who reviews: a name or initials, for the log.")
@click.option("--no-browser", is_flag=True, help="Print the address, do not open it.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="A port; 0 takes a free one."
)
@click.option(
    "--idle", type=click.FloatRange(0.01, 600), default=60, show_default=True,
    help="Minutes without a request after which the page closes.",
)  # fmt: skip
@click.option(
    "--second", type=click.FloatRange(0, 1, min_open=True), metavar="SHARE",
    help="Read this share of the interviews a second time, without the first reader's decisions.",
)  # fmt: skip
@shared.key_options
def review(
    study: Path, by: str, no_browser: bool, port: int, idle: float, second: float | None,
    passphrase_file: str | None, identity: Path | None,
) -> int:  # fmt: skip
    """See every decision of STUDY in your browser, doubtful ones first, and settle them.

    The page is served on this machine only and to your browser only. Nothing goes to a network.
    """
    from redact.desk import open_desk
    from redact.pipeline import run_stage
    from redact.review.room import Room
    from redact.review.server import serve
    from redact.reviewing import sample
    from redact.study import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    run_stage(open_desk(opened, opener), "replace")
    desk = open_desk(opened, opener)
    blind = sample(desk, second) if second else frozenset()
    room = Room(desk, by, lambda: open_desk(opened, opener), blind)

    def ready(address: str) -> None:
        click.echo(f"Review page (this machine only; Ctrl-C ends it):\n\n    {address}\n")
        if not no_browser:
            webbrowser.open(address)

    try:
        with contextlib.suppress(KeyboardInterrupt):
            serve(room, idle, ready, port)
    except OSError as error:
        raise UsageError(
            f"the page cannot be served ({error.strerror or 'unknown reason'})",
            where=f"port {port}",
            remedy="Leave out --port, or name another.",
        ) from None
    click.echo("The review page is closed. Every decision is recorded.")
    return 0
