"""Names run together and numbers taken apart are found."""

import pytest

from redact.transcript.glued import GluedForms


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("Morag MacLeod", "write to (MoragMacLeod99@x.example)", "MoragMacLeod99@x.example"),
        ("Harbor Bridge", "at harborbridge dot example", "harborbridge"),
        ("07700 900 123", "ring 07700900123 now", "07700900123"),
        ("07700900123", "ring 07700 900-123, now", "07700 900-123"),
    ],
)
def test_glued_names_and_spaced_numbers_are_found(form: str, text: str, found: str) -> None:
    (hit,) = GluedForms([(form, 1)]).find(text)
    assert text[hit.start : hit.end] == found
