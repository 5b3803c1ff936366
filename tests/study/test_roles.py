"""Roles in study.toml: read strictly, compared with names that are typed, enforced by the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.errors import UsageError
from redact.study.folder import Study
from redact.study.roles import read_roles, require_role
from tests.conftest import run_redact

SETTINGS = '[actor]\nid = "steward"\nrole = "data steward"\n'


def study_with(folder: Path, roles: str) -> Study:
    (folder / "study.toml").write_text(SETTINGS + roles, "utf-8")
    return Study(folder)


def test_a_name_of_the_role_passes_in_whatever_writing(tmp_path: Path) -> None:
    study = study_with(tmp_path, '[roles]\napprover = ["B. Chair"]\n')
    require_role(study, "approver", "b chair")
    require_role(study, "steward", "anybody")  # a role that is not listed
    with pytest.raises(UsageError, match="does not name them as approver"):
        require_role(study, "approver", "A. Steward")


@pytest.mark.parametrize(
    ("roles", "what"),
    [
        ("[roles]\naprover = []\n", "Did you mean `approver`"),
        ('[roles]\napprover = "B"\n', "no list of names"),
        ("[roles]\napprover = [3]\n", "no list of names"),
        ('[roles]\napprover = [""]\n', "no list of names"),
        ("roles = 3\n", "no section"),
        ("[roles\n", "cannot be read"),
        ("[role]\napprover = []\n", "Did you mean [roles]"),
        ("[Roles]\napprover = []\n", "Did you mean [roles]"),
    ],
)
def test_a_damaged_list_says_what_is_wrong(tmp_path: Path, roles: str, what: str) -> None:
    study = study_with(tmp_path, "")
    (tmp_path / "study.toml").write_text(roles, "utf-8")
    with pytest.raises(UsageError) as refused:
        read_roles(study)
    assert what in str(refused.value)


@pytest.mark.model
def test_the_commands_hold_to_it(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)
    settings = study / "study.toml"
    roles = '[roles]\napprover = ["B. Chair"]\ncustodian = ["archive"]\n'
    settings.write_text(settings.read_text("utf-8") + "\n" + roles, "utf-8")
    words = ("--role", "ethics committee", "--for", "open")
    log = study / "audit" / "log.jsonl"
    before = log.read_bytes()
    refused = run_redact("policy", "approve", study, "--by", "A. Steward", *words, *key)
    assert (refused.code, "Approvers are: B. Chair" in refused.err) == (2, True)
    recipient = run_redact("key", "new", study.parent / "mine.txt").out.split()[-1]
    more = ("--recipient", recipient, *key)
    refused = run_redact("key", "add-custodian", study, "stranger", *more)
    assert (refused.code, "as custodian" in refused.err) == (2, True)
    assert log.read_bytes() == before
    assert run_redact("policy", "approve", study, "--by", "b. chair", *words, *key).code == 0
    assert run_redact("key", "add-custodian", study, "archive", *more).code == 0
    said = run_redact("status", study)
    assert "any custodian alone can see originals" in said.out
    assert "steward can open the key and is no custodian" in said.out


@pytest.mark.model
def test_every_command_that_reads_roles_says_a_typo_in_the_same_words(
    small_study: tuple[Path, Path],
) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)
    settings = study / "study.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[roles]\nStewards = ["A"]\n', "utf-8")
    recipient = run_redact("key", "new", study.parent / "mine.txt").out.split()[-1]
    by = ("--by", "A. Steward", *key)
    said = [
        run_redact(*command)
        for command in (
            ("status", study),
            ("policy", "approve", study, "--role", "board", "--for", "open", *by),
            ("key", "add-custodian", study, "archive", "--recipient", recipient, *key),
        )
    ]
    assert {one.code for one in said} == {2}
    assert len({one.err for one in said}) == 1
    assert "Did you mean `steward`?" in said[0].err
