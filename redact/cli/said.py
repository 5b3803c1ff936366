"""What people type into commands: words for the log, names of files; checked before all else."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Any

import click

from redact.rendering import shown, wrong_in

LONGEST_NAME = 200  # characters of who says something, or where something is kept
LONGEST_REASON = 2000
_LONGEST_TEXT = 20_000
_LONGEST_PART = 255  # bytes of a file's name, as systems have it
_LONGEST_PATH = 4095


class Said(click.ParamType[str]):
    """Words of a person for the log: one line that says something, of this many characters."""

    name = "text"

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = unicodedata.normalize("NFC", " ".join(str(value).split()))
        wrong = wrong_in(text, self.longest)
        if wrong:
            self.fail(wrong, param, ctx)
        return text


class FilePath(click.Path):
    """A path that a system takes; an empty one is none, and not the folder one is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if wrong := wrong_in_path(str(value)):
            self.fail(wrong, param, ctx)
        path = Path(str(value))
        handed = path.is_relative_to("/dev/fd")  # by a shell, from another command
        try:
            path.resolve()
            odd = path.exists() and not (path.is_file() or path.is_dir() or handed)
        except (OSError, RuntimeError):  # links in a circle
            odd = True
        if odd:
            self.fail(f"{shown(str(path))} is neither a file nor a folder.", param, ctx)
        return super().convert(value, param, ctx)


class FileName(click.ParamType[str]):
    """The same as text, for what may also be `-` or a policy's name."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if wrong := wrong_in_path(str(value)):
            self.fail(wrong, param, ctx)
        return str(value)


def wrong_in_path(path: str) -> str:
    """What is wrong with a path before any system is asked; nothing if it may be one."""
    if not path.strip():
        return "it is empty: name a file or folder."
    try:
        data = os.fsencode(path)
    except UnicodeEncodeError:
        return "it holds half a character (a lone surrogate)."
    if b"\0" in data:
        return "it holds a NUL character."
    longest = max(len(part) for part in data.split(os.sep.encode()))
    if longest > _LONGEST_PART or len(data) > _LONGEST_PATH:
        return "it is too long for the name of a file."
    return ""


class AnyText(click.ParamType[str]):
    """Any other word of a command: a pseudonym, a place, a date, an answer."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        if len(text) > LONGEST_REASON:
            self.fail(
                f"it has {len(text):,} characters, and up to {LONGEST_REASON:,} are taken.",
                param,
                ctx,
            )
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            self.fail("it holds half a character (a lone surrogate).", param, ctx)
        if "\0" in text:
            self.fail("it holds a NUL character.", param, ctx)
        return text


_BY_NAME = {"by": Said(LONGEST_NAME), "where": Said(LONGEST_NAME), "reason": Said(LONGEST_REASON)}
_FILE, _PATH, _TEXT = FileName(), FilePath(), AnyText()


def check_what_is_typed(command: click.Command) -> None:
    """Gives every text and path that this command takes, and those below it, its check.

    So that none is forgotten: what goes into the log is known by its name, `by` or `reason`.
    """
    if isinstance(command, click.Group):
        for below in command.commands.values():
            check_what_is_typed(below)
    for param in command.params:
        if isinstance(param.type, click.Path):
            param.type = _PATH
        elif param.type is click.STRING:
            is_file = getattr(param, "metavar", None) == "FILE"
            param.type = _BY_NAME.get(str(param.name), _FILE if is_file else _TEXT)
