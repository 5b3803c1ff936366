"""Names planted in every visible and hidden place of every format: none is left.

The search is the release gate's own: folded, joined over markup, entities read, UTF-16, base64.
"""

import html
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import pypdf
import pytest
from pypdf import annotations

from redact.detect.key_search import KeySearch
from redact.formats.registry import read_file, safe_suffix, write_file
from redact.formats.slots import Edit
from redact.policy import Handling
from tests.conftest import ROOT
from tests.formats import test_opendocument, test_pdf_rtf, test_word, test_workbook
from tests.formats.plant_everywhere import Fate, everywhere_in, fate_of, some_of
from tests.formats.safe_files import said_beside

NAMES = (
    "Morag",
    "MORAG",
    "Mòrag",
    "O'Hara",
    "O’Hara",
    "McLeod",
    "Jean-Anne",
    "Ng",
    "Seonaidh",
    "Máire Nic Dhòmhnaill",
)
VTT = """WEBVTT {heading}

NOTE {note}

STYLE
::cue(v[voice="{style}"]) {{}}

{id}
00:01.000 --> 00:02.000 {settings}
<v {voice}>It was {said}.</v>

00:02.000 --> 00:03.000
<v {voice}>Aye, <i>{tagged}</i>.</v>
"""
SRT = "1\n00:00:01,000 --> 00:00:02,000 {settings}\n{voice}: It was {said}\nand <i>{tagged}</i>.\n"
JSON = (
    '{{"text": " I saw {said} go.", "audio_path": "/x/{path}.wav", "user": "{user}", '
    '"note": "{note}", "segments": [{{"speaker": "{voice}", "text": " I saw {said} go.", '
    '"words": [{{"word": " I"}}, {{"word": " saw"}}, {{"word": " {said}"}}, '
    '{{"word": " go."}}]}}]}}'
)
CSV = 'speaker,text,note\n"{voice}","It was ""{said}"", aye","{note}"\nINT,Oh,"{formula}"\n'
EAF = (
    '<ANNOTATION_DOCUMENT AUTHOR="{author}"><HEADER MEDIA_FILE="{media}"><MEDIA_DESCRIPTOR '
    'MEDIA_URL="file:///{url}" RELATIVE_MEDIA_URL="{relative}"/><PROPERTY NAME="x">{property}'
    '</PROPERTY></HEADER><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="5"/></TIME_ORDER>'
    '<TIER TIER_ID="{tier}" PARTICIPANT="{voice}" ANNOTATOR="{annotator}"><ANNOTATION>'
    '<ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t1">'
    "<ANNOTATION_VALUE>It was {said}.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
    '<TIER TIER_ID="{empty}" PARENT_REF="{tier}"/><!-- {comment} --></ANNOTATION_DOCUMENT>'
)
PAGE = (
    '<!DOCTYPE html {doctype}><html><head><meta charset="utf-8">'
    '<meta name="audio_source" content="{media}">'
    "<meta name=author content={author}><title>{title}</title><style>p {{content: '{style}'}}"
    '</style><script>var x = "{script}";</script></head><body data-file="{data}"><!-- {comment} -->'
    '<h1 title="{tip}">{heading}</h1><p><a name="ts_0_9_{anchor}" href="{link}" id={id}>'
    "<b>{voice}</b>: It was {said}.</a><img src='{picture}' alt='{alt}'><br>{tagged}&nbsp;<i>went"
    "</i></p><table><tr><td>{cell}</td></tr></table><noscript>{unseen}</noscript><?php {code} ?>"
    "</body></html>"
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2">'
    '<c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c><c r="C2" t="inlineStr"><is><t>'
    '{inline}</t></is></c><c r="D2" t="str"><f>CONCATENATE("{formula}")</f><v>{value}</v></c></row>'
    '</sheetData><dataValidations><dataValidation prompt="{prompt}"><formula1>"{choice}"</formula1>'
    '</dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" location="{location}" '
    'display="{display}" tooltip="{tooltip}"/></hyperlinks><headerFooter><oddHeader>{header}'
    "</oddHeader></headerFooter></worksheet>"
)
STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>speaker</t></si>'
    "<si><t>text</t></si><si><t>{shared}</t></si><si><r><t>It was </t></r><r><rPr><b/></rPr><t>"
    '{rich}</t></r><rPh sb="0" eb="1"><t>{reading}</t></rPh></si><si><t>{orphan}</t></si></sst>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><fileSharing userName="{user}"/>'
    '<sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName '
    'name="x">{defined}</definedName></definedNames></workbook>'
)
PROJECT = (
    '<Project xmlns="urn:QDA-XML:project:1.0" name="{project}" origin="{origin}" basePath="{base}">'
    '<Users><User guid="u" name="{user}" id="{login}"/></Users><CodeBook><Codes><Code guid="c" '
    'name="{code}" isCodable="true"><Description>{meaning}</Description></Code></Codes></CodeBook>'
    '<Cases><Case guid="k" name="{case}"><VariableValue><VariableRef targetGUID="v"/><TextValue>'
    '{variable}</TextValue></VariableValue></Case></Cases><Sources><TextSource guid="s" name='
    '"{source}" richTextPath="internal://{twin}.docx"><PlainTextContent>It was {said}.'
    '</PlainTextContent><PlainTextSelection guid="p" name="{quotation}" startPosition="0" '
    'endPosition="6"><Description>{remark}</Description></PlainTextSelection></TextSource></Sources>'
    '<Notes><Note guid="n" name="{memo}"><PlainTextContent>{note}</PlainTextContent></Note></Notes>'
    "<Description>{about}</Description></Project>"
)
RTF = (
    "{{\\rtf1\\ansi{{\\info{{\\title {title} }}{{\\author {author} }}{{\\*\\company {company} }}}}"
    "{{\\header {header}\\par}}{{\\footer {footer}\\par}}{{\\*\\userprops {{\\propname {prop} }}"
    "{{\\staticval {value} }}}}{{\\*\\bkmkstart {mark} }}{{\\*\\bkmkend {mark} }}"
    "INT: It was {{\\b {said} }}."
    '\\par {{\\field{{\\*\\fldinst HYPERLINK "mailto:{link}"}}{{\\fldrslt {shown} }}}} went.'
    "{{\\footnote {note} }}\\par \\trowd\\intbl {cell}\\cell\\row}}"
)
SAMPLES = ROOT / "samples" / "formats" / "transcripts"
PLACE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def small_docx(body: str) -> bytes:
    """A Word file without the styles and themes that every file has."""
    needed = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
    parts = test_word.members(test_word.with_body(body))
    return test_word.zipped({name: parts[name] for name in needed})


