"""`redact run`: the whole job, and the summary a person wants to read."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import shared

if TYPE_CHECKING:
    from redact.release.make import ReleaseOutcome
    from redact.review.overview import Overview
    from redact.study.desk import Desk


@click.command()
@click.argument("source", nargs=-1, required=True, type=shared.PATH)
@shared.policy_option
@click.option(
    "--out", required=True, type=shared.PATH, metavar="STUDY", help="The study folder to make."
)
@shared.roster_option
@shared.interviews_option
@shared.workers_option
@shared.encoding_option
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="AGE1PQ…",
    help="A further custodian's age recipient who may open the linkage key.",
)
@shared.key_options
@shared.json_option
def run(
    source: tuple[Path, ...],
    policy: str,
    out: Path,
    roster: Path | None,
    interviews: Path | None,
    workers: int,
    encoding: str | None,
    recipients: tuple[str, ...],
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Make SOURCE (files or folders of transcripts) into a shareable corpus, in one go.

    Running it again goes on where it stopped; when nothing changed it changes nothing.
    """
    started = time.monotonic()
    from redact.pipeline import run_stage
    from redact.release.make import release
    from redact.review.overview import overview
    from redact.review.settle import settled_documents
    from redact.study.desk import Order

    order = Order(
        sources=source,
        policy=shared.find_policy(policy),
        roster=roster,
        interviews=interviews,
        encoding=encoding,
    )
    desk = open_or_create(out, order, recipients, passphrase_file, identity)
    with shared.progress_bar(as_json) as progress:
        desk, _ = run_stage(desk, "replace", workers, progress)
    seen = overview(desk)
    waiting = desk.policy.release.review == "required" and len(settled_documents(desk)) < len(
        desk.key.documents
    )
    outcome = None if waiting else release(desk)
    seconds = time.monotonic() - started
    code = 3 if waiting else 0
    return shared.print_result(
        as_json,
        _as_json(desk, seen, outcome, seconds),
        _summary(desk, seen, outcome, seconds),
        code,
    )


def open_or_create(
    out: Path,
    order: Any,
    recipients: tuple[str, ...],
    passphrase_file: str | None,
    identity: Path | None,
) -> Desk:
    """The study at `out`, made if it is not there, brought up to date with what was asked."""
    from redact.custody.keyfile import Opener, parse_recipient, passphrase_recipient
    from redact.study.create import check_order, check_places, create_study
    from redact.study.desk import open_desk
    from redact.study.folder import Study
    from redact.study.update import update_desk

    study = Study(out)
    check_places(out, order.sources)
    if study.exists():
        opener = shared.get_opener(passphrase_file, identity)
        return update_desk(study, opener, order)
    custodians = [
        (f"custodian-{n}", parse_recipient(text)) for n, text in enumerate(recipients, start=1)
    ]
    check_order(order)
    passphrase = shared.new_passphrase(passphrase_file)
    create_study(out, order, (("steward", passphrase_recipient(passphrase)), *custodians))
    return open_desk(study, Opener.from_passphrase(passphrase))


def _as_json(
    desk: Desk, seen: Overview, outcome: ReleaseOutcome | None, seconds: float
) -> dict[str, Any]:
    return {
        "study": str(desk.study.root),
        "policy": f"{desk.policy.name} {desk.policy.version}",
        **asdict(seen),
        "encodings_guessed": dict(_guessed(desk)),
        "release": str(outcome.folder) if outcome else None,
        "released_now": bool(outcome and outcome.made),
        "gates": [g.to_json() for g in outcome.released.gates]
        if outcome and outcome.released
        else [],
        "seconds": round(seconds, 1),
    }


def _summary(
    desk: Desk, seen: Overview, outcome: ReleaseOutcome | None, seconds: float
) -> list[str]:
    root = desk.study.root
    nations = ", ".join(f"{nation} {count}" for nation, count in seen.nations.items())
    mentions = ", ".join(f"{label} {count}" for label, count in seen.mentions.items())
    lines = [
        f"{seen.transcripts} transcripts ({nations}), policy {desk.policy.name}, {seconds:.0f} s",
        "",
        f"  found        {sum(seen.mentions.values())} mentions: {mentions}",
        f"  that are     {seen.entities.get('PERSON', 0)} people, "
        f"{seen.entities.get('PLACE', 0)} places, {seen.entities.get('ORG', 0)} organisations",
        f"  left         {seen.kept} mentions of kept bodies and programmes, "
        f"{seen.ordinary} ordinary words that are names elsewhere",
    ]
    left_out = sum((Counter(source.reading.dropped) for source in desk.sources), Counter[str]())
    if left_out:
        said = ", ".join(f"{kind} {count}" for kind, count in sorted(left_out.items()))
        lines.append(f"  left out     of the safe files: {said}")
    if outcome and outcome.released:
        explained = ", ".join(f"{k} {n}" for k, n in sorted(outcome.released.explained.items()))
        lines.append(f"  gates        all passed; explained occurrences: {explained or 'none'}")
    lines += ["", "  needs a human eye", *_needs(desk, seen), ""]
    lines += [
        f"  safe text    {root / 'safe'}",
        f"  linkage key  {root / 'linkage'} (sealed; opens with the study's passphrase)",
        f"  audit log    {root / 'audit' / 'log.jsonl'}",
    ]
    if outcome:
        note = "" if outcome.made else " (already there, unchanged)"
        lines.append(f"  release      {outcome.folder}{note}")
        if desk.policy.release.review == "none":
            lines += ["", "Made by the machine alone: read it before you pass it on."]
    else:
        left = seen.transcripts - seen.settled
        lines += [
            "  release      none yet",
            "",
            f"Before a release a person must read the safe transcripts ({left} to go). Next:",
            f"  1. `redact review {root} --by YOU`: read each beside its original in your browser,",
            "     doubtful places first, and settle it there;",
            f"  2. `redact release {root}`.",
            f"  (Without a browser: read {root / 'safe'}, put missed names into the roster, run",
            f"  this again, then `redact settle {root} --by YOU`.)",
        ]
    return lines


def _guessed(desk: Desk) -> Counter[str]:
    """How many transcripts were read in an encoding that nobody named."""
    return Counter(one.encoding for one in desk.key.documents if one.guessed)


def _needs(desk: Desk, seen: Overview) -> list[str]:
    needs = []
    for encoding, count in sorted(_guessed(desk).items()):
        needs.append(
            f"    {count} files that are not UTF-8, read as {encoding} by a guess: if words with "
            "accents are wrong, start again with --encoding NAME"
        )
    if seen.questions:
        needs.append(f"    {seen.questions} names that fit several people: who is meant?")
    if seen.doubtful:
        needs.append(f"    {seen.doubtful} mentions the detectors were unsure of")
    if seen.without_row:
        needs.append(f"    {seen.without_row} transcripts without a row in interviews.csv")
    if seen.rows_without_file:
        needs.append(f"    {seen.rows_without_file} rows of interviews.csv without a transcript")
    needs.append(f"    {seen.transcripts - seen.settled} transcripts no person has settled yet")
    return needs
