"""Word files: names in every visible and hidden place, formatting kept, hostile ones refused."""

import contextlib
import io
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling
from tests.conftest import examples
from tests.formats.safe_files import said_beside

NAME = "Morag"
PARTS = re.compile(r"Mor\W*ag(?:\W+Mac\W*Leod)?", re.IGNORECASE)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@cache
def of_python_docx() -> dict[str, bytes]:
    """The parts of an empty file as python-docx writes it."""
    return members(saved(docx.Document()))


def with_body(xml: str, more: dict[str, bytes] | None = None, attributes: str = "") -> bytes:
    """A file of python-docx with this XML as its body, and more parts."""
    parts = dict(of_python_docx())
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'xmlns:v="urn:schemas-microsoft-com:vml"{attributes}><w:body>'
    )
    parts["word/document.xml"] = f"{head}{xml}</w:body></w:document>".encode()
    return zipped({**parts, **(more or {})})


def made_safe(data: bytes, handling: Handling | None = None) -> tuple[bytes, str]:
    """The safe file and its text, every name replaced."""
    handling = handling or Handling()
    reading = read_file(data, "a.docx", "a.docx", handling)
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in PARTS.finditer(reading.text)]
    written = write_file(reading, edits, "a.docx", handling)
    made = written.data
    return made, written.text


def run(words: str, more: str = "") -> str:
    return f'<w:r>{more}<w:t xml:space="preserve">{words}</w:t></w:r>'


def symbols(words: str, font: str, above: int = 0) -> str:
    """A run that spells words by the codes of a font, as Word writes symbols that are put in."""
    said = "".join(f'<w:sym w:font="{font}" w:char="{above + ord(c):04X}"/>' for c in words)
    return f"<w:r>{said}</w:r>"


# Places where a name can stand in a file, each with the XML of a body that has it there.
SEEN = {
    "a run": f"<w:p>{run('I saw Morag MacLeod.')}</w:p>",
    "three runs": f"<w:p>{run('Mor')}{run('ag Mac', '<w:rPr><w:b/></w:rPr>')}{run('Leod')}</w:p>",
    "over a line break": "<w:p><w:r><w:t>Morag</w:t><w:br/><w:t>MacLeod</w:t></w:r></w:p>",
    "over a tab": "<w:p><w:r><w:t>Morag</w:t><w:tab/><w:t>MacLeod</w:t></w:r></w:p>",
    "a hyphen that does not break": "<w:p><w:r><w:t>Morag</w:t><w:noBreakHyphen/>"
    "<w:t>MacLeod</w:t></w:r></w:p>",
    "two paragraphs": f"<w:p>{run('Morag')}</w:p><w:p>{run('MacLeod')}</w:p>",
    "a table": f"<w:tbl><w:tr><w:tc><w:p>{run('Morag')}</w:p></w:tc></w:tr></w:tbl>",
    "a hyperlink": f'<w:p><w:hyperlink w:tooltip="Morag" w:anchor="Morag">{run("Morag")}'
    "</w:hyperlink></w:p>",
    "a content control": '<w:sdt><w:sdtPr><w:alias w:val="Morag"/><w:tag w:val="Morag"/></w:sdtPr>'
    f"<w:sdtContent><w:p>{run('Morag')}</w:p></w:sdtContent></w:sdt>",
    "a smart tag": '<w:p><w:smartTag w:uri="x" w:element="Morag"><w:smartTagPr><w:attr w:name="m" '
    f'w:val="Morag"/></w:smartTagPr>{run("Morag")}</w:smartTag></w:p>',
    "custom XML": f'<w:p><w:customXml w:element="Morag">{run("Morag")}</w:customXml></w:p>',
    "an insertion": f'<w:p><w:ins w:author="Morag" w:date="2020-01-01T00:00:00Z">{run("Morag")}'
    "</w:ins></w:p>",
    "an inserted mark": '<w:p><w:pPr><w:rPr><w:ins w:author="Morag"/></w:rPr></w:pPr>'
    f"{run('Morag')}</w:p>",
    "a moved-to": f'<w:p><w:moveTo w:author="Morag">{run("Morag")}</w:moveTo></w:p>',
    "a simple field": "<w:p><w:fldSimple w:instr=' AUTHOR Morag '>"
    f"{run('Morag')}</w:fldSimple></w:p>",
    "both copies of a text box": f"<w:p>{run('before')}<w:r><mc:AlternateContent>"
    "<mc:Choice Requires='wps'><w:txbxContent>"
    f"<w:p>{run('Morag')}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    f"<w:txbxContent><w:p>{run('Morag')}</w:p></w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "entities": "<w:p><w:r><w:t>&#77;orag &#x4D;acLeod</w:t></w:r></w:p>",
    "CDATA": "<w:p><w:r><w:t><![CDATA[Morag MacLeod]]></w:t></w:r></w:p>",
    "a comment inside a word": "<w:p><w:r><w:t>Mo<!-- Morag -->rag</w:t></w:r></w:p>",
}
SEEN["symbols of a font of letters"] = f"<w:p>{symbols('Morag', 'Arial')}</w:p>"
SEEN["the same in private codes"] = f"<w:p>{symbols('Morag', 'Arial', 0xF000)}</w:p>"
UNSEEN = {
    "a deletion": '<w:p><w:del w:author="Morag"><w:r><w:delText>Morag</w:delText></w:r></w:del>'
    f"{run('x')}</w:p>",
    "a moved-from": f'<w:p><w:moveFrom w:author="Morag">{run("Morag")}</w:moveFrom>'
    f"{run('x')}</w:p>",
    "a field code": '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Morag"/>'
    '</w:ffData></w:fldChar></w:r><w:r><w:instrText>HYPERLINK "mailto:morag@x"'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    f"{run('x')}</w:p>",
    "a bookmark": f'<w:p><w:bookmarkStart w:id="1" w:name="Morag"/>{run("x")}'
    '<w:bookmarkEnd w:id="1"/></w:p>',
    "a changed format": '<w:p><w:r><w:rPr><w:rPrChange w:author="Morag"><w:rPr/></w:rPrChange>'
    "</w:rPr><w:t>x</w:t></w:r></w:p>",
    "an inserted cell": '<w:tbl><w:tr><w:tc><w:tcPr><w:cellIns w:author="Morag"/></w:tcPr>'
    f"<w:p>{run('x')}</w:p></w:tc></w:tr></w:tbl>",
    "an alternative text": '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Morag.jpg" '
    'descr="Morag" title="Morag"/></wp:inline></w:drawing></w:r>'
    f"{run('x')}</w:p>",
    "a caption of a table": '<w:tbl><w:tblPr><w:tblCaption w:val="Morag"/><w:tblDescription '
    f'w:val="Morag"/></w:tblPr><w:tr><w:tc><w:p>{run("x")}</w:p></w:tc></w:tr>'
    "</w:tbl>",
    "a comment of XML": f"<w:p><!-- Morag -->{run('x')}</w:p>",
    "an instruction of XML": f"<w:p><?app Morag?>{run('x')}</w:p>",
}


