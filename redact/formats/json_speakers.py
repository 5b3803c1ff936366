"""Who says something in the JSON of speech recognition: named beside it, or by a number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from redact.formats.json_strings import Path, String

# Names of fields, the likeliest first.
SPEAKER = (
    "speaker speaker_name name participant speakerName speaker_label speakerDisplayName username"
).split()
NUMBERS = "speaker_id speakerId speaker speaker_index".split()  # of a speaker in a table
# Where below an item a speaker's name may stand.
_NAMED_IN: tuple[Path, ...] = ((), ("speaker",), ("user",), ("users", 0))


class Speakers:
    """The strings that name speakers, by where they stand, and by number where a table has them."""

    def __init__(self, strings: Sequence[String], text: str) -> None:
        self._named = {one.path: one for one in strings if one.path[-1] in SPEAKER}
        has_table = any("speakers" in path for path in self._named)
        self._whole: Any = json.loads(text) if has_table else None
        self._numbered = self._table() if has_table else {}

    def of(self, item: String) -> String | None:
        """Who says this: named beside it, or in what it stands in."""
        for depth in range(len(item.path) - 1, 0, -1):
            if isinstance(item.path[depth], int):
                continue  # a list has no name of its own
            above = item.path[:depth]
            for key in SPEAKER:
                if key == "name" and depth < len(item.path) - 1:
                    continue  # of a recording, a channel …
                for inner in _NAMED_IN:
                    named = self._named.get((*above, *inner, key))
                    if named is not None and named is not item and named.said.strip():
                        return named
        return self._by_number(item) if self._numbered else None

    def _by_number(self, item: String) -> String | None:
        """Who says this, where a number beside it stands for a name in a table."""
        value, speaker = self._whole, None
        for part in item.path[:-1]:
            value = value[part]
            if isinstance(value, dict):
                number = next((value[key] for key in NUMBERS if key in value), None)
                if isinstance(number, int | str) and number in self._numbered:
                    speaker = self._numbered[number]
        return speaker

    def _table(self) -> dict[int | str, String]:
        """The names in a list of speakers, by their numbers."""
        numbered: dict[int | str, String] = {}
        for one in self._named.values():
            if len(one.path) > 2 and one.path[-3] == "speakers" and one.said.strip():
                value = self._whole
                for part in one.path[:-1]:
                    value = value[part]
                number = next((value[key] for key in ("id", *NUMBERS) if key in value), None)
                if isinstance(number, int | str):
                    numbered[number] = one
        return numbered
