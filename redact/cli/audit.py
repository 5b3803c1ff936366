"""`redact audit`: looking after the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.audit.entries import LogEntry
    from redact.audit.note import Anchor
    from redact.audit.verify import Verification
    from redact.study.folder import Study

WORDS = {
    "intact": "intact",
    "tampered": "TAMPERED WITH",
    "unwitnessed": "as it was written as far as it goes, but its end may be gone",
    "clock-fault": "as it was written, but a clock was wrong",
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
@click.option(
    "--timestamp",
    "timestamps",
    multiple=True,
    type=shared.PATH,
    metavar="FILE",
    help="A time-stamping authority's reply (.tsr) for one of the anchors.",
)
@click.option(
    "--timestamp-root",
    type=shared.PATH,
    metavar="FILE",
    help="The authority's root certificate (PEM), got from the authority.",
)
@shared.key_options
@shared.json_option
def verify(
    study: Path,
    key: str | None,
    anchors: tuple[Path, ...],
    timestamps: tuple[Path, ...],
    timestamp_root: Path | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Check every entry of a study's log. Exit 0 intact, 1 tampered, 3 a human must look.

    The log's key must come from outside: give --key, or --passphrase-file (the key is also
    in the custody packet). Without it the log can only be found consistent with itself: exit 3.
    """
    from dataclasses import asdict

    from redact.audit.timestamp import check_timestamp
    from redact.audit.verify import EXIT_CODES
    from redact.errors import UsageError
    from redact.formats.text import read_bytes
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    if timestamps and timestamp_root is None:
        raise UsageError(
            "a time stamp is worth what its authority is",
            where="--timestamp",
            remedy="Give the authority's root certificate with --timestamp-root.",
        )
    result, kept = _verified(opened, key, anchors, passphrase_file, identity)
    roots = read_bytes(timestamp_root) if timestamp_root is not None else b""
    stamped = [check_timestamp(path.name, read_bytes(path), roots, kept) for path in timestamps]
    lines = [f"audit log: {WORDS[result.status]} ({counted(result.entries, 'entry', 'entries')})"]
    lines += [f"  {finding}" for finding in result.findings]
    lines += [f"  {remark}" for remark in result.remarks]
    lines += [f"  {one.anchor} existed at {one.time}, says {one.authority}" for one in stamped]
    if result.status == "intact":
        after = result.entries - result.anchored
        lines.append(
            f"  {counted(after, 'entry', 'entries')} after the newest anchor could be rolled back "
            "unnoticed"
            if anchors
            else "  no anchor was given: an old backup of the whole study would not be noticed"
        )
    return shared.print_result(
        as_json,
        {
            "status": result.status,
            "entries": result.entries,
            "anchored": result.anchored,
            "findings": list(result.findings),
            "remarks": list(result.remarks),
            "rolled_back": [asdict(one) for one in result.rolled_back],
            "timestamps": [asdict(one) for one in stamped],
        },
        lines,
        EXIT_CODES[result.status],
    )


def _verified(
    study: Study,
    key: str | None,
    anchors: tuple[Path, ...],
    passphrase_file: str | None,
    identity: Path | None,
) -> tuple[Verification, tuple[Anchor, ...]]:
    """The log against anchors given and against all in the study that remembers it."""
    from redact.audit.note import Anchor
    from redact.audit.verify import verify_log
    from redact.custody.keyfile import unlock
    from redact.formats.text import read_bytes
    from redact.study.anchors import anchors_of, witness_is_gone
    from redact.study.sealed import all_that_remembers

    kept = tuple(Anchor(path.name, read_bytes(path)) for path in anchors)
    if passphrase_file or identity:
        opened = unlock(study.custody, shared.get_opener(passphrase_file, identity))
        inside = all_that_remembers(study, opened)
        key = key or opened.log_key
    else:
        inside = anchors_of(study)
    return verify_log(study.audit, key, (*kept, *inside), witness_is_gone(study)), kept


@audit.command()
@shared.study_argument
@click.option("--event", "events", multiple=True, help="Only these events, or linkage, gate …")
@click.option("--since", metavar="DATE", help="Only from this day on: 2026-11-25.")
@click.option("--doc", "document", metavar="D0001", help="Only about this document.")
@click.option("--last", type=int, metavar="N", help="Only the last N.")
@shared.json_option
def show(
    study: Path,
    events: tuple[str, ...],
    since: str | None,
    document: str | None,
    last: int | None,
    as_json: bool,
) -> int:
    """Print the log, an entry a line. It is read, not verified."""
    from redact.audit.reading import read_log, select, words_of
    from redact.rendering import shown as visible
    from redact.study.anchors import compare_log
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    doubts = compare_log(opened).findings
    entries = select(
        read_log(opened.audit), kinds=events, since=since, document=document, last=last
    )
    lines = [
        f"{entry.number:>5}  {entry.time[:19].replace('T', ' ')}  {visible(entry.actor.id):<12}  "
        f"{entry.event.kind:<20}  {words_of(entry.event)}"
        for entry in entries
    ]
    for doubt in doubts:
        click.echo(visible(f"redact: this is not the newest log: {doubt}"), err=True)
    shown = {"entries": [_as_json(entry) for entry in entries], "doubts": list(doubts)}
    return shared.print_result(as_json, shown, lines, 1 if doubts else 0)


