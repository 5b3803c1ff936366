"""`redact review`: the page on which a person sees every decision and settles it."""

from __future__ import annotations

import contextlib
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.offline import refuse_network

if TYPE_CHECKING:
    from redact.page.room import Room
    from redact.study.desk import Desk


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
@shared.page_options
@click.option(
    "--second",
    metavar="SHARE",
    callback=_share,
    help="Read this share of the interviews (such as 0.1), or `mine`, those assigned to you, a "
    "second time, without the first reader's decisions.",
)
@click.option(
    "--recording",
    "recordings",
    multiple=True,
    metavar="TRANSCRIPT=FILE",
    help="The recording of a transcript, to be played on the page from where it lies.",
)
@click.option("--to-settle", is_flag=True, help="Open at the list of what a release waits for.")
@shared.key_options
@shared.second_options
@click.pass_obj
def review(
    own_process: bool | None,
    study: Path,
    by: str,
    no_browser: bool,
    port: int,
    idle: float,
    second: float | str | None,
    recordings: tuple[str, ...],
    to_settle: bool,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
) -> int:
    """See every decision of STUDY in your browser, doubtful ones first, and settle them.

    The page is served on this machine only and to your browser only. Nothing goes to a network.
    That it was opened, and what was read on it, is logged.
    """
    from redact.disk import write_atomic
    from redact.page.server import CannotListen, serve, serve_opening
    from redact.rendering import render
    from redact.study.folder import Study
    from redact.study.hold import hold

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    with_second = shared.get_second(second_passphrase_file, second_identity)
    door = opened.work / "open-review.html"
    rooms: list[Room] = []  # none until it is open

    def open_room() -> Room:
        # What takes long to load comes while the page says already that it opens.
        from redact.key.looks import approved
        from redact.page.opened import OpenedStudy
        from redact.page.recordings import recordings_of
        from redact.page.room import Room
        from redact.pipeline import run_stage
        from redact.study.desk import open_desk

        with hold(opened):
            names = approved(opened, opener, with_second)
            desk = open_desk(opened, opener)
            shared.tell_of_strangers(opened, desk.key.documents)
            desk, _ = run_stage(desk, "replace")
        room = Room(
            opened=OpenedStudy(desk=desk, reopen=lambda: open_desk(opened, opener)),
            by=by,
            blind=_read_again(desk, by, second),
            approved_by=names,
            recordings=recordings_of(desk.key.documents, recordings),
        )
        room.open()
        rooms.append(room)
        room.saves_by_itself()
        return room

    def begins(address: str) -> None:
        # Other users see how a browser is started: it is given this file, not the key.
        write_atomic(door, render("redact.page", "door.html", address=address).encode("utf-8"))
        webbrowser.open(door.resolve().as_uri())

    def ready(address: str) -> None:
        click.echo(f"Review page (this machine only; Ctrl-C ends it):\n\n    {address}\n")
        if own_process:  # it listens by now, and the browser is a process by itself
            refuse_network()

    home = "/open" if to_settle else "/"
    try:
        with contextlib.suppress(KeyboardInterrupt):
            if no_browser:  # nobody has the address before it is printed
                serve(open_room(), idle, ready, port, home, opener)
            else:
                serve_opening(open_room, idle, ready, port, home, begins, opener)
    except CannotListen as error:
        raise UsageError(
            f"the page cannot be served ({error.strerror or 'unknown reason'})",
            where=f"port {port}",
            remedy="Leave out --port, or name another.",
        ) from None
    finally:
        door.unlink(missing_ok=True)
        for room in rooms:
            if room.saving is not None:
                room.saving.close()
            room.close()
    click.echo("The review page is closed. Every decision is recorded.")
    return 0


def _read_again(desk: Desk, by: str, second: float | str | None) -> frozenset[str]:
    """What is read a second time; nothing if that is not asked. Says how many were left out."""
    from redact.review.second_reading import second_share

    if second is None:
        return frozenset()
    found = second_share(desk, by, second if isinstance(second, float) else None)
    if found.own:
        click.echo(f"{found.own} interview(s) that {by} has read first are left out.", err=True)
    return found.docs
