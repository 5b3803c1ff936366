"""`redact consent`: what participants agreed to, third parties, and who is to give back what."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.cli.notices import write_notices
from redact.cli.said import LONGEST_NAME, LONGEST_REASON, Said
from redact.errors import UsageError
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.release.consented import ThirdParty
    from redact.study.desk import Desk


@click.group()
def consent() -> None:
    """What each participant agreed to, from your table of interviews, and what follows from it."""


@consent.command()
@shared.study_argument
@shared.json_option
def show(study: Path, as_json: bool) -> int:
    """Say how many agreed to what, until when they may withdraw, and who is to be told of what.

    It is read from the audit log and needs no passphrase. Exit code 3 while somebody has a release
    that is to be called back.
    """
    from redact.audit.reading import read_log
    from redact.governance.consent import (
        days_said,
        leavings,
        levels_said,
        lines_of_leavings,
        to_tell,
    )
    from redact.study.consent import agreed
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    today = datetime.now(UTC).date()
    entries = read_log(opened.audit)
    found = leavings(entries, today)
    left = to_tell(found)
    said = levels_said(entries)
    lines = [f"{said[:1].upper()}{said[1:]}.", *(f"  {one}" for one in days_said(entries, today))]
    lines += lines_of_leavings(found)
    for to, releases in left.items():
        lines.append(
            f"To do: {to} gives back or destroys {', '.join(releases)}: `redact consent notice "
            f'{study} --to FOLDER` writes what to send, `redact consent told {study} --to "{to}" '
            f"--on DATE` records that you did, `redact release destroyed` or `returned` the end."
        )
    result = {
        "agreed": [asdict(one) for one in agreed(entries)],
        "leavings": [asdict(one) | {"in_time": one.is_in_time} for one in found],
        "to_tell": left,
    }
    return shared.print_result(as_json, result, [shown(line) for line in lines], 3 if left else 0)


@consent.command()
@shared.study_argument
@click.argument("pseudonym", required=False)
@click.option("--stays", "word", flag_value="stays", help="What is said of them may stay.")
@click.option("--goes", "word", flag_value="goes", help="It may not: it waits to be bracketed.")
@click.option("--by", type=Said(LONGEST_NAME), help="Who decides.")
@click.option("--reason", type=Said(LONGEST_REASON), help="Why.")
@shared.key_options
@shared.json_option
def third(
    study: Path,
    pseudonym: str | None,
    word: str | None,
    by: str | None,
    reason: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """List who is spoken of at length and was not interviewed, or decide on PSEUDONYM.

    They were asked nothing: a release waits until somebody said whether that may stay.
    """
    from redact.release.make import may_go_out
    from redact.release.third_parties import decide_on, third_parties

    desk = may_go_out(shared.opened_desk(study, passphrase_file, identity))
    if pseudonym is None:
        found = third_parties(desk)
        lines = [_of(one) for one in found] or ["Nobody is spoken of at length who took no part."]
        return shared.print_result(as_json, {"third_parties": [_json(one) for one in found]}, lines)
    if word is None:
        raise UsageError(
            "it is not said whether it may stay",
            where="redact consent third",
            remedy="Add --stays or --goes, with --by and --reason.",
        )
    done = decide_on(desk, pseudonym, word == "stays", by or "", reason or "")
    return shared.print_result(as_json, _json(done), [f"{_of(done)} It is in the log."])


def _of(one: ThirdParty) -> str:
    word = {None: "nobody decided yet", True: "may stay", False: "may not stay"}[one.stays]
    return (
        f"{one.pseudonym}: {counted(one.places, 'place')}, {one.share:.0%} of the words of "
        f"{one.safe_name}; {word}."
    )


def _json(one: ThirdParty) -> dict[str, object]:
    return {name: value for name, value in asdict(one).items() if name != "token"}


@consent.command()
@shared.study_argument
@click.option(
    "--to", "target", required=True, type=shared.PATH, metavar="FOLDER", help="A folder for them."
)
@shared.json_option
def notice(study: Path, target: Path, as_json: bool) -> int:
    """Write a text for each who has a release that is to be called back; it says of nobody who."""
    from redact.audit.reading import read_log
    from redact.governance.consent import leavings, newer_release, notice_of_leaving, to_tell
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    today = datetime.now(UTC).date()
    entries = read_log(opened.audit)
    found = leavings(entries, today)
    known = to_tell(found)
    texts = {
        to: notice_of_leaving(releases, newer_release(entries, found, releases))
        for to, releases in known.items()
    }
    written = write_notices(target, study, texts)
    lines = [f"For {to}: {path}" for to, path in written.items()]
    lines = lines or ["Nobody has a release that is to be called back."]
    return shared.print_result(as_json, {"notices": written}, [shown(line) for line in lines])


@consent.command()
@shared.study_argument
@click.option("--to", required=True, metavar="WHO", help="Who was told.")
@click.option("--on", required=True, metavar="DATE", help="On which day (2026-01-31).")
@shared.key_options
@shared.json_option
def told(
    study: Path,
    to: str,
    on: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record in the log that WHO was told to give back or destroy what they have."""
    from redact.governance.consent import tell_holder

    desk = shared.opened_desk(study, passphrase_file, identity)
    done = tell_holder(desk, to, on, datetime.now(UTC).date())
    names = ", ".join(one.release for one in done)
    return shared.print_result(
        as_json,
        {"to": done[0].to, "on": done[0].on, "releases": [one.release for one in done]},
        [f"{done[0].to} was told of {names} on {done[0].on}, as you say. It is in the log."],
    )


def lines_of_consent(desk: Desk) -> list[str]:
    """For the person who runs it: how consent stands, and which release holds what it may not."""
    from redact.audit.reading import read_log
    from redact.governance.consent import days_said, levels_said
    from redact.governance.register import who_has
    from redact.study.consent import agreed, lines_of_consent_table

    entries = read_log(desk.log)
    known = agreed(entries)
    if not known:
        return []
    today = datetime.now(UTC).date()
    names = {one.doc_id: f"{one.safe_name} ({one.source_name})" for one in desk.key.documents}
    lines = [f"  consent      {levels_said(entries)}"]
    lines += [f"               {said}" for said in days_said(entries, today)]
    lines += [f"    ! {one}" for one in lines_of_consent_table(desk)]
    against = [one for one in known if one.releases]
    for one in against:
        lines.append(
            f"    ! {names.get(one.doc, one.doc)} agrees to `{one.level}` now, and stands in "
            f"{', '.join(one.releases)}"
        )
    held = {release for one in against for release in one.releases}
    out = [one for one in who_has(entries, today) if one.release in held]
    lines += [f"      {one.to} has {one.release} since {one.given}" for one in out]
    if against:
        root = desk.study.root
        lines.append(
            f"      Tell them (`redact consent notice {root} --to FOLDER`), and release again; or, "
            "if they leave the study, `redact withdraw`."
            if out
            else "      By the log nobody has it: give it to nobody, and release again."
        )
    return lines
