"""`redact init`, `link` and `replace`: the stages of `redact run`, one at a time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.cli.order import order_of
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.study.state import Stage


@click.command()
@click.argument("source", nargs=-1, required=True, type=shared.PATH)
@shared.study_policy_option
@shared.change_policy_option
@click.option(
    "--out", required=True, type=shared.PATH, metavar="STUDY", help="The study folder to make."
)
@shared.roster_option
@shared.interviews_option
@shared.consent_option
@shared.encoding_option
@shared.language_option
@shared.skip_option
@shared.key_options
@shared.json_option
def init(
    source: tuple[Path, ...],
    policy: str | None,
    change_policy: bool,
    out: Path,
    roster: Path | None,
    interviews: Path | None,
    consent: Path | None,
    encoding: str | None,
    language: str | None,
    skips: tuple[str, ...],
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Start a study folder for SOURCE: its key, custody and log. Nothing is detected yet."""
    from redact.cli.run import start

    keys = (passphrase_file, identity)
    order = order_of(
        out,
        source,
        policy,
        change_policy,
        roster,
        interviews,
        encoding,
        skips,
        keys,
        language,
        consent,
    )
    desk = start(out, order, (), passphrase_file, identity).desk(order)
    shared.tell_of_sources(desk, order)
    count = len(desk.key.documents)
    if sys.stdin.isatty() and sys.stderr.isatty() and not as_json:
        from redact.cli.describe import asked

        if click.confirm("Describe the study for a catalogue now?", default=False, err=True):
            asked(desk.study, False)
    return shared.print_result(
        as_json,
        {"study": str(out), "transcripts": count, "log_key": desk.identity.log_key},
        [
            f"A study of {counted(count, 'transcript')} at {out}. Next: `redact detect {out}`.",
            "Keep this key of its audit log elsewhere, to check the log with one day:",
            f"  {desk.identity.log_key}",
        ],
    )


def run_one(
    study: Path,
    stage: Stage,
    passphrase_file: str | None,
    identity: Path | None,
    workers: int | None,
    as_json: bool,
    following: str,
    discard_edits: bool = False,
) -> int:
    """Brings a study up to this stage and says what is there."""
    from redact.pipeline import run_stage
    from redact.study.desk import open_desk
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    desk = open_desk(opened, opener)
    shared.tell_of_strangers(opened, desk.key.documents)
    with shared.progress_bar(as_json) as progress:
        _, changed = run_stage(desk, stage, workers, progress, discard_edits)
    result: dict[str, Any] = {"study": str(study), "stage": stage, "changed": changed}
    said = "done" if changed else "up to date already, nothing changed"
    return shared.print_result(as_json, result, [f"{stage}: {said}. Next: {following}"])


@click.command()
@shared.study_argument
@shared.workers_option
@shared.key_options
@shared.json_option
def link(
    study: Path, workers: int, passphrase_file: str | None, identity: Path | None, as_json: bool
) -> int:
    """Join a study's mentions to people, places and organisations."""
    following = f"`redact replace {study}`."
    return run_one(study, "link", passphrase_file, identity, workers, as_json, following)


@click.command()
@shared.study_argument
@shared.workers_option
@shared.discard_option
@shared.key_options
@shared.json_option
def replace(
    study: Path,
    workers: int | None,
    discard_edits: bool,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Write a study's safe transcripts and seal what they stand for in the linkage key."""
    following = f"read {study / 'safe'}, then `redact release {study}`."
    return run_one(
        study, "replace", passphrase_file, identity, workers, as_json, following, discard_edits
    )
