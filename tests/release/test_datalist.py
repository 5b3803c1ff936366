"""The data list: the archive's columns, as far as the policy lets them be said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.custody.payload import Entry, Form
from redact.detect.key_search import KeySearch
from redact.release.datalist import (
    DataList,
    header_accounted,
    header_block,
    ordered,
    without_names,
)
from redact.release.gates import gate_no_original
from redact.release.released import ReleasedText
from tests.conftest import Result
from tests.custody.test_payload import make_key
from tests.deposits import described, rows


@pytest.mark.parametrize(
    ("profile", "columns"),
    [
        ("ukds", "interview role organisation nation file words"),
        ("icpsr", "interview file format words nation organisation role"),
        ("qdr", "file type_of_data description interview nation organisation role"),
        ("plain", "interview file nation organisation role"),
    ],
)
def test_the_data_list_has_the_columns_of_the_archive_as_far_as_the_policy_lets_it(
    study: Path, release: Callable[..., Result], profile: str, columns: str
) -> None:
    described(study)
    done = release(study, "--profile", profile)
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    listed = rows(data / "interviews.csv")
    assert list(listed[0]) == columns.split()
    for row in listed:
        text = (data / row["file"]).read_bytes()
        if "words" in row:
            safe = (study / "safe" / f"{row['interview']}.txt").read_text("utf-8")
            assert int(row["words"]) == len(safe.split())
            assert text
        if profile == "qdr":
            assert row["description"] == f"Interview, {row['role']}, {row['nation']}"
    described_as = json.loads((data / "datapackage.json").read_text("utf-8"))
    fields = described_as["resources"][0]["schema"]["fields"]
    assert [one["name"] for one in fields] == columns.split()
    assert all(one["description"] for one in fields)


def test_columns_that_an_archive_s_lists_have_may_be_left_out(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    done = release(study, "--profile", "ukds", "--check")
    assert done.code == 0, done.out
    assert "– The columns its data lists have: without gender, age_band, year" in done.out
    assert "Nothing is missing." in done.out


def entry(kind: str, *forms: str) -> Entry:
    made = tuple(Form(text=form, count=1) for form in forms)
    return Entry(pseudonym=f"[{kind} 4]", type=kind, forms=made, decided_by="t", reason="t")


LIST = DataList(("interview", "role", "nation"), (("s1", "=1+1", "Scotland"), ("s2", "cook", "")))


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-2", "@role", "\tx"])
def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote(cell: str) -> None:
    assert DataList(("role",), ((cell,),)).csv() == f"role\n'{cell}\n"


@pytest.mark.parametrize("cell", ["cook", "1+1", "a=b", ""])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert DataList(("role", "x"), ((cell, "y"),)).csv() == f"role,x\n{cell},y\n"


def test_a_row_and_a_column_are_found_by_their_name() -> None:
    assert LIST.column("role") == ("=1+1", "cook")
    assert LIST.row_of("s2") == {"interview": "s2", "role": "cook", "nation": ""}
    assert LIST.row_of("s9") == {}
    with pytest.raises(KeyError):
        LIST.column("gender")
    assert "cook" not in repr(LIST)


def test_columns_of_our_own_making_single_nobody_out() -> None:
    assert LIST.quasi().columns == ("role", "nation")
    assert LIST.quasi(["nation"]).columns == ("nation",)
    assert LIST.quasi().names == ("s1", "s2")


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("manager for Morag Reid", "manager for […]"),
        ("Morag Reid, Morag Reid", "[…], […]"),
        ("hope and will", "hope and will"),
        ("Hope's cook", "[…]'s cook"),
        ("cook", "cook"),
    ],
)
def test_a_name_in_a_cell_is_left_out_and_a_word_in_small_letters_stays(
    cell: str, left: str
) -> None:
    assert without_names(cell, KeySearch([("", "Morag Reid"), ("", "Hope")])) == left


def test_what_stands_above_a_transcript_is_neither_file_nor_count() -> None:
    row = {"interview": "s1", "file": "s1.txt", "words": "80", "role": "cook", "nation": ""}
    above = header_block(row, tuple(row))
    assert above == "Interview: s1\nRole: cook\n" + "-" * 40 + "\n\n"
    assert header_block({}, ("role",)) == ""


def test_an_archive_s_columns_come_first_and_only_if_they_are_released_or_counted() -> None:
    assert ordered(("role", "nation"), ("nation", "gender", "words")) == ("nation", "words", "role")


def test_heads_of_columns_and_pseudonyms_are_no_names_of_the_study() -> None:
    """Somebody called a body "the organisation", and so are a column and its pseudonyms called."""
    listed = DataList(
        ("interview", "organisation", "role", "site"),
        (("s1", "[Organisation 4]", 'head of "Harbor", so', ""), ("s2", "Harbor", "", "=site")),
    )
    text = listed.csv()
    said: dict[str, list[str]] = {}
    for one in listed.accounted({"[Organisation 4]"}):
        said.setdefault(one.reason, []).append(text[one.span.start : one.span.end])
    assert said == {
        "ordinary_word": ["interview", "organisation", "role"],
        "pseudonym": ["[Organisation 4]"],
    }
    key = make_key(entries=(entry("ORG", "organisation", "Harbor"),))
    released = ReleasedText(
        "interviews.csv",
        text,
        sure=tuple(listed.accounted({"[Organisation 4]"})),
        strict=True,
        cells=listed.cells(),
    )
    places = [one.place() for one in gate_no_original(key, [released], ()).findings]
    assert places == ["interviews.csv, s1, column role", "interviews.csv, s2, column organisation"]
    header = header_block(listed.row_of("s1"), listed.columns)
    accounted = list(header_accounted(header, {"[Organisation 4]"}))
    assert [header[a.span.start : a.span.end] for a in accounted] == [
        *("Interview", "Organisation", "[Organisation 4]", "Role")
    ]
