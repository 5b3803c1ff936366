"""Every reader's fuzzer in a short form; `make torture` runs it with a million inputs each."""

import pytest

from tests.formats.fuzz import fuzz, seeds


@pytest.mark.parametrize("kind", list(seeds()))
def test_a_mutated_file_is_read_or_refused_in_a_line(kind: str) -> None:
    _, _, read, _, wrong, first, _ = fuzz(kind, 400)
    assert wrong == 0, first
    assert read < 400
