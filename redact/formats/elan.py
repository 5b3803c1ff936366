"""ELAN annotations (.eaf, EAF 3.0): tiers as turns, a speaker each; times untouched.

The text has the annotations in the order of their times, `Speaker: words`. Every name of a tier, a
participant or an annotator is words too. Paths of media and comments go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.core import Span
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
from redact.formats.time_points import NEVER, Between, TimeLine, TimePoint
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
    """What is said, when, in which tier, by whom, and where in the file its words stand."""

    time: float
    between: Between
    tier: str
    speaker: str = field(repr=False)
    words: Words


@dataclass(frozen=True, slots=True)
class _Annotations:
    """All of them by when they begin, and the line of time of their slots."""

    said: list[_Annotation]
    line: TimeLine


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
    annotations, others = _annotations(events), list(_other_words(events))
    del events  # the text needs the memory
    spoken_names = _write_text(annotations, names, out)
    for words in others:
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


def _annotations(events: tuple[XmlEvent, ...]) -> _Annotations:
    """Every annotation with words."""
    line = TimeLine(_slots(events))
    begun: dict[str, Between] = {}  # when each annotation is, for those that refer to it
    annotations: list[_Annotation] = []
    speaker, tier, when = "", 0, NEVER
    for at, event in enumerate(events):
        if not isinstance(event, Tag) or event.kind != "start":
            continue
        match event.local:
            case "TIER":
                speaker = attribute(event, "PARTICIPANT") or attribute(event, "TIER_ID")
                tier += 1
            case "ALIGNABLE_ANNOTATION":
                first, second = (attribute(event, f"TIME_SLOT_REF{n}") for n in (1, 2))
                when = Between(first, second)
                begun[attribute(event, "ANNOTATION_ID")] = when
            case "REF_ANNOTATION":
                when = begun.get(attribute(event, "ANNOTATION_REF"), NEVER)
                begun[attribute(event, "ANNOTATION_ID")] = when
            case "ANNOTATION_VALUE":
                end = end_of(events, at)
                if said := said_between(events, at, end):
                    annotations.append(
                        _Annotation(
                            time=line.order(when.first),
                            between=when,
                            tier=str(tier),
                            speaker=speaker,
                            words=Words(text=said, at=event.to, to=events[end].at),
                        )
                    )
    return _Annotations(sorted(annotations, key=lambda one: one.time), line)


def _slots(events: tuple[XmlEvent, ...]) -> Iterator[TimePoint]:
    for event in events:
        if isinstance(event, Tag) and event.kind == "start" and event.local == "TIME_SLOT":
            value = whole_number(attribute(event, "TIME_VALUE"))
            yield TimePoint(
                attribute(event, "TIME_SLOT_ID"), None if value is None else value / 1000
            )


def _write_text(
    annotations: _Annotations, names: dict[str, list[Words]], out: Collector
) -> dict[str, Span]:
    """One turn a line; gives where each speaker's name first stands.

    A name stands before each turn, and comes from one place in the file every time.
    """
    places: dict[str, Span] = {}
    speaker = None
    for one in annotations.said:
        if one.speaker != speaker:
            out.new_line()
            speaker = one.speaker
            if speaker:
                place = out.words(names[speaker][0])
                places.setdefault(speaker, place)
                out.say(": ")
        else:
            out.say(" ")
        annotations.line.said(out.words(one.words), one.between, one.tier)
    out.times += annotations.line.times()
    return places
