"""The stage: detections of the whole corpus in, entities out, the same on every run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from redact.core import DETAIL, LABELS, NAMES, Detection, Entity, Mention, RosterEntry, Transcript
from redact.formats.sweeps import no_sweeps
from redact.link.clusters import Clusters
from redact.link.homes import at_home, is_one_organisation, under_one_name
from redact.link.named import link_identifiers, link_named
from redact.link.people import link_people
from redact.link.scenes import read_uses


def link(
    transcripts: tuple[Transcript, ...],
    detections: tuple[Detection, ...],
    roster: tuple[RosterEntry, ...] = (),
    reach: str = "organisation",
    numbered: Iterable[str] = (),
) -> tuple[Entity, ...]:
    """The entities of the study, numbered in the order of their first mention.

    Transcripts are read in the order of their ids, in whatever order they come: who is who, the
    reasons and the questions are the same then. `numbered` are the ids in another order, by which
    entities get their numbers: where ids are people's own names for files, a number told by them
    would tell of the file.
    """
    transcripts = tuple(sorted(transcripts, key=lambda one: one.id))
    detections = tuple(sorted(detections, key=lambda one: one.transcript))
    order = tuple(numbered) or [detection.transcript for detection in detections]
    with no_sweeps():
        return _link(transcripts, detections, roster, reach, order)


def _link(
    transcripts: tuple[Transcript, ...],
    detections: tuple[Detection, ...],
    roster: tuple[RosterEntry, ...],
    reach: str,
    order: Iterable[str],
) -> tuple[Entity, ...]:
    told = frozenset(t.id for t in transcripts if is_one_organisation(t.organisation))
    transcripts, roster = under_one_name(transcripts, roster)
    by_id = {transcript.id: transcript for transcript in at_home(transcripts, detections, roster)}
    by_label: dict[str, dict[str, list[Mention]]] = defaultdict(dict)  # and by transcript
    for detection in detections:
        for mention in detection.mentions:
            by_label[mention.label].setdefault(detection.transcript, []).append(mention)
    numbers = {transcript: at for at, transcript in enumerate(order)}
    entities: list[Entity] = []
    for label in (*LABELS, DETAIL):
        here = by_label.pop(label, {})
        mine = ((by_id[name], mention) for name in here for mention in here[name])
        if label == "PERSON":
            uses = (use for name in here for use in read_uses(by_id[name], here[name], roster))
            clusters = link_people(uses, roster, reach, told)
        elif label in NAMES:
            clusters = link_named(label, mine, roster)
        else:
            clusters = link_identifiers(mine)
        entities += _entities(label, clusters, numbers)
    return tuple(entities)


def _entities(label: str, clusters: Clusters, numbers: Mapping[str, int]) -> list[Entity]:
    """The clusters in the order of their first mentions; `numbers` are those of transcripts."""

    def place(mention: Mention) -> tuple[int, int, int]:
        return (numbers[mention.transcript], mention.start, mention.end)

    for cluster in clusters.by_key.values():
        cluster.mentions.sort(key=lambda m: (m.transcript, m.start, m.end))
    ordered = sorted(clusters.by_key.values(), key=lambda c: min(map(place, c.mentions)))
    made: list[Entity] = []
    for count, cluster in enumerate(ordered, start=1):
        mentions = cluster.mentions
        fits = [
            clusters.by_key[key].mentions[0] for key in cluster.may_be if key in clusters.by_key
        ]
        made.append(
            Entity(
                id=f"{label.lower()}-{count}",
                label=mentions[0].label,
                mentions=tuple(mentions),
                kind=mentions[0].kind,
                why=tuple(sorted(cluster.why)),
                question=cluster.question,
                roster_row=cluster.roster_row,
                gender=cluster.gender,
                interviewed_in=cluster.interviewed_in,
                joins=tuple(cluster.joins),
                fits=tuple(sorted(mention.place for mention in fits)),
            )
        )
    return made
