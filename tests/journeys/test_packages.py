"""Packages for five profiles, as little and as much said as may be, before every reader at once.

Each factor is there and not there for every profile: the role in the data list, an embargo, related
works, a team among the authors, contributors, ORCID and ROR. The study is made once.
"""

from __future__ import annotations

import json
from pathlib import Path

import bagit
import frictionless
import pytest
from lxml import etree

from tests.conftest import run_redact
from tests.deposits import described
from tests.proofs import PUBLISHED_METADATA, ROC_VALIDATOR, SCHEMAS, needs
from tests.release.cessda import checked
from tests.release.pdfa_marks import wrong_in_pdf
from tests.release.roc import REQUIRED, roc_says
from tests.shared import copy_of, made_once

PROFILES = ("ukds", "icpsr", "qdr", "zenodo", "plain")
PUBLISHED = {
    "datacite.xml": "datacite-4.5/metadata.xsd",
    "ddi-codebook.xml": "ddi-codebook-2.5/ddi_codebook_2_5.xsd",
    "dublin-core.xml": "dublin-core/oai_dc.xsd",
}
MUCH = """
contributors = [{ name = "Sample, Ben", role = "DataCollector" }]
institution_ror = "https://ror.org/00x0x0x00"
embargo = "2031-05-01"
related = ["10.5072/zenodo.1"]

[[creators]]
name = "Example, Ada"
orcid = "0000-0002-1825-0097"
affiliation = "University of Nowhere"
affiliation_ror = "https://ror.org/00x0x0x00"

[[creators]]
name = "The Talk Project"
is_organisation = true
"""
# What the validator recommends where the specification asks it "where possible" (RO-Crate 1.2,
# Recommended Identifiers) or lets it be words (its root entity's licence); decision 068.
NOT_OURS = (
    "An Organization entity SHOULD have a ROR",  # Zenodo, ICPSR, whoever the steward gives none of
    "A Person entity SHOULD have an ORCID",
    "A License entity SHOULD have an absolute",  # terms in words
    "The organization SHOULD have a URL",  # without a ROR there is none
)
OVERRIDDEN = ("--override", "G9 small counts", "--by", "A", "--by", "B", "--reason", "agreed")


@pytest.fixture(scope="module")
def packages(
    settled: Path, passphrase_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """By name the ten bags, in two studies."""

    def make(folder: Path) -> None:
        for much in (False, True):
            study = copy_of(settled, folder, "much" if much else "little")
            described(study)
            if much:
                (folder / "much.toml").write_text(MUCH, "utf-8")
                done = run_redact("describe", study, "--from", folder / "much.toml")
                assert done.code == 0, done.err
                policy = study / "policy.toml"
                whole = policy.read_text("utf-8")
                bare = whole.replace(', "organisation", "role"]', ', "organisation"]')
                assert bare != whole
                policy.write_text(bare, "utf-8")
            for profile in PROFILES:
                arguments: list[object] = ["release", study, "--profile", profile]
                if profile == "zenodo":
                    run_redact("describe", study, "--set", "access=safeguarded")
                    arguments += OVERRIDDEN
                done = run_redact(
                    *arguments, "--name", profile, "--passphrase-file", passphrase_file
                )
                assert done.code == 0, done.err
                run_redact("describe", study, "--set", "access=controlled")

    made = made_once(tmp_path_factory, "packages", make)
    return {
        f"{study}, {profile}": made / study / "release" / profile
        for study in ("little", "much")
        for profile in PROFILES
    }


EACH = pytest.mark.parametrize(
    "name", [f"{study}, {profile}" for study in ("little", "much") for profile in PROFILES]
)


@EACH
def test_our_verifier_bagit_and_frictionless_pass(packages: dict[str, Path], name: str) -> None:
    bag = packages[name]
    assert bagit.Bag(str(bag)).validate()
    assert run_redact("release", "verify", bag).code == 0
    report = frictionless.validate(bag / "data" / "datapackage.json")
    assert report.valid, report.to_summary()


@EACH
def test_its_papers_are_pdf_a_for_an_archive(packages: dict[str, Path], name: str) -> None:
    data = packages[name] / "data"
    pages = sorted(data.rglob("*.pdf"))
    assert bool(pages) == (not name.endswith("plain"))
    for one in pages:
        assert wrong_in_pdf(one.read_bytes()) == [], one.name
        assert one.with_suffix(".md").exists() or one.with_suffix(".csv").exists()


@needs(PUBLISHED_METADATA)
@EACH
def test_the_published_schemas_and_cessda_s_profile_pass(
    packages: dict[str, Path], name: str
) -> None:
    folder = packages[name] / "data" / "metadata"
    for file, schema in PUBLISHED.items():
        published = etree.XMLSchema(etree.parse(str(SCHEMAS / schema)))
        published.assertValid(etree.parse(str(folder / file)))
    told = checked(
        (folder / "ddi-codebook.xml").read_bytes(), SCHEMAS / "cessda-cmm" / "cdc25_profile.xml"
    )
    nowhere = (
        "/ddi:codeBook/ddi:stdyDscr/ddi:citation/ddi:holdings/@URI",
    )  # until an archive has it
    assert told.mandatory == (nowhere if name.endswith("plain") else ())


@needs(ROC_VALIDATOR)
def test_roc_validator_finds_nothing_that_is_ours(packages: dict[str, Path]) -> None:
    found = roc_says(bag / "data" for bag in packages.values())
    assert len(found) == len(packages)
    for crate, said in found.items():
        assert [one for level, one in said if level == REQUIRED] == [], crate
        assert [one for _, one in said if not one.startswith(NOT_OURS)] == [], crate


@EACH
def test_the_uk_data_service_has_the_transcripts_as_rtf_too(
    packages: dict[str, Path], name: str
) -> None:
    data = packages[name] / "data"
    texts = {one.stem for one in (data / "transcripts").iterdir()}
    rich = {one.stem for one in data.glob("as-*/*")}
    assert rich == (texts if name.endswith("ukds") else set())


def test_what_was_said_stands_in_the_package_and_what_was_not_does_not(
    packages: dict[str, Path],
) -> None:
    for name, bag in packages.items():
        data, much = bag / "data", name.startswith("much")
        cite = json.loads((data / "metadata" / "datacite.json").read_text("utf-8"))
        assert ("relatedIdentifiers" in cite) == much
        assert any(one["dateType"] == "Available" for one in cite["dates"]) == much
        kinds = {one["nameType"] for one in cite["creators"]}
        assert kinds == ({"Personal", "Organizational"} if much else {"Personal"})
        head = (data / "interviews.csv").read_text("utf-8").partition("\n")[0]
        if "qdr" not in name:
            assert ("role" in head.split(",")) != much, name
