"""Texts that cells of a workbook share, put into the cells (ECMA-376 18.4.9, 18.18.11)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from redact.formats.collect import attribute, end_of, whole_number
from redact.formats.workbook import SHEET, STRINGS
from redact.formats.xml import Tag, Text, scan

_AS_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")


def unshared(members: Mapping[str, bytes], where: str) -> dict[str, bytes]:
    """The parts of a workbook with each text that several cells share in the cells themselves.

    Excel keeps it once. Where it is to become two things, one for each cell, it cannot.
    """
    changed = dict(members)
    strings = _stretches(members.get(STRINGS, b""), "si", where)
    cells: dict[str, list[tuple[int, int, int]]] = {}  # by sheet, cells and the string they show
    uses: Counter[int] = Counter()
    for name in filter(SHEET.match, members):
        events = scan(members[name], where)
        for at, tag in enumerate(events):
            if isinstance(tag, Tag) and tag.kind == "start" and tag.local == "c":
                said = "".join(e.text for e in events[at : end_of(events, at)]
                               if isinstance(e, Text)).strip()  # fmt: skip
                number = whole_number(said)
                if attribute(tag, "t") == "s" and number is not None and number < len(strings):
                    place = (tag.at, events[end_of(events, at)].to, number)
                    cells.setdefault(name, []).append(place)
                    uses[number] += 1
    shared = {number for number, count in uses.items() if count > 1}
    for name, places in cells.items():
        data = members[name]
        for start, end, number in reversed(places):
            if number in shared:
                first, last = strings[number]
                head = re.match(rb"<[^>]*>", data[start:end])
                if head is not None:
                    inline = _AS_SHARED.sub(b't="inlineStr"', head[0])
                    words = members[STRINGS][first:last]
                    cell = b"%s<is>%s</is></c>" % (inline, words)
                    changed[name] = changed[name][:start] + cell + changed[name][end:]
    for number in sorted(shared, reverse=True):
        first, last = strings[number]
        part = changed[STRINGS]
        changed[STRINGS] = part[:first] + b"<t></t>" + part[last:]
    return changed


def _stretches(data: bytes, name: str, where: str) -> list[tuple[int, int]]:
    """Where the contents of each element of this name begin and end."""
    events = scan(data, where) if data else ()
    return [
        (event.to, events[end_of(events, at)].at)
        for at, event in enumerate(events)
        if isinstance(event, Tag) and event.kind == "start" and event.local == name
    ]