def planted(name: str) -> Iterator[tuple[str, str, bytes]]:
    """Every place with the name in it: what place, the file's name, the file."""
    quoted = html.escape(name)
    for places, make, ending in (
        ({**test_word.SEEN, **test_word.UNSEEN}, small_docx, ".docx"),
        ({**test_opendocument.SEEN, **test_opendocument.UNSEEN}, test_opendocument.odt, ".odt"),
    ):
        for place, body in places.items():
            if "Morag" in body:
                yield place, f"a{ending}", make(body.replace("Morag", quoted))
    as_it_is: Callable[[str], str] = str
    for template, file, quote in (
        (VTT, "a.vtt", as_it_is),
        (SRT, "a.srt", as_it_is),
        (JSON, "a.json", as_it_is),
        (CSV, "a.csv", as_it_is),
        (EAF, "a.eaf", html.escape),
        (PAGE, "a.html", html.escape),
    ):
        for place in dict.fromkeys(PLACE.findall(template)):
            words = dict.fromkeys(PLACE.findall(template), "x") | {place: quote(name)}
            yield place, file, template.format(**words).encode()


def in_rtf(words: str) -> str:
    """As .rtf writes what is not ASCII."""
    return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in words)


def pdf_with(**words: str) -> bytes:
    """A PDF by pypdf with these in its hidden places, and one on its page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(test_pdf_rtf.pdf([words["said"]])))
    writer.add_metadata({"/Title": words["title"], "/Author": words["author"]})
    note = annotations.FreeText(text=words["note"], rect=(50, 50, 200, 100))
    writer.add_annotation(0, note)
    writer.add_annotation(0, annotations.Link(rect=(0, 0, 9, 9), url=f"http://x/{words['link']}"))
    writer.add_attachment(f"{words['file']}.txt", words["attached"].encode())
    writer.add_outline_item(title=words["outline"], page_number=0)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def planted_in_print(name: str) -> Iterator[tuple[str, str, bytes]]:
    """The same of .rtf and .pdf, which come out as text."""
    for place in dict.fromkeys(PLACE.findall(RTF)):
        words = dict.fromkeys(PLACE.findall(RTF), "x") | {place: in_rtf(name)}
        yield place, "a.rtf", RTF.format(**words).encode()
    places = ("said", "title", "author", "note", "link", "file", "attached", "outline")
    for place in places:
        if place != "said" or name.isascii():  # the page's font has ASCII only
            yield place, "a.pdf", pdf_with(**dict.fromkeys(places, "x") | {place: name})


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAID = "<w:p><w:r><w:t>{name}</w:t></w:r></w:p>"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD_PARTS = {
    "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="1">{SAID}'
    "</w:footnote></w:footnotes>",
    "word/endnotes.xml": f'<w:endnotes {W}><w:endnote w:id="1">{SAID}</w:endnote></w:endnotes>',
    "word/header1.xml": f"<w:hdr {W}>{SAID}</w:hdr>",
    "word/footer2.xml": f"<w:ftr {W}>{SAID}</w:ftr>",
    "word/comments.xml": f'<w:comments {W}><w:comment w:author="{{name}}" w:initials="{{name}}">'
    f"{SAID}</w:comment></w:comments>",
    "word/people.xml": f'<w:people {W}><w:person w:author="{{name}}"/></w:people>',
    "word/settings.xml": f'<w:settings {W}><w:docVars><w:docVar w:name="x" w:val="{{name}}"/>'
    "</w:docVars></w:settings>",
    "word/glossary/document.xml": f"<w:glossaryDocument {W}>{SAID}</w:glossaryDocument>",
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{name}</dc:title>'
    "<dc:creator>{name}</dc:creator></cp:coreProperties>",
    "docProps/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties">'
    "<Company>{name}</Company><Manager>{name}</Manager></Properties>",
    "docProps/custom.xml": f'<Properties xmlns="{OFFICE}/custom-properties" '
    f'xmlns:vt="{OFFICE}/docPropsVTypes">'
    '<property name="{name}"><vt:lpwstr>{name}</vt:lpwstr></property></Properties>',
    "customXml/item1.xml": "<x>{name}</x>",
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="r9" Type="x/hyperlink" TargetMode="External" '
    'Target="mailto:{name}@example.org"/></Relationships>',
}
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODT_PARTS = {
    "meta.xml": f'<office:document-meta xmlns:office="{ODF}office:1.0" xmlns:meta="{ODF}meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>{name}</dc:title>'
    '<meta:user-defined meta:name="{name}">{name}</meta:user-defined></office:meta>'
    "</office:document-meta>",
    "settings.xml": "<s>{name}</s>",
    "Thumbnails/thumbnail.png": "{name}",
    "layout-cache": "{name}",
}


def planted_in_parts(name: str) -> Iterator[tuple[str, str, bytes]]:
    """The same of the other parts of .docx and .odt: notes, headers, comments, properties."""
    quoted = html.escape(name)
    word = test_word.members(small_docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>"))
    for part, template in WORD_PARTS.items():
        data = template.replace("{name}", quoted).encode()
        yield part, "a.docx", test_word.zipped({**word, part: data})
    for part, template in ODT_PARTS.items():
        data = template.replace("{name}", quoted).encode()
        yield part, "a.odt", test_opendocument.odt("<text:p>x</text:p>", {part: data})


def planted_in_projects(name: str) -> Iterator[tuple[str, str, bytes]]:
    """The same of workbooks and coded projects, which are several parts together."""
    quoted = html.escape(name)
    book = dict(workbook_parts())
    for template in (SHEET, STRINGS, BOOK):
        for place in PLACE.findall(template):
            parts = dict(book)
            for path, one in (
                ("xl/worksheets/sheet1.xml", SHEET),
                ("xl/workbook.xml", BOOK),
                ("xl/sharedStrings.xml", STRINGS),
            ):
                words = dict.fromkeys(PLACE.findall(one), "x")
                parts[path] = one.format(
                    **words | {place: quoted} if one is template else words
                ).encode()
            yield place, "a.xlsx", test_word.zipped(parts)
    for place in PLACE.findall(PROJECT):
        words = dict.fromkeys(PLACE.findall(PROJECT), "x") | {place: quoted}
        project = {"project.qde": PROJECT.format(**words).encode()}
        yield place, "a.qdpx", test_word.zipped(project)


@cache
def workbook_parts() -> dict[str, bytes]:
    parts = test_word.members(test_workbook.with_shared_strings())
    return {name: data for name, data in parts.items() if "theme" not in name}


def everywhere(name: str) -> Iterator[tuple[str, str, bytes]]:
    yield from planted(name)
    yield from planted_in_projects(name)
    yield from planted_in_print(name)
    yield from planted_in_parts(name)


DROPPED = Handling()
KEPT = Handling(
    comments="replace",
    deletions="replace",
    descriptions="replace",
    notes="replace",
    properties="replace",
    paths="replace",
)


def left_after(data: bytes, file: str, search: KeySearch, handling: Handling) -> bool:
    """Whether a name is found in the file made safe of those that were found in its text."""
    reading = read_file(data, file, file, handling)
    edits, at = [], 0
    for start, end in sorted({(hit.start, hit.end) for hit in search.find(reading.text)}):
        if start >= at:
            edits.append(Edit(start, end, "[Person 1]"))
            at = end
    written = write_file(reading, edits, file, handling)
    safe = written.data
    safe_name = f"a{safe_suffix(file)}"
    texts = [written.text, *said_beside(safe, safe_name, handling)]
    return any(list(search.find(text)) for text in texts)


@pytest.mark.parametrize("handling", [DROPPED, KEPT], ids=["by default", "all hidden places kept"])
def test_no_planted_name_is_left_in_at_least_400_places(handling: Handling) -> None:
    left, planted_in = [], 0
    for name in NAMES:
        search = KeySearch([("PERSON", name)])
        for place, file, data in everywhere(name):
            planted_in += 1
            if left_after(data, file, search, handling):
                left.append((name, place, file))
    assert left == []
    assert planted_in >= 400


def test_the_search_does_find_what_was_not_made_safe() -> None:
    """The same places without the edits and cuts: the search is no blind one."""
    search = KeySearch([("PERSON", "Morag")])
    for place, file, data in (*planted("Morag"), *planted_in_projects("Morag")):
        reading = read_file(data, file, file)
        raw = b"\n".join(test_word.members(data).values()) if data[:2] == b"PK" else data
        seen = [*search.find(reading.text), *search.find(html.unescape(raw.decode("utf-8")))]
        assert seen, (place, file)


@pytest.mark.parametrize(
    ("file", "some"),
    [
        ("morag-html.html", 60),
        ("morag-eaf.eaf", 60),
        ("morag-qdpx.qdpx", 60),
        ("morag-odt.odt", 30),
        ("morag-xlsx.xlsx", 30),
        ("morag-docx.docx", 20),
    ],
)
def test_a_name_put_anywhere_does_not_go_out(file: str, some: int) -> None:
    places = some_of(file, (SAMPLES / file).read_bytes(), some)
    fates = {planted.place: fate_of(planted) for planted in places}
    assert [place for place, fate in fates.items() if fate is Fate.LEFT] == []
    assert Counter(fates.values())[Fate.MADE_SAFE] > len(fates) / 2


def test_the_places_are_many() -> None:
    for file, least in (("morag-docx.docx", 5000), ("morag-odt.odt", 1500), ("morag-eaf.eaf", 200)):
        assert sum(1 for _ in everywhere_in(file, (SAMPLES / file).read_bytes())) > least
