"""Coded projects as programs write them: names, paths, media with words, editions."""

import re

import pytest
from lxml import etree

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling
from redact.release.unread import unread
from tests.formats.safe_files import said_beside
from tests.formats.test_refi_qda import (
    TEXT,
    TXT,
    XSD,
    guid,
    made_safe,
    members,
    project,
    selection,
    with_parts,
)
from tests.proofs import PUBLISHED_REFI


def called(new: str, path: str, name: str = "project.qde") -> bytes:
    """The project under another name, its text in another part, meant by a path."""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(f"internal://{TXT}".encode(), path.encode())
        return {
            new: parts[f"Sources/{TXT}"],
            name: xml,
            "Sources/.root": b"",
            "__MACOSX/._x": b"\0",
            "Sources/Thumbs.db": b"\xd0\xcf",
        }

    return with_parts(project([(0, 9), (10, 30)]), change)


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ("sources/Morag one.txt", "Morag one.txt"),
        ("sources/Morag one.txt", "internal://Morag%20one.txt"),
        ("Sources/Morag &amp; Fergus.txt".replace("&amp;", "&"), "Morag &amp; Fergus.txt"),
        ("sources/morag.TXT", "sources/Morag.txt"),
        ("morag.txt", "relative:///morag.txt".replace("///", "//")),
        ("sources/source-1.txt", "source-1.txt"),
    ],
)
@pytest.mark.parametrize("name", ["project.qde", "Project.qde", "Morag in Kilmarnock.QDE"])
def test_a_project_of_any_name_and_texts_meant_by_any_path(part: str, path: str, name: str) -> None:
    data = called(part, path, name)
    safe, text = made_safe(data)
    parts = members(safe)
    assert sorted(parts) == ["project.qde", next(one for one in sorted(parts) if "txt" in one)]
    assert not re.search(r"(?i)morag|fergus", "".join([*parts, *said_beside(safe, "a.qdpx")]))
    assert "Me, [P 1]" in text
    wanted = re.search(rb'plainTextPath="internal://([^"]+)"', parts["project.qde"])
    assert wanted
    assert f"sources/{wanted[1].decode()}" in {one.lower() for one in parts}
    again, _ = made_safe(safe)
    assert members(again) == parts  # a safe project is read as it is


@pytest.mark.parametrize("folder", ["Sources", "sources", "SOURCES"])
def test_guids_are_one_in_either_case(folder: str) -> None:
    """In names of parts, in paths and where one thing points at another."""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(TXT.encode(), f"{TXT[:-4].upper()}.txt".encode())
        xml = xml.replace(
            f'targetGUID="{guid(3)}"'.encode(), f'targetGUID="{guid(3)}"'.upper().encode()
        )
        xml = xml.replace(b"TARGETGUID", b"targetGUID")
        return {"project.qde": xml, f"{folder}/{TXT}": parts[f"Sources/{TXT}"]}

    safe, text = made_safe(with_parts(project([(0, 9)]), change))
    assert "Me, [P 1]" in text
    assert made_safe(safe)[1] == text


def test_two_projects_in_one_file_are_refused() -> None:
    data = with_parts(project([]), lambda parts: {**parts, "a.qde": b"", "b.qde": b"\n"})
    assert read_file(data, "a.qdpx", "a.qdpx").text  # only one says anything
    data = with_parts(project([]), lambda parts: {"a.qde": b"<x/>", "b.qde": b"<x/>"})
    with pytest.raises(BadInput, match="2 projects"):
        read_file(data, "a.qdpx", "a.qdpx")


@pytest.mark.parametrize(
    ("source", "inner", "coding"),
    [
        ("PDFSource", "Representation", f'<PDFSelection guid="{guid(7)}" page="0"/>'),
        ("AudioSource", "Transcript", f'<AudioSelection guid="{guid(7)}" begin="0" end="9"/>'),
        ("VideoSource", "Transcript", ""),
    ],
)
def test_of_a_pdf_or_recording_with_its_words_the_words_are_read(
    source: str, inner: str, coding: str
) -> None:
    marks = selection(5, 10, 23, "Morag") if inner == "Representation" else ""
    sync = f'<SyncPoint guid="{guid(6)}" timeStamp="0"/>' if inner == "Transcript" else ""
    more = (
        f'<{source} guid="{guid("b")}" name="Fergus on tape" path="internal://Morag.mp3">{coding}'
        f'<{inner} guid="{guid("c")}" name="r" plainTextPath="internal://r.txt">{sync}{marks}'
        f"</{inner}></{source}>"
    )

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(b"<Sources>", b"<Sources>" + more.encode())
        said = TEXT.replace("Aye", "Naw").encode()
        return {**parts, "project.qde": xml, "Sources/r.txt": said, "Sources/Morag.mp3": b"ID3"}

    data = with_parts(project([(0, 9)]), change)
    reading = read_file(data, "a.qdpx", "a.qdpx", Handling(media="refuse"))
    assert reading.dropped["media"] == 1
    lost = int(bool(coding)) + int(bool(sync))
    assert reading.dropped.get("codings and notes of media", 0) == lost
    safe, text = made_safe(data, Handling(media="refuse"))
    assert "Naw." in text
    assert "[P 1] on tape" in text
    parts = members(safe)
    xml = parts["project.qde"].decode()
    assert source not in xml
    assert inner not in xml
    assert xml.count("<TextSource") == 2
    assert guid("b") in xml  # what points at it finds its words
    assert not any(name.endswith(".mp3") for name in parts)
    assert not re.search("(?i)morag|fergus", "".join(said_beside(safe, "a.qdpx")))
    if PUBLISHED_REFI.is_here:
        etree.XMLSchema(file=str(XSD)).assertValid(etree.fromstring(parts["project.qde"]))


def test_a_pdf_whose_words_are_not_there_is_refused() -> None:
    more = b'<PDFSource guid="%s" path="internal://x.pdf"/>' % guid("b").encode()

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(b"<Sources>", b"<Sources>" + more)
        return {**parts, "project.qde": xml, "Sources/x.pdf": b"%PDF"}

    with pytest.raises(BadInput, match="picture or recording"):
        made_safe(with_parts(project([]), change), Handling(media="refuse"))


@pytest.mark.parametrize("version", ["1:0", "0:4", "1.5"])
def test_a_project_of_another_edition_is_read(version: str) -> None:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(b"project:1.0", f"project:{version}".encode())
        return {**parts, "project.qde": xml}

    safe, text = made_safe(with_parts(project([(0, 9)]), change))
    assert f"project:{version}".encode() in members(safe)["project.qde"]
    assert text == made_safe(project([(0, 9)]))[1]
    assert not list(unread("a.qdpx", safe, text))
    with pytest.raises(BadInput, match="not a REFI-QDA project"):
        made_safe(with_parts(project([]), lambda parts: {"a.qde": b'<Project xmlns="urn:x"/>'}))


@pytest.mark.parametrize("version", ["1.0", "1:0", "0:4"])
def test_a_codebook_of_either_spelling_of_its_version(version: str) -> None:
    data = (
        f'<CodeBook xmlns="urn:QDA-XML:codebook:{version}" origin="NVivo"><Codes><Code '
        f'guid="{guid(3)}" name="what Morag does" isCodable="true"/></Codes></CodeBook>'
    ).encode()
    reading = read_file(data, "a.qdc", "a.qdc")
    assert reading.text == "what Morag does"
    written = write_file(reading, [Edit(5, 10, "[P 1]")], "a.qdc")
    assert f"codebook:{version}".encode() in written.data
    assert b"[P 1] does" in written.data
