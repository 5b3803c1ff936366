"""A mutation fuzzer for each reader: a file is read and written, or refused in a line.

    python -m tests.formats.fuzz 1000000 [KIND …]

Office files are mutated in their text part (zipped again after it) and as bytes.
"""

from __future__ import annotations

import copy
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

from lxml import etree

from redact.errors import RedactError
from redact.formats.format import BY_DEFAULT
from redact.formats.registry import read_file, safe_suffix, write_file
from redact.formats.slots import Edit
from tests.faults.attacks import mutated
from tests.formats import (
    exports,
    test_captions,
    test_html,
    test_opendocument,
    test_pdf_rtf,
    test_planted,
    test_refi_qda,
    test_word,
    test_workbook,
)
from tests.formats.safe_files import said_beside
from tests.formats.transcripts import FILES

NAME = "Morag"


@cache
def around(name: str) -> dict[str, bytes]:
    """The other parts of an Office file."""
    if name == "a.docx":
        return test_word.members(test_planted.small_docx("<w:p/>"))
    if name == "a.odt":
        return test_word.members(test_opendocument.odt(""))
    if name == "a.qdpx":
        return test_refi_qda.members(test_refi_qda.project([]))
    parts = test_word.members(test_workbook.with_shared_strings())
    small = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
    )
    small += (
        b'<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/>'
    )
    small += b'<xf numFmtId="164"/></cellXfs></styleSheet>'
    return {
        part: small if part == "xl/styles.xml" else data
        for part, data in parts.items()
        if "theme" not in part
    }


def word_part(xml: bytes) -> bytes:
    return test_word.zipped({**around("a.docx"), "word/document.xml": xml})


def odt_part(xml: bytes) -> bytes:
    return test_word.zipped({**around("a.odt"), "content.xml": xml})


def sheet_part(xml: bytes) -> bytes:
    return test_word.zipped({**around("a.xlsx"), "xl/worksheets/sheet1.xml": xml})


def strings_part(xml: bytes) -> bytes:
    return test_word.zipped({**around("a.xlsx"), "xl/sharedStrings.xml": xml})


def styles_part(xml: bytes) -> bytes:
    return test_word.zipped({**around("a.xlsx"), "xl/styles.xml": xml})


def project_part(xml: bytes) -> bytes:
    return test_word.zipped({**around("a.qdpx"), "project.qde": xml})


def other_json() -> list[bytes]:
    """What other producers write, a line each."""
    said = exports.shapes("Who was it?", f"It was {NAME} MacAskill.", NAME)
    return [json.dumps(shape, ensure_ascii=False).encode() for _, shape in said]


def said_in_rtf() -> dict[str, str]:
    return dict.fromkeys(test_planted.PLACE.findall(test_planted.RTF), NAME)


def as_it_is(data: bytes) -> bytes:
    return data


def seeds() -> dict[str, tuple[str, bytes, Callable[[bytes], bytes]]]:
    """By kind the file's name, what is mutated, and how a file is made of it.

    Where nothing is, one of the other producers' files is.
    """
    said = dict.fromkeys(
        test_planted.PLACE.findall(test_planted.CSV + test_planted.JSON + test_planted.EAF), NAME
    )
    body = test_planted.small_docx("".join(test_word.SEEN.values()))
    content = test_opendocument.odt("".join(test_opendocument.SEEN.values()))
    coded = test_refi_qda.project([(0, 9), (11, 30)])
    return {
        "vtt": ("a.vtt", test_captions.VTT.encode(), as_it_is),
        "srt": ("a.srt", test_captions.SRT.encode(), as_it_is),
        "csv": ("a.csv", test_planted.CSV.format(**said).encode(), as_it_is),
        "json": ("a.json", test_planted.JSON.format(**said).encode(), as_it_is),
        "json of others": ("a.json", b"", as_it_is),
        "html": ("a.html", test_html.NOSCRIBE.encode(), as_it_is),
        "rtf": ("a.rtf", test_planted.RTF.format(**said_in_rtf()).encode(), as_it_is),
        "pdf": (
            "a.pdf",
            test_pdf_rtf.pdf(["INT: Who is", "it?", "Morag: Me."], ["Aye."]),
            as_it_is,
        ),
        "eaf": ("a.eaf", test_planted.EAF.format(**said).encode(), as_it_is),
        **{name: (name, text.encode(), as_it_is) for name, text in FILES.items()},
        "docx, its XML": ("a.docx", test_word.members(body)["word/document.xml"], word_part),
        "odt, its XML": ("a.odt", test_word.members(content)["content.xml"], odt_part),
        "xlsx, its sheet": ("a.xlsx", test_workbook.SHEET.encode(), sheet_part),
        "xlsx, its strings": ("a.xlsx", test_workbook.SHARED.encode(), strings_part),
        "xlsx, its styles": ("a.xlsx", around("a.xlsx")["xl/styles.xml"], styles_part),
        "qdpx, its project": ("a.qdpx", test_refi_qda.members(coded)["project.qde"], project_part),
        "docx, its bytes": ("a.docx", body, as_it_is),
        "odt, its bytes": ("a.odt", content, as_it_is),
    }


