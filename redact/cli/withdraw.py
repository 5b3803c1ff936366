"""`redact withdraw`: a participant takes their word back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.governance.consent import Leaving


@click.command()
@shared.study_argument
@click.argument("participant")
@click.option("--by", required=True, help="Who records it: a name or initials.")
@click.option("--reason", default="withdrew", show_default=True)
@shared.discard_option
@shared.key_options
@shared.json_option
def withdraw(
    study: Path,
    participant: str,
    by: str,
    reason: str,
    discard_edits: bool,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Remove PARTICIPANT's transcripts (interview id, or a name such as scot_01) from the study.

    Everybody who is only in them goes too. Releases made before are listed: they are out.
    """
    from redact.audit.reading import read_log
    from redact.governance.consent import leavings
    from redact.governance.register import who_has
    from redact.recording.listing import lists_made
    from redact.study.folder import Study
    from redact.study.withdraw import withdraw as remove

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    shared.tell_of_strangers(opened)
    lists = lists_made(opened)
    done = remove(opened, opener, participant, by, reason, discard_edits)
    held = ", ".join(done.releases) or "none"
    today = datetime.now(UTC).date()
    held_now = who_has(read_log(opened.audit), today)
    out = [one for one in held_now if one.release in done.releases]
    met = leavings(read_log(opened.audit), today)[-1]
    lines = [
        f"Gone: {', '.join(done.transcripts)}, and {done.entities} pseudonyms only there.",
        f"Releases that hold it: {held}."
        + (" Tell whoever has them:" if out else " Tell whoever has them; by the log nobody has."),
        *(f"  {one.to} has {one.release} since {one.given}" for one in out),
        "Delete the source yourself, and its row in interviews.csv"
        + (":" if done.sources else " (its path went with the key)."),
        *(f"  {path}" for path in done.sources),
        *(f"Not redact's, in safe/: {name}. If it is a copy, delete it." for name in done.beside),
        *_of_recordings(done.transcripts, lists, study),
        *_in_time(met),
        *([f"`redact consent notice {study} --to FOLDER` writes what to send."] if out else []),
        f"Then make a new release: `redact release {study}`.",
    ]
    given = [{"to": one.to, "release": one.release, "on": one.given} for one in out]
    result = asdict(done) | {"given": given, "lists_of_times": lists}
    return shared.print_result(as_json, result, lines)


def _in_time(met: Leaving) -> list[str]:
    """Whether it was recorded before the last day that the table had said; nothing without one."""
    if met.is_in_time is None:
        return []
    when = "in time: the" if met.is_in_time else "after the last day; the"
    return [f"Recorded on {met.on}, entry {met.entry} of the log, {when} last day was {met.until}."]


def _of_recordings(gone: tuple[str, ...], lists: int, study: Path) -> list[str]:
    """What to do about lists that `redact times` made before: they lead to names still."""
    if not lists:
        return []
    names = ", ".join(f"{PurePath(name).stem}.*" for name in gone)
    return [
        f"Lists of `redact times` were made {counted(lists, 'time')}, and lie where you put them: "
        f"they still tell where in the recording names are heard. Delete {names} there, delete "
        f"times.csv and make it anew (`redact times {study} --as csv --to FOLDER`); and the "
        "recording itself, if it was to go."
    ]
