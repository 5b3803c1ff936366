"""ELAN annotations (.eaf, EAF 3.0): tiers as turns, a speaker each; times untouched.

The text has the annotations in the order of their times, `Speaker: words`. Every name of a tier, a
participant or an annotator is words too. Paths of media and comments go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.core import Span
from redact.core.timed import Timed
from redact.errors import BadInput
from redact.formats.collect import (
    Collector,
    Words,
    attribute,
    has_words,
    said_between,
    whole_number,
)
from redact.formats.format import RawFile
from redact.formats.names import Names
from redact.formats.slots import WHOLE, Reading
from redact.formats.xml import Tag, Text, XmlEvent, attribute_places, end_of, scan
from redact.policy import Handling

_PATHS = frozenset(
    "MEDIA_URL RELATIVE_MEDIA_URL LINK_URL RELATIVE_LINK_URL EXTRACTED_FROM MEDIA_FILE AUTHOR "
    "ANNOTATOR DESCRIPTION EXT_REF".split()
)
_GONE = frozenset({"PROPERTY", "LICENSE"})
_WITHOUT_TALK = frozenset({"ANNOTATION_VALUE", "LOCALE", *_GONE})  # read elsewhere, or not at all
_NAMED = ("TIER_ID", "PARENT_REF", "PARTICIPANT")  # of tiers, which may be called after people


@dataclass(frozen=True, slots=True, kw_only=True)
class _Annotation:
    """What is said, when in milliseconds, by whom, and where in the file its words stand."""

    time: int
    ends: int
    speaker: str = field(repr=False)
    words: Words


def read(file: RawFile) -> Reading:
    """What an .eaf says; BadInput for what is no ELAN file."""
    out = Collector()
    data = out.sieved(WHOLE, file.data, file.where, Names({WHOLE: file.data}))
    events = scan(data, file.where) if data else ()
    if not events or not isinstance(events[0], Tag) or events[0].local != "ANNOTATION_DOCUMENT":
        raise BadInput(
            "this is not an ELAN file",
            where=file.where,
            remedy="Save it again in ELAN as .eaf.",
        )
    out.open(WHOLE, data)
    _blank_hidden(events, out, file.handling)
    names = _names(events, out)
    spoken_names = _write_text(_annotations(events), names, out)
    for words in _other_words(events):
        out.new_line()
        out.words(words)
    layer = 0
    for name, places in names.items():
        if name not in spoken_names:  # a tier without words
            out.new_line()
            spoken_names[name] = out.words(places[0])
        for place in places[1:]:
            layer += 1
            out.copy(spoken_names[name].start, place, layer)
    return out.reading({WHOLE: data})


def _blank_hidden(events: tuple[XmlEvent, ...], out: Collector, handling: Handling) -> None:
    """Cuts paths, authors and properties, or puts their words off, as the policy says."""
    for at, event in enumerate(events):
        if not isinstance(event, Tag) or event.kind != "start":
            continue
        out.blank(event, _PATHS, "paths and authors", handling.paths)
        if event.local in _GONE:
            end = end_of(events, at)
            if handling.properties == "replace":
                out.blank(event, frozenset({"NAME"}), "properties", "replace")
                out.put_off_texts(events, at, end)
            else:
                out.cut(event.at, events[end].to, "properties")


def _names(events: tuple[XmlEvent, ...], out: Collector) -> dict[str, list[Words]]:
    """Where each name of a tier or participant stands in the file."""
    names: dict[str, list[Words]] = {}
    for event in events:
        if isinstance(event, Tag) and event.kind == "start" and event.local == "TIER":
            for key, place in attribute_places(out.data, event).items():
                if key in _NAMED and place.end > place.start:
                    name = attribute(event, key)
                    words = Words(text=name, at=place.start, to=place.end, codec="attribute")
                    names.setdefault(name, []).append(words)
    return names


def _other_words(events: tuple[XmlEvent, ...]) -> Iterator[Words]:
    """Words of elements that hold no annotation and do not go: a controlled vocabulary's."""
    for at, event in enumerate(events):
        if not isinstance(event, Text) or not has_words(event.text):
            continue
        before, after = events[at - 1], events[at + 1]
        if isinstance(before, Tag) and isinstance(after, Tag) and before.local not in _WITHOUT_TALK:
            yield Words(text=event.text, at=before.to, to=after.at)


def _annotations(events: tuple[XmlEvent, ...]) -> list[_Annotation]:
    """Every annotation with words, by when it begins."""
    times: dict[str, int] = {}  # by the name of a slot
    followed: dict[str, int] = {}  # the same; one without a time has that of the next
    unknown: list[str] = []
    begun: dict[str, Span] = {}  # when each annotation is, for those that refer to it
    annotations: list[_Annotation] = []
    speaker, when, last = "", Span(0, 0), 0
    for at, event in enumerate(events):
        if not isinstance(event, Tag) or event.kind != "start":
            continue
        match event.local:
            case "TIME_SLOT":
                value = whole_number(attribute(event, "TIME_VALUE"))
                last = last if value is None else value  # one without a time follows the one before
                times[attribute(event, "TIME_SLOT_ID")] = last
                unknown.append(attribute(event, "TIME_SLOT_ID"))
                if value is not None:
                    followed |= dict.fromkeys(unknown, value)
                    unknown = []
            case "TIER":
                speaker = attribute(event, "PARTICIPANT") or attribute(event, "TIER_ID")
            case "ALIGNABLE_ANNOTATION":
                first, second = (attribute(event, f"TIME_SLOT_REF{n}") for n in (1, 2))
                start = times.get(first, 0)
                when = Span(start, max(start, followed.get(second, 0)))
                begun[attribute(event, "ANNOTATION_ID")] = when
            case "REF_ANNOTATION":
                when = begun.get(attribute(event, "ANNOTATION_REF"), Span(0, 0))
                begun[attribute(event, "ANNOTATION_ID")] = when
            case "ANNOTATION_VALUE":
                end = end_of(events, at)
                if said := said_between(events, at, end):
                    words = Words(text=said, at=event.to, to=events[end].at)
                    time, ends = when.start, when.end
                    annotations.append(
                        _Annotation(time=time, ends=ends, speaker=speaker, words=words)
                    )
    return sorted(annotations, key=lambda one: one.time)


def _write_text(
    annotations: list[_Annotation], names: dict[str, list[Words]], out: Collector
) -> dict[str, Span]:
    """One turn a line; gives where each speaker's name first stands.

    A name stands before each turn, and comes from one place in the file every time.
    """
    places: dict[str, Span] = {}
    speaker = None
    for one in annotations:
        if one.speaker != speaker:
            out.new_line()
            speaker = one.speaker
            if speaker:
                place = out.words(names[speaker][0])
                places.setdefault(speaker, place)
                out.say(": ")
        else:
            out.say(" ")
        place = out.words(one.words)
        if one.ends > one.time:
            out.times.append(
                Timed(start=place.start, end=place.end, begins=one.time, ends=one.ends)
            )
    return places
