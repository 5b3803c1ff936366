"""What a release is called: plain letters, no name of the study, and a name that is given once."""

from __future__ import annotations

from redact.audit.reading import read_log
from redact.audit.releases import made_releases
from redact.errors import UsageError
from redact.study.desk import Desk
from redact.study.nameless import require_nameless


def free_name(desk: Desk, stem: str) -> str:
    """The first of STEM-01, STEM-02 … that no release has or had."""
    number, made = 1, _names_made(desk)
    while (name := f"{stem}-{number:02d}") in made or (desk.study.releases / name).exists():
        number += 1
    return name


def require_name(desk: Desk, name: str) -> None:
    """UsageError unless a release may be called this.

    One name, one release, also where a folder is gone: made again it has other bytes (days, the
    log's state), and the register could not say who has which.
    """
    plain = name.replace("-", "").replace("_", "").replace(".", "")
    if not plain.isascii() or not plain.isalnum() or name.startswith(".") or len(name) > 60:
        raise UsageError(
            "a release's name has letters, digits, - and _ only",
            where="--name",
            remedy="Use something like deposit-1; never a person's or place's name.",
        )
    require_nameless(desk.key, name, "--name")
    if name in _names_made(desk):
        raise UsageError(
            "a release of this name was made before, and its bytes would not be these",
            where=str(desk.study.releases / name),
            remedy="Give another name. Who was given which release is kept by its name.",
            command="`--name` gives it.",
        )


def require_nameless_policy(desk: Desk) -> None:
    """UsageError where the policy's name, which stands in every paper, says a name of the study."""
    try:
        require_nameless(desk.key, f"{desk.policy.name} {desk.policy.version}", "policy.toml")
    except UsageError:
        raise UsageError(
            "the policy's name says a name of the study, and it stands in every paper of a release",
            where=str(desk.study.policy),
            remedy="Give it another `name` there, then release again. Nothing was released.",
        ) from None


def _names_made(desk: Desk) -> frozenset[str]:
    """Names of releases that the log has as done, also of those whose folder is gone."""
    return frozenset(made_releases(read_log(desk.log)))
