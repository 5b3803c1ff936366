"""`redact papers`: drafts for boards and funders, filled with what the study's own files say."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.rendering import shown


@click.command()
@shared.study_argument
@click.option(
    "--kind",
    required=True,
    type=click.Choice(
        ["dpia", "pseudonymisation-statement", "common-rule", "data-management-plan"]
    ),
    help="Which paper.",
)
@click.option(
    "--as",
    "form",
    type=click.Choice(["markdown", "docx", "pdf"]),
    default="markdown",
    help="Markdown, a Word file to go on with, or PDF/A to keep.",
)
@click.option("--to", type=shared.PATH, metavar="FILE", help="Write it there.")
def papers(
    study: Path,
    kind: Literal["dpia", "pseudonymisation-statement", "common-rule", "data-management-plan"],
    form: Literal["markdown", "docx", "pdf"],
    to: Path | None,
) -> int:
    """Draft a paper about STUDY: what its log, policy and risk report say, each with its source.

    What only a person can say is marked as to be written. No passphrase is needed.
    """
    from redact.disk import write_new
    from redact.governance.facts import facts_of
    from redact.governance.papers import TO_WRITE, as_markdown, draft, write
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    if form != "markdown" and to is None:
        raise UsageError("this file needs a place", where="--to", remedy=f"Add --to FILE.{form}.")
    today = datetime.now(UTC).date()
    paper = draft(kind, facts_of(opened, today), today)
    if to is None:
        click.echo(shown(as_markdown(paper), keep="\n"), nl=False)
        return 0
    write_new(to, write(paper, form, today.isoformat()))
    waits = sum(
        one.text.startswith(TO_WRITE) for section in paper.sections for one in section.sentences
    )
    click.echo(shown(f"written: {to}. A person has {waits} places to write."))
    return 0
