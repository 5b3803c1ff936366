"""`redact incident`: a name was found in a release; what has it, who has that, what is done."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.cli.notices import write_notices
from redact.cli.said import LONGEST_NAME, LONGEST_REASON, Said
from redact.core import LABELS
from redact.errors import UsageError
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.core import Label
    from redact.governance.incident import Incident
    from redact.governance.register import Holding
    from redact.study.desk import Desk

_LONGEST_WORDS = 500
_number = click.argument("number")


@click.group()
def incident() -> None:
    """When a name is found after a release: find it, hide it, tell who has it, close."""


def _words(study: Path, path: Path | None) -> str:
    """What was found: typed unseen, or the one line of a file that lies outside the study."""
    if path is None:
        if not sys.stdin.isatty():
            raise UsageError(
                "the words that were found are asked for at a terminal",
                where="redact incident",
                remedy="Run it at a terminal, or give them in a file: --words-file FILE.",
            )
        return str(click.prompt("What was found (it is not shown)", hide_input=True, err=True))
    if path.resolve().is_relative_to(study.resolve()):
        raise UsageError(
            "the words may not lie in the study's folder",
            where=str(path),
            remedy="Put the file elsewhere, or leave out --words-file and type them.",
        )
    shared.remark_on_modes(path)
    try:
        text = path.read_bytes().decode("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            "this file cannot be read as text", where=str(path), remedy="Save it as UTF-8."
        ) from None
    if "\n" in text or not text or len(text) > _LONGEST_WORDS:
        raise UsageError(
            f"the words stand on one line, up to {_LONGEST_WORDS} characters",
            where=str(path),
            remedy="Open an incident for each name.",
        )
    return text


@incident.command("open")
@shared.study_argument
@click.option(
    "--what",
    "label",
    required=True,
    type=click.Choice(LABELS),
    help="What it is, in the words of a policy.",
)
@click.option("--by", required=True, type=Said(LONGEST_NAME), help="Who records it.")
@click.option(
    "--words-file",
    type=shared.PATH,
    metavar="FILE",
    help="A file with what was found, on one line; without it you are asked, and nothing is shown.",
)
@shared.key_options
@shared.json_option
def open_(
    study: Path,
    label: Label,
    by: str,
    words_file: Path | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Open an incident: say where the words stand in releases, who has those, and hide them.

    The words are looked for in every release that is in the study's folder and in every source.
    They are never written down. Then make a corrected release, tell who has an old one, and close.
    """
    from redact.governance.reported import open_incident

    words = _words(study, words_file)
    desk = shared.opened_desk(study, passphrase_file, identity)
    done = open_incident(desk, label, words, by)
    lines = [
        f"{done.incident.number} is open. "
        + (
            f"It is hidden at {counted(done.hidden, 'place')} of the study's transcripts from the "
            "next release on."
            if done.hidden
            else "Nothing in the transcripts was to be hidden: change where it stands first."
        ),
        *(
            f"  {one.release}: {one.file}, line {', '.join(map(str, one.lines))}"
            for one in done.files
        ),
        *_affected(desk, done.incident),
        *_left(done.incident, _held(desk), study),
    ]
    result = {
        **asdict(done.incident),
        "files": [asdict(one) for one in done.files],
        "hidden": done.hidden,
    }
    return shared.print_result(as_json, result, [shown(line) for line in lines])


def _held(desk: Desk) -> tuple[Holding, ...]:
    from redact.audit.reading import read_log
    from redact.governance.register import register

    return register(read_log(desk.log), datetime.now(UTC).date())


def _affected(desk: Desk, found: Incident) -> list[str]:
    from redact.audit.reading import read_log
    from redact.governance.incident import affected_said

    return [f"  {said}" for said in affected_said(read_log(desk.log), found, _held(desk))]


def _left(found: Incident, held: tuple[Holding, ...], study: Path) -> list[str]:
    from redact.governance.incident import left_to_do

    return [f"Next: {one.at_a_terminal}" for one in left_to_do(found, held, str(study))]


