"""Finding transcripts: files, folders, patterns; what lies beside them."""

import io
import os
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from redact.errors import BadInput, UsageError
from redact.formats.folders import Passed
from redact.formats.said import said_of_sources
from redact.formats.sources import find_sources, read_again, read_sources
from redact.policy import Handling

DOCUMENT = (
    b'<?xml version="1.0"?><w:document '
    b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>INT: Aye.</w:t></w:r></w:p></w:body></w:document>"
)


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_patterns_name_files_of_a_folder_or_of_all_folders_in_it(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "in/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("INT: hi\n", "utf-8")

    def found(pattern: str) -> list[str]:
        return [source.name for source in read_sources([tmp_path / pattern])]

    assert found("*.txt") == ["a.txt"]
    assert found("**/*.txt") == ["a.txt", "c.txt"]
    with pytest.raises(UsageError, match="no such file"):
        found("*.docx")


def test_a_file_of_one_endless_line_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(BadInput, match="192 MB"):
        read_sources([path])
    path.write_text("I went to Ayr. " * 900_000, "utf-8")
    with pytest.raises(BadInput, match=r"13,500,000 characters .* Split it"):
        read_sources([path])


def test_the_same_name_in_two_folders_is_told_apart_by_as_many_folders_as_it_takes(
    tmp_path: Path,
) -> None:
    for name in ("Round 1/P1.txt", "Round 2/p1.txt", "Round 2/P2.txt", "a/x/P3.md", "b/x/P3.txt"):
        write(tmp_path / name, b"INT: hi\n")
    names = [source.name for source in read_sources([tmp_path])]
    assert names == ["P2.txt", "Round 1/P1.txt", "Round 2/p1.txt", "a/x/P3.md", "b/x/P3.txt"]


def test_two_files_of_a_folder_have_their_endings_to_tell_them_apart(tmp_path: Path) -> None:
    for name in ("P1.txt", "P1.md", "more/P2.txt"):
        write(tmp_path / name, b"INT: hi\n")
    assert [source.name for source in read_sources([tmp_path])] == ["P1.md", "P1.txt", "P2.txt"]


def test_a_file_is_read_as_what_it_is_and_known_by_that(tmp_path: Path) -> None:
    word = zipped({"word/document.xml": DOCUMENT})
    rtf = rb"{\rtf1\ansi INT: Aye.\par}"
    for name, data in (
        ("a.txt", word),
        ("b.doc", rtf),
        ("c", rtf),
        ("d.vtt", b"INT: no times here\n"),
        ("e.docx", rtf),
        ("f.txt", rtf),
        ("f.rtf", rtf),
    ):
        write(tmp_path / name, data)
    found = {source.was_called: source for source in read_sources([tmp_path])}
    names = {called: source.name for called, source in found.items() if called}
    assert names == {
        "a.txt": "a.docx",
        "b.doc": "b.rtf",
        "c": "c.rtf",
        "d.vtt": "d.txt",
        "e.docx": "e.rtf",
        "f.txt": "f.txt.rtf",
    }
    assert "Aye" in found["b.doc"].text


def test_captions_that_are_called_text_stay_text(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: Aye.\n")
    (source,) = read_sources([tmp_path])
    assert (source.name, source.was_called, "-->" in source.text) == ("a.txt", "", True)


def test_a_file_named_twice_or_linked_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"INT: hi\n")
    (tmp_path / "b.txt").symlink_to("a.txt")
    found = find_sources([tmp_path, tmp_path / "a.txt"])
    assert [source.name for source in found.files] == ["a.txt"]
    assert [one.why for one in found.passed] == [Passed.TWICE, Passed.TWICE]


def test_members_of_a_zip_are_passed_over_and_refused_like_files(tmp_path: Path) -> None:
    write(
        tmp_path / "all.zip",
        zipped(
            {
                "R1/P1.txt": b"INT: hi\n",
                "R2/P1.txt": b"INT: ho\n",
                "R2/P1.mp3": b"ID3",
                "R2/empty.txt": b"",
                "R2/Thumbs.db": b"x",
                "__MACOSX/R1/._P1.txt": b"x",
            }
        ),
    )
    found = find_sources([tmp_path])
    assert [source.name for source in found.files] == ["R1/P1.txt", "R2/P1.txt"]
    assert sorted(Path(one.path).name for one in found.passed) == ["._P1.txt", "Thumbs.db"]
    assert sorted(one.where.rpartition("/")[2] for one in found.refused) == ["P1.mp3", "empty.txt"]
    left = find_sources([tmp_path], skips=["*.mp3", "empty.txt"])
    assert (left.refused, len(left.files)) == ((), 2)
    again = read_again(left.files[0].path, "utf-8", Handling())
    assert [source.text for source in again] == ["INT: hi\n"]


def test_a_zip_bomb_a_pipe_and_a_huge_file_are_told_beside_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"INT: hi\n")
    write(tmp_path / "bomb.zip", zipped({"b.txt": bytes(50 << 20)}))
    write(tmp_path / "bomb.docx", zipped({"word/document.xml": bytes(50 << 20)}))
    os.mkfifo(tmp_path / "pipe.txt")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(2 << 30)
    found = find_sources([tmp_path])
    assert [source.name for source in found.files] == ["a.txt"]
    told = sorted(Path(one.where).name for one in found.refused)
    assert told == ["bomb.docx", "bomb.zip", "huge.txt", "pipe.txt"]


