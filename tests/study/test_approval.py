"""A policy is approved as it is, by role and access, and a release waits for it where asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.reading import read_log
from redact.study.approval import Approval, approvals, in_force
from tests.conftest import Result, run_redact


def word(role: str, access: str, digest: str = "ab") -> Approval:
    return Approval(
        policy="mine 1",
        digest=digest,
        by="B. Chair",
        role=role,
        access=access,
        reference="",
        time="2026-11-02T10:00:00.000Z",
    )


def test_the_newest_word_of_each_role_counts() -> None:
    said = (word("Board", "open"), word("DPO", "team"), word("board", "safeguarded"))
    assert in_force(said, "ab") == (said[2], said[1])
    assert in_force(said, "cd") == ()


@pytest.mark.parametrize(
    ("approved", "asked", "allowed"),
    [
        ("open", "open", True),
        ("open", "team", True),
        ("safeguarded", "open", False),
        ("safeguarded", "controlled", True),
        ("team", "controlled", False),
    ],
)
def test_a_wider_access_allows_a_narrower_one(approved: str, asked: str, allowed: bool) -> None:
    assert word("Board", approved).allows(asked) is allowed


@pytest.fixture
def study(small_study: tuple[Path, Path]) -> Path:
    study, _ = small_study
    text = (study / "policy.toml").read_text("utf-8")
    (study / "policy.toml").write_text(f'{text}\n[governance]\napproval = "required"\n', "utf-8")
    return study


@pytest.fixture
def key(small_study: tuple[Path, Path]) -> tuple[str, Path]:
    return ("--passphrase-file", small_study[1])


def approve(study: Path, key: tuple[str, Path], role: str, access: str) -> Result:
    words = ("--by", "B. Chair", "--role", role, "--for", access, "--reference", "EC 12")
    return run_redact("policy", "approve", study, *words, *key)


def test_a_release_waits_for_the_approval_and_again_after_a_change(
    study: Path, key: tuple[str, Path]
) -> None:
    def release(name: str) -> Result:
        return run_redact("release", study, "--name", name, *key)

    refused = release("one")
    assert (refused.code, "nobody approved this policy" in refused.err) == (4, True)
    assert "redact policy approve" in refused.err
    for _ in range(2):
        assert approve(study, key, "ethics committee", "team").code == 0
    assert len(approvals(read_log(study / "audit"))) == 1  # the same said twice
    assert release("one").code == 0
    with (study / "policy.toml").open("a", encoding="utf-8") as policy:
        policy.write("# a later thought\n")
    refused = release("two")
    assert (refused.code, "was changed since" in refused.err) == (4, True)
    assert not (study / "release" / "two").exists()
    assert run_redact("audit", "verify", study, *key).code in (0, 3)


def test_the_stricter_of_two_roles_counts(study: Path, key: tuple[str, Path]) -> None:
    approve(study, key, "ethics committee", "open")
    second = approve(study, key, "data protection officer", "team")
    assert "(ethics committee: for open): team counts, the stricter" in second.out
    again = approve(study, key, "ethics committee", "team")
    assert "Another word" not in again.out
    approve(study, key, "ethics committee", "open")
    run_redact("describe", study, "--set", "access=controlled")
    refused = run_redact("release", study, "--name", "one", *key)
    assert refused.code == 4
    assert "data protection officer: for team" in refused.err
    approve(study, key, "Data Protection Officer", "controlled")
    assert run_redact("release", study, "--name", "one", *key).code == 0


@pytest.mark.parametrize(
    ("option", "said"), [("--by", "Morag MacLeod"), ("--reference", "as Morag MacLeod said")]
)
def test_an_approval_says_no_name_of_the_study(
    study: Path, key: tuple[str, Path], option: str, said: str
) -> None:
    words = {"--by": "B. Chair", "--role": "board", "--for": "team", option: said}
    flat = [part for pair in words.items() for part in pair]
    refused = run_redact("policy", "approve", study, *flat, *key)
    assert (refused.code, "a name of the study" in refused.err) == (2, True)
    assert approvals(read_log(study / "audit")) == ()
