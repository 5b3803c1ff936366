"""`redact policy`: what a policy means, what another would change, and one of your own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from redact.cli import shared
from redact.cli.said import LONGEST_NAME, Said
from redact.errors import UsageError
from redact.rendering import counted, shown

if TYPE_CHECKING:
    from redact.core import Entity
    from redact.policy import Policy
    from redact.study.approval import ApprovedFor

_NAMED = "POLICY"
_NEW = """\
# {description}

extends = "{extends}"
name = "{name}"
version = "1"
description = "{description}"

# Say below only what is different. `redact policy show {extends}` lists every setting.
# [actions]
# PERSON = "role"
"""


@click.group()
def policy() -> None:
    """Policies: list, explain, compare and check them, or start your own.

    POLICY is the name of one that comes with redact, a file, or a study folder.
    """


def _file_of(named: str) -> Path:
    """The file of this policy; a study's own where a study folder is named."""
    from redact.study.folder import Study

    study = Study(Path(named))
    return study.policy if study.exists() else shared.find_policy(named)


def _policy(named: str) -> Policy:
    from redact.policy import load_policy

    return load_policy(_file_of(named))[0]


@policy.command("list")
@shared.json_option
def list_(as_json: bool) -> int:
    """List the policies that come with redact, each with what it is for."""
    from redact.policy import find_policy, load_policy, shipped_names

    found = [load_policy(find_policy(name))[0] for name in shipped_names()]
    widest = max(len(one.name) for one in found)
    lines = [f"{one.name:<{widest}}  {one.description}" for one in found]
    result = {"policies": [{"name": one.name, "description": one.description} for one in found]}
    return shared.print_result(as_json, result, lines)


@policy.command()
@click.argument("named", metavar=_NAMED)
@shared.json_option
def show(named: str, as_json: bool) -> int:
    """Show every setting of POLICY, with the policy that says it."""
    from redact.policy.files import read_policy

    settings = read_policy(_file_of(named)).settings
    lines, section = [], ""
    for one in sorted(settings, key=lambda one: one.section):
        if one.section != section:
            section = one.section
            lines.append(f"[{section}]")
        lines.append(f"{one.name} = {one.value!r}".ljust(50) + f"  of {one.origin}")
    result = {"settings": [asdict(one) for one in settings]}
    return shared.print_result(as_json, result, [shown(line) for line in lines])


@policy.command()
@click.argument("named", metavar=_NAMED)
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "markdown", "page"]),
    default="text",
    help="Text for the terminal, Markdown, or a page to print.",
)
@click.option("--to", type=shared.PATH, metavar="FILE", help="Write it there.")
def explain(named: str, form: Literal["text", "markdown", "page"], to: Path | None) -> int:
    """Say in plain words what POLICY does, keeps, asks, and does not promise."""
    from redact.disk import write_new
    from redact.governance import explained

    said = explained.explain(_policy(named))
    match form:
        case "markdown":
            text = explained.as_markdown(said)
        case "page":
            text = explained.as_page(said)
        case _:
            text = "\n".join(explained.as_lines(said)) + "\n"
    if to is None:
        click.echo(shown(text, keep="\n"), nl=False)
    else:
        write_new(to, text.encode("utf-8"))
        click.echo(shown(f"written: {to}"))
    return 0


@policy.command()
@click.argument("one", metavar="POLICY_A")
@click.argument("other", metavar="POLICY_B")
@click.option(
    "--study",
    type=shared.PATH,
    help="Count how many places of this study would read otherwise. No original is opened.",
)
@shared.json_option
def diff(one: str, other: str, study: Path | None, as_json: bool) -> int:
    """Say what POLICY_B would change for people, beside POLICY_A."""
    from redact.governance.differences import as_lines, differences, places_changed

    before, after = _policy(one), _policy(other)
    found = differences(before, after)
    counts = places_changed(before, after, _entities(study)) if study else None
    lines = as_lines(found, counts)
    if counts:
        lines.append(f"In all {counted(sum(counts.values()), 'place')} of your study.")
    result = {**asdict(found), **({"places": counts} if counts else {})}
    return shared.print_result(as_json, result, [shown(line) for line in lines])


def _entities(folder: Path) -> tuple[Entity, ...]:
    from redact.study.folder import Study
    from redact.study.records import ENTITIES, read_entities

    study = Study(folder)
    study.require()
    path = study.work / ENTITIES
    if not path.is_file():
        raise UsageError(
            "nothing was found in this study yet",
            where=str(folder),
            remedy="Run `redact run` or `redact link` first.",
        )
    return read_entities(path)


@policy.command()
@click.argument("named", metavar=_NAMED)
@shared.json_option
def check(named: str, as_json: bool) -> int:
    """Say which choices of POLICY speak against each other, or do nothing.

    Exit code 3 if there are any.
    """
    from redact.governance.contradictions import contradictions

    found = contradictions(_policy(named))
    lines = ["Nothing speaks against anything."] if not found else []
    for one in found:
        lines += [f"{', '.join(one.settings)}: {one.what}", f"  {one.remedy}"]
    result = {"contradictions": [asdict(one) for one in found]}
    return shared.print_result(
        as_json, result, [shown(line) for line in lines], code=3 if found else 0
    )


@policy.command()
@click.argument("name")
@click.option("--extends", default="safe-copy", show_default=True, help="What it begins from.")
@click.option(
    "--for", "description", type=Said(LONGEST_NAME), help="What it is for, in a sentence."
)
@click.option("--to", type=shared.PATH, metavar="FILE", help="By default NAME.toml here.")
def new(name: str, extends: str, description: str | None, to: Path | None) -> int:
    """Start a policy of your own, NAME, which says only what is different."""
    from redact.disk import write_new
    from redact.policy.files import require_policy

    path = to or Path(f"{name}.toml")
    said = description or f"Our own: {extends}, with changes"
    text = _NEW.format(name=name, extends=extends, description=said.replace('"', "'"))
    require_policy(text.encode("utf-8"), path)
    write_new(path, text.encode("utf-8"))
    next_step = f"Next: edit it, then `redact policy explain {path}`."
    click.echo(shown(f"written: {path}\n{next_step}", keep="\n"))
    return 0


@policy.command()
@shared.study_argument
@click.option("--by", required=True, type=Said(LONGEST_NAME), help="Who approved it.")
@click.option(
    "--role",
    required=True,
    type=Said(LONGEST_NAME),
    help="In which role: ethics committee, data protection officer …",
)
@click.option(
    "--for",
    "access",
    required=True,
    type=click.Choice(["open", "safeguarded", "controlled", "team"]),
    help="For which access at the widest.",
)
@click.option("--reference", type=Said(LONGEST_NAME), help="The number of their decision.")
@shared.key_options
@shared.json_option
def approve(
    study: Path,
    by: str,
    role: str,
    access: ApprovedFor,
    reference: str | None,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Record that somebody approved the policy of STUDY as it is now.

    With `approval = "required"` under `[governance]` of the policy, a release waits for it.
    """
    from redact.study.approval import approve as record
    from redact.study.approval import lines_of_contradiction

    desk = shared.opened_desk(study, passphrase_file, identity)
    done = record(desk, by, role, access, reference or "")
    lines = [
        f"{done.policy}: approved by {done.by} ({done.role}) for {done.access} access, as you "
        "say. It is in the log, with the digest of the policy.",
        *lines_of_contradiction(desk.log, done),
    ]
    return shared.print_result(as_json, asdict(done), [shown(line) for line in lines])