UNMARKED = ("vtt", "srt", "csv", "html", "rtf", "pdf", "textgrid", "cha", "inqscr")
ODD = (
    "",
    "-1",
    "0",
    "\u00b2",
    "9" * 5000,
    "99999999999999999999",
    "1e9",
    "\u00e9",
    "\U0001f600",
    NAME,
    "a\nb",
    " ",
)


def rearranged(seed: bytes, chance: random.Random) -> bytes:
    """A document of XML or JSON that is still one: parts twice, gone, renamed, with odd values."""
    if seed[:1] in b"[{":
        value = json.loads(seed)
        for _ in range(chance.randint(1, 4)):
            value = _rearranged_json(value, chance)
        return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode()
    tree = etree.fromstring(seed, etree.XMLParser(load_dtd=False, resolve_entities=False))
    for _ in range(chance.randint(1, 5)):
        elements = [one for one in tree.iter() if isinstance(one.tag, str)]
        one, other = chance.choice(elements), chance.choice(elements)
        parent = one.getparent()
        match chance.randrange(6):
            case 0 if parent is not None:
                parent.remove(one)
            case 1 if parent is not None:
                parent.insert(chance.randint(0, len(parent)), copy.deepcopy(one))
            case 2 if parent is not None:
                one.tag = other.tag
            case 3:
                one.text, other.tail = other.text, chance.choice(ODD)
            case 4 if one.attrib:
                one.set(chance.choice(list(one.attrib)), chance.choice(ODD))
            case _:
                one.append(copy.deepcopy(other))
    data: bytes = etree.tostring(tree, encoding="utf-8")
    return data


def _rearranged_json(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(list(value))
        changed = dict(value)
        match chance.randrange(6):
            case 0:
                del changed[key]
            case 1:
                changed[chance.choice(list(value))] = value[key]
            case 2:
                changed[f"{NAME} {key}"] = value[key]
            case _:
                changed[key] = _rearranged_json(value[key], chance)
        return changed
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        match chance.randrange(5):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return [*value[:at], copy.deepcopy(value[at]), *value[at:]]
            case 2:
                return [*value[at:], *value[:at]]
            case _:
                return [*value[:at], _rearranged_json(value[at], chance), *value[at + 1 :]]
    return chance.choice((*ODD, None, 7, [], {}, ["a"], {"text": NAME}))


def fuzz(kind: str, of: int) -> tuple[str, int, int, int, int, str, float]:
    """Kind, inputs, how many were read and written, how many went wrong, the first, seconds."""
    name, seed, make = seeds()[kind]
    chance = random.Random(kind)  # noqa: S311 a seed
    started = time.monotonic()
    read = written = wrong = 0
    first = ""
    others = other_json()
    for _ in range(of):
        whole = seed or chance.choice(others)
        marked = name.rpartition(".")[2] not in UNMARKED and "bytes" not in kind
        marked = marked and chance.random() < 0.5
        data = make(rearranged(whole, chance) if marked else mutated(whole, chance))
        handling = chance.choice((BY_DEFAULT, test_planted.KEPT))
        try:
            reading = read_file(data, name, name, handling)
            read += 1
            edits = [Edit(m.start(), m.end(), "[P 1]") for m in re.finditer(NAME, reading.text)]
            if chance.random() < 0.2:  # a name that is a word elsewhere
                edits = edits[:1]
            safe = write_file(reading, edits, name, handling).data
            said_beside(safe, f"a{safe_suffix(name)}", handling)
            written += 1
        except RedactError:
            pass
        except Exception as error:  # noqa: BLE001 that is what is looked for
            wrong += 1
            first = first or f"{type(error).__name__}: {error} {data[:200]!r}"
    return kind, of, read, written, wrong, first, time.monotonic() - started


def main() -> None:
    """Prints a table; exit 1 if anything unforeseen came out.

    The inputs of a reader are shared by the parts of its files that are mutated.
    """
    of = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    wanted = tuple(sys.argv[2:]) or ("",)
    kinds = [kind for kind in seeds() if kind.startswith(wanted)]
    failed = 0
    of_reader = Counter(kind.split(",")[0].removesuffix(" of others") for kind in kinds)
    inputs = [-(-of // of_reader[kind.split(",")[0].removesuffix(" of others")]) for kind in kinds]
    print("| reader | inputs | read | written | unforeseen | seconds |")
    print("|---|---:|---:|---:|---:|---:|")
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for kind, tried, read, written, wrong, first, seconds in workers.map(fuzz, kinds, inputs):
            failed += wrong
            print(
                f"| {kind} | {tried:,} | {read:,} | {written:,} | {wrong} | {seconds:.0f} |",
                flush=True,
            )
            if first:
                print(first, file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