NAMES = st.sampled_from(
    [*"P1.txt p1.TXT P1.md x.mp3 ~$P1.docx Thumbs.db .hid.txt P#.txt".split(), "n\nl.txt"]
)
DATA = st.sampled_from([b"", b"INT: hi\n", b"\xff\xfe\0"])
FOLDERS = st.sampled_from(["", "R1/", "R2/", "R1/R2/", "__MACOSX/", "@eaDir/", "R #1/", ".git/"])


PASSPHRASE = "abandon-ability-able-about-above-absent-absorb-abstract-absurd-abuse"


@pytest.mark.parametrize(
    "data",
    [
        PASSPHRASE,
        PASSPHRASE.replace("-", " ") + "\n",
        f"\ufeff{PASSPHRASE}\r\n",
        "# created: 2026-11-29\n# public key: age1x\nAGE-SECRET-KEY-1NOTAREALONE\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nbm90\n-----END OPENSSH PRIVATE KEY-----\n",
        "-----BEGIN AGE ENCRYPTED FILE-----\nbm90\n-----END AGE ENCRYPTED FILE-----\n",
    ],
)
def test_a_key_or_passphrase_among_the_transcripts_is_never_read_as_talk(
    tmp_path: Path, data: str
) -> None:
    write(tmp_path / "a.txt", b"INT: Aye.\n")
    write(tmp_path / "mine.txt", data.encode())
    found = find_sources([tmp_path])
    assert [source.name for source in found.files] == ["a.txt"]
    (refused,) = found.refused
    assert "no transcript" in refused.what
    assert PASSPHRASE[:20] not in f"{refused.what} {refused.remedy}"
    assert not find_sources([tmp_path], skips=["mine.txt"]).refused


@pytest.mark.parametrize("data", ["INT: abandon ability able about above absent", "about able\n"])
def test_talk_of_the_words_of_passphrases_is_talk(tmp_path: Path, data: str) -> None:
    write(tmp_path / "a.txt", data.encode())
    assert len(read_sources([tmp_path])) == 1


def test_what_an_option_names_is_no_transcript_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("a.txt", "mine/secret.txt", "people.csv", "shares/1.txt"):
        write(tmp_path / name, b"INT: Aye.\n")
    given = [tmp_path / "mine" / "secret.txt", tmp_path / "people.csv", tmp_path / "shares"]
    found = find_sources([tmp_path], given=given)
    assert [source.name for source in found.files] == ["a.txt"]
    assert {one.why for one in found.passed} == {Passed.GIVEN}
    assert len(found.passed) == 3


