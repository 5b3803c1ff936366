"""Whatever is typed into a command, the answer is a line and a documented exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click
import pytest

from redact.cli import cli
from tests.conftest import Result, run_redact

Kept = tuple[Path, list[object]]
TEXTS = {
    "empty": "",
    "blank": " \t ",
    "70,000 characters": "x" * 70_000,
    "control characters": "a\x1b[31mb\rc\nd\x07",
    "a NUL": "a\0b",
    "half a character": "a\ud800b",
    "a byte that is no UTF-8": "a\udcffb",
    "unseen marks": "\u202eab\u200d\u2066",
    "a dash": "-",
    "figures": "0",
    "brackets": "[]{}%s{0}$(x)`x`",
    "a colon": "scot_01.txt:99999999999999999999999",
}
FILES: dict[str, Callable[[Path], object]] = {
    "folder": lambda d: (d / "f").mkdir(),
    "missing": lambda d: None,
    "empty": lambda d: (d / "f").write_bytes(b""),
    "binary": lambda d: (d / "f").write_bytes(bytes(range(256)) * 20),
    "not UTF-8": lambda d: (d / "f").write_bytes(b"name,kind\n\xff\xfe,\xe9\n"),
    "nested": lambda d: (d / "f").write_bytes(b"a=" + b"[" * 5000 + b"]" * 5000),
    "nested tables": lambda d: (d / "f").write_bytes(b"a=" + b"{a=" * 5000),
    "one line": lambda d: (d / "f").write_bytes(b"," * 200_000),
    "pipe": lambda d: os.mkfifo(d / "f"),
    "loop": lambda d: (d / "f").symlink_to("f"),
}
SPECIAL = {"needed": "2", "shares": "3", "kind": "table", "number": "1", "label": "PLACE"}


def commands(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from commands(below, (*path, *(() if name == "make" else (name,))))
    else:
        yield path, command


COMMANDS = {" ".join(path): (path, command) for path, command in commands(cli)}
TAKEN = [
    (name, str(param.name))
    for name, (_, command) in COMMANDS.items()
    for param in command.params
    if not isinstance(param.type, click.types.BoolParamType) and not getattr(param, "count", 0)
]

# An interviews table that is empty is none, and so the one that goes on to detect.
WITH_FILES = [
    pytest.param(*one, marks=pytest.mark.model if one == ("detect", "interviews") else ())
    for one in TAKEN
]


def asked(
    path: tuple[str, ...], command: click.Command, given: dict[str, object], known: dict[str, Any]
) -> list[object]:
    """The command with what it must have, and with what is given."""
    words: list[object] = [*path]
    options: list[object] = []
    for param in command.params:
        name = str(param.name)
        if name not in given and not (param.required or name in known):
            continue
        value = given.get(name, known.get(name, SPECIAL.get(name, "x")))
        if isinstance(param, click.Argument):
            words.append(value)
        else:
            options += [param.opts[0], value]
    return [*words, *options]


def require_told(result: Result, case: object) -> None:
    said = result.out + result.err
    assert result.code in (0, 1, 2, 3, 4), case
    assert "error inside redact" not in said, (case, result.err)
    assert "Traceback" not in said, (case, result.err)
    if result.code in (1, 2, 4):
        assert result.err.startswith("redact: ") or result.out, (case, result.err)
    assert "\x1b" not in said, case
    assert "\u202e" not in said, case


@pytest.mark.parametrize(("name", "param"), TAKEN, ids=lambda one: one or "-")
def test_any_words_are_answered(
    name: str, param: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a study folder that is none: what is typed is looked at first."""
    monkeypatch.chdir(tmp_path)
    path, command = COMMANDS[name]
    for case, text in TEXTS.items():
        known = {"study": tmp_path / "nothing", "out": tmp_path / "out"}
        require_told(run_redact(*asked(path, command, {param: text}, known)), case)


