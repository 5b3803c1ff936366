"""The way back: every source, never over something else."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.key.names import apart
from tests.conftest import PASSPHRASE, run_redact, study_of, tree


def test_restore_never_writes_over_something_else(
    tmp_path: Path, small_study: tuple[Path, Path], small_source: Path
) -> None:
    study, passphrase = small_study
    target = tmp_path / "b"
    target.mkdir()
    (target / "one.txt").write_text("mine", "utf-8")
    result = run_redact("restore", study, "--to", target, "--passphrase-file", passphrase)
    assert result.code == 2
    assert tree(target) == {"one.txt": b"mine"}
    inside = run_redact("restore", study, "--to", study / "b", "--passphrase-file", passphrase)
    assert inside.code == 2
    assert (
        run_redact("restore", study, "--to", tmp_path / "c", "--passphrase-file", passphrase).code
        == 0
    )
    assert tree(tmp_path / "c") == tree(small_source)


CAPTIONS = "WEBVTT\n\nNOTE of the office\n\n00:01.000 --> 00:02.000\nIsla: {}\n"
TALKS = {
    "a.vtt": CAPTIONS.format("I am Isla Baird."),  # its note is left out of the safe file
    "a.vtt.txt": "INT: Who?\nP: Morag MacLeod.\n",
    normalize("NFC", "Zo\u00eb.txt"): "INT: Who?\nP: Zoe Fairlie.\n",
    normalize("NFD", "Zo\u00eb.txt"): "INT: Who?\nP: Nobody at all.\n",
    f"{'long ' * 49}end.vtt": CAPTIONS.format("I am Will Dunlop."),
}


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[object]]:
    """A study whose sources have names that a computer may take for one."""
    folder = tmp_path_factory.mktemp("alike")
    secret = folder / "secret"
    secret.write_text(PASSPHRASE, "utf-8")
    return study_of(folder, TALKS, secret), ["--passphrase-file", secret]


@pytest.mark.model
def test_sources_of_one_name_are_told_apart_and_none_is_missing(
    alike: tuple[Path, list[object]], tmp_path: Path
) -> None:
    study, key = alike
    done = run_redact("restore", study, "--to", tmp_path / "back", "--json", *key)
    assert done.code == 0, done.err
    back = tree(tmp_path / "back")
    assert len(back) == done.json["restored"] == len(TALKS)
    assert done.json["as_text"] == 0
    assert len({normalize("NFC", name).casefold() for name in back}) == len(TALKS)
    assert back["a.vtt.txt"] == TALKS["a.vtt.txt"].encode()
    assert set(back.values()) == {text.encode() for text in TALKS.values()}
    assert "a.vtt.txt" not in done.json["renamed"]
    assert len(done.json["renamed"]) == 1
    again = run_redact("restore", study, "--to", tmp_path / "back", *key)
    assert again.code == 0, again.err
    assert tree(tmp_path / "back") == back


@pytest.mark.model
@pytest.mark.parametrize("what", ["another file", "folder", "link", "dangling link", "pipe"])
def test_whatever_lies_there_is_neither_read_nor_written_over(
    alike: tuple[Path, list[object]], tmp_path: Path, what: str
) -> None:
    study, key = alike
    there = tmp_path / "back" / "a.vtt.txt"
    there.parent.mkdir()
    (tmp_path / "elsewhere").write_text(TALKS["a.vtt.txt"], "utf-8")
    match what:
        case "another file":
            there.write_text("mine", "utf-8")
        case "folder":
            there.mkdir()
        case "link":
            there.symlink_to(tmp_path / "elsewhere")
        case "dangling link":
            there.symlink_to(tmp_path / "nowhere")
        case "pipe":
            os.mkfifo(there)
    before = os.lstat(there)
    refused = run_redact("restore", study, "--to", there.parent, *key)
    assert (refused.code, refused.out) == (2, "")
    assert f"{there}: something else of this name is there already" in refused.err
    assert [path.name for path in there.parent.iterdir()] == [there.name]
    assert os.lstat(there).st_ino == before.st_ino


@pytest.mark.model
def test_a_restore_that_was_killed_is_gone_on_with_and_leaves_no_half_original(
    alike: tuple[Path, list[object]], tmp_path: Path
) -> None:
    study, key = alike
    back = tmp_path / "back"
    back.mkdir()
    (back / "a.vtt.txt").write_text(TALKS["a.vtt.txt"], "utf-8")
    half = back / f".a.vtt.txt.{secrets.token_hex(6)}.tmp"
    half.write_bytes(b"INT: Who?\nP: Mor")
    theirs = back / f".another.{secrets.token_hex(6)}.tmp"
    theirs.write_bytes(b"")
    done = run_redact("restore", study, "--to", back, *key)
    assert done.code == 0, done.err
    assert (half.exists(), theirs.exists(), len(tree(back))) == (False, True, len(TALKS) + 1)


@pytest.mark.model
def test_originals_are_put_into_no_study_at_all(alike: tuple[Path, list[object]]) -> None:
    study, key = alike
    other = study.parent / "other"
    other.mkdir()
    (other / "study.toml").write_text("", "utf-8")
    refused = run_redact("restore", study, "--to", other / "safe", *key)
    assert (refused.code, "must not be put into" in refused.err) == (2, True)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=12))
def test_names_told_apart_are_names_and_are_as_many(names: list[str]) -> None:
    told = apart(names)
    assert len(told) == len(names)
    assert len({normalize("NFC", name.casefold()).rstrip(". ") for name in told}) == len(names)
    for name in told:
        assert len(os.fsencode(name)) <= 255
        assert not re.search(r"[/\0]", name)
        assert name not in ("", ".", "..")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("a.txt", "b.txt"), ("a.txt", "b.txt")),
        (("a.txt", "A.TXT", "a.txt"), ("a.txt", "A (2).TXT", "a (3).txt")),
        (("a (2).txt", "a.txt", "A.txt"), ("a (2).txt", "a.txt", "A (3).txt")),
        (("x", "X.", "x "), ("x", "X (2).", "x  (2)")),
    ],
)
def test_a_name_is_kept_where_it_can_be(names: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert apart(names) == told