TABLES = {
    "people": "Name;Nickname;Job\nIshbel Gunn;Ish;nurse\n",
    "files": "No;Transcript;Interviewee\n1;one.docx;Ishbel Gunn\n2;two.m4a;Hamish Orde\n",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("name", ["who.csv", "who.tsv", "who.xlsx"])
def test_a_table_of_people_or_files_is_no_talk_and_is_told_how_to_give_it(
    tmp_path: Path, name: str, table: str
) -> None:
    rows = [line.split(";") for line in table.splitlines()]
    if name.endswith(".xlsx"):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
    else:
        mark = "\t" if name.endswith(".tsv") else ";"
        write(tmp_path / name, "\n".join(mark.join(row) for row in rows).encode())
    write(tmp_path / "a.txt", b"INT: Aye.\n")
    (refused,) = find_sources([tmp_path]).refused
    assert "`--interviews` and `--roster` name a table" in refused.at_a_terminal
    assert not find_sources([tmp_path], given=[tmp_path / name]).refused


def test_of_a_file_and_a_link_to_it_the_file_is_read(tmp_path: Path) -> None:
    write(tmp_path / "z/own.txt", b"INT: Aye.\n")
    (tmp_path / "a.txt").symlink_to(tmp_path / "z" / "own.txt")
    found = find_sources([tmp_path])
    assert [source.name for source in found.files] == ["own.txt"]
    assert [one.path.name for one in found.passed] == ["a.txt"]


def test_a_copy_that_an_editor_left_is_told_as_one(tmp_path: Path) -> None:
    write(tmp_path / "a.txt~", b"INT: Aye.\n")
    assert "a backup" in find_sources([tmp_path]).refused[0].what


@given(
    st.dictionaries(st.tuples(FOLDERS, NAMES), st.sampled_from([b"", b"INT: hi\n", b"\xff\xfe\0"]))
)
def test_every_file_of_a_folder_is_read_passed_over_or_refused_and_names_are_one_each(
    files: dict[tuple[str, str], bytes],
) -> None:
    with TemporaryDirectory() as place:
        top = Path(place).resolve()
        for (folder, name), data in files.items():
            write(top / folder / name, data)
        found = find_sources([top])
        read = {source.path for source in found.files}
        passed = {str(one.path) for one in found.passed}
        refused = {one.where for one in found.refused}
        for path in (str(p) for p in top.rglob("*") if p.is_file()):
            ways = [
                path in read,
                any(path == one or path.startswith(f"{one}/") for one in passed),
                path in refused,
            ]
            assert sum(ways) == 1
        names = [source.name for source in found.files]
        assert len(set(names)) == len(names)
        for source in found.files:
            (again,) = read_again(source.path, "utf-8", Handling())
            assert (again.sha256, again.path) == (source.sha256, source.path)


SRT = "1\n00:00:01,000 --> 00:00:02,000\nINT: hi\n\n2\n00:00:03,000 --> 00:00:04,000\nISLA: Aye.\n"


@pytest.mark.parametrize(
    ("name", "said", "called"),
    [
        (
            "a.jsonl",
            '{"from": "Isla", "body": "Aye."}\n{"from": "INT", "body": "Right."}\n',
            "a.jsonl",
        ),
        ("a.jsonl", '{"id": "1", "start": 1.5, "text": "Aye."}\n', "a.jsonl"),
        ("a.jsonl", SRT, "a.srt"),
        ("a.jsonl", f"WEBVTT\n\n{SRT}", "a.vtt"),
        ("a.jsonl", '[{"speaker": "Isla", "text": "Aye."}]', "a.json"),
        ("a.jsonl", "Isla: Aye.\n", "a.txt"),
        ("a.txt", '{"speaker": "Isla", "text": "Aye."}', "a.json"),
        ("a.txt", '{"wer": "Isla", "was": "Aye."}', "a.txt"),  # JSON of no kind that we know
        ("a.txt", SRT, "a.txt"),
    ],
)
def test_a_file_is_read_as_what_it_holds_whatever_it_is_called(
    tmp_path: Path, name: str, said: str, called: str
) -> None:
    write(tmp_path / name, said.encode())
    (source,) = read_sources([tmp_path])
    assert (source.name, source.was_called) == (called, "" if called == name else name)
    assert "Aye." in source.text
    (again,) = read_again(source.path, "utf-8", Handling())
    assert again.text == source.text


def test_captions_in_a_text_file_are_said(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", SRT.encode())
    (remark,) = said_of_sources(read_sources([tmp_path]))
    assert remark.startswith("1 text file holds captions: a.txt")


def test_a_transcript_a_line_stays_what_it_was(tmp_path: Path) -> None:
    write(
        tmp_path / "a.jsonl",
        b'{"id": "one", "text": "Isla: Aye."}\n{"id": "two", "text": "Aye."}\n',
    )
    assert [source.name for source in read_sources([tmp_path])] == ["one.txt", "two.txt"]
