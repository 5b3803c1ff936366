"""`redact detect`: a stage of a study, or the mentions of loose transcripts in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from redact.cli import shared
from redact.cli.stages import run_one
from redact.errors import UsageError
from redact.rendering import counted


@click.command()
@click.argument("source", nargs=-1, required=True, type=shared.PATH)
@click.option("--policy", metavar="FILE", help="A policy file; not for a study, which has its own.")
@click.option(
    "--out", type=shared.PATH, metavar="MENTIONS.jsonl", help="Where to write the mentions."
)
@shared.roster_option
@shared.interviews_option
@shared.workers_option
@shared.encoding_option
@shared.key_options
@shared.json_option
def detect(
    source: tuple[Path, ...],
    policy: str | None,
    out: Path | None,
    roster: Path | None,
    interviews: Path | None,
    workers: int | None,
    encoding: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Find the mentions of a STUDY, or of SOURCE (files, folders, .jsonl of id and text).

    With --out, writes one transcript a line: {"id", "spans": [{"start", "end", "label",
    "score", "source", "entity_id"}]}. Offsets are Unicode code points, end exclusive, and
    there is no word of the transcripts in it.
    """
    if out is None and policy is None and len(source) == 1:
        following = f"`redact link {source[0]}`."
        return run_one(source[0], "detect", passphrase_file, identity, workers, as_json, following)
    if out is None or policy is None:
        raise UsageError(
            "loose transcripts need both --policy and --out; a study needs neither",
            remedy="For example: redact detect FOLDER --policy safe-copy --out mentions.jsonl",
        )
    return _detect_loose(
        source, shared.find_policy(policy), out, roster, interviews, workers, encoding, as_json
    )


def _detect_loose(
    paths: tuple[Path, ...],
    policy_path: Path,
    out: Path,
    roster: Path | None,
    interviews: Path | None,
    workers: int | None,
    encoding: str | None,
    as_json: bool,
) -> int:
    from redact.chain import find_entities
    from redact.formats.sources import read_sources
    from redact.formats.tables import read_interviews, read_roster
    from redact.policy import load_policy
    from redact.study import records
    from redact.transcript.assemble import assemble

    policy, _ = load_policy(policy_path)
    known = read_roster(roster) if roster else ()
    rows = read_interviews(interviews) if interviews else ()
    sources = read_sources(list(paths), encoding, policy.formats)
    if any(str(out.resolve()) == source.path.partition("#")[0] for source in sources):
        raise UsageError(
            "this would write over a transcript", where=str(out), remedy="Choose another --out."
        )
    corpus = assemble({source.stem: source.text for source in sources}, known, rows)
    with shared.progress_bar(as_json) as progress:
        linked = find_entities(corpus, policy, workers, progress)
    entity_of = linked.entity_of()
    lines = [
        records.mentions_document(detection.transcript, detection, entity_of)
        for detection in linked.detections
    ]
    records.write_mentions(out, lines)
    count = sum(len(detection.mentions) for detection in linked.detections)
    result: dict[str, Any] = {
        "out": str(out),
        "transcripts": len(corpus.transcripts),
        "mentions": count,
        "entities": len(linked.entities),
    }
    where = counted(len(corpus.transcripts), "transcript")
    return shared.print_result(as_json, result, [f"{counted(count, 'mention')} in {where}: {out}"])
