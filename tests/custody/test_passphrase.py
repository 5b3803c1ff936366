"""A passphrase that is soon guessed locks nothing; one that locked a study still opens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.custody.passphrase import OF_THE_DEMO, generate_passphrase, weakness
from redact.errors import UsageError
from tests.conftest import PASSPHRASE, SAMPLES, examples, run_redact

KNOWN = ("demo-study", "steward", "A. Steward", "Tenants 2026")
WEAK = [
    "12345678901234567890",
    "passwordpasswordpassword",
    " " * 20 + "abcdef",
    "qwertyuiopasdfghjklz",
    "zaq12wsxcde34rfvbgt5",
    "asdfghjkl;'asdfghjkl;'",
    "!@#$%^&*()_+!@#$%^&*()_+",
    "p4ssw0rdp4ssw0rdp4ssw0rd",
    "aaaaaaaaaabbbbbbbbbbcccccccccc",
    "11112222333344445555",
    "2026-11-28 2026-11-29 2026-11-30",
    "Correct-Horse-Battery-Staple!",
    "To be, or not to be: that is the question",
    "A. Steward A. Steward A. Steward",
    "tenants2026tenants2026tenants2026",
    "demo-study steward demo-study",
    "These ten words are public, and only for the demo.",
    "é" * 40,
    "\N{ZERO WIDTH SPACE}" * 30 + "abc",
    "... ... ... !!! !!! ???",
]


@pytest.mark.parametrize("passphrase", WEAK)
def test_what_is_soon_guessed_is_weak(passphrase: str) -> None:
    assert weakness(passphrase, KNOWN) is not None


@pytest.mark.parametrize(
    "passphrase",
    [
        PASSPHRASE,
        "x7Kq9vLm2pRt5wZn8bHj",
        "four otters mended a green ferry",
        "Liebe Freunde kommt doch her",
    ],
)
def test_what_is_hard_to_guess_is_taken(passphrase: str) -> None:
    assert weakness(passphrase, KNOWN) is None


def test_what_redact_draws_is_never_weak() -> None:
    drawn = [generate_passphrase() for _ in range(examples(1))]
    assert {weakness(one, KNOWN) for one in drawn} == {None}


@given(st.text(min_size=1, max_size=6), st.integers(4, 12_000))
def test_a_short_text_said_again_and_again_is_weak(word: str, times: int) -> None:
    """Also at 70,000 characters, of which only the ends are looked at."""
    assert weakness(word * times) is not None


def test_a_weak_one_is_refused_and_a_drawn_one_offered(small_source: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("12345678901234567890\n", "utf-8")
    command = ["run", small_source, "--policy", "safe-copy", "--out", tmp_path / "study"]
    done = run_redact(*command, "--passphrase-file", key)
    assert done.code == 2
    assert "12345" not in done.err
    assert not (tmp_path / "study").exists()
    offered = done.err.strip().rstrip(".").rpartition(": ")[2]
    assert offered.count("-") == 9
    assert weakness(offered) is None


def test_the_demos_passphrase_locks_the_demo_only(small_source: Path, tmp_path: Path) -> None:
    from redact.cli.shared import new_passphrase

    file = str(SAMPLES / "demo-passphrase.txt")
    assert new_passphrase(file, sources=[SAMPLES / "transcripts"]) == OF_THE_DEMO
    for sources in ([small_source], [SAMPLES / "transcripts", small_source], []):
        with pytest.raises(UsageError, match="the demo"):
            new_passphrase(file, sources=sources)
    copy = tmp_path / "key"
    copy.write_text(OF_THE_DEMO, "utf-8")
    with pytest.raises(UsageError):
        new_passphrase(str(copy), sources=[SAMPLES / "transcripts"])


def test_an_old_one_that_is_weak_is_taken_with_a_remark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from redact.cli.shared import get_opener

    key = tmp_path / "key"
    key.write_text("12345678901234567890\n", "utf-8")
    key.chmod(0o600)
    get_opener(str(key), None)
    said = capsys.readouterr().err
    assert "this passphrase is weak" in said
    assert "12345" not in said
    key.write_text(PASSPHRASE, "utf-8")
    get_opener(str(key), None)
    assert capsys.readouterr().err == ""
