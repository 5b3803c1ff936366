"""Coded projects: every coding still lies on its words, valid against the published schema."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyrefiqda import RefiProject

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling
from tests.conftest import ROOT
from tests.formats.safe_files import said_beside
from tests.proofs import PUBLISHED_REFI, SCHEMAS, needs

XSD = SCHEMAS / "REFI-QDA-Project-1.0.xsd"
NAME = re.compile(r"Morag(?: MacLeod)?|Fergus|Kilmarnock")
TEXT = "INT: Who?\nMorag: Me, Morag MacLeod, and Fergus in Kilmarnock. Aye.\n"
TXT = "00000000-0000-4000-8000-0000000000aa.txt"
NS = {"q": "urn:QDA-XML:project:1.0"}


def guid(last: object) -> str:
    return f"00000000-0000-4000-8000-00000000000{last}"


def selection(number: int, start: int, end: int, name: str) -> str:
    return (
        f'<PlainTextSelection guid="{guid(number)}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}" creatingUser="{guid(1)}"><Description>of {name}</Description>'
        f'<Coding guid="{guid("a")}"><CodeRef targetGUID="{guid(3)}"/></Coding>'
        "</PlainTextSelection>"
    )


def project(
    codings: list[tuple[int, int]], text: str = TEXT, inline: bool = False, origin: str = "NVivo"
) -> bytes:
    """A project with a name in every place that the schema has for words."""
    marks = "".join(
        selection(n % 5 + 4, start, end, "Morag MacLeod") for n, (start, end) in enumerate(codings)
    )
    content = f"<PlainTextContent>{text}</PlainTextContent>" if inline else ""
    path = (
        ""
        if inline
        else ' plainTextPath="internal://' + TXT + '" richTextPath="internal://one.docx"'
    )
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" '
        f'name="Morag" origin="{origin} of Morag" basePath="file:///home/morag" '
        f'creatingUserGUID="{guid(1)}"><Users><User guid="{guid(1)}" name="Morag MacLeod" '
        f'id="Morag"/></Users><CodeBook><Codes><Code guid="{guid(3)}" name="about Fergus" '
        'isCodable="true"><Description>What Fergus does</Description></Code></Codes></CodeBook>'
        f'<Variables><Variable guid="{guid(2)}" name="town" typeOfVariable="Text"/></Variables>'
        f'<Cases><Case guid="{guid(8)}" name="Morag"><VariableValue><VariableRef targetGUID="'
        f'{guid(2)}"/><TextValue>Kilmarnock</TextValue></VariableValue></Case></Cases><Sources>'
        f'<TextSource guid="{guid(9)}" name="Morag at Kilmarnock"{path}>{content}{marks}'
        "</TextSource></Sources><Description>With Morag</Description></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        if not inline:
            archive.writestr(f"Sources/{TXT}", text)
            archive.writestr("Sources/one.docx", "Morag")
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made_safe(data: bytes, handling: Handling | None = None) -> tuple[bytes, str]:
    handling = handling or Handling()
    reading = read_file(data, "a.qdpx", "a.qdpx", handling)
    edits = [Edit(m.start(), m.end(), "[P 1]") for m in NAME.finditer(reading.text)]
    written = write_file(reading, edits, "a.qdpx", handling)
    made = written.data
    return made, written.text


def coded(data: bytes) -> Iterator[str]:
    """What each coding lies on, as another program would cut it out."""
    parts = members(data)
    root = etree.fromstring(parts["project.qde"])
    (content,) = root.findall(".//q:TextSource/q:PlainTextContent", NS) or [None]
    text = content.text if content is not None else parts[f"Sources/{TXT}"].decode()
    for one in root.iterfind(".//q:PlainTextSelection", NS):
        yield text[int(one.get("startPosition")) : int(one.get("endPosition"))]


@pytest.mark.parametrize("inline", [False, True])
def test_no_name_is_left_and_codings_lie_on_their_words(inline: bool) -> None:
    start = TEXT.index("Me, ")
    data = project(
        [(start, start + 17), (TEXT.index("and"), TEXT.index(" in")), (0, 9)], inline=inline
    )
    safe, _ = made_safe(data)
    raw = b"".join(members(safe).values())
    assert not re.search(rb"(?i)morag|fergus|kilmarnock", raw)
    assert not NAME.search("".join(said_beside(safe, "a.qdpx")))
    assert list(coded(safe)) == ["Me, [P 1]", "and [P 1]", "INT: Who?"]


@needs(PUBLISHED_REFI)
@pytest.mark.parametrize("inline", [False, True])
def test_it_is_valid_against_the_published_schema_before_and_after(inline: bool) -> None:
    schema = etree.XMLSchema(file=str(XSD))
    data = project([(0, 9)], inline=inline)
    for file in (data, made_safe(data)[0]):
        schema.assertValid(etree.fromstring(members(file)["project.qde"]))


def test_a_name_to_sign_in_with_is_made_anew() -> None:
    """Nobody would find a name in `mmacleod`; what is made of it stays when read again."""
    users = f'<User guid="{guid(1)}" name="mmacleod" id="MM"/>'
    parts = members(project([(0, 9)]))
    parts["project.qde"] = re.sub(rb"<User .*?/>", users.encode(), parts["project.qde"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    safe, text = made_safe(out.getvalue())
    user = etree.fromstring(members(safe)["project.qde"]).find(".//q:User", NS)
    assert (user.get("name"), user.get("id"), user.get("guid")) == ("user-1", "MM", guid(1))
    assert "mmacleod" not in text
    assert read_file(safe, "a.qdpx", "a.qdpx").dropped == {}


def test_a_coding_that_cuts_through_a_name_takes_it_whole() -> None:
    start = TEXT.index("Morag MacLeod")
    safe, _ = made_safe(project([(start + 3, start + 8), (start - 4, start + 2)]))
    assert list(coded(safe)) == ["[P 1]", "Me, [P 1]"]


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted),
        min_size=1,
        max_size=5,
    )
)
def test_codings_keep_to_their_words_wherever_they_lie(places: list[list[int]]) -> None:
    """A coding that cuts no name covers just what it did, names said as they are said now."""
    inside = [range(m.start() + 1, m.end()) for m in NAME.finditer(TEXT)]
    safe, _ = made_safe(project([(start, end) for start, end in places]))
    for (start, end), now in zip(places, coded(safe), strict=True):
        if not any(edge in span for edge in (start, end) for span in inside):
            assert now == NAME.sub("[P 1]", TEXT[start:end])


def test_without_a_mention_the_project_is_as_it_was_but_for_paths() -> None:
    data = project([(0, 9)])
    reading = read_file(data, "a.qdpx", "a")
    safe = write_file(reading, [], "a.qdpx").data
    assert members(safe)[f"Sources/{TXT}"] == TEXT.encode()
    assert reading.dropped == {"paths": 3, "other files of the project": 1}
    gone = re.sub(rb' (?:basePath|richTextPath)="[^"]*"', b"", members(data)["project.qde"])
    gone = gone.replace(b"NVivo of Morag", b"NVivo")
    assert members(safe)["project.qde"] == gone


def test_recordings_are_refused_or_left_out_with_what_points_at_them() -> None:
    parts = members(project([(0, 9)]))
    sound = (
        f'<AudioSource guid="{guid("b")}" name="Morag" path="internal://a.wav"/></Sources>'
    ).encode()
    parts["project.qde"] = parts["project.qde"].replace(b"</Sources>", sound)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {**parts, "Sources/a.wav": b"RIFF"}.items():
            archive.writestr(name, data)
    with pytest.raises(BadInput, match="recording"):
        made_safe(out.getvalue())
    safe, _ = made_safe(out.getvalue(), Handling(media="drop"))
    assert b"AudioSource" not in members(safe)["project.qde"]
    assert "Sources/a.wav" not in members(safe)


def test_a_codebook_is_words_and_colours_stay() -> None:
    book = (
        b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x"><Codes><Code guid="g" name="about '
        b'Morag" isCodable="true" color="#ff0000"><Description>What Fergus does</Description>'
        b"</Code></Codes></CodeBook>"
    )
    reading = read_file(book, "a.qdc", "a")
    assert reading.text == "about Morag\nWhat Fergus does"
    edits = [Edit(m.start(), m.end(), "[P 1]") for m in NAME.finditer(reading.text)]
    safe = write_file(reading, edits, "a.qdc").data
    assert b'name="about [P 1]" isCodable="true" color="#ff0000"' in safe
    assert b"What [P 1] does" in safe


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (project([(5, 500)]), "outside its text"),
        (
            project([]).replace(TXT.encode(), b"two.txt", 1),
            "not in it|damaged",
        ),
        (project([]).replace(b"project.qde", b"project.xml"), "not a coded project|damaged"),
        (b"Morag", "damaged"),
    ],
)
def test_broken_projects_are_refused_in_a_line(data: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        read_file(data, "a.qdpx", "a.qdpx")
    assert "Morag" not in refused.value.line()


@pytest.mark.parametrize("program", ["NVivo", "ATLAS.ti", "MAXQDA", "QualCoder", "Taguette"])
def test_the_name_of_the_program_stays_and_is_no_words_when_read_again(program: str) -> None:
    safe, _ = made_safe(project([], origin=f"{program} 24 (Release 24.7.0)"))
    assert f'origin="{program}"'.encode() in members(safe)["project.qde"]
    assert not read_file(safe, "a.qdpx", "a.qdpx").dropped


def test_of_another_program_the_attribute_stays_without_its_name() -> None:
    """QualCoder takes no project that does not say where it is from."""
    safe, _ = made_safe(project([], origin="a tool"))
    assert b' origin=""' in members(safe)["project.qde"]
    assert not read_file(safe, "a.qdpx", "a.qdpx").dropped


def test_pyrefiqda_opens_what_we_write_and_we_read_what_it_writes(tmp_path: Path) -> None:
    sample = ROOT / "samples" / "formats" / "transcripts" / "morag-qdpx.qdpx"
    project = RefiProject.load(sample, str(tmp_path / "in"))
    RefiProject.save(project, tmp_path / "b.qdpx", tmp_path / "in" / "sources")
    data = (tmp_path / "b.qdpx").read_bytes()
    reading = read_file(data, "b.qdpx", "b")
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in re.finditer("Shuggie", reading.text)]
    (tmp_path / "safe.qdpx").write_bytes(write_file(reading, edits, "b.qdpx").data)
    safe = RefiProject.load(tmp_path / "safe.qdpx", str(tmp_path / "out"))
    (source,) = safe.sources.text_source
    text = (tmp_path / "out" / "sources" / "source-1.txt").read_text("utf-8")
    said = [text[one.start_position : one.end_position] for one in source.plain_text_selection]
    assert said == [
        "[Person 1]'s 46 and he'd never once in his life chosen his own dinner",
        "East Ayrshire Council, to be fair, they were quite good at the start",
    ]
    assert [code.name for code in safe.code_book.codes.code] == ["choice"]
    assert safe.base_path is None


def with_parts(data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in change(members(data)).items():
            archive.writestr(name, part)
    return out.getvalue()


def test_a_find_over_two_names_goes_from_both() -> None:
    """What a detector takes for one thing over two names of codes leaves words in each."""
    data = (
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="{guid(3)}" name="set 101-'
        f'109" isCodable="true"/><Code guid="{guid(4)}" name="1016-1024" isCodable="true"/>'
        f'<Code guid="{guid(5)}" name="aye" isCodable="true"/></Codes></CodeBook>'
    ).encode()
    reading = read_file(data, "a.qdc", "a.qdc")
    assert reading.text == "set 101-109\n1016-1024\naye"
    written = write_file(reading, [Edit(4, 21, "[number]\n")], "a.qdc")
    assert written.text == "set [number]\n[number]\naye"
    assert b"101-109" not in written.data
    assert b"1016" not in written.data
