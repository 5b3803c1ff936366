"""Reading text: exact or refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput, UsageError
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


def test_another_encoding_is_offered_and_only_used_when_named() -> None:
    data = "Zoë went to the café in Ayr with Siân and they spoke of it.".encode("cp1252")
    with pytest.raises(BadInput, match="--encoding cp1252"):
        decode_text(data, "here")
    assert decode_text(data, "here", "cp1252").text.startswith("Zoë")
    with pytest.raises(UsageError, match="no text encoding"):
        decode_text(data, "here", "klingon")


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
