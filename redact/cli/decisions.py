"""`redact decisions`: out to doccano, Label Studio or a spreadsheet, and back."""

from __future__ import annotations

from pathlib import Path

import click

from redact.cli import shared

kind_option = click.option(
    "--as",
    "kind",
    required=True,
    type=click.Choice(["doccano", "label-studio", "table", "excel"]),
    help="The program: doccano (JSON lines), Label Studio (JSON), a table (CSV), a workbook.",
)


@click.group()
def decisions() -> None:
    """Decide in another program: what is decided out, what was decided in."""


@decisions.command("export")
@shared.study_argument
@kind_option
@click.option("--to", required=True, type=shared.PATH, metavar="FILE", help="Where to write it.")
@shared.key_options
@shared.json_option
def export_command(
    study: Path,
    kind: str,
    to: Path,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Writes every mention of STUDY, with the ORIGINAL transcripts, to FILE."""
    from redact.pipeline import run_stage
    from redact.review.exchange import export
    from redact.study.desk import open_desk
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    desk, _ = run_stage(open_desk(opened, shared.get_opener(passphrase_file, identity)), "detect")
    count = export(desk, to, kind)
    said = f"{count} mentions written to {to}. It holds the original transcripts: delete it after."
    return shared.print_result(as_json, {"out": str(to), "mentions": count}, [said])


@decisions.command("import")
@shared.study_argument
@click.argument("file", type=shared.PATH)
@kind_option
@click.option("--by", required=True, help="Whose decisions they are: a name or initials.")
@shared.key_options
@shared.json_option
def import_command(
    study: Path,
    file: Path,
    kind: str,
    by: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Records what FILE decides otherwise than STUDY, and makes the safe transcripts anew."""
    from redact.pipeline import run_stage
    from redact.review.exchange import bring_in
    from redact.study.desk import open_desk
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    desk, _ = run_stage(open_desk(opened, opener), "detect")
    count = bring_in(desk, file, kind, by)
    run_stage(open_desk(opened, opener), "replace")
    said = f"{count} decisions recorded; the safe transcripts are up to date."
    return shared.print_result(as_json, {"study": str(study), "decisions": count}, [said])
