"""`redact settle`, `release` and `restore`: the end of the road, and the way back."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redact.cli import given, shared
from redact.errors import UsageError
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.custody.keyfile import Opener
    from redact.key.restore import Restored
    from redact.release.consented import Condition
    from redact.release.make import ReleaseOutcome
    from redact.release.profiles import Item
    from redact.study.desk import Desk
    from redact.study.folder import Study


@contextlib.contextmanager
def up_to_date(study: Study, opener: Opener) -> Iterator[Desk]:
    """The study held and opened, its safe transcripts as its rules and decisions have them now."""
    from redact.pipeline import run_stage
    from redact.study.desk import open_desk
    from redact.study.hold import hold

    with hold(study):
        desk = open_desk(study, opener)
        shared.tell_of_strangers(study, desk.key.documents)
        yield run_stage(desk, "replace")[0]


@click.command()
@shared.study_argument
@click.argument("interview", nargs=-1)
@click.option("--by", required=True, help="Who read them: a name or initials for the log.")
@click.option("--reason", default="accepted as it is", show_default=True)
@click.option(
    "--unread", is_flag=True, help="Accept them although nobody read them: every paper says so."
)
@shared.key_options
@shared.json_option
def settle(
    study: Path,
    interview: tuple[str, ...],
    by: str,
    reason: str,
    unread: bool,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record that a person read the safe transcripts INTERVIEW... (or all) and accepts them.

    A transcript that changes afterwards must be settled again.
    """
    from redact.review.settle import settle as record
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    with up_to_date(opened, shared.get_opener(passphrase_file, identity)) as desk:
        settled = record(desk, interview, by, reason, unread)
    return shared.print_result(
        as_json,
        {"study": str(study), "settled": list(settled), "unread": unread},
        [
            f"{counted(len(settled), 'transcript')} {'accepted unread' if unread else 'settled'} "
            f"by {by}. Next: `redact release {study}`."
        ],
    )


class ReleaseCommand(click.Group):
    """`redact release STUDY`, and beside it `verify BAG`, `given`, `returned` and `destroyed`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] in ("verify", "given", "returned", "destroyed"):
            return super().resolve_command(ctx, args)
        return "make", make, args

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(
            "redact release",
            "STUDY [OPTIONS]  |  verify BAG [OPTIONS]  |  given|returned|destroyed STUDY NAME "
            "--to WHO --on DATE",
        )


@click.group(cls=ReleaseCommand)
def release() -> None:
    """Release a study as a signed bag (redact release STUDY), or verify one (verify BAG).

    `given STUDY NAME --to WHO --on DATE` records who has one: the next one for them says what
    changed since, and a withdrawal says whom to tell. `returned` and `destroyed` record that they
    have it no more. `redact register STUDY` lists them all.

    Options of a release: --profile ukds|icpsr|qdr|zenodo|plain, --check, --name NAME, --override
    GATE with --by twice and --reason, --passphrase-file FILE, --identity FILE, --json.
    """


@release.command(hidden=True)
@shared.study_argument
@click.option("--name", help="The release's folder name; by default the policy's with a number.")
@click.option(
    "--profile",
    type=click.Choice(["plain", "ukds", "icpsr", "qdr", "zenodo"]),
    default="plain",
    help="The archive it is for: what it must hold and in which form.",
)
@click.option("--check", is_flag=True, help="Only say what the archive's list still wants.")
@click.option(
    "--override",
    "gate",
    metavar="GATE",
    help="Release although 'G9 small counts' refuses.",
)
@click.option("--by", multiple=True, help="Who overrides it: twice, for two people.")
@click.option("--reason", help="Why they do.")
@shared.key_options
@shared.second_options
@shared.json_option
def make(
    study: Path,
    name: str | None,
    profile: str,
    check: bool,
    gate: str | None,
    by: tuple[str, ...],
    reason: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Release a study: every gate must pass, then a verified bag is put in place."""
    from redact.key.looks import approved
    from redact.release.consent_asked import consent_items
    from redact.release.consented import audience_of, consented
    from redact.release.make import counts_items, wanted
    from redact.release.make import release as make_release
    from redact.release.overriding import Override
    from redact.study.description import read_description
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    second = shared.get_second(second_passphrase_file, second_identity) if gate else None
    with up_to_date(opened, opener) as desk:
        if check:
            agreed = consent_items(desk, profile)
            items = (*wanted(desk, profile), *agreed, *counts_items(desk))
            conditions = consented(desk, audience_of(read_description(opened), profile)).consent
            told = conditions_lines(conditions.conditions, desk)
            return _checked(study, profile, items, told, as_json)
        override = None
        if gate is not None:
            first, other = (*by, "", "")[:2]
            keys = approved(opened, opener, second, "override a gate")
            override = Override(
                gate=gate, by=(first, other), reason=reason or "", custodians=tuple(keys)
            )
        outcome = make_release(desk, name, profile, override)
    explained = dict(outcome.released.explained) if outcome.released else {}
    said = [one.to_json() for one in outcome.released.gates] if outcome.released else []
    return shared.print_result(
        as_json,
        {
            "release": str(outcome.folder),
            "made": outcome.made,
            "explained": explained,
            "gates": said,
            "left_out": [asdict(one) for one in outcome.left_out],
            "conditions": [one.safe_name for one in outcome.conditions],
        },
        [
            *shared.gate_lines(said),
            *left_out_lines(outcome, desk),
            *map(shown, conditions_lines(outcome.conditions, desk)),
            f"release: {outcome.folder}{outcome.note}",
            f"{_how_the_gates_went(said)}; `redact release verify` checks it.",
        ],
    )


