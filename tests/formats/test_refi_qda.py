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
from redact.release.unread import unread
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


def quoted(places: list[tuple[int, int]], length: int, mark: str) -> bytes:
    """The project with codings that are called after the words they lie on, cut off."""
    marks = "".join(
        selection(n % 5 + 4, start, end, _in_a_line(TEXT[start:end])[:length] + mark)
        for n, (start, end) in enumerate(places)
    )

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(b"</TextSource>", marks.encode() + b"</TextSource>")
        return {**parts, "project.qde": xml}

    return with_parts(project([]), change)


def _in_a_line(text: str) -> str:
    return text.replace("\n", " ").rstrip()


@pytest.mark.parametrize("mark", ["", "...", "…"])
def test_a_coding_called_after_its_words_follows_them(mark: str) -> None:
    """Where a program cut the words in a name, no half of it is a name of its own."""
    start = TEXT.index("Me, ")
    data = quoted([(start, start + 17)], 7, mark)  # "Me, Mor"
    reading = read_file(data, "a.qdpx", "a.qdpx")
    assert not any(line.startswith("Me, Mor") for line in reading.text.splitlines()[3:])
    safe, _ = made_safe(data)
    assert f'name="Me, [P 1]{mark}"'.encode() in members(safe)["project.qde"]
    again, _ = made_safe(safe)
    assert members(again) == members(safe)


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
            lambda pair: (min(pair), max(pair))
        ),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 20),
    st.sampled_from(["", "...", " "]),
)
def test_names_of_codings_are_read_again_as_they_were(
    places: list[tuple[int, int]], length: int, mark: str
) -> None:
    """Copies of the text or words of their own: no name is left in either."""
    safe, text = made_safe(quoted(places, length, mark))
    assert not re.search("(?i)morag|fergus|kilmarnock", "".join(said_beside(safe, "a.qdpx")))
    assert read_file(safe, "a.qdpx", "a.qdpx").text == text


def test_a_name_that_is_like_its_words_only_when_safe_stays_a_name() -> None:
    """ "Morag MacLeod" over "Morag: Me" is no quotation, and both are [P 1] then."""
    safe, text = made_safe(project([(10, 20)]))
    assert "\n[P 1]\n" in text
    assert b'name="[P 1] "' in members(safe)["project.qde"]
    again, said = made_safe(safe)
    assert (members(again), said) == (members(safe), text)


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


