"""What goes wrong: one line that names the thing and the remedy, its exit code, nothing left."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result, run_redact, tree
from tests.proofs import PERMISSIONS, SMALL_DISK, needs, passed_over


def run(source: object, out: Path, passphrase: Path, *more: object) -> Result:
    return run_redact(
        "run", source, "--policy", "safe-copy", "--out", out, "--passphrase-file", passphrase, *more
    )


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path.parent


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def link(path: Path, target: str) -> Path:
    path.symlink_to(target)
    return path


SOURCES: dict[str, tuple[Callable[[Path], object], int, str, str]] = {
    "empty folder": (lambda d: (d / "s").mkdir(), 2, "no transcript", "Name a folder"),
    "absent": (lambda d: None, 2, "no such file", "spelling"),
    "zero bytes": (lambda d: write(d / "s/a.txt", b""), 1, "a.txt: this file is empty", "Export"),
    "white space": (lambda d: write(d / "s/a.txt", b" \n"), 1, "a.txt: this file holds no", ""),
    "unknown format": (lambda d: write(d / "s/a.abc", b"x"), 1, "a.abc", "plain text"),
    "not for reading": (lambda d: write(d / "s/a.pages", b"x"), 1, "a.pages", "--skip"),
    "no ending": (lambda d: write(d / "s/notes", b"x"), 1, "notes", "plain text"),
    "undecodable": (lambda d: write(d / "s/a.txt", b"Caf\xe9 \xff\xfe"), 1, "a.txt: byte", "UTF-8"),
    "binary": (lambda d: write(d / "s/a.txt", b"a\0b"), 1, "a.txt: character 1 is a NUL", "Export"),
    "half a character": (
        lambda d: write(d / "s/a.json", b'{"segments": [{"text": "Oh \\ud83d no"}]}'),
        1,
        "lone surrogate",
        "UTF-8",
    ),
    "empty captions": (
        lambda d: write(d / "s/a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n"),
        1,
        "nothing is said",
        "Export",
    ),
    "bad zip": (lambda d: write(d / "s/a.zip", b"PK"), 1, "damaged", "save it again"),
    "bad jsonl": (lambda d: write(d / "s/a.jsonl", b'{"id": "a"}\n'), 1, "a.jsonl, line 1", "JSON"),
    "jsonl path": (
        lambda d: write(d / "s/a.jsonl", b'{"id": "../a", "text": "x"}\n'),
        1,
        "file name",
        "letters",
    ),
    "dangling link": (
        lambda d: link(folder(d / "s") / "a.txt", "gone"),
        1,
        "a.txt",
        "exists",
    ),
    "linked folder": (
        lambda d: link(write(d / "s/b.txt", b"INT: hi\n") / "more", "/"),
        1,
        "links are not followed",
        "Name the folder",
    ),
}


@pytest.mark.parametrize("case", SOURCES)
def test_a_bad_source_is_one_line_and_leaves_nothing(
    case: str, tmp_path: Path, passphrase_file: Path
) -> None:
    make, code, what, remedy = SOURCES[case]
    make(tmp_path)
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    result = run(tmp_path / "s", tmp_path / "study", passphrase_file)
    assert result.code == code
    assert what in result.err
    assert remedy in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_all_that_cannot_be_taken_is_told_at_once_with_each_remedy(
    tmp_path: Path, passphrase_file: Path
) -> None:
    source = tmp_path / "s"
    for name, data in (
        ("a.txt", b"INT: Aye.\n"),
        ("b.txt", b""),
        ("sub/c.mp3", b"ID3"),
        ("sub/d.doc", b"x"),
        ("sub/e.docx", b"PK"),
        ("Thumbs.db", b"x"),
        ("sub/~$e.docx", b"x"),
    ):
        write(source / name, data)
    result = run(source, tmp_path / "study", passphrase_file)
    assert (result.code, result.out) == (1, "")
    lines = result.err.splitlines()
    assert "4 files or folders cannot be taken, and 1 can" in lines[0]
    for name, remedy in (
        ("b.txt", "Export"),
        ("sub/c.mp3", "--skip"),
        ("sub/d.doc", ".docx"),
        ("sub/e.docx", "save it again"),
    ):
        assert [remedy in line for line in lines if name in line] == [True]
    assert "Thumbs" not in result.err
    assert not (tmp_path / "study").exists()
    body = json.loads(run(source, tmp_path / "study", passphrase_file, "--json").out)
    told = sorted(Path(one["where"]).name for one in body["error"]["files"])
    assert told == ["b.txt", "c.mp3", "d.doc", "e.docx"]


def test_what_a_person_leaves_out_stays_out_and_the_log_has_a_count(
    tmp_path: Path, passphrase_file: Path
) -> None:
    source, study = tmp_path / "s", tmp_path / "study"
    write(source / "one.txt", b"INT: Aye.\n")
    write(source / "rec/Ishbel Gunn.mp3", b"ID3")
    more = ("--skip", "*.mp3")
    arguments = ["init", source, "--out", study, "--passphrase-file", passphrase_file]
    assert run_redact(*arguments, "--policy", "safe-copy", *more).code == 0
    again = run_redact(*arguments)
    assert (again.code, "left out by --skip" in again.err) == (0, True)
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"files or folders":1' in log
    assert not any(b"mp3" in data for data in tree(study).values())
    wrong = run_redact(*arguments, "--skip", "nowhere")
    assert (
        wrong.code,
        "nowhere: no file or folder of the sources is called this" in wrong.err,
    ) == (2, True)


def test_a_policy_with_a_typo_names_line_and_nearest_key(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    policy = tmp_path / "mine.toml"
    text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    policy.write_text(text.replace("min_score", "min_scor"), "utf-8")
    result = run_redact(
        "run",
        small_source,
        "--policy",
        policy,
        "--out",
        tmp_path / "o",
        "--passphrase-file",
        passphrase_file,
    )
    assert result.code == 2
    assert "mine.toml, line 10" in result.err
    assert "Did you mean `min_score`?" in result.err
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("out", ["source/study", "source", "."])
def test_study_and_sources_never_lie_in_each_other(
    tmp_path: Path, small_source: Path, passphrase_file: Path, out: str
) -> None:
    before = tree(tmp_path)
    result = run(small_source, tmp_path / out, passphrase_file)
    assert result.code == 2
    assert "inside each other" in result.err
    assert tree(tmp_path) == before


def test_a_folder_with_other_things_is_not_taken_for_a_study(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    write(tmp_path / "o/holiday.jpg", b"x")
    result = run(small_source, tmp_path / "o", passphrase_file)
    assert (result.code, tree(tmp_path / "o")) == (2, {"holiday.jpg": b"x"})


def test_a_wrong_or_weak_or_missing_passphrase_opens_and_makes_nothing(
    tmp_path: Path, small_study: tuple[Path, Path], small_source: Path
) -> None:
    study, _ = small_study
    wrong, weak = tmp_path / "wrong", tmp_path / "weak"
    wrong.write_text("another passphrase of good length", "utf-8")
    weak.write_text("short", "utf-8")
    before = tree(study)
    for command in (["replace", study], ["restore", study, "--to", tmp_path / "b"]):
        result = run_redact(*command, "--passphrase-file", wrong)
        assert result.code == 1
        assert "does not open the study" in result.err
    assert run(small_source, tmp_path / "o", weak).code == 2
    assert run(small_source, tmp_path / "o", tmp_path / "nothing").code == 2
    assert (
        run_redact("run", small_source, "--policy", "safe-copy", "--out", tmp_path / "o").code == 2
    )
    assert not (tmp_path / "o").exists()
    assert not (tmp_path / "b").exists()
    assert tree(study) == before


def test_a_passphrase_may_come_on_standard_input(tmp_path: Path, small_source: Path) -> None:
    words = "the words that came on standard input\n"
    arguments = ["init", small_source, "--policy", "safe-copy", "--out", tmp_path / "o"]
    assert run_redact(*arguments, "--passphrase-file", "-", stdin=words).code == 0
    assert run_redact("detect", tmp_path / "o", "--passphrase-file", "-", stdin=words).code == 0


def test_at_a_terminal_ten_words_are_shown_once_and_stored_nowhere(
    tmp_path: Path, small_source: Path
) -> None:
    study, shown = tmp_path / "o", b""
    child, terminal = pty.fork()
    if child == 0:
        arguments = ["init", str(small_source), "--policy", "safe-copy", "--out", str(study)]
        os.execv(sys.executable, [sys.executable, "-m", "redact.cli", *arguments])  # noqa: S606
    while b"Type it here" not in shown:
        shown += os.read(terminal, 4096)
    words = re.search(rb"^    ([a-z]+(?:-[a-z]+){9})\r?$", shown, re.MULTILINE)
    assert words is not None
    os.write(terminal, words[1] + b"\n")
    said = answer(terminal, [(b"catalogue now?", b"y"), (b"title:", b"Our study")])
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"The catalogue lists it under this" in said  # every question says why
    assert 'title = "Our study"' in (study / "study.toml").read_text("utf-8")
    for name, data in tree(study).items():
        assert words[1] not in data, name
    again = tmp_path / "pass"
    again.write_bytes(words[1] + b"\n")
    assert run_redact("detect", study, "--passphrase-file", again).code == 0


def answer(terminal: int, answers: list[tuple[bytes, bytes]]) -> bytes:
    """Answers what is asked at a terminal, and nothing to every other question, to the end."""
    said, asked = b"", 0
    while True:
        try:
            told = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            return said
        if not told:
            return said
        said += told
        if said[asked:].rstrip().endswith((b":", b"]:")):
            question = said[asked:]
            asked = len(said)
            reply = next((reply for sought, reply in answers if sought in question), b"")
            os.write(terminal, reply + b"\n")


def mounted(folder: Path, options: str) -> bool:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(("options", "what"), [("size=96k", "no space left"), ("ro", "read-only")])
def test_a_full_or_read_only_disk_is_said_and_leaves_nothing(
    tmp_path: Path,
    small_source: Path,
    passphrase_file: Path,
    options: str,
    what: str,
    request: pytest.FixtureRequest,
) -> None:
    disk = tmp_path / "disk"
    if not mounted(disk, options):
        passed_over(request, SMALL_DISK)
    try:
        for _ in range(2):
            result = run(small_source, disk / "study", passphrase_file)
            assert result.code == 1
            assert what in result.err
            assert result.err.count("\n") == 1
        study = disk / "study"
        if study.exists():  # the start fitted: what is there must be whole
            verified = run_redact("audit", "verify", study, "--passphrase-file", passphrase_file)
            assert verified.code == 0, verified.out
        assert not list(disk.glob(".*.tmp"))
        if options == "size=96k":
            bigger = ["mount", "-o", "remount,size=8m", str(disk)]
            subprocess.run(bigger, check=True)
            assert run(small_source, disk / "study", passphrase_file).code == 0
    finally:
        subprocess.run(["umount", str(disk)], check=False)


@needs(PERMISSIONS)
def test_a_folder_one_may_not_write_to_is_said(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    result = run(small_source, locked / "study", passphrase_file)
    assert (result.code, "no permission" in result.err) == (1, True)


def test_a_file_in_the_way_is_said(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    write(tmp_path / "file", b"x")
    result = run(small_source, tmp_path / "file" / "study", passphrase_file)
    assert (result.code, "a file is in the way" in result.err or "is a file" in result.err) == (
        1,
        True,
    )


def test_a_changed_source_stops_everything(
    tmp_path: Path, small_source: Path, passphrase_file: Path
) -> None:
    study, passphrase = tmp_path / "study", passphrase_file
    assert run(small_source, study, passphrase).code == 0
    with (small_source / "one.txt").open("a", encoding="utf-8") as file:
        file.write("P01: One more thing.\n")
    result = run_redact("release", study, "--passphrase-file", passphrase)
    assert result.code == 1
    assert "was changed since" in result.err
    again = run(small_source, study, passphrase)
    assert (again.code, "`--out`" in again.err) == (2, True)


def test_an_edited_safe_transcript_is_neither_released_nor_lost(
    small_study: tuple[Path, Path],
) -> None:
    study, passphrase = small_study
    path = sorted((study / "safe").iterdir())[0]
    edited = path.read_bytes() + b"a note of mine\n"
    path.write_bytes(edited)
    for command in ("replace", "release"):
        result = run_redact(command, study, "--passphrase-file", passphrase)
        assert result.code == 1
        assert "edited by hand" in result.err
    assert path.read_bytes() == edited


def test_a_damaged_key_or_note_is_refused(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    for pattern in ("*.age", "*.note"):
        (path,) = (study / "linkage").glob(pattern)
        whole = path.read_bytes()
        path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
        result = run_redact("replace", study, "--passphrase-file", passphrase)
        assert result.code == 1
        assert "backup" in result.err
        path.write_bytes(whole)
    assert run_redact("replace", study, "--passphrase-file", passphrase).code == 0


def test_a_forged_key_for_the_public_recipient_is_refused(small_study: tuple[Path, Path]) -> None:
    """age does not say who wrote a file; the signed note does."""
    from redact.custody.keyfile import Opener, prepare
    from redact.study.folder import Study
    from redact.study.sealed import open_key
    from tests.conftest import PASSPHRASE

    study, passphrase = small_study
    opened_key = open_key(Study(study), Opener.from_passphrase(PASSPHRASE))
    (path,) = (study / "linkage").glob("*.age")
    path.write_bytes(prepare(opened_key.key, opened_key.identity.identity))
    result = run_redact("replace", study, "--passphrase-file", passphrase)
    assert (result.code, "vouches for another file" in result.err) == (1, True)


def test_errors_are_one_json_object_when_asked_for(tmp_path: Path, passphrase_file: Path) -> None:
    result = run(tmp_path / "nothing", tmp_path / "o", passphrase_file, "--json")
    body = json.loads(result.out)
    assert (result.code, body["exit"], body["ok"]) == (2, 2, False)
    assert body["error"]["remedy"]
    assert result.err == ""


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["run"], ["run", "x", "--polcy", "y"], ["release"], ["detect", "x", "y"]],
)
def test_a_wrong_command_line_ends_with_two(arguments: list[str]) -> None:
    assert run_redact(*arguments).code == 2
