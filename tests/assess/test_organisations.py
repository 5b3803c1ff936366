"""What the safe texts of a study still tell of each organisation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import run_redact, study_of


@pytest.mark.model
def test_the_report_says_what_a_safe_text_still_tells_of_each(
    tmp_path: Path, passphrase_file: Path
) -> None:
    study = study_of(
        tmp_path,
        {
            "a.txt": "I: Who are you?\nR: Corriedoon Care was set up in 1987. We've nine staff on "
            "the island.\nR: It's all Self-directed Support and the Care Inspectorate.\n",
            "b.txt": "I: Who are you?\nR: Tarbelwick Homes does homelessness. It's Self-directed "
            "Support too.\n",
        },
        passphrase_file,
        interviews="interview,file,nation,organisation\nA,a.txt,Scotland,Corriedoon Care\n"
        "B,b.txt,Scotland,Tarbelwick Homes\n",
        roster="kind,name,category,size,founded,town_class\n"
        "ORG,Corriedoon Care,care,9 staff,1987,island\n"
        "ORG,Tarbelwick Homes,homelessness,40 staff,1990,big city\n",
    )
    key = ("--passphrase-file", passphrase_file)
    assert run_redact("risk", study, *key).code == 0
    report = (study / "risk.json").read_text("utf-8")
    one, other = sorted(json.loads(report)["organisations"], key=lambda o: -len(o["told"]))
    assert one["told"] == ["nation", "size", "town", "founded"]
    assert other["told"] == ["nation", "service"]
    assert (one["fits"], other["fits"]) == (1, 1)
    assert one["clues"]["founded"][0]["words"] == "set up in 1987"
    assert ["The Care Inspectorate"] in [t["things"] for t in one["together"]]
    assert not any("Self-directed Support" in t["things"] for t in other["together"])
    page = (study / "risk.html").read_text("utf-8")
    assert "<strong>1987</strong>" in page
    for name in ("Corriedoon", "Tarbelwick"):
        assert name not in report + page
