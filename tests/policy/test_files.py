"""What the shipped policies hide and keep, on a talk that has one of each and on the samples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest

from redact.library import pseudonymise
from tests.conftest import ROOT

pytestmark = pytest.mark.model
NAMES = ("hipaa-safe-harbor", "uk-ico-anonymisation", "teaching", "publication-quotes")
SAMPLE = ROOT / "samples" / "co-production"
SECRET = bytes(32)
ONE_OF_EACH = (
    "INT: Who are you?\n"
    "P01: I'm Morag MacLeod, I am 93, born on 4 March 1931. My ZIP code is 54806. Write to "
    "morag@example.org, or ring 715-555-0134. My social security number is 900-12-3456.\n"
    "P01: Will Dunlop is 47 and came on 12 June 2019. Medicaid pays, and we keep the minutes.\n"
)
HIDDEN = (
    "Morag",
    "MacLeod",
    "Dunlop",
    "am 93",
    "4 March",
    "12 June",
    "54806",
    "555-0134",
    "900-12",
)
# Beside what is hidden everywhere: what stands instead, and what the policy lets stay.
SAID: Mapping[str, tuple[str, ...]] = {
    "hipaa-safe-harbor": ("[aged 90 or over]", "[1931]", "[aged 40–49]", "[2019]", "[Person 1]"),
    "uk-ico-anonymisation": ("[aged 90 or over]", "[March 1931]", "[aged 40–49]", "[June 2019]"),
    "teaching": ("[aged 90 or over]", "[aged 40–49]"),
    "publication-quotes": ("[aged 90 or over]", "[1931]", "[aged 40–49]", "[2019]", "[Person 1]"),
}
NOT_SAID = {"hipaa-safe-harbor": ("March", "June"), "publication-quotes": ("March", "June")}


@pytest.mark.parametrize("name", NAMES)
def test_of_each_kind_what_is_hidden_and_what_is_kept(name: str) -> None:
    safe = pseudonymise(ONE_OF_EACH, name, secret=SECRET).text
    for word in (*HIDDEN, *NOT_SAID.get(name, ())):
        assert word not in safe, word
    for word in SAID[name]:
        assert word in safe, word
    assert "Medicaid pays, and we keep the minutes." in safe
    assert "[phone number]" in safe
    assert ("[" not in safe.split("P01: ")[2][:4]) is (name == "teaching")  # a name, or a label


@pytest.mark.parametrize("name", NAMES)
def test_on_the_samples_nobody_is_named_and_kept_words_stay(name: str) -> None:
    """By the gold: people, addresses and numbers are gone, and what is to be kept is there."""
    lines = (SAMPLE / "gold.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    texts = {one["id"]: one["text"] for one in gold}
    tables = {role: str(SAMPLE / f"{role}.csv") for role in ("roster", "interviews")}
    safe = pseudonymise(
        texts, name, roster=tables["roster"], interviews=tables["interviews"], secret=SECRET
    ).texts
    kept = [0, 0]
    for one in gold:
        for span in one["spans"]:
            form = one["text"][span["start"] : span["end"]]
            there = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", safe[one["id"]]) is not None
            if span["label"] in ("EMAIL", "PHONE") or (
                span["label"] == "PERSON" and len(form.split()) > 1
            ):
                assert not there, (name, one["id"], span["label"], span["start"])
            elif span["label"] == "KEEP":
                kept[there] += 1
    assert kept[True] > 9 * kept[False]
