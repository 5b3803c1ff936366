"""What the kinds of XML transcript say: by whom, in which words, between which points of time.

EXMARaLDA (.exb), FOLKER (.flk, .fln), OHMS, TEI (ISO 24624) and Transcriber, by their root element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from redact.core.timed import milliseconds
from redact.formats.collect import Words, attribute, said_between
from redact.formats.ohms import marks_of_ohms
from redact.formats.time_points import NEVER, Between, TimeLine, TimePoint
from redact.formats.xml import Tag, Text, XmlEvents, attribute_places, end_of

_SPACED = re.compile(r"[ \t]\Z")
_IN_SECONDS = {"": 1.0, "s": 1.0, "ms": 0.001}  # by the unit of a line of time


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWords:
    """What one says, `voice` being what the file calls them; `glued` to words before.

    It is said `between` two points of the line of time, with others if `is_alone` is not, in a
    tier. `stretches` are said between points of their own.
    """

    voice: str = field(repr=False)
    words: Words
    glued: bool = False
    between: Between = NEVER
    tier: str = field(default="", repr=False)
    is_alone: bool = True
    stretches: tuple[SaidStretch, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidStretch:
    """A stretch of words, in characters of them, and when it is said."""

    start: int
    end: int
    between: Between


@dataclass(frozen=True, slots=True)
class SaidAt:
    """What is said at a time, which it is sorted by, in seconds; made when it is asked for, as a
    word may be an element."""

    time: float
    words: Callable[[], Iterable[SpokenWords]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Score:
    """All that is said, and the line of time of its points."""

    said: list[SaidAt]
    line: TimeLine


@dataclass(frozen=True, slots=True)
class SpokenKind:
    """A kind of transcript: what it says, and the name that stands for each voice."""

    said: Callable[[XmlEvents, bytes], Score]
    names: Callable[[XmlEvents, bytes], dict[str, Words]]


def _starts(events: XmlEvents, *names: str, at: int = 0) -> Iterator[tuple[int, Tag]]:
    """The start tags of these names, of the whole or of the element at a place in it."""
    return events.starts(names, range(at, end_of(events, at) if at else len(events)))


def _inside(events: XmlEvents, at: int) -> Words:
    """All that an element without others in it says."""
    end = end_of(events, at)
    return Words(text=_flat(said_between(events, at, end)), at=events[at].to, to=events[end].at)


def _flat(said: str) -> str:
    return re.sub(r"[\r\n\t]", " ", said)


def _field(data: bytes, tag: Tag, key: str) -> Words | None:
    place = attribute_places(data, tag).get(key)
    if place is None or place.end == place.start:
        return None
    return Words(text=attribute(tag, key), at=place.start, to=place.end, codec="attribute")


@dataclass(frozen=True, slots=True)
class _PointFields:
    """The attributes of an element that name the points at which it begins and ends, or lies."""

    begins: str = ""
    ends: str = ""
    lies: str = ""


@dataclass(frozen=True, slots=True)
class _Timed:
    """Words, and the points between which they are said."""

    words: Words
    between: Between


def _texts(
    events: XmlEvents, at: int, data: bytes, fields: _PointFields, about: Between = NEVER
) -> list[_Timed]:
    """Each text of an element and of those in it that say words, blanks about them left out.

    The element itself is said between the points `about` it.
    """
    texts: list[tuple[Words, int]] = []  # and how many points stand before it
    points = _name(about.first)
    closing: list[str] = []
    number, end = at, end_of(events, at)
    while number <= end:
        first, said = number, ""
        while number < end and isinstance(event := events[number], Text):
            said += event.text
            number += 1
        if said.strip():
            raw = data[events[first].at : events[number].at]
            begins = events[first].at + len(raw) - len(raw.lstrip())
            closes = events[first].at + len(raw.rstrip())
            texts.append((Words(text=_flat(said.strip()), at=begins, to=closes), len(points)))
        if isinstance(tag := events[number], Tag):
            here = _point(tag, fields.begins) or _point(tag, fields.lies)
            if tag.kind == "start":
                closing.append(attribute(tag, fields.ends) if fields.ends else "")
            else:
                here = _name(closing.pop())
            points += here if here != points[-1:] else []
        number += 1
    points += _name(about.last)
    return [
        _Timed(words, Between(points[n - 1] if n else "", points[n] if n < len(points) else ""))
        for words, n in texts
    ]


def _point(tag: Tag, key: str) -> list[str]:
    return _name(attribute(tag, key)) if key else []


def _name(reference: str) -> list[str]:
    """The first point that is referred to, if any is."""
    return [name.lstrip("#") for name in reference.split()[:1]]


def _timeline(events: XmlEvents, element: str, name: str, value: str) -> TimeLine:
    return TimeLine(
        TimePoint(attribute(tag, name), _time(attribute(tag, value)))
        for _, tag in _starts(events, element)
    )


def _time(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _of_exmaralda(events: XmlEvents, data: bytes) -> Score:
    line = _timeline(events, "tli", "id", "time")
    said: list[SaidAt] = []
    for number, (at, tier) in enumerate(_starts(events, "tier")):
        if attribute(tier, "type") not in ("t", ""):
            continue
        voice = attribute(tier, "speaker") or attribute(tier, "id")
        places = [place for place, _ in _starts(events, "event", at=at)]
        spaced = any(_SPACED.search(_inside(events, place).text) for place in places)
        for place in places:
            event = events[place]
            if isinstance(event, Tag):
                between = Between(attribute(event, "start"), attribute(event, "end"))
                words = partial(_event, events, place, spaced, between, voice, str(number))
                said.append(SaidAt(line.order(between.first), words))
    return Score(said, line)


def _event(
    events: XmlEvents, at: int, spaced: bool, between: Between, voice: str, tier: str
) -> Iterator[SpokenWords]:
    """What an event of EXMARaLDA says."""
    words = _inside(events, at)
    if words.text.strip():
        yield SpokenWords(voice=voice, words=words, glued=spaced, between=between, tier=tier)


def _names_of_exmaralda(events: XmlEvents, data: bytes) -> dict[str, Words]:
    names: dict[str, Words] = {}
    for at, speaker in _starts(events, "speaker"):
        named = next((place for place, _ in _starts(events, "abbreviation", at=at)), None)
        words = _inside(events, named) if named is not None else None
        if words is None or not words.text.strip():
            words = _field(data, speaker, "id")
        if words is not None:
            names[attribute(speaker, "id")] = words
    return names


_OF_FOLKER = _PointFields("start-reference", "end-reference", "timepoint-reference")


def _of_folker(events: XmlEvents, data: bytes) -> Score:
    line = _timeline(events, "timepoint", "timepoint-id", "absolute-time")
    said: list[SaidAt] = []
    for at, tag in _starts(events, "contribution"):
        voice = attribute(tag, "speaker-reference")
        words = partial(_contribution, events, at, data, voice)
        said.append(SaidAt(line.order(attribute(tag, "start-reference")), words))
    return Score(said, line)


def _contribution(events: XmlEvents, at: int, data: bytes, voice: str) -> Iterator[SpokenWords]:
    """What a contribution of FOLKER says."""
    for one in _texts(events, at, data, _OF_FOLKER):
        yield SpokenWords(voice=voice, words=one.words, between=one.between, tier=voice)


def _names_of_folker(events: XmlEvents, data: bytes) -> dict[str, Words]:
    found = ((tag, _field(data, tag, "speaker-id")) for _, tag in _starts(events, "speaker"))
    return {attribute(tag, "speaker-id"): words for tag, words in found if words is not None}


def _of_ohms(events: XmlEvents, data: bytes) -> Score:
    said: list[SaidAt] = []
    synced = {"transcript": "sync", "transcript_alt": "sync_alt"}
    points: list[TimePoint] = []
    told = [_inside(events, n).text.strip() for n, _ in _starts(events, "duration")]
    duration = (milliseconds(told[0]) or 0) / 1000 if told else 0.0
    for number, (at, tag) in enumerate(
        _starts(events, "transcript", "vtt_transcript", "transcript_alt", "vtt_transcript_alt")
    ):
        text = said_between(events, at, end_of(events, at))
        if not text.strip():
            continue
        syncs = [_inside(events, n) for n, _ in _starts(events, synced.get(tag.local, ""))]
        marks = marks_of_ohms(text, syncs[0].text if syncs else "", duration)
        names = [f"{number}.{n}" for n in range(len(marks))]
        points += map(TimePoint, names, (mark.seconds for mark in marks))
        stretches = tuple(
            SaidStretch(one.at, after.at, Between(*between))
            for (one, after), between in zip(pairwise(marks), pairwise(names), strict=True)
        )
        words = Words(text=text, at=events[at].to, to=events[end_of(events, at)].at)
        one = SpokenWords(voice=str(number), words=words, tier=str(number), stretches=stretches)
        said.append(SaidAt(float(number), partial(iter, (one,))))
    return Score(said, TimeLine(points))


_OF_TEI = _PointFields("start", "end", "synch")
_GLUED = (".", ",", "?", "!", ";", ":")
_BLOCKS = ("annotationBlock", "annotationGrp")  # the latter before ISO 24624 was published


def _of_tei(events: XmlEvents, data: bytes) -> Score:
    line = _timeline_of_tei(events)
    said: list[SaidAt] = []
    last = 0.0
    outer, about, ends = "", NEVER, 0
    for at, tag in _starts(events, *_BLOCKS, "u"):
        first, final = (_point(tag, key) for key in ("start", "end"))
        if tag.local in _BLOCKS:
            outer, ends = attribute(tag, "who"), end_of(events, at)
            about = Between("".join(first), "".join(final))
        last = line.order("".join(first or _point(tag, "synch")), last)
        if tag.local == "u":
            is_inside = at < ends
            voice = (attribute(tag, "who") or (outer if is_inside else "")).lstrip("#")
            words = partial(_utterance, events, at, data, voice, about if is_inside else NEVER)
            said.append(SaidAt(last, words))
    return Score(said, line)


def _utterance(
    events: XmlEvents, at: int, data: bytes, voice: str, about: Between
) -> Iterator[SpokenWords]:
    """What an utterance of TEI says."""
    for one in _texts(events, at, data, _OF_TEI, about):
        yield SpokenWords(
            voice=voice,
            words=one.words,
            glued=one.words.text.strip()[:1] in _GLUED,
            between=one.between,
            tier=voice,
        )


def _timeline_of_tei(events: XmlEvents) -> TimeLine:
    """Intervals count from the point that is named, or from the beginning."""
    points: dict[str, float | None] = {}
    unit: float | None = 1.0
    for _, tag in _starts(events, "timeline", "when"):
        if tag.local == "timeline":
            unit = _IN_SECONDS.get(attribute(tag, "unit"))
            continue
        interval = _time(attribute(tag, "interval"))
        since = points.get("".join(_point(tag, "since")), 0.0)
        if not points and interval is None:
            points[attribute(tag, "id")] = 0.0
        elif interval is None or unit is None or since is None:
            points[attribute(tag, "id")] = None
        else:
            points[attribute(tag, "id")] = since + interval * unit
    return TimeLine(map(TimePoint, points.keys(), points.values()))


def _names_of_tei(events: XmlEvents, data: bytes) -> dict[str, Words]:
    names: dict[str, Words] = {}
    for at, person in _starts(events, "person"):
        texts = [
            words
            for place, _ in _starts(events, "persName", at=at)
            for words in _texts(events, place, data, _PointFields())
        ]
        if texts:
            names[attribute(person, "id")] = texts[0].words
    return names


_OF_TRANSCRIBER = _PointFields("startTime", "endTime", "time")


def _of_transcriber(events: XmlEvents, data: bytes) -> Score:
    """Where several have a turn together, nobody knows who of them speaks when."""
    said: list[SaidAt] = []
    named: set[str] = set()
    for at, tag in _starts(events, "Turn"):
        named.update(_points_within(events, at))
        words = partial(_turn, events, at, data, attribute(tag, "speaker"))
        said.append(SaidAt(_time(attribute(tag, "startTime")) or 0.0, words))
    times = {name: seconds for name in named if (seconds := _time(name)) is not None}
    return Score(
        said, TimeLine(TimePoint(*one) for one in sorted(times.items(), key=lambda o: o[1]))
    )


def _points_within(events: XmlEvents, at: int) -> Iterator[str]:
    """The times that a turn of Transcriber and what is in it name."""
    for number in range(at, end_of(events, at)):
        if isinstance(tag := events[number], Tag):
            for key in ("startTime", "endTime", "time"):
                yield from _point(tag, key)


def _turn(events: XmlEvents, at: int, data: bytes, voice: str) -> Iterator[SpokenWords]:
    """What a turn of Transcriber says."""
    for one in _texts(events, at, data, _OF_TRANSCRIBER):
        yield SpokenWords(
            voice=voice,
            words=one.words,
            between=one.between,
            tier=voice,
            is_alone=len(voice.split()) < 2,
        )


def _names_of_transcriber(events: XmlEvents, data: bytes) -> dict[str, Words]:
    found = ((tag, _field(data, tag, "name")) for _, tag in _starts(events, "Speaker"))
    return {attribute(tag, "id"): words for tag, words in found if words is not None}


KINDS: Mapping[str, SpokenKind] = {
    "basic-transcription": SpokenKind(_of_exmaralda, _names_of_exmaralda),
    "folker-transcription": SpokenKind(_of_folker, _names_of_folker),
    "ROOT": SpokenKind(_of_ohms, lambda events, data: {}),
    "TEI": SpokenKind(_of_tei, _names_of_tei),
    "Trans": SpokenKind(_of_transcriber, _names_of_transcriber),
}
