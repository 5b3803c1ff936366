"""Transcripts in XML: EXMARaLDA (.exb), FOLKER (.flk, .fln), OHMS, TEI (ISO 24624), Transcriber.

What is said comes in the order of the recording, one turn a line, with the name that the file has
for who speaks; heads, notes and indexes are read after it. What it is, its root element says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from redact.core import Span
from redact.errors import BadInput
from redact.formats.allowed import Kind, is_a
from redact.formats.collect import Collector, Words, attribute, said_between
from redact.formats.format import RawFile
from redact.formats.names import Names
from redact.formats.slots import WHOLE, Reading
from redact.formats.times import in_seconds
from redact.formats.xml import Tag, Text, XmlEvent, attribute_places, end_of, scan

Events = tuple[XmlEvent, ...]
_DOCTYPE = re.compile(rb'<!DOCTYPE Trans SYSTEM "trans-1[0-9]\.dtd">')  # of Transcriber
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_PATHS = frozenset("referenced-file recording timeline Trans media ptr".split())
_PATH_FIELDS = frozenset("url path audio_filename corresp ref target".split())
_PATHS_SAID = frozenset(  # of OHMS
    """cms_record_id repository_url file_name media_id media_url avalon_target_domain host_clip_id
    host_account_id host_player_id kembed gps hyperlink xmllocation xmlfilename collection_link
    series_link""".split()
)
_VOICES = ("speaker", "speaker-reference", "speaker-id")  # fields that refer to who speaks
_SPACED = re.compile(r"[ \t]\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """What one says at a time, `voice` being what the file calls them; `glued` to words before.

    `ends` where the file tells of just these words when they end: in seconds, as `time`.
    """

    time: float
    ends: float = 0.0
    voice: str = field(repr=False)
    words: Words
    glued: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of transcript: what it says, and the name that stands for each voice."""

    said: Callable[[Events, bytes], list[_Spoken]]
    names: Callable[[Events, bytes], dict[str, Words]]


def read(file: RawFile) -> Reading:
    """What a transcript in XML says; BadInput for XML of another kind."""
    out = Collector()
    data = _CDATA.sub(_escaped, _DOCTYPE.sub(b"", file.data, count=1))
    data = out.sieved(WHOLE, data, file.where, Names({WHOLE: data}))
    events = scan(data, file.where) if data else ()
    root = events[0] if events else None
    kind = _KINDS.get(root.local) if isinstance(root, Tag) else None
    if kind is None:
        raise BadInput(
            "this is no transcript in XML of a kind that is read",
            where=file.where,
            remedy="EXMARaLDA, FOLKER, OHMS, TEI and Transcriber are; export it as one of these, "
            "or as text.",
        )
    out.open(WHOLE, data)
    _leave_out_paths(events, out, file)
    names = kind.names(events, data)
    said = kind.said(events, data)
    if not said and not (isinstance(root, Tag) and root.local == "ROOT"):  # OHMS: an index alone
        raise BadInput(
            "nothing said is found in this file",
            where=file.where,
            remedy="Export it as text, .vtt or .srt.",
        )
    spoken = _say(said, names, out)
    _copy_references(events, names, spoken, out)
    return out.reading({WHOLE: data})