def _as_json(entry: LogEntry) -> dict[str, Any]:
    from redact.audit.events import data_of

    return {
        "number": entry.number,
        "time": entry.time,
        "actor": entry.actor.id,
        "role": entry.actor.role,
        "event": entry.event.kind,
        "data": data_of(entry.event),
    }


@audit.command()
@shared.study_argument
@click.option("--to", "target", type=shared.PATH, metavar="FILE", help="Where to write the note.")
@click.option("--where", required=True, help="Whom it will be given to, for the log: an office.")
@click.option(
    "--timestamp-request",
    "request",
    type=shared.PATH,
    metavar="FILE",
    help="Also write a request (.tsq) for a time-stamping authority. Needs --to.",
)
@shared.json_option
def anchor(
    study: Path, target: Path | None, where: str, request: Path | None, as_json: bool
) -> int:
    """Make a signed checkpoint to keep elsewhere: whoever has it sees if the log goes back.

    Without --to the note is printed: about 250 letters, short enough for a QR code. The file has a
    post-quantum cosignature as well.
    """
    from redact.audit.timestamp import timestamp_request
    from redact.disk import write_atomic
    from redact.errors import UsageError
    from redact.study.anchoring import make_anchor
    from redact.study.anchors import require_newest_log
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    require_newest_log(opened)
    if target is not None and target.resolve().is_relative_to(opened.root.resolve()):
        raise UsageError(
            "an anchor beside the log protects nothing",
            where=str(target),
            remedy="Name a file outside the study, and give it to somebody else.",
        )
    if request is not None and target is None:
        raise UsageError(
            "a time stamp is for a file",
            where="--timestamp-request",
            remedy="Give --to as well, and keep that file unchanged.",
        )
    if request is not None:
        timestamp_request(b"-")  # is the library there? Ask before the log says anything
    made = make_anchor(opened, where)
    if target is not None:
        write_atomic(target, made.kept)
        if request is not None:
            write_atomic(request, timestamp_request(made.kept))
    return shared.print_result(
        as_json,
        {
            "size": made.size,
            "note": made.note,
            "log_key": made.key,
            "file": str(target) if target else None,
        },
        [made.note.rstrip("\n")]
        if target is None
        else [f"{target}: a checkpoint of {counted(made.size, 'entry', 'entries')}."]
        + ([f"{request}: send it to the authority; keep the reply."] if request else []),
    )


@audit.command()
@shared.study_argument
@click.option(
    "--to",
    "target",
    required=True,
    type=shared.PATH,
    metavar="FILE",
    help="A page (.html) or Markdown (.md).",
)
@click.option("--key", metavar="VKEY", help="The log's key, kept elsewhere since `redact init`.")
@click.option("--anchor", "anchors", multiple=True, type=shared.PATH, metavar="FILE")
@shared.key_options
@shared.json_option
def report(
    study: Path,
    target: Path,
    key: str | None,
    anchors: tuple[Path, ...],
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Write what an ethics board asks: who did what when, and whether the log is true."""
    from redact.audit.reading import read_log
    from redact.audit.report import as_markdown, as_page, make_report
    from redact.audit.verify import EXIT_CODES
    from redact.disk import write_atomic
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    verified, _ = _verified(opened, key, anchors, passphrase_file, identity)
    entries = read_log(opened.audit)
    made = make_report(f"audit log of {opened.root.name}", entries, verified)
    text = as_page(made) if target.suffix == ".html" else as_markdown(made)
    write_atomic(target, text.encode("utf-8"))
    return shared.print_result(
        as_json,
        {"file": str(target), "status": verified.status},
        [f"{target}: {made.state}"],
        EXIT_CODES[verified.status],
    )


@audit.command()
@shared.study_argument
@click.option("--prov", "target", required=True, type=shared.PATH, metavar="FILE")
@shared.json_option
def export(study: Path, target: Path, as_json: bool) -> int:
    """Write the log as W3C PROV-JSON: a view for other tools, never the record."""
    from redact.audit.provenance import as_prov
    from redact.audit.reading import read_log
    from redact.disk import write_atomic
    from redact.study.anchors import require_newest_log
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    require_newest_log(opened)
    entries = read_log(opened.audit)
    write_atomic(target, as_prov(opened.root.name, entries).encode("utf-8"))
    return shared.print_result(
        as_json,
        {"file": str(target), "entries": len(entries)},
        [f"{target}: {counted(len(entries), 'entry', 'entries')}"],
    )
