"""Which lists of a speech recogniser's JSON are what was said, and which say it again.

Names of fields are compared as programs write them in any way: `BeginOffset`, `begin_offset`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from redact.formats.allowed import Kind, is_a
from redact.formats.json_fields import is_unreadable
from redact.formats.json_values import PLACE, Path, RecordTable, String, Values, field_of

# Names of fields, the likeliest first.
SEGMENTS = (
    "segments transcript transcripts monologues utterances results cues transcription chunks "
    "entries timeline paragraphs turns messages conversation dialogue blocks"
).split()
SPEECH = (
    "text transcript content wordstext utterance sentence spokentext display body message "
    "said punct caption"
).split()
SPEAKER = (  # who speaks, which is never what is said
    "speaker speakername name participant speakerlabel speakerdisplayname username from author "
    "sender fromname sendername displayname user who participantrole spk"
).split()
WORD_LISTS = "words wordsegments elements items tokens chars line".split()
WORDS = "punctuatedword punct word value token char".split()
NAMED_WORD = "name"  # what a word was called by Speechmatics: in a list of words, beside its time
GUESSES = ("alternatives", "nbest")  # of each item the best is first
_LABEL = re.compile(r"\[[^\]]*\]")
_LEAST_OF_WORDS = 3  # strings that may be taken for single words
_LEAST_OF_TEXT = 10  # where the field is called as that of whole segments is
_LEAST_SAID = 2  # words a record, on average, for a field of unknown name to be what is said
_LEAST_RECORDS, _LEAST_WORDS = 2, 5  # that have them; of single words


@cache
def plain_name(name: str) -> str:
    """A field's name as it is compared, whatever way a program writes it."""
    return re.sub(r"[_\-@ ]", "", name).lower()


@dataclass(frozen=True, kw_only=True)
class StringList:
    """The strings that stand in the same place of each item of a list; one string by itself too.

    `path` leads to the list, `suffix` from an item to the string. Those of a table are made when
    they are asked for.
    """

    path: Path
    suffix: Path
    loose: Sequence[String] = field(default=(), repr=False)
    table: RecordTable | None = field(default=None, repr=False)
    is_odd: bool = False  # its field has no usual name

    @cached_property
    def items(self) -> Sequence[String]:
        """Its strings."""
        return list(self.table.column(self.suffix)) if self.table else self.loose

    @cached_property
    def values(self) -> list[str]:
        """What they say."""
        if self.table:
            return self.table.strings[self.suffix].values
        return [one.said for one in self.loose]

    @property
    def first(self) -> Path:
        """What leads to its first string."""
        if self.table:
            return self.table.path_to(self.table.strings[self.suffix].items[0], self.suffix)
        return self.loose[0].path

    @property
    def is_several(self) -> bool:
        """Whether it is all lists of one shape."""
        return self.table is not None and self.table.is_several

    def apart(self) -> Iterator[StringList]:
        """Each list by itself."""
        return map(self.alone, range(len(self.table.paths) if self.table else 1))

    def alone(self, number: int) -> StringList:
        """One of several lists."""
        if self.table is None or not self.table.is_several:
            return self
        table = self.table.alone(number)
        return replace(self, path=table.path, table=table)

    def string(self, n: int) -> String:
        """One of its strings."""
        if self.table is None:
            return self.loose[n]
        return self.table.string(self.suffix, n)

    @property
    def name(self) -> str | None:
        return last_name(self.path)

    @property
    def shape(self) -> Path:
        return (*("*" if isinstance(part, int) else part for part in self.path), *self.suffix)

    @property
    def key(self) -> str | None:
        return last_name((*self.path, *self.suffix))

    @property
    def may_be_talk(self) -> bool:
        """Whether its strings stand in the items themselves, or are guesses of what was said."""
        return len(self.suffix) < 2 or plain_name(str(self.suffix[0])) in GUESSES

    @property
    def is_called_words(self) -> bool:
        """Whether its names say that its strings are single words."""
        key, name = plain_name(self.key or ""), plain_name(self.name or "")
        return key in ("punctuatedword", "word") or name in WORD_LISTS

    @cached_property
    def of_words(self) -> bool:
        """Whether its strings are single words."""
        if self.is_called_words:
            return True
        least = _LEAST_OF_TEXT if plain_name(self.key or "") in SPEECH[:2] else _LEAST_OF_WORDS
        if len(self.values) < least:
            return False
        several = sum(" " in _LABEL.sub("", one.strip()).strip() for one in self.values)
        return several * 4 <= len(self.values)

    def item_of(self, string: String) -> Path:
        """What leads to the item of the list that a string stands in."""
        return string.path[: len(self.path) + 1]


def last_name(path: Path) -> str | None:
    """The innermost name of a path; None in lists only."""
    return field_of(path) or None


def lists_of(values: Values) -> list[StringList]:
    """The lists of strings that may be what was said, or say it again.

    Where a field of no usual name says more than all of these, that one is it.
    """
    usual = frozenset((*SPEECH, *WORDS))
    lists = list(_gathered(values, usual))
    odd = _by_structure(values, usual.union(SPEAKER))
    if odd is None or odd.words <= sum(_count(one.values) for one in lists):
        return lists
    return [*lists, *_gathered(values, frozenset((odd.name,)), is_odd=True)]


