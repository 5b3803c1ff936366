"""Files that are not read, by their endings: what they are, and what a person does about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from shutil import which

OR_SKIP = "or leave it out"
BY_SKIP = "`--skip` leaves it out."
_BACKUP = ".bak"
_OFFICES = ("soffice", "libreoffice")
_PACKAGE = "+"  # before the kind of a folder that a program shows as one file


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file of some endings is, and the remedy, without a full stop.

    `becomes` is the ending that LibreOffice gives it where it can turn it into one that is read.
    """

    said: str
    remedy: str
    becomes: str = ""

    def what_to_do(self) -> str:
        """The remedy, with LibreOffice's own command where it is on this computer."""
        office = next((one for one in _OFFICES if which(one)), None)
        if not self.becomes or office is None:
            return self.remedy
        return (
            f"{self.remedy} (LibreOffice is on this computer: `{office} --headless --convert-to "
            f"{self.becomes} FILE` does it; then move the old file out)"
        )

    def what(self, suffix: str) -> str:
        """What is said of a file of it."""
        return f"this is {self.said} ({suffix}), which is not read"


@cache
def _kinds(packages: bool) -> Mapping[str, FileKind]:
    text = resources.files("redact.data").joinpath("file_kinds.txt").read_text("utf-8")
    kinds: dict[str, FileKind] = {}
    for line in text.splitlines():
        if line.startswith("#") or line.startswith(_PACKAGE) is not packages:
            continue
        said, endings, remedy, *becomes = (cell.strip() for cell in line.split(" | "))
        kind = FileKind(said.removeprefix(_PACKAGE), remedy, *becomes)
        kinds |= dict.fromkeys(endings.split(), kind)
    return kinds


def kind_of(suffix: str) -> FileKind | None:
    """What a file of this ending (`.mp3`, in small letters) is; None for one nobody listed."""
    plain = _BACKUP if suffix.endswith("~") else suffix  # "talk.txt~", as editors leave it
    return _kinds(packages=False).get(plain)


def package_of(suffix: str) -> FileKind | None:
    """The same of a folder that is one document to its program (`.pages`); None for a folder."""
    return _kinds(packages=True).get(suffix)
