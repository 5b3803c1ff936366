"""OpenDocument texts: names in every visible and hidden place; another reader agrees."""

import io
import re
import zipfile

import odfdo
import pytest

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling
from tests.formats import test_word
from tests.formats.safe_files import said_beside

NAME = re.compile(r"Mor\W*ag(?:\W+MacLeod)?", re.IGNORECASE)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    + " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("style", "style"),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'office:version="1.3"><office:body><office:text>'
)
TAIL = "</office:text></office:body></office:document-content>"
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
    'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/'
    'vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/>{more}</manifest:manifest>'
)


def odt(body: str, more: dict[str, bytes] | None = None) -> bytes:
    """A file with this body and these further parts."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type=""/>'
        for name in more or {}
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", HEAD + body + TAIL)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(more=entries))
    return out.getvalue()


def made_safe(data: bytes, handling: Handling | None = None) -> tuple[bytes, str]:
    handling = handling or Handling()
    reading = read_file(data, "a.odt", "a.odt", handling)
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in NAME.finditer(reading.text)]
    written = write_file(reading, edits, "a.odt", handling)
    made = written.data
    return made, written.text


SEEN = {
    "a paragraph": "<text:p>I saw Morag MacLeod.</text:p>",
    "a heading": "<text:h>Morag</text:h>",
    "spans": "<text:p>Mor<text:span>ag Mac</text:span>Leod</text:p>",
    "over a line break": "<text:p>Morag<text:line-break/>MacLeod</text:p>",
    "over a tab": "<text:p>Morag<text:tab/>MacLeod</text:p>",
    "over spaces": '<text:p>Morag <text:s text:c="3"/>MacLeod</text:p>',
    "over a line of the file": "<text:p>Morag\n   MacLeod</text:p>",
    "a list": "<text:list><text:list-item><text:p>Morag</text:p></text:list-item></text:list>",
    "a table": '<table:table table:name="T"><table:table-row><table:table-cell office:string-value='
    '"Morag"><text:p>Morag</text:p></table:table-cell></table:table-row></table:table>',
    "a title of a table": '<table:table table:name="T"><table:title>Morag</table:title>'
    "</table:table>",
    "a note": '<text:p>One<text:note text:note-class="footnote"><text:note-citation>1'
    "</text:note-citation><text:note-body><text:p>Morag</text:p></text:note-body>"
    "</text:note> two</text:p>",
    "a frame": '<text:p>One<draw:frame draw:name="Morag"><svg:title>Morag</svg:title><svg:desc>'
    "Morag</svg:desc><draw:text-box><text:p>Morag</text:p></draw:text-box>"
    "</draw:frame></text:p>",
    "a link": '<text:p><text:a xlink:href="mailto:morag@x" office:title="Morag" '
    'office:name="Morag">Morag</text:a></text:p>',
    "a field": "<text:p>By <text:author-name>Morag</text:author-name></text:p>",
    "entities": "<text:p>&#77;orag</text:p>",
    "CDATA": "<text:p><![CDATA[Morag]]></text:p>",
}
UNSEEN = {
    "a deletion": "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
    "<dc:creator>Morag</dc:creator></office:change-info><text:p>Morag</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes><text:p>x"
    '<text:change text:change-id="c"/></text:p>',
    "a comment": "<text:p>x<office:annotation><dc:creator>Morag</dc:creator><text:p>Morag</text:p>"
    "</office:annotation></text:p>",
    "a bookmark": '<text:p>x<text:bookmark text:name="Morag"/></text:p>',
    "hidden text": '<text:p>x<text:hidden-text text:string-value="Morag"/></text:p>',
    "a variable": '<text:user-field-decls><text:user-field-decl office:string-value="Morag" '
    'text:name="Morag"/></text:user-field-decls><text:p>x</text:p>',
    "a comment of XML": "<text:p>x<!-- Morag --></text:p>",
}


@pytest.mark.parametrize("place", [*SEEN, *UNSEEN])
def test_no_name_is_left_and_no_other_word_is_lost(place: str) -> None:
    data, text = made_safe(odt({**SEEN, **UNSEEN}[place]))
    everything = "\n".join(said_beside(data, "a.odt")) + text
    assert not NAME.search(everything)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = b"".join(archive.read(name) for name in archive.namelist())
    assert not re.search(rb"morag|macleod", raw, re.IGNORECASE)
    assert "[Person 1]" in text if place in SEEN else "x" in text


def test_comments_are_words_too_where_the_policy_keeps_them() -> None:
    data, text = made_safe(odt(UNSEEN["a comment"]), Handling(comments="replace"))
    assert text == "x\n[Person 1]\n"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"Morag" not in archive.read("content.xml")


def test_a_note_is_read_after_the_sentence_it_interrupts() -> None:
    assert read_file(odt(SEEN["a note"]), "a.odt", "a").text == "One two\nMorag\n"


def test_properties_and_previews_go_with_their_entries() -> None:
    data, _ = made_safe(
        odt(
            "<text:p>I spoke.</text:p>",
            {
                "meta.xml": b"<a>Morag</a>",
                "settings.xml": b"<a>Morag</a>",
                "Thumbnails/thumbnail.png": b"Morag",
            },
        )
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["mimetype", "content.xml", "META-INF/manifest.xml"]
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert b"meta.xml" not in archive.read("META-INF/manifest.xml")


def test_headers_of_pages_are_words_too_or_left_out() -> None:
    head = HEAD.replace("document-content", "document-styles")
    styles = head.replace("<office:body><office:text>", "") + (
        "<office:master-styles><style:master-page><style:header><text:p>Morag</text:p>"
        "</style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    data = odt("<text:p>I spoke.</text:p>", {"styles.xml": styles.encode()})
    assert made_safe(data)[1] == "I spoke.\n[Person 1]\n"
    assert made_safe(data, Handling(headers="drop"))[1] == "I spoke.\n"


def test_odfdo_makes_it_and_reads_the_safe_words() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Paragraph("INT: I saw Morag  MacLeod & co."))
    document.meta.title = document.meta.creator = "Morag"
    out = io.BytesIO()
    document.save(out)
    data, text = made_safe(out.getvalue())
    assert text == "INT: I saw [Person 1] & co.\n"
    (safe,) = odfdo.Document(io.BytesIO(data)).body.paragraphs
    assert safe.inner_text == "INT: I saw [Person 1] & co."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (odt("<text:p/>", {"Pictures/a.png": b"x"}), "picture"),
        (odt("<text:p/>", {"Object 1/content.xml": b"<a/>"}), "cannot make safe"),
        (odt("<text:p/>", {"META-INF/manifest.rdf": b"encryption-data"}), "cannot make safe"),
        (odt("<text:p>"), "not well-formed"),
        (odt("<text:p/>")[:-30], "damaged"),
        (odt("<text:p/>").replace(b"content.xml", b"contenu.xml"), "damaged|not an OpenDocument"),
    ],
)
def test_what_cannot_be_made_safe_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        read_file(data, "a.odt", "a.odt")


def test_a_list_of_parts_as_openoffice_2_writes_it_is_read() -> None:
    """With its document type, which says nothing; any other is refused as before."""

    def typed(doctype: bytes) -> bytes:
        parts = test_word.members(odt("<text:p>INT: Who?</text:p><text:p>Morag: Me.</text:p>"))
        manifest = parts["META-INF/manifest.xml"].replace(b"?>", b"?>\n" + doctype, 1)
        caches = {"layout-cache": b"\0\1", "Configurations2/accelerator/current.xml": b""}
        return test_word.zipped({**parts, **caches, "META-INF/manifest.xml": manifest})

    usual = b'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" '
    safe, text = made_safe(typed(usual + b'"Manifest.dtd">'))
    assert text == "INT: Who?\n[Person 1]: Me.\n"
    assert b"DOCTYPE" not in test_word.members(safe)["META-INF/manifest.xml"]
    for odd in (usual + b'"Morag.dtd">', usual + b'"Manifest.dtd" [<!ENTITY a "Morag">]>'):
        with pytest.raises(BadInput, match="document type"):
            read_file(typed(odd), "a.odt", "a.odt")