def _gathered(values: Values, spoken: frozenset[str], is_odd: bool = False) -> Iterator[StringList]:
    """The lists of strings in fields of these names."""
    lists: dict[tuple[Path, Path], list[String]] = {}
    for one in values.strings:
        if one.is_key:
            continue
        last = _last_number(one.path, len(one.path))
        if last is None:
            if one.path and plain_name(str(one.path[-1])) in SPEECH and not is_odd:
                lists[one.path, ()] = [one]
            continue
        if last > 0 and plain_name(str(one.path[last - 1])) in GUESSES:
            outer = _last_number(one.path, last)
            last = last if outer is None else outer
        path, suffix = one.path[:last], one.path[last + 1 :]
        if _is_of_talk(path, suffix, spoken):
            lists.setdefault((path, suffix), []).append(one)
    for (path, suffix), items in lists.items():
        yield StringList(path=path, suffix=suffix, loose=items, is_odd=is_odd)
    for table in values.tables:
        for suffix in table.strings:
            if _is_of_talk(table.path, suffix, spoken):
                found = StringList(path=table.path, suffix=suffix, table=table, is_odd=is_odd)
                yield from [found] if found.is_called_words else found.apart()


def _is_of_talk(path: Path, suffix: Path, spoken: frozenset[str]) -> bool:
    """Whether strings that stand there may be what was said."""
    if not suffix:
        return bool(path) and plain_name(str(path[-1])) in (*SEGMENTS, *SPEECH, *WORD_LISTS)
    name = str(suffix[-1])
    is_first = name == f"{PLACE}0"  # of a list that is a record
    return plain_name(name) in spoken or is_first or _is_named_word(path, suffix)


def _is_named_word(path: Path, suffix: Path) -> bool:
    """Whether a string is the word of an item that calls it its name."""
    return suffix == (NAMED_WORD,) and path[-1:] == (WORD_LISTS[0],)


@dataclass(frozen=True, slots=True)
class _Odd:
    """A field of no usual name, and how many words stand in it."""

    name: str
    words: int


def _by_structure(values: Values, usual: frozenset[str]) -> _Odd | None:
    """The field that says most of records in lists that have a number or a time in them too."""
    said: dict[str, list[str]] = defaultdict(list)
    lists: dict[str, set[Path]] = defaultdict(set)
    timed = {one.path[:-2] for one in values.numbers if _is_of_record(one.path)}
    for one in values.strings:
        if _is_of_record(one.path) and not one.is_key:
            name = plain_name(str(one.path[-1]))
            if name in usual:
                continue
            said[name].append(one.said)
            lists[name].add(one.path[:-2])
            if one.said[:1].isdigit() and is_a(Kind.TIME, one.said):
                timed.add(one.path[:-2])
    for table in values.tables:
        for suffix, column in table.strings.items():
            if len(suffix) == 1 and plain_name(str(suffix[0])) not in usual:
                said[plain_name(str(suffix[0]))] += column.values
                lists[plain_name(str(suffix[0]))].update(table.paths)
        timed.update(_timed_lists(table))
    odd = [
        _Odd(name, _count(several))
        for name, several in said.items()
        if lists[name] & timed and _may_be_talk(several)
    ]
    return max(odd, key=lambda one: one.words, default=None)


def _timed_lists(table: RecordTable) -> Iterable[Path]:
    """What leads to the lists of a table in whose records a number or a time stands."""
    if table.numbers:
        return table.paths
    firsts = table.bounds[:-1] if table.is_several else [0]
    return [
        path
        for path, first in zip(table.paths, firsts, strict=True)
        if any(is_a(Kind.TIME, one.values[first]) for one in table.strings.values())
    ]


def _is_of_record(path: Path) -> bool:
    return len(path) > 1 and isinstance(path[-2], int) and isinstance(path[-1], str)


def _may_be_talk(said: Sequence[str]) -> bool:
    """Whether several words a record are said, or each time another one."""
    if len(said) >= _LEAST_RECORDS and _count(said) >= _LEAST_SAID * len(said):
        return True
    if not len(set(said)) * 3 > len(said) >= _LEAST_WORDS:
        return False
    return sum(any(map(str.isalpha, one)) and not is_unreadable(one) for one in said) * 2 > len(
        said
    )


def _count(said: Sequence[str]) -> int:
    """How many words strings say."""
    return sum(len(one.split()) for one in said)


def spoken_lists(
    lists: list[StringList], has_speakers: Callable[[StringList], bool]
) -> list[StringList]:
    """The lists that the text is made of, as they come: all that have the shape of the best."""
    lists = [one for one in lists if one.is_odd] or [one for one in lists if one.may_be_talk]
    segments = [one for one in lists if one.suffix and not one.of_words]
    strings = [one for one in lists if not one.suffix and not one.of_words]
    words = [one for one in lists if one.of_words]
    who_says_words = any(has_speakers(one) for one in words)
    if segments and not (who_says_words and not any(has_speakers(one) for one in segments)):
        best = min(
            segments,
            key=lambda one: (
                plain_name(one.name or "") not in SEGMENTS,
                len(one.path),
                _rank(one, [*SPEECH, *WORDS]),
            ),
        )
    elif strings and not who_says_words:
        best = min(strings, key=lambda one: len(one.path))
    elif words:
        best = min(words, key=lambda one: (len(one.path), _rank(one, [*WORDS, *SPEECH])))
    else:
        return []
    alike = (one for one in lists if one.suffix == best.suffix and one.shape == best.shape)
    spoken = (each for one in alike if one.of_words == best.of_words for each in one.apart())
    return sorted(spoken, key=lambda one: one.string(0).start)  # those of few words are no tables


def _last_number(path: Path, before: int) -> int | None:
    """Where in a path the last place in a list stands."""
    for at in range(before - 1, -1, -1):
        if isinstance(path[at], int):
            return at
    return None


def _rank(one: StringList, keys: Sequence[str]) -> int:
    key = plain_name(one.key or "")
    return keys.index(key) if key in keys else len(keys)