def left_out_lines(outcome: ReleaseOutcome, desk: Desk) -> list[str]:
    """Who is not in a release for want of consent, with the steward's own names of the files."""
    own = {one.safe_name: one.source_name for one in desk.key.documents}
    if not outcome.left_out:
        return []
    names = [
        f"  {one.safe_name} ({own.get(one.safe_name, '')}): {one.level}" for one in outcome.left_out
    ]
    return ["Left out, by what their participants agreed to:", *names]


def conditions_lines(conditions: Iterable[Condition], desk: Desk) -> list[str]:
    """The conditions that participants set, in the words of the table: for the steward's screen."""
    own = {one.safe_name: one.source_name for one in desk.key.documents}
    lines = [f"  {one.safe_name} ({own.get(one.safe_name, '')}): {one.words}" for one in conditions]
    if not lines:
        return []
    return ["Conditions that your table has, for you to hold against the text:", *lines]


def _checked(
    study: Path, profile: str, items: tuple[Item, ...], conditions: list[str], as_json: bool
) -> int:
    """The archive's list, with what is there; exit 3 where something is not."""
    missing = [item for item in items if item.must and not item.there]
    lines = [f"For {profile}, of {study}:"]
    for item in items:
        sign = "✓" if item.there else "✗" if item.must else "–"
        lines.append(f"  {sign} {item.what}")
        if not item.there and item.at_a_terminal:
            lines.append(f"      {item.at_a_terminal}")
    lines += map(shown, conditions)
    lines.append("Nothing is missing." if not missing else f"{len(missing)} still missing.")
    result = {
        "profile": profile,
        "missing": [item.what for item in missing],
        "there": [item.what for item in items if item.there],
        "may_be_left_out": [item.what for item in items if not item.must and not item.there],
    }
    return shared.print_result(as_json, result, lines, 3 if missing else 0)


for _command in (given.given, given.returned, given.destroyed):
    release.add_command(_command)


def _how_the_gates_went(gates: list[dict[str, Any]]) -> str:
    """That every gate passed, or which one did not and was overridden."""
    overridden = [str(one["gate"]) for one in gates if one["result"] == "overridden"]
    if not overridden:
        return "Every gate passed"
    return f"Every gate passed but {', '.join(overridden)}, which was overridden"


