"""What is to be silenced, as other programs read it: Audacity, a table, ffmpeg, ELAN, Praat."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from xml.sax.saxutils import escape, quoteattr

from redact.recording.kinds import ListKind
from redact.recording.places import Silenced, SilentStretch

TONE, LOUD = 1000, 0.1  # Hz; of full scale
TIER = "hidden"
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # a day that tells nothing


@dataclass(frozen=True, slots=True)
class Program:
    """A program's way to say it: the ending of a file for each transcript, and what is in it."""

    ending: str
    write: Callable[[Silenced], str]


def audacity(one: Silenced) -> str:
    """Labels, a line each: begin, end (seconds) and text between tabs (File > Import > Labels)."""
    rows = (
        f"{_seconds(each.begins)}\t{_seconds(each.ends)}\t{_plain(each.label)}\n"
        for each in one.stretches
    )
    return "".join(rows)


def table(several: Sequence[Silenced]) -> str:
    """A CSV of all transcripts, times in seconds; what has no time has empty cells for it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["transcript", "begins", "ends", "kind", "pseudonym", "how", "line"])
    for one in several:
        for each in one.stretches:
            kinds = "; ".join(dict.fromkeys(thing.kind for thing in each.things))
            names = "; ".join(_cell(thing.pseudonym) for thing in each.things)
            how = f"{each.how}, listen" if each.is_coarse else each.how
            writer.writerow(
                [one.file, _seconds(each.begins), _seconds(each.ends), kinds, names, how, ""]
            )
        for place in one.without_time:
            thing = place.thing
            row = [one.file, "", "", thing.kind, _cell(thing.pseudonym), "no time", place.line]
            writer.writerow(row)
    return out.getvalue()


def ffmpeg(one: Silenced) -> str:
    """A filter that puts a tone in the place of each stretch, sample by sample, in every channel.

    `ffmpeg -i RECORDING -filter_script:a FILE OUT` (since 7.0: `-/filter:a FILE`). All other
    samples are handed on as they are; a search by halves keeps an hour with hundreds of stretches
    quick.
    """
    tone = f"{LOUD}*sin(2*PI*{TONE}*t)"
    return f"aeval=exprs='{_halved(one.stretches, tone)}':c=same\n"


def _halved(stretches: Sequence[SilentStretch], tone: str) -> str:
    if not stretches:
        return "val(ch)"
    if len(stretches) == 1:
        (only,) = stretches
        within = f"gte(t,{_seconds(only.begins)})*lt(t,{_seconds(only.ends)})"
        return f"if({within},{tone},val(ch))"
    half = len(stretches) // 2
    first, second = _halved(stretches[:half], tone), _halved(stretches[half:], tone)
    return f"if(lt(t,{_seconds(stretches[half].begins)}),{first},{second})"


def elan(one: Silenced) -> str:
    """Annotations of one tier, EAF 3.0: File > Merge Transcriptions takes them into a project."""
    slots, notes = [], []
    for number, each in enumerate(one.stretches, start=1):
        first, second = f"ts{2 * number - 1}", f"ts{2 * number}"
        slots += [
            f'    <TIME_SLOT TIME_SLOT_ID="{slot}" TIME_VALUE="{when}"/>'
            for slot, when in ((first, each.begins), (second, each.ends))
        ]
        notes.append(
            f'    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" '
            f'TIME_SLOT_REF1="{first}" TIME_SLOT_REF2="{second}">'
            f"<ANNOTATION_VALUE>{escape(each.label)}</ANNOTATION_VALUE>"
            "</ALIGNABLE_ANNOTATION></ANNOTATION>"
        )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<ANNOTATION_DOCUMENT AUTHOR="" DATE={quoteattr(_FIRST.isoformat())} FORMAT="3.0" '
        'VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">',
        '  <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>',
        "  <TIME_ORDER>",
        *slots,
        "  </TIME_ORDER>",
        f'  <TIER LINGUISTIC_TYPE_REF="default-lt" TIER_ID="{TIER}">',
        *notes,
        "  </TIER>",
        '  <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" '
        'TIME_ALIGNABLE="true"/>',
        "</ANNOTATION_DOCUMENT>",
    ]
    return "\n".join(lines) + "\n"


def praat(one: Silenced) -> str:
    """A TextGrid of one interval tier, empty where nothing is hidden."""
    edges: list[SilentStretch] = []
    at = 0
    for each in one.stretches:
        edges += [_nothing(at, each.begins)] if each.begins > at else []
        edges.append(each)
        at = each.ends
    if one.ends > at or not edges:
        edges.append(_nothing(at, max(one.ends, at + 1)))
    last = _seconds(edges[-1].ends)
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {last}",
        "tiers? <exists>",
        "size = 1",
        "item []:",
        "    item [1]:",
        '        class = "IntervalTier"',
        f'        name = "{TIER}"',
        "        xmin = 0",
        f"        xmax = {last}",
        f"        intervals: size = {len(edges)}",
    ]
    for number, each in enumerate(edges, start=1):
        text = _plain(each.label).replace('"', '""')
        lines += [
            f"        intervals [{number}]:",
            f"            xmin = {_seconds(each.begins)}",
            f"            xmax = {_seconds(each.ends)}",
            f'            text = "{text}"',
        ]
    return "\n".join(lines) + "\n"


def _nothing(begins: int, ends: int) -> SilentStretch:
    """A stretch in which nothing is hidden."""
    return SilentStretch(begins=begins, ends=ends, things=(), how="word")


PROGRAMS = {  # of all kinds but the table, which is one file for all transcripts
    ListKind.AUDACITY: Program(".labels.txt", audacity),
    ListKind.FFMPEG: Program(".ffmpeg.txt", ffmpeg),
    ListKind.ELAN: Program(".eaf", elan),
    ListKind.PRAAT: Program(".TextGrid", praat),
}


def name_of(one: Silenced, program: Program) -> str:
    """The name of the file for a transcript: its safe name with the program's ending."""
    return PurePath(one.file).stem + program.ending


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}"


def _plain(label: str) -> str:
    return " ".join(label.split())


def _cell(words: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words