@incident.command()
@shared.study_argument
@shared.json_option
def show(study: Path, as_json: bool) -> int:
    """Show every incident: how long each step took, and what is left to do. No passphrase needed.

    Exit code 3 if one is open.
    """
    from redact.audit.reading import read_log
    from redact.governance.incident import as_lines, incidents, left_to_do
    from redact.governance.register import register
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    entries = read_log(opened.audit)
    found, held = incidents(entries), register(entries, datetime.now(UTC).date())
    lines = [shown(line) for line in as_lines(entries, found, held, str(study))]
    result: dict[str, Any] = {
        "incidents": [
            {
                **asdict(one),
                "left": [step.at_a_terminal for step in left_to_do(one, held, str(study))],
            }
            for one in found
        ]
    }
    code = 3 if any(one.is_open for one in found) else 0
    return shared.print_result(as_json, result, lines, code)


@incident.command("notice")
@shared.study_argument
@_number
@click.option(
    "--to", "target", type=shared.PATH, metavar="FOLDER", help="Write them there, a file each."
)
@shared.json_option
def notice_(study: Path, number: str, target: Path | None, as_json: bool) -> int:
    """Write a notice for each who has an affected release, about what they have.

    It does not say what was found.
    """
    from redact.audit.reading import read_log
    from redact.governance.incident import incident_of
    from redact.governance.notices import notices
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    entries = read_log(opened.audit)
    known = notices(entries, incident_of(entries, number), datetime.now(UTC).date())
    if target is None:
        result = {"notices": {one.to: one.text for one in known}}
        lines = [line for one in known for line in one.text.split("\n")]
    else:
        written = write_notices(target, study, {one.to: one.text for one in known})
        result = {"notices": written}
        lines = [f"For {to}: {path}" for to, path in written.items()]
    lines = lines or ["Nobody has a release in which it stands."]
    return shared.print_result(as_json, result, [shown(line) for line in lines])


@incident.command()
@shared.study_argument
@_number
@click.option("--to", required=True, metavar="WHO", help="Who was told.")
@click.option("--on", required=True, metavar="DATE", help="On which day (2026-01-31).")
@shared.key_options
@shared.json_option
def told(
    study: Path,
    number: str,
    to: str,
    on: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record in the log that somebody who has an affected release was told."""
    from redact.governance.reported import tell

    desk = shared.opened_desk(study, passphrase_file, identity)
    done = tell(desk, number, to, on, datetime.now(UTC).date())
    result = {"incident": done.incident, "to": done.to, "on": done.on}
    lines = [f"{done.incident}: {done.to} was told on {done.on}, as you say. It is in the log."]
    return shared.print_result(as_json, result, [shown(line) for line in lines])


@incident.command("close")
@shared.study_argument
@_number
@click.option("--by", required=True, type=Said(LONGEST_NAME), help="Who closes it.")
@click.option(
    "--words-file",
    type=shared.PATH,
    metavar="FILE",
    help="The file with what was found; without it you are asked, and nothing is shown.",
)
@shared.key_options
@shared.json_option
def close_(
    study: Path,
    number: str,
    by: str,
    words_file: Path | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Close an incident once it is released without the words, and all who had them know."""
    from redact.governance.reported import close

    words = _words(study, words_file)
    desk = shared.opened_desk(study, passphrase_file, identity)
    done = close(desk, number, words, by, datetime.now(UTC).date())
    steps = "; ".join(f"{step} after {minutes} min" for step, minutes in done.minutes)
    lines = [f"{done.number} is closed: {steps}. The log has each step."]
    return shared.print_result(as_json, asdict(done), [shown(line) for line in lines])


@incident.command()
@shared.study_argument
@_number
@click.option("--by", required=True, type=Said(LONGEST_NAME), help="Who takes them back.")
@click.option("--reason", required=True, type=Said(LONGEST_REASON), help="Why, without them.")
@shared.key_options
@shared.json_option
def take_back(
    study: Path,
    number: str,
    by: str,
    reason: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Take back words that were typed by mistake: nothing is to be done for them any more.

    What was hidden for them stays hidden until somebody says of each that it is no name.
    """
    from redact.governance.reported import take_back as taken_back

    done = taken_back(shared.opened_desk(study, passphrase_file, identity), number, by, reason)
    lines = [f"{done.number} was taken back. The log has who did, and why."]
    if done.hidden:
        lines.append(
            f"{counted(done.hidden, 'place')} in the transcripts stay hidden: show each again that "
            "is no name, in `redact review`."
        )
    return shared.print_result(as_json, asdict(done), [shown(line) for line in lines])
