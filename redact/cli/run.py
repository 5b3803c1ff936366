"""`redact run`: the whole job, and the summary a person wants to read."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import answer, shared
from redact.cli.cluster import cluster_option, who_looks
from redact.cli.consent import lines_of_consent
from redact.cli.order import order_of
from redact.cli.release import conditions_lines, left_out_lines
from redact.cli.said import LONGEST_NAME, Said
from redact.cli.waiting import next_steps, open_as_json, reasons, what_is_open
from redact.errors import GateRefused
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.custody.keyfile import Opener
    from redact.release.make import ReleaseOutcome
    from redact.release.open_forms import Waiting
    from redact.review.overview import Overview
    from redact.study.desk import Desk, Order
    from redact.study.folder import Study


@click.command()
@click.argument("source", nargs=-1, required=True, type=shared.PATH)
@shared.study_policy_option
@shared.change_policy_option
@click.option(
    "--out", required=True, type=shared.PATH, metavar="STUDY", help="The study folder to make."
)
@shared.roster_option
@shared.interviews_option
@shared.consent_option
@shared.workers_option
@cluster_option
@shared.encoding_option
@shared.language_option
@shared.skip_option
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="AGE1PQ…",
    help="A further custodian's age recipient who may open the linkage key.",
)
@shared.discard_option
@shared.key_options
@shared.json_option
@click.pass_obj
def run(
    own_process: bool | None,
    source: tuple[Path, ...],
    policy: str | None,
    change_policy: bool,
    out: Path,
    roster: Path | None,
    interviews: Path | None,
    consent: Path | None,
    workers: int | None,
    cluster: str | None,
    encoding: str | None,
    language: str | None,
    skips: tuple[str, ...],
    recipients: tuple[str, ...],
    discard_edits: bool,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Make SOURCE (files or folders of transcripts) into a shareable corpus, in one go.

    Running it again goes on where it stopped; when nothing changed it changes nothing.
    """
    started = time.monotonic()
    from redact.key.looks import asks_for_two
    from redact.pipeline import run_all
    from redact.review.overview import overview
    from redact.study.hold import hold

    looking = who_looks(cluster, workers, own_process)
    keys = (passphrase_file, identity)
    order = order_of(
        out,
        source,
        policy,
        change_policy,
        roster,
        interviews,
        encoding,
        skips,
        keys,
        language,
        consent,
    )
    opened = start(out, order, recipients, passphrase_file, identity)
    with hold(opened.study):
        desk = opened.desk(order, discard_edits)
        shared.tell_of_strangers(desk.study, desk.key.documents)
        shared.tell_of_sources(desk, order)
        with shared.progress_bar(as_json) as progress:
            desk = run_all(desk, looking, progress, discard_edits)
        seen = overview(desk)
        outcome, waits = _released(desk)
    seconds = time.monotonic() - started
    if waits is None or as_json or not answer.at_a_terminal() or asks_for_two(desk.study):
        return _told(as_json, desk, seen, outcome, waits, seconds)
    _told(as_json, desk, seen, outcome, waits, seconds)
    return _settled_now(opened, waits)


def _released(desk: Desk) -> tuple[ReleaseOutcome | None, Waiting | None]:
    """The release, or all that it waits for; GateRefused where no person's word would help."""
    from redact.release.make import may_go_out, release
    from redact.release.open_forms import waiting
    from redact.review.settle import settled_documents

    inside = may_go_out(desk)
    unsettled = len(inside.key.documents) - len(settled_documents(inside))
    if desk.policy.release.review == "required" and unsettled:
        return None, waiting(desk)
    try:
        return release(desk), None
    except GateRefused:
        waits = waiting(desk)
        if not waits.is_for_a_person:
            raise
        return None, waits


