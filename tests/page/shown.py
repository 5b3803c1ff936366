"""A study as the pages show it, of one made-up transcript, with no folder behind it."""

from redact.core import Detection, Entity, Kept, Mention, Place, Transcript
from redact.page.show import ShownStudy
from redact.transcript.turns import read_structure

TEXT = "INT: Hello.\nR: I went to Zorbalot with the gubernator and 4512 of them. Then Aye went.\n"


def shown(text: str = TEXT, mentions: tuple[Mention, ...] = ()) -> ShownStudy:
    transcript = Transcript(
        id="D1", text=text, turns=read_structure(text).turns, organisation="Corriedoon"
    )
    detection = Detection("D1", mentions, (Kept(Place.at("D1", 0, 3), "ordinary_word"),))
    people = {"E1": Entity(id="E1", label="PERSON", mentions=mentions)} if mentions else {}
    return ShownStudy(
        transcripts=(transcript,),
        names={"D1": "one.txt"},
        detections={"D1": detection},
        rulings={},
        entities=people,
        decisions={},
        settled=frozenset(),
        newest=0,
        current=True,
    )
