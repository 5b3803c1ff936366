"""Sources sealed beside the key: to the byte, or refused; and none that no key names stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from redact.custody.age import HybridIdentity, encrypt
from redact.custody.originals import (
    drop_originals,
    lies_whole,
    open_original,
    path_of,
    seal_original,
    sealed_anew,
)
from redact.custody.payload import SealedOriginal, dump_payload, load_payload
from redact.errors import KeyRefused
from tests.custody.test_payload import make_key

MINE, OTHER = HybridIdentity.generate(), HybridIdentity.generate()
DATA = b"PK\x03\x04 Morag MacLeod \x00\xff" * 40


@given(data=st.binary(min_size=1, max_size=9000))
def test_any_bytes_come_back_and_their_number_is_not_told(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("o")
    made = seal_original(folder, "D0001", data, MINE)
    assert open_original(folder, made, MINE) == data
    beyond = path_of(folder, made).stat().st_size - seal_size()
    assert beyond % 4096 == 0


def seal_size() -> int:
    """What an age file of this kind has beyond what is sealed, in bytes below 64 KiB."""
    return len(encrypt(b"", [MINE.recipient()]))


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_changed_or_lost_file_is_refused_without_a_word_of_it(tmp_path: Path, at: int) -> None:
    made = seal_original(tmp_path, "D0001", DATA, MINE)
    path = path_of(tmp_path, made)
    sealed = bytearray(path.read_bytes())
    sealed[at] ^= 1
    path.write_bytes(bytes(sealed))
    assert not lies_whole(tmp_path, made)
    with pytest.raises(KeyRefused, match="gone or was changed") as refused:
        open_original(tmp_path, made, MINE)
    path.unlink()
    with pytest.raises(KeyRefused, match="gone or was changed"):
        open_original(tmp_path, made, MINE)
    assert "Morag" not in str(refused.value) + repr(made)


def test_another_identity_opens_nothing_until_it_is_sealed_anew(tmp_path: Path) -> None:
    made = seal_original(tmp_path, "D0001", DATA, MINE)
    with pytest.raises(KeyRefused):
        open_original(tmp_path, made, OTHER)
    (moved,) = sealed_anew(tmp_path, (made,), MINE, OTHER)
    assert open_original(tmp_path, moved, OTHER) == open_original(tmp_path, made, MINE) == DATA


def test_only_what_no_key_names_goes(tmp_path: Path) -> None:
    kept, gone = (seal_original(tmp_path, doc, DATA, MINE) for doc in ("D0001", "D0002"))
    (tmp_path / "mine.age").write_bytes(b"somebody else's")
    drop_originals(tmp_path, make_key(originals=(kept,)))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"mine.age", path_of(tmp_path, kept).name}
    assert not lies_whole(tmp_path, gone)


def test_a_key_knows_its_originals_and_none_that_it_cannot_have() -> None:
    one = SealedOriginal(doc="D0001", sealed="0" * 64, size=1)
    data = dump_payload(make_key(originals=(one,)))
    assert load_payload(data) == make_key(originals=(one,))
    assert rfc8785.dumps(json.loads(data)) == data
    for wrong in ((one, one), (one.model_copy(update={"doc": "D9999"}),)):
        with pytest.raises(KeyRefused, match="sealed original"):
            dump_payload(make_key(originals=wrong))
