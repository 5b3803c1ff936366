"""The parts of an Office file: which go, which are refused, and what leads to them."""

from __future__ import annotations

import re

import pytest

from redact.errors import BadInput
from redact.formats.collect import NOWHERE, Collector
from redact.formats.office import read_properties, scrub_relations, scrub_types, sort_parts
from redact.formats.slots import Edit
from redact.formats.splicing import splice_slots
from redact.policy import Handling

MEDIA = re.compile("word/media/")


def goes(name: str) -> str | None:
    return "comments" if "comments" in name else None


def left_out_of(*members: str, media: str = "refuse") -> tuple[set[str], dict[str, int]]:
    out = Collector()
    handling = Handling.model_validate({"media": media})
    known = re.compile("word/document").match
    left = sort_parts(
        members, out, handling, "one.docx", goes, MEDIA, lambda name: known(name) is not None
    )
    return left, dict(out.dropped)


def test_parts_that_go_are_counted_by_their_kind() -> None:
    left, dropped = left_out_of("word/document.xml", "word/comments.xml", "word/comments2.xml")
    assert left == {"word/comments.xml", "word/comments2.xml"}
    assert dropped == {"comments": 2}


def test_a_picture_is_dropped_or_refused_by_the_policy() -> None:
    picture = "word/media/image1.png"
    left, dropped = left_out_of("word/document.xml", picture, media="drop")
    assert (left, dropped) == ({picture}, {"media": 1})
    with pytest.raises(BadInput, match="picture") as refused:
        left_out_of("word/document.xml", picture)
    assert refused.value.where == f"one.docx, {picture}"
    assert 'media = "drop"' in refused.value.remedy


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/x.xlsx", "anything"])
def test_a_part_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="cannot make safe") as refused:
        left_out_of("word/document.xml", name, media="drop")
    assert refused.value.where == f"one.docx, {name}"


def test_properties_are_words_and_names_of_properties_too() -> None:
    members = {
        "docProps/core.xml": b"<p><creator>Morag Haldane</creator><pages>3</pages></p>",
        "docProps/custom.xml": b"<p><property name='Client of Fergus'><v>Petrie</v></property></p>",
        "docProps/app.xml": b"<p><Company>Corrie</Company></p>",
        "word/document.xml": b"<p>not a property</p>",
    }
    out = Collector()
    read_properties(members, {"docProps/app.xml"}, out, "one.docx")
    reading = out.reading(members)
    assert reading.text == "Morag Haldane\nPetrie\nClient of Fergus"
    at = reading.text.index("Client")
    safe = splice_slots(reading, (Edit(at, len(reading.text), "[Person 2]"),)).parts
    assert b"name='[Person 2]'" in safe["docProps/custom.xml"]


RELATIONS = (
    b"<Relationships>"
    b"<Relationship Target='document.xml' Id='r1'/>"
    b"<Relationship Target='/word/styles.xml' Id='r2'/>"
    b"<Relationship Target='../docProps/app.xml' Id='r3'/>"
    b"<Relationship Target='comments.xml' Id='r4'></Relationship>"
    b"<Relationship Target='https://corrie.example/morag' TargetMode='External' Id='r5'/>"
    b"</Relationships>"
)


def test_relations_lead_to_what_is_kept_and_nowhere_else() -> None:
    out = Collector()
    out.open("word/_rels/document.xml.rels", RELATIONS)
    kept = {"word/document.xml", "word/styles.xml", "docProps/app.xml"}
    scrub_relations(kept, out, "one.docx")
    reading = out.reading({"word/_rels/document.xml.rels": RELATIONS})
    safe = splice_slots(reading, ()).parts["word/_rels/document.xml.rels"]
    assert re.findall(rb"Id='(r\d)'", safe) == [b"r1", b"r2", b"r3", b"r5"]
    assert b"corrie" not in safe
    assert NOWHERE in safe
    assert reading.dropped == {"targets of links": 1}


def test_the_types_of_parts_that_are_gone_go_with_them() -> None:
    types = (
        b"<Types><Default Extension='xml' ContentType='x'/>"
        b"<Override PartName='/word/document.xml' ContentType='x'/>"
        b"<Override PartName='/word/comments.xml' ContentType='x'/></Types>"
    )
    out = Collector()
    out.open("[Content_Types].xml", types)
    scrub_types({"word/document.xml"}, out, "one.docx")
    reading = out.reading({"[Content_Types].xml": types})
    safe = splice_slots(reading, ()).parts["[Content_Types].xml"]
    assert re.findall(rb"PartName='([^']*)'", safe) == [b"/word/document.xml"]
    assert b"Default" in safe
