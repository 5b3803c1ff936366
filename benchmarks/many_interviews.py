"""A folder of as many interviews as are asked for: the samples, with other people's names.

Each telling draws a name for each person anew, so that a corpus of many has many people, and not
the same twelve many times. Places, organisations and numbers stay: studies share those.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "co-production"
GIVEN = (
    *("Ailsa", "Catriona", "Fraser", "Hamish", "Iona", "Lachlan", "Mhairi", "Rory", "Shona"),
    *("Amara", "Bryce", "Dolores", "Elijah", "Farid", "Keisha", "Leticia", "Marcus", "Yusuf"),
)
_ONSETS = ("Bal", "Carn", "Dun", "Glen", "Inver", "Kin", "Loch", "Strath", "Hart", "Win", "Mar")
_ENDS = ("loch", "more", "tyre", "vaig", "wick", "field", "stead", "combe", "ridge", "ston", "mont")
FAMILY = tuple(f"{onset}{end}" for onset in _ONSETS for end in _ENDS)


def write_interviews(folder: Path, count: int) -> int:
    """How many words were written into `folder`, in `count` interviews, always the same ones."""
    draw = random.Random(20)  # noqa: S311 not a secret
    lines = (SAMPLES / "gold.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    folder.mkdir(parents=True)
    of_words = 0
    for number in range(count):
        text = _told_again(rows[number % len(rows)], draw)
        (folder / f"interview_{number + 1:05}.txt").write_text(text, "utf-8")
        of_words += len(text.split())
    return of_words


def _told_again(row: dict[str, Any], draw: random.Random) -> str:
    """The transcript with another name for each person; each of their words has one of its own."""
    text, told, at = str(row["text"]), [], 0
    names: dict[str, str] = {}
    for span in sorted(row["spans"], key=lambda span: int(span["start"])):
        if span["label"] != "PERSON" or span["start"] < at:
            continue
        told.append(text[at : span["start"]])
        words = text[span["start"] : span["end"]].split(" ")
        for place, word in enumerate(words):
            if word.istitle() and len(word) > 3:
                pool = FAMILY if place else GIVEN
                words[place] = names.setdefault(word, draw.choice(pool))
        told.append(" ".join(words))
        at = span["end"]
    return "".join([*told, text[at:]])
