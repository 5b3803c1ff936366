"""FORMATS is the one table: what is read, what comes out, and what the documents say of it."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from redact.errors import BadInput
from redact.formats.registry import (
    FORMATS,
    check_suffix,
    format_of,
    read_file,
    safe_suffix,
    stem_of,
    write_file,
)
from redact.formats.slots import Edit
from tests.conftest import ROOT

SUFFIXES = [suffix for row in FORMATS for suffix in row.suffixes]


def test_no_two_formats_claim_one_ending() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert len({row.name for row in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_safe_file_has_the_ending_of_a_format_that_keeps_it(suffix: str) -> None:
    safe = safe_suffix(f"Morag{suffix.upper()}")
    assert safe_suffix(f"safe{safe}") == safe
    assert stem_of(f"Morag{suffix}") == "Morag"


def test_other_endings_are_refused_naming_those_that_are_read() -> None:
    assert format_of("Morag.mp3") is None
    assert stem_of("Morag.mp3") == "Morag.mp3"
    assert safe_suffix("Morag.mp3") == ".txt"
    with pytest.raises(BadInput, match=r"does not read \.abc") as refused:
        check_suffix("Morag.abc", "here")
    assert all(suffix in refused.value.remedy for suffix in SUFFIXES)


@pytest.mark.parametrize(
    ("name", "what", "remedy"),
    [
        ("a.MP3", "a recording", "move it out of the folder, or leave it out"),
        ("a.doc", "Word of before 2007", "save it as .docx"),
        ("a.pages", "another word processor", "as .docx"),
        ("a.jpg", "a picture", "OCR"),
        ("a.lnk", "a shortcut", "put that file here"),
        ("a.msg", "a mail", ".txt or .docx"),
        ("a.nvp", "a program for coding", ".qdpx"),
    ],
)
def test_a_kind_of_file_that_people_have_is_named_with_its_own_remedy(
    name: str, what: str, remedy: str
) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        check_suffix(name, "here")
    assert remedy in refused.value.remedy


@pytest.mark.parametrize("here", [True, False])
def test_libreoffice_is_named_where_it_is_on_this_computer(
    here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if here:
        (tmp_path / "soffice").touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput, match="Word of before 2007") as refused:
        check_suffix("a.doc", "here")
    assert ("soffice --headless --convert-to docx" in refused.value.remedy) is here
    with pytest.raises(BadInput) as refused:
        check_suffix("a.mp3", "here")
    assert "soffice" not in refused.value.remedy


def test_the_table_in_the_documents_has_every_format_and_no_other() -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8")
    table = page[page.index("| file | comes out as") :].partition("\n\n")[0]
    told: dict[str, str] = {}
    for row in table.splitlines()[2:]:
        kinds, outs = (re.findall(r"`(\.\w+)`", cell) for cell in row.split("|")[1:3])
        told |= dict.fromkeys(kinds, outs[0] if outs else "the same")
    del told[".zip"]
    assert set(told) == set(SUFFIXES)
    for suffix, comes_out in told.items():
        assert comes_out in (safe_suffix(f"a{suffix}"), "the same")
        assert comes_out != "the same" or safe_suffix(f"a{suffix}") == suffix


@pytest.mark.parametrize("depth", [400, 5_000])
@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("a.json", '{"segments": [{"text": "hi", "x": ', '}], "language": "en"}'),
        ("a.html", "<html><body>", "</body></html>"),
        ("a.eaf", "<ANNOTATION_DOCUMENT>", "</ANNOTATION_DOCUMENT>"),
        ("a.rtf", r"{\rtf1 ", "}"),
    ],
)
def test_a_file_nested_to_any_depth_is_read_or_refused_in_a_line(
    depth: int, name: str, begin: str, end: str
) -> None:
    opened, closed = {"a.json": ("[", "]"), "a.rtf": ("{", "}")}.get(name, ("<div>", "</div>"))
    body = begin + opened * depth + closed * depth + end
    said = ""
    try:
        read_file(body.encode(), name, name)
    except BadInput as refused:
        said = refused.where
    assert said.startswith(name) or said == ""


def test_a_file_that_cannot_be_written_says_which_part_is_damaged() -> None:
    """Not that the safe file would not say what it should: that is to be reported."""
    out = io.BytesIO()
    sample = ROOT / "samples" / "formats" / "transcripts" / "morag-xlsx.xlsx"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            made.writestr(name, data[:-20] if name == "xl/theme/theme1.xml" else data)
    with pytest.raises(BadInput, match="cannot be read") as caught:
        write_file(read_file(out.getvalue(), "a.xlsx", "a.xlsx"), [Edit(0, 1, "X")], "a.xlsx")
    assert "xl/theme/theme1.xml" in str(caught.value.where)
