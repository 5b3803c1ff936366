"""What the tests of linking share: talks with their mentions, and who they become."""

from __future__ import annotations

from redact.core import Detection, Entity, Label, Mention, Place, RosterEntry, Source, Transcript
from redact.link.linker import link
from redact.transcript.assemble import make_transcript

Marked = list[tuple[str, Label]]


def marked_talks(
    *texts: tuple[str, Marked],
) -> tuple[tuple[Transcript, ...], tuple[Detection, ...]]:
    """Transcripts with these surfaces as mentions, each found after the one before."""
    transcripts, detections = [], []
    for number, (text, surfaces) in enumerate(texts, start=1):
        transcripts.append(make_transcript(f"D{number}", text, None))
        at, mentions = 0, []
        for surface, label in surfaces:
            at = text.index(surface, at)
            mentions.append(
                Mention(
                    place=Place.at(f"D{number}", at, at + len(surface)),
                    label=label,
                    score=0.9,
                    sources=(Source.GOLD,),
                )
            )
            at += len(surface)
        detections.append(Detection(f"D{number}", tuple(mentions)))
    return tuple(transcripts), tuple(detections)


def people(
    *texts: tuple[str, Marked], reach: str = "organisation"
) -> list[tuple[list[str], Entity]]:
    transcripts, detections = marked_talks(*texts)
    said = {t.id: t.text for t in transcripts}
    entities = link(transcripts, detections, (), reach)
    return [
        ([said[m.transcript][m.start : m.end] for m in e.mentions], e)
        for e in entities
        if e.label == "PERSON"
    ]


def one_talk(text: str, names: list[str]) -> list[list[str]]:
    """The forms of each person of one talk with turns, in the order of the names in it."""
    return [said for said, _ in people((text, [(name, "PERSON") for name in names]))]


HOME = "INT: So what do you do at {0}?\nP: I cook. Morag runs it.{1}\n" + "P: Aye.\n" * 30


def held(at: str, more: str = "", *marked: tuple[str, Label]) -> tuple[str, Marked]:
    return HOME.format(at, more), [(at, "ORG"), ("Morag", "PERSON"), *marked]


def linked_forms(
    *interviews: tuple[str, str, list[str]],
    roster: tuple[RosterEntry, ...] = (),
    label: Label = "PERSON",
) -> list[list[str]]:
    """Forms by entity for (organisation, text, surfaces in order); entities with their forms."""
    transcripts, detections = [], []
    for number, (organisation, text, surfaces) in enumerate(interviews, start=1):
        name = f"D{number}"
        transcripts.append(
            Transcript(id=name, text=text, organisation=organisation, interview=f"S{number}")
        )
        at, mentions = 0, []
        for surface in surfaces:
            at = text.index(surface, at)
            place = Place.at(name, at, at + len(surface))
            mentions.append(Mention(place=place, label=label, score=0.9, sources=(Source.GOLD,)))
            at += len(surface)
        detections.append(Detection(name, tuple(mentions)))
    texts = {t.id: t.text for t in transcripts}
    entities = link(tuple(transcripts), tuple(detections), roster)
    return [[texts[m.transcript][m.start : m.end] for m in e.mentions] for e in entities]


def asked_about(
    *interviews: tuple[str, str, list[str]], roster: tuple[RosterEntry, ...]
) -> list[Entity]:
    text, at, mentions = interviews[0][1], 0, []
    for surface in interviews[0][2]:
        at = text.index(surface, at)
        mentions.append(
            Mention(
                place=Place.at("D1", at, at + len(surface)),
                label="PERSON",
                score=0.9,
                sources=(Source.GOLD,),
            )
        )
        at += len(surface)
    transcript = Transcript(id="D1", text=text, organisation=interviews[0][0])
    entities = link((transcript,), (Detection("D1", tuple(mentions)),), roster)
    return [entity for entity in entities if entity.question]


MORAGS = (
    RosterEntry(row=2, kind="PERSON", name="Morag MacLeod", organisation="Doon", interview="S1"),
    RosterEntry(row=3, kind="PERSON", name="Morag Baird", organisation="Doon"),
)
