"""A participant takes their word back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import run_redact, tree
from tests.shared import copy_of

ONE = "INT: Who?\nR: Morag Haldane came, with Effie Muir.\n"
TWO = "INT: And?\nR: Hugh Petrie saw Morag Haldane in Oban.\n"
TABLE = "interview,file,nation\nS1,one.txt,Scotland\nS2,two.txt,Scotland\n"


def study_in(folder: Path, passphrase_file: Path) -> Path:
    source = folder / "talks"
    source.mkdir()
    (source / "one.txt").write_text(ONE, "utf-8")
    (source / "two.txt").write_text(TWO, "utf-8")
    (folder / "interviews.csv").write_text(TABLE, "utf-8")
    made = run_redact(
        "run",
        source,
        "--policy",
        "safe-copy",
        "--out",
        folder / "study",
        "--interviews",
        folder / "interviews.csv",
        "--passphrase-file",
        passphrase_file,
    )
    assert made.code == 0, made.err
    return folder / "study"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    return study_in(tmp_path_factory.mktemp("withdraw"), passphrase_file)


@pytest.fixture
def study(original: Path, tmp_path: Path, passphrase_file: Path) -> tuple[Path, list[object]]:
    return copy_of(original, tmp_path), ["--passphrase-file", passphrase_file]


def test_the_transcript_goes_and_who_is_only_in_it_and_the_rest_stays(
    study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    before = tree(made / "safe")
    assert run_redact("risk", made, *key).code == 0
    done = run_redact("withdraw", made, "S1", "--by", "AB", "--json", *key)
    assert done.code == 0, done.err
    (gone,) = done.json["transcripts"]
    assert done.json["entities"] == 1  # Effie Muir; Morag Haldane is in the other one too
    assert done.json["releases"] == ["safe-copy-01"]
    assert not (made / "risk.html").exists()  # a passage of theirs might stand there
    assert not (made / "risk.json").exists()
    assert not (made / "work" / "attacks.json").exists()
    (other,) = (made / "work" / "second_looks.jsonl").read_bytes().splitlines()
    assert b'"transcript":"' in other
    after = tree(made / "safe")
    assert after == {name: data for name, data in before.items() if name != gone}
    assert run_redact("key", "check", made, *key).code == 0
    again = run_redact("release", made, *key)
    assert again.code == 0, again.err
    assert gone not in {p.name for p in (made / "release" / "safe-copy-02").rglob("*")}
    back = tmp_path / "back"
    assert run_redact("restore", made, "--to", back, *key).code == 0
    assert tree(back) == {"two.txt": TWO.encode()}
    files = [path for path in (made / "work").iterdir() if path.suffix == ".jsonl"]
    left = "".join(path.read_text("utf-8") for path in files)
    log = (made / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"withdraw"' in log
    assert "Haldane" not in left + log
    assert run_redact("replace", made, *key).out.startswith("replace: up to date")


def test_the_source_cannot_come_back_by_mistake(tmp_path: Path, passphrase_file: Path) -> None:
    made, source = study_in(tmp_path, passphrase_file), tmp_path / "talks"
    key = ("--passphrase-file", passphrase_file)
    assert run_redact("withdraw", made, "one", "--by", "AB", *key).code == 0
    again = ["run", source, "--policy", "safe-copy", "--out", made, *key]
    refused = run_redact(*again)
    assert (refused.code, "withdrawn from this study" in refused.err) == (2, True)
    (source / "one.txt").unlink()
    assert run_redact(*again).code == 0


@pytest.mark.parametrize("gone", ["one", "two"])
def test_the_number_of_a_withdrawn_document_is_never_another_s(
    tmp_path: Path, passphrase_file: Path, gone: str
) -> None:
    """What the log has of it, who read it and what was decided, would be told of the other."""

    def numbers() -> set[str]:
        lines = (made / "work" / "mentions.jsonl").read_text("utf-8").splitlines()
        return {str(json.loads(line)["transcript"]) for line in lines}

    made, source = study_in(tmp_path, passphrase_file), tmp_path / "talks"
    key = ("--passphrase-file", passphrase_file)
    before = numbers()
    assert run_redact("withdraw", made, gone, "--by", "AB", *key).code == 0
    left = numbers()
    (source / f"{gone}.txt").unlink()
    (source / "three.txt").write_text("INT: Who?\nR: Senga Laidlaw came.\n", "utf-8")
    done = run_redact("run", source, "--policy", "safe-copy", "--out", made, *key)
    assert done.code == 0, done.err
    assert not (numbers() - left) & before


@pytest.mark.parametrize("nobody", ["S9", "", ".txt"])
def test_nobody_is_withdrawn_by_a_wrong_name(study: tuple[Path, list[object]], nobody: str) -> None:
    made, key = study
    refused = run_redact("withdraw", made, nobody, "--by", "AB", *key)
    assert (refused.code, "no transcript" in refused.err) == (2, True)


def test_the_last_transcript_is_not_withdrawn_but_the_key_destroyed(
    study: tuple[Path, list[object]],
) -> None:
    made, key = study
    assert run_redact("withdraw", made, "S1", "--by", "AB", *key).code == 0
    refused = run_redact("withdraw", made, "S2", "--by", "AB", *key)
    assert (refused.code, "key destroy" in refused.err) == (2, True)
