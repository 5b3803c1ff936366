"""A policy made whole: what it says itself over what it takes from the one that it extends.

Sections are joined setting by setting: a setting that both have is the newer policy's, a list too.
Name, version and description are each policy's own. The whole is TOML again, with the comments of
the policy it began from, and what the newer one says is marked with its name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import tomlkit
from tomlkit.items import Table

OWN = ("name", "version", "description")
EXTENDS = "extends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a policy, and the name and version of the policy that says it."""

    section: str
    name: str
    value: object
    origin: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A policy's text with all that it takes from others, and where each setting is from."""

    text: str
    settings: tuple[Setting, ...]


def title_of(raw: Mapping[str, Any]) -> str:
    """Name and version, as origins are called."""
    return _plain(f"{raw.get('name', '')} {raw.get('version', '')}").strip()


def _plain(said: object) -> str:
    """What may stand in a comment: one line of signs that can be seen."""
    return "".join(char if char.isprintable() else " " for char in str(said))


def settings_of(raw: Mapping[str, Any]) -> tuple[Setting, ...]:
    """The settings of a policy that extends none, in its order; its own name is no setting."""
    return tuple(
        Setting(section=section, name=name, value=value, origin=title_of(raw))
        for section, said in raw.items()
        if isinstance(said, dict)
        for name, value in said.items()
    )


def extended(base: Whole, text: str) -> Whole:
    """The policy of this text over the one that it extends.

    Both texts are TOML that was read before. A section that is no table is left as it is said, for
    whoever checks the whole.
    """
    raw = tomllib.loads(text)
    document = tomlkit.parse(_without_head(base.text))
    for name in OWN:
        if name in raw:
            document[name] = raw[name]
        elif name in document:
            del document[name]
    for section, said in raw.items():
        if section in (*OWN, EXTENDS):
            continue
        if not isinstance(said, dict):
            document[section] = said
            continue
        if section not in document:
            document[section] = tomlkit.table()
        table = cast(Table, document[section])
        for name, value in said.items():
            table[name] = _marked(value, title_of(raw))
    own = {(one.section, one.name): one for one in settings_of(raw)}
    known = {(one.section, one.name): one for one in base.settings}
    made = re.sub(r"(?<!\n)\n\[", "\n\n[", tomlkit.dumps(document))
    return Whole(f"{_head(text)}{_note(raw)}{made}", (*(known | own).values(),))


def _marked(value: object, origin: str) -> object:
    item = tomlkit.item(value)
    if isinstance(value, str | int | float | bool):
        item.comment(f"of {origin}")
    return item


def _note(raw: Mapping[str, Any]) -> str:
    return (
        f"# Made whole: it extends {_plain(raw[EXTENDS])}, and says itself what is marked "
        f'"of {title_of(raw)}".\n\n'
    )


def _head(text: str) -> str:
    """The comments and blank lines that a file begins with."""
    head = []
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        head.append(line)
    return "".join(head).rstrip() + "\n" if "".join(head).strip() else ""


def _without_head(text: str) -> str:
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            return "".join(lines[number:])
    return ""
