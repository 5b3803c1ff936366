"""`redact open`: the page that is the whole road, with a study or without one."""

from __future__ import annotations

import contextlib
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.offline import refuse_network

if TYPE_CHECKING:
    from redact.page.guard import Door, Guard
    from redact.page.house import House


@click.command("open")
@click.argument("study", type=shared.PATH, required=False)
@click.option("--by", help="Who sits here: a name or initials, for the log.")
@shared.page_options
@click.option(
    "--install-launcher",
    is_flag=True,
    help="Only put a launcher on this computer, to open the page with a double click.",
)
@click.option(
    "--launcher-to",
    type=shared.PATH,
    metavar="FOLDER",
    help="Where the launcher goes; without it to the desktop or the menu.",
)
@shared.key_options
@shared.second_options
@click.pass_obj
def open_page(
    own_process: bool | None,
    study: Path | None,
    by: str | None,
    no_browser: bool,
    port: int,
    idle: float,
    install_launcher: bool,
    launcher_to: Path | None,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
) -> int:
    """Do the whole job in your browser: from a folder of transcripts to a release.

    With STUDY it goes on with a study; the page asks for what opens it, unless an option says.
    The page is served on this machine only and to your browser only.
    """
    from redact.page.server import CannotListen, serve_door

    if install_launcher:
        return _installed(launcher_to)
    opener = second = None
    if study is not None:
        _require_study(study)
        if passphrase_file is not None or identity is not None:
            opener = shared.get_opener(passphrase_file, identity)
            second = shared.get_second(second_passphrase_file, second_identity)
    houses: list[House] = []

    def behind(door: Door) -> Guard:
        from redact.page.app import guarded
        from redact.page.house import House
        from redact.page.start_pages import StartPages

        house = House(door, by or "")
        houses.append(house)
        house.shows(StartPages(house).app())
        if study is not None:
            house.beginning.at = study.absolute()
            door.home = "/study"
            if opener is not None:
                house.go_on(study.absolute(), opener, second, by or "")
        return guarded(house, door)

    try:
        with _told_in_private(no_browser) as tell, contextlib.suppress(KeyboardInterrupt):

            def ready(address: str) -> None:
                click.echo(f"The page (this machine only; Ctrl-C ends it):\n\n    {address}\n")
                tell(address)
                if own_process:  # it listens by now, and the browser is a process by itself
                    refuse_network()

            serve_door(behind, idle, ready, port)
    except CannotListen as error:
        raise UsageError(
            f"the page cannot be served ({error.strerror or 'unknown reason'})",
            where=f"port {port}",
            remedy="Leave out --port, or name another.",
        ) from None
    finally:
        for house in houses:
            house.close()
    click.echo("The page is closed. Every decision is recorded.")
    return 0


def _require_study(study: Path) -> None:
    from redact.study.folder import Study

    Study(study).require()


def _installed(folder: Path | None) -> int:
    from redact.page.launcher import install

    path = install(folder)
    click.echo(f"{path}: a double click on it opens the page.")
    return 0


@contextlib.contextmanager
def _told_in_private(no_browser: bool) -> Iterator[Callable[[str], None]]:
    """How the browser is told the address.

    Other users see how a browser is started: it is given a private file, not the key.
    """
    if no_browser:
        yield lambda _: None
        return
    import tempfile

    from redact.disk import write_atomic
    from redact.rendering import render

    with tempfile.TemporaryDirectory(prefix="redact-") as folder:
        door = Path(folder) / "open.html"

        def tell(address: str) -> None:
            write_atomic(door, render("redact.page", "door.html", address=address).encode("utf-8"))
            webbrowser.open(door.as_uri())

        yield tell
