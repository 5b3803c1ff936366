"""Who says something in the JSON of speech recognition: named beside it, or by a number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redact.formats.json_lists import NAMED_WORD, WORD_LISTS
from redact.formats.json_strings import Path, String

# Names of fields, the likeliest first.
SPEAKER = (
    "speaker speaker_name name participant speakerName speaker_label speakerDisplayName username "
    "from author sender from_name sender_name display_name user_name user who"
).split()
NUMBERS = "speaker_id speakerId speaker speaker_index".split()  # of a speaker in a table
# Where below an item a speaker's name may stand.
_NAMED_IN: tuple[Path, ...] = ((), ("speaker",), ("user",), ("users", 0))


class Speakers:
    """The strings that name speakers, by where they stand, and by number where a table has them."""

    def __init__(self, strings: Sequence[String], text: str) -> None:
        self._named = {
            one.path: one for one in strings if one.path[-1] in SPEAKER and not _is_word(one.path)
        }
        has_table = any("speakers" in path for path in self._named)
        self._whole: Any = json.loads(text) if has_table else None
        self._numbered = self._table() if has_table else {}
        self._timed = self._times() if has_table else []

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
        if self._numbered:
            return self._by_number(item)
        return self._by_time(item) if self._timed else None

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

    def _by_time(self, item: String) -> String | None:
        """Who spoke when this was said, where a table says from when each of them does."""
        time = _seconds(self._beside(item))
        if time is None:
            return None
        return next((one.name for one in reversed(self._timed) if one.begins <= time), None)

    def _times(self) -> list[_From]:
        """The names in a list of speakers without numbers, by the times from which they speak."""
        timed = []
        for one in self._named.values():
            if len(one.path) > 2 and one.path[-3] == "speakers" and one.said.strip():
                begins = _seconds(self._beside(one))
                if begins is not None:
                    timed.append(_From(begins, one))
        return sorted(timed, key=lambda one: one.begins)

    def _beside(self, one: String) -> Any:
        """What a string is a field of."""
        value = self._whole
        for part in one.path[:-1]:
            value = value[part]
        return value


def _is_word(path: Path) -> bool:
    return path[-1] == NAMED_WORD and len(path) > 2 and path[-3] == WORD_LISTS[0]


@dataclass(frozen=True, slots=True)
class _From:
    """Who speaks, and from which second."""

    begins: float
    name: String


def _seconds(item: Any) -> float | None:
    """When an item begins; None where it does not say."""
    try:
        return float(item["time"])
    except (KeyError, TypeError, ValueError):
        return None
