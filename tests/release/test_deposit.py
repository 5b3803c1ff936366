"""A deposit made of the sample: what an archive gets, what it can check, and what stops it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import bagit
import docx
import frictionless
import pytest
from datacite import schema45
from rocrate.rocrate import ROCrate

from tests.conftest import Result, run_redact
from tests.release.depositing import SAMPLE, described, rows

DDI = "{ddi:codebook:2_5}"


@pytest.mark.parametrize("profile", ["ukds", "icpsr", "qdr", "zenodo", "plain"])
def test_a_deposit_passes_every_reader_of_its_formats(
    study: Path, release: Callable[..., Result], profile: str
) -> None:
    described(study)
    done = release(study, "--profile", profile)
    if profile == "zenodo":  # it has no controlled access
        assert (done.code, "Access that Zenodo gives" in done.err) == (4, True)
        described(study, "access=safeguarded")
        two = ("--override", "G9 small counts", "--by", "A", "--by", "B", "--reason", "agreed")
        done = release(study, "--profile", profile, *two)
    assert done.code == 0, done.err
    bag = study / "release" / "archive-deposit-01"
    data = bag / "data"
    assert bagit.Bag(str(bag)).validate()
    assert run_redact("release", "verify", bag).code == 0
    report = frictionless.validate(data / "datapackage.json")
    assert report.valid, report.to_summary()
    said = json.loads((data / "metadata" / "datacite.json").read_text("utf-8"))
    assert schema45.validate(said)
    assert schema45.tostring({"doi": ":tba", **said}).strip() == (
        (data / "metadata" / "datacite.xml").read_text("utf-8").strip()
    )
    crate = ROCrate(data)
    assert {file.id for file in crate.data_entities} == {
        path.relative_to(data).as_posix()
        for path in data.rglob("*")
        if path.is_file()
        and path.name != "ro-crate-metadata.json"
        and path.parent.name != "metadata"
        and path.name != "datapackage.json"
    }
    (action,) = crate.get_by_type("CreateAction")
    assert action["instrument"]["name"] == "redact"
    for name in ("ddi-codebook.xml", "dublin-core.xml"):
        assert "Co-production and Personalisation" in (data / "metadata" / name).read_text("utf-8")


def test_the_parts_of_ddi_stand_in_the_order_of_its_schema(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    file = study / "release" / "archive-deposit-01" / "data" / "metadata" / "ddi-codebook.xml"
    (described_study,) = ET.fromstring(file.read_text("utf-8"))  # noqa: S314 our own
    order = ["citation", "studyAuthorization", "stdyInfo", "method", "dataAccs"]
    assert [one.tag.removeprefix(DDI) for one in described_study] == order
    nations = [one.get("abbr") for one in described_study.iter(f"{DDI}nation")]
    assert nations == ["GB-SCT", "US"]
    assert described_study.find(f".//{DDI}AuthEnty").text == "Example, Ada"  # type: ignore[union-attr]


def test_transcripts_are_texts_under_their_row_and_keep_their_own_format_beside(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    data = study / "release" / "archive-deposit-01" / "data"
    listed = {row["interview"]: row for row in rows(data / "interviews.csv")}
    assert len(listed) == 12
    for name, row in listed.items():
        text = (data / row["file"]).read_text("utf-8")
        header = text.partition("-" * 40)[0].split("\n")
        assert header[0] == f"Interview: {name}"
        assert {f"Nation: {row['nation']}", f"Role: {row['role']}"} <= set(header)
        assert not any(line.startswith(("Words", "File")) for line in header)
        body = text.partition("-" * 40 + "\n\n")[2]
        assert body == (study / "safe" / f"{name}.txt").read_text("utf-8")
    (docx,) = (data / "original-format").iterdir()
    assert docx.suffix == ".docx"
    assert "original-format" in (data / "README.md").read_text("utf-8")
    assert not (data / "transcripts" / docx.name).exists()
    assert (data / "transcripts" / f"{docx.stem}.txt").exists()


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


def test_the_log_of_anonymisation_counts_what_was_replaced_and_says_no_word_of_it(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "icpsr").code == 0
    data = study / "release" / "archive-deposit-01" / "data"
    summary = json.loads((data / "redaction-summary.json").read_text("utf-8"))
    counted: Counter[str] = Counter()
    for row in rows(data / "documentation" / "anonymisation-log.csv"):
        assert (data / row["file"]).exists()
        counted[row["kind"]] += int(row["places"])
    counted.pop("GRAMMAR", None)
    assert dict(counted) == summary["replaced"]
    methods = (data / "documentation" / "methods.md").read_text("utf-8")
    assert f"{summary['replaced']['PERSON']} names of people" in methods
    assert "A person read every transcript" in methods


def test_the_same_inputs_give_the_same_bytes(
    study: Path, tmp_path: Path, release: Callable[..., Result]
) -> None:
    described(study)
    shutil.copytree(study, tmp_path / "again")
    for one in (study, tmp_path / "again"):
        assert release(one, "--profile", "qdr").code == 0
    first, second = (one / "release" / "archive-deposit-01" for one in (study, tmp_path / "again"))
    names = sorted(path.relative_to(first) for path in (first / "data").rglob("*"))
    assert names == sorted(path.relative_to(second) for path in (second / "data").rglob("*"))
    for name in [*names, Path("manifest-sha512.txt"), Path("bagit.txt"), Path("bag-info.txt")]:
        if (first / name).is_file():
            assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_an_archive_s_list_says_what_is_missing_and_nothing_is_built(
    study: Path, release: Callable[..., Result]
) -> None:
    checked = release(study, "--profile", "ukds", "--check", "--json")
    assert checked.code == 3
    assert "The topic guide" in checked.json["missing"]
    assert "A data list" in checked.json["there"]
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "UK Data Service wants more" in refused.err) == (4, True)
    assert list((study / "release").iterdir()) == []
    described(study)
    assert release(study, "--profile", "ukds", "--check").code == 0
    described(study, "access=safeguarded")
    checked = release(study, "--profile", "ukds", "--check", "--json")
    assert checked.json["missing"] == ["k 3 for safeguarded access (the data list has 1)"]


NAMES: list[tuple[str, str]] = [
    ("title", "Personalisation at Corriedoon Supported Living"),
    ("abstract", "We thank Morag Reid for her time."),
    ("contact", "Ask Ishbel McKinnon."),
    ("subjects", "care; Kilmarnock"),
]


@pytest.mark.parametrize(("setting", "value"), NAMES)
def test_a_name_in_the_description_stops_the_release_and_is_not_shown(
    study: Path, release: Callable[..., Result], setting: str, value: str
) -> None:
    described(study, f"{setting}={value}")
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "G2 no original" in refused.err) == (4, True), refused.err
    said = refused.err + (study / "audit" / "log.jsonl").read_text("utf-8")
    assert not any(name in said for name in ("Corriedoon", "Morag", "Ishbel", "Kilmarnock"))
    assert list((study / "release").iterdir()) == []


@pytest.mark.parametrize(("who", "gate"), [("Morag Reid", "G2"), ("Zebedee Petrie", "Papers")])
def test_a_name_in_a_paper_stops_the_release(
    study: Path, tmp_path: Path, release: Callable[..., Result], who: str, gate: str
) -> None:
    described(study)
    guide = tmp_path / "guide.md"
    guide.write_text(f"1. Ask {who} about the office.\n", "utf-8")
    settings = study / "study.toml"
    text = settings.read_text("utf-8")
    old = str((SAMPLE / "documents" / "topic-guide.md").resolve())
    assert old in text
    settings.write_text(text.replace(old, str(guide)), "utf-8")
    refused = release(study, "--profile", "ukds")
    assert refused.code == 4
    assert f"the gate {gate}" in refused.err
    assert "documentation/topic-guide.md" in refused.err
    assert who not in refused.err


def test_what_is_hidden_in_a_paper_is_left_out_and_a_maker_may_be_named(
    study: Path, tmp_path: Path, release: Callable[..., Result]
) -> None:
    described(study)
    guide = tmp_path / "guide.docx"
    made = docx.Document()
    made.core_properties.author = "Zebedee Petrie"
    made.add_paragraph("1. Ask Ada Example at the University of Nowhere what this is for.")
    made.save(str(guide))
    settings = study / "study.toml"
    text = settings.read_text("utf-8")
    old = str((SAMPLE / "documents" / "topic-guide.md").resolve())
    settings.write_text(text.replace(old, str(guide)), "utf-8")
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    bag = study / "release" / "archive-deposit-01"
    paper = docx.Document(str(bag / "data" / "documentation" / "topic-guide.docx"))
    assert paper.core_properties.author == ""
    assert paper.paragraphs[0].text.startswith("1. Ask Ada Example")


def test_a_second_release_says_what_changed(study: Path, release: Callable[..., Result]) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    first = study / "release" / "archive-deposit-01" / "data" / "documentation"
    assert not (first / "changes.md").exists()
    described(study, "abstract=Another one.")
    assert release(study, "--profile", "ukds").code == 0
    told = study / "release" / "archive-deposit-02" / "data" / "documentation" / "changes.md"
    text = told.read_text("utf-8")
    assert "## Changed" in text
    assert "`metadata/datacite.json`" in text
    assert "transcripts/" not in text
    assert "Gone" not in text


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("access=secret", "access"),
        ("year=26", "year"),
        ("embargo=2027-02-30", "embargo"),
        ("collected=last spring", "collected"),
        ("nothing=1", "answers no question"),
        ("title", "answers no question"),
    ],
)
def test_what_cannot_be_said_of_a_study_is_refused_and_nothing_is_written(
    study: Path, setting: str, said: str
) -> None:
    before = (study / "study.toml").read_bytes()
    done = run_redact("describe", study, "--set", setting)
    assert (done.code, said in done.err) == (2, True), done.err
    assert (study / "study.toml").read_bytes() == before


def test_a_false_orcid_is_noticed(study: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "deposit.toml"
    wrong.write_text(
        'creators = [{ name = "Example, Ada", orcid = "0000-0002-1825-0098" }]\n', "utf-8"
    )
    done = run_redact("describe", study, "--from", wrong)
    assert (done.code, "does not fit" in done.err) == (2, True), done.err


def test_study_toml_keeps_its_comments(study: Path) -> None:
    described(study)
    text = (study / "study.toml").read_text("utf-8")
    assert "# Why this access? The log keeps the reason with your name." in text
    assert text.startswith("# A redact study.")


def test_a_bag_proves_that_the_log_has_it_file_by_file(
    study: Path, tmp_path: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    described(study, "abstract=Another one.")
    assert release(study, "--profile", "ukds").code == 0
    one, two = (study / "release" / f"archive-deposit-0{n}" for n in (1, 2))
    assert "that the log has this release" in run_redact("release", "verify", one).out
    shutil.copytree(one, tmp_path / "mixed")
    for name in ("audit-inclusion.txt", "audit-checkpoint.note", "audit-cosigned.note"):
        shutil.copy(two / name, tmp_path / "mixed" / name)
    bag = bagit.Bag(str(tmp_path / "mixed"))
    bag.save(manifests=True)
    done = run_redact("release", "verify", tmp_path / "mixed")
    assert done.code == 1
