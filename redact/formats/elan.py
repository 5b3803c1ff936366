"""ELAN annotations (.eaf, EAF 3.0): tiers as turns, a speaker each; times untouched.

The text has the annotations in the order of their times, `Speaker: words`. Every name of a tier, a
participant or an annotator is words too. Paths of media and comments go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redact.errors import BadInput
from redact.formats.collect import Gathering, attribute, end_of, has_words, whole_number
from redact.formats.slots import WHOLE, Reading, Slot
from redact.formats.xml import Event, Tag, Text, attribute_places, scan
from redact.policy import Formats

_PATHS = frozenset(
    "MEDIA_URL RELATIVE_MEDIA_URL LINK_URL RELATIVE_LINK_URL EXTRACTED_FROM MEDIA_FILE AUTHOR "
    "ANNOTATOR DESCRIPTION EXT_REF".split()
)
_GONE = {"PROPERTY": "properties", "LICENSE": "properties", "LOCALE": ""}
_NAMED = ("TIER_ID", "PARENT_REF", "PARTICIPANT")  # of tiers, which may be called after people


@dataclass(frozen=True, slots=True)
class _Said:
    """One annotation: when, by whom, and where its words stand."""

    time: int
    speaker: str
    words: str
    at: int
    to: int


def read(data: bytes, where: str, handling: Formats) -> Reading:
    """What an .eaf says; BadInput for what is no ELAN file."""
    events = scan(data, where)
    if not events or not isinstance(events[0], Tag) or events[0].local != "ANNOTATION_DOCUMENT":
        raise BadInput("this is not an ELAN file", where=where,
                       remedy="Save it again in ELAN as .eaf.")  # fmt: skip
    out = Gathering()
    out.open(WHOLE, data)
    names: dict[str, list[tuple[int, int]]] = {}
    said = _annotations(events, out, names, handling)
    places = _write_text(sorted(said, key=lambda one: one.time), names, out)
    copies = 0
    for words, start, end in _other_words(events):
        out.new_line()
        out.slot(words, start, end, "xml")
    for name, spans in names.items():
        if name not in places:  # a tier without words
            out.new_line()
            places[name] = (out.length, out.length + len(name))
            out.slot(name, *spans[0], "attribute")
        for at, to in spans[1:]:
            copies += 1
            out.slots.append(Slot(*places[name], WHOLE, at, to, "attribute", copies))
    return out.reading("eaf", {WHOLE: data})


def _other_words(events: tuple[Event, ...]) -> Iterator[tuple[str, int, int]]:
    """Words of elements that hold no annotation and do not go: a controlled vocabulary's."""
    for at, event in enumerate(events):
        if not isinstance(event, Text) or not has_words(event.text):
            continue
        before, after = events[at - 1], events[at + 1]
        read_or_gone = {"ANNOTATION_VALUE", *_GONE}
        if isinstance(before, Tag) and isinstance(after, Tag) and before.local not in read_or_gone:
            yield event.text, before.to, after.at


def _annotations(
    events: tuple[Event, ...],
    out: Gathering,
    names: dict[str, list[tuple[int, int]]],
    handling: Formats,
) -> list[_Said]:
    """Every annotation with words; gathers where names of tiers stand, and cuts what goes."""
    times: dict[str, int] = {}
    begun: dict[str, int] = {}  # when each annotation begins, for those that refer to it
    said: list[_Said] = []
    speaker, start, owner, last = "", 0, "", 0
    for at, event in enumerate(events):
        if not isinstance(event, Tag) or event.kind != "start":
            continue
        out.blank(event, _PATHS, "paths and authors", handling.paths)
        if _GONE.get(event.local):
            last = end_of(events, at)
            if handling.properties == "replace":
                out.blank(event, frozenset({"NAME"}), "properties", "replace")
                out.put_off_texts(events, at, last)
            else:
                out.cut(event.at, events[last].to, _GONE[event.local])
        elif event.local == "TIME_SLOT":
            value = whole_number(attribute(event, "TIME_VALUE"))
            last = last if value is None else value  # one without a time follows the one before
            times[attribute(event, "TIME_SLOT_ID")] = last
        elif event.local == "TIER":
            speaker = attribute(event, "PARTICIPANT") or attribute(event, "TIER_ID")
            for key, place in attribute_places(out.data, event).items():
                if key in _NAMED and place[1] > place[0]:
                    names.setdefault(attribute(event, key), []).append(place)
        elif event.local == "ALIGNABLE_ANNOTATION":
            owner = attribute(event, "ANNOTATION_ID")
            start = times.get(attribute(event, "TIME_SLOT_REF1"), 0)
            begun[owner] = start
        elif event.local == "REF_ANNOTATION":
            owner = attribute(event, "ANNOTATION_ID")
            start = begun.get(attribute(event, "ANNOTATION_REF"), 0)
            begun[owner] = start
        elif event.local == "ANNOTATION_VALUE":
            end_at = end_of(events, at)
            words = "".join(e.text for e in events[at:end_at] if isinstance(e, Text))
            if words:
                said.append(_Said(start, speaker, words, event.to, events[end_at].at))
    return said


def _write_text(
    said: list[_Said], names: dict[str, list[tuple[int, int]]], out: Gathering
) -> dict[str, tuple[int, int]]:
    """One turn a line; gives where each speaker's name first stands.

    A name stands before each turn, and comes from one place in the file every time.
    """
    places: dict[str, tuple[int, int]] = {}
    speaker = None
    for one in said:
        if one.speaker != speaker:
            out.new_line()
            speaker = one.speaker
            if speaker:
                places.setdefault(speaker, (out.length, out.length + len(speaker)))
                out.slot(speaker, *names[speaker][0], "attribute")
                out.say(": ")
        else:
            out.say(" ")
        out.slot(one.words, one.at, one.to, "xml")
    return places
