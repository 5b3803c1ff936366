"""Reading text: exact or refused."""

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.registry import read_file
from redact.formats.text import (
    BYTE_ORDER_MARKS,
    ByteOffsets,
    DecodedText,
    decode_text,
    read_text,
)

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


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.txt", b"\n"),
        ("a.csv", b"a,"),
        ("a.json", b"[],"),
        ("a.html", b"<b>"),
        ("a.eaf", b"<b/>"),
        ("a.vtt", b"\n"),
    ],
)
def test_millions_of_pieces_are_refused_before_they_take_the_memory(
    name: str, piece: bytes
) -> None:
    with pytest.raises(BadInput, match="more than 3,000,000"):
        read_file(piece * 3_000_001, name, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
@given(st.text("aé’€", max_size=40), st.integers(0, 5000), st.booleans())
def test_many_characters_stand_where_each_does(
    encoding: str, piece: str, plain: int, is_first: bool
) -> None:
    text = piece + "x" * plain if is_first else "x" * plain + piece
    bytes_at = ByteOffsets(DecodedText(text, encoding, b"\xff"))
    characters = array("I", sorted({0, len(text), len(text) // 2, *range(0, len(text), 97)}))
    assert [*bytes_at.each(characters)] == [bytes_at(one) for one in characters]
    assert bytes_at(len(text)) == 1 + len(text.encode(encoding))
