"""The stage: detections of the whole corpus in, entities out, the same on every run."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from redact.core import DETAIL, LABELS, NAMES, Detection, Entity, Mention, RosterEntry, Transcript
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
) -> tuple[Entity, ...]:
    """The entities of the study, numbered in the order of their first mention."""
    told = frozenset(t.id for t in transcripts if is_one_organisation(t.organisation))
    transcripts, roster = under_one_name(transcripts, roster)
    by_id = {transcript.id: transcript for transcript in at_home(transcripts, detections, roster)}
    pairs = [
        (by_id[detection.transcript], mention)
        for detection in detections
        for mention in detection.mentions
    ]
    number = {detection.transcript: at for at, detection in enumerate(detections)}
    entities: list[Entity] = []
    for label in (*LABELS, DETAIL):
        mine = [(t, m) for t, m in pairs if m.label == label]
        if label == "PERSON":
            people: dict[str, list[Mention]] = {}
            for transcript, mention in mine:
                people.setdefault(transcript.id, []).append(mention)
            uses = (read_uses(by_id[name], people[name], roster) for name in people)
            clusters = link_people(chain.from_iterable(uses), roster, reach, told)
        elif label in NAMES:
            clusters = link_named(label, mine, roster)
        else:
            clusters = link_identifiers(mine)
        entities += _entities(label, clusters, number)
    return tuple(entities)


def _entities(label: str, clusters: Clusters, number: Mapping[str, int]) -> list[Entity]:
    """The clusters in the order of their first mentions; `number` is that of each transcript."""

    def place(mention: Mention) -> tuple[int, int, int]:
        return (number[mention.transcript], mention.start, mention.end)

    for cluster in clusters.by_key.values():
        cluster.mentions.sort(key=place)
    ordered = sorted(clusters.by_key.values(), key=lambda c: place(c.mentions[0]))
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