def _escaped(section: re.Match[bytes]) -> bytes:
    """What a section of characters says, as other text is written."""
    return section[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _leave_out_paths(events: Events, out: Collector, file: RawFile) -> None:
    for at, event in enumerate(events):
        if not isinstance(event, Tag) or event.kind != "start":
            continue
        if event.local in _PATHS:
            out.blank(event, _PATH_FIELDS, "paths and authors", file.handling.paths)
        elif event.local in _PATHS_SAID:
            end = events[end_of(events, at)]
            if end.at > event.to and file.handling.paths == "drop":
                out.cut(event.to, end.at, "paths and authors")
            elif end.at > event.to:
                out.put_off(said_between(events, at, end_of(events, at)), event.to, end.at)


def _say(said: list[_Spoken], names: Mapping[str, Words], out: Collector) -> dict[str, Span]:
    """One turn a line; gives where the name of each voice first stands."""
    places: dict[str, Span] = {}
    voice: str | None = None
    for one in sorted(said, key=lambda one: one.time):
        if one.voice != voice:
            out.new_line()
            voice = one.voice
            if (name := names.get(voice)) is not None and name.text.strip():
                places.setdefault(voice, out.words(name))
                out.say(": ")
        elif not one.glued:
            out.say(" ")
        out.times += in_seconds(out.words(one.words), one.time, one.ends)
    return places


def _copy_references(
    events: Events, names: Mapping[str, Words], spoken: Mapping[str, Span], out: Collector
) -> None:
    """What refers to who speaks says the same again, or is read after the rest."""
    layer = 0
    for event in events:
        if not isinstance(event, Tag) or event.kind != "start":
            continue
        for key, place in attribute_places(out.data, event).items():
            refers = key in _VOICES or (key == "id" and event.local == "speaker")
            if not refers or event.local == "Turn" or place.end == place.start:
                continue
            name = attribute(event, key)
            words = Words(text=name, at=place.start, to=place.end, codec="attribute")
            known = names.get(words.text)
            if known is not None and (known.at, known.to) == (words.at, words.to):
                continue  # the name itself
            if known is not None and known.text == words.text and words.text in spoken:
                layer += 1
                out.copy(spoken[words.text].start, words, layer)
            elif not is_a(Kind.NUMBERED, words.text):
                out.put_off(words.text, words.at, words.to, "attribute")


def _starts(events: Events, *names: str) -> Iterator[tuple[int, Tag]]:
    for at, event in enumerate(events):
        if isinstance(event, Tag) and event.kind == "start" and event.local in names:
            yield at, event


def _inside(events: Events, at: int) -> Words:
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


def _times(events: Events, element: str, name: str, value: str) -> dict[str, float]:
    """The time of each point of a line of time; one without follows the one before."""
    times: dict[str, float] = {}
    last = 0.0
    for _, tag in _starts(events, element):
        last = _seconds(attribute(tag, value), last)
        times[attribute(tag, name)] = last
    return times


def _ends(events: Events, element: str, name: str, value: str) -> dict[str, float]:
    """The time of each point of a line of time that has one of its own."""
    return {
        attribute(tag, name): _seconds(attribute(tag, value), 0.0)
        for _, tag in _starts(events, element)
    }


def _seconds(value: str, otherwise: float) -> float:
    try:
        return float(value)
    except ValueError:
        return otherwise


def _texts(events: Events, at: int, data: bytes) -> list[Words]:
    """Each text of an element and of those in it that say words, blanks about them left out."""
    found = []
    number, end = at, end_of(events, at)
    while number < end:
        first, said = number, ""
        while number < end and isinstance(event := events[number], Text):
            said += event.text
            number += 1
        if said.strip():
            raw = data[events[first].at : events[number].at]
            begins = events[first].at + len(raw) - len(raw.lstrip())
            closes = events[first].at + len(raw.rstrip())
            found.append(Words(text=_flat(said.strip()), at=begins, to=closes))
        number += 1
    return found


def _of_exmaralda(events: Events, data: bytes) -> list[_Spoken]:
    times, ends = (told(events, "tli", "id", "time") for told in (_times, _ends))
    said: list[_Spoken] = []
    for at, tier in _starts(events, "tier"):
        if attribute(tier, "type") not in ("t", ""):
            continue
        voice = attribute(tier, "speaker") or attribute(tier, "id")
        end = end_of(events, at)
        places = [at + n for n, tag in _starts(events[at:end], "event")]
        words = [_inside(events, place) for place in places]
        spaced = any(_SPACED.search(one.text) for one in words)
        for place, one in zip(places, words, strict=True):
            event = events[place]
            if one.text.strip() and isinstance(event, Tag):
                time = times.get(attribute(event, "start"), 0.0)
                until = ends.get(attribute(event, "end"), 0.0)
                said.append(_Spoken(time=time, ends=until, voice=voice, words=one, glued=spaced))
    return said


def _names_of_exmaralda(events: Events, data: bytes) -> dict[str, Words]:
    names: dict[str, Words] = {}
    for at, speaker in _starts(events, "speaker"):
        end = end_of(events, at)
        named = next((at + n for n, _ in _starts(events[at:end], "abbreviation")), None)
        words = _inside(events, named) if named is not None else None
        if words is None or not words.text.strip():
            words = _field(data, speaker, "id")
        if words is not None:
            names[attribute(speaker, "id")] = words
    return names


def _of_folker(events: Events, data: bytes) -> list[_Spoken]:
    times = _times(events, "timepoint", "timepoint-id", "absolute-time")
    said: list[_Spoken] = []
    for at, tag in _starts(events, "contribution"):
        time = times.get(attribute(tag, "start-reference"), 0.0)
        voice = attribute(tag, "speaker-reference")
        said += [_Spoken(time=time, voice=voice, words=words) for words in _texts(events, at, data)]
    return said


def _names_of_folker(events: Events, data: bytes) -> dict[str, Words]:
    found = ((tag, _field(data, tag, "speaker-id")) for _, tag in _starts(events, "speaker"))
    return {attribute(tag, "speaker-id"): words for tag, words in found if words is not None}


def _of_ohms(events: Events, data: bytes) -> list[_Spoken]:
    said = []
    for number, (at, _) in enumerate(
        _starts(events, "transcript", "vtt_transcript", "transcript_alt", "vtt_transcript_alt")
    ):
        end = end_of(events, at)
        text = said_between(events, at, end)
        if text.strip():
            words = Words(text=text, at=events[at].to, to=events[end].at)
            said.append(_Spoken(time=float(number), voice=str(number), words=words))
    return said


def _of_tei(events: Events, data: bytes) -> list[_Spoken]:
    times = _times(events, "when", "id", "interval")
    said: list[_Spoken] = []
    last = 0.0
    outer = ""
    ends = 0
    for at, tag in _starts(events, "annotationBlock", "u"):
        if tag.local == "annotationBlock":
            outer, ends = attribute(tag, "who"), end_of(events, at)
        start = attribute(tag, "start") or attribute(tag, "synch")
        last = times.get(start.lstrip("#").split(" ")[0], last)
        if tag.local == "u":
            voice = attribute(tag, "who") or (outer if at < ends else "")
            said += [
                _Spoken(
                    time=last,
                    voice=voice.lstrip("#"),
                    words=words,
                    glued=words.text.strip()[:1] in (".", ",", "?", "!", ";", ":"),
                )
                for words in _texts(events, at, data)
            ]
    return said


def _names_of_tei(events: Events, data: bytes) -> dict[str, Words]:
    names: dict[str, Words] = {}
    for at, person in _starts(events, "person"):
        end = end_of(events, at)
        texts = [
            words
            for n, _ in _starts(events[at:end], "persName")
            for words in _texts(events, at + n, data)
        ]
        if texts:
            names[attribute(person, "id")] = texts[0]
    return names


def _of_transcriber(events: Events, data: bytes) -> list[_Spoken]:
    said: list[_Spoken] = []
    for at, tag in _starts(events, "Turn"):
        time = _seconds(attribute(tag, "startTime"), 0.0)
        voice = attribute(tag, "speaker")
        said += [_Spoken(time=time, voice=voice, words=words) for words in _texts(events, at, data)]
    return said


def _names_of_transcriber(events: Events, data: bytes) -> dict[str, Words]:
    found = ((tag, _field(data, tag, "name")) for _, tag in _starts(events, "Speaker"))
    return {attribute(tag, "id"): words for tag, words in found if words is not None}


_KINDS: Mapping[str, _Kind] = {
    "basic-transcription": _Kind(_of_exmaralda, _names_of_exmaralda),
    "folker-transcription": _Kind(_of_folker, _names_of_folker),
    "ROOT": _Kind(_of_ohms, lambda events, data: {}),
    "TEI": _Kind(_of_tei, _names_of_tei),
    "Trans": _Kind(_of_transcriber, _names_of_transcriber),
}
