"""`redact quotes`: single passages for a paper, each approved before it goes out."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.cli.said import LONGEST_NAME, LONGEST_REASON, Said
from redact.errors import UsageError
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.release.quotes import QuoteStanding

_LINES = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?\Z")
_decided = shared.options(
    shared.study_argument,
    click.argument("number"),
    click.option("--by", required=True, type=Said(LONGEST_NAME), help="Who says so."),
    click.option("--role", required=True, type=Said(LONGEST_NAME), help="In which role."),
    click.option("--reason", type=Said(LONGEST_REASON), help="Why."),
    shared.key_options,
    shared.json_option,
)


@click.group()
def quotes() -> None:
    """Choose single passages of the safe texts for a paper, have each approved, release them."""


@quotes.command()
@shared.study_argument
@click.argument("interview")
@click.option("--lines", required=True, metavar="12-14", help="Its lines in the file under safe/.")
@click.option("--by", required=True, type=Said(LONGEST_NAME), help="Who chooses it.")
@shared.key_options
@shared.json_option
def add(
    study: Path,
    interview: str,
    lines: str,
    by: str,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Choose a passage of the safe transcript INTERVIEW (such as scot_01) as a quote."""
    from redact.cli.release import up_to_date
    from redact.release.quotes import choose_quote
    from redact.study.folder import Study

    found = _LINES.match(lines)
    if found is None:
        raise UsageError("these are no lines", where="--lines", remedy="Write 12, or 12-14.")
    opened = Study(study)
    opened.require()
    first = int(found[1])
    with up_to_date(opened, shared.get_opener(passphrase_file, identity)) as desk:
        done = choose_quote(desk, interview, (first, int(found[2] or first)), by)
    return shared.print_result(
        as_json,
        {"quote": done.number},
        [
            f"{done.number}: chosen, and to be approved: "
            f"`redact quotes approve {study} {done.number} --by WHO --role ROLE`."
        ],
    )


@quotes.command("list")
@shared.study_argument
@shared.key_options
@shared.json_option
def list_(study: Path, passphrase_file: str | None, identity: Path | None, as_json: bool) -> int:
    """Show each quote: its safe text, who decided on it, whether it singles somebody out."""
    from redact.release.gather import gather
    from redact.release.quotes import quotes_standing
    from redact.study.hold import hold

    desk = shared.opened_desk(study, passphrase_file, identity)
    with hold(desk.study, desk.seen):
        found = quotes_standing(desk, gather(desk, audience="quotes"))
    lines = [line for one in found for line in _lines_of(one)]
    return shared.print_result(
        as_json, {"quotes": [asdict(one) for one in found]}, lines or ["No quote was chosen yet."]
    )


def _lines_of(one: QuoteStanding) -> list[str]:
    quote = one.quote
    where = f"{one.safe_name}, line {one.line}" if one.line else one.safe_name
    lines = [f"{quote.number} ({one.state}), {where}, chosen by {quote.by}"]
    for word in quote.words:
        said = "approved" if word.approved else "refused"
        why = f": {word.reason}" if word.reason else ""
        lines.append(f"  {said} by {word.by} ({word.role}) on {word.time[:10]}{why}")
    lines += [f"  > {line}" for line in one.text.split("\n")]
    if one.text:
        who = ", ".join(filter(None, (one.speaker or "a participant", one.told_role)))
        lines.append(f"  — {who}")
        alone = f"k {one.k}: so many interviews fit its row and talk" if one.k else "k unmeasured"
        lines.append(
            f"  {alone}; in the passage {counted(one.facts, 'telling fact')} and "
            f"{counted(one.looks, 'word that looks', 'words that look')} like a name"
        )
    return [shown(line) for line in lines]


@quotes.command()
@_decided
def approve(
    study: Path,
    number: str,
    by: str,
    role: str,
    reason: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record that somebody approved the quote NUMBER, as its text is now."""
    return _decide(study, number, True, (by, role, reason), (passphrase_file, identity), as_json)


@quotes.command()
@_decided
def refuse(
    study: Path,
    number: str,
    by: str,
    role: str,
    reason: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record that the quote NUMBER may not go out. The newest word of each role counts."""
    return _decide(study, number, False, (by, role, reason), (passphrase_file, identity), as_json)


def _decide(
    study: Path,
    number: str,
    approved: bool,
    said: tuple[str, str, str | None],
    key: tuple[str | None, Path | None],
    as_json: bool,
) -> int:
    from redact.release.quotes import decide_on_quote

    by, role, reason = said
    desk = shared.opened_desk(study, *key)
    done = decide_on_quote(desk, number, approved, by, role, reason or "")
    word = "approved" if approved else "refused"
    lines = [f"{done.number}: {word} by {by} ({role}). It is in the log."]
    if approved and done.is_refused:
        lines.append("Another role refused it: it does not go out until they approve it.")
    return shared.print_result(as_json, {"quote": done.number, "approved": done.is_approved}, lines)


@quotes.command()
@shared.study_argument
@click.option("--name", help="The release's folder name; by default quotes- with a number.")
@shared.key_options
@shared.json_option
def release(
    study: Path,
    name: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Release every approved quote as one document, through the gates, into the register."""
    from redact.cli.release import up_to_date
    from redact.release.quotes_made import release_quotes
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    with up_to_date(opened, shared.get_opener(passphrase_file, identity)) as desk:
        folder = release_quotes(desk, name)
    return shared.print_result(
        as_json,
        {"release": str(folder)},
        [
            f"release: {folder}",
            "Every gate that is asked of quotes passed; `redact release verify` checks it.",
        ],
    )
