"""The log holds no name of the study, whoever writes into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Result, run_redact

Kept = tuple[Path, Path]
NAMES = ("Morag", "MacLeod", "Kilmarnock")
ASKED: dict[str, list[object]] = {
    "reveal": ["reveal", "STUDY", "Person 1", "--reason", "WORDS"],
    "explain": ["explain", "STUDY", "Person 1", "--originals", "--reason", "WORDS"],
    "settle": ["settle", "STUDY", "--by", "AB", "--reason", "WORDS"],
    "entity": [
        "entity",
        "rename",
        "STUDY",
        "Person 1",
        "[Boss]",
        "--by",
        "AB",
        "--reason",
        "WORDS",
    ],
    "withdraw": ["withdraw", "STUDY", "a", "--by", "AB", "--reason", "WORDS"],
}


def ask(command: str, kept: Kept, words: str) -> Result:
    study, passphrase = kept
    given = {"STUDY": study, "WORDS": words}
    return run_redact(
        *(given.get(str(word), word) for word in ASKED[command]), "--passphrase-file", passphrase
    )


@pytest.mark.parametrize("command", ASKED)
def test_a_reason_that_says_a_name_is_refused_and_nothing_is_done(
    small_study: Kept, command: str
) -> None:
    before = (small_study[0] / "audit" / "log.jsonl").read_bytes()
    for words in ("Morag asked for it", "she is from kilmarnock, by letter", "of MacLeod's office"):
        done = ask(command, small_study, words)
        assert (done.code, "this says a name of the study" in done.err) == (2, True), done.err
        assert not any(name in done.out + done.err for name in NAMES)
    assert (small_study[0] / "audit" / "log.jsonl").read_bytes() == before


@pytest.mark.parametrize("command", ["reveal", "settle"])
def test_a_reason_with_a_pseudonym_is_taken(small_study: Kept, command: str) -> None:
    assert ask(command, small_study, "[Person 1] asked for it, 12 May").code == 0


def test_a_release_is_not_called_by_a_name(small_study: Kept) -> None:
    study, passphrase = small_study
    for name in ("morag", "for-Kilmarnock-2"):
        done = run_redact("release", study, "--name", name, "--passphrase-file", passphrase)
        assert (done.code, "this says a name" in done.err) == (2, True), done.err
        assert not (study / "release" / name).exists()
    assert b"ilmarnock" not in (study / "audit" / "log.jsonl").read_bytes()