def _told(
    as_json: bool,
    desk: Desk,
    seen: Overview,
    outcome: ReleaseOutcome | None,
    waits: Waiting | None,
    seconds: float,
) -> int:
    result = _as_json(desk, seen, outcome, seconds)
    if waits is None:
        return shared.print_result(as_json, result, _summary(desk, seen, outcome, seconds))
    result["gates"] = [one.to_json() for one in waits.gates]
    result["open"] = open_as_json(waits, desk)
    return shared.print_result(as_json, result, _six_lines(desk, seen, waits, seconds), 3)


def _settled_now(opened: Started, waits: Waiting) -> int:
    """Asks the person at the terminal whether they settle now what can be settled here."""
    from redact.key.looks import approved

    if not waits.forms:
        return 3
    if not click.confirm("Settle these words here and now?", default=True, err=True):
        return 3
    by = click.prompt("Your name or initials, for the log", type=Said(LONGEST_NAME), err=True)
    names = approved(opened.study, opened.opener, None, "show what is open")
    answer.settle_here(opened.study, opened.opener, by, names)
    desk, left, outcome = answer.go_on(opened.study, opened.opener)
    if outcome is not None:
        click.echo(f"release: {outcome.folder}")
        return 0
    click.echo(shown("\n".join([f"open: {what_is_open(left)}", *_next(desk, left)]), keep="\n"))
    return 3


@dataclass(frozen=True, slots=True)
class Started:
    """A study that is there, what opens it, and whether it was made just now."""

    study: Study
    opener: Opener
    is_new: bool

    def desk(self, order: Order, discard_edits: bool = False) -> Desk:
        """The study opened, brought up to date with what was asked."""
        from redact.study.desk import open_desk
        from redact.study.update import update_desk

        if self.is_new:
            return open_desk(self.study, self.opener)
        return update_desk(self.study, self.opener, order, discard_edits)


def start(
    out: Path,
    order: Order,
    recipients: tuple[str, ...],
    passphrase_file: str | None,
    identity: Path | None,
) -> Started:
    """The study at `out`, made if it is not there."""
    from redact.custody.keyfile import Opener, parse_recipient, passphrase_recipient
    from redact.study.create import check_order, check_places, create_study
    from redact.study.folder import Study

    study = Study(out)
    check_places(out, order.sources)
    if study.exists():
        return Started(study, shared.get_opener(passphrase_file, identity), is_new=False)
    custodians = [
        (f"custodian-{n}", parse_recipient(text)) for n, text in enumerate(recipients, start=1)
    ]
    check_order(order)
    passphrase = shared.new_passphrase(passphrase_file, (out.name, "steward"), order.sources)
    create_study(out, order, (("steward", passphrase_recipient(passphrase)), *custodians))
    return Started(study, Opener.from_passphrase(passphrase), is_new=True)


