"""Zip files are taken in whole or not at all, and written the same each time."""

import io
import zipfile

import pytest

from redact.errors import BadInput
from redact.formats.archive import MOST_MEMBERS, read_members, write_members


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def test_parts_come_back_in_their_order_and_folders_are_passed_over() -> None:
    data = zipped(("b/", b""), ("b/two.txt", b"2"), ("a.txt", b"1"))
    assert list(read_members(data, "here").items()) == [("b/two.txt", b"2"), ("a.txt", b"1")]
    assert read_members(data, "here", only="a.txt") == {"a.txt": b"1"}


def test_what_is_written_says_nothing_of_when_or_where() -> None:
    parts = {"mimetype": b"x", "content.xml": b"<a/>" * 500}
    data = write_members(parts)
    assert data == write_members(parts)
    assert read_members(data, "here") == parts
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped(("a.txt", bytes(20_000_000))), "zip bomb"),
        (zipped(*((str(number), b"") for number in range(MOST_MEMBERS + 1))), "more than"),
        (zipped(("../a.txt", b"x")), "leads out"),
        (zipped(("/a.txt", b"x")), "leads out"),
        (zipped(("c:a.txt", b"x")), "leads out"),
        (zipped(("a.txt", b"x"), ("A.TXT", b"y")), "one name"),
        (zipped(("a.txt", b"x"))[:-30], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
        (b"", "damaged"),
    ],
    ids=["bomb", "many", "up", "root", "drive", "twins", "cut off", "locked", "empty"],
)
def test_anything_but_a_plain_zip_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        read_members(data, "here")
    assert refused.value.where == "here"
    assert refused.value.remedy
