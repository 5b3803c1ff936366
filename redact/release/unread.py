"""What a finished file says that was neither read as words nor is known to be structure: for G6.

This reader shares no code with those that read and write transcripts: it takes a file apart with
the standard library and lxml, into every name, value, key, number and comment, and asks of each
token whether the safe text says it, or a table of `redact/data/structure` has it, or it is a figure
too short for a telephone. What it cannot take apart it does not pass.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from redact.release.findings import Finding
from redact.release.pdfa import pages_said
from redact.release.taken_apart import (
    MOST_FIGURES,
    SaidAs,
    Value,
    of_captions,
    of_inqscribe,
    of_json,
    of_json_lines,
    of_numbered_text,
    of_table,
    of_text,
)
from redact.release.taken_apart_markup import NEVER, of_page, of_page_in_json, of_xml, of_zip
from redact.rendering import counted

_TOKEN = re.compile(r"[^\W_]+")
_SHORT = re.compile(
    rf"\d{{1,{MOST_FIGURES}}}|[^\W\d_]|[^\W\d_]{{1,4}}\d{{1,6}}[^\W\d_]?|\d{{1,8}}[A-Za-z]{{1,3}}"
)
_HEX = re.compile(
    r"(?=[0-9a-fA-F]*\d)(?:[0-9a-fA-F]{2}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"
    r"|(?:([A-F])\1){3}|([A-F]{2})\2\2"  # white and the like, and grey: no word is written so
    r"|[A-Z]{2}|(?:0[0-9A-F]){10}"  # a country; the look of a font (panose)
)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d{1,8}|[^\W_]")
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
# Colours of web pages; those with figures pass without their sign as well.
_COLOUR = re.compile(
    r"(?<!\w)#(?:(?=\w*\d)(?:[0-9a-f]{6}|[0-9A-F]{6})|([0-9a-fA-F])\1\1"
    r"|(?=[a-f]{6}|[A-F]{6})(?:(?:([a-fA-F])\2){3}|([a-fA-F]{2})\3\3))(?![\w-])"
)
_LONG_NUMBER = re.compile(r"[1-9]\d{8,}")


def unread(name: str, data: bytes, safe_text: str, encoding: str | None = None) -> list[Finding]:
    """What of a released file nobody read and no table has; no word of it is in the findings."""
    said = _Said.of(safe_text)
    times = Counter(_values(name, data, encoding))  # a sheet says the same thousands of times
    counts: Counter[str] = Counter()
    for (part, value), count in times.items():
        if not said.accounts_for(value):
            counts[part] += count
    return [
        Finding(where=where, what=f"{counted(count, 'value')} neither words nor known structure")
        for where, count in sorted(counts.items())
    ]


@dataclass(frozen=True, slots=True)
class _Said:
    """The tokens of the safe text, and all of them in one for pieces of words."""

    tokens: frozenset[str] = field(repr=False)
    whole: str = field(repr=False)
    run: str = field(repr=False)

    @classmethod
    def of(cls, text: str) -> _Said:
        tokens = _tokens(text)
        return cls(frozenset(tokens), "\n".join(dict.fromkeys(tokens)), "".join(tokens))

    def accounts_for(self, value: Value) -> bool:
        if value.how in (SaidAs.NEVER, SaidAs.LETTERS):
            return value.how is SaidAs.LETTERS and "".join(_tokens(value.said)) in self.run
        plain = _COLOUR.sub(" ", _GUID.sub(_without_numbers, value.said))
        return all(
            token in self.tokens
            or _is_structure(raw)
            or _SHORT.fullmatch(raw)
            or _HEX.fullmatch(raw)
            or (value.how is SaidAs.PIECES and token in self.whole)
            for raw, token in zip(_TOKEN.findall(plain), _tokens(plain), strict=True)
        )


def _without_numbers(guid: re.Match[str]) -> str:
    """Nothing of a GUID, but for a number in it that may be a telephone."""
    return " ".join(_LONG_NUMBER.findall(guid[0]))


def _tokens(text: str) -> list[str]:
    return [unicodedata.normalize("NFKC", token).casefold() for token in _TOKEN.findall(text)]


@cache
def _is_structure(token: str) -> bool:
    """Whether a table has a token, or all its parts as programs join them: HeaderChar, theme1."""
    if token in _structure():
        return True
    parts = _PARTS.findall(token)
    return sum(map(str.isdigit, token)) <= MOST_FIGURES and all(
        part.isdigit() or part.casefold() in _parts_of_structure() for part in parts
    )


@cache
def _parts_of_structure() -> frozenset[str]:
    return frozenset(part.casefold() for one in _structure() for part in _PARTS.findall(one))


@cache
def _structure() -> frozenset[str]:
    """Every token of the tables, as it is written there."""
    folder = resources.files("redact.data").joinpath("structure")
    texts = (file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".txt"))
    lines = (line for text in texts for line in text.splitlines() if not line.startswith("#"))
    return frozenset(token for line in lines for token in _TOKEN.findall(line))


def _values(name: str, data: bytes, encoding: str | None) -> Iterator[tuple[str, Value]]:
    """Everything a file says, with the part that says it; of an unknown kind that none may."""
    suffix = name.rpartition(".")[2].lower()
    try:
        if suffix in _ZIPS:
            for part, said in of_zip(data, name):
                if isinstance(said, Value):
                    yield name, said
                else:
                    inside = _values(part, said, None)
                    yield from ((f"{name}, {part}", value) for _, value in inside)
        elif suffix in _XML:
            yield from ((name, value) for value in of_xml(data))
        elif suffix == "pdf":
            yield from ((name, Value(line, SaidAs.PIECES)) for line in pages_said(data))
        elif suffix in _READERS:
            text = _decoded(data, encoding)
            yield from ((name, value) for value in _READERS[suffix](text))
        else:
            yield name, NEVER
    except (ValueError, csv.Error, RecursionError):
        yield name, NEVER


_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def _decoded(data: bytes, encoding: str | None) -> str:
    for mark, named in _MARKS:
        if data.startswith(mark):
            return data.decode(named)
    return data.decode(encoding or "utf-8")


_READERS: dict[str, Callable[[str], Iterable[Value]]] = {
    "txt": of_text,
    "text": of_text,
    "md": of_text,
    "vtt": of_captions,
    "srt": of_captions,
    "csv": of_table(",;\t"),
    "tsv": of_table("\t"),
    "json": of_json,
    "jsonl": of_json_lines,
    "textgrid": of_numbered_text,
    "cha": of_text,
    "inqscr": of_inqscribe,
    "otr": of_page_in_json,
    "html": of_page,
    "htm": of_page,
    "mimetype": of_text,
}
_ZIPS = frozenset("docx odt xlsx qdpx".split())
_XML = frozenset("xml rels vml rdf qde qdc eaf exb flk fln tei trs".split())
