"""`redact tables`: the list of all names that were found, out to a spreadsheet and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.custody.keyfile import Opener
    from redact.review.apply_names import TakenList
    from redact.study.folder import Study


@click.command()
@shared.study_argument
@click.option(
    "--to", type=shared.PATH, metavar="FILE", help="Write the list: a new .xlsx or .csv file."
)
@click.option("--take", type=shared.PATH, metavar="FILE", help="Take a corrected list back.")
@click.option("--by", help="With --take: whose corrections they are, a name or initials.")
@click.option(
    "--uncover",
    is_flag=True,
    help="With --take: what FILE says is no name shall stand in clear; else that is only counted.",
)
@shared.key_options
@shared.second_options
@shared.json_option
def tables(
    study: Path,
    to: Path | None,
    take: Path | None,
    by: str | None,
    uncover: bool,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """The names that STUDY found as a list: write it (--to), correct it, give it back (--take).

    The list holds the ORIGINAL names: it is logged, and you delete the file after.
    """
    from redact.study.folder import Study

    if (to is None) == (take is None):
        raise UsageError(
            "say whether the list is to be written or taken back",
            where="redact tables",
            remedy="Give --to FILE, or --take FILE --by YOUR-NAME.",
        )
    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    if to is not None:
        second = shared.get_second(second_passphrase_file, second_identity)
        return _write(opened, opener, second, to, as_json)
    if take is None or not by:
        raise UsageError(
            "it is not said whose corrections these are", where="--by", remedy="Add --by NAME."
        )
    return _take(opened, opener, take, by, uncover, as_json)


def _write(study: Study, opener: Opener, second: Opener | None, to: Path, as_json: bool) -> int:
    from redact.key.looks import approved
    from redact.pipeline import run_stage
    from redact.review.apply_names import write_list
    from redact.study.desk import open_desk
    from redact.study.hold import hold

    with hold(study):
        names = approved(study, opener, second)
        desk, _ = run_stage(open_desk(study, opener), "replace")
        count = write_list(desk, to, names)
    lines = [
        f"{counted(count, 'name')} written to {to}. It holds the originals: delete it after.",
        "Correct it in your spreadsheet (the sheet `how to` says how), then:",
        f"  redact tables {study.root} --take {to} --by YOUR-NAME",
    ]
    return shared.print_result(as_json, {"out": str(to), "names": count}, lines)


def _take(study: Study, opener: Opener, path: Path, by: str, uncover: bool, as_json: bool) -> int:
    from redact.pipeline import run_stage
    from redact.review.apply_names import take_list
    from redact.study.desk import open_desk
    from redact.study.hold import hold
    from redact.study.safe_folder import require_unedited

    with hold(study):
        desk = open_desk(study, opener)
        shared.tell_of_strangers(study, desk.key.documents)
        require_unedited(study, desk.key.documents)
        desk, _ = run_stage(desk, "replace")
        desk, taken = take_list(desk, path, by, uncover)
    return shared.print_result(as_json, asdict(taken), _said(taken, path))


def _said(taken: TakenList, path: Path) -> list[str]:
    done = {
        "places of missed names hidden": taken.names_added,
        "places that stand in clear now": taken.uncovered,
        "forms parted from their rows": taken.parted,
        "of another kind": taken.retyped,
        "joined": taken.joined,
        "questions answered": taken.settled,
    }
    changed = [f"  {what}: {count}" for what, count in done.items() if count]
    lines = ["Recorded; the safe transcripts are up to date.", *changed]
    if not changed:
        lines = ["Nothing in this list differs from the study: nothing was recorded."]
    if taken.rows_nowhere:
        rows = ", ".join(map(str, taken.rows_nowhere))
        lines.append(f"  rows with an added name that stands in no transcript: {rows}")
    if taken.rows_gone:
        lines.append(
            f"  {counted(taken.rows_gone, 'row')} of the list gone or old: what stands there stays"
        )
    lines.append(f"Delete {path} now: it holds every name of the study.")
    return lines
