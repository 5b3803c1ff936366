"""What is on no table of structure stays behind: names that nobody says, wherever they stand."""

import io

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from redact.errors import BadInput
from redact.formats.names import Names
from redact.formats.registry import read_file, splice_file
from redact.formats.sieve import sieve
from tests.formats import test_opendocument, test_word, test_workbook
from tests.formats.plant_everywhere import NAME, Fate, Planted, decoded, fate_of

SAID = "<w:p><w:r><w:t>I saw the garden.</w:t></w:r></w:p>"
SDT = f"<w:sdt><w:sdtPr>%s</w:sdtPr><w:sdtContent>{SAID}</w:sdtContent></w:sdt>"
W = f'xmlns:w="{test_word.W}"'
LABEL = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    f'<w:lvlText w:val="{NAME}:"/></w:lvl></w:abstractNum></w:numbering>'
)
BODIES = {
    "an entry of a drop-down": SDT % f'<w:dropDownList><w:listItem w:displayText="{NAME}"/>'
    f'<w:listItem w:value="{NAME}"/></w:dropDownList>',
    "an entry of a box": SDT % f'<w:comboBox w:lastValue="{NAME}"><w:listItem w:value="{NAME}"/>'
    "</w:comboBox>",
    "a day that was picked": SDT % f'<w:date w:fullDate="1951-02-17T00:00:00Z"><w:dateFormat '
    f'w:val="{NAME}"/></w:date>',
    "a binding": SDT % f'<w:dataBinding w:xpath="/{NAME}" w:storeItemID="{NAME}"/>',
    "a style of a paragraph": f'<w:p><w:pPr><w:pStyle w:val="{NAME}"/></w:pPr></w:p>{SAID}',
    "a foreign attribute": f'<w:p w:rsidR="{NAME}" q:x="{NAME}" xmlns:q="urn:{NAME}"/>{SAID}',
    "a foreign element": f'<q:p xmlns:q="urn:q"><q:t>{NAME}</q:t></q:p>{SAID}',
    "another value than the schema's": f'<w:p><w:pPr><w:jc w:val="{NAME}"/></w:pPr></w:p>{SAID}',
    "a font": f'<w:p><w:r><w:rPr><w:rFonts w:ascii="{NAME}"/></w:rPr></w:r></w:p>{SAID}',
    "a second copy": "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='w14'/><mc:Fallback>"
    f"<w:t>{NAME}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>{SAID}",
    "a choice of nobody's": f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='{NAME}'/>"
    f"</mc:AlternateContent></w:r></w:p>{SAID}",
    "a shape of before 2010": f'<w:p><w:r><w:pict><v:shape id="{NAME}" style="{NAME}:1" '
    f'alt="{NAME}"><v:textpath string="{NAME}"/></v:shape></w:pict></w:r></w:p>{SAID}',
    "a sign of an equation": '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/'
    f'2006/math"><m:d><m:dPr><m:begChr m:val="{NAME}"/></m:dPr></m:d></m:oMath>{SAID}',
    "a reading of a word": f"<w:p><w:r><w:ruby><w:rt><w:r><w:t>{NAME}</w:t></w:r></w:rt>"
    f"<w:rubyBase><w:r><w:t>x</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>{SAID}",
}


def fate(file: str, data: bytes) -> Fate:
    return fate_of(Planted("", file, lambda: data))


@pytest.mark.parametrize("place", BODIES)
def test_a_name_that_stands_in_no_talk_does_not_go_out(place: str) -> None:
    data = test_word.with_body(BODIES[place])
    assert fate("a.docx", data) is Fate.MADE_SAFE


def test_a_birthday_that_was_picked_does_not_go_out() -> None:
    data = test_word.with_body(BODIES["a day that was picked"])
    safe = splice_file(read_file(data, "a.docx", "a"), [], "a.docx")
    assert not any("1951" in text for text in decoded(safe))


def test_the_label_of_a_list_is_words() -> None:
    data = test_word.with_body(SAID, {"word/numbering.xml": LABEL.encode()})
    assert NAME in read_file(data, "a.docx", "a").text
    assert fate("a.docx", data) is Fate.MADE_SAFE