@pytest.mark.parametrize("place", [*SEEN, *UNSEEN])
def test_no_name_is_left_and_no_other_word_is_lost(place: str) -> None:
    data, text = made_safe(with_body({**SEEN, **UNSEEN}[place]))
    everything = "\n".join(said_beside(data, "a.docx")) + text
    assert not PARTS.search(everything)
    raw = b"".join(members(data).values())
    assert not re.search(rb"morag|macleod", raw, re.IGNORECASE)
    assert "[Person 1]" in text if place in SEEN else "x" in text
    docx.Document(io.BytesIO(data))  # another reader takes it


def test_symbols_that_are_letters_are_words_and_pictures_stay() -> None:
    greek, smile = symbols("Morag", "Symbol", 0xF000), symbols("J", "Wingdings", 0xF000)
    data = with_body(f"<w:p>{run('Aye ')}{greek}{symbols('8', 'Arial')}{smile}</w:p>")
    reading = read_file(data, "a.docx", "a.docx")
    assert reading.text == "Aye Μοραγ8\n"
    edits = [Edit(0, len(reading.text) - 1, "No")]
    safe = members(write_file(reading, edits, "a.docx").data)["word/document.xml"]
    assert safe.count(b"<w:sym ") == 1
    assert b'w:char="F04A"' in safe


def test_hidden_parts_go_and_are_counted() -> None:
    document = docx.Document()
    document.add_paragraph("Morag spoke.")
    document.core_properties.author = document.core_properties.title = "Morag MacLeod"
    document.sections[0].header.paragraphs[0].text = "Interview with Morag MacLeod"
    document.sections[0].footer.paragraphs[0].text = "Morag, page 1"
    document.add_comment(document.paragraphs[0].runs, "Is this Morag?", "Morag", "MM")
    document.part.relate_to("mailto:morag@example.org", "x/hyperlink", is_external=True)
    data, text = made_safe(saved(document))
    parts = members(data)
    assert text == "[Person 1] spoke.\nInterview with [Person 1]\n[Person 1], page 1\n"
    assert not re.search(rb"morag|macleod", b"".join(parts.values()), re.IGNORECASE)
    gone = ("docProps/core.xml", "word/comments.xml", "docProps/thumbnail.jpeg")
    assert not set(gone) & set(parts)
    assert read_file(saved(document), "a.docx", "a").dropped["comments"] == 4
    for name in gone:  # nothing points at what is gone
        base = name.rpartition("/")[2].encode()
        assert base not in b"".join(v for k, v in parts.items() if k.endswith((".rels", "s].xml")))


