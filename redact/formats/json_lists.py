"""Which lists of a speech recogniser's JSON are what was said, and which say it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from redact.formats.json_strings import Path, String

# Names of fields, the likeliest first.
SEGMENTS = (
    "segments transcript transcripts monologues utterances results cues transcription chunks "
    "entries timeline paragraphs turns messages conversation dialogue"
).split()
SPEECH = (
    "text transcript content words_text utterance sentence spokenText display Display body message "
    "said"
).split()
WORD_LISTS = "words word_segments elements items tokens chars".split()
WORDS = "punctuated_word word value token char".split()
NAMED_WORD = "name"  # what a word was called by Speechmatics: in a list of words, beside its time
GUESSES = ("alternatives", "nBest", "NBest")  # of each item the best is first
_LABEL = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class StringList:
    """The strings that stand in the same place of each item of a list; one string by itself too.

    `path` leads to the list, `suffix` from an item to the string.
    """

    path: Path
    suffix: Path
    items: Sequence[String] = field(repr=False)

    @property
    def name(self) -> str | None:
        return last_name(self.path)

    @property
    def shape(self) -> Path:
        return tuple("*" if isinstance(part, int) else part for part in (*self.path, *self.suffix))

    @property
    def key(self) -> str | None:
        return last_name((*self.path, *self.suffix))

    @property
    def of_words(self) -> bool:
        """Whether its strings are single words."""
        if self.key in WORDS[:2] or self.name in WORD_LISTS:
            return True
        several = sum(" " in _LABEL.sub("", one.said.strip()).strip() for one in self.items)
        return len(self.items) > 2 and several * 4 <= len(self.items) and self.key not in SPEECH[:2]

    def item_of(self, string: String) -> Path:
        """What leads to the item of the list that a string stands in."""
        return string.path[: len(self.path) + 1]


def last_name(path: Path) -> str | None:
    """The innermost name of a path; None in lists only."""
    return next((part for part in reversed(path) if isinstance(part, str)), None)


def lists_of(strings: list[String]) -> Iterator[StringList]:
    """The lists of strings that may be what was said, in the order of the file."""
    lists: dict[tuple[Path, Path], list[String]] = {}
    for one in strings:
        last = _last_number(one.path, len(one.path))
        if last is None:
            if one.path[-1] in SPEECH:
                lists[one.path, ()] = [one]
            continue
        if last > 0 and one.path[last - 1] in GUESSES:
            outer = _last_number(one.path, last)
            last = last if outer is None else outer
        path, suffix = one.path[:last], one.path[last + 1 :]
        if suffix and suffix[-1] not in (*SPEECH, *WORDS) and not _is_named_word(path, suffix):
            continue
        if not suffix and not (path and path[-1] in (*SEGMENTS, *SPEECH, *WORD_LISTS)):
            continue
        if len(suffix) > 1 and suffix[0] not in GUESSES:
            continue
        lists.setdefault((path, suffix), []).append(one)
    for (path, suffix), items in lists.items():
        yield StringList(path, suffix, items)


def _is_named_word(path: Path, suffix: Path) -> bool:
    """Whether a string is the word of an item that calls it its name."""
    return suffix == (NAMED_WORD,) and path[-1:] == (WORD_LISTS[0],)


def spoken_lists(
    lists: list[StringList], has_speakers: Callable[[StringList], bool]
) -> list[StringList]:
    """The lists that the text is made of: all that have the shape of the best."""
    segments = [one for one in lists if one.suffix and not one.of_words]
    strings = [one for one in lists if not one.suffix and not one.of_words]
    words = [one for one in lists if one.of_words]
    if segments:
        best = min(
            segments,
            key=lambda one: (
                one.name not in SEGMENTS,
                len(one.path),
                _rank(one, [*SPEECH, *WORDS]),
            ),
        )
    elif strings and not any(has_speakers(one) for one in words):
        best = min(strings, key=lambda one: len(one.path))
    elif words:
        best = min(words, key=lambda one: (len(one.path), _rank(one, [*WORDS, *SPEECH])))
    else:
        return []
    return [one for one in lists if one.shape == best.shape and one.of_words == best.of_words]


def _last_number(path: Path, before: int) -> int | None:
    """Where in a path the last place in a list stands."""
    return next((at for at in range(before - 1, -1, -1) if isinstance(path[at], int)), None)


def _rank(one: StringList, keys: Sequence[str]) -> int:
    return keys.index(one.key) if one.key in keys else len(keys)
