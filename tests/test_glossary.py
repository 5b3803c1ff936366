"""Pages for newcomers explain each term of ours where it is first met; one word, one meaning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
TERMS = re.findall(r"^## (.+)$", GLOSSARY, re.MULTILINE)
# Words of everyday life as well, or of the page itself: only the glossary tells what they mean.
EVERYDAY = {"Roster", "Steward", "Mention", "Drill", "Singles out", "Checkpoint", "Policy", "k"}
PAGES = [
    ROOT / "README.md",
    *(ROOT / "docs" / name for name in ("first-study.md", "road-ukds.md", "road-icpsr.md")),
]
_CODE = re.compile(r"```.*?```|^    .*$|`[^`]*`|\]\([^)]*\)", re.DOTALL | re.MULTILINE)


def anchor(term: str) -> str:
    return term.lower().replace(" ", "-")


def test_the_terms_stand_in_the_order_of_the_alphabet_and_once() -> None:
    assert sorted(set(map(str.lower, TERMS))) == [term.lower() for term in TERMS]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_term_is_explained_on_every_page_that_uses_it(page: Path) -> None:
    text = page.read_text("utf-8")
    said = _CODE.sub("", text)
    unexplained = [
        term
        for term in set(TERMS) - EVERYDAY
        if re.search(rf"\b{term}(s|d)?\b", said, re.IGNORECASE)
        and f"glossary.md#{anchor(term)})" not in text
    ]
    assert unexplained == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_of_the_glossary_is_in_it(page: Path) -> None:
    cited = re.findall(r"glossary\.md#([\w-]+)\)", page.read_text("utf-8"))
    assert set(cited) <= {anchor(term) for term in TERMS}


def test_what_the_readme_shows_is_said_in_the_sample() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    talks = ROOT / "samples" / "co-production" / "transcripts"
    sample = (talks / "kilmarnock_morag.txt").read_text("utf-8")
    for before in re.findall(r"^\| (\S.*?) \| .*\[Person", readme, re.MULTILINE):
        assert before in sample
