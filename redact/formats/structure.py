"""The tables of structure: which elements and attributes of XML go out, with values of which kinds.

`data/structure` has them: `office.txt` and `opendocument.txt` are made from the published schemas
by `training/structure_tables.py`, `by_hand.txt` says what becomes of each field that a schema calls
a string. An element or attribute that is on no table does not go out. How to read a row stands at
the head of `by_hand.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

from redact.formats.allowed import Allowed, Kind
from redact.formats.css import plain_declarations
from redact.formats.shapes import SHAPES

Reads = Literal["words", "said", "codes"]


def _is_style(value: str) -> bool:
    return not plain_declarations(value).left_behind


_SHAPES: Mapping[str, Callable[[str], bool]] = {**SHAPES, "css": _is_style}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What an attribute or the text of an element may say.

    `shapes` name checks beyond a kind; `space` is that of names which are made anew where people
    chose them. `reads` says that it is words: "words" that the format's reader takes in or cuts,
    "said" that are read after the rest if it does not, "codes" with words between them. `instead`
    stands for a value that may not stay; None: it goes. Without a field that is `needed` an empty
    element goes too, without one that is `vital` any element does.
    """

    allowed: Allowed = field(default_factory=Allowed)
    shapes: tuple[str, ...] = ()
    space: str | None = None
    reads: Reads | None = None
    instead: str | None = None
    needed: bool = False
    vital: bool = False

    def takes(self, value: str) -> bool:
        """Whether a value is structure; words are none."""
        return (
            not value
            or value == self.instead
            or self.allowed.takes(value)
            or any(_SHAPES[shape](value) for shape in self.shapes)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """An element: its fields by name with namespace, its text, whether others stand in it.

    `leaf` says that nothing does. None as text: it has none but white space.
    """

    fields: Mapping[str, Field]
    text: Field | None = None
    leaf: bool = False


@dataclass(slots=True)
class _Tables:
    """The rows as they are read, of all files together."""

    spaces: dict[str, str] = field(default_factory=dict)  # by prefix
    rows: dict[str, list[str]] = field(default_factory=dict)  # the items of each element
    kinds: dict[str, str] = field(default_factory=dict)  # what the report calls them when they go

    def named(self, name: str, of_attribute: bool) -> str:
        """A name with its namespace, as `scan` gives it."""
        prefix, _, local = name.rpartition(":")
        if of_attribute and not prefix:
            return local
        space = self.spaces.get(prefix, "")
        return f"{space} {local}" if space else local

    def row(self, items: list[str], everywhere: Mapping[str, str]) -> Row:
        fields: dict[str, Field] = {}
        text: Field | None = None
        for item in items:
            if item == "leaf":
                continue
            name, marks, spec = _split(item)
            if name == ".":
                text = _field(spec, "")
            else:
                spec = spec[1:] if spec.startswith(":") else everywhere.get(name, spec)
                fields[self.named(name, of_attribute=True)] = _field(spec, marks)
        return Row(fields, text, leaf="leaf" in items)


def _split(item: str) -> tuple[str, str, str]:
    head, _, spec = item.partition("=")
    name = head.rstrip("!")
    return name, head[len(name) :], spec


@cache
def _field(spec: str, marks: str) -> Field:
    """What a spec says: a hundred of them stand for all 8,000 attributes."""
    values, hidden, instead = spec.partition(">")
    kinds: list[Kind] = []
    words: set[str] = set()
    shapes: list[str] = []
    space: str | None = None
    reads: Reads | None = None
    for value in filter(None, values.split("|")):
        rest = value[1:]
        if value[0] == "*" and rest in _SHAPES:
            shapes.append(rest)
        elif value[0] == "*":
            kinds.append(Kind(rest))
        elif value[0] == "~":
            space = rest
        elif value[0] == "!":
            reads = "words" if rest == "words" else "said" if rest == "said" else "codes"
        else:
            words.add(value)
    return Field(
        allowed=Allowed(tuple(kinds), frozenset(words)),
        shapes=tuple(shapes),
        space=space,
        reads=reads,
        instead=instead.replace("_", " ") if hidden else None,
        needed=bool(marks),
        vital=marks == "!!",
    )


def _lines(name: str) -> Iterator[list[str]]:
    text = resources.files("redact.data").joinpath(f"structure/{name}.txt").read_text("utf-8")
    lines = [line.split() for line in text.splitlines()]
    sets = {items[1]: "|".join(items[2:]) for items in lines if items[:1] == ["="]}
    for items in lines:
        if items and items[0] not in ("#", "="):
            yield [_without_sets(item, sets) for item in items]


def _without_sets(item: str, sets: Mapping[str, str]) -> str:
    name, marks, spec = _split(item)
    values, mark, instead = spec.partition(">")
    parts = [sets[one[1:]] if one[:1] == "=" else one for one in values.split("|")]
    return f"{name}{marks}={'|'.join(parts)}{mark}{instead}" if "=" in item else item


@dataclass(frozen=True, slots=True)
class _Read:
    """The tables as they are asked: rows, what goes by what name, all names of the schemas."""

    rows: Mapping[str, Row]
    kinds: Mapping[str, str]
    published: frozenset[str]


@cache
def _tables() -> _Read:
    made = _Tables()
    gone: list[str] = []
    everywhere: dict[str, str] = {}  # what a field means in every element that has it
    for file in ("office", "opendocument", "by_hand"):
        for head, *items in _lines(file):
            if head == "space":
                made.spaces[items[0]] = items[1]
            elif head == "everywhere":
                everywhere.update(item.partition("=")[::2] for item in items)
            elif head == "gone":
                kind = items[0].replace("_", " ")
                made.kinds.update(dict.fromkeys(items[1:], kind))
            elif head == "-":
                for name in items:
                    made.rows.pop(name, None)
                    gone.append(name)
            else:
                own = made.rows.setdefault(head, [])
                new = {_split(item)[0] for item in items} | {
                    item[1:] for item in items if item[0] == "-"
                }
                own[:] = [one for one in own if _split(one)[0] not in new]
                own += [item for item in items if item[0] != "-"]
    rows = {
        made.named(name, of_attribute=False): made.row(items, everywhere)
        for name, items in made.rows.items()
    }
    kinds = {}
    for name, kind in made.kinds.items():
        kinds[made.named(name, of_attribute=False)] = kind
        kinds[f"@{made.named(name, of_attribute=True)}"] = kind
    published = {made.named(name, of_attribute=False) for name in gone}
    return _Read(rows, kinds, frozenset({*published, *rows, *kinds}))


def row_of(name: str) -> Row | None:
    """What the tables say of an element, by `namespace local`; None if it does not go out."""
    return _tables().rows.get(_of_edition(name))


def field_of(row: Row, attribute: str) -> Field | None:
    """What a row says of an attribute; None if it does not go out."""
    return row.fields.get(_of_edition(attribute))


def is_published(name: str) -> bool:
    """Whether a schema or a program has an element of this name, or an attribute: `@name`."""
    return _of_edition(name) in _tables().published


def kind_of_element(name: str) -> str:
    """What the report calls an element that does not go out."""
    return _tables().kinds.get(_of_edition(name), "unknown structure")


def kind_of_attribute(name: str) -> str:
    """What the report calls an attribute that does not go out."""
    return _tables().kinds.get(f"@{_of_edition(name)}", "unknown structure")


_PROJECT = "urn:QDA-XML:project:1.0"
# Codebooks, and editions as programs write them: NVivo for Mac a colon, drafts 0:4.
_REFI = re.compile(r"urn:QDA-XML:(?:project|codebook):(?:1[.:][05]|0[.:]4) ")
_STRICT = re.compile(r"http://purl\.oclc\.org/ooxml/(\w+)/(\w+) ")


@cache
def _of_edition(name: str) -> str:
    """A name of ISO 29500 strict as the tables have it, which are of the transitional one."""
    if refi := _REFI.match(name):
        return f"{_PROJECT} {name[refi.end() :]}"
    strict = _STRICT.match(name)
    if strict is None:
        return name
    space = f"http://schemas.openxmlformats.org/{strict[1]}/2006/{strict[2]}"
    return f"{space} {name[strict.end() :]}"
