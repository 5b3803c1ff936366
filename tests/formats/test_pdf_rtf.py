"""PDF and RTF: read by their text, made anew as .docx; what cannot be read whole is refused."""

import contextlib
import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.registry import read_file, safe_suffix, write_file
from redact.formats.slots import Edit
from tests.formats.test_plain_word import pages_of

EMPTY, DRAWN = "nothing", "what is drawn"


def pdf(*pages: list[str], more: str = "", drawn: str = "") -> bytes:
    """A small PDF with these lines on its pages."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {more}>>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 12 Tf 72 700 Td {shown} ET" if lines != [EMPTY] else ""
        stream = drawn if lines == [DRAWN] else stream
        objects += [
            f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R /MediaBox [0 0 595 842] "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size "
            f"{len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


def test_the_lines_of_a_page_are_put_together_to_turns() -> None:
    data = pdf(["INT: Who is", "it then?", "Morag: Me,"], ["and Fergus.", "INT: Oh."])
    reading = read_file(data, "a.pdf", "a")
    assert reading.text == "INT: Who is it then?\nMorag: Me, and Fergus.\nINT: Oh.\n"
    assert reading.dropped == {"layout of a .pdf": 1}


def test_letters_that_a_font_does_not_tell_are_refused_with_their_page() -> None:
    """A name may be among them, which would be half seen and not found."""
    with pytest.raises(BadInput, match=r"page 2 of 2 shows letters .*recognised"):
        read_file(pdf(["INT: Who?"], ["Morag: Fer\\000gus."]), "a.pdf", "a")


def test_text_without_speakers_keeps_its_lines() -> None:
    assert read_file(pdf(["I went", "home."]), "a.pdf", "a").text == "I went\nhome.\n"


@pytest.mark.parametrize(
    "drawn", ["q Q", "BT /F1 12 Tf ( ) Tj ET", "/Span <</Lang (en-GB)>> BDC BT [<20>] TJ ET EMC"]
)
def test_an_empty_page_is_passed_over_and_counted(drawn: str) -> None:
    reading = read_file(pdf(["I went"], [DRAWN], ["home."], drawn=drawn), "a.pdf", "a")
    assert reading.text.split() == ["I", "went", "home."]
    assert reading.dropped == {"layout of a .pdf": 1, "empty pages": 1}


@pytest.mark.parametrize("name", ["a.pdf", "a.rtf"])
def test_it_comes_out_as_a_word_file(name: str) -> None:
    source = (
        pdf(["Morag spoke."]) if name == "a.pdf" else b"{\\rtf1\\ansi Morag \\b spoke\\b0 .\\par}"
    )
    reading = read_file(source, name, name)
    written = write_file(reading, [Edit(0, 5, "[Person 1]")], name)
    assert safe_suffix(name) == ".docx"
    assert [one.text for one in docx.Document(io.BytesIO(written.data)).paragraphs] == [
        "[Person 1] spoke."
    ]
    assert written.text == "[Person 1] spoke.\n"
    assert written.reading.dropped == {}


def test_a_page_begins_where_one_began_in_a_turn_or_between_two() -> None:
    data = pdf(["INT: Who is it?", "Morag: Me, and"], ["Fergus."], [EMPTY], ["INT: Oh."])
    reading = read_file(data, "a.pdf", "a")
    written = write_file(reading, [Edit(16, 21, "[Person 1]")], "a.pdf")
    assert pages_of(written.data) == [
        "INT: Who is it?\n[Person 1]: Me, and ",
        "Fergus.\n",
        "INT: Oh.\n",
    ]


def test_a_name_over_the_end_of_a_page_is_hidden_and_the_page_begins_with_it() -> None:
    reading = read_file(pdf(["I met Morag"], ["MacLeod there."]), "a.pdf", "a")
    written = write_file(reading, [Edit(6, 20, "[Person 1]")], "a.pdf")
    assert pages_of(written.data) == ["I met ", "[Person 1] there.\n"]


def test_properties_of_an_rtf_are_not_read() -> None:
    source = b"{\\rtf1{\\info{\\author Morag}}{\\header Fergus}I \\u233?t spoke.\\par}"
    assert read_file(source, "a.rtf", "a").text.strip() == "I \u00e9t spoke."


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.pdf", pdf(["Morag"], [DRAWN], drawn="q /Im1 Do Q"), "picture of it: page 2 of 2"),
        ("a.pdf", pdf([DRAWN], [DRAWN], drawn="BI /W 1 ID x EI"), "page 1, 2 of 2"),
        ("a.pdf", pdf(["Morag"], [DRAWN], drawn="0 0 m 9 9 l f"), "picture of it: page 2 of 2"),
        ("a.pdf", pdf([EMPTY], []), "no page of this file has text"),
        ("a.pdf", b"%PDF-1.4\nMorag", "damaged"),
        ("a.pdf", b"Morag", "damaged"),
        ("a.pdf", pdf(["Morag"])[:200], "damaged|no text"),
        ("a.rtf", b"Morag", "not an .rtf"),
        ("a.rtf", b"{\\rtf1 {\\deleted Morag}x}", "deleted"),
        ("a.rtf", b"{\\rtf1 {\\v Morag}x}", "hidden"),
        ("a.rtf", b"{\\rtf1 {\\*\\annotation Morag}x}", "comments"),
        ("a.rtf", b"{\\rtf1 {\\pict 00}x}", "picture"),
        ("a.rtf", b"{\\rtf1 {\\object Morag}x}", "embedded"),
        ("a.rtf", b"{\\rtf1 \\u9999999?}", "damaged"),
        ("a.rtf", b"{\\rtf1 {\\b Morag} and \\} then", "cut off"),
    ],
)
def test_what_cannot_be_read_whole_is_refused_in_a_line(name: str, data: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        read_file(data, name, name)
    assert "Morag" not in refused.value.line()


@given(st.data())
def test_mutated_files_are_read_or_refused(data: st.DataObject) -> None:
    name, seed = data.draw(
        st.sampled_from(
            [
                ("a.pdf", pdf(["INT: Morag"])),
                ("a.rtf", b"{\\rtf1\\ansi{\\b Morag}\\u233?\\'e9 x\\par}"),
            ]
        )
    )
    raw = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        read_file(bytes(raw), name, name)


@pytest.mark.parametrize("written", [r"\uc1\u-10179?\u-8704? ", r"\uc1\u55357\'3f\u56832\'3f "])
def test_a_face_in_rtf_is_two_halves_of_utf_16(written: str) -> None:
    data = rf"{{\rtf1\ansi INT: Hello {written}there.\par Morag: Aye.\par}}".encode()
    assert read_file(data, "a.rtf", "a.rtf").text == "INT: Hello \U0001f600 there.\nMorag: Aye.\n"
    half = data.replace(rb"\u-8704?", b"").replace(rb"\u56832\'3f", b"")
    with pytest.raises(BadInput, match="damaged"):
        read_file(half, "a.rtf", "a.rtf")
