"""A coded project of several interviews: each a transcript, the release has the project again."""

import re
from pathlib import Path

import pytest

from redact.formats.registry import read_file
from tests.conftest import run_redact, tree
from tests.formats.test_refi_qda import members
from tests.formats.test_refi_split import coded, project

TABLE = (
    "interview,file,nation,organisation\nS1,P05,Scotland,Corriedoon Care\n"
    "S2,P06,Scotland,Corriedoon Care\nS3,P07,Scotland,Corriedoon Care\n"
)
KNOWN = (
    "name,kind,interview\nMorag MacLeod,person,S1\nFergus Reid,person,S2\nAilsa Kerr,person,S3\n"
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    folder = tmp_path_factory.mktemp("coded")
    (folder / "talks").mkdir()
    (folder / "talks" / "Study.qdpx").write_bytes(project())
    (folder / "interviews.csv").write_text(TABLE, "utf-8")
    (folder / "roster.csv").write_text(KNOWN, "utf-8")
    done = run_redact(
        "run",
        folder / "talks",
        "--policy",
        "safe-copy",
        "--out",
        folder / "study",
        "--interviews",
        folder / "interviews.csv",
        "--roster",
        folder / "roster.csv",
        "--passphrase-file",
        passphrase_file,
    )
    assert done.code == 0, done.err
    assert "Study.qdpx is a coded project" in done.err
    assert "4 transcripts" in done.out
    return folder / "study"


def test_the_release_has_each_interview_and_the_project(study: Path) -> None:
    data = study / "release" / "safe-copy-01" / "data"
    assert len([*(data / "transcripts").iterdir()]) == 4
    (path,) = (data / "projects").iterdir()
    safe = path.read_bytes()
    raw = b"".join(members(safe).values()).decode()
    assert not re.search("Morag|MacLeod|Fergus|Kilmarnock|Ailsa", raw)
    assert sorted(coded(safe))[:2] == [["And you"], ["INT: Who?"]]
    assert sum(said[0].startswith("[Person ") for said in coded(safe)) == 1
    assert not read_file(safe, "a.qdpx", "a.qdpx").dropped
    table = (data / "interviews.csv").read_text("utf-8").splitlines()
    assert len(table) == 4  # a head, and a row an interview: none of the codes and notes
    assert "`projects/`" in (data / "README.md").read_text("utf-8")


def test_who_withdraws_goes_from_the_project_too(
    study: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    key = ("--passphrase-file", passphrase_file)
    before = len(tree(study / "safe"))
    done = run_redact("withdraw", study, "S3", "--by", "AB", "--json", *key)
    assert done.code == 0, done.err
    assert len(tree(study / "safe")) == before - 1
    assert run_redact("release", study, *key).code == 0
    (path,) = (study / "release" / "safe-copy-02" / "data" / "projects").iterdir()
    assert len(coded(path.read_bytes())) == 2
    assert run_redact("release", "verify", study / "release" / "safe-copy-02").code in (0, 3)
    back = tmp_path / "back"
    assert run_redact("restore", study, "--to", back, *key).code == 0
    said = "".join(
        read_file(path.read_bytes(), path.name, path.name).text for path in back.rglob("*.qdpx")
    )
    assert "Morag: Me, Morag MacLeod. Aye." in said
    again = ["run", study.parent / "talks", "--policy", "safe-copy", "--out", study, *key]
    kept = tree(study / "safe")
    refused = run_redact(*again)
    assert (refused.code, "withdrawn from this study" in refused.err) == (2, True)
    done = run_redact(*again, "--skip", "P07.qdpx")
    assert done.code == 0, done.err
    assert tree(study / "safe") == kept
