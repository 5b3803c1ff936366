"""Reading text: exact or refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput, UsageError
from redact.formats.encodings import guess_encoding
from redact.formats.registry import read_file, write_file
from redact.formats.sources import read_sources
from redact.formats.text import BYTE_ORDER_MARKS, DecodedText, decode_text, read_text

WRITABLE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1
).filter(lambda text: bool(text.strip()))


@given(WRITABLE, st.sampled_from([(b"", "utf-8"), *BYTE_ORDER_MARKS]))
def test_every_text_comes_back_byte_for_byte(text: str, mark: tuple[bytes, str]) -> None:
    data = mark[0] + text.encode(mark[1])
    decoded = decode_text(data, "here")
    assert decoded.text == text
    assert decoded.encode(decoded.text) == data


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_exactly_or_refused(data: bytes) -> None:
    outcome: DecodedText | BadInput
    try:
        outcome = decode_text(data, "here")
    except BadInput as error:
        outcome = error
    if isinstance(outcome, BadInput):
        assert outcome.where == "here"
        assert outcome.remedy
    else:
        assert outcome.encode(outcome.text) == data


def test_line_ends_are_left_alone() -> None:
    assert decode_text(b"\xef\xbb\xbfa\r\nb\rc\n", "here").text == "a\r\nb\rc\n"


OLD = (
    "Zoë went to the café in Ayr with Siân.", "Aye, it wasn’t Morag’s £20.", "He’d said “no” — so",
    "José Núñez – O’Hara’s man – sat …", "Mòrag, Dòmhnall’s sister, from Màrtainn’s",
)  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-16-le", "utf-16-be"])
def test_an_old_encoding_is_guessed_where_only_one_makes_english(encoding: str) -> None:
    data = "\n".join(OLD).encode(encoding)
    reading = read_file(data, "a.txt", "here")
    assert reading.text == "\n".join(OLD)
    assert reading.guessed
    assert write_file(reading, [], "a.txt")[0] == data


def test_a_guess_is_never_wrong_in_a_line_it_may_be_unsure() -> None:
    """Each line alone, in each encoding: the right text, or a refusal that offers one."""
    for line in OLD:
        for encoding in ("cp1252", "mac-roman", "cp850"):
            try:
                data = line.encode(encoding)
            except UnicodeEncodeError:
                continue
            guess = guess_encoding(data)
            assert guess is None or data.decode(guess) == line


def test_where_a_guess_is_unsure_the_steward_is_asked() -> None:
    data = "Łukasz went, Paweł stayed in Ayr.".encode("cp1250")
    with pytest.raises(BadInput, match="--encoding"):
        read_file(data, "a.txt", "here")
    named = read_file(data, "a.txt", "here", encoding="cp1250")
    assert named.text.startswith("Łukasz")
    assert not named.guessed
    with pytest.raises(UsageError, match="no text encoding"):
        decode_text(data, "here", "klingon")


def test_utf_8_with_a_damaged_byte_is_not_guessed_to_be_something_else() -> None:
    with pytest.raises(BadInput, match="byte 6 is not utf-8"):
        read_file("Zoë, ".encode() + b"\xff Zo\xc3\xab", "a.txt", "here")


@pytest.mark.parametrize("data", [b"", b"  \n\t", b"a\0b"])
def test_nothing_to_read_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"x\.txt"):
        read_text(path)


def test_an_error_never_quotes_the_transcript() -> None:
    with pytest.raises(BadInput) as refused:
        decode_text(b"Morag MacLeod \xff", "here")
    assert "Morag" not in str(refused.value)


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


@pytest.mark.parametrize(
    ("name", "piece"),
    [("a.txt", b"\n"), ("a.csv", b"a,"), ("a.json", b"[],"), ("a.html", b"<b>"),
     ("a.eaf", b"<b/>"), ("a.vtt", b"\n")],
)  # fmt: skip
def test_millions_of_pieces_are_refused_before_they_take_the_memory(
    name: str, piece: bytes
) -> None:
    with pytest.raises(BadInput, match="more than 3,000,000"):
        read_file(piece * 3_000_001, name, name)
