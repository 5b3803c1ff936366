"""Megabytes of text a second for reading and splicing each format, against a library's reading.

Each file holds the same invented talk, about a megabyte of it, written by that library; 15,000
names are replaced. Memory is the peak of a process that did just this.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from redact.formats.files import read_file, write_file

TURNS = 5_000
WORDS = "Morag said that Fergus and Morag went to the town and did a number of things there. "
WORDS += "It was a long day, and nobody knew what would come of it, or who would pay the bus."
NAMES = re.compile("Morag|Fergus")


def talk() -> list[tuple[str, str]]:
    return [("INT" if n % 2 else "P1", f"{WORDS} {n}") for n in range(TURNS)]


def make_docx() -> bytes:
    import docx

    document = docx.Document()
    body = document.element.body
    for who, words in talk():
        paragraph = document.add_paragraph(f"{who}: {words}")
        body.append(paragraph._p)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_docx(data: bytes) -> str:
    import docx

    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def make_odt() -> bytes:
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    for who, words in talk():
        document.body.append(odfdo.Paragraph(f"{who}: {words}"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_odt(data: bytes) -> str:
    import odfdo

    return "\n".join(p.inner_text for p in odfdo.Document(io.BytesIO(data)).body.paragraphs)


def make_vtt() -> bytes:
    cues = (f"{_clock(n)}.000 --> {_clock(n + 1)}.000\n<v {who}>{words}</v>\n"
            for n, (who, words) in enumerate(talk()))  # fmt: skip
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def plain_vtt(data: bytes) -> str:
    import webvtt

    return "\n".join(c.text for c in webvtt.from_buffer(io.StringIO(data.decode())).captions)


def make_srt() -> bytes:
    cues = (f"{n + 1}\n{_clock(n)},000 --> {_clock(n + 1)},000\n{who}: {words}\n"
            for n, (who, words) in enumerate(talk()))  # fmt: skip
    return "\n".join(cues).encode()


def plain_srt(data: bytes) -> str:
    import srt

    return "\n".join(c.content for c in srt.parse(data.decode()))


def make_csv() -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("speaker", "text"), *talk()])
    return out.getvalue().encode()


def plain_csv(data: bytes) -> str:
    return "\n".join(row[1] for row in csv.reader(io.StringIO(data.decode(), newline="")))


def make_json() -> bytes:
    segments = [{"speaker": who, "text": f" {words}",
                 "words": [{"word": f" {word}"} for word in words.split()]}
                for who, words in talk()]  # fmt: skip
    return json.dumps({"text": "".join(str(s["text"]) for s in segments),
                       "segments": segments}).encode()  # fmt: skip


def plain_json(data: bytes) -> str:
    return "\n".join(segment["text"] for segment in json.loads(data)["segments"])


def make_eaf() -> bytes:
    import pympi

    file = pympi.Elan.Eaf()
    for who in ("INT", "P1"):
        file.add_tier(who, part=who)
    for n, (who, words) in enumerate(talk()):
        file.add_annotation(who, n * 1000, n * 1000 + 999, words)
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "a.eaf"
        file.to_file(str(path))
        return path.read_bytes()


def plain_eaf(data: bytes) -> str:
    import pympi

    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "a.eaf"
        path.write_bytes(data)
        file = pympi.Elan.Eaf(str(path))
        return "\n".join(a[2] for tier in ("INT", "P1")
                         for a in file.get_annotation_data_for_tier(tier))  # fmt: skip


def make_txt() -> bytes:
    return "".join(f"{who}: {words}\n" for who, words in talk()).encode()


def plain_txt(data: bytes) -> str:
    return data.decode()


FORMATS: tuple[tuple[str, Callable[[], bytes], Callable[[bytes], str], str], ...] = (
    ("txt", make_txt, plain_txt, "bytes.decode"),
    ("docx", make_docx, plain_docx, "python-docx"),
    ("odt", make_odt, plain_odt, "odfdo"),
    ("vtt", make_vtt, plain_vtt, "webvtt-py"),
    ("srt", make_srt, plain_srt, "srt"),
    ("csv", make_csv, plain_csv, "csv"),
    ("json", make_json, plain_json, "json"),
    ("eaf", make_eaf, plain_eaf, "pympi-ling"),
)


def one(number: int) -> tuple[int, float, float, float, int, float]:
    """Bytes of the file, megabytes of text, seconds of ours and the library's, edits, peak GB."""
    name, make, plain, _ = FORMATS[number]
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        data = process.submit(make).result()
    started = time.perf_counter()
    reading = read_file(data, f"a.{name}", "a")
    edits = [(m.start(), m.end(), "[Person 1]") for m in NAMES.finditer(reading.text)]
    write_file(reading, edits, f"a.{name}")
    ours = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    plain(data)
    theirs = time.perf_counter() - started
    return len(data), len(reading.text) / 1e6, ours, theirs, len(edits), peak


def measure() -> tuple[str, list[tuple[str, ...]]]:
    """A row each: ours reads, splices and reads again; the library only reads."""
    rows: list[tuple[str, ...]] = []
    for number, (name, _, _, library) in enumerate(FORMATS):
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            size, text, ours, theirs, edits, peak = process.submit(one, number).result()
        rows.append((
            f".{name:5}", f"{text / ours:6.2f} MB/s", f"{edits:,} edits in {ours:.2f} s",
            f"{ours / theirs:7.2f}x {library} reading", f"file {size / 1e6:.2f} MB",
            f"peak {peak:.0f} MB",
        ))  # fmt: skip
    return "Formats: reading, splicing and reading again", rows


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


if __name__ == "__main__":
    title, table = measure()
    print(title)
    for line in table:
        print("  " + "  ".join(line))
