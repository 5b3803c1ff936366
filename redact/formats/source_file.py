"""A transcript as it was brought, and its name, with folders as far as they tell it from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath, PurePosixPath
from unicodedata import normalize

from redact.core.timed import Timed
from redact.formats.slots import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One transcript as it was brought: its name, where it lies, its bytes' digest, what it says.

    `name` is the file's name, with as many folders before it as tell it from another of that name
    (for a .jsonl, the id in it with `.txt`); `path` is where the bytes lie, with `#id` behind it
    for a line of a .jsonl or a file in a .zip, `#text/name` for a text of a coded project. Where
    the content is not what the file's ending says, `name` has the ending of what it is, and
    `was_called` the file's own name.
    """

    name: str = field(repr=False)
    path: str = field(repr=False)
    sha256: str = field(repr=False)
    reading: Reading = field(repr=False)
    was_called: str = field(default="", repr=False)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return str(PurePosixPath(self.name).with_suffix(""))

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def ends(self) -> tuple[int, ...]:
        return self.reading.ends

    @property
    def times(self) -> tuple[Timed, ...]:
        return self.reading.times


@dataclass(frozen=True, slots=True)
class MadeSource:
    """A source, and the folders and names that lead to it."""

    trail: tuple[str, ...] = field(repr=False)
    source: SourceFile


def told_apart(made: Sequence[MadeSource]) -> Iterator[SourceFile]:
    """The sources, those of one name with as many folders before it as tell them apart.

    Files of one folder have their endings for that (`P1.docx`, `P1.vtt`).
    """
    own = [*_names_of_their_own(made)]
    left, length = own, 1
    while left:
        groups: dict[str, list[MadeSource]] = defaultdict(list)
        for one in own:
            groups[_tail(one.trail, length)].append(one)
        alike = {key for key, ones in groups.items() if len({one.trail[:-1] for one in ones}) > 1}
        for one in left:
            if _tail(one.trail, length) not in alike or len(one.trail) <= length:
                yield replace(one.source, name="/".join(one.trail[-length:]))
        left = [
            one for one in left if _tail(one.trail, length) in alike and len(one.trail) > length
        ]
        length += 1


def _tail(trail: tuple[str, ...], length: int) -> str:
    """The end of a path as it is compared: without case and without the file's ending."""
    *folders, name = trail[-length:]
    return normalize("NFC", "/".join((*folders, PurePath(name).stem))).casefold()


def _names_of_their_own(made: Sequence[MadeSource]) -> Iterator[MadeSource]:
    """Two files of a folder whose true endings make their names one keep their own before it."""
    taken = {one.trail for one in made if not one.source.was_called}
    for one in made:
        trail = one.trail
        if one.source.was_called and trail in taken:
            trail = (*trail[:-1], one.source.was_called + PurePath(trail[-1]).suffix)
        taken.add(trail)
        yield replace(one, trail=trail)
