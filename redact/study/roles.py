"""Who may do what in a study: the steward's word in study.toml, under [roles].

A key enforces the custodians: nobody opens the linkage key without a packet, and with `two_people`
nobody does alone. The other roles are advisory: a name that is typed is compared with the list, and
nobody proves who types. An auditor needs no key at all.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from redact.errors import UsageError
from redact.study.folder import Study
from redact.study.signers import is_one_person

StudyRole = Literal["steward", "researcher", "custodian", "approver", "auditor"]
_ROLES: tuple[StudyRole, ...] = get_args(StudyRole)
_SECTION = "roles"


@dataclass(frozen=True, slots=True)
class RoleNames:
    """Those who have a role, as study.toml names them; a custodian by the name of their packet."""

    role: StudyRole
    names: tuple[str, ...]


def read_roles(study: Study) -> tuple[RoleNames, ...]:
    """The roles that study.toml gives, in their order; none where it gives none.

    Raises UsageError for a role that is none, with the nearest, and for what is no list of names.
    """
    where = str(study.settings)
    try:
        settings = tomllib.loads(study.settings.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise UsageError(
            "study.toml cannot be read as TOML",
            where=where,
            remedy="Texts stand in double quotes, lists in square brackets.",
        ) from None
    for other in settings if _SECTION not in settings else ():
        if difflib.get_close_matches(other, [_SECTION], n=1, cutoff=0.75):
            raise UsageError(
                f"[{other}] is no section that redact knows",
                where=where,
                remedy=f"Did you mean [{_SECTION}]?",
            )
    said = settings.get(_SECTION, {})
    if not isinstance(said, dict):
        raise _wrong(where, f"`{_SECTION}` is no section")
    for role in said:
        if role not in _ROLES:
            near = difflib.get_close_matches(role, _ROLES, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            raise UsageError(
                f"[{_SECTION}] gives a role that redact does not know",
                where=where,
                remedy=f"The roles are: {', '.join(_ROLES)}.{hint}",
            )
    return tuple(
        RoleNames(role, _names(said[role], role, where)) for role in _ROLES if role in said
    )


def _names(said: object, role: str, where: str) -> tuple[str, ...]:
    names = said if isinstance(said, list) else None
    if names is None or not all(isinstance(one, str) and one.strip() for one in names):
        raise _wrong(where, f"`{_SECTION}.{role}` is no list of names")
    return tuple(dict.fromkeys(" ".join(one.split()) for one in names))


def _wrong(where: str, what: str) -> UsageError:
    return UsageError(what, where=where, remedy='Write it as: approver = ["B. Chair"].')


def require_role(study: Study, role: StudyRole, by: str, option: str = "--by") -> None:
    """UsageError where study.toml names who has this role, and not this name."""
    held = next((one for one in read_roles(study) if one.role == role), None)
    if held is None or any(is_one_person(by, one) for one in held.names):
        return
    raise UsageError(
        f"study.toml does not name them as {role}",
        where=option,
        remedy=f"{role.capitalize()}s are: {', '.join(held.names) or 'nobody'}. They must say it, "
        f"or the steward changes [{_SECTION}] in study.toml.",
    )


def require_one_of(study: Study, roles: Sequence[StudyRole], by: str) -> None:
    """UsageError, as of the first, where study.toml says who has these roles and not this name."""
    held = {one.role: one.names for one in read_roles(study)}
    if all(role in held for role in roles) and not any(
        is_one_person(by, name) for role in roles for name in held[role]
    ):
        require_role(study, roles[0], by)


def roles_said(held: Iterable[RoleNames]) -> str:
    """Who has which role, in one line."""
    return "; ".join(f"{one.role} {', '.join(one.names) or 'nobody'}" for one in held)