def _as_json(
    desk: Desk, seen: Overview, outcome: ReleaseOutcome | None, seconds: float
) -> dict[str, Any]:
    from redact.study.table_check import counts_of_tables

    return {
        "study": str(desk.study.root),
        "policy": f"{desk.policy.name} {desk.policy.version}",
        **asdict(seen),
        "encodings_guessed": dict(_guessed(desk)),
        "tables": asdict(counts_of_tables(desk)),
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
    from redact.study.table_check import lines_of_tables

    root = desk.study.root
    mentions = ", ".join(f"{label} {count}" for label, count in seen.mentions.items())
    lines = [
        _head(desk, seen, seconds),
        "",
        f"  found        {counted(sum(seen.mentions.values()), 'mention')}: {mentions}",
        f"  that are     {counted(seen.entities.get('PERSON', 0), 'person', 'people')}, "
        f"{counted(seen.entities.get('PLACE', 0), 'place')}, "
        f"{counted(seen.entities.get('ORG', 0), 'organisation')}",
        f"  left         {counted(seen.kept, 'mention')} of kept bodies and programmes, "
        f"{counted(seen.ordinary, *_ORDINARY)} elsewhere",
    ]
    lines += _of_still_hidden(desk, seen)
    lines += lines_of_consent(desk)
    if of_tables := lines_of_tables(desk):
        lines += ["", "  your tables, as they were read", *of_tables, ""]
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
        lines.append(f"  release      {outcome.folder}{outcome.note}")
        lines += left_out_lines(outcome, desk)
        lines += map(shown, conditions_lines(outcome.conditions, desk))
        if desk.policy.release.review == "none":
            lines += ["", "Made by the machine alone: read it before you pass it on."]
    return lines


def _six_lines(desk: Desk, seen: Overview, waits: Waiting, seconds: float) -> list[str]:
    """What was done, what is open, and one command to go on with."""
    from redact.study.table_check import lines_of_tables

    looks = [
        counted(seen.questions, "name that fits", "names that fit") + " several people",
        counted(seen.doubtful, "mention") + " the detectors were unsure of",
    ]
    counts = (seen.questions, seen.doubtful)
    told = [said for said, count in zip(looks, counts, strict=True) if count]
    tables = lines_of_tables(desk)
    more = ["  your tables, as they were read", *tables] if tables else []
    return [
        f"{_head(desk, seen, seconds)}; safe text in {desk.study.root / 'safe'}",
        f"  found        {_found(seen)}",
        *([f"  look at      {', '.join(told)}"] if told else []),
        *_of_still_hidden(desk, seen),
        *lines_of_consent(desk),
        f"  release      none yet; open: {what_is_open(waits)}",
        *_next(desk, waits),
        *more,
        *_of_encodings(desk),
    ]


def _of_still_hidden(desk: Desk, seen: Overview) -> list[str]:
    if not seen.still_hidden:
        return []
    return [
        f"  stay hidden  {counted(seen.still_hidden, 'name')} that this policy would leave as they "
        "are: they were hidden before.",
        f"               To show one: `redact entity act {desk.study.root} keep '[Person 1]' "
        "--by YOU`.",
    ]


def _head(desk: Desk, seen: Overview, seconds: float) -> str:
    nations = ", ".join(f"{nation} {count}" for nation, count in seen.nations.items())
    transcripts = counted(seen.transcripts, "transcript")
    return f"{transcripts} ({nations}), policy {desk.policy.name}, {seconds:.0f} s"


def _found(seen: Overview) -> str:
    people = counted(seen.entities.get("PERSON", 0), "person", "people")
    places = counted(seen.entities.get("PLACE", 0), "place")
    bodies = counted(seen.entities.get("ORG", 0), "organisation")
    mentions = counted(sum(seen.mentions.values()), "mention")
    return f"{mentions}; they are {people}, {places}, {bodies} and more"


def _next(desk: Desk, waits: Waiting) -> list[str]:
    """Where each open thing is settled."""
    return [*reasons(waits), *next_steps(desk.study.root, waits)]


def _guessed(desk: Desk) -> Counter[str]:
    """How many transcripts were read in an encoding that nobody named."""
    return Counter(one.encoding for one in desk.key.documents if one.guessed)


_ORDINARY = ("ordinary word that is a name", "ordinary words that are names")


def _of_encodings(desk: Desk) -> list[str]:
    return [
        f"    {counted(count, 'file that is', 'files that are')} not UTF-8, read as {encoding} by "
        "a guess: if words with accents are wrong, start again with --encoding NAME"
        for encoding, count in sorted(_guessed(desk).items())
    ]


def _needs(desk: Desk, seen: Overview) -> list[str]:
    needs = _of_encodings(desk)
    if seen.questions:
        names = counted(seen.questions, "name that fits", "names that fit")
        asks = f"redact questions {desk.study.root} --by YOU"
        needs.append(f"    {names} several people: who is meant? {asks}")
    if seen.doubtful:
        needs.append(f"    {counted(seen.doubtful, 'mention')} the detectors were unsure of")
    if seen.without_row:
        without = counted(seen.without_row, "transcript")
        needs.append(f"    {without} without a row in interviews.csv")
    if seen.rows_without_file:
        rows = counted(seen.rows_without_file, "row")
        needs.append(f"    {rows} of interviews.csv without a transcript")
    left = counted(seen.transcripts - seen.settled, "transcript")
    needs.append(f"    {left} no person has settled yet")
    return needs