def test_a_filter_that_was_saved_in_a_sheet_does_not_go_out() -> None:
    parts = dict(test_word.members(test_workbook.with_shared_strings()))
    kept = (
        f'<autoFilter ref="A1:C4"><filterColumn colId="0"><filters><filter val="{NAME}"/></filters>'
        f'<customFilters><customFilter val="*{NAME}*"/></customFilters></filterColumn></autoFilter>'
        "</worksheet>"
    )
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", kept.encode())
    data = test_word.zipped({**parts, "xl/worksheets/sheet1.xml": sheet})
    assert fate("a.xlsx", data) is Fate.MADE_SAFE


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<c.{NAME}>Aye</c>, it was.\n"),
        ("a.vtt", f"WEBVTT\n\nREGION\nid:{NAME}\n\n00:01.000 --> 00:02.000 region:{NAME}\nAye.\n"),
        ("a.vtt", f"WEBVTT\n\n{NAME}\n00:01.000 --> 00:02.000\nAye, it was.\n"),
        ("a.html", f'<p class="{NAME}" id="{NAME}"><a name="{NAME}">It was so.</a></p>'),
        ("a.html", f"<style>p.{NAME} {{ color: red }}</style><p class='{NAME}'>It was so.</p>"),
    ],
)
def test_ids_classes_and_names_of_links_do_not_go_out(file: str, text: str) -> None:
    assert fate(file, text.encode()) is Fate.MADE_SAFE


def test_a_label_of_a_list_of_libreoffice_is_words() -> None:
    style = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        f'style:num-format="1" style:num-prefix="{NAME} " style:num-suffix=" {NAME}:"/>'
        "</text:list-style>"
    )
    body = "<text:list text:style-name='L1'><text:list-item><text:p>It was so.</text:p>"
    data = test_opendocument.odt(f"{body}</text:list-item></text:list>")
    parts = dict(test_word.members(data))
    content = parts["content.xml"].replace(
        b"<office:body>",
        f"<office:automatic-styles>{style}</office:automatic-styles><office:body>".encode(),
    )
    assert NAME.encode() in content
    data = test_word.zipped({**parts, "content.xml": content})
    assert NAME in read_file(data, "a.odt", "a").text
    assert fate("a.odt", data) is Fate.MADE_SAFE


def test_an_entry_of_a_drop_down_of_libreoffice_does_not_go_out() -> None:
    data = test_opendocument.odt(
        f'<text:p>I saw <text:drop-down text:name="{NAME}"><text:label text:value="{NAME}"/>'
        f'<text:label text:value="x" text:current-selected="true"/>it</text:drop-down>.</text:p>'
    )
    assert fate("a.odt", data) is Fate.MADE_SAFE


def test_a_link_of_elan_to_a_path_does_not_go_out() -> None:
    data = (
        '<ANNOTATION_DOCUMENT><TIME_ORDER/><TIER TIER_ID="t" EXT_REF="er1"><ANNOTATION>'
        f'<ALIGNABLE_ANNOTATION ANNOTATION_ID="{NAME}" EXT_REF="er1" TIME_SLOT_REF1="{NAME}">'
        "<ANNOTATION_VALUE>Aye.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
        f'<EXTERNAL_REF EXT_REF_ID="er1" TYPE="resource_url" VALUE="file:///{NAME}/a.wav"/>'
        "</ANNOTATION_DOCUMENT>"
    )
    assert fate("a.eaf", data.encode()) is Fate.MADE_SAFE
    assert read_file(data.encode(), "a.eaf", "a").dropped["paths"] == 3


def test_a_style_that_a_person_named_stays_a_style_under_another_name() -> None:
    talk = docx.Document()
    made = talk.styles.add_style(NAME, WD_STYLE_TYPE.PARAGRAPH)
    made.font.bold = True
    talk.add_paragraph("It was so.", style=NAME)
    data = test_word.saved(talk)
    assert fate("a.docx", data) is Fate.MADE_SAFE
    safe = splice_file(read_file(data, "a.docx", "a"), [], "a.docx")
    (paragraph,) = docx.Document(io.BytesIO(safe)).paragraphs
    assert paragraph.style is not None
    assert paragraph.style.font.bold is True
    assert str(paragraph.style.name).startswith("Style ")


def test_two_names_never_become_one() -> None:
    parts = {"a": b'<w:style w:styleId="Style1"/><w:style w:styleId="Style2"/>'}
    names = Names(parts)
    new = [names.new("word-style", name) for name in ("Ours", "Theirs", "Ours")]
    assert new[0] == new[2] != new[1]
    assert not {"Style1", "Style2"} & set(new)


