"""A made-up name in every place of JSON, captions, tables, .rtf and plain text, one at a time.

Each file is one that other programs write, in which one token, value, key or number gives way to
the name. What is read as words is then replaced, as detection would; the safe bytes must hold the
name in no writing. `python -m tests.formats.plant_text` tries them all.
"""

from __future__ import annotations

import base64
import html
import json
import quopri
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from redact.errors import RedactError
from redact.formats.registry import read_file, safe_suffix, write_file
from redact.formats.slots import Edit
from redact.release.unread import unread
from redact.transcript.folding import folded, unmarked
from tests.formats.exports import shapes
from tests.formats.transcripts import FILES

NAME = "Zorquavel"
NUMBER = 441414960771
LABEL = "[Person 1]"
CODED = {
    "base64": base64.b64encode(NAME.encode()).decode(),
    "hex": NAME.encode().hex(),
    "codes": " ".join(str(ord(c)) for c in NAME),
}
VTT = """WEBVTT - a talk about work
Kind: captions
Language: en
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000
Producer: somebody

STYLE
::cue {
  color: white; background-color: rgba(0, 0, 0, 0.8);
}

STYLE
::cue(.loud) { color: red; font-family: "Arial" }

REGION
id:r1
width:40%
lines:3
regionanchor:0%,100%
viewportanchor:10%,90%
scroll:up

NOTE made by a machine
in two lines

1 - opening
00:00:01.000 --> 00:00:04.000 region:r1 align:left position:10% line:-1 size:80%
<v.loud.first Anna Bell>Was it <c.yellow.bg_black>good</c> &amp; <00:00:02.500>fair, so
<lang en>aye</lang>?

d2c1f0e0-0001-4000-8000-1234567890ab/12-0
00:00:04.000 --> 00:00:06.000
<v Anna Bell>It <b>was</b>, <ruby>well<rt>so</rt></ruby>.</v>

00:06.000 --> 00:07.000 vertical:rl
Anna Bell: <i.x>Then</i> we went <unk>.
"""
SRT = """1
00:00:01,000 --> 00:00:04,000 X1:100 X2:600 Y1:050 Y2:090
Anna Bell: Was it <font color="#ffff00" size="4" face="Arial">good</font>?

2
00:00:04,000 --> 00:00:06,000
{\\an8}{\\pos(10,20)}- It <b>was</b>, <i>so</i> --> there.
{\\fnArial\\c&H00FF00&}And on.

three
00:00:06,000 --> 00:00:08,000
END of <laughs> it all
"""
TABLE = """start,end,speaker,text,note,"page count"
0.5,2.25,Anna,"Was it ""good""?",first,12
00:02.250,4,Bell,It was.,=SUM(A1),13
5,6,Anna,"Two
lines",@x,14
"""
TABBED = TABLE.replace(",", "\t")
RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}
{\colortbl;\red255\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1 heading 1;}}
{\*\generator Writer 7;}{\info{\title A talk}{\author Ann}}{\*\userprops{\propname x}{\staticval y}}
{\*\bkmkstart here}{\*\bkmkend here}{\*\unknown what}
\pard\plain\f0\fs24 Anna: It was \b good\b0 , \u233?t\'e9 and
{\field{\*\fldinst{HYPERLINK "www"}}{\fldrslt shown}}.\par
Bell: Aye.{\footnote a note}\tab so\par {\listtext 1.}item\par}
"""
TEXT = "INT: Was it good?\nAnna Bell: It was, 07700 900123.\n[00:01:02] Bell: Aye &amp; so.\n"
_TOKEN = re.compile(r"[^\W_]+")
_MEASURED = re.compile(r"[0-9]\.\Z")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[ :,]?){6,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}")
_NUMBERS = re.compile(r"\d{2,3}(?:[\s,;\]\[\"]+\d{2,3}){5,}")


@dataclass(frozen=True, slots=True)
class Planted:
    """A file with the name in one place."""

    file: str
    place: str
    data: bytes


def planted() -> Iterator[Planted]:
    """Every file with every place."""
    for producer, shape in shapes("And who was it?", "It was so, at home.", "Ann Bell"):
        for place, changed in _json_with(shape):
            yield Planted("a.json", f"{producer}, {place}", json.dumps(changed).encode())
    for name, text in (
        ("a.vtt", VTT),
        ("a.srt", SRT),
        ("a.csv", TABLE),
        ("a.csv", TABLE.replace(",", ";")),
        ("a.tsv", TABBED),
        ("a.rtf", RTF),
        ("a.txt", TEXT),
        ("a.md", TEXT),
    ):
        for match in _TOKEN.finditer(text):
            for what in (NAME, NAME.lower(), str(NUMBER)):
                for start, end in (match.span(), (match.end(), match.end())):
                    changed = text[:start] + what + text[end:]
                    yield Planted(name, f"{what} at {start}", changed.encode())
        for at in range(0, len(text), 3):
            yield Planted(name, f"between at {at}", f"{text[:at]} {NAME} {text[at:]}".encode())
    for name, text in FILES.items():
        for match in _TOKEN.finditer(text):
            measured = _MEASURED.search(text, 0, match.start()) is not None  # behind a point
            for what in (NAME, NAME.lower(), *(() if measured else (str(NUMBER),))):
                for start, end in (match.span(), (match.end(), match.end())):
                    changed = text[:start] + what + text[end:]
                    yield Planted(name, f"{what} at {start}", changed.encode())


def _json_with(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with the name at each place of it: instead of it, as its key, beside it."""
    for coded in CODED:
        yield (
            coded,
            {"of": value, "more": CODED[coded]}
            if isinstance(value, list)
            else {
                **value,
                "more": CODED[coded],
            },
        )
    yield from _changed(value)


