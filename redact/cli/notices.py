"""Notices written into a folder: a file for each to whom one goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from redact.errors import UsageError


def write_notices(folder: Path, study: Path, texts: Mapping[str, str]) -> dict[str, str]:
    """The files that were written, by whom each is for; no folder where there is no text.

    UsageError for a folder of the study, or one in which a notice lies already.
    """
    from redact.disk import make_folder, write_new

    if folder.resolve().is_relative_to(study.resolve()):
        raise UsageError(
            "notices may not lie in the study's folder",
            where=str(folder),
            remedy="Name a folder elsewhere.",
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            "notices go into a folder, a file each, and this is a file",
            where=str(folder),
            remedy="Name a folder.",
        )
    if any(folder.glob("notice-*.txt")):
        raise UsageError(
            "notices lie here already, and none is written over",
            where=str(folder),
            remedy="Name an empty folder, or move them away.",
        )
    if texts:
        make_folder(folder)
    written = {}
    for number, (to, text) in enumerate(texts.items(), start=1):
        path = folder / f"notice-{number:02d}.txt"
        write_new(path, text.encode("utf-8"))
        written[to] = str(path)
    return written
