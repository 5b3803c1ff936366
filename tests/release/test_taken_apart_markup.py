"""XML, web pages and zips of them taken apart: nothing in them is passed over."""

import io
import zipfile

import pytest

from redact.formats.archive import write_members
from redact.release.taken_apart import SaidAs, Value
from redact.release.taken_apart_markup import NEVER, of_page, of_xml, of_zip


def test_every_name_value_text_comment_and_instruction_of_xml_is_a_value() -> None:
    data = (
        b'<?p morag?><!-- Isla --><a:b xmlns:a="urn:Ewan" Fiona="Gavin">Hamish<!-- Iona -->Jean'
        b"<?q Kirsty?></a:b>"
    )
    said = " ".join(value.said for value in of_xml(data))
    for name in "morag Isla urn:Ewan Fiona Gavin Hamish Iona Jean Kirsty".split():
        assert name in said, name


def test_entities_of_its_own_may_never_stand_in_xml() -> None:
    assert NEVER in of_xml(b'<!DOCTYPE a [<!ENTITY x "Morag">]><a>&x;</a>')
    with pytest.raises(ValueError, match="no XML"):
        list(of_xml(b"<a>"))


def test_everything_on_a_page_is_a_value() -> None:
    page = (
        '<!DOCTYPE html Isla><p class="Ewan" data-fiona="Gavin">Ham&#105;sh<!-- Iona --></p>'
        "<style>p {content: 'Jean'}</style><?php Kirsty ?>"
    )
    values = list(of_page(page))
    said = " ".join(value.said for value in values)
    for name in "Isla Ewan data-fiona Gavin Hamish Iona Jean Kirsty".split():
        assert name in said, name
    assert [value.how for value in values if "Jean" in value.said] == [SaidAs.WHOLE]


def test_members_of_a_zip_their_names_and_comments_are_values() -> None:
    data = write_members({"a/morag.xml": b"<a/>"})
    assert list(of_zip(data, "x")) == [
        ("x", Value("")),
        ("x", Value("a/morag.xml")),
        ("a/morag.xml", b"<a/>"),
    ]


@pytest.mark.parametrize("how", ["behind", "before", "comment", "extra"])
def test_bytes_that_no_member_has_may_never_stand_in_a_zip(how: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.xml")
        if how == "extra":
            info.extra = b"\x99\x99\x05\x00Morag"
        archive.writestr(info, b"<a/>")
        archive.comment = b"Morag" if how == "comment" else b""
    data = out.getvalue()
    data = {"behind": data + b"Morag", "before": b"Morag" + data}.get(how, data)
    assert ("x", NEVER) in list(of_zip(data, "x"))