def _changed(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            rest = {k: v for k, v in value.items() if k != key}
            for name in (NAME, NAME.lower()):
                yield f"key {key}", {**rest, name: inner}
            yield f"beside {key}", {**value, f"{key}_x": [ord(c) for c in NAME]}
            yield f"objects beside {key}", {**value, "x": [{"id": ord(c)} for c in NAME]}
            yield f"words beside {key}", {**value, NAME.lower(): {NAME: NAME}}
            for place, changed in _changed(inner):
                yield f"{key}/{place}", {**rest, key: changed}
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            for place, changed in _changed(inner):
                yield f"{at}/{place}", [*value[:at], changed, *value[at + 1 :]]
        yield "list", [*value, NAME]
    else:
        yield "string", NAME
        yield "number", NUMBER
        yield "codes", [ord(c) for c in NAME]


def safe_bytes(one: Planted) -> tuple[bytes, str] | None:
    """The safe file and its text, all that is read of the name replaced; None if it is refused."""
    try:
        reading = read_file(one.data, one.file, "a")
        seen = folded(reading.text)
        sought = re.compile(rf"{NAME}|{NUMBER}", re.IGNORECASE)
        places = (seen.source(*match.span()) for match in sought.finditer(seen.text))
        edits = [Edit(place.start, place.end, LABEL) for place in places]
        written = write_file(reading, edits, one.file)
    except RedactError:
        return None
    return written.data, written.text


def left(data: bytes) -> bool:
    """Whether the name or number is left in any writing."""
    texts = {data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")}
    for _ in range(2):
        texts |= {html.unescape(t) for t in texts} | {unquote(t) for t in texts}
        texts |= {unmarked(t) for t in texts}
        texts |= {quopri.decodestring(t.encode()).decode("utf-8", "replace") for t in texts}
        for text in tuple(texts):
            runs = [re.sub("[^0-9a-fA-F]", "", m[0]) for m in _HEX.finditer(text)]
            texts |= {bytes.fromhex(r[: len(r) // 2 * 2]).decode("utf-8", "replace") for r in runs}
            texts |= {_of_base64(match[0]) for match in _BASE64.finditer(text)}
            codes = (re.findall(r"\d+", match[0]) for match in _NUMBERS.finditer(text))
            texts |= {"".join(chr(int(code)) for code in several) for several in codes}
            values = re.findall(r'"(?:id|x|t|start)": ?(\d{2,3})\b', text)
            texts |= {"".join(chr(int(value)) for value in values)}
    squashed = (re.sub(r"[\W_]", "", text).casefold() for text in texts)
    return any(NAME.casefold() in text or str(NUMBER) in text for text in squashed)


def _of_base64(run: str) -> str:
    plain = run.rstrip("=")
    whole = plain[: len(plain) - (len(plain) % 4 == 1)]
    return base64.b64decode(whole + "=" * (-len(whole) % 4)).decode("utf-8", "replace")


def wrong(one: Planted) -> str | None:
    """What is wrong with how a planted file is made safe; None if nothing is."""
    made = safe_bytes(one)
    if made is None:
        return None
    data, text = made
    if left(data):
        return "the name is left"
    if unread(f"a{safe_suffix(one.file)}", data, text):
        return "the second reader finds something unread"
    return None


def main(most: int | None) -> int:
    """Tries all, or so many of them drawn; the number that went wrong."""
    every = list(planted())
    if most is not None:
        every = random.Random(20).sample(every, most)  # noqa: S311
    counts: dict[str, list[int]] = {}
    for one in every:
        suffix = one.file.partition(".")[2]
        row = counts.setdefault(suffix, [0, 0, 0])
        row[0] += 1
        row[1] += safe_bytes(one) is None
        if problem := wrong(one):
            row[2] += 1
            print(f"{one.file}: {one.place}: {problem}")
    print("| a made-up name in every place of | files | refused | wrong |\n|---|---:|---:|---:|")
    for suffix, (tried, refused, bad) in counts.items():
        print(f"| .{suffix} | {tried:,} | {refused:,} | {bad} |")
    return sum(row[2] for row in counts.values())


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else None)))
