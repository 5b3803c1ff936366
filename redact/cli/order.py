"""What a person asks a study to be made of: asked for once, and kept by the study."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redact.cli import shared
from redact.errors import UsageError

if TYPE_CHECKING:
    from redact.study.desk import Order


def order_of(
    out: Path,
    sources: tuple[Path, ...],
    policy: str | None,
    change_policy: bool,
    roster: Path | None,
    interviews: Path | None,
    encoding: str | None,
    skips: tuple[str, ...] = (),
    keys: Iterable[str | Path | None] = (),
    language: str | None = None,
    consent: Path | None = None,
) -> Order:
    """What is asked for; a study that is there keeps its own policy unless somebody says otherwise.

    `keys` are files and folders that open it. Raises UsageError where a new study has no policy, or
    another one is named and nobody can be asked.
    """
    from redact.study.desk import Order

    return Order(
        sources=sources,
        policy=_policy_for(out, policy, change_policy),
        roster=roster,
        interviews=interviews,
        consent=consent,
        encoding=encoding,
        skips=skips,
        keys=tuple(Path(one) for one in keys if one is not None and str(one) != "-"),
        language=language or "",
    )


def _policy_for(out: Path, named: str | None, change: bool) -> Path:
    from redact.policy import load_policy, shipped_names
    from redact.study.folder import Study

    study = Study(out)
    if not study.exists():
        if named is None:
            raise UsageError(
                "a new study needs a policy",
                where="--policy",
                remedy=f"Add --policy with one of {', '.join(shipped_names())}, or your own file: "
                "it says what becomes of what is found.",
            )
        return shared.find_policy(named)
    if named is None:
        if change:
            raise UsageError(
                "no other policy is named", where="--change-policy", remedy="Add --policy FILE."
            )
        return study.policy
    wanted = shared.find_policy(named)
    policy, data = load_policy(wanted)
    own, own_data = load_policy(study.policy)
    if data == own_data or change:
        return wanted
    if policy == own:  # the same in other words, such as those of an earlier build
        return study.policy
    what = (
        f"this study has the policy {own.name} {own.version} ({study.policy}), and {wanted} "
        f"({policy.name} {policy.version}) says something else"
    )
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            what,
            where="--policy",
            remedy="Leave out --policy to go on with the study's own, or add --change-policy to "
            "take the other; edits of the study's own are lost then.",
        )
    click.echo(f"{what[:1].upper()}{what[1:]}.", err=True)
    taken = click.confirm("Take the other one, and lose the study's own?", default=False, err=True)
    return wanted if taken else study.policy