@pytest.mark.parametrize(
    ("origin", "units"),
    [
        ("NVivo", lambda text: len(text.encode("utf-16-le")) // 2),
        ("ATLAS.ti 24", lambda text: len(text.replace("\r\n", "\n"))),
        ("MAXQDA", len),
    ],
)
def test_places_are_counted_as_the_program_counts_them(
    origin: str, units: Callable[[str], int]
) -> None:
    """Faces are two to NVivo, breaks one to ATLAS.ti: before and after a name was replaced."""
    face = "\U0001f600"
    text = f"INT: Who {face}?\r\nMorag: Me, Morag MacLeod {face},\r\nand Fergus. Aye {face}.\r\n"
    words = (f"Who {face}?", f"{face},\r\nand", f"Aye {face}")
    places = [(text.index(one), text.index(one) + len(one)) for one in words]
    counted = [(units(text[:start]), units(text[:end])) for start, end in places]
    safe, _ = made_safe(project(counted, text, origin=origin))
    parts = members(safe)
    said = parts[f"Sources/{TXT}"].decode()
    found = re.findall(rb'startPosition="(\d+)" endPosition="(\d+)"', parts["project.qde"])
    ends = {units(said[:at]): at for at in range(len(said) + 1)}
    assert [said[ends[int(start)] : ends[int(end)]] for start, end in found] == list(words)
    with pytest.raises(BadInput, match="outside its text"):
        read_file(project([(0, units(text) + 1)], text, origin=origin), "a.qdpx", "a")


FACES = "INT: Who \U0001f600?\r\nMorag: Me, \U0001f600 Morag MacLeod,\r\nand Fergus. Aye.\r\n"
WAYS: list[tuple[str, Callable[[str], int]]] = [
    ("QualCoder 3.6", lambda text: len(text.replace("\r\n", "\n"))),
    ("QualCoder 3.6", len),
    ("MAXQDA 24", lambda text: len(text.encode("utf-16-le")) // 2),
    ("ATLAS.ti", lambda text: len(text.replace("\r\n", "\n").encode("utf-16-le")) // 2),
    ("a program of our own", lambda text: len(text.encode("utf-16-le")) // 2),
]


@pytest.mark.parametrize(("origin", "units"), WAYS)
def test_codings_called_after_their_words_tell_how_places_are_counted(
    origin: str, units: Callable[[str], int]
) -> None:
    """Whatever a program of this name does as a rule; a mark of UTF-8 before the text is none."""
    words = ("Me, \U0001f600", "and Fergus", "Aye.")
    places = [(FACES.index(one), FACES.index(one) + len(one)) for one in words]
    counted = [(units(FACES[:start]), units(FACES[:end])) for start, end in places]

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].decode()
        for name in words:
            xml = xml.replace(
                'name="Morag MacLeod" startPosition', f'name="{name}" startPosition', 1
            )
        parts[f"Sources/{TXT}"] = "\ufeff".encode() + parts[f"Sources/{TXT}"]
        return {**parts, "project.qde": xml.encode()}

    safe, _ = made_safe(with_parts(project(counted, FACES, origin=origin), change))
    parts = members(safe)
    said = parts[f"Sources/{TXT}"].decode("utf-8-sig")
    found = re.findall(rb'startPosition="(\d+)" endPosition="(\d+)"', parts["project.qde"])
    ends = {units(said[:at]): at for at in range(len(said) + 1)}
    now = [said[ends[int(start)] : ends[int(end)]] for start, end in found]
    assert now == ["Me, \U0001f600", "and [P 1]", "Aye."]
    assert b'name="and [P 1]"' in parts["project.qde"]


@pytest.mark.parametrize("points", [True, False])
def test_what_a_note_selects_lies_in_the_text_that_it_is_of(points: bool) -> None:
    """As QualCoder writes annotations; one of which nobody says the text loses its place."""
    start = TEXT.index("Fergus")
    note = (
        f'<Notes><Note guid="{guid("d")}"><PlainTextContent>Shy of Morag</PlainTextContent>'
        f'<PlainTextSelection guid="{guid("e")}" startPosition="{start}" '
        f'endPosition="{start + 6}"/></Note></Notes>'
    )
    ref = f'<NoteRef targetGUID="{guid("d")}"/>' if points else ""

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        xml = parts["project.qde"].replace(b"</TextSource>", f"{ref}</TextSource>".encode())
        xml = xml.replace(b"</Sources>", f"</Sources>{note}".encode())
        return {**parts, "project.qde": xml}

    data = with_parts(project([]), change)
    reading = read_file(data, "a.qdpx", "a.qdpx")
    assert reading.dropped.get("places of notes", 0) == int(not points)
    safe, text = made_safe(data)
    assert "Shy of [P 1]" in text
    said = members(safe)[f"Sources/{TXT}"].decode()
    found = re.findall(rb'startPosition="(\d+)" endPosition="(\d+)"', members(safe)["project.qde"])
    assert [said[int(start) : int(end)] for start, end in found] == (["[P 1]"] if points else [])


@pytest.mark.parametrize("program", ["NVivo", "ATLAS.ti", "MAXQDA", "QualCoder", "Taguette"])
def test_the_name_of_the_program_stays_and_is_no_words_when_read_again(program: str) -> None:
    safe, _ = made_safe(project([], origin=f"{program} 24 (Release 24.7.0)"))
    assert f'origin="{program}"'.encode() in members(safe)["project.qde"]
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
