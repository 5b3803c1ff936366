"""`redact decisions`: out to doccano, Label Studio or a spreadsheet, and back."""

from __future__ import annotations

from pathlib import Path

import click

from redact.cli import shared
from redact.rendering import counted

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
@shared.second_options
@shared.json_option
def export_command(
    study: Path,
    kind: str,
    to: Path,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Writes every mention of STUDY, with the ORIGINAL transcripts, to FILE. It is logged."""
    from redact.key.looks import approved
    from redact.pipeline import run_stage
    from redact.review.exchange import export
    from redact.study.desk import open_desk
    from redact.study.folder import Study
    from redact.study.hold import hold

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    second = shared.get_second(second_passphrase_file, second_identity)
    with hold(opened):
        names = approved(opened, opener, second)
        desk, _ = run_stage(open_desk(opened, opener), "detect")
        count = export(desk, to, kind, names)
    said = (
        f"{counted(count, 'mention')} written to {to}. It holds the original transcripts: delete "
        "it after."
    )
    return shared.print_result(as_json, {"out": str(to), "mentions": count}, [said])


@decisions.command("import")
@shared.study_argument
@click.argument("file", type=shared.PATH)
@kind_option
@click.option("--by", required=True, help="Whose decisions they are: a name or initials.")
@click.option(
    "--uncover",
    is_flag=True,
    help="What FILE takes away shall stand in clear; without it that is only listed.",
)
@shared.key_options
@shared.json_option
def import_command(
    study: Path,
    file: Path,
    kind: str,
    by: str,
    uncover: bool,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Records what FILE decides otherwise than STUDY, and makes the safe transcripts anew."""
    from redact.audit.events import LinkageRevealed
    from redact.key.looks import Showing, asks_for_two, log_look
    from redact.pipeline import run_stage
    from redact.review.exchange import bring_in
    from redact.review.uncover import WouldUncover, words_of_bare
    from redact.study.desk import open_desk
    from redact.study.folder import Study
    from redact.study.hold import hold
    from redact.study.safe_folder import require_unedited

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    with hold(opened):
        desk = open_desk(opened, opener)
        shared.tell_of_strangers(opened, desk.key.documents)
        require_unedited(opened, desk.key.documents)
        desk, _ = run_stage(desk, "detect")
        try:
            brought = bring_in(desk, file, kind, by, uncover)
        except WouldUncover as refused:
            listed = words_of_bare(desk, refused.bare)
            if not as_json:
                alone = not asks_for_two(opened)
                if alone:  # else two would have to agree: the places are told without words
                    look = LinkageRevealed(
                        phase="intent",
                        purpose=Showing.UNCOVERS.value,
                        documents=len({b.file for b in listed}),
                        entries=len(listed),
                        by=by,
                    )
                    log_look(opened, look)
                told = (
                    f"  {b.file}:{b.line}  {b.label}  {b.words if alone else ''}" for b in listed
                )
                click.echo("\n".join(line.rstrip() for line in told))
                raise
            error = {"what": refused.what, "where": refused.where, "remedy": refused.remedy}
            places = [{"file": b.file, "line": b.line, "label": b.label} for b in listed]
            return shared.print_result(
                True, {"error": error, "uncovers": places}, [], refused.exit_code
            )
        run_stage(desk, "replace")
    count, bare = brought.decisions, len(brought.bare)
    lines = [f"{counted(count, 'decision')} recorded; the safe transcripts are up to date."]
    if bare:
        stand = counted(bare, "place that was hidden stands", "places that were hidden stand")
        lines.append(f"{stand} in clear now.")
    result = {"study": str(study), "decisions": count, "uncovered": bare}
    return shared.print_result(as_json, result, lines)
