"""`redact explain`: what a pseudonym stands for, by which rule, from which evidence."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.review.explain import Explanation

SHOWN = 40


@click.command()
@shared.study_argument
@click.argument("what", metavar="PSEUDONYM|FILE:LINE")
@click.option("--originals", is_flag=True, help="Show what was said too. Needs the key; is logged.")
@click.option("--reason", help="Why the originals are looked at, for the log.")
@shared.key_options
@shared.second_options
@shared.json_option
def explain(
    study: Path,
    what: str,
    originals: bool,
    reason: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Say why PSEUDONYM, or what stands at FILE:LINE, is where it is.

    Without --originals nothing but the study's working files is read, and no passphrase is needed.
    """
    from redact.review.explain import explain as find
    from redact.study.folder import Study

    if originals and reason is None:
        raise UsageError(
            "the log needs a reason for showing originals",
            where="--originals",
            remedy='Say why with --reason "…".',
        )
    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity) if originals else None
    second = shared.get_second(second_passphrase_file, second_identity) if originals else None
    found = find(opened, what, opener, reason or "", second)
    result: dict[str, Any] = {"study": str(study), "explained": [asdict(one) for one in found]}
    lines = [line for one in found for line in (*_lines(one, originals), "")][:-1]
    return shared.print_result(as_json, result, lines)


def _lines(one: Explanation, originals: bool) -> list[str]:
    kind = f" ({one.kind})" if one.kind else ""
    lines = [
        f"{one.pseudonym}: {one.label}{kind}, {counted(len(one.occurrences), 'place')} shown, "
        f"in {counted(one.transcripts, 'transcript')}",
        f"  action    {one.action}, by {one.by} ({one.reason})",
        f"  linked    {'; '.join(one.why) or 'one mention'}",
    ]
    if one.owner:
        lines.append(f"  belongs   to {one.owner}")
    if one.question:
        lines.append(f"  question  {one.question}")
    for occurrence in one.occurrences[:SHOWN]:
        said = f"  was {occurrence.original!r}" if originals else ""
        evidence = ", ".join(occurrence.sources)
        lines.append(
            f"  {occurrence.file}:{occurrence.line}  {occurrence.shown}{said}  "
            f"[{evidence}; {occurrence.score:.2f}]"
        )
    if (more := len(one.occurrences) - SHOWN) > 0:
        lines.append(f"  and {counted(more, 'more place')} (all with --json)")
    return lines
