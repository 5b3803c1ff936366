"""Python's collector rests while a file is read, and works again whatever comes of it."""

from __future__ import annotations

import gc

import pytest

from redact.errors import BadInput
from redact.formats.registry import read_file
from redact.formats.sweeps import no_sweeps


def test_it_rests_within_and_is_at_work_after_an_error() -> None:
    with no_sweeps():
        assert not gc.isenabled()
    with pytest.raises(BadInput):
        read_file(b"{", "a.json", "a")
    assert gc.isenabled()


def test_it_stays_off_where_it_was() -> None:
    gc.disable()
    try:
        with no_sweeps():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
