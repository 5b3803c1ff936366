"""FORMATS is the one table: what is read, what comes out, and what the documents say of it."""

import re

import pytest

from redact.errors import BadInput
from redact.formats.registry import FORMATS, check_suffix, format_of, safe_suffix, stem_of
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
    with pytest.raises(BadInput, match=r"does not read \.mp3") as refused:
        check_suffix("Morag.mp3", "here")
    assert all(suffix in refused.value.remedy for suffix in SUFFIXES)


def test_the_table_in_the_documents_has_every_format_and_no_other() -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8")
    table = page[page.index("| file | comes out as") :].partition("\n\n")[0]
    told: dict[str, str] = {}
    for row in table.splitlines()[2:]:
        kinds, outs = (re.findall(r"`(\.\w+)`", cell) for cell in row.split("|")[1:3])
        told |= dict.fromkeys(kinds, outs[0] if outs else "the same")
    del told[".zip"], told[".jsonl"]
    assert set(told) == set(SUFFIXES)
    for suffix, comes_out in told.items():
        assert comes_out in (safe_suffix(f"a{suffix}"), "the same")
        assert comes_out != "the same" or safe_suffix(f"a{suffix}") == suffix
