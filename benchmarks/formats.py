"""Megabytes of text a second for reading and making safe each format, against a library's reading.

    python benchmarks/formats.py [FORMAT …]

Each file holds the same invented talk, 0.83 million letters of it; 15,000 names are replaced. Text
is what the reading says, without the file's own marks: a file of JSON with a list of words has five
times as many bytes, which are given beside it. `read` is the reading alone; `whole way` is to read,
put the words in, and read the safe file again. Seconds are of the processor, the fastest of three
times, so that other work on the machine counts less.

Memory is what a process that did just this took at its peak above what it had after a small file of
the same kind, so that what the program and its libraries take for themselves is not in it; by the
size of the file, and for files that are zips of what is in them. `large` is a file four times as
large, or 1.5 times where more values are more than is read.
"""

from __future__ import annotations

import gc
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context

import format_exports as exports
import format_files as files

from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit, Reading

NAMES = re.compile("Morag|Fergus")
SMALL = 0.02  # of the talk: with it a process has loaded all that it needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A format: what it is called here, its ending, and who reads it to compare."""

    name: str
    make: Callable[[float], bytes]
    plain: Callable[[bytes], str]
    library: str
    ending: str = ""

    @property
    def larger(self) -> float:
        """How many times as large a larger file is: more values than are read are refused."""
        return 1.5 if self.name == "whisperx" else 4


KINDS = tuple(
    Kind(name=name, make=make, plain=plain, library=library, ending=more[0] if more else name)
    for name, make, plain, library, *more in (
        ("txt", files.make_txt, files.plain_txt, "bytes.decode"),
        ("docx", files.make_docx, files.plain_docx, "python-docx"),
        ("odt", files.make_odt, files.plain_odt, "odfdo"),
        ("vtt", files.make_vtt, files.plain_vtt, "webvtt-py"),
        ("srt", files.make_srt, files.plain_srt, "srt"),
        ("csv", files.make_csv, files.plain_csv, "csv"),
        ("json", files.make_json, files.plain_json, "json"),
        ("whisperx", exports.make_whisperx, exports.plain_segments, "json", "json"),
        ("jsonl", exports.make_jsonl, exports.plain_jsonl, "json"),
        ("eaf", files.make_eaf, files.plain_eaf, "pympi-ling"),
        ("xlsx", files.make_xlsx, files.plain_xlsx, "openpyxl"),
        ("qdpx", files.make_qdpx, files.plain_qdpx, "pyrefiqda"),
        ("qdc", exports.make_qdc, exports.plain_xml, "lxml"),
        ("html", files.make_html, files.plain_html, "lxml"),
        ("otr", exports.make_otr, exports.plain_otr, "json"),
        ("rtf", files.make_rtf, files.plain_rtf, "striprtf"),
        ("pdf", files.make_pdf, files.plain_pdf, "pypdf"),
        ("textgrid", exports.make_textgrid, exports.plain_textgrid, "pympi-ling"),
        ("cha", exports.make_cha, exports.plain_text, "bytes.decode"),
        ("inqscr", exports.make_inqscr, exports.plain_text, "bytes.decode"),
        ("exb", exports.make_exb, exports.plain_xml, "lxml"),
        ("flk", exports.make_flk, exports.plain_xml, "lxml"),
        ("tei", exports.make_tei, exports.plain_xml, "lxml"),
        ("trs", exports.make_trs, exports.plain_xml, "lxml"),
        ("ohms", exports.make_ohms, exports.plain_xml, "lxml", "xml"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One file: its bytes, zipped and not, and of text; seconds; edits; memory taken in bytes."""

    size: int
    unpacked: int
    text: int
    reads: float
    ours: float
    theirs: float
    edits: int
    taken: int


def one(number: int, larger: float) -> Measured:
    """Reads, splices and reads again; then the library reads."""
    kind = KINDS[number]
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        data = process.submit(kind.make, larger).result()
        small = process.submit(kind.make, SMALL).result()
    _made_safe(small, kind)
    del small
    gc.collect()
    before = _peak()
    ours, (reading, edits) = _spent(lambda: _made_safe(data, kind))
    taken = _peak() - before
    for _ in range(2 if larger == 1 else 0):
        ours = min(ours, _spent(lambda: _made_safe(data, kind))[0])
    of_three = range(3 if larger == 1 else 1)
    reads = min(_spent(lambda: _read(data, kind))[0] for _ in of_three)
    theirs = min(_spent(lambda: kind.plain(data))[0] for _ in of_three)
    return Measured(
        size=len(data),
        unpacked=max(len(data), sum(map(len, reading.parts.values()))),
        text=len(reading.text),
        reads=reads,
        ours=ours,
        theirs=theirs,
        edits=edits,
        taken=taken,
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _read(data: bytes, kind: Kind) -> Reading:
    return read_file(data, f"a.{kind.ending}", "a")


def _made_safe(data: bytes, kind: Kind) -> tuple[Reading, int]:
    """What a file says, read and written with other names; and how many were replaced."""
    reading = _read(data, kind)
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in NAMES.finditer(reading.text)]
    write_file(reading, edits, f"a.{kind.ending}")
    return reading, len(edits)


def _spent[T](do: Callable[[], T]) -> tuple[float, T]:
    """Seconds of the processor that something took, and what it gave."""
    started = time.process_time()
    done = do()
    return time.process_time() - started, done


TITLE = "Formats: reading, and reading, splicing and reading again"
HEADS = (
    "file",
    "text a second: read",
    "whole way",
    "file a second",
    "edits",
    "whole way by the library's reading",
    "memory",
    "of the file",
    "large: memory",
    "of the file",
    "seconds",
)


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """A row each: ours reads, splices and reads again; the library only reads."""
    return TITLE, [HEADS, *rows()]


def rows(wanted: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The rows of all kinds or of those that are wanted."""
    for number, kind in enumerate(KINDS):
        if wanted and kind.name not in wanted:
            continue
        small, large = (_apart(number, larger) for larger in (1, kind.larger))
        yield (
            f".{kind.name}",
            f"{small.text / 1e6 / small.reads:.2f} MB",
            f"{small.text / 1e6 / small.ours:.2f} MB",
            f"{small.unpacked / 1e6 / small.ours:.2f} MB",
            f"{small.edits:,} in {small.ours:.2f} s",
            f"{small.ours / small.theirs:.1f} ({kind.library})",
            f"{small.taken / 1e6:.0f} MB",
            f"{small.taken / small.unpacked:.1f} times {small.unpacked / 1e6:.2f} MB",
            f"{large.taken / 1e6:.0f} MB",
            f"{large.taken / large.unpacked:.1f} times {large.unpacked / 1e6:.2f} MB",
            f"{large.ours:.2f}",
        )


def _apart(number: int, larger: float) -> Measured:
    """Measured in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(one, number, larger).result()


if __name__ == "__main__":
    print(TITLE)
    for row in chain([HEADS, ("---",) * len(HEADS)], rows(tuple(sys.argv[1:]))):
        print("| " + " | ".join(row) + " |", flush=True)
