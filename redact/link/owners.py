"""Whose an e-mail address, web address or handle is: the person whose name it holds.

`morag.macleod@…`, `dortiz@…`, "danny dot wu at …", `@will_oyela`. A person of the same transcript
comes before one of the same organisation, and that one before the rest of the study; a given or a
family name alone counts within the transcript only. What fits two people is nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from redact.core import Entity, Mention, Transcript
from redact.link.names import kin_forms, read_name
from redact.transcript.folding import unmarked
from redact.transcript.words import fold

_ADDRESSES = frozenset({"EMAIL", "URL"})
_HANDLE = re.compile(r"\s*@")
_AT = re.compile(r"@|\s+at\s+", re.IGNORECASE)
_HOST = re.compile(r"\A(?:https?://)?(?:www\.)?[^/\s]*/")
_SAID = frozenset(
    "dot underscore dash hyphen point full stop www http https com org net co uk".split()
)
_FULL, _INITIALLED, _PART = 3, 2, 1
_SHORTEST_PART, _SHORTEST_WITHIN = 3, 4


@dataclass(frozen=True, slots=True)
class _Person:
    """The given and family names under which a person is spoken of, folded."""

    entity: str
    given: frozenset[str] = field(repr=False)
    family: frozenset[str] = field(repr=False)


def with_owners(
    entities: Iterable[Entity], transcripts: Mapping[str, Transcript]
) -> tuple[Entity, ...]:
    """The entities, each address and handle with the id of the person it belongs to."""
    entities = tuple(entities)
    addresses = [e for e in entities if e.label in _ADDRESSES or _is_handle(e, transcripts)]
    if not addresses:
        return entities
    people = [e for e in entities if e.label == "PERSON"]
    names = {e.id: _names_of(e, transcripts) for e in people}
    near: dict[tuple[str, str], dict[str, _Person]] = defaultdict(dict)
    for entity in people:
        for document in {mention.transcript for mention in entity.mentions}:
            place = transcripts[document].organisation.casefold()
            near["transcript", document][entity.id] = names[entity.id]
            if place:
                near["organisation", place][entity.id] = names[entity.id]
    owners = {e.id: _owner(e, transcripts, near, names) for e in addresses}
    return tuple(replace(e, owner=owners[e.id]) if owners.get(e.id) else e for e in entities)


def _is_handle(entity: Entity, transcripts: Mapping[str, Transcript]) -> bool:
    first = entity.mentions[0]
    said = unmarked(transcripts[first.transcript].text[first.start : first.end])
    return entity.label == "ID" and bool(_HANDLE.match(said))


def _names_of(entity: Entity, transcripts: Mapping[str, Transcript]) -> _Person:
    given: set[str] = set()
    family: set[str] = set()
    for mention in entity.mentions:
        said = read_name(transcripts[mention.transcript].text, mention.start, mention.end)
        words = said.words
        if len(words) > 1:
            given.update(words[:-1])
            family.add(words[-1])
        elif said.title and not said.is_kin:
            family.update(words)
        else:
            given.update(words)
    given -= family
    return _Person(entity.id, frozenset(given), frozenset(family))


def _owner(
    address: Entity,
    transcripts: Mapping[str, Transcript],
    near: Mapping[tuple[str, str], Mapping[str, _Person]],
    everyone: Mapping[str, _Person],
) -> str | None:
    mention = address.mentions[0]
    transcript = transcripts[mention.transcript]
    parts = _parts(transcript.text, mention)
    place = transcript.organisation.casefold()
    circles: list[tuple[Mapping[str, _Person], int]] = [
        (near.get(("transcript", transcript.id), {}), _PART),
        (near.get(("organisation", place), {}) if place else {}, _INITIALLED),
        (everyone, _FULL),
    ]
    for circle, least in circles:
        scored = {person.entity: _fit(parts, person) for person in circle.values()}
        best = max(scored.values(), default=0)
        if best >= least:
            owners = [entity for entity, fit in scored.items() if fit == best]
            return owners[0] if len(owners) == 1 else None
    return None


def _parts(text: str, mention: Mention) -> tuple[str, ...]:
    """The words of the part that names somebody: before the @, after a web address's host."""
    said = unmarked(text[mention.start : mention.end])
    if mention.label == "EMAIL":
        said = _AT.split(said, maxsplit=1)[0]
    elif mention.label == "URL" and (host := _HOST.match(said)) and said[host.end() :].strip("/"):
        said = said[host.end() :]
    words = (re.sub(r"\d+", " ", word) for word in re.split(r"[^\w]|_", said))
    return tuple(w for piece in words for w in fold(piece) if w not in _SAID)


def _fit(parts: tuple[str, ...], person: _Person) -> int:
    """How well the words name the person: in full, with an initial, or by one name."""
    joined, within = "".join(parts), set(parts)
    given = person.given | {full for name in person.given for full in kin_forms(name)}
    for family in person.family:
        if len(family) < _SHORTEST_PART:
            continue
        for name in given:
            if len(name) < 2:
                continue
            if {name, family} <= within or joined in (name + family, family + name):
                return _FULL
        for name in person.given:
            if name and joined in (name[0] + family, family + name[0]):
                return _INITIALLED
            if (
                len(name) >= _SHORTEST_PART
                and joined.startswith(name)
                and (joined == name + family[: len(joined) - len(name)] and len(joined) > len(name))
            ):
                return _INITIALLED
    for name in person.given | person.family:
        alone = len(name) >= _SHORTEST_PART and name in within
        if alone or (len(name) >= _SHORTEST_WITHIN and name in joined):
            return _PART
    return 0
