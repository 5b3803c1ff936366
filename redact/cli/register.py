"""`redact register`: every release, who has it, on which terms, and what is due."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from redact.cli import shared
from redact.rendering import shown


@click.command()
@shared.study_argument
@click.option("--csv", "table", type=shared.PATH, metavar="FILE", help="Write it as a table.")
@click.option("--page", type=shared.PATH, metavar="FILE", help="Write it as a page to print.")
@shared.json_option
def register(study: Path, table: Path | None, page: Path | None, as_json: bool) -> int:
    """List every release of STUDY: who has it, what for, until when, and what became of it.

    It is read from the audit log and needs no passphrase. Exit code 3 if one is overdue, or is to
    be called back because somebody in it withdrew.
    """
    from redact.audit.reading import read_log
    from redact.disk import write_atomic
    from redact.governance.register import DUE, as_csv, as_lines, as_page
    from redact.governance.register import register as registered
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    today = datetime.now(UTC).date()
    held = registered(read_log(opened.audit), today)
    if table is not None:
        write_atomic(table, as_csv(held).encode("utf-8"))
    if page is not None:
        write_atomic(page, as_page(study.resolve().name, today, held).encode("utf-8"))
    lines = [shown(line) for line in as_lines(held)]
    lines += [shown(f"written: {path}") for path in (table, page) if path is not None]
    due = any(one.state in DUE for one in held)
    result = {"releases": [asdict(one) for one in held]}
    return shared.print_result(as_json, result, lines, 3 if due else 0)
