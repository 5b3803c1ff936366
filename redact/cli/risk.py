"""`redact risk`: what still identifies when the names are gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from redact.cli import shared
from redact.rendering import counted

if TYPE_CHECKING:
    from redact.assess.report import Assessment
    from redact.risk.attack import Outcome
    from redact.study.description import Access

_NO_DATA_LIST = "There is no data list, or it has no columns that tell of people."


@click.command()
@shared.study_argument
@click.option(
    "--for",
    "target",
    type=click.Choice(["open", "safeguarded", "controlled"]),
    help="The access that is aimed at; by default the one in study.toml.",
)
@click.option(
    "--attack",
    "background",
    type=shared.PATH,
    multiple=True,
    metavar="FILE",
    help="Play an intruder who has this staff list (CSV with `name`) or report instead of the "
    "study's own tables; give all of them.",
)
@click.option(
    "--margins",
    type=shared.PATH,
    metavar="FILE",
    help="Published counts of the population (CSV: column, value, people, source): who is alone "
    "here would be alone among all with which probability.",
)
@click.option("--suggest", "suggests", is_flag=True, help="Say only what to group or leave out.")
@shared.key_options
@shared.json_option
def risk(
    study: Path,
    target: str | None,
    background: tuple[Path, ...],
    margins: Path | None,
    suggests: bool,
    passphrase_file: str | None,
    identity: Path | None,
    as_json: bool,
) -> int:
    """Say what STUDY still tells of its people, and what saying less would buy.

    The whole report is written to risk.html and risk.json in the study folder; it holds no name.
    """
    from redact.assess.report import as_json as to_json
    from redact.assess.report import assess
    from redact.cli.release import up_to_date
    from redact.disk import write_atomic
    from redact.governance.facts import measured_state
    from redact.risk.background import read_background
    from redact.risk.margins import read_margins
    from redact.risk.page import write_page
    from redact.study.folder import Study

    opened = Study(study)
    opened.require()
    with up_to_date(opened, shared.get_opener(passphrase_file, identity)) as desk:
        known = read_background(background) if background else None
        outside = read_margins(margins) if margins else ()
        assessment = assess(desk, cast("Access | None", target), known, outside)
        said = to_json(assessment) | {"made_of": measured_state(opened)}
        report = (json.dumps(said, indent=1) + "\n").encode("utf-8")
        write_atomic(opened.root / "risk.json", report)
        page = write_page(opened.root.name, said)
        write_atomic(opened.root / "risk.html", page.encode("utf-8"))
    lines = _suggested(assessment) or ([_NO_DATA_LIST] if suggests else [])
    if not suggests:
        lines = [*_figures(assessment), *map(_went, assessment.exposure.attacks), *lines]
    if not suggests:
        lines.append(f"The whole report: {opened.root / 'risk.html'}")
    return shared.print_result(as_json, said, lines)


def _figures(seen: Assessment) -> list[str]:
    look, organisations = seen.look, seen.tells.organisations
    return [
        *_worst(seen),
        *_data_list(seen),
        "talk          "
        + counted(len(seen.tells.passages), "passage singles", "passages single")
        + " somebody out",
        f"organisations {len(organisations)}, of which {sum(o.fits == 1 for o in organisations)} "
        "are told from the others by facts the steward listed and the talk still says",
        f"second look   {counted(len(look.findings), 'word')} like a name in the safe texts; about "
        f"{look.unseen.names:.0f} beside them that nobody has seen "
        f"({look.unseen.low} to {look.unseen.high})",
        f"reading twice {seen.still_missed or 'no estimate: none that is enough'}",
    ]


def _worst(seen: Assessment) -> list[str]:
    """The worst measure, the access that is reached, and why no wider one is."""
    lines = [
        f"worst         k {one.k}: {one.what}, {one.how}" for one in seen.exposure.measures()[:1]
    ]
    for level, why in seen.not_reached.items():
        if level == seen.reached:
            break
        lines += [f"              {level} access is not reached because {one}" for one in why]
    return lines


def _data_list(seen: Assessment) -> list[str]:
    if not seen.quasi.rows or not seen.quasi.columns:
        return [f"data list     {_NO_DATA_LIST}"]
    asked = ", ".join(f"{level} {k}" for level, k in seen.asked.items())
    return [
        f"data list     k {seen.k} in {', '.join(seen.quasi.columns)}: {len(seen.unique)} of "
        f"{len(seen.quasi.rows)} interviews are alone",
        f"              the policy asks k of {asked}; reached by all measures: {seen.reached}",
    ]


def _went(one: Outcome) -> str:
    if not one.tried:
        return f"intruder      {one.attack}: nothing to try"
    return (
        f"intruder      {one.attack}: {one.right} of {one.tried} right, {one.by_chance:.1f} by "
        f"chance (as many or more by chance: {one.likely:.0%})"
    )


def _suggested(assessment: Assessment) -> list[str]:
    if not assessment.quasi.rows or not assessment.quasi.columns:
        return []
    asked = assessment.asked[assessment.target]
    lines = [f"For {assessment.target} access (k {asked}), one step at a time:"]
    lines += [
        f"  {one.steps[0].what:<32} k {one.k}, {one.below} interviews still below, "
        f"{one.lost:.0%} lost"
        for one in assessment.effects
    ]
    if assessment.suggestion is None:
        lines.append("No set of these steps reaches it.")
    else:
        steps = "; ".join(step.what for step in assessment.suggestion.steps)
        lines.append(f"The smallest set that reaches it: {steps or 'nothing, it is reached'}.")
    return [*lines, *_of_values(assessment)]


def _of_values(assessment: Assessment) -> list[str]:
    """The best way to say values together, and as it is written into the policy."""
    from redact.risk.uniqueness import ALL

    search = assessment.by_values
    if search.best is None or not search.best.steps:
        return []
    lost = f"{search.best.lost:.0%} lost"
    all_tried = "of all ways the best" if search.is_exhaustive else "of those that were tried"
    lines = [f"Values said together ({lost}, {all_tried}):"]
    for step in search.best.steps:
        lines.append(f"  {step.what}")
        if set(step.to.values()) != {ALL}:
            lines.append(f"    [[risk.groups.{step.column}]]")
            said = {old: new for old, new in step.to.items() if old != new}
            lines += [f"    {json.dumps(old)} = {json.dumps(new)}" for old, new in said.items()]
    lines.append(
        "Groups go into policy.toml; `levels` under [release] says that they are released."
    )
    return lines
