"""A coded project of several texts: a transcript each, and safe parts that are one again."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from redact.errors import BadInput
from redact.formats.refi_join import join_projects
from redact.formats.refi_split import split_project
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.formats.sources import find_sources, read_again, read_sources
from redact.policy import Handling
from tests.formats import test_refi_qda
from tests.formats.test_refi_qda import NS, XSD, guid, members, selection
from tests.proofs import PUBLISHED_REFI, needs

NAME = re.compile(r"Morag(?: MacLeod)?|Fergus|Kilmarnock|Ailsa")
TEXTS = (
    "INT: Who?\nMorag: Me, Morag MacLeod. Aye.\n",
    "INT: And you?\nFergus: Fergus, from Kilmarnock.\n",
    "Ailsa: I saw Morag go.\n",
)
CODES = (
    f'<CodeBook><Codes><Code guid="{guid("a")}" name="about Morag" isCodable="true" '
    'color="#ff0000"/></Codes></CodeBook>'
)


def source(number: int, text: str, marks: str, inline: bool) -> str:
    path = "" if inline else f' plainTextPath="internal://{number}.txt"'
    content = f"<PlainTextContent>{text}</PlainTextContent>" if inline else ""
    return (
        f'<TextSource guid="{guid(number)}" name="P0{number}"{path}>{content}{marks}</TextSource>'
    )


def marked(number: int, places: list[tuple[int, int]]) -> str:
    """Codings with GUIDs of their own, by code `a`."""
    return "".join(
        selection(4, start, end, "x")
        .replace(guid(4), f"{number:08d}-0000-4000-8000-{at:012d}")
        .replace(f'targetGUID="{guid(3)}"', f'targetGUID="{guid("a")}"')
        .replace(
            f'<Coding guid="{guid("a")}"', f'<Coding guid="{number:08d}-0000-4000-9000-{at:012d}"'
        )
        for at, (start, end) in enumerate(places)
    )


def project(
    places: list[list[tuple[int, int]]] | None = None, inline: bool = False, more: str = ""
) -> bytes:
    """A project of the three texts, with a case of one and a set of all."""
    codings = places or [[(0, 9)], [(5, 12)], [(0, 5)]]
    sources = "".join(
        source(number, text, marked(number, some), inline)
        for number, (text, some) in enumerate(zip(TEXTS, codings, strict=True), start=5)
    )
    of_first = f'<NoteRef targetGUID="{guid("b")}"/></TextSource>'
    sources = sources.replace("</TextSource>", of_first, 1)
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" '
        f'name="With Ailsa" origin="MAXQDA"><Users><User guid="{guid(1)}" name="Morag"/></Users>'
        f'{CODES}<Cases><Case guid="{guid(2)}" name="Fergus"><SourceRef targetGUID="{guid(6)}"/>'
        f'</Case><Case guid="{guid(3)}" name="all"><SourceRef targetGUID="{guid(5)}"/><SourceRef '
        f'targetGUID="{guid(6)}"/></Case></Cases><Sources>{sources}{more}</Sources><Notes><Note '
        f'guid="{guid("b")}" name="of Morag" plainTextPath="internal://n.txt"/></Notes><Sets><Set '
        f'guid="{guid("c")}" name="s"><MemberSource targetGUID="{guid(5)}"/><MemberSource '
        f'targetGUID="{guid(7)}"/></Set></Sets></Project>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/n.txt", "Morag was shy.")
        for number, text in enumerate(TEXTS if not inline else (), start=5):
            archive.writestr(f"sources/{number}.txt", text)
    return out.getvalue()


def made_safe(data: bytes) -> bytes:
    reading = read_file(data, "a.qdpx", "a.qdpx")
    edits = [Edit(m.start(), m.end(), "[P 1]") for m in NAME.finditer(reading.text)]
    return write_file(reading, edits, "a.qdpx").data


def safe_parts(data: bytes) -> dict[str, bytes]:
    return {one.name: made_safe(one.data) for one in split_project(data, "a", "frame.qdpx")}


def coded(data: bytes) -> list[list[str]]:
    """By source, what each coding lies on, as another program would cut it out."""
    parts = members(data)
    found = []
    for text in etree.fromstring(parts["project.qde"]).iterfind(".//q:TextSource", NS):
        content = text.find("q:PlainTextContent", NS)
        path = text.get("plainTextPath", "").removeprefix("internal://")
        said = parts[f"sources/{path}"].decode() if content is None else content.text
        found.append(
            [
                said[int(one.get("startPosition")) : int(one.get("endPosition"))]
                for one in text.iterfind("q:PlainTextSelection", NS)
            ]
        )
    return found


def test_each_text_is_a_project_and_the_rest_one_more() -> None:
    texts = {one.name: one.data for one in split_project(project(), "a", "frame.qdpx")}
    said = {name: read_file(data, name, name).text for name, data in texts.items()}
    assert list(said) == ["P05.qdpx", "P06.qdpx", "P07.qdpx", "frame.qdpx"]
    assert said["P05.qdpx"].startswith(f"{TEXTS[0]}")
    assert "Morag was shy." in said["P05.qdpx"]  # a note of it alone
    assert "Fergus" in said["P06.qdpx"].splitlines()  # a case of it alone
    assert said["frame.qdpx"].splitlines() == ["With Ailsa", "Morag", "about Morag", "all", "s"]
    assert "all" not in "".join(said[f"P0{number}.qdpx"] for number in (5, 6, 7))


@pytest.mark.parametrize("inline", [False, True])
def test_safe_parts_are_one_project_again(inline: bool) -> None:
    safe = join_projects([*safe_parts(project(inline=inline)).values()], "a")
    assert coded(safe) == [["INT: Who?"], ["And you"], ["[P 1]"]]
    raw = b"".join(members(safe).values())
    assert not NAME.search(raw.decode())
    assert raw.count(b"<Case ") == 2
    assert b"[P 1] was shy." in raw
    assert b'color="#ff0000"' in raw
    whole = read_file(safe, "a.qdpx", "a.qdpx")
    assert not whole.dropped
    if PUBLISHED_REFI.is_here:
        schema = etree.XMLSchema(file=str(XSD))
        schema.assertValid(etree.fromstring(members(safe)["project.qde"]))


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _indented(data: bytes) -> bytes:
    """The same project with a line an element, as programs write it that people read."""
    parts = members(data)
    return _packed({**parts, "project.qde": re.sub(rb">(?=<)", b">\n  ", parts["project.qde"])})


def test_an_indented_project_keeps_every_section_and_coding() -> None:
    safe = join_projects([*safe_parts(_indented(project())).values()], "a")
    raw = members(safe)["project.qde"]
    kept = {tag: raw.count(f"<{tag} ".encode()) for tag in ("Case", "Set", "Note", "Coding")}
    assert kept == {"Case": 2, "Set": 1, "Note": 1, "Coding": 3}


def test_a_coding_stays_when_only_its_note_went() -> None:
    parts = members(project())
    xml = parts["project.qde"].decode()
    first = re.search(r"<Coding [^>]*><CodeRef [^>]*/>", xml)
    assert first
    gone = f'<NoteRef targetGUID="{guid("e")}"/>'
    parts["project.qde"] = (xml[: first.end()] + gone + xml[first.end() :]).encode()
    safe = join_projects([*safe_parts(_packed(parts)).values()], "a")
    raw = members(safe)["project.qde"]
    assert raw.count(b"<Coding ") == 3
    assert guid("e").encode() not in raw


def test_a_text_that_went_leaves_nothing_that_points_at_it() -> None:
    parts = safe_parts(project())
    safe = join_projects([data for name, data in parts.items() if name != "P05.qdpx"], "a")
    xml = members(safe)["project.qde"].decode()
    assert coded(safe) == [["And you"], ["[P 1]"]]
    assert guid(5) not in xml
    assert xml.count("<MemberSource ") == 1
    assert xml.count("<SourceRef ") == 2


def test_without_its_codes_no_coding_stays() -> None:
    parts = safe_parts(project())
    safe = join_projects([parts["P05.qdpx"], parts["P06.qdpx"]], "a")
    assert b"<Coding" not in members(safe)["project.qde"]
    assert len(coded(safe)) == 2


@given(
    st.tuples(
        *(
            st.lists(
                st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
                    lambda pair: (min(pair), max(pair))
                ),
                max_size=4,
            )
            for text in TEXTS
        )
    )
)
def test_codings_keep_to_their_words_through_all_of_it(
    places: tuple[list[tuple[int, int]], ...],
) -> None:
    safe = join_projects([*safe_parts(project([*places])).values()], "a")
    for text, some, now in zip(TEXTS, places, coded(safe), strict=True):
        inside = {at for m in NAME.finditer(text) for at in range(m.start() + 1, m.end())}
        for (start, end), said in zip(some, now, strict=True):
            if not inside & {start, end}:
                assert said == NAME.sub("[P 1]", text[start:end])


@needs(PUBLISHED_REFI)
def test_every_part_is_valid_too() -> None:
    schema = etree.XMLSchema(file=str(XSD))
    for data in safe_parts(project()).values():
        schema.assertValid(etree.fromstring(members(data)["project.qde"]))


def test_ids_that_are_no_guids_are_the_same_in_all_parts() -> None:
    data = project(inline=True)
    parts = members(data)
    xml = parts["project.qde"].replace(guid("a").encode(), b"code-of-Morag")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/n.txt", "Aye.")
    safe = members(join_projects([*safe_parts(out.getvalue()).values()], "a"))["project.qde"]
    (code,) = re.findall(rb'<Code guid="([^"]+)"', safe)
    assert set(re.findall(rb'<CodeRef targetGUID="([^"]+)"', safe)) == {code}
    assert b"Morag" not in safe


def test_a_project_is_as_many_sources_as_it_has_texts(tmp_path: Path) -> None:
    path = tmp_path / "Study.qdpx"
    path.write_bytes(project())
    sources = read_sources([tmp_path])
    assert [one.name for one in sources] == [
        "P05.qdpx",
        "P06.qdpx",
        "P07.qdpx",
        "Study codes and notes.qdpx",
    ]
    for one in sources:
        (again,) = read_again(one.path, "utf-8", Handling())
        assert (again.sha256, again.text) == (one.sha256, one.text)
    (whole,) = read_again(str(path), "utf-8", Handling())  # as a study of an earlier build has it
    assert all(text in whole.text for text in TEXTS)
    left = find_sources([tmp_path], skips=["P06.qdpx"])
    assert [one.name for one in left.files][:2] == ["P05.qdpx", "P07.qdpx"]


def test_a_project_in_a_zip_is_parted_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("one/Study.qdpx", project())
        archive.writestr("one/talk.txt", "Morag: Aye.\n")
    sources = read_sources([tmp_path])
    assert len(sources) == 5
    for one in sources:
        (again,) = read_again(one.path, "utf-8", Handling())
        assert again.sha256 == one.sha256


def test_a_project_of_one_text_stays_as_it_is() -> None:
    assert split_project(test_refi_qda.project([(0, 9)]), "a", "frame") == ()


def test_a_picture_without_words_is_of_the_frame() -> None:
    more = f'<PictureSource guid="{guid(9)}" name="Morag" path="internal://m.jpg"/>'
    *texts, frame = split_project(project(more=more), "a", "frame.qdpx")
    for one in texts:
        read_file(one.data, one.name, one.name, Handling(media="refuse"))
    with pytest.raises(BadInput, match="picture"):
        read_file(frame.data, frame.name, frame.name, Handling(media="refuse"))
    assert read_file(frame.data, frame.name, frame.name, Handling(media="drop")).dropped["media"]
