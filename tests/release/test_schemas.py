"""The metadata's XML fits its schema whatever a steward says, and what does not is refused."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from redact.errors import GateRefused
from redact.release import metadata
from redact.release.ddi import ddi
from redact.release.metadata import Facts
from redact.release.schemas import validated
from redact.study.description import Contributor, Creator, Description
from tests.proofs import PUBLISHED_METADATA, SCHEMAS, needs

DDI = "{ddi:codebook:2_5}"


words = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=30)


maybe = st.one_of(st.just(""), words)


days = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat)


descriptions = st.builds(
    Description,
    title=maybe,
    abstract=maybe,
    creators=st.lists(
        st.builds(
            Creator,
            name=words,
            affiliation=maybe,
            orcid=st.sampled_from(["", "0000-0002-1825-0097"]),
            affiliation_ror=st.sampled_from(["", "https://ror.org/00x0x0x00"]),
            is_organisation=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    contributors=st.lists(
        st.builds(
            Contributor,
            name=words,
            role=st.sampled_from(["DataCollector", "Supervisor", "Other"]),
            is_organisation=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    institution=maybe,
    institution_ror=st.sampled_from(["", "https://ror.org/00x0x0x00"]),
    year=st.sampled_from(["", "2021"]),
    subjects=st.lists(words, max_size=3).map(tuple),
    collected=st.one_of(st.just(""), st.just("2019"), days, st.tuples(days, days).map("/".join)),
    period=st.one_of(st.just(""), st.just("1990"), st.tuples(days, days).map("/".join)),
    method=maybe,
    sampling=maybe,
    universe=maybe,
    time_method=st.one_of(maybe, st.just("Cross-sectional.")),
    topics=st.lists(words, max_size=2).map(tuple),
    related=st.lists(st.just("10.5072/zenodo.1"), max_size=1).map(tuple),
    transcription=maybe,
    narrative=maybe,
    purpose=maybe,
    design=maybe,
    unit=st.one_of(maybe, st.just("Organisations")),
    ethics=maybe,
    legal_basis=maybe,
    rights_holder=maybe,
    third_parties=maybe,
    funder=maybe,
    funder_id=st.sampled_from(["", "https://ror.org/00x0x0x00", "https://doi.org/10.13039/000"]),
    grant=maybe,
    contact=maybe,
    licence=st.one_of(maybe, st.just("CC-BY-4.0")),
    embargo=st.one_of(st.just(""), days),
    access_reason=maybe,
)


facts = st.builds(
    Facts,
    name=st.just("archive-deposit-01"),
    date=days,
    nations=st.dictionaries(
        st.sampled_from(["Scotland", "United States", "unknown"]), st.integers(1, 90), min_size=1
    ),
    policy=st.just("archive-deposit 1"),
    tool=st.just("redact 0.1.0"),
    access=st.sampled_from(["open", "safeguarded", "controlled"]),
    archive=st.sampled_from(["", "UK Data Service"]),
    archive_home=st.sampled_from(["", "https://ukdataservice.ac.uk/"]),
)


def written(description: Description, known: Facts) -> dict[str, str]:
    return {
        "datacite": metadata.datacite_xml(metadata.datacite(description, known)),
        "ddi-codebook": ddi(description, known, ["transcripts/a.txt", "README.md"]),
        "dublin-core": metadata.dublin_core(description, known),
    }


@given(descriptions, facts)
@settings(deadline=None)  # the first reads the schemas
def test_whatever_is_said_the_metadata_fit_their_schemas(
    description: Description, known: Facts
) -> None:
    for schema, text in written(description, known).items():
        assert validated(schema, text) == text  # and none was refused when it was made


def sample() -> tuple[Description, Facts]:
    return Description(title="A study", collected="2019"), Facts(
        name="x",
        date="2026-01-02",
        nations={"Scotland": 2},
        policy="p 1",
        tool="redact 0.1.0",
        access="controlled",
    )


def without(text: str, tag: str) -> str:
    root = ET.fromstring(text)  # noqa: S314 our own
    for parent in root.iter():
        for child in list(parent):
            if child.tag.rpartition("}")[2] == tag:
                parent.remove(child)
    return ET.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("schema", "tag"),
    [
        ("datacite", "identifier"),
        ("datacite", "creators"),
        ("ddi-codebook", "titl"),
        ("ddi-codebook", "stdyDscr"),
    ],
)
def test_what_a_schema_asks_for_is_missed(schema: str, tag: str) -> None:
    text = written(*sample())[schema]
    with pytest.raises(GateRefused, match=f"does not fit the schema of {schema}"):
        validated(schema, without(text, tag))


@pytest.mark.parametrize(
    ("schema", "old", "new"),
    [
        ("ddi-codebook", 'event="single"', 'event="once"'),
        ("ddi-codebook", '<distrbtr xml:lang="en">not named</distrbtr>', ""),
        ("datacite", ">2026</publicationYear>", ">26</publicationYear>"),
        ("datacite", 'dateType="Created"', 'dateType="Made"'),
        ("dublin-core", "dc:rights>", "dc:right>"),
        ("dublin-core", "</oai_dc:dc>", ""),
    ],
)
def test_what_does_not_fit_is_refused_without_a_word_of_it(schema: str, old: str, new: str) -> None:
    text = written(*sample())[schema]
    assert old in text
    with pytest.raises(GateRefused) as refused:
        validated(schema, text.replace(old, new))
    assert "A study" not in str(refused.value)


@needs(PUBLISHED_METADATA)
@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("datacite", "datacite-4.5/metadata.xsd"),
        ("ddi-codebook", "ddi-codebook-2.5/ddi_codebook_2_5.xsd"),
        ("dublin-core", "dublin-core/oai_dc.xsd"),
    ],
)
@given(descriptions, facts)
@settings(deadline=None)
def test_the_published_schemas_agree(
    schema: str, file: str, description: Description, known: Facts
) -> None:
    published = etree.XMLSchema(etree.parse(str(SCHEMAS / file)))
    published.assertValid(etree.fromstring(written(description, known)[schema].encode("utf-8")))
