"""A person's own words in each way that is offered."""

from __future__ import annotations

import pytest

from redact.page.before_after import before_after
from redact.page.purposes import OFFERS, Purpose

TALK = (
    "INT: Who was there on 5 February 2019?\n"
    "R: Ishbel Tannock came from Kilmarnock, and she was at Corriedoon Care.\n"
)


@pytest.mark.model
def test_each_purpose_and_each_way_has_an_example_that_hides_the_name() -> None:
    seen = before_after({"P1.txt": TALK})
    for offer in OFFERS:
        said = seen.lines[offer.purpose]
        assert any("Ishbel Tannock" in line.said for line in said)
        assert not any("Tannock" in line.seen or "Kilmarnock" in line.seen for line in said)
    assert "@@" in "".join(line.seen for line in seen.lines[Purpose.MARKED])
    named, wider = seen.way("PERSON", "surrogate"), seen.way("PLACE", "generalise")
    assert named is not None
    assert wider is not None
    assert (named.said, wider.said) == ("Ishbel Tannock", "Kilmarnock")
    assert "[" not in named.seen
    assert "Ayrshire" in wider.seen
    assert seen.way("PERSON", "role") is None  # no table has it: it would read like a label
    assert "Tannock" not in repr(seen)
