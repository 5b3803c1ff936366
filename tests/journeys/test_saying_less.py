"""Under actions that say less the safe text reads on, and the originals come back byte for byte."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Result

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = {"PERSON": "role", "PLACE": "generalise", "ORG": "category", "DATE": "month"}
TEXT = """\
INT: Thanks, Morag. It's 12 February 2019.
Morag: I'm Morag Haldane, I'm forty-two, from Auchtermuchty, and I run Corrieburn Support.
Morag: Will Petrie came on the third of May. He's ninety-one.
"""
ROSTER = """\
kind,name,aliases,role,organisation,nation,gender,category,interview
PERSON,Morag Haldane,,team leader,Corrieburn Support,Scotland,woman,,S1
ORG,Corrieburn Support,,,,Scotland,,"homelessness, Scotland",
"""
INTERVIEWS = """\
interview,file,nation,organisation,role
S1,one.txt,Scotland,Corrieburn Support,lead
"""


def test_roles_areas_months_and_bands_stand_for_what_was_said(
    redact: Callable[..., Result], tmp_path: Path, passphrase_file: Path
) -> None:
    source = tmp_path / "talks"
    source.mkdir()
    (source / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "interviews.csv").write_text(INTERVIEWS, "utf-8")
    policy = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    for label, action in {**ACTIONS, "AGE": "band"}.items():
        policy = policy.replace(f'\n{label} = "label"', f'\n{label} = "{action}"')
    mine = tmp_path / "mine.toml"
    mine.write_text(policy, "utf-8")
    study, key = tmp_path / "study", ["--passphrase-file", passphrase_file]
    tables = ["--roster", tmp_path / "roster.csv", "--interviews", tmp_path / "interviews.csv"]
    made = redact("run", source, "--policy", mine, "--out", study, *tables, *key)
    assert made.code == 0, made.err
    (path,) = (study / "safe").iterdir()
    assert path.read_text("utf-8") == (
        "INT: Thanks, [team leader 1]. It's [February 2019].\n"
        "[team leader 1]: I'm [team leader 1], I'm [aged 40–49], from [a village in Fife], "
        "and I run [homelessness, Scotland].\n"
        "[team leader 1]: [Person 1] came on [May]. He's [aged 90 or over].\n"
    )
    back = tmp_path / "back"
    assert redact("restore", study, "--to", back, *key).code == 0
    (original,) = back.iterdir()
    assert original.read_bytes() == TEXT.encode()
