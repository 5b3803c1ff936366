"""Policies as files: found by name, read strictly, with what they take from others put in.

Policies are TOML: an unknown key is an error that names the nearest known one. A policy may extend
another (extending.py); what a study keeps, and what a release has, is whole and needs no other.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from redact.errors import UsageError
from redact.policy.extending import EXTENDS, Setting, Whole, extended, settings_of
from redact.policy.sections import Policy


def policy_folder() -> Path:
    """Where the policies that come with redact lie: in the package, or beside it in its source."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "policies"
    return inside if inside.is_dir() else package.parent / "policies"


def shipped_names() -> tuple[str, ...]:
    """The names of the policies that come with redact."""
    return tuple(sorted(path.stem for path in policy_folder().glob("*.toml")))


def find_policy(name: str) -> Path:
    """The policy file of this name: a path, or one that is shipped with redact."""
    path = Path(name)
    if path.exists() or path.suffix == ".toml" or "/" in name or "\\" in name:
        return path
    shipped = policy_folder() / f"{name}.toml"
    return shipped if shipped.is_file() else path


def load_policy(path: Path) -> tuple[Policy, bytes]:
    """The policy in a file, and the bytes that a study keeps: with what it extends put in.

    Raises UsageError with file, line and remedy.
    """
    read = read_policy(path)
    return read.policy, read.data


def read_policy(path: Path) -> ReadPolicy:
    """The policy in a file, whole, with the origin of each setting.

    Raises UsageError with file, line and remedy, also for a policy that it extends.
    """
    return _read(path, ())


def require_policy(data: bytes, path: Path) -> None:
    """Raises UsageError, as reading it would, unless these bytes are a policy if they lie there."""
    _whole(data, path, ())


def _read(path: Path, above: tuple[str, ...]) -> ReadPolicy:
    try:
        if not path.is_file():
            raise FileNotFoundError
        data = path.read_bytes()
    except OSError:
        raise UsageError(
            "this policy cannot be read",
            where=str(path),
            remedy="Name one of the files in policies/, or your own copy of one.",
        ) from None
    return _whole(data, path, above)


def _whole(data: bytes, path: Path, above: tuple[str, ...]) -> ReadPolicy:
    """The policy that these bytes say, which lie at this path, with what it extends put in."""
    text, raw = _toml(data, str(path))
    if EXTENDS not in raw:
        return ReadPolicy(_checked(raw, text, str(path)), data, settings_of(raw))
    base = _base(raw[EXTENDS], text, path, (*above, os.path.realpath(path)))
    made = extended(Whole(base.data.decode("utf-8"), base.settings), text)
    policy = _checked(tomllib.loads(made.text), text, str(path))
    return ReadPolicy(policy, made.text.encode("utf-8"), made.settings)


def _base(named: object, text: str, path: Path, above: tuple[str, ...]) -> ReadPolicy:
    """The policy that the one at this path extends."""
    where = f"{path}, line {_line_of(text, EXTENDS)}"
    if not isinstance(named, str) or not named:
        raise UsageError(
            f"`{EXTENDS}` names one policy, in quotes",
            where=where,
            remedy=f'Write {EXTENDS} = "safe-copy", or another of: {", ".join(shipped_names())}.',
        )
    beside = path.parent / named
    found = beside if beside.is_file() else find_policy(named)
    if os.path.realpath(found) in above:
        raise UsageError(
            "this policy extends itself" + (", by way of another" if len(above) > 1 else ""),
            where=where,
            remedy=f"Take `{EXTENDS}` out of one of them.",
        )
    if not found.is_file():
        raise UsageError(
            f"the policy {named!r} that this one extends is not there",
            where=where,
            remedy="Name a file that lies beside this one, or one of: "
            f"{', '.join(shipped_names())}.",
        )
    return _read(found, above)


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """A policy, its whole text as bytes, and its settings with the policy that says each."""

    policy: Policy
    data: bytes
    settings: tuple[Setting, ...]


def parse_policy(data: bytes, where: str) -> Policy:
    """The policy in these bytes, which must be whole; `where` names them in errors."""
    text, raw = _toml(data, where)
    if EXTENDS in raw:
        raise UsageError(
            "this policy takes settings from another, and a study's own must be whole",
            where=f"{where}, line {_line_of(text, EXTENDS)}",
            remedy="Keep it as a file elsewhere, and give that: the study keeps it whole.",
            command="`--policy FILE --change-policy` gives it.",
        )
    return _checked(raw, text, where)


def _toml(data: bytes, where: str) -> tuple[str, dict[str, Any]]:
    """The text and what stands in it."""
    try:
        text = data.decode("utf-8")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise UsageError(
            "this policy is not UTF-8 text",
            where=where,
            remedy="Save it as UTF-8, or name one of the policies that come with redact.",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"this is not TOML: {error}",
            where=where,
            remedy="Texts stand in double quotes, lists in square brackets.",
        ) from None
    except RecursionError:
        raise UsageError(
            "lists or tables stand in one another too deep to be read",
            where=f"{where}, line {_deepest_line(text)}",
            remedy="A policy has sections of settings, and lists of words: no list holds a list.",
        ) from None


def _checked(raw: dict[str, Any], text: str, where: str) -> Policy:
    """The policy that this says; errors name the line of `text` that says it."""
    try:
        return Policy.model_validate(raw)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        line = _line_of(text, str(first["loc"][-1]))
        raise UsageError(
            _what(first["type"], place, first["msg"]),
            where=f"{where}{f', line {line}' if line else ''}",
            remedy=_hint(first["type"], first["loc"]),
        ) from None


def _deepest_line(text: str) -> int:
    """The line with the most opening brackets, counted from 1."""
    lines = text.split("\n")
    return max(range(len(lines)), key=lambda at: sum(map(lines[at].count, "[{"))) + 1


def policy_digest(data: bytes) -> str:
    """SHA-256 of a policy file: policies hold no originals and are released."""
    return hashlib.sha256(data).hexdigest()


def _what(kind: str, place: str, message: str) -> str:
    if kind == "extra_forbidden":
        return f"`{place}` is not a setting"
    if kind == "missing":
        return f"`{place}` is missing"
    return f"`{place}`: {message[0].lower()}{message[1:]}"


def _hint(kind: str, loc: tuple[int | str, ...]) -> str:
    section: type[BaseModel] = Policy
    for part in loc[:-1]:
        annotation = section.model_fields[str(part)].annotation if isinstance(part, str) else None
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            section = annotation
    known = list(section.model_fields)
    if kind != "extra_forbidden":
        return "See the policies in policies/ for each setting with its values."
    near = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    near = near or [k for k in known if k.casefold() == str(loc[-1]).casefold()]
    return f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(known)}."


def _line_of(text: str, key: str) -> int:
    pattern = re.compile(rf"\s*\[?\s*[\"']?(?:[\w.]+\.)?{re.escape(key)}[\"']?\s*[\]=]")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if pattern.match(line)), 0)