@pytest.mark.parametrize(("name", "param"), WITH_FILES, ids=lambda one: one or "-")
def test_any_file_is_answered(
    name: str, param: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where a command writes that is told no place
    path, command = COMMANDS[name]
    source = tmp_path / "talk.txt"
    source.write_text("INT: hello\n", "utf-8")
    for case, make in FILES.items():
        here = tmp_path / case
        here.mkdir()
        make(here)
        known: dict[str, Any] = {"study": here / "none", "out": here / "out"}
        if name in ("run", "init", "detect", "evaluate"):
            known |= {"source": source, "policy": "safe-copy"}
            if param not in ("source", "roster", "interviews", "gold"):
                known["roster"] = here / "none"  # so that nothing is detected
        require_told(run_redact(*asked(path, command, {param: here / "f"}, known)), case)


DEEP = [
    ("settle", "interview", {"by": "AB"}),
    ("withdraw", "participant", {"by": "AB"}),
    ("reveal", "pseudonym", {"reason": "a query"}),
    ("explain", "what", {}),
    ("entity merge", "pseudonym", {"by": "AB"}),
    ("entity split", "at", {"by": "AB", "pseudonym": "[Person 1]"}),
    ("entity rename", "to", {"by": "AB", "pseudonym": "[Person 1]"}),
    ("entity retype", "label", {"by": "AB", "pseudonym": "[Person 1]"}),
    ("entity act", "action", {"by": "AB", "pseudonym": "[Person 1]"}),
    ("audit show", "events", {}),
    ("audit show", "since", {}),
    ("audit show", "document", {}),
    ("audit verify", "key", {}),
    ("key add-custodian", "name", {"recipient": "x"}),
    ("key add-custodian", "recipient", {"name": "ethics"}),
    ("key remove-custodian", "name", {}),
    ("release", "name", {}),
    ("release", "gate", {"by": "AB", "reason": "x"}),
    ("describe", "settings", {}),
]


@pytest.mark.model
@pytest.mark.parametrize(("name", "param", "given"), DEEP, ids=lambda one: str(one)[:24])
def test_any_words_are_answered_in_a_study(
    name: str, param: str, given: dict[str, object], small_study: tuple[Path, Path]
) -> None:
    study, passphrase = small_study
    path, command = COMMANDS[name]
    has_key = any(one.name == "passphrase_file" for one in command.params)
    key = ["--passphrase-file", passphrase] if has_key else []
    texts = chain(TEXTS.items(), [("a title", "title=\x1b[2Jx"), ("a row", "title=" + "[" * 5000)])
    for case, text in texts:
        more = [] if param != "gate" else ["--by", "CD"]
        result = run_redact(
            *asked(path, command, {**given, param: text}, {"study": study}), *key, *more
        )
        require_told(result, case)


@pytest.mark.model
@pytest.mark.parametrize(
    "command",
    [
        ["settle", "STUDY", "--by", "{}"],
        ["settle", "STUDY", "--by", "AB", "--reason", "{}"],
        ["entity", "rename", "STUDY", "[Person 1]", "[Manager A]", "--by", "{}"],
        ["entity", "undo", "STUDY", "--by", "AB", "--reason", "{}"],
        ["withdraw", "STUDY", "scot_01", "--by", "{}"],
        ["withdraw", "STUDY", "scot_01", "--by", "AB", "--reason", "{}"],
        ["decisions", "import", "STUDY", "x", "--as", "table", "--by", "{}"],
        ["reveal", "STUDY", "Person 1", "--reason", "{}"],
        ["explain", "STUDY", "Person 1", "--originals", "--reason", "{}"],
        ["release", "STUDY", "--override", "G9 small counts", "--by", "{}", "--by", "AB"],
        ["release", "STUDY", "--override", "G9 small counts", "--by", "A", "--reason", "{}"],
        ["audit", "anchor", "STUDY", "--where", "{}"],
        ["key", "destroy", "STUDY", "--by", "{}", "--yes"],
        ["review", "STUDY", "--by", "{}"],
    ],
    ids=lambda words: " ".join(words)[:40],
)
@pytest.mark.parametrize(
    "said", ["", "  ", "\u200b\u2060", "\u2800\u00ad", "x" * 70_000, "A\u202eB", "A\x1b[1mB", "a\0"]
)
def test_nobody_and_nothing_are_no_word_for_the_log(
    command: list[str], said: str, small_study_made: Path
) -> None:
    before = (small_study_made / "audit" / "log.jsonl").read_bytes()
    words = [said if w == "{}" else small_study_made if w == "STUDY" else w for w in command]
    refused = run_redact(*words)
    assert (refused.code, refused.out) == (2, "")
    assert "Invalid value for '--" in refused.err
    assert len(refused.err) < 400
    assert (small_study_made / "audit" / "log.jsonl").read_bytes() == before


def test_lines_and_blanks_are_one_blank_in_the_log(
    small_study: tuple[Path, Path],
) -> None:
    study, passphrase = small_study
    done = run_redact("settle", study, "--by", " Ann \n\tBaird ", "--passphrase-file", passphrase)
    assert done.code == 0, done.err
    assert '"by":"Ann Baird"' in (study / "audit" / "log.jsonl").read_text("utf-8")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o600, 0o400])
def test_a_secret_that_others_can_read_is_remarked_on(
    tmp_path: Path, small_study_made: Path, passphrase_file: Path, mode: int
) -> None:
    mine = tmp_path / "passphrase"
    mine.write_bytes(passphrase_file.read_bytes())
    mine.chmod(mode)
    done = run_redact("key", "check", small_study_made, "--passphrase-file", mine)
    assert done.code == 0, done.out
    told = f"{mine}: other users of this machine can read this secret" in done.err
    assert told is bool(mode & 0o077)
    if told:
        assert f"chmod 600 '{mine}'" in done.err
