"""What nothing caught: what a second look sees, capitals, rare words and numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from redact.core import Place, Transcript
from redact.page.show import ShownStudy
from redact.risk.residual import residual_names
from redact.transcript.folding import folded

_RARE = re.compile(r"[^\W\d_][^\W\d_'’-]{2,}|\d[\d ]*\d{2}")
_RARELY = 2  # places in the corpus
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE_END = re.compile(r"[.?!:…\n\r\])]['\"”’)\]]*\s*\Z|\A\s*\Z|[\[(\"“]\s*\Z")


@dataclass(frozen=True, slots=True)
class Missed:
    """Words like a name that nothing caught, and where they stand."""

    words: str = field(repr=False)
    places: tuple[Place, ...]
    in_texts: int


def missed_words(study: ShownStudy, is_ordinary: Callable[[str], bool]) -> tuple[Missed, ...]:
    """Capitalised words in the middle of a sentence that are in no mention; the rarest first."""

    def is_like_a_name(word: str, before: str) -> bool:
        small = _base(word)
        return word[0].isupper() and not _SENTENCE_END.search(before) and not is_ordinary(small)

    return _outside(study, _WORD, is_like_a_name)


def second_look(study: ShownStudy) -> tuple[Missed, ...]:
    """What the release's gate G3 would find, in the originals: the same words in one row."""
    places: dict[str, list[Place]] = defaultdict(list)
    surface: dict[str, str] = {}
    for transcript in study.transcripts:
        for one in residual_names(transcript.text, _taken(study, transcript)):
            shown = transcript.text[one.start : one.end]
            surface.setdefault(shown.casefold(), shown)
            places[shown.casefold()].append(Place.at(transcript.id, one.start, one.end))
    return _rows(places, surface)


def rare_words(study: ShownStudy, is_ordinary: Callable[[str], bool]) -> tuple[Missed, ...]:
    """Numbers of three figures and more, and words of no list that stand there once or twice."""

    def is_rare(word: str, _: str) -> bool:
        return word[0].isdigit() or (word.islower() and not is_ordinary(_base(word)))

    found = _outside(study, _RARE, is_rare)
    return tuple(row for row in found if len(row.places) <= _RARELY or row.words[0].isdigit())


def _base(word: str) -> str:
    return re.split("['’]", word)[0].casefold()


def _outside(
    study: ShownStudy, shape: re.Pattern[str], wanted: Callable[[str, str], bool]
) -> tuple[Missed, ...]:
    """What has this shape outside mentions, kept places and labels; the rarest first."""
    places: dict[str, list[Place]] = defaultdict(list)
    surface: dict[str, str] = {}
    for transcript in study.transcripts:
        taken = [*_taken(study, transcript)]
        taken += [(t.speaker.start, t.speaker.end) for t in transcript.turns if t.speaker]
        seen = folded(transcript.text)
        taken = sorted((s.start, s.end) for s in (seen.view(*place) for place in taken))
        at = 0
        for match in shape.finditer(seen.text):
            while at < len(taken) and taken[at][1] <= match.start():
                at += 1
            if len(match[0]) < 2 or (at < len(taken) and taken[at][0] < match.end()):
                continue
            before = seen.text[max(0, match.start() - 8) : match.start()]
            if wanted(match[0], before):
                key = _base(match[0])
                surface.setdefault(key, match[0])
                places[key].append(Place(transcript.id, seen.source(*match.span())))
    return _rows(places, surface)


def _taken(study: ShownStudy, transcript: Transcript) -> list[tuple[int, int]]:
    """Places that a decision accounts for."""
    detection = study.detections.get(transcript.id)
    if detection is None:
        return []
    mentioned = [(m.start, m.end) for m in detection.mentions]
    return mentioned + [(k.start, k.end) for k in detection.kept]


def _rows(places: dict[str, list[Place]], surface: dict[str, str]) -> tuple[Missed, ...]:
    rows = [
        Missed(surface[key], tuple(here), len({place.transcript for place in here}))
        for key, here in places.items()
    ]
    return tuple(sorted(rows, key=lambda row: (len(row.places), row.words)))