@release.command()
@click.argument("bag", type=shared.PATH)
@click.option("--key", metavar="VKEY", help="The study's audit log key, got from its steward.")
@shared.json_option
def verify(bag: Path, key: str | None, as_json: bool) -> int:
    """Check a bag: every file as it was released, nothing missing, nothing added."""
    from redact.release.bag import verify_bag

    if not bag.is_dir():
        raise UsageError("there is no bag here", where=str(bag), remedy="Name a release's folder.")
    report = verify_bag(bag, key)
    code = 1 if report.problems else 0
    who = "the key you gave" if report.trusted else "the key in the bag itself"
    lines = (
        [f"{bag}: refused", *(f"  {problem.sentence()}" for problem in report.problems)]
        if report.problems
        else [f"{bag}: {counted(report.files, 'file')}, all as released; signed by {who}"]
    )
    if not report.problems:
        lines += _judged(report.trusted)
    if not report.problems and not report.trusted:
        lines.append("Who made it is proven only with --key, got from the study's steward.")
    result = {
        "bag": str(bag),
        "files": report.files,
        "problems": [problem.sentence() for problem in report.problems],
        "signed_by": report.signed_by,
        "key_trusted": report.trusted,
    }
    return shared.print_result(as_json, result, lines, code)


def _judged(trusted: bool) -> list[str]:
    """What a bag alone can show, and what it cannot."""
    checked = [
        "every file's SHA-512",
        "that none is missing, added, linked or renamed",
        "the signature",
        "the checkpoint of the audit log and its cosignature",
        "that the log has this release, file by file",
    ]
    left = [
        "whether a name is left (that takes the linkage key; the gates asked it)",
        "whether the log stands as it did (that takes the log)",
    ]
    if not trusted:
        left.insert(0, "who signed it")
    return [f"  checked:     {'; '.join(checked)}", f"  not checked: {'; '.join(left)}"]


@click.command()
@shared.study_argument
@click.option(
    "--to", "target", required=True, type=shared.PATH, metavar="DIR", help="Where originals go."
)
@shared.key_options
@shared.second_options
@shared.json_option
def restore(
    study: Path,
    target: Path,
    passphrase_file: str | None,
    identity: Path | None,
    second_passphrase_file: str | None,
    second_identity: Path | None,
    as_json: bool,
) -> int:
    """Rebuild every original transcript from the linkage key. It is logged.

    Byte for byte. Of a study that an earlier redact made some may come as text only: it is said.
    """
    from redact.key.restore import restore_sources
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    opener = shared.get_opener(passphrase_file, identity)
    shared.tell_of_strangers(opened)
    second = shared.get_second(second_passphrase_file, second_identity)
    restored = restore_sources(opened, opener, target, second)
    return shared.print_result(
        as_json,
        {
            "restored": len(restored.exact),
            "as_text": len(restored.as_text),
            "text_only": [path.name for path in restored.as_text],
            "renamed": [path.name for path in restored.renamed],
            "to": str(target),
        },
        _restored(restored, target),
    )


def _restored(restored: Restored, target: Path) -> list[str]:
    lines = [
        f"{counted(len(restored.exact), 'transcript')} restored byte for byte to {target}: keep "
        "them safe." + _kinds(path.suffix for path in restored.exact)
    ]
    if restored.as_text:
        lines.append(
            f"{len(restored.as_text)} more as text only"
            f"{_kinds(Path(path.stem).suffix for path in restored.as_text)}: an earlier redact "
            "made this study and did not keep the files. Give `redact run` again with the sources, "
            "and they are kept from then on:"
        )
        lines += [f"  {path}" for path in restored.as_text]
    if restored.renamed:
        lines.append("Two had one name, or names that a computer may take for one, so these are:")
        lines += [f"  {path}" for path in restored.renamed]
    return lines


def _kinds(endings: Iterable[str]) -> str:
    """The kinds of files with their counts, by their endings; nothing if there are none."""
    counted = Counter(ending.lower() for ending in endings)
    return f" ({', '.join(f'{n} {kind}' for kind, n in sorted(counted.items()))})" * bool(counted)
