"""DDI as CESSDA's Data Catalogue asks for it: its profile finds nothing missing that must be."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from lxml import etree

from redact.release.ddi import ddi
from redact.release.metadata import Facts
from redact.study.description import Description, parse_description
from tests.deposits import SAMPLE
from tests.proofs import PUBLISHED_METADATA, SCHEMAS, needs
from tests.release.cessda import asked, checked

KNOWN = Facts(
    name="deposit-1",
    date="2026-01-02",
    nations={"Scotland": 2, "United States": 1},
    policy="p 1",
    tool="redact 0.1.0",
    access="controlled",
    archive="UK Data Service",
    archive_home="https://ukdataservice.ac.uk/",
    access_called="Controlled data",
)
FILES = ("README.md", "interviews.csv", "transcripts/scot_01.txt")
# What only a person or the archive can say: ELSST's terms, a series, where vocabularies stand.
LEFT = ("ddi:keyword/@vocab", "ddi:topcClas/@vocabURI", "ddi:relPubl/ddi:citation", "ddi:serStmt")


def sample() -> Description:
    said = tomllib.loads((SAMPLE / "deposit.toml").read_text("utf-8"))
    said.pop("documents")
    return parse_description(said, "deposit.toml")


def elements(text: str, path: str) -> list[str]:
    root = etree.fromstring(text.encode("utf-8"))
    return [str(one.text) for one in root.iterfind(path, {"d": "ddi:codebook:2_5"})]


@needs(PUBLISHED_METADATA)
@pytest.mark.parametrize("profile", ["cdc25_profile.xml", "cdc25_profile_mono.xml"])
def test_nothing_is_missing_that_cessda_s_catalogue_asks_for(profile: str) -> None:
    at = SCHEMAS / "cessda-cmm" / profile
    assert len(asked(at)) > 50
    told = checked(ddi(sample(), KNOWN, FILES).encode("utf-8"), at)
    assert told.mandatory == ()
    assert [one for one in told.recommended if not any(left in one for left in LEFT)] == []


@needs(PUBLISHED_METADATA)
def test_the_checker_misses_what_is_taken_away() -> None:
    at = SCHEMAS / "cessda-cmm" / "cdc25_profile.xml"
    text = ddi(sample(), KNOWN, FILES)
    for old in (' agency="University of Nowhere"', ' URI="https://ukdataservice.ac.uk/"'):
        assert old in text
        assert checked(text.replace(old, "").encode("utf-8"), at).mandatory != ()


def test_the_archive_distributes_and_the_institution_deposits() -> None:
    text = ddi(sample(), KNOWN)
    assert elements(text, ".//d:distrbtr") == ["UK Data Service"]
    assert elements(text, ".//d:depositr") == ["University of Nowhere"]
    assert 'email="data@example.org"' in text
    alone = ddi(sample(), replace(KNOWN, archive="", archive_home=""))
    assert elements(alone, ".//d:distrbtr") == ["University of Nowhere"]
    assert elements(alone, ".//d:depositr") == elements(alone, ".//d:holdings") == []


def test_codes_are_given_only_where_the_steward_s_words_say_them() -> None:
    said = ddi(sample(), KNOWN)
    assert elements(said, ".//d:concept") == [
        "Individual",
        "CrossSection",
        "Nonprobability.Purposive",
        "Interview.FaceToFace",
    ]
    unsaid = Description(method="We asked them.", sampling="Those who came.", time_method="Once.")
    assert elements(ddi(unsaid, KNOWN), ".//d:concept") == ["Individual"]


def test_each_file_of_data_is_described_and_no_other() -> None:
    assert elements(ddi(sample(), KNOWN, FILES), ".//d:fileName") == list(FILES[1:])
