"""Old encodings: guessed where only one makes English, asked for where it is unsure."""

import pytest

from redact.errors import BadInput, UsageError
from redact.formats.encodings import guess_encoding
from redact.formats.registry import read_file, write_file
from redact.formats.text import decode_text

OLD = (
    "Zoë went to the café in Ayr with Siân.",
    "Aye, it wasn’t Morag’s £20.",
    "He’d said “no” — so",
    "José Núñez – O’Hara’s man – sat …",
    "Mòrag, Dòmhnall’s sister, from Màrtainn’s",
)


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-16-le", "utf-16-be"])
def test_an_old_encoding_is_guessed_where_only_one_makes_english(encoding: str) -> None:
    data = "\n".join(OLD).encode(encoding)
    reading = read_file(data, "a.txt", "here")
    assert reading.text == "\n".join(OLD)
    assert reading.guessed
    assert write_file(reading, [], "a.txt").data == data


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
