"""`redact times`: where in the recordings that is heard which the safe transcripts hide."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared
from redact.errors import UsageError
from redact.recording.kinds import ListKind
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.recording.listing import TimesWritten
    from redact.recording.places import Silenced

_SHOWN = 5  # places of a transcript, on the screen
_HOW_TO = {
    ListKind.AUDACITY: "In Audacity: File > Import > Labels.",
    ListKind.FFMPEG: "For each recording: "
    "ffmpeg -i RECORDING -filter_script:a FILE.ffmpeg.txt OUT.wav",
    ListKind.ELAN: "In ELAN: File > Merge Transcriptions; or open it with the recording.",
    ListKind.PRAAT: "In Praat: Open > Read from file.",
    ListKind.CSV: "Times are seconds from the beginning of the recording.",
}


@click.command()
@shared.study_argument
@click.option(
    "--as",
    "program",
    required=True,
    type=click.Choice([kind.value for kind in ListKind]),
    help="For which program it is.",
)
@click.option(
    "--to",
    type=shared.PATH,
    metavar="DIR",
    help="A folder for the files, one a transcript; never in the study. csv needs none.",
)
@shared.key_options
@shared.second_options
@shared.json_option
def times(
    study: Path,
    program: str,
    to: Path | None,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Where in the recordings what STUDY hides is heard, to be silenced there. It is logged.

    By words' own times, else by the share of a cue, with a margin. What has no time is listed, and
    the exit code is 3.
    """
    from redact.recording.listing import write_times
    from redact.study.folder import Study

    kind = ListKind(program)
    if to is None and kind is not ListKind.CSV:
        raise UsageError(
            "say where the files shall go", where="redact times", remedy="Add --to FOLDER."
        )
    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    second = shared.get_second(second_passphrase_file, second_identity)
    written = write_times(opened, opener, kind, to, second)
    code = 3 if any(one.without_time or one.coarse for one in written.found) else 0
    lines = _said(written.found)
    if to is None and not as_json:
        click.echo(written.texts[0], nl=False)
        for line in lines:
            shared.remark(line)
        return code
    if to is not None:
        lines = [f"{counted(len(written.files), 'file')} in {to}. {_HOW_TO[kind]}", *lines]
        lines += [
            f"{path.name} in {to} is none of them: if it is an old list of `redact times`, of a "
            "transcript that was withdrawn or tells no times now, delete it."
            for path in written.old
        ]
    return shared.print_result(as_json, _result(written), lines, code)


def _result(written: TimesWritten) -> dict[str, Any]:
    return {
        "files": [str(path) for path in written.files],
        "old_files": [str(path) for path in written.old],
        "transcripts": [
            {
                "transcript": one.file,
                "stretches": [
                    {
                        "begins_ms": each.begins,
                        "ends_ms": each.ends,
                        "label": each.label,
                        "how": each.how,
                        "listen": each.is_coarse,
                    }
                    for each in one.stretches
                ],
                "without_time": [
                    {"line": place.line, "kind": place.thing.kind, "label": place.thing.pseudonym}
                    for place in one.without_time
                ],
            }
            for one in written.found
        ],
    }


def _said(found: Sequence[Silenced]) -> list[str]:
    """What was found of each transcript, and what a person must listen to."""
    lines = []
    for one in found:
        said = counted(len(one.stretches), "stretch", "stretches")
        if not one.ends:
            hidden = counted(len(one.without_time), "hidden place")
            rest = f"its {hidden} must be found by ear" if one.without_time else "nothing is hidden"
            lines.append(f"{one.file} tells no times: {rest}.")
            continue
        shares = sum(each.how == "share" for each in one.stretches)
        lines.append(f"{one.file}: {said} to silence, {shares} of them by the share of a cue.")
        if one.coarse:
            lines.append(
                f"  {one.coarse} lie in cues of more than half a minute: listen to each before the "
                "recording is given away."
            )
        if one.without_time:
            lines.append(
                f"  {counted(len(one.without_time), 'hidden place')} without a time; find by ear:"
            )
            lines += [
                f"    line {place.line}: {place.thing.kind} {place.thing.pseudonym}"
                for place in one.without_time[:_SHOWN]
            ]
            if len(one.without_time) > _SHOWN:
                lines.append(f"    and {len(one.without_time) - _SHOWN} more (--as csv has all)")
    return lines
