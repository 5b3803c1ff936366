"""Invented talk in the formats of transcription programs, after their documentation.

Morag MacLeod tells Isla Reid of Fergus Baird; none is a file of these programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILES: Mapping[str, str] = {
    path.name: path.read_bytes().decode()
    for path in sorted((Path(__file__).parents[1] / "fixtures" / "transcripts").iterdir())
}
