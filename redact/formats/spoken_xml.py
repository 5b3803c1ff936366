"""Transcripts in XML: EXMARaLDA (.exb), FOLKER (.flk, .fln), OHMS, TEI (ISO 24624), Transcriber.

What is said comes in the order of the recording, one turn a line, with the name that the file has
for who speaks; heads, notes and indexes are read after it. What it is, its root element says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from redact.core import Span
from redact.errors import BadInput
from redact.formats.allowed import Kind, is_a
from redact.formats.collect import Collector, Words, attribute, said_between
from redact.formats.file_kinds import BY_SKIP, OR_SKIP
from redact.formats.format import RawFile
from redact.formats.names import Names
from redact.formats.slots import WHOLE, Reading
from redact.formats.spoken_kinds import KINDS, Score
from redact.formats.xml import Tag, XmlEvents, attribute_places, end_of, in_utf8

_DOCTYPE = re.compile(rb'<!DOCTYPE Trans SYSTEM "trans-1[0-9]\.dtd">')  # of Transcriber
_ROOT = re.compile(  # the first element, behind what may stand before it
    rb"\A(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)",
    re.DOTALL,
)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_PATHS = frozenset("referenced-file recording timeline Trans media ptr".split())
_PATH_FIELDS = frozenset("url path audio_filename corresp ref target".split())
_PATHS_SAID = frozenset(  # of OHMS
    """cms_record_id repository_url file_name media_id media_url avalon_target_domain host_clip_id
    host_account_id host_player_id kembed gps hyperlink xmllocation xmlfilename collection_link
    series_link""".split()
)
_VOICES = ("speaker", "speaker-reference", "speaker-id")  # fields that refer to who speaks


def read(file: RawFile) -> Reading:
    """What a transcript in XML says; BadInput for XML of another kind."""
    out = Collector()
    data = in_utf8(file.data, file.where)
    root_tag = _ROOT.match(data)
    if root_tag and root_tag[1].decode("ascii") not in KINDS:  # of which the sieve leaves nothing
        raise _of_another_kind(file.where)
    data = _CDATA.sub(_escaped, _DOCTYPE.sub(b"", data, count=1))
    data = out.sieved(WHOLE, data, file.where, Names({WHOLE: data}))
    if not data:
        raise _of_another_kind(file.where)
    events = XmlEvents(data, file.where)
    root = events[0]
    kind = KINDS.get(root.local) if isinstance(root, Tag) else None
    if not isinstance(root, Tag) or kind is None:
        raise _of_another_kind(file.where)
    out.open(WHOLE, data)
    _leave_out_paths(events, out, file)
    names = kind.names(events, data)
    score = kind.said(events, data)
    spoken = _say(score, names, out)
    if not out.text and root.local != "ROOT":  # OHMS: an index alone
        raise BadInput(
            "nothing said is found in this file",
            where=file.where,
            remedy="Export it as text, .vtt or .srt.",
        )
    _copy_references(events, names, spoken, out)
    del events, names, spoken, score  # what is left needs the memory
    return out.reading({WHOLE: data})


def _of_another_kind(where: str) -> BadInput:
    return BadInput(
        "this is no transcript in XML of a kind that is read",
        where=where,
        remedy="EXMARaLDA, FOLKER, OHMS, TEI and Transcriber are; export it as one of these, or "
        f"as text, .vtt or .srt, {OR_SKIP}.",
        command=BY_SKIP,
    )


def _escaped(section: re.Match[bytes]) -> bytes:
    """What a section of characters says, as other text is written."""
    return section[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _leave_out_paths(events: XmlEvents, out: Collector, file: RawFile) -> None:
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


def _say(score: Score, names: Mapping[str, Words], out: Collector) -> dict[str, Span]:
    """One turn a line; gives where the name of each voice first stands."""
    places: dict[str, Span] = {}
    voice: str | None = None
    score.said.sort(key=lambda one: one.time)
    for one in (words for said in score.said for words in said.words()):
        if one.voice != voice:
            out.new_line()
            voice = one.voice
            if (name := names.get(voice)) is not None and name.text.strip():
                places.setdefault(voice, out.words(name))
                out.say(": ")
        elif not one.glued:
            out.say(" ")
        place = out.word(one.words)
        score.line.said(place, one.between, one.tier, one.is_alone)
        for each in one.stretches:
            stretch = Span(place.start + each.start, place.start + each.end)
            score.line.said(stretch, each.between, one.tier)
    out.times += score.line.times()
    return places


def _copy_references(
    events: XmlEvents, names: Mapping[str, Words], spoken: Mapping[str, Span], out: Collector
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
