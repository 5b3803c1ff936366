"""One interview in every format: the same safe text, nothing left beside it, all restored."""

import json
import re
import zipfile
from pathlib import Path

import docx
import pytest

from redact.custody.keyfile import Opener
from redact.detect.key_search import KeySearch
from redact.formats.beside import beside_the_text
from redact.formats.registry import read_file
from redact.study.folder import Study
from redact.study.sealed import open_key
from tests.conftest import PASSPHRASE, ROOT, run_redact

SAMPLES = ROOT / "samples" / "formats"
FORMATS = {
    ".txt",
    ".md",
    ".docx",
    ".odt",
    ".vtt",
    ".srt",
    ".csv",
    ".tsv",
    ".json",
    ".eaf",
    ".xlsx",
    ".qdpx",
    ".html",
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A study of the sample in each format, and its passphrase file."""
    folder = tmp_path_factory.mktemp("formats")
    passphrase = folder / "pass"
    passphrase.write_text(PASSPHRASE + "\n", "utf-8")
    done = run_redact(
        "run",
        SAMPLES / "transcripts",
        "--policy",
        "safe-copy",
        "--out",
        folder / "study",
        "--roster",
        ROOT / "samples" / "co-production" / "roster.csv",
        "--interviews",
        SAMPLES / "interviews.csv",
        "--passphrase-file",
        passphrase,
    )
    assert done.code == 0, done.err
    told = r"left out     of the safe files: attributes \d+, authors \d+, comments 4"
    assert re.search(told, done.out)
    return folder / "study", passphrase


def numbered(text: str) -> str:
    """The text with its people numbered in the order they come."""
    seen: dict[str, str] = {}
    return re.sub(
        r"\[Person \d+\]",
        lambda match: seen.setdefault(match[0], f"[Person {len(seen) + 1}]"),
        text,
    )


def safe_texts(study: Path) -> dict[str, str]:
    """By file, the safe text with its people numbered in the order they come."""
    texts = {}
    for path in (study / "safe").iterdir():
        text = read_file(path.read_bytes(), path.name, path.name).text
        texts[path.name] = numbered(text.strip())
    return texts


def test_every_format_says_the_same_safe_words(study: tuple[Path, Path]) -> None:
    texts = safe_texts(study[0])
    assert {Path(name).suffix for name in texts} == FORMATS
    assert len(texts) == len(list((SAMPLES / "transcripts").iterdir()))
    said = next(text for name, text in texts.items() if name.endswith(".docx"))
    for name, text in texts.items():  # a project has names of codes and users after its texts
        assert text == said or (name.endswith(".qdpx") and text.startswith(f"{said}\n")), name


def test_a_pdf_and_an_rtf_are_word_files_that_another_reader_opens(
    study: tuple[Path, Path],
) -> None:
    """The samples' .docx, .pdf and .rtf: of one stem, told apart, one paragraph a turn."""
    files = sorted((study[0] / "safe").glob("*.docx"))
    said = [
        numbered("\n".join(one.text for one in docx.Document(str(path)).paragraphs).strip())
        for path in files
    ]
    assert (len(files), len(set(said))) == (3, 1)


def test_codings_of_a_project_lie_on_the_words_they_lay_on(study: tuple[Path, Path]) -> None:
    path = next((study[0] / "safe").glob("*.qdpx"))
    with zipfile.ZipFile(path) as archive:
        project = archive.read("project.qde").decode()
        text = archive.read("sources/source-1.txt").decode()
    places = re.findall(r'startPosition="(\d+)" endPosition="(\d+)"', project)
    coded = [re.sub(r"\[[^]]*\]", "[…]", text[int(start) : int(end)]) for start, end in places]
    assert coded == [
        "[…]'s […] and he'd never once in his life chosen his own dinner",
        "[…], to be fair, they were quite good at the start",
    ]


def test_no_form_of_the_key_is_left_in_any_part_of_any_file(study: tuple[Path, Path]) -> None:
    key = open_key(Study(study[0]), Opener.from_passphrase(PASSPHRASE)).key
    names = [
        (entry.type, form.text)
        for entry in key.entries
        for form in entry.forms
        if entry.type in ("PERSON", "PLACE", "ORG", "EMAIL", "PHONE")
    ]
    search = KeySearch(names)
    for path in (study[0] / "safe").iterdir():
        reading = read_file(path.read_bytes(), path.name, path.name)
        for beside in beside_the_text(reading, path.name):
            hits = [hit for hit in search.find(beside.text) if hit.one_word not in ("will",)]
            assert hits == [], (path.name, beside.part)


def test_every_file_comes_back_byte_for_byte(study: tuple[Path, Path], tmp_path: Path) -> None:
    done = run_redact("restore", study[0], "--to", tmp_path / "back", "--passphrase-file", study[1])
    assert done.code == 0, done.err
    assert "as text" not in done.out
    back = list((tmp_path / "back").iterdir())
    assert {".md", ".csv", ".docx", ".odt", ".xlsx", ".rtf", ".pdf", ".qdpx"} <= {
        path.suffix for path in back
    }
    assert len(back) == len(safe_texts(study[0]))
    for path in back:
        source = SAMPLES / "transcripts" / path.name.replace("zipped", "txt")  # the same bytes
        assert path.read_bytes() == source.read_bytes(), path.name


def test_explain_counts_lines_of_the_text_in_any_format(study: tuple[Path, Path]) -> None:
    name = next(path.name for path in (study[0] / "safe").glob("*.docx"))
    done = run_redact("explain", study[0], f"{name}:2", "--json")
    assert done.code == 0, done.err
    assert done.json["explained"][0]["label"] == "PERSON"


def test_a_second_run_changes_nothing(study: tuple[Path, Path]) -> None:
    before = {path: path.read_bytes() for path in (study[0] / "safe").iterdir()}
    again = run_redact(
        "run",
        SAMPLES / "transcripts",
        "--policy",
        "safe-copy",
        "--out",
        study[0],
        "--roster",
        ROOT / "samples" / "co-production" / "roster.csv",
        "--interviews",
        SAMPLES / "interviews.csv",
        "--passphrase-file",
        study[1],
    )
    assert again.code == 0, again.err
    assert {path: path.read_bytes() for path in (study[0] / "safe").iterdir()} == before


def test_what_the_policy_says_of_files_holds_from_run_to_restore(tmp_path: Path) -> None:
    """Comments kept, columns of its own names, an old encoding: run, release, explain, restore."""
    source, passphrase = tmp_path / "src", tmp_path / "pass"
    source.mkdir()
    passphrase.write_text(PASSPHRASE + "\n", "utf-8")
    document = docx.Document()
    document.add_paragraph("INT: Who spoke?")
    document.add_comment(document.paragraphs[0].runs, "It was Morag MacLeod.", "Ailsa Brodie", "AB")
    document.save(str(source / "word.docx"))
    (source / "table.csv").write_text("wer;was\nMorag MacLeod;I spoke, aye.\n", "utf-8")
    (source / "old.txt").write_bytes("INT: Zoë?\nMorag MacLeod: Aye, Zoë.\n".encode("cp1252"))
    policy = tmp_path / "policy.toml"
    shipped = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    policy.write_text(
        f'{shipped}\n[formats]\ncomments = "replace"\nspeech = ["was"]\nspeaker = ["wer"]\n',
        "utf-8",
    )
    key = ("--passphrase-file", passphrase)
    study = tmp_path / "study"
    done = run_redact(
        "run", source, "--policy", policy, "--out", study, "--encoding", "cp1252", *key
    )
    assert done.code == 0, done.err
    safe = {path.suffix: path for path in (study / "safe").iterdir()}
    (comment,) = docx.Document(str(safe[".docx"])).comments
    assert re.fullmatch(r"It was \[Person \d+\]\.", comment.text)
    assert re.search(r"\[Person \d+\];", safe[".csv"].read_text("utf-8"))
    assert "[Person" in safe[".txt"].read_bytes().decode("cp1252")
    assert run_redact("explain", study, f"{safe['.csv'].name}:1").code == 0
    assert run_redact("key", "check", study, *key).code == 0
    assert run_redact("restore", study, "--to", tmp_path / "back", *key).code == 0
    for name in ("table.csv", "old.txt"):
        assert (tmp_path / "back" / name).read_bytes() == (source / name).read_bytes()


def test_a_guess_of_the_encoding_is_said_and_logged_and_comes_back(tmp_path: Path) -> None:
    source, passphrase = tmp_path / "src", tmp_path / "pass"
    source.mkdir()
    passphrase.write_text(PASSPHRASE + "\n", "utf-8")
    old = "INT: Who’s Zoë?\r\nMorag MacLeod: It’s Zoë, aye, I don’t know.\r\n".encode("mac-roman")
    (source / "old.txt").write_bytes(old)
    study, key = tmp_path / "study", ("--passphrase-file", passphrase)
    done = run_redact("run", source, "--policy", "safe-copy", "--out", study, *key)
    assert done.code == 0, done.err
    assert "1 file that is not UTF-8, read as mac-roman by a guess" in done.out
    log = map(json.loads, (study / "audit" / "log.jsonl").read_text("utf-8").splitlines())
    (read,) = (e["data"] for e in log if e["data"].get("stage") == "detect")
    assert (read["encoding"], read["encoding_guessed"]) == ("mac-roman", True)
    (safe,) = (study / "safe").iterdir()
    assert re.search(r"INT: Who’s \[Person \d+\]\?\r\n", safe.read_bytes().decode("mac-roman"))
    assert run_redact("restore", study, "--to", tmp_path / "back", *key).code == 0
    assert (tmp_path / "back" / "old.txt").read_bytes() == old
