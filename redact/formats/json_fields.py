"""Fields of speech recognition's JSON: which are known, and what each may say that is structure.

The names and kinds stand in redact/data/structure/json_fields.txt. What a table does not know is
words, or, where nobody can read it as words (codes, lists of numbers), does not go out.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from redact.formats.allowed import Allowed, Kind
from redact.formats.json_values import RecordColumn

IDS = frozenset("id speaker_id speakerId speaker speaker_index speaker_tag speakerTag key".split())
PAIRS = frozenset("timestamp time offset offsets".split())  # two numbers in a list: from and to
_NUMBERED_SPEAKER = re.compile(r"(?:SPEAKER|speaker|Speaker|spk|channel|ch|id)[_ -]?\d{1,3}\Z")
# What a person may read as words although no blank is in it: words and figures, joined.
_JOINS = re.compile(r"[\W_]+")
_A_WORD = re.compile(
    r"[^\W\d_]?[^\W\d_A-Z]*|[^\W\d_a-z]+|[a-z]*(?:[A-Z][a-z]+){1,4}"  # aye, AYE, MoragMacLeod
    r"|\d+|[^\W\d_]{1,4}\d{1,6}[^\W\d_]?|[A-Za-z]?[a-z]+\d{1,2}"  # P07, tier2
    r"|\d{1,6}(?:st|nd|rd|th|am|pm|s|k|m|h|T|Z)\d{0,2}Z?"
)
_PART_OF_NAME = re.compile(r"[a-z]+|[A-Z][a-z]*|\d{1,2}")
_LIKE_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_NUMBERS_IN_A_ROW = re.compile(r"[\[(]?[-+.\d]+(?:[\s,;]+[-+.\d]+){3,}[\])]?")
_LONGEST_WORD = 40
_LONGEST_NUMBER = 18  # characters: six figures, a point and what was measured behind it
_MOST_SPEAKERS, _LARGEST_SPEAKER = 20, 100
_COUNTED = frozenset(
    """id index number num nr no line_number segment_id segmentId word_id paragraph paragraph_id
    order position rank depth level speaker speaker_id speakerId speaker_index speaker_tag
    speakerTag channelTag client_number state head layer item_index audio_segment_index
    segment_index topic_index wordIndex word_index segmentIndex seq""".split()
)
_NANOS = "nanos"
_LONG_NUMBER = re.compile(r"[1-9]\d{8}")  # a telephone, in a GUID or behind a point too
_MADE_HERE = re.compile(r"(?:field|id)-[1-9]\d{0,5}")


@dataclass(frozen=True, slots=True)
class _Fields:
    known: frozenset[str]
    parts: frozenset[str]
    allowed: Mapping[str, Allowed]


@cache
def _fields() -> _Fields:
    kinds: dict[str, list[Kind]] = defaultdict(list)
    known: set[str] = set()
    words: set[str] = set()
    of_words: set[str] = set()
    section = ""
    text = resources.files("redact.data").joinpath("structure/json_fields.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            names = line.split()
            known.update(() if section == "word" else names)
            if section == "word":
                words.update(names)
            elif section == "word fields":
                of_words.update(names)
            elif section.startswith("kind "):
                for name in names:
                    kinds[name].append(Kind(section.removeprefix("kind ")))
    listed = frozenset(words)
    return _Fields(
        frozenset(known),
        frozenset(part.lower() for name in known for part in _PART_OF_NAME.findall(name)),
        {
            name: Allowed(
                kinds=(*kinds.get(name, ()), *((Kind.GUID,) if name in IDS else ())),
                words=listed if name in of_words else frozenset(),
            )
            for name in {*kinds, *of_words}
        },
    )


@cache
def is_known(name: str) -> bool:
    """Whether a field's name is structure: a producer publishes it, or could have made it.

    Those are put together from the words of such names: `is_final`, `segmentStartMs`.
    """
    if name in _fields().known or _MADE_HERE.fullmatch(name):
        return True
    if "[" in name:  # one of our labels
        return False
    parts = _PART_OF_NAME.findall(name)
    is_made = name.islower() or len(parts) > 1  # one with a capital may be somebody: Page, Best
    is_made = is_made and bool(parts) and _JOINS.sub("", name) == "".join(parts)
    return is_made and all(part.isdigit() or part.lower() in _fields().parts for part in parts)


def is_structure(name: str, value: str) -> bool:
    """Whether a field of this name says nothing but structure, be it a string or a number."""
    if _NUMBERED_SPEAKER.match(value) or (name in IDS and _MADE_HERE.fullmatch(value)):
        return True
    allowed = _fields().allowed.get(name)
    is_short = _LONG_NUMBER.search(value) is None
    return allowed is not None and is_short and allowed.takes(value)


def is_number(name: str, value: str) -> bool:
    """Whether a bare number is one that a field of this name has."""
    allowed = _fields().allowed.get(name)
    if name == _NANOS:  # behind the seconds, as Google has them: those of whole milliseconds
        value = value.removesuffix("000000")
    return allowed is not None and Allowed((*allowed.kinds, *_LONG[name in _IN_MS])).takes(value)


def are_numbers(name: str, column: RecordColumn) -> bool:
    """Whether a column holds times and shares for sure; where not it may still be that all are."""
    allowed = _fields().allowed.get(name)
    values = column.values
    if allowed is None or name in _COUNTED or Kind.NUMBER not in allowed.kinds:
        return False
    most = 10**8 if name in _IN_MS and set(map(type, values)) == {int} else 10**6
    longest = column.lengths.max()
    return bool(longest <= _LONGEST_NUMBER) and -most < min(values) and max(values) < most


_IN_MS = frozenset(
    """start end start_ms end_ms startMs endMs startTimeMs endTimeMs from to offset duration
    offsetMilliseconds durationMilliseconds time BeginOffsetMillis EndOffsetMillis DurationMillis
    TotalTimeMillis TotalConversationDurationMillis start_timestamp_millis end_timestamp_millis
    duration_millis start_millis end_millis begin_offset_millis end_offset_millis startMillis
    endMillis""".split()
)
_LONG: Mapping[bool, tuple[Kind, ...]] = {True: (Kind.LENGTH,), False: ()}


def counts(field: str, values: Sequence[str]) -> bool:
    """Whether the numbers at one place of all items of a list only count: 0, 1, 2, or who speaks.

    Other whole numbers are ids of tokens, or something else that says again what was said.
    """
    if field not in _COUNTED or not all(map(str.isdecimal, values)):
        return field not in _COUNTED
    numbers = [int(value[:9]) for value in values]
    few = len(set(numbers)) <= _MOST_SPEAKERS and max(numbers) < _LARGEST_SPEAKER
    steps = all(b - a in (0, 1) or b == numbers[0] for a, b in pairwise(numbers))
    return few or (steps and numbers[0] < _LARGEST_SPEAKER)


def is_unreadable(said: str) -> bool:
    """Whether a string says nothing that a person reads: a code, a digest, encoded bytes."""
    stripped = said.strip()
    if _NUMBERS_IN_A_ROW.fullmatch(stripped):
        return True
    if len(stripped.split()) != 1:
        return False
    pieces = _JOINS.split(stripped)
    is_read = all(_A_WORD.fullmatch(piece) and len(piece) <= _LONGEST_WORD for piece in pieces)
    return not is_read or _is_base64(stripped)


def _is_base64(run: str) -> bool:
    """Whether a run of letters is bytes of a text in base64; a word of English hardly ever is."""
    if not _LIKE_BASE64.fullmatch(run) or (run.isalpha() and (run.islower() or run.isupper())):
        return False
    plain = run.rstrip("=").replace("-", "+").replace("_", "/")
    with suppress(ValueError):
        said = base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
        return all(char.isalpha() or char in " .,'’-" for char in said)
    return False
