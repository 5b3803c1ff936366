"""The plots of the risk page show what was measured: each column's k, and attacks beside chance."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from redact.assess.figures import plots_of
from redact.release.measures import Exposure
from redact.release.second_look import NOT_LOOKED
from redact.risk.attack import Outcome
from redact.risk.uniqueness import QuasiTable

LIST = QuasiTable(
    ("nation", "role"),
    (("S", "nurse"), ("S", "nurse"), ("U", "nurse"), ("U", "cook")),
    ("one", "two", "three", "four"),
)


def title(svg: str) -> str:
    return ET.fromstring(svg).findtext("title") or ""  # noqa: S314 our own


def test_k_is_shown_of_each_column_of_all_and_of_all_but_each() -> None:
    plots = plots_of(LIST, Exposure(), NOT_LOOKED, 3)
    assert title(plots["k by column"]) == (
        "k of the data list by column. nation: k 2; role: k 1; all together: k 1; "
        "all but nation: k 1; all but role: k 2"
    )
    assert plots["success against chance"] == ""
    assert plots["names that may be left"] == ""


def test_attacks_on_people_and_organisations_are_shown_with_their_chance() -> None:
    attacks = (
        Outcome(attack="interviewees, by their talk", tried=12, right=9, by_chance=0.9, likely=0.0),
        Outcome(attack="places, by the gazetteer", tried=9, right=1, by_chance=0.1, likely=0.1),
        Outcome(attack="organisations, by the talk", tried=0, right=0, by_chance=0, likely=1),
    )
    empty = QuasiTable((), (), ())
    svg = plots_of(empty, Exposure(attacks=attacks), NOT_LOOKED, 3)["success against chance"]
    assert title(svg).endswith("interviewees, by their talk: 9 of 12, better than chance")
    root = ET.fromstring(svg)  # noqa: S314 our own
    assert sum(1 for line in root.iter("line") if line.get("stroke-dasharray")) == 1
