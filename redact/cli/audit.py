"""`redact audit`: looking after the log."""

from __future__ import annotations

from pathlib import Path

import click

from redact.cli import shared

WORDS = {
    "intact": "intact",
    "tampered": "TAMPERED WITH",
    "self-attested": "consistent, but only with itself",
    "crash-residue": "intact, with the residue of a crash",
}


@click.group()
def audit() -> None:
    """The governance audit log: who did what when, under which policy."""


@audit.command()
@shared.study_argument
@click.option("--key", metavar="VKEY", help="The log's key, kept elsewhere since `redact init`.")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    type=shared.PATH,
    metavar="FILE",
    help="A checkpoint kept elsewhere: a bag's audit-checkpoint.note.",
)
@shared.key_options
@shared.json_option
def verify(
    study: Path,
    key: str | None,
    anchors: tuple[Path, ...],
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Check every entry of a study's log. Exit 0 intact, 1 tampered, 3 a human must look.

    The log's key must come from outside: give --key, or --passphrase-file (the key is also
    in the custody packet). Without it the log can only be found consistent with itself: exit 3.
    """
    from redact.audit.verify import EXIT_CODES, verify_log
    from redact.custody.keyfile import unlock
    from redact.formats.text import read_bytes
    from redact.study import Study

    opened = Study(study)
    opened.require()
    if key is None and (passphrase_file or identity):
        key = unlock(opened.custody, shared.get_opener(passphrase_file, identity)).log_key
    kept = tuple((path.name, read_bytes(path)) for path in anchors)
    result = verify_log(opened.audit, key, kept)
    lines = [f"audit log: {WORDS[result.status]} ({result.entries} entries)"]
    lines += [f"  {finding}" for finding in result.findings]
    if result.status == "intact":
        after = result.entries - result.anchored
        lines.append(
            f"  {after} entries after the newest anchor could be rolled back unnoticed"
            if anchors
            else "  no anchor was given: a restored old backup of it all would not be noticed"
        )
    return shared.print_result(
        as_json,
        {
            "status": result.status,
            "entries": result.entries,
            "anchored": result.anchored,
            "findings": list(result.findings),
        },
        lines,
        EXIT_CODES[result.status],
    )
