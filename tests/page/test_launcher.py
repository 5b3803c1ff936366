"""A launcher for each system. Windows and macOS are not here: their text is held, not tried."""

from __future__ import annotations

import configparser
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from redact.errors import RedactError
from redact.page.launcher import install, launcher_for
from tests.conftest import run_redact

ODD = "/opt/a b/it's $100%/py`t\"hon"


def test_the_launcher_of_macos_starts_this_python_whatever_its_path(tmp_path: Path) -> None:
    path = install(tmp_path, "darwin")
    assert (path.name, os.access(path, os.X_OK)) == ("redact.command", True)
    said = subprocess.run(["/bin/sh", "-n", path], check=False, capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")
    line = launcher_for("darwin", ODD).text.splitlines()[1]
    assert shlex.split(line) == ["exec", ODD, "-m", "redact.cli", "open"]


def test_the_launcher_of_linux_is_a_desktop_entry(tmp_path: Path) -> None:
    path = install(tmp_path, "linux")
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(path, "utf-8")
    section = entry["Desktop Entry"]
    assert (section["Type"], section["Terminal"]) == ("Application", "true")
    assert shlex.split(section["Exec"]) == [sys.executable, "-m", "redact.cli", "open"]


def test_marks_in_a_path_are_quoted_as_the_desktop_entry_asks() -> None:
    text = launcher_for("linux", ODD).text
    (line,) = (one for one in text.splitlines() if one.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\")  # the general escape of values
    assert value.replace("%%", "%").startswith('"/opt/a b/it\'s \\$100%/py\\`t\\"hon" -m')


def test_the_launcher_of_windows_is_a_command_file() -> None:
    made = launcher_for("win32", r"C:\Users\A B\100%\python.exe")
    assert made.name == "redact.cmd"
    assert '"C:\\Users\\A B\\100%%\\python.exe" -m redact.cli open\r\n' in made.text
    assert "\n" not in made.text.replace("\r\n", "")


def test_the_command_says_where_it_lies_and_a_second_time_writes_over(tmp_path: Path) -> None:
    for _ in range(2):
        done = run_redact("open", "--install-launcher", "--launcher-to", tmp_path)
        assert (done.code, "double click" in done.out) == (0, True), done.err
    assert len([*tmp_path.iterdir()]) == 1


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(RedactError, match="a file is in the way"):
        install(tmp_path / "file")