def test_comments_are_words_too_where_the_policy_keeps_them() -> None:
    document = docx.Document()
    document.add_paragraph("I spoke.")
    document.add_comment(document.paragraphs[0].runs, "Is this Morag MacLeod?", "Morag", "MM")
    data, text = made_safe(saved(document), Handling(comments="replace"))
    assert text == "I spoke.\nIs this [Person 1]?\n"
    assert not re.search(rb"morag", b"".join(members(data).values()), re.IGNORECASE)
    (comment,) = docx.Document(io.BytesIO(data)).comments
    assert (comment.text, comment.author) == ("Is this [Person 1]?", "")


def test_headers_can_be_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("I spoke.")
    document.sections[0].header.paragraphs[0].text = "Morag"
    data, text = made_safe(saved(document), Handling(headers="drop"))
    assert text == "I spoke.\n"
    assert "word/header1.xml" not in members(data)
    docx.Document(io.BytesIO(data))


def test_a_picture_is_refused_or_left_out_as_the_policy_says(tmp_path: Any) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1, 1) + b"\x08\x02\0\0\0\x90wS\xde"
        b"\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
    )
    document = docx.Document()
    document.add_paragraph("I spoke.")
    document.add_picture(str(picture))
    with pytest.raises(BadInput, match="picture") as refused:
        made_safe(saved(document))
    assert 'media = "drop"' in refused.value.remedy
    data, _ = made_safe(saved(document), Handling(media="drop"))
    assert not [name for name in members(data) if "media" in name]


def test_formatting_stays_and_other_parts_but_for_marks_of_editing() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("I saw ", style="List Bullet")
    paragraph.add_run("Morag").bold = True
    paragraph.add_run(" go.")
    before = saved(document)
    data, _ = made_safe(before)
    (safe,) = docx.Document(io.BytesIO(data)).paragraphs
    assert [(r.text, r.bold) for r in safe.runs] == [
        ("I saw ", None),
        ("[Person 1]", True),
        (" go.", None),
    ]
    assert safe.style is not None
    assert safe.style.name == "List Bullet"
    again, _ = made_safe(data)  # what is left is structure, byte for byte
    for name in ("word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml"):
        assert members(again)[name] == members(data)[name]
        elements = re.compile(rb"<(?!w:(?:nsid|tmpl|rsid)\b|a:font )[a-z][^\s/>]*")
        assert elements.findall(members(data)[name]) == elements.findall(members(before)[name])


def test_without_a_mention_the_words_are_byte_for_byte_as_they_were() -> None:
    before = with_body(f"<w:p>{run('I  spoke.')}</w:p>")
    data, _ = made_safe(before)
    assert members(data)["word/document.xml"] == members(before)["word/document.xml"]


@settings(deadline=None, max_examples=examples(0.3))
@given(
    st.lists(
        st.tuples(st.sampled_from(["Morag", " ", "& <b>", "MacLeod", "é\u2011"]), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_python_docx_reads_just_the_safe_words(pieces: list[tuple[str, bool]]) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words, bold in pieces:
        paragraph.add_run(words).bold = bold
    data, text = made_safe(saved(document))
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == text.removesuffix("\n")


def bomb() -> bytes:
    return zipped({"word/document.xml": b"<a>" + b" " * 20_000_000 + b"</a>"})


def doctype() -> bytes:
    xml = b'<!DOCTYPE a [<!ENTITY b "Morag">]><a>&b;</a>'
    return zipped({**members(saved(docx.Document())), "word/document.xml": xml})


def deep() -> bytes:
    return with_body("<w:p>" * 5000 + "</w:p>" * 5000)


def embedded() -> bytes:
    return with_body("<w:p/>", {"word/embeddings/oleObject1.bin": b"Morag"})


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (bomb, "zip bomb"),
        (doctype, "document type"),
        (deep, "nested more than"),
        (embedded, "cannot make safe"),
        (encrypted, "password"),
        (lambda: b"Morag", "damaged"),
        (lambda: saved(docx.Document())[:-200], "damaged"),
        (lambda: zipped({"mimetype": b"x"}), "not a Word file"),
        (lambda: with_body("<w:p/>", {"../word/x.xml": b"<a/>"}), "leads out"),
        (lambda: with_body("<w:p/>", {"WORD/document.xml": b"<a/>"}), "one name"),
        (lambda: with_body("<w:p/>", {"word/vbaProject.bin": b"x"}), "cannot make safe"),
        (lambda: with_body("<w:p>"), "not well-formed"),
        (lambda: with_body("<w:altChunk r:id='x'/>"), "another document"),
        (lambda: with_body("<w:p><w:r><w:object/></w:r></w:p>"), "embedded object"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_a_line(
    make: Callable[[], bytes], what: str
) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        read_file(make(), "a.docx", "a.docx")
    assert refused.value.where.startswith("a.docx")
    assert refused.value.remedy
    assert NAME not in refused.value.line()


@settings(deadline=None)
@given(st.data())
def test_mutated_files_give_a_text_or_a_clear_error(data: st.DataObject) -> None:
    raw = bytearray(with_body(f"<w:p>{run('Morag')}</w:p>"))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        made_safe(bytes(raw))
