"""A launcher for people who use no terminal: a double click on it opens the page.

It starts the very Python that redact runs in, and holds no name of a study.
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from redact.disk import make_folder, write_atomic

_DESKTOP_ENTRY = """\
[Desktop Entry]
Type=Application
Name=redact
Comment=Make interview transcripts safe to share, on this computer
Exec={exec}
Terminal=true
Categories=Office;
"""


@dataclass(frozen=True, slots=True)
class Launcher:
    """The file: its name, where it usually goes below a person's home, and what is in it."""

    name: str
    folder: tuple[str, ...]
    text: str


def launcher_for(system: str, python: str) -> Launcher:
    """The launcher of a system as `sys.platform` names it, for this Python.

    Linux: the Desktop Entry Specification 1.5, whose values are quoted by its own rules.
    """
    if system == "win32":
        command = python.replace("%", "%%")
        text = f'@echo off\r\nchcp 65001 >nul\r\n"{command}" -m redact.cli open\r\npause\r\n'
        return Launcher("redact.cmd", ("Desktop",), text)
    if system == "darwin":
        text = f"#!/bin/sh\nexec {shlex.quote(python)} -m redact.cli open\n"
        return Launcher("redact.command", ("Desktop",), text)
    quoted = python.replace("\\", "\\\\")
    for mark in '"`$':
        quoted = quoted.replace(mark, f"\\{mark}")
    command = quoted.replace("\\", "\\\\").replace("%", "%%")
    text = _DESKTOP_ENTRY.format(exec=f'"{command}" -m redact.cli open')
    return Launcher("redact.desktop", (".local", "share", "applications"), text)


def install(folder: Path | None = None, system: str = sys.platform) -> Path:
    """Writes the launcher of this system and gives its path; an earlier one is written over.

    Raises RedactError if it cannot be written.
    """
    made = launcher_for(system, sys.executable)
    target = folder if folder is not None else Path.home().joinpath(*made.folder)
    path = target / made.name
    make_folder(target)
    write_atomic(path, made.text.encode("utf-8"))
    path.chmod(0o700)
    return path