def test_what_came_through_the_sieve_comes_through_it_unchanged() -> None:
    for parts in (test_word.of_python_docx(), test_word.members(test_opendocument.odt("<x/>"))):
        names = Names(parts)
        for name, data in parts.items():
            if name.endswith((".xml", ".rels")) and not name.startswith("customXml"):
                once = sieve(data, name, names)
                again = sieve(once.data, name, Names({}))
                assert again.data == once.data
                assert not again.left_behind


def test_a_prefix_that_a_person_chose_becomes_another_one() -> None:
    part = f'<{NAME}:p xmlns:{NAME}="{test_word.W}" {NAME}:rsidR="0"><{NAME}:r/></{NAME}:p>'
    assert sieve(part.encode(), "a part", Names({})).data == (
        f'<n1:p xmlns:n1="{test_word.W}"><n1:r/></n1:p>'.encode()
    )


@pytest.mark.parametrize(
    "part",
    [
        '<?xml version="1.0" encoding="iso-8859-1"?><x/>',
        f'<!DOCTYPE x [<!ENTITY {NAME} "{NAME}">]><x>&{NAME};</x>',
        "<x>",
    ],
)
def test_what_cannot_be_read_is_refused_without_a_word_of_it(part: str) -> None:
    with pytest.raises(BadInput) as error:
        sieve(part.encode(), "a part", Names({}))
    assert NAME not in str(error.value)


STYLES = {
    "content": f"p {{color: red; content: '{NAME}'}}",
    "a class": f".{NAME} {{color: red}}",
    "an id": f"#{NAME} {{color: red}}",
    "a value of an attribute": f"p[title={NAME}] {{color: red}}",
    "a comment": f"/* {NAME} */ p {{color: red}}",
    "an import": f"@import '{NAME}.css';",
    "a font of one's own": f"@font-face {{font-family: {NAME}; src: url({NAME})}}",
    "a font": f"p {{font-family: '{NAME}', serif}}",
    "a variable": f"p {{--{NAME}: red}}",
    "an address": f"p {{background: url({NAME}.png)}}",
    "an escape": "p {font-family: '\\51uillforth'}",
    "a medium": f"@media print {{ p {{color: red}} .{NAME} {{color: red}} }}",
    "a counter": f"p {{list-style-type: {NAME}}}",
}


@pytest.mark.parametrize("place", STYLES)
def test_a_name_in_a_style_sheet_does_not_go_out(place: str) -> None:
    page = f'<html><style>{STYLES[place]}</style><p class="{NAME} b" style="{STYLES[place]}">x</p>'
    assert fate("a.html", page.encode()) is Fate.MADE_SAFE


def test_a_style_sheet_goes_on_with_what_is_plain_of_it() -> None:
    page = (
        f"<style>p.{NAME} b {{color: #ff0000; content: 'x'}} @media print {{ p {{display: none}} }}"
        f'</style><p class="{NAME}"><b>Aye.</b></p>'
    )
    safe = splice_file(read_file(page.encode(), "a.html", "a"), [], "a.html").decode()
    assert "p.c1 b {color: #ff0000" in safe
    assert '<p class="c1">' in safe
    assert "display" not in safe


def test_a_font_in_a_page_header_of_excel_does_not_go_out() -> None:
    parts = dict(test_word.members(test_workbook.with_shared_strings()))
    sheet = parts["xl/worksheets/sheet1.xml"]
    header = f"<headerFooter><oddHeader>&amp;L&amp;&quot;{NAME},Bold&quot;The talk</oddHeader>"
    made = sheet.replace(b"</worksheet>", f"{header}</headerFooter></worksheet>".encode())
    data = test_word.zipped({**parts, "xl/worksheets/sheet1.xml": made})
    assert "The talk" in read_file(data, "a.xlsx", "a").text
    assert fate("a.xlsx", data) is Fate.MADE_SAFE


def test_a_part_that_is_foreign_from_its_first_byte_on_is_left_out_whole() -> None:
    part = f'<worksheet xmlns="{NAME}"><sheetData>{NAME}</sheetData></worksheet>'.encode()
    assert sieve(part, "sheet1.xml", Names({})).data == b""
