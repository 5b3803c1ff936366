"""Hidden places of files: the policy says which are words, the others go and are counted."""

import io

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from redact.detect.key_search import KeySearch
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling
from tests.formats import test_opendocument, test_planted, test_word
from tests.formats.safe_files import said_beside


def docx_of(body: str) -> bytes:
    return test_word.with_body(body)


def odt_of(body: str) -> bytes:
    return test_opendocument.odt(body)


def written(template: str, place: str) -> bytes:
    places = dict.fromkeys(test_planted.PLACE.findall(template), "x")
    return template.format(**places | {place: "Morag"}).encode()


def with_properties() -> bytes:
    document = docx.Document()
    document.add_paragraph("I spoke.")
    document.core_properties.title = "Of Morag"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(**more: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append(["I spoke."])
    if "comment" in more:
        book.active["A2"].comment = Comment("Is it Morag?", "Ailsa")
    if "header" in more:
        book.active.oddHeader.center.text = "Of Morag"
        book.active.oddHeader.center.size = 12
    book.properties.title = "Of Morag" if "title" in more else None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


META = (
    b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Of Morag</dc:title>'
    b"</office:meta></office:document-meta>"
)
CASES = [
    ("a.docx", "deletions", docx_of(test_word.UNSEEN["a deletion"])),
    ("a.docx", "deletions", docx_of(test_word.UNSEEN["a moved-from"])),
    ("a.docx", "descriptions", docx_of(test_word.UNSEEN["an alternative text"])),
    ("a.docx", "descriptions", docx_of(test_word.UNSEEN["a caption of a table"])),
    ("a.docx", "properties", with_properties()),
    ("a.odt", "deletions", odt_of(test_opendocument.UNSEEN["a deletion"])),
    ("a.odt", "comments", odt_of(test_opendocument.UNSEEN["a comment"])),
    ("a.odt", "properties", test_opendocument.odt("<text:p>x</text:p>", {"meta.xml": META})),
    ("a.xlsx", "comments", workbook(comment="yes")),
    ("a.xlsx", "headers", workbook(header="yes")),
    ("a.xlsx", "properties", workbook(title="yes")),
    ("a.vtt", "notes", written(test_planted.VTT, "note")),
    ("a.json", "paths", written(test_planted.JSON, "path")),
    ("a.eaf", "paths", written(test_planted.EAF, "url")),
    ("a.eaf", "properties", written(test_planted.EAF, "property")),
    ("a.html", "descriptions", written(test_planted.PAGE, "alt")),
]


@pytest.mark.parametrize(("file", "choice", "data"), CASES, ids=[f"{f} {c}" for f, c, _ in CASES])
def test_a_hidden_place_is_words_or_goes(file: str, choice: str, data: bytes) -> None:
    search = KeySearch([("PERSON", "Morag")])
    kept, dropped = (Handling.model_validate({choice: way}) for way in ("replace", "drop"))
    before = read_file(data, file, file, dropped)
    assert "Morag" not in before.text
    assert sum(before.dropped.values()) > 0
    reading = read_file(data, file, file, kept)
    assert "Morag" in reading.text
    hits = {(hit.start, hit.end) for hit in search.find(reading.text)}
    written = write_file(reading, [Edit(*hit, "[Person 1]") for hit in hits], file, kept)
    safe = written.data
    assert written.text.count("[Person 1]") == len(hits)
    assert not any(list(search.find(text)) for text in said_beside(safe, file, kept))


def test_another_program_shows_the_comment_that_was_kept() -> None:
    kept = Handling(comments="replace")
    reading = read_file(workbook(comment="yes"), "a.xlsx", "a", kept)
    at = reading.text.index("Morag")
    safe = write_file(reading, [Edit(at, at + 5, "[Person 1]")], "a.xlsx", kept).data
    comment = openpyxl.load_workbook(io.BytesIO(safe)).active["A2"].comment
    assert comment.text == "Is it [Person 1]?"
    assert "Ailsa" not in comment.author


def test_another_program_shows_a_deletion_that_was_kept() -> None:
    kept = Handling(deletions="replace")
    reading = read_file(docx_of(test_word.UNSEEN["a deletion"]), "a.docx", "a", kept)
    at = reading.text.index("Morag")
    safe = write_file(reading, [Edit(at, at + 5, "[Person 1]")], "a.docx", kept).data
    (paragraph,) = docx.Document(io.BytesIO(safe)).paragraphs
    (deleted,) = paragraph._p.xpath("w:del")
    assert "".join(deleted.itertext()) == "[Person 1]"
    assert deleted.get(f"{{{deleted.nsmap['w']}}}author") == ""
